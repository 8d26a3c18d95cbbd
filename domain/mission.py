"""Mission (missie): a goal that circles pursue together, such as emission-free building.

Its line (standlijn) says what is asked of everybody now. The bar and the treads towards it (de lat
en de treden) are set together, by the market and the municipality.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import Decider, Refused, require, require_possible_time
from domain.terms import CircleId, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class Direction(StrEnum):
    """Which side of a threshold value the line asks for; the source documents leave it open."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    UNSTATED = "unstated"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    title: str
    problem: str
    circle: CircleId


@dataclass(frozen=True, kw_only=True)
class MissionFounded(Fact, Purpose):
    """A mission was set up for a problem."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """`readiness` is a technology readiness level (TRL); `scope` is kept in its own words."""

    level: int
    readiness: int
    scope: str
    direction: Direction
    holds_from: date
    agreed_by_market: tuple[MemberId, ...]
    agreed_by_authority: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class LineAgreed(Fact, Line):
    """The line (standlijn) was set or raised by one tread."""


MissionFact = MissionFounded | LineAgreed

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Mission:
    founded: bool = False
    level: int = 0


def evolve(state: Mission, fact: MissionFact) -> Mission:
    match fact:
        case MissionFounded():
            return replace(state, founded=True)
        case LineAgreed():
            return replace(state, level=fact.level)
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class FoundMission(Command, Purpose):
    pass


@dataclass(frozen=True, kw_only=True)
class AgreeLine(Command, Line):
    pass


MissionCommand = FoundMission | AgreeLine

# --------------------------------------------------------------------------------------- decide


def decide(state: Mission, command: MissionCommand, moment: Moment) -> tuple[MissionFact, ...]:
    require_possible_time(command, moment)
    if isinstance(command, FoundMission):
        require(not state.founded, "mission.known", "this mission was founded before")
        return (stated(MissionFounded, command, moment),)
    if not state.founded:
        raise Refused("mission.unknown", "no mission has this id; found it first")
    match command:
        case AgreeLine():
            require(
                command.level == state.level + 1,
                "mission.level",
                f"the next tread is {state.level + 1}",
                field="level",
            )
            return (stated(LineAgreed, command, moment),)
        case _:
            assert_never(command)


mission = Decider(name="mission", initial=Mission(), decide=decide, evolve=evolve)
