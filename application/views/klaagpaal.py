"""What was put to the klaagpaal of a circle, and what came of it?

What was said is handed on as it is kept: sealed. Who said it is not recorded at all.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.circle.klaagpaal import (
    ComplaintDiscussed,
    ComplaintOutcome,
    ComplaintRaised,
    ComplaintSettled,
    KlaagpaalFact,
)
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, Sealed


@dataclass(frozen=True, kw_only=True)
class ComplaintTalkSaid:
    meeting: Code
    text: Sealed
    discussed_at: Instant


@dataclass(frozen=True, kw_only=True)
class KlaagpaalRow:
    """`outcome` is None while the complaint is open; `became` is what it turned into, if anything."""

    circle: CircleId
    complaint: Code
    text: Sealed
    raised_at: Instant
    talks: tuple[ComplaintTalkSaid, ...] = ()
    outcome: ComplaintOutcome | None = None
    became: Code | None = None
    settled_at: Instant | None = None


def keys(recorded: Recorded[KlaagpaalFact]) -> tuple[Key, ...]:
    return (complaint_of(CircleId(recorded.stream), recorded.fact.complaint),)


def on(row: KlaagpaalRow | None, recorded: Recorded[KlaagpaalFact]) -> KlaagpaalRow | None:
    fact = recorded.fact
    if isinstance(fact, ComplaintRaised):
        return KlaagpaalRow(
            circle=CircleId(recorded.stream),
            complaint=fact.complaint,
            text=fact.text,
            raised_at=fact.occurred_at,
        )
    if row is None:
        return None
    match fact:
        case ComplaintDiscussed():
            talk = ComplaintTalkSaid(
                meeting=fact.meeting, text=fact.text, discussed_at=fact.occurred_at
            )
            return replace(row, talks=(*row.talks, talk))
        case ComplaintSettled():
            return replace(
                row, outcome=fact.outcome, became=fact.became, settled_at=fact.occurred_at
            )
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def complaint_of(circle: CircleId, complaint: Code) -> Key:
    return key(circle, complaint)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


view = View(name="klaagpaal", version=1, row=KlaagpaalRow, hears=KlaagpaalFact, keys=keys, on=on)
