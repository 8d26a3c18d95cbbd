"""Who is in a circle: requests to join and their answers, joining and leaving."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class EntryOutcome(StrEnum):
    ADMITTED = "admitted"  # toegelaten
    WAITING = "waiting"  # toegelaten, wacht op een zetel
    REFUSED = "refused"  # geweigerd


class EntryGround(StrEnum):
    """Why an entry request was answered as it was; the first is the only condition allowed."""

    WORKED_IN_MUNICIPALITY = "worked-in-municipality"  # in de gemeente gewerkt, kent de praktijk
    NO_WORK_IN_MUNICIPALITY = "no-work-in-municipality"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class EntryWish:
    member: MemberId
    meets_condition: bool


@dataclass(frozen=True, kw_only=True)
class EntryRequested(Fact, EntryWish):
    """An organisation asked to join (verzoek tot toetreding)."""


@dataclass(frozen=True, kw_only=True)
class EntryAnswer:
    member: MemberId
    outcome: EntryOutcome
    ground: EntryGround
    reason: str


@dataclass(frozen=True, kw_only=True)
class EntryAnswered(Fact, EntryAnswer):
    """The request was answered."""


@dataclass(frozen=True, kw_only=True)
class Membership:
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Fact, Membership):
    """From now on the organisation hears what the circle hears."""


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Fact, Membership):
    """The organisation stopped; what it knows stays known."""


MembershipFact = EntryRequested | EntryAnswered | MemberJoined | MemberLeft

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Members:
    requests: frozenset[MemberId] = frozenset()
    inside: frozenset[MemberId] = frozenset()


def evolve(state: Members, fact: MembershipFact) -> Members:
    match fact:
        case EntryRequested():
            return replace(state, requests=state.requests | {fact.member})
        case EntryAnswered():
            return replace(state, requests=state.requests - {fact.member})
        case MemberJoined():
            return replace(state, inside=state.inside | {fact.member})
        case MemberLeft():
            return replace(state, inside=state.inside - {fact.member})
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RequestEntry(Command, EntryWish):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerEntry(Command, EntryAnswer):
    pass


@dataclass(frozen=True, kw_only=True)
class JoinCircle(Command, Membership):
    pass


@dataclass(frozen=True, kw_only=True)
class LeaveCircle(Command, Membership):
    pass


MembershipCommand = RequestEntry | AnswerEntry | JoinCircle | LeaveCircle

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Members, command: MembershipCommand, moment: Moment
) -> tuple[MembershipFact, ...]:
    match command:
        case RequestEntry():
            _require_outside(state, command.member)
            return (stated(EntryRequested, command, moment),)
        case AnswerEntry():
            require(
                command.member in state.requests,
                "circle.no-entry-request",
                "this organisation has no open request to join",
                field="member",
            )
            return (stated(EntryAnswered, command, moment),)
        case JoinCircle():
            _require_outside(state, command.member)
            return (stated(MemberJoined, command, moment),)
        case LeaveCircle():
            _require_inside(state, command.member)
            return (stated(MemberLeft, command, moment),)
        case _:
            assert_never(command)


def _require_outside(state: Members, member: MemberId) -> None:
    require(
        member not in state.inside,
        "circle.member-known",
        "this organisation is in the circle already",
        field="member",
    )


def _require_inside(state: Members, member: MemberId) -> None:
    require(
        member in state.inside,
        "circle.member-unknown",
        "this organisation is not in the circle",
        field="member",
    )
