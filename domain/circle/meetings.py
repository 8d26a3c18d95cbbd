"""When a circle meets (bijeenkomst), about what, and the report (verslag) that everyone can read."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_known, require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, PersonRef, ProjectId, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class AgendaKind(StrEnum):
    KLAAGPAAL = "klaagpaal"
    TOPIC = "topic"  # onderwerp
    PROJECT = "project"
    DECISION = "decision"  # besluit
    REFLECTION = "reflection"  # reflectie


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
class MeetingPlan:
    """A plan that is made again moves the meeting."""

    meeting: Code
    planned_on: date
    place: str


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Fact, MeetingPlan):
    """A meeting stands in the calendar."""


@dataclass(frozen=True, kw_only=True)
class MeetingOff:
    meeting: Code
    reason: str


@dataclass(frozen=True, kw_only=True)
class MeetingCalledOff(Fact, MeetingOff):
    """A planned meeting will not be held."""


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
    subject: Sealed


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


MeetingFact = MeetingPlanned | MeetingCalledOff | MeetingHeld | SensitiveTalkNoted | ReportPublished

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Meetings:
    planned: frozenset[Code] = frozenset()
    held: frozenset[Code] = frozenset()


def evolve(state: Meetings, fact: MeetingFact) -> Meetings:
    match fact:
        case MeetingHeld():
            return replace(
                state,
                held=state.held | {fact.meeting},
                planned=state.planned - {fact.meeting},
            )
        case MeetingPlanned():
            return replace(state, planned=state.planned | {fact.meeting})
        case MeetingCalledOff():
            return replace(state, planned=state.planned - {fact.meeting})
        case SensitiveTalkNoted() | ReportPublished():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class PlanMeeting(Command, MeetingPlan):
    pass


@dataclass(frozen=True, kw_only=True)
class CallOffMeeting(Command, MeetingOff):
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


MeetingCommand = PlanMeeting | CallOffMeeting | HoldMeeting | NoteSensitiveTalk | PublishReport

# --------------------------------------------------------------------------------------- decide


def decide(state: Meetings, command: MeetingCommand, moment: Moment) -> tuple[MeetingFact, ...]:
    match command:
        case PlanMeeting():
            require_new(state.held, command.meeting, "meeting")
            return (stated(MeetingPlanned, command, moment),)
        case CallOffMeeting():
            require(
                command.meeting in state.planned,
                "circle.unplanned-meeting",
                "no meeting is planned under this code",
                field="meeting",
            )
            return (stated(MeetingCalledOff, command, moment),)
        case HoldMeeting():
            require_new(state.held, command.meeting, "meeting")
            return (stated(MeetingHeld, command, moment),)
        case NoteSensitiveTalk():
            require_known(state.held, command.meeting, "meeting")
            return (stated(SensitiveTalkNoted, command, moment),)
        case PublishReport():
            require_known(state.held, command.meeting, "meeting")
            return (stated(ReportPublished, command, moment),)
        case _:
            assert_never(command)
