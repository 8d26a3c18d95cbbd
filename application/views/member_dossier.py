"""What did an organisation join, say, get to know, decide and do, in which circle or project?

One row is one event, on the shelf of every organisation that had a part in it. What was said stays
in the event itself: a row says that, when and where, and the event is found by its position.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never, get_args
from uuid import UUID

from application.aggregates import CIRCLE, CONVENANT_PROJECT, MISSION, kebab
from application.views.view import Key, Shelf, View, key, shelf
from domain.circle.agreements import AgreementMade
from domain.circle.convenant import ConvenantPartyJoined, ConvenantPartyLeft, ConvenantSigned
from domain.circle.decisions import ObjectionRaised, ProposalTabled
from domain.circle.learning import HealthChecked
from domain.circle.meetings import MeetingHeld
from domain.circle.membership import MemberJoined, MemberLeft
from domain.circle.seats import SeatTaken
from domain.convenant_project.award import AwardLetterSent, ContractSigned
from domain.convenant_project.early_market import ConsultationHeld
from domain.convenant_project.information_exchange import InformationExchanged
from domain.convenant_project.knowledge import DocumentDisclosed, InvolvementRegistered
from domain.convenant_project.lessons import ElectricSurchargeSet, FairPriceExplained
from domain.convenant_project.monitoring import MeasurementTaken
from domain.convenant_project.preparation import ExpertGroupFormed, ExpertGroupLeft, ExpertGroupMet
from domain.convenant_project.questions import (
    ContactHeld,
    QuestionAnsweredSeparately,
    QuestionAsked,
)
from domain.convenant_project.risks import RiskSessionHeld
from domain.convenant_project.surroundings import SocialReturnDelivered
from domain.convenant_project.tendering import CandidateRegistered, InvitationSent, TenderSubmitted
from domain.mission.line import LineAgreed
from domain.record import Recorded
from domain.terms import Fact, Instant, MemberId

FromCircle = (
    MemberJoined
    | MemberLeft
    | SeatTaken
    | ConvenantSigned
    | ConvenantPartyJoined
    | ConvenantPartyLeft
    | MeetingHeld
    | ProposalTabled
    | ObjectionRaised
    | HealthChecked
    | AgreementMade
)
FromProject = (
    ExpertGroupFormed
    | ExpertGroupLeft
    | ExpertGroupMet
    | ConsultationHeld
    | RiskSessionHeld
    | DocumentDisclosed
    | InvolvementRegistered
    | InvitationSent
    | CandidateRegistered
    | QuestionAsked
    | QuestionAnsweredSeparately
    | ContactHeld
    | TenderSubmitted
    | AwardLetterSent
    | ContractSigned
    | FairPriceExplained
    | ElectricSurchargeSet
    | InformationExchanged
    | MeasurementTaken
    | SocialReturnDelivered
)
Heard = FromCircle | FromProject | LineAgreed


class Part(StrEnum):
    """What an organisation had to do with an event."""

    JOINED = "joined"  # sloot zich aan
    LEFT = "left"  # ging weg
    SAID = "said"  # zei
    KNEW = "knew"  # kwam te weten
    DECIDED = "decided"  # besloot mee
    DID = "did"  # deed


@dataclass(frozen=True, kw_only=True)
class PartTaken:
    member: MemberId
    part: Part


@dataclass(frozen=True, kw_only=True)
class DossierEntryRow:
    """`aggregate` and `fact` are names as at the doors: `circle`, `member-joined`."""

    position: int
    aggregate: str
    subject: UUID
    fact: str
    happened_at: Instant
    parts: tuple[PartTaken, ...]

    def part_of(self, member: MemberId) -> tuple[Part, ...]:
        return tuple(each.part for each in self.parts if each.member == member)


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (event(recorded.position),)


def on(_: DossierEntryRow | None, recorded: Recorded[Heard]) -> DossierEntryRow | None:
    fact = recorded.fact
    if not (found := _parts(fact)):
        return None
    return DossierEntryRow(
        position=recorded.position,
        aggregate=_aggregate(fact),
        subject=recorded.stream,
        fact=kebab(type(fact).__name__),
        happened_at=fact.occurred_at,
        parts=found,
    )


def _aggregate(fact: Heard) -> str:
    if isinstance(fact, FromCircle):
        return CIRCLE.name
    return CONVENANT_PROJECT.name if isinstance(fact, FromProject) else MISSION.name


def _parts(fact: Heard) -> tuple[PartTaken, ...]:
    if isinstance(fact, FromCircle):
        return _in_circle(fact)
    if isinstance(fact, LineAgreed):
        return _each(Part.DECIDED, *fact.agreed_by_market, *fact.agreed_by_authority)
    return _in_project(fact)


def _in_circle(fact: FromCircle) -> tuple[PartTaken, ...]:
    match fact:
        case MemberJoined() | SeatTaken() | ConvenantPartyJoined():
            return _each(Part.JOINED, fact.member)
        case MemberLeft() | ConvenantPartyLeft():
            return _each(Part.LEFT, fact.member)
        case ConvenantSigned():
            return _each(Part.JOINED, *fact.parties)
        case MeetingHeld():
            return _each(Part.KNEW, *(each.member for each in fact.attendance))
        case ProposalTabled() | ObjectionRaised() | HealthChecked():
            return _each(Part.SAID, fact.member)
        case AgreementMade():
            return _each(Part.DECIDED, *fact.parties)
        case _:
            assert_never(fact)


def _in_project(fact: FromProject) -> tuple[PartTaken, ...]:
    match fact:
        case ExpertGroupFormed():
            return _each(Part.JOINED, *fact.members)
        case ExpertGroupLeft():
            return _each(Part.LEFT, fact.member)
        case ExpertGroupMet():
            return _each(Part.KNEW, *fact.attendance)
        case ConsultationHeld() | RiskSessionHeld():
            return _each(Part.SAID, *fact.participants)
        case QuestionAsked():
            return _each(Part.SAID, fact.asked_by)
        case DocumentDisclosed() | InvitationSent() | AwardLetterSent():
            return _each(Part.KNEW, fact.recipient)
        case QuestionAnsweredSeparately():
            return _each(Part.KNEW, *fact.recipients)
        case ContactHeld():
            return _each(Part.KNEW, fact.organisation)
        case InformationExchanged():
            return _each(Part.DID, fact.sender) + _each(Part.KNEW, *fact.recipients)
        case ContractSigned():
            return _each(Part.DECIDED, fact.contractor)
        case FairPriceExplained() | ElectricSurchargeSet():
            return _each(Part.DECIDED, *fact.agreed_with)
        case InvolvementRegistered():
            return _each(Part.DID, fact.member)
        case CandidateRegistered():
            return _each(Part.DID, fact.candidate)
        case TenderSubmitted():
            return _each(Part.DID, fact.tenderer)
        case MeasurementTaken():
            return _each(Part.DID, *fact.measured_by)
        case SocialReturnDelivered():
            return _each(Part.DID, fact.delivered_by)
        case _:
            assert_never(fact)


def _each(part: Part, *members: MemberId) -> tuple[PartTaken, ...]:
    return tuple(PartTaken(member=member, part=part) for member in dict.fromkeys(members))


def shelves(row: DossierEntryRow) -> tuple[Shelf, ...]:
    return tuple(of_member(member) for member in dict.fromkeys(each.member for each in row.parts))


# ----------------------------------------------------------------------------------- how to ask


def event(position: int) -> Key:
    return key(position)


def of_member(member: MemberId) -> Shelf:
    """The events in which this organisation had a part, in the order of recording."""
    return shelf("member", member)


FACTS: Mapping[str, type[Fact]] = {kebab(each.__name__): each for each in get_args(Heard)}
"""Name in a row -> the kind of fact."""

view = View(
    name="member-dossier",
    version=1,
    row=DossierEntryRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
