"""One fact of the domain, of the length that the targets speak of."""

from datetime import UTC, datetime
from uuid import UUID

from domain.circle.decisions import DecisionMethod, DecisionOutcome, DecisionTaken
from domain.terms import Code, PersonRef
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES

BODY = 500
"""Bytes of the stored body."""
MAPPER = EventMapper(EVENT_NAMES)
ACTOR = PersonRef(UUID("00000000-0000-4000-8000-00000000000a"))
POLICY = bytes(range(32))


def decision() -> DecisionTaken:
    """A decision (besluit) whose stored body has `BODY` bytes."""
    return _decided("x" * (BODY - len(MAPPER.store(_decided(""))[2])))


def _decided(reasons: str) -> DecisionTaken:
    return DecisionTaken(
        occurred_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
        decision=Code("2026-11"),
        subject="Welke weg wij dit jaar proberen",
        method=next(iter(DecisionMethod)),
        outcome=next(iter(DecisionOutcome)),
        reasons=reasons,
    )
