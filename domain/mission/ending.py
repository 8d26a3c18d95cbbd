"""The end of a mission: reached, closed, or opened again.

What happened before a mission was closed may still be recorded afterwards; what is said to have
happened after it cannot have.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from domain.decider import require
from domain.terms import Command, Fact, Instant, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, kw_only=True)
class Reaching:
    evidence: str
    judged_by: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class MissionReached(Fact, Reaching):
    """The parties found that the mission is reached (bereikt)."""


@dataclass(frozen=True, kw_only=True)
class Closing:
    reason: str


@dataclass(frozen=True, kw_only=True)
class MissionClosed(Fact, Closing):
    """The mission was closed (afgesloten), reached or not."""


@dataclass(frozen=True, kw_only=True)
class MissionReopening:
    reason: str


@dataclass(frozen=True, kw_only=True)
class MissionReopened(Fact, MissionReopening):
    """A closed mission was taken up again, openly."""


EndingFact = MissionReached | MissionClosed | MissionReopened

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Ending:
    reached: bool = False
    closed_at: Instant | None = None


def evolve(state: Ending, fact: EndingFact) -> Ending:
    match fact:
        case MissionReached():
            return replace(state, reached=True)
        case MissionClosed():
            return replace(state, closed_at=fact.occurred_at)
        case MissionReopened():
            return Ending()
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class FindMissionReached(Command, Reaching):
    pass


@dataclass(frozen=True, kw_only=True)
class CloseMission(Command, Closing):
    pass


@dataclass(frozen=True, kw_only=True)
class ReopenMission(Command, MissionReopening):
    pass


EndingCommand = FindMissionReached | CloseMission | ReopenMission

# --------------------------------------------------------------------------------------- decide


def require_open(state: Ending, command: Command, moment: Moment) -> None:
    """Refuse what is said to have happened in a mission after it was closed."""
    happened = command.occurred_at or moment.now
    require(
        state.closed_at is None or happened <= state.closed_at,
        "mission.closed",
        "the mission was closed before this; reopen it, or say when it happened before that",
    )


def decide(state: Ending, command: EndingCommand, moment: Moment) -> tuple[EndingFact, ...]:
    match command:
        case FindMissionReached():
            require(not state.reached, "mission.reached", "the mission was found reached before")
            return (stated(MissionReached, command, moment),)
        case CloseMission():
            require(state.closed_at is None, "mission.closed", "the mission is closed already")
            return (stated(MissionClosed, command, moment),)
        case ReopenMission():
            require(
                state.closed_at is not None
                and (command.occurred_at or moment.now) >= state.closed_at,
                "mission.not-closed",
                "only a mission that was closed by then can be reopened",
            )
            return (stated(MissionReopened, command, moment),)
        case _:
            assert_never(command)
