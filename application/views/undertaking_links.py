"""Which organisations count as one with this one (verbonden ondernemingen, Aw 2.51(1))?

A link is one row, whoever of the two stated it, and stands on the shelves of both.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, key, shelf
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.record import Recorded
from domain.terms import MemberId

Heard = UndertakingLinked


@dataclass(frozen=True, kw_only=True)
class Tie:
    """One statement: on what ground, since when, and in whose file it stands."""

    basis: LinkBasis
    since: date
    stated_by: MemberId


@dataclass(frozen=True, kw_only=True)
class UndertakingLinkRow:
    """`one` sorts before `other`; `ties` stand in the order in which they were recorded."""

    one: MemberId
    other: MemberId
    ties: tuple[Tie, ...]

    def seen_from(self, side: MemberId) -> MemberId:
        """The organisation at the far side."""
        return self.other if side == self.one else self.one


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (link(MemberId(recorded.stream), recorded.fact.other),)


def on(row: UndertakingLinkRow | None, recorded: Recorded[Heard]) -> UndertakingLinkRow | None:
    fact = recorded.fact
    match fact:
        case UndertakingLinked():
            stated_by = MemberId(recorded.stream)
            tie = Tie(basis=fact.basis, since=fact.since, stated_by=stated_by)
            if row is None:
                one, other = _in_order(stated_by, fact.other)
                return UndertakingLinkRow(one=one, other=other, ties=(tie,))
            return row if tie in row.ties else replace(row, ties=(*row.ties, tie))
        case _:
            assert_never(fact)


def shelves(row: UndertakingLinkRow) -> tuple[Shelf, ...]:
    return tuple(of_organisation(side) for side in dict.fromkeys((row.one, row.other)))


def _in_order(one: MemberId, other: MemberId) -> tuple[MemberId, MemberId]:
    return (one, other) if str(one) <= str(other) else (other, one)


# ----------------------------------------------------------------------------------- how to ask


def link(one: MemberId, other: MemberId) -> Key:
    return key(*_in_order(one, other))


def of_organisation(member: MemberId) -> Shelf:
    return shelf("organisation", member)


view = View(
    name="undertaking-links",
    version=1,
    row=UndertakingLinkRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
