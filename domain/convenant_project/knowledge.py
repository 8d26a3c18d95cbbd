"""Knowledge: which documents exist, who was given what and when, who helped to prepare.

This is the heart of *gelijk aan de streep* (level at the line): whoever helps to prepare a work
may bid for it, but may not know more, or know it earlier, than the others.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.preparation import PublicChannel
from domain.decider import require, require_form
from domain.terms import CODE, SHA256, Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class Relevance(StrEnum):
    """Whether knowing a document can help a tenderer."""

    RELEVANT = "relevant"
    NEUTRAL = "neutral"
    CONFIDENTIAL = "confidential"  # in vertrouwen gegeven (Aw 2.57)


class Genre(StrEnum):
    """What a document is; some kinds are relevant whatever their class (rule book, section 4)."""

    CIRCLE_REPORT = "circle-report"  # verslag van de kring
    EXPERT_GROUP_NOTE = "expert-group-note"  # aantekening van de expertgroep
    ANSWER = "answer"  # antwoord op een vraag
    COSTS_OR_QUANTITIES = "costs-or-quantities"  # kosten of hoeveelheden
    DRAFT_REQUEST = "draft-request"  # concept-uitvraag
    RISK_REGISTER = "risk-register"  # risicodossier
    SPECIFICATION = "specification"  # bestek
    TENDER_GUIDE = "tender-guide"  # aanbestedingsleidraad
    INFORMATION_NOTICE = "information-notice"  # nota van inlichtingen
    OTHER = "other"


class Channel(StrEnum):
    """How one organisation got a document."""

    EMAIL = "email"
    PORTAL = "portal"
    MEETING = "meeting"
    POST = "post"


class Proof(StrEnum):
    """What shows that it arrived."""

    READ_RECEIPT = "read-receipt"  # leesbevestiging
    DOWNLOAD = "download"
    SIGNED_RECEIPT = "signed-receipt"  # ontvangstbewijs
    ATTENDANCE = "attendance"  # aanwezigheid


class InvolvementKind(StrEnum):
    EXPERT_GROUP = "expert-group"  # expertgroep
    CIRCLE = "circle"  # kring
    WORK_PREPARATION = "work-preparation"  # werkvoorbereiding
    ADVICE = "advice"  # advies
    MARKET_CONSULTATION = "market-consultation"  # marktconsultatie
    EARLIER_CONTRACT = "earlier-contract"  # vorige opdracht


class MeasureKind(StrEnum):
    """The two measures that Aw 2.51(2) always asks for."""

    INFORMATION = "information"  # de anderen krijgen dezelfde informatie
    TIME_LIMIT = "time-limit"  # een passende termijn


@dataclass(frozen=True, kw_only=True)
class VersionRef:
    document: Code
    version: int


@dataclass(frozen=True, kw_only=True)
class DocumentVersion(VersionRef):
    """`material`: it considerably changes the tender documents (wezenlijk).

    `provided_by` is who gave it to the authority; absent for the authority's own.
    """

    title: str
    sha256: str
    relevance: Relevance
    genre: Genre
    material: bool = False
    provided_by: MemberId | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentVersionAdded(Fact, DocumentVersion):
    """A version of a document exists; it replaces the one before."""


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(Fact, VersionRef):
    """A version no longer counts."""


@dataclass(frozen=True, kw_only=True)
class Disclosure(VersionRef):
    recipient: MemberId
    channel: Channel
    proof: Proof | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentDisclosed(Fact, Disclosure):
    """One organisation was given one version of a document (verstrekking)."""


@dataclass(frozen=True, kw_only=True)
class Publication(VersionRef):
    channel: PublicChannel
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentPublished(Fact, Publication):
    """From now on everybody can read this version, free of charge."""


@dataclass(frozen=True, kw_only=True)
class Involvement:
    """`since` and `until` are days; `until` is absent while it goes on."""

    member: MemberId
    kind: InvolvementKind
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class InvolvementRegistered(Fact, Involvement):
    """An organisation helped to prepare the procedure (betrokkenheid, Aw 2.51(1))."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    member: MemberId
    kind: MeasureKind


@dataclass(frozen=True, kw_only=True)
class MeasureTaken(Fact, Measure):
    """A measure so that this organisation's involvement does not distort competition."""


KnowledgeFact = (
    DocumentVersionAdded
    | DocumentWithdrawn
    | DocumentDisclosed
    | DocumentPublished
    | InvolvementRegistered
    | MeasureTaken
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    versions: frozenset[tuple[Code, int]] = frozenset()
    withdrawn: frozenset[tuple[Code, int]] = frozenset()


def evolve(state: Knowledge, fact: KnowledgeFact) -> Knowledge:
    match fact:
        case DocumentVersionAdded():
            return replace(state, versions=state.versions | {(fact.document, fact.version)})
        case DocumentWithdrawn():
            return replace(state, withdrawn=state.withdrawn | {(fact.document, fact.version)})
        case DocumentDisclosed() | DocumentPublished() | InvolvementRegistered() | MeasureTaken():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AddDocumentVersion(Command, DocumentVersion):
    pass


@dataclass(frozen=True, kw_only=True)
class WithdrawDocument(Command, VersionRef):
    pass


@dataclass(frozen=True, kw_only=True)
class DiscloseDocuments(Command):
    """Give the same versions to several organisations in one act."""

    documents: tuple[VersionRef, ...]
    recipients: tuple[MemberId, ...]
    channel: Channel
    proof: Proof | None = None


@dataclass(frozen=True, kw_only=True)
class PublishDocuments(Command):
    """Put versions where everybody can read them, in one act."""

    documents: tuple[VersionRef, ...]
    channel: PublicChannel
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterInvolvement(Command, Involvement):
    pass


@dataclass(frozen=True, kw_only=True)
class TakeMeasure(Command, Measure):
    pass


KnowledgeCommand = (
    AddDocumentVersion
    | WithdrawDocument
    | DiscloseDocuments
    | PublishDocuments
    | RegisterInvolvement
    | TakeMeasure
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Knowledge, command: KnowledgeCommand, moment: Moment
) -> tuple[KnowledgeFact, ...]:
    match command:
        case AddDocumentVersion():
            return _add(state, command, moment)
        case WithdrawDocument():
            require_known(state, command, "document")
            require(
                (command.document, command.version) not in state.withdrawn,
                "project.document-withdrawn",
                f"version {command.version} of {command.document} was withdrawn before",
                field="document",
            )
            return (stated(DocumentWithdrawn, command, moment),)
        case DiscloseDocuments():
            _require_some(command.documents, command.recipients)
            for ref in command.documents:
                require_known(state, ref, "documents")
            return tuple(
                stated(
                    DocumentDisclosed,
                    command,
                    moment,
                    document=ref.document,
                    version=ref.version,
                    recipient=recipient,
                )
                for ref in command.documents
                for recipient in command.recipients
            )
        case PublishDocuments():
            _require_some(command.documents, command.documents)
            for ref in command.documents:
                require_known(state, ref, "documents")
            return tuple(
                stated(
                    DocumentPublished,
                    command,
                    moment,
                    document=ref.document,
                    version=ref.version,
                )
                for ref in command.documents
            )
        case RegisterInvolvement():
            require(
                command.until is None or command.until >= command.since,
                "project.involvement-ends-before-it-starts",
                "the last day lies before the first",
                field="until",
            )
            return (stated(InvolvementRegistered, command, moment),)
        case TakeMeasure():
            return (stated(MeasureTaken, command, moment),)
        case _:
            assert_never(command)


def require_known(state: Knowledge, ref: VersionRef, field: str) -> None:
    """Refuse a version that the project does not have."""
    require(
        (ref.document, ref.version) in state.versions,
        "project.unknown-document",
        f"the project has no version {ref.version} of {ref.document}; add it first",
        field=field,
    )


def _add(
    state: Knowledge, command: AddDocumentVersion, moment: Moment
) -> tuple[KnowledgeFact, ...]:
    require_form(
        command.document,
        CODE,
        "project.document-code",
        "is not a code; use letters, digits, dots and hyphens",
        field="document",
    )
    require_form(
        command.sha256,
        SHA256,
        "project.document-hash",
        "is not a SHA-256; write 64 hexadecimal digits in lower case",
        field="sha256",
    )
    newest = max((number for code, number in state.versions if code == command.document), default=0)
    require(
        command.version == newest + 1,
        "project.document-version",
        f"the next version of {command.document} is {newest + 1}",
        field="version",
    )
    return (stated(DocumentVersionAdded, command, moment),)


def _require_some(documents: tuple[VersionRef, ...], others: tuple[object, ...]) -> None:
    require(
        bool(documents) and bool(others),
        "project.nothing-to-share",
        "name at least one document and one recipient",
        field="documents",
    )
