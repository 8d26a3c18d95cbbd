"""The award procedure (aanbestedingsprocedure): how the work is put to the market; step 7.

The choice of a procedure, its tender documents, the notice (aankondiging) and what was set right in
it, and the deadlines with their changes.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.knowledge import Knowledge, VersionRef, require_known
from domain.decider import require
from domain.terms import (
    Command,
    Fact,
    Instant,
    Moment,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class ProcedureType(StrEnum):
    """What the authority declares; which regime holds is computed, never entered."""

    EUROPEAN_OPEN = "european-open"  # Europees openbaar
    EUROPEAN_RESTRICTED = "european-restricted"  # Europees niet-openbaar
    EUROPEAN_NEGOTIATION = "european-negotiation"  # mededingingsprocedure met onderhandeling
    COMPETITIVE_DIALOGUE = "competitive-dialogue"  # concurrentiegerichte dialoog
    INNOVATION_PARTNERSHIP = "innovation-partnership"  # innovatiepartnerschap
    NEGOTIATION_WITHOUT_NOTICE = "negotiation-without-notice"
    NATIONAL_OPEN = "national-open"  # nationaal openbaar
    NATIONAL_RESTRICTED = "national-restricted"  # nationaal niet-openbaar
    PRIVATE_MULTIPLE = "private-multiple"  # meervoudig onderhands
    PRIVATE_SINGLE = "private-single"  # enkelvoudig onderhands


class CrossBorderInterest(StrEnum):
    NONE = "none"
    CLEAR = "clear"  # duidelijk grensoverschrijdend belang


class OfflineGround(StrEnum):
    """Why documents may be given otherwise than freely online."""

    AW_2_66_3 = "2.66(3)"
    AW_2_66_4 = "2.66(4)"


class OutsideRegime(StrEnum):
    """Law that Kringboek does not model; such a project is recorded, not judged."""

    DEFENCE = "defence"  # Richtlijn 2009/81/EG
    UTILITIES = "utilities"  # Richtlijn 2014/25/EU, speciale sectoren
    CONCESSION = "concession"  # Richtlijn 2014/23/EU
    SOCIAL_SERVICES = "social-services"  # sociale en andere specifieke diensten


class DeadlineKind(StrEnum):
    REQUESTS = "requests"  # verzoeken tot deelneming
    TENDERS = "tenders"  # inschrijvingen


class NoticeChannel(StrEnum):
    TENDERNED = "tenderned"
    OFFICIAL_JOURNAL = "official-journal"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """`promised_standstill_days`: what the tender documents promise, in calendar days.

    `electronic`: tenders come in electronically; None where nobody said.
    `on_site_documents`: some documents can be seen on the spot only (inzage ter plaatse).
    """

    procedure: ProcedureType
    electronic: bool | None
    cross_border_interest: CrossBorderInterest = CrossBorderInterest.NONE
    promised_standstill_days: int | None = None
    offline_ground: OfflineGround | None = None
    urgency: bool = False
    site_visit_required: bool = False
    on_site_documents: bool = False
    outside_regime: OutsideRegime | None = None


@dataclass(frozen=True, kw_only=True)
class ProcedureStarted(Fact, Procedure):
    """The award procedure was initiated, by the type that the authority declares."""


@dataclass(frozen=True, kw_only=True)
class TenderDocuments:
    documents: tuple[VersionRef, ...]


@dataclass(frozen=True, kw_only=True)
class TenderDocumentsFixed(Fact, TenderDocuments):
    """The tender documents (aanbestedingsstukken): these versions and no others."""


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    identifier: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoticeDispatched(Fact, Dispatch):
    """Step 7: the notice was sent for publication; terms run from this day."""


@dataclass(frozen=True, kw_only=True)
class NoticePlace:
    channel: NoticeChannel
    identifier: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoticePublished(Fact, NoticePlace):
    """Everybody can read the notice."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    reason: str


@dataclass(frozen=True, kw_only=True)
class NoticeRectified(Fact, Correction):
    """A correction of the notice (rectificatie) was published to all."""


@dataclass(frozen=True, kw_only=True)
class NoticeRenewed(Fact, Correction):
    """The contract was announced anew; the earlier notice no longer counts."""


@dataclass(frozen=True, kw_only=True)
class Deadline:
    kind: DeadlineKind
    deadline: Instant


@dataclass(frozen=True, kw_only=True)
class DeadlineSet(Fact, Deadline):
    """Until when requests or tenders may come in."""


@dataclass(frozen=True, kw_only=True)
class DeadlineChange(Deadline):
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(Fact, DeadlineChange):
    """The deadline was changed for all."""


ProcedureFact = (
    ProcedureStarted
    | TenderDocumentsFixed
    | NoticeDispatched
    | NoticePublished
    | NoticeRectified
    | NoticeRenewed
    | DeadlineSet
    | DeadlineMoved
)


# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class AwardProcedure:
    started: bool = False
    noticed: bool = False
    deadlines: frozenset[DeadlineKind] = frozenset()


def evolve(state: AwardProcedure, fact: ProcedureFact) -> AwardProcedure:
    match fact:
        case ProcedureStarted():
            return replace(state, started=True)
        case NoticeDispatched() | NoticePublished():
            return replace(state, noticed=True)
        case DeadlineSet():
            return replace(state, deadlines=state.deadlines | {fact.kind})
        case TenderDocumentsFixed() | NoticeRectified() | NoticeRenewed() | DeadlineMoved():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class StartProcedure(Command, Procedure):
    pass


@dataclass(frozen=True, kw_only=True)
class FixTenderDocuments(Command, TenderDocuments):
    pass


@dataclass(frozen=True, kw_only=True)
class DispatchNotice(Command, Dispatch):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishNotice(Command, NoticePlace):
    pass


@dataclass(frozen=True, kw_only=True)
class RectifyNotice(Command, Correction):
    pass


@dataclass(frozen=True, kw_only=True)
class RenewNotice(Command, Correction):
    pass


@dataclass(frozen=True, kw_only=True)
class SetDeadline(Command, Deadline):
    pass


@dataclass(frozen=True, kw_only=True)
class MoveDeadline(Command, DeadlineChange):
    pass


ProcedureCommand = (
    StartProcedure
    | FixTenderDocuments
    | DispatchNotice
    | PublishNotice
    | RectifyNotice
    | RenewNotice
    | SetDeadline
    | MoveDeadline
)


# --------------------------------------------------------------------------------------- decide


def decide(
    state: AwardProcedure, knowledge: Knowledge, command: ProcedureCommand, moment: Moment
) -> tuple[ProcedureFact, ...]:
    match command:
        case StartProcedure():
            require(
                not state.started,
                "project.procedure-started",
                "an award procedure was started; renew the notice or register a new project",
            )
            return (stated(ProcedureStarted, command, moment),)
        case FixTenderDocuments():
            for ref in command.documents:
                require_known(knowledge, ref, "documents")
            return (stated(TenderDocumentsFixed, command, moment),)
        case DispatchNotice():
            return (stated(NoticeDispatched, command, moment),)
        case PublishNotice():
            return (stated(NoticePublished, command, moment),)
        case RectifyNotice():
            _require_notice(state)
            return (stated(NoticeRectified, command, moment),)
        case RenewNotice():
            _require_notice(state)
            return (stated(NoticeRenewed, command, moment),)
        case SetDeadline():
            require(
                command.kind not in state.deadlines,
                "project.deadline-set",
                "this deadline was set before; move it instead",
                field="kind",
            )
            return (stated(DeadlineSet, command, moment),)
        case MoveDeadline():
            require(
                command.kind in state.deadlines,
                "project.no-deadline",
                "this deadline was never set",
                field="kind",
            )
            return (stated(DeadlineMoved, command, moment),)
        case _:
            assert_never(command)


def _require_notice(state: AwardProcedure) -> None:
    require(state.noticed, "project.no-notice", "there is no notice to correct")
