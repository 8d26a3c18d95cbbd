"""Whom a fact mentions, and which of its texts are sealed: wherever in it they stand."""

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest

from application.mentions import ids_in, persons_in, sealed_in
from domain.terms import Fact, MemberId, PersonRef, Sealed
from tests.samples import FACTS, sample

MILA, BRAM = PersonRef(UUID(int=1)), PersonRef(UUID(int=2))


@dataclass(frozen=True, kw_only=True)
class Seat:
    person: PersonRef
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class Table:
    seats: tuple[Seat, ...]
    chair: PersonRef | None = None
    others: frozenset[PersonRef] = frozenset()
    host: MemberId


def test_persons_are_told_from_other_ids() -> None:
    table = Table(
        seats=(Seat(person=MILA, member=MemberId(UUID(int=8))),),
        others=frozenset({BRAM}),
        host=MemberId(UUID(int=9)),
    )
    assert list(persons_in(table)) == [MILA, BRAM]
    assert set(ids_in(table)) == {MILA, BRAM, UUID(int=8), UUID(int=9)}


def expected(value: Any, hint: Any) -> set[UUID]:
    """The slow way: every value against its own type hint."""
    if isinstance(value, UUID):
        return {value} if hint is PersonRef or PersonRef in get_args(hint) else set()
    if isinstance(value, tuple | frozenset):
        inner = next(each for each in get_args(hint) if each is not type(None))
        return {one for each in value for one in expected(each, inner)}
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        return {
            one
            for each in fields(value)
            for one in expected(getattr(value, each.name), hints[each.name])
        }
    return set()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_no_mention_in_any_fact_is_overlooked(fact: type[Fact]) -> None:
    made = sample(fact)
    assert set(persons_in(made)) == expected(made, fact)
    own = [getattr(made, each.name) for each in fields(made)]
    assert list(sealed_in(made)) == [each for each in own if isinstance(each, Sealed)]
