"""Circle (kenniskring): where an authority and regional contractors learn, decide and prepare.

The circle holds who sits where and since when, its meetings with agenda and attendance, the
reports (verslagen) that everyone can read, its decisions and agreements, and what was said at the
klaagpaal, the standing item where a complaint may be made safely.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import Decider, Refused, require, require_form, require_possible_time
from domain.terms import (
    CODE,
    MUNICIPALITY_CODE,
    Code,
    Command,
    Fact,
    MemberId,
    Moment,
    PersonRef,
    ProjectId,
    Sealed,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class Side(StrEnum):
    """Whose seat it is."""

    SME = "sme"  # mkb, directie
    MUNICIPAL = "municipal"  # gemeente
    ADVISER = "adviser"  # inhoudelijk adviseur op afroep
    OTHER_CLIENT = "other-client"  # andere opdrachtgever


class SeatRole(StrEnum):
    """What the holder of a seat is at home."""

    DIRECTOR = "director"  # directie
    OPERATIONAL_DIRECTOR = "operational-director"  # operationeel directeur
    CLIENT = "client"  # ambtelijk opdrachtgever, budgethouder
    OPERATIONS_MANAGER = "operations-manager"  # manager bedrijfsvoering
    PROJECTS_LEAD = "projects-lead"  # teamleider projecten
    SUPPORT_SERVICES = "support-services"  # ondersteunende dienstverlener, zoals inkoop
    ADVISER = "adviser"


class EntryOutcome(StrEnum):
    ADMITTED = "admitted"  # toegelaten
    WAITING = "waiting"  # toegelaten, wacht op een zetel
    REFUSED = "refused"  # geweigerd


class EntryGround(StrEnum):
    """Why an entry request was answered as it was; the first is the only condition allowed."""

    WORKED_IN_MUNICIPALITY = "worked-in-municipality"  # in de gemeente gewerkt, kent de praktijk
    NO_WORK_IN_MUNICIPALITY = "no-work-in-municipality"
    OTHER = "other"


class AgendaKind(StrEnum):
    KLAAGPAAL = "klaagpaal"
    TOPIC = "topic"  # onderwerp
    PROJECT = "project"
    DECISION = "decision"  # besluit
    REFLECTION = "reflection"  # reflectie


class DecisionMethod(StrEnum):
    CONSENT = "consent"
    VOTE = "vote"  # stemming


class DecisionOutcome(StrEnum):
    ADOPTED = "adopted"  # aangenomen
    REJECTED = "rejected"  # verworpen
    POSTPONED = "postponed"  # aangehouden


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


@dataclass(frozen=True, kw_only=True)
class Convenant:
    """`open_entry` and `open_exit`: parties may join and stop at any moment."""

    parties: tuple[MemberId, ...]
    open_entry: bool
    open_exit: bool


@dataclass(frozen=True, kw_only=True)
class ConvenantSigned(Fact, Convenant):
    """The open convenant of this circle."""


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


@dataclass(frozen=True, kw_only=True)
class Seat:
    seat: Code
    side: Side
    member: MemberId
    person: PersonRef
    roles: tuple[SeatRole, ...]


@dataclass(frozen=True, kw_only=True)
class SeatTaken(Fact, Seat):
    """A person sits for an organisation (zetel)."""


@dataclass(frozen=True, kw_only=True)
class SeatEnd:
    seat: Code


@dataclass(frozen=True, kw_only=True)
class SeatVacated(Fact, SeatEnd):
    """The seat is free again, by rotation or otherwise."""


@dataclass(frozen=True, kw_only=True)
class RotationPlan:
    """`order` is who makes room first; the plan is reviewed every `review_months`."""

    order: tuple[MemberId, ...]
    review_months: int


@dataclass(frozen=True, kw_only=True)
class RotationScheduled(Fact, RotationPlan):
    """The rotation schedule (roulatieschema) as it holds from now on."""


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    kind: AgendaKind
    title: str
    project: ProjectId | None = None


@dataclass(frozen=True, kw_only=True)
class Attendance:
    member: MemberId
    person: PersonRef | None = None


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """`competition_statement`: the chair said what may not be discussed (prices, tender plans)."""

    meeting: Code
    agenda: tuple[AgendaItem, ...]
    attendance: tuple[Attendance, ...]
    competition_statement: bool


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Fact, Gathering):
    """The circle met (bijeenkomst)."""


@dataclass(frozen=True, kw_only=True)
class SensitiveTalk:
    meeting: Code
    subject: str


@dataclass(frozen=True, kw_only=True)
class SensitiveTalkNoted(Fact, SensitiveTalk):
    """Somebody found that a meeting touched future prices, margins, capacity or tender plans."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """`projects` are those that the report has a section about."""

    meeting: Code
    url: str
    projects: tuple[ProjectId, ...]


@dataclass(frozen=True, kw_only=True)
class ReportPublished(Fact, Report):
    """The report (verslag) of a meeting stands on the municipality's website."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    decision: Code
    subject: str
    method: DecisionMethod
    outcome: DecisionOutcome
    reasons: str
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionTaken(Fact, Decision):
    """The circle decided (besluit)."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    agreement: Code
    subject: str
    parties: tuple[MemberId, ...]
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementMade(Fact, Agreement):
    """Parties of the circle agreed on something (afspraak)."""


@dataclass(frozen=True, kw_only=True)
class Complaint:
    complaint: Code
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class ComplaintRaised(Fact, Complaint):
    """Something was put to the klaagpaal; who said what stays within the circle."""


CircleFact = (
    CircleFounded
    | FacilitatorAppointed
    | ConvenantSigned
    | EntryRequested
    | EntryAnswered
    | MemberJoined
    | MemberLeft
    | SeatTaken
    | SeatVacated
    | RotationScheduled
    | MeetingHeld
    | SensitiveTalkNoted
    | ReportPublished
    | DecisionTaken
    | AgreementMade
    | ComplaintRaised
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Circle:
    founded: bool = False
    requests: frozenset[MemberId] = frozenset()
    members: frozenset[MemberId] = frozenset()
    seats: frozenset[Code] = frozenset()
    meetings: frozenset[Code] = frozenset()
    named: frozenset[Code] = field(default_factory=frozenset)
    """Codes of decisions, agreements and complaints, which may each be used once."""


def evolve(state: Circle, fact: CircleFact) -> Circle:
    match fact:
        case CircleFounded():
            return replace(state, founded=True)
        case EntryRequested():
            return replace(state, requests=state.requests | {fact.member})
        case EntryAnswered():
            return replace(state, requests=state.requests - {fact.member})
        case MemberJoined():
            return replace(state, members=state.members | {fact.member})
        case MemberLeft():
            return replace(state, members=state.members - {fact.member})
        case SeatTaken():
            return replace(state, seats=state.seats | {fact.seat})
        case SeatVacated():
            return replace(state, seats=state.seats - {fact.seat})
        case MeetingHeld():
            return replace(state, meetings=state.meetings | {fact.meeting})
        case DecisionTaken():
            return replace(state, named=state.named | {fact.decision})
        case AgreementMade():
            return replace(state, named=state.named | {fact.agreement})
        case ComplaintRaised():
            return replace(state, named=state.named | {fact.complaint})
        case (
            FacilitatorAppointed()
            | ConvenantSigned()
            | RotationScheduled()
            | SensitiveTalkNoted()
            | ReportPublished()
        ):
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


@dataclass(frozen=True, kw_only=True)
class SignConvenant(Command, Convenant):
    pass


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


@dataclass(frozen=True, kw_only=True)
class TakeSeat(Command, Seat):
    pass


@dataclass(frozen=True, kw_only=True)
class VacateSeat(Command, SeatEnd):
    pass


@dataclass(frozen=True, kw_only=True)
class ScheduleRotation(Command, RotationPlan):
    pass


@dataclass(frozen=True, kw_only=True)
class HoldMeeting(Command, Gathering):
    pass


@dataclass(frozen=True, kw_only=True)
class NoteSensitiveTalk(Command, SensitiveTalk):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishReport(Command, Report):
    pass


@dataclass(frozen=True, kw_only=True)
class TakeDecision(Command, Decision):
    pass


@dataclass(frozen=True, kw_only=True)
class MakeAgreement(Command, Agreement):
    pass


@dataclass(frozen=True, kw_only=True)
class RaiseComplaint(Command, Complaint):
    pass


CircleCommand = (
    FoundCircle
    | AppointFacilitator
    | SignConvenant
    | RequestEntry
    | AnswerEntry
    | JoinCircle
    | LeaveCircle
    | TakeSeat
    | VacateSeat
    | ScheduleRotation
    | HoldMeeting
    | NoteSensitiveTalk
    | PublishReport
    | TakeDecision
    | MakeAgreement
    | RaiseComplaint
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Circle, command: CircleCommand, moment: Moment) -> tuple[CircleFact, ...]:
    require_possible_time(command, moment)
    if isinstance(command, FoundCircle):
        require(not state.founded, "circle.founded", "this circle was founded before")
        require_form(
            command.municipality_code,
            MUNICIPALITY_CODE,
            "circle.municipality-code",
            "is not a municipality code; write gm and four digits",
            field="municipalityCode",
        )
        return (stated(CircleFounded, command, moment),)
    if not state.founded:
        raise Refused("circle.unknown", "no circle has this id; found it first")
    match command:
        case AppointFacilitator():
            return (stated(FacilitatorAppointed, command, moment),)
        case SignConvenant():
            return (stated(ConvenantSigned, command, moment),)
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
        case TakeSeat():
            _require_new(state.seats, command.seat, "seat")
            return (stated(SeatTaken, command, moment),)
        case VacateSeat():
            require(
                command.seat in state.seats,
                "circle.unknown-seat",
                "nobody holds this seat",
                field="seat",
            )
            return (stated(SeatVacated, command, moment),)
        case ScheduleRotation():
            require(
                command.review_months > 0,
                "circle.review-months",
                "a schedule is reviewed after at least one month",
                field="reviewMonths",
            )
            return (stated(RotationScheduled, command, moment),)
        case HoldMeeting():
            _require_new(state.meetings, command.meeting, "meeting")
            return (stated(MeetingHeld, command, moment),)
        case NoteSensitiveTalk():
            _require_meeting(state, command.meeting)
            return (stated(SensitiveTalkNoted, command, moment),)
        case PublishReport():
            _require_meeting(state, command.meeting)
            return (stated(ReportPublished, command, moment),)
        case TakeDecision():
            _require_new(state.named, command.decision, "decision")
            return (stated(DecisionTaken, command, moment),)
        case MakeAgreement():
            _require_new(state.named, command.agreement, "agreement")
            return (stated(AgreementMade, command, moment),)
        case RaiseComplaint():
            _require_new(state.named, command.complaint, "complaint")
            return (stated(ComplaintRaised, command, moment),)
        case _:
            assert_never(command)


def _require_outside(state: Circle, member: MemberId) -> None:
    require(
        member not in state.members,
        "circle.member-known",
        "this organisation is in the circle already",
        field="member",
    )


def _require_inside(state: Circle, member: MemberId) -> None:
    require(
        member in state.members,
        "circle.member-unknown",
        "this organisation is not in the circle",
        field="member",
    )


def _require_meeting(state: Circle, meeting: Code) -> None:
    require(
        meeting in state.meetings,
        "circle.unknown-meeting",
        "the circle held no meeting under this code",
        field="meeting",
    )


def _require_new(known: frozenset[Code], code: Code, name: str) -> None:
    require_form(
        code,
        CODE,
        f"circle.{name}-code",
        "is not a code; use letters, digits, dots and hyphens",
        field=name,
    )
    require(
        code not in known,
        f"circle.{name}-known",
        f"the code {code} is in use; choose another",
        field=name,
    )


circle = Decider(name="circle", initial=Circle(), decide=decide, evolve=evolve)
