"""How a circle (kenniskring) begins: who founded it, for which region, and who guides it."""

from dataclasses import dataclass, replace
from typing import assert_never

from domain.decider import require, require_form
from domain.terms import MUNICIPALITY_CODE, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, kw_only=True)
class Foundation:
    name: str
    authority: MemberId
    municipality_code: str
    region: str


@dataclass(frozen=True, kw_only=True)
class CircleFounded(Fact, Foundation):
    """A contracting authority set up a circle for a region."""


@dataclass(frozen=True, kw_only=True)
class Facilitation:
    facilitator: MemberId


@dataclass(frozen=True, kw_only=True)
class FacilitatorAppointed(Fact, Facilitation):
    """An independent facilitator (onafhankelijk begeleider) guides the circle."""


FoundingFact = CircleFounded | FacilitatorAppointed

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Founding:
    founded: bool = False


def evolve(state: Founding, fact: FoundingFact) -> Founding:
    match fact:
        case CircleFounded():
            return replace(state, founded=True)
        case FacilitatorAppointed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class FoundCircle(Command, Foundation):
    pass


@dataclass(frozen=True, kw_only=True)
class AppointFacilitator(Command, Facilitation):
    pass


FoundingCommand = FoundCircle | AppointFacilitator

# --------------------------------------------------------------------------------------- decide


def decide(state: Founding, command: FoundingCommand, moment: Moment) -> tuple[FoundingFact, ...]:
    match command:
        case FoundCircle():
            require(not state.founded, "circle.founded", "this circle was founded before")
            require_form(
                command.municipality_code,
                MUNICIPALITY_CODE,
                "circle.municipality-code",
                "is not a municipality code; write gm and four digits",
                field="municipalityCode",
            )
            return (stated(CircleFounded, command, moment),)
        case AppointFacilitator():
            return (stated(FacilitatorAppointed, command, moment),)
        case _:
            assert_never(command)
