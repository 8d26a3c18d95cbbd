"""What may hold a name is sealed, or on a list with its reason; and every key has its kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from application.aggregates import AGGREGATES
from domain.decider import Refused, fold
from domain.law.parameters import Parameters
from domain.law.retention import KEPT_BY, KIND_OF, PERIOD, due, kept_by_law
from domain.member import Member, member
from domain.member.erasure import KeepGround
from domain.sealing import (
    ErasureGround,
    KeyCreated,
    KeyDestroyed,
    KeyId,
    RecordDestruction,
    RecordKind,
)
from domain.terms import Code, Fact, MemberId, Moment, Sealed
from infrastructure.event_names import EVENT_NAMES
from tests.domain.free_texts import WHY
from tests.given import ACTOR, NOW
from tests.samples import sample


def texts(hint: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every text in a type: its name, and `str` or `Sealed`."""
    if hint is str or hint is Sealed:
        yield name, hint
    elif is_dataclass(hint):
        hints = get_type_hints(hint)
        for each in fields(hint):
            yield from texts(hints[each.name], f"{name}.{each.name}" if name else each.name)
    else:
        many = "[]" if get_origin(hint) in (tuple, frozenset) else ""
        for each in get_args(hint):
            yield from texts(each, name + many)


FREE = {
    (named.name, field)
    for fact, named in EVENT_NAMES.by_fact.items()
    for field, hint in texts(fact)
    if hint is str
}
SEALED = {fact for fact in EVENT_NAMES.by_fact if Sealed in {hint for _, hint in texts(fact)}}
EITHER = {("member.member-registered", "name")}
"""Sealed where the form of the organisation makes its name personal data."""
LISTED = Counter(
    (name, field)
    for listed in WHY.values()
    for name, said in listed.items()
    for field in said.split()
)


def test_every_free_text_is_sealed_or_has_its_reason() -> None:
    assert FREE - EITHER - set(LISTED) == set(), "seal it, or say why it need not be"
    assert set(LISTED) - FREE == set(), "no such text any more"
    assert [each for each, count in LISTED.items() if count > 1] == []


def test_every_fact_with_a_sealed_text_is_of_a_kind_that_is_kept_for_a_period() -> None:
    assert set(KIND_OF) == SEALED
    assert set(PERIOD) == set(RecordKind) == set(KIND_OF.values())
    assert set(KEPT_BY) <= set(RecordKind)


@pytest.mark.parametrize("kind", RecordKind)
def test_what_is_kept_by_law_is_kept_until_it_is_due_and_not_longer(kind: RecordKind) -> None:
    numbers = Parameters()
    happened = date(2024, 2, 29)
    last = due(kind, happened, numbers)
    assert last > happened
    assert kept_by_law(kind, happened, numbers, last) is None
    kept = kept_by_law(kind, happened, numbers, date(2024, 3, 1))
    grounds = {
        RecordKind.MINUTES: KeepGround.ARCHIVES_ACT,
        RecordKind.PROJECT: KeepGround.PROCEDURE_FILE,
    }
    assert (kept and kept.ground) == grounds.get(kind)
    assert kept is None or kept.until == last


KID = KeyId(UUID(int=5))
DESTRUCTION = RecordDestruction(
    kid=KID, ground=ErasureGround.OBJECTION, authority=MemberId(UUID(int=1)), erasure=Code("W1")
)


@pytest.mark.parametrize("name", ["circle", "member", "convenant-project", "mission"])
def test_every_aggregate_keeps_its_keys(name: str) -> None:
    aggregate = next(each for each in AGGREGATES if each.name == name)
    decider, moment = aggregate.decider, Moment(now=NOW, actor=ACTOR)
    begun: list[Fact] = [sample(_first(name))]
    with pytest.raises(Refused) as refusal:
        decider.decide(fold(decider, begun), DESTRUCTION, moment)
    assert refusal.value.code == "sealing.unknown-key"
    made = _made()
    state = fold(decider, [*begun, made])
    (destroyed,) = decider.decide(state, DESTRUCTION, moment)
    assert isinstance(destroyed, KeyDestroyed)
    again = fold(decider, [*begun, made, destroyed])
    assert decider.decide(again, DESTRUCTION, moment) == ()


def _first(name: str) -> type[Fact]:
    return next(
        fact for fact, named in EVENT_NAMES.by_fact.items() if named.name.partition(".")[0] == name
    )


def _made() -> KeyCreated:
    made: KeyCreated = sample(KeyCreated)
    return KeyCreated(
        **{each.name: getattr(made, each.name) for each in fields(made)} | {"kid": KID}
    )


def test_a_key_without_a_stream_changes_nothing_else() -> None:
    assert fold(member, [_made()]) == Member(keys=fold(member, [_made()]).keys)
