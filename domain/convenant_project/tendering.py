"""Tendering: from the choice of a procedure to the tenders; steps 7 and 8.

A notice (aankondiging) or invitations, the tender documents, deadlines and their changes,
questions and information notices (nota's van inlichtingen), criteria with their weights, tenders.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.knowledge import Knowledge, VersionRef, require_known
from domain.decider import require, require_form
from domain.terms import (
    CODE,
    BasisPoints,
    Code,
    Command,
    Euro,
    Fact,
    Instant,
    MemberId,
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


class AwardMethod(StrEnum):
    BEST_PRICE_QUALITY = "best-price-quality"  # BPKV
    LOWEST_PRICE = "lowest-price"
    LOWEST_COST = "lowest-cost"


class CriterionAbout(StrEnum):
    """What a criterion looks at; only the tender itself may decide an award (Aw 2.115)."""

    TENDER = "tender"
    TENDERER = "tenderer"
    CIRCLE_MEMBERSHIP = "circle-membership"
    LOCALITY = "locality"


class Place(StrEnum):
    """Through which document criteria were made known."""

    TENDER_DOCUMENTS = "tender-documents"
    INFORMATION_NOTICE = "information-notice"
    RECTIFICATION = "rectification"  # rectificatie
    NEW_NOTICE = "new-notice"


class ExclusionGround(StrEnum):
    PRIOR_INVOLVEMENT = "prior-involvement"  # Aw 2.87(1)(f)
    CONFLICT_OF_INTEREST = "conflict-of-interest"  # Aw 2.87(1)(e)
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


@dataclass(frozen=True, kw_only=True)
class Invitation:
    recipient: MemberId


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Fact, Invitation):
    """Step 7 without a notice: one organisation was invited to tender (uitnodiging)."""


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    candidate: MemberId


@dataclass(frozen=True, kw_only=True)
class CandidateRegistered(Fact, Candidacy):
    """An organisation made itself known as a candidate (gegadigde)."""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """`weight_at_most`: the upper end where the weight is a range that starts at `weight`."""

    name: str
    weight: BasisPoints | None = None
    weight_at_most: BasisPoints | None = None
    about: CriterionAbout


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`in_notice`: the notice itself names them. Weights are basis points of the whole.

    `order_reason`: why no weights can be given, so that the order alone counts, heaviest first.
    """

    version: int
    method: AwardMethod
    criteria: tuple[Criterion, ...]
    place: Place
    in_notice: bool
    order_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class CriteriaPublished(Fact, Criteria):
    """Award criteria (gunningscriteria) with their weights were made known."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """`confidentiality_reason`: why the asker wants the answer kept from the others."""

    question: Code
    asked_by: MemberId
    timely: bool
    confidentiality_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Fact, Question):
    """A question about the procedure; `timely` as the tender documents count it."""


@dataclass(frozen=True, kw_only=True)
class SeparateAnswer:
    question: Code
    recipients: tuple[MemberId, ...]
    confidential: bool


@dataclass(frozen=True, kw_only=True)
class QuestionAnsweredSeparately(Fact, SeparateAnswer):
    """A question was answered outside an information notice, to these organisations only."""


@dataclass(frozen=True, kw_only=True)
class InformationNotice:
    """`answers`: the questions it answers; `material`: it considerably changes the documents."""

    number: int
    answers: tuple[Code, ...]
    material: bool = False


@dataclass(frozen=True, kw_only=True)
class InformationNoticePublished(Fact, InformationNotice):
    """An information notice (nota van inlichtingen) went to everybody."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    organisation: MemberId
    ground: str


@dataclass(frozen=True, kw_only=True)
class ContactHeld(Fact, Contact):
    """Authority and organisation spoke about the project outside the procedure's own channels."""


@dataclass(frozen=True, kw_only=True)
class ProofInvitation:
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class ProofInvited(Fact, ProofInvitation):
    """An organisation may show that its involvement does not distort competition (2.51(4))."""


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    member: MemberId
    ground: ExclusionGround
    alternatives_analysis: str | None = None


@dataclass(frozen=True, kw_only=True)
class TendererExcluded(Fact, Exclusion):
    """An organisation was shut out (uitsluiting)."""


@dataclass(frozen=True, kw_only=True)
class Tender:
    tenderer: MemberId
    price: Euro | None = None


@dataclass(frozen=True, kw_only=True)
class TenderSubmitted(Fact, Tender):
    """Step 8: an organisation bid for the work (inschrijving)."""


TenderingFact = (
    ProcedureStarted
    | TenderDocumentsFixed
    | NoticeDispatched
    | NoticePublished
    | NoticeRectified
    | NoticeRenewed
    | DeadlineSet
    | DeadlineMoved
    | InvitationSent
    | CandidateRegistered
    | CriteriaPublished
    | QuestionAsked
    | QuestionAnsweredSeparately
    | InformationNoticePublished
    | ContactHeld
    | ProofInvited
    | TendererExcluded
    | TenderSubmitted
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Tendering:
    started: bool = False
    noticed: bool = False
    deadlines: frozenset[DeadlineKind] = frozenset()
    questions: frozenset[Code] = frozenset()
    notices: frozenset[int] = frozenset()
    criteria_version: int = 0
    tenderers: frozenset[MemberId] = frozenset()


def evolve(state: Tendering, fact: TenderingFact) -> Tendering:
    match fact:
        case ProcedureStarted():
            return replace(state, started=True)
        case NoticeDispatched() | NoticePublished():
            return replace(state, noticed=True)
        case DeadlineSet():
            return replace(state, deadlines=state.deadlines | {fact.kind})
        case QuestionAsked():
            return replace(state, questions=state.questions | {fact.question})
        case InformationNoticePublished():
            return replace(state, notices=state.notices | {fact.number})
        case CriteriaPublished():
            return replace(state, criteria_version=fact.version)
        case TenderSubmitted():
            return replace(state, tenderers=state.tenderers | {fact.tenderer})
        case (
            TenderDocumentsFixed()
            | NoticeRectified()
            | NoticeRenewed()
            | DeadlineMoved()
            | InvitationSent()
            | CandidateRegistered()
            | QuestionAnsweredSeparately()
            | ContactHeld()
            | ProofInvited()
            | TendererExcluded()
        ):
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


@dataclass(frozen=True, kw_only=True)
class InviteTenderers(Command):
    """Invite several organisations at the same moment."""

    recipients: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class RegisterCandidate(Command, Candidacy):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishCriteria(Command, Criteria):
    pass


@dataclass(frozen=True, kw_only=True)
class AskQuestion(Command, Question):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerSeparately(Command, SeparateAnswer):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishInformationNotice(Command, InformationNotice):
    pass


@dataclass(frozen=True, kw_only=True)
class HoldContact(Command, Contact):
    pass


@dataclass(frozen=True, kw_only=True)
class InviteProof(Command, ProofInvitation):
    pass


@dataclass(frozen=True, kw_only=True)
class ExcludeTenderer(Command, Exclusion):
    pass


@dataclass(frozen=True, kw_only=True)
class SubmitTender(Command, Tender):
    pass


TenderingCommand = (
    StartProcedure
    | FixTenderDocuments
    | DispatchNotice
    | PublishNotice
    | RectifyNotice
    | RenewNotice
    | SetDeadline
    | MoveDeadline
    | InviteTenderers
    | RegisterCandidate
    | PublishCriteria
    | AskQuestion
    | AnswerSeparately
    | PublishInformationNotice
    | HoldContact
    | InviteProof
    | ExcludeTenderer
    | SubmitTender
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Tendering, knowledge: Knowledge, command: TenderingCommand, moment: Moment
) -> tuple[TenderingFact, ...]:
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
        case InviteTenderers():
            return _invite(command, moment)
        case RegisterCandidate():
            return (stated(CandidateRegistered, command, moment),)
        case PublishCriteria():
            return _publish_criteria(state, command, moment)
        case AskQuestion():
            require_form(
                command.question,
                CODE,
                "project.question-code",
                "is not a code; use letters, digits, dots and hyphens",
                field="question",
            )
            require(
                command.question not in state.questions,
                "project.question-known",
                "this question was asked before under the same code",
                field="question",
            )
            return (stated(QuestionAsked, command, moment),)
        case AnswerSeparately():
            _require_questions(state, (command.question,), "question")
            return (stated(QuestionAnsweredSeparately, command, moment),)
        case PublishInformationNotice():
            require(
                command.number not in state.notices,
                "project.information-notice-known",
                f"information notice {command.number} was published before",
                field="number",
            )
            _require_questions(state, command.answers, "answers")
            return (stated(InformationNoticePublished, command, moment),)
        case HoldContact():
            return (stated(ContactHeld, command, moment),)
        case InviteProof():
            return (stated(ProofInvited, command, moment),)
        case ExcludeTenderer():
            return (stated(TendererExcluded, command, moment),)
        case SubmitTender():
            require(
                state.started,
                "project.no-procedure",
                "nobody can bid before an award procedure was started",
            )
            require(
                command.tenderer not in state.tenderers,
                "project.tender-known",
                "this organisation has a tender in already",
                field="tenderer",
            )
            return (stated(TenderSubmitted, command, moment),)
        case _:
            assert_never(command)


def _require_notice(state: Tendering) -> None:
    require(state.noticed, "project.no-notice", "there is no notice to correct")


def _require_questions(state: Tendering, questions: tuple[Code, ...], field: str) -> None:
    for question in questions:
        require(
            question in state.questions,
            "project.unknown-question",
            f"nobody asked a question {question}; record it first",
            field=field,
        )


def _invite(command: InviteTenderers, moment: Moment) -> tuple[TenderingFact, ...]:
    require(
        bool(command.recipients) and len(set(command.recipients)) == len(command.recipients),
        "project.recipients",
        "name each organisation once, and at least one",
        field="recipients",
    )
    return tuple(
        stated(InvitationSent, command, moment, recipient=recipient)
        for recipient in command.recipients
    )


def _publish_criteria(
    state: Tendering, command: PublishCriteria, moment: Moment
) -> tuple[TenderingFact, ...]:
    require(
        command.version == state.criteria_version + 1,
        "project.criteria-version",
        f"the next version of the criteria is {state.criteria_version + 1}",
        field="version",
    )
    for criterion in command.criteria:
        require(
            criterion.weight is None or criterion.weight >= 0,
            "project.criterion-weight",
            f"the weight of {criterion.name!r} is below 0",
            field="criteria",
        )
    return (stated(CriteriaPublished, command, moment),)
