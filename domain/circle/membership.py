"""Who is in a circle: requests to join and to leave with their answers, joining and leaving.

The only condition for joining is to have worked in the municipality and to know its practice; a
request comes with evidence of that. Leaving is open, so a leave that is blocked is a finding.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.municipalities import require_municipality
from domain.terms import (
    Command,
    Euro,
    Fact,
    MemberId,
    Moment,
    Sealed,
    dutch_date,
    stated,
)

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


class LeaveOutcome(StrEnum):
    GRANTED = "granted"  # ingewilligd
    BLOCKED = "blocked"  # tegengehouden


@dataclass(frozen=True, kw_only=True)
class EntryWish:
    member: MemberId
    meets_condition: bool


@dataclass(frozen=True, kw_only=True)
class EntryRequested(Fact, EntryWish):
    """An organisation asked to join (verzoek tot toetreding)."""


@dataclass(frozen=True, kw_only=True)
class EntryEvidence:
    """`work` was done in the municipality that was there on `completed_on`; `url` shows it."""

    member: MemberId
    work: str
    municipality_code: str
    completed_on: date
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class EntryEvidenceGiven(Fact, EntryEvidence):
    """Who asked to join showed a work in the municipality."""


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


@dataclass(frozen=True, kw_only=True)
class LeaveWish:
    """`leaves_on` is the last day wanted; None is at once."""

    member: MemberId
    leaves_on: date | None = None
    reason: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveRequested(Fact, LeaveWish):
    """A member asked to leave (verzoek tot uittreding)."""


@dataclass(frozen=True, kw_only=True)
class LeaveAnswer:
    """`penalty` is what leaving costs, in cents; `terms` what was agreed on unfinished business."""

    member: MemberId
    outcome: LeaveOutcome
    penalty: Euro
    terms: Sealed


@dataclass(frozen=True, kw_only=True)
class LeaveAnswered(Fact, LeaveAnswer):
    """The request to leave was answered."""


MembershipFact = (
    EntryRequested
    | EntryEvidenceGiven
    | EntryAnswered
    | MemberJoined
    | MemberLeft
    | LeaveRequested
    | LeaveAnswered
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Members:
    requests: frozenset[MemberId] = frozenset()
    inside: frozenset[MemberId] = frozenset()
    leaving: frozenset[MemberId] = frozenset()
    """Those whose request to leave was not answered yet."""


def evolve(state: Members, fact: MembershipFact) -> Members:
    match fact:
        case EntryRequested():
            return replace(state, requests=state.requests | {fact.member})
        case EntryAnswered():
            return replace(state, requests=state.requests - {fact.member})
        case MemberJoined():
            return replace(state, inside=state.inside | {fact.member})
        case MemberLeft():
            return replace(
                state,
                inside=state.inside - {fact.member},
                leaving=state.leaving - {fact.member},
            )
        case LeaveRequested():
            return replace(state, leaving=state.leaving | {fact.member})
        case LeaveAnswered():
            return replace(state, leaving=state.leaving - {fact.member})
        case EntryEvidenceGiven():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RequestEntry(Command, EntryWish):
    pass


@dataclass(frozen=True, kw_only=True)
class GiveEntryEvidence(Command, EntryEvidence):
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


@dataclass(frozen=True, kw_only=True)
class RequestLeave(Command, LeaveWish):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerLeave(Command, LeaveAnswer):
    pass


MembershipCommand = (
    RequestEntry
    | GiveEntryEvidence
    | AnswerEntry
    | JoinCircle
    | LeaveCircle
    | RequestLeave
    | AnswerLeave
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Members, command: MembershipCommand, moment: Moment
) -> tuple[MembershipFact, ...]:
    match command:
        case RequestEntry():
            _require_outside(state, command.member)
            return (stated(EntryRequested, command, moment),)
        case GiveEntryEvidence():
            _require_request(state, command.member)
            require_municipality(
                command.municipality_code,
                command.completed_on,
                malformed="circle.municipality-code",
            )
            require(
                command.completed_on <= dutch_date(command.occurred_at or moment.now),
                "circle.work-not-completed",
                "a work that is not completed shows no practice yet; look at the date",
                field="completedOn",
            )
            return (stated(EntryEvidenceGiven, command, moment),)
        case AnswerEntry():
            _require_request(state, command.member)
            return (stated(EntryAnswered, command, moment),)
        case JoinCircle():
            _require_outside(state, command.member)
            return (stated(MemberJoined, command, moment),)
        case LeaveCircle():
            _require_inside(state, command.member)
            return (stated(MemberLeft, command, moment),)
        case RequestLeave():
            _require_inside(state, command.member)
            require(
                command.member not in state.leaving,
                "circle.leave-requested",
                "this organisation asked to leave before; answer that request first",
                field="member",
            )
            return (stated(LeaveRequested, command, moment),)
        case AnswerLeave():
            require(
                command.member in state.leaving,
                "circle.no-leave-request",
                "this organisation has no open request to leave",
                field="member",
            )
            require(
                command.penalty >= 0,
                "circle.penalty",
                "a penalty is an amount in cents, 0 where there is none",
                field="penalty",
            )
            return (stated(LeaveAnswered, command, moment),)
        case _:
            assert_never(command)


def _require_request(state: Members, member: MemberId) -> None:
    require(
        member in state.requests,
        "circle.no-entry-request",
        "this organisation has no open request to join",
        field="member",
    )


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
