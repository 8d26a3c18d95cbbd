"""The line (standlijn): what is asked of everybody now, and the treads towards the bar.

"De lat én de treden bepaal je met elkaar": a line is agreed by the market and by the authority, and
is raised tread by tread, each announced in time.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class Direction(StrEnum):
    """Which side of a threshold value the line asks for; the source documents leave it open."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    UNSTATED = "unstated"


@dataclass(frozen=True, kw_only=True)
class Line:
    """`readiness` is a technology readiness level (TRL, 1 to 9); `scope` is kept in its own words.

    `threshold` is the number in that scope and `unit` its unit ("19", "kW"), where it has one.
    `decision` is the circle's decision about it; `reason` says why where readiness was lowered.
    """

    level: int
    readiness: int
    scope: str
    direction: Direction
    holds_from: date
    agreed_by_market: tuple[MemberId, ...]
    agreed_by_authority: tuple[MemberId, ...]
    threshold: int | None = None
    unit: str | None = None
    decision: Code | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class LineAgreed(Fact, Line):
    """The line (standlijn) was set or raised by one tread."""


@dataclass(frozen=True, kw_only=True)
class TreadAnnouncement:
    """`told` are the organisations that were told; with `url`, everybody could read it."""

    level: int
    scope: str
    holds_from: date
    told: tuple[MemberId, ...]
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class TreadAnnounced(Fact, TreadAnnouncement):
    """The next tread (trede) was announced, so that firms have time to innovate towards it."""


LineFact = LineAgreed | TreadAnnounced

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Treads:
    """`level` is the highest line agreed; 0 while there is none."""

    level: int = 0


def evolve(state: Treads, fact: LineFact) -> Treads:
    match fact:
        case LineAgreed():
            return replace(state, level=fact.level)
        case TreadAnnounced():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AgreeLine(Command, Line):
    pass


@dataclass(frozen=True, kw_only=True)
class AnnounceTread(Command, TreadAnnouncement):
    pass


LineCommand = AgreeLine | AnnounceTread

# --------------------------------------------------------------------------------------- decide


def decide(state: Treads, command: LineCommand, moment: Moment) -> tuple[LineFact, ...]:
    match command:
        case AgreeLine():
            require(
                command.level == state.level + 1,
                "mission.level",
                f"the next tread is {state.level + 1}",
                field="level",
            )
            return (stated(LineAgreed, command, moment),)
        case AnnounceTread():
            require(
                1 <= command.level <= state.level + 1,
                "mission.announced-level",
                f"an announcement is about a line that was agreed, or the next: {state.level + 1}",
                field="level",
            )
            return (stated(TreadAnnounced, command, moment),)
        case _:
            assert_never(command)


def require_agreed(state: Treads, level: int) -> None:
    """Refuse a level of the line that nobody agreed on yet."""
    require(
        1 <= level <= state.level,
        "mission.unknown-level",
        f"no line of level {level} was agreed; the highest is {state.level}",
        field="level",
    )
