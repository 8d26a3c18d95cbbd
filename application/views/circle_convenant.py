"""What does the open convenant of a circle say, and who is a party to it?

A convenant may be written before it is signed; whoever stopped stays listed with the day.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, View, key
from domain.circle.convenant import (
    AmbitionSet,
    ConvenantFact,
    ConvenantPartyJoined,
    ConvenantPartyLeft,
    ConvenantSection,
    ConvenantSectionWritten,
    ConvenantSigned,
)
from domain.circle.topics import CircleTheme
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MemberId


@dataclass(frozen=True, kw_only=True)
class SectionSaid:
    section: ConvenantSection
    text: str
    written_at: Instant


@dataclass(frozen=True, kw_only=True)
class AmbitionSaid:
    """`source` is where it was said first, such as a coalition agreement."""

    ambition: Code
    theme: CircleTheme
    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class PartyStay:
    """`left_at` is None while it is a party."""

    member: MemberId
    joined_at: Instant
    left_at: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class CircleConvenantRow:
    """`signed_at` is None while there is only a text; sections stand in the order of writing."""

    circle: CircleId
    signed_at: Instant | None = None
    open_entry: bool | None = None
    open_exit: bool | None = None
    sections: tuple[SectionSaid, ...] = ()
    ambitions: tuple[AmbitionSaid, ...] = ()
    parties: tuple[PartyStay, ...] = ()

    @property
    def unwritten(self) -> tuple[ConvenantSection, ...]:
        """Which of the nine sections have no text yet."""
        written = {each.section for each in self.sections}
        return tuple(each for each in ConvenantSection if each not in written)


def keys(recorded: Recorded[ConvenantFact]) -> tuple[Key, ...]:
    return (convenant_of(CircleId(recorded.stream)),)


def on(row: CircleConvenantRow | None, recorded: Recorded[ConvenantFact]) -> CircleConvenantRow:
    fact = recorded.fact
    row = row or CircleConvenantRow(circle=CircleId(recorded.stream))
    match fact:
        case ConvenantSigned():
            there = {each.member for each in row.parties if each.left_at is None}
            signed = tuple(
                PartyStay(member=each, joined_at=fact.occurred_at)
                for each in dict.fromkeys(fact.parties)
                if each not in there
            )
            stays = tuple(
                each if each.member in fact.parties else _ended(each, fact.occurred_at)
                for each in row.parties
            )
            return replace(
                row,
                signed_at=fact.occurred_at,
                open_entry=fact.open_entry,
                open_exit=fact.open_exit,
                parties=(*stays, *signed),
            )
        case ConvenantSectionWritten():
            others = tuple(each for each in row.sections if each.section is not fact.section)
            said = SectionSaid(section=fact.section, text=fact.text, written_at=fact.occurred_at)
            return replace(row, sections=(*others, said))
        case AmbitionSet():
            ambition = AmbitionSaid(
                ambition=fact.ambition, theme=fact.theme, text=fact.text, source=fact.source
            )
            return replace(row, ambitions=(*row.ambitions, ambition))
        case ConvenantPartyJoined():
            stay = PartyStay(member=fact.member, joined_at=fact.occurred_at)
            return replace(row, parties=(*row.parties, stay))
        case ConvenantPartyLeft():
            stays = tuple(
                _ended(each, fact.occurred_at) if each.member == fact.member else each
                for each in row.parties
            )
            return replace(row, parties=stays)
        case _:
            assert_never(fact)


def _ended(stay: PartyStay, at: Instant) -> PartyStay:
    return stay if stay.left_at is not None else replace(stay, left_at=at)


# ----------------------------------------------------------------------------------- how to ask


def convenant_of(circle: CircleId) -> Key:
    return key(circle)


view = View(
    name="circle-convenant",
    version=1,
    row=CircleConvenantRow,
    hears=ConvenantFact,
    keys=keys,
    on=on,
)
