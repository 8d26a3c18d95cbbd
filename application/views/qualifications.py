"""Which organisations are known to be fit for which kind of work (geschikt bevonden, PRC-11)?

Small enough to be asked for whole: whether qualified outsiders were passed over cannot be answered
from those alone that somebody mentioned.
"""

from dataclasses import dataclass
from typing import assert_never

from application.views.view import EVERYTHING, Key, Shelf, View, branch, key
from domain.member.practice import QualificationStated
from domain.record import Recorded
from domain.terms import Instant, MemberId

Heard = QualificationStated


@dataclass(frozen=True, kw_only=True)
class QualificationRow:
    """One statement, with the position at which it was recorded."""

    member: MemberId
    kind_of_work: str
    basis: str
    stated_at: Instant
    position: int


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (statement(MemberId(recorded.stream), recorded.position),)


def on(_: QualificationRow | None, recorded: Recorded[Heard]) -> QualificationRow | None:
    fact = recorded.fact
    match fact:
        case QualificationStated():
            return QualificationRow(
                member=MemberId(recorded.stream),
                kind_of_work=fact.kind_of_work,
                basis=fact.basis,
                stated_at=fact.occurred_at,
                position=recorded.position,
            )
        case _:
            assert_never(fact)


def shelves(_: QualificationRow) -> tuple[Shelf, ...]:
    return (EVERYTHING,)


# ----------------------------------------------------------------------------------- how to ask


def statement(member: MemberId, position: int) -> Key:
    return key(member, position)


def of_member(member: MemberId) -> Shelf:
    """What this organisation is known to be fit for."""
    return branch(member)


view = View(
    name="qualifications",
    version=1,
    row=QualificationRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
