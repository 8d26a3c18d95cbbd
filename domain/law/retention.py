"""How long each kind of confidential text is kept, and what keeps it when somebody asks to forget.

A kind is due to be forgotten (bewaartermijn verstreken) when its months have passed since it
happened. Some kinds may not be forgotten before that, whoever asks; the others go when asked.
"""

from dataclasses import dataclass
from datetime import date

from domain.circle.agreements import FindingSettled, FreeRiderFound, SanctionImposed
from domain.circle.decisions import (
    ObjectionAnswered,
    ObjectionRaised,
    OptionAdded,
    ProposalTabled,
)
from domain.circle.founding import IntakeAnswered
from domain.circle.klaagpaal import ComplaintDiscussed, ComplaintRaised
from domain.circle.learning import ReflectionHeld
from domain.circle.meetings import SensitiveTalkNoted
from domain.circle.membership import LeaveAnswered, LeaveRequested
from domain.circle.topics import TopicDiscussed
from domain.convenant_project.interests import DeclarationSigned
from domain.convenant_project.site import SiteRecordKept, SiteRecordSettled
from domain.convenant_project.surroundings import SafetyReported, StakeholdersHeard
from domain.law.calendar import add_months
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import Parameters
from domain.member.erasure import KeepGround
from domain.member.organisation import MemberRegistered
from domain.member.people import PersonIntroduced
from domain.member.practice import InterestDeclared
from domain.mission.follow_up import MissionMonitored
from domain.sealing import RecordKind
from domain.terms import Fact

KIND_OF: dict[type[Fact], RecordKind] = {
    PersonIntroduced: RecordKind.PERSON,
    MemberRegistered: RecordKind.PERSON,
    InterestDeclared: RecordKind.PROJECT,
    ComplaintRaised: RecordKind.KLAAGPAAL,
    ComplaintDiscussed: RecordKind.KLAAGPAAL,
    IntakeAnswered: RecordKind.REFLECTION,
    ReflectionHeld: RecordKind.REFLECTION,
    MissionMonitored: RecordKind.REFLECTION,
    LeaveRequested: RecordKind.MINUTES,
    LeaveAnswered: RecordKind.MINUTES,
    SensitiveTalkNoted: RecordKind.MINUTES,
    SanctionImposed: RecordKind.MINUTES,
    TopicDiscussed: RecordKind.MINUTES,
    ProposalTabled: RecordKind.MINUTES,
    OptionAdded: RecordKind.MINUTES,
    ObjectionRaised: RecordKind.MINUTES,
    ObjectionAnswered: RecordKind.MINUTES,
    FreeRiderFound: RecordKind.MINUTES,
    FindingSettled: RecordKind.MINUTES,
    DeclarationSigned: RecordKind.PROJECT,
    StakeholdersHeard: RecordKind.PROJECT,
    SafetyReported: RecordKind.PROJECT,
    SiteRecordKept: RecordKind.PROJECT,
    SiteRecordSettled: RecordKind.PROJECT,
}
"""Every fact that may hold a sealed text."""

PERIOD = {
    RecordKind.PERSON: ParameterKey.RETENTION_PERSON,
    RecordKind.KLAAGPAAL: ParameterKey.RETENTION_KLAAGPAAL,
    RecordKind.REFLECTION: ParameterKey.RETENTION_REFLECTION,
    RecordKind.MINUTES: ParameterKey.RETENTION_MINUTES,
    RecordKind.PROJECT: ParameterKey.RETENTION_PROJECT,
}

KEPT_BY = {
    RecordKind.MINUTES: KeepGround.ARCHIVES_ACT,
    RecordKind.PROJECT: KeepGround.PROCEDURE_FILE,
}
"""What keeps a kind until its period ends, also when a person asks to be forgotten."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """`until` is the last day."""

    ground: KeepGround
    until: date


def due(kind: RecordKind, happened: date, parameters: Parameters) -> date:
    """The first day on which a text of this kind is to be forgotten, by the numbers of that day."""
    return add_months(happened, parameters.at(PERIOD[kind], happened).value)


def kept_by_law(kind: RecordKind, happened: date, parameters: Parameters, on: date) -> Kept | None:
    """The duty that keeps it on a day; None when it may be forgotten."""
    ground = KEPT_BY.get(kind)
    last = due(kind, happened, parameters)
    return None if ground is None or on >= last else Kept(ground=ground, until=last)
