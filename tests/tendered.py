"""A procedure as tests tell it: documents, deadlines, questions, criteria, tenders and letters.

Beside `tests.work`. Three procedures with a notice or invitations of Monday 3 March 2025 and
tenders due on Monday 14 April, 42 days later; nothing in them breaks a rule of time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from domain.convenant_project.award import (
    AwardDecided,
    AwardLetterSent,
    AwardReportSigned,
    InvolvementMention,
    ReportField,
)
from domain.convenant_project.knowledge import (
    Channel,
    DocumentDisclosed,
    DocumentPublished,
    DocumentVersionAdded,
    Genre,
    InvolvementKind,
    InvolvementRegistered,
    MeasureKind,
    MeasureTaken,
    Proof,
    Relevance,
    VersionRef,
)
from domain.convenant_project.preparation import PublicChannel
from domain.convenant_project.procedure import (
    DeadlineKind,
    DeadlineMoved,
    DeadlineSet,
    NoticeRenewed,
    ProcedureType,
    TenderDocumentsFixed,
)
from domain.convenant_project.questions import InformationNoticePublished, QuestionAsked
from domain.convenant_project.tendering import (
    AwardMethod,
    CriteriaPublished,
    Criterion,
    CriterionAbout,
    Place,
    TenderSubmitted,
)
from domain.law.adoption import Adopted
from domain.law.parameter_table import DEFINITIONS
from domain.law.parameters import parameters_in_force
from domain.terms import BasisPoints, Code, MemberId
from tests.given import Story, at
from tests.work import (
    ALBA,
    CRANENDONK,
    HAVIK,
    estimated,
    invited,
    noticed,
    registered,
    started,
)

if TYPE_CHECKING:
    from domain.terms import Fact

OPENED, CLOSES = "2025-03-03", "2025-04-14 10:00"

ADOPTED = parameters_in_force(
    Adopted(
        key=each.key,
        value=each.row(date(2025, 3, 3)).value,
        valid_from=date(2023, 1, 1),
        adopted_at=datetime(2023, 1, 1, tzinfo=UTC),
        owner="college van B&W",
        reason="besluit 2022-417",
    )
    for each in DEFINITIONS.values()
    if not each.fixed
)
"""Every number that the law leaves open, taken by the authority as it stands."""


# ------------------------------------------------------------------------------- three procedures


def european(*facts: Fact, closes: str | None = CLOSES, **procedure: Any) -> Story:
    return _announced(7_100_000, ProcedureType.EUROPEAN_OPEN, facts, closes, procedure)


def national(*facts: Fact, closes: str | None = CLOSES, **procedure: Any) -> Story:
    return _announced(2_900_000, ProcedureType.NATIONAL_OPEN, facts, closes, procedure)


def private(
    *facts: Fact,
    closes: str | None = CLOSES,
    to: tuple[MemberId, ...] = (ALBA, CRANENDONK, HAVIK),
    **procedure: Any,
) -> Story:
    return _before(900_000, ProcedureType.PRIVATE_MULTIPLE, procedure, closes).project(
        *invited(*to), *facts
    )


def single(*facts: Fact) -> Story:
    """One organisation invited: nobody competes."""
    return private(*facts, to=(ALBA,))


def _announced(
    whole: float,
    procedure: ProcedureType,
    facts: tuple[Fact, ...],
    closes: str | None,
    more: dict[str, Any],
) -> Story:
    kind = more.pop("procedure", procedure)
    return _before(whole, kind, more, closes).project(*noticed(), *facts)


def _before(
    whole: float, procedure: ProcedureType, more: dict[str, Any], closes: str | None
) -> Story:
    story = Story().project(registered(), estimated(whole), started(procedure, **more))
    return story if closes is None else story.project(deadline(closes))


# ----------------------------------------------------------------------------- time and documents


def deadline(to: str = CLOSES, on: str = OPENED) -> DeadlineSet:
    return DeadlineSet(occurred_at=at(on), kind=DeadlineKind.TENDERS, deadline=at(to))


def moved(to: str, on: str) -> DeadlineMoved:
    return DeadlineMoved(
        occurred_at=at(on), kind=DeadlineKind.TENDERS, deadline=at(to), reason="wijziging"
    )


def renewed(on: str) -> NoticeRenewed:
    return NoticeRenewed(occurred_at=at(on), reason="opnieuw aangekondigd")


def version(document: str = "D1", number: int = 1, on: str = "2025-02-17", **more: Any) -> Fact:
    ordinary = DocumentVersionAdded(
        occurred_at=at(on),
        document=Code(document),
        version=number,
        title=document,
        sha256="0" * 64,
        relevance=Relevance.RELEVANT,
        genre=Genre.SPECIFICATION,
    )
    return replace(ordinary, **more)


def _refs(documents: tuple[str, ...]) -> tuple[VersionRef, ...]:
    """`D1` is its first version, `D1 v2` its second."""
    found = [each.partition(" v") for each in documents]
    return tuple(
        VersionRef(document=Code(document), version=int(number or 1))
        for document, _, number in found
    )


def fixed(*documents: str, on: str = OPENED) -> TenderDocumentsFixed:
    return TenderDocumentsFixed(occurred_at=at(on), documents=_refs(documents))


def published(
    *documents: str, on: str = OPENED, channel: PublicChannel = PublicChannel.TENDERNED
) -> tuple[DocumentPublished, ...]:
    return tuple(
        DocumentPublished(
            occurred_at=at(on), document=ref.document, version=ref.version, channel=channel
        )
        for ref in _refs(documents)
    )


def disclosed(
    *documents: str, to: tuple[MemberId, ...], on: str = OPENED
) -> tuple[DocumentDisclosed, ...]:
    return tuple(
        DocumentDisclosed(
            occurred_at=at(on),
            document=ref.document,
            version=ref.version,
            recipient=recipient,
            channel=Channel.EMAIL,
            proof=Proof.READ_RECEIPT,
        )
        for ref in _refs(documents)
        for recipient in to
    )


# -------------------------------------------------------------------------- questions and answers


def asked(question: str, on: str = "2025-03-17", **more: Any) -> QuestionAsked:
    ordinary = QuestionAsked(
        occurred_at=at(on), question=Code(question), asked_by=ALBA, timely=True
    )
    return replace(ordinary, **more)


def notice(
    number: int, *answers: str, on: str, material: bool = False
) -> InformationNoticePublished:
    return InformationNoticePublished(
        occurred_at=at(on),
        number=number,
        answers=tuple(Code(each) for each in answers),
        material=material,
    )


# ---------------------------------------------------------------------------------- involvement


def involved(who: MemberId, on: str = "2025-01-20") -> InvolvementRegistered:
    return InvolvementRegistered(
        occurred_at=at(on),
        member=who,
        kind=InvolvementKind.EXPERT_GROUP,
        since=date(2025, 1, 20),
    )


def measures(who: MemberId, *kinds: MeasureKind, on: str = OPENED) -> tuple[MeasureTaken, ...]:
    return tuple(
        MeasureTaken(occurred_at=at(on), member=who, kind=kind) for kind in kinds or MeasureKind
    )


# -------------------------------------------------------------------------------- criteria, award


def weighed(
    *weights: tuple[str, float | None],
    number: int = 1,
    on: str = OPENED,
    place: Place = Place.TENDER_DOCUMENTS,
    **more: Any,
) -> CriteriaPublished:
    """Names with percentages: `("price", 40)`; without any, quality 60 and price 40."""
    ordinary = CriteriaPublished(
        occurred_at=at(on),
        version=number,
        method=AwardMethod.BEST_PRICE_QUALITY,
        criteria=tuple(
            Criterion(
                name=name,
                weight=None if share is None else BasisPoints(round(share * 100)),
                about=CriterionAbout.TENDER,
            )
            for name, share in weights or (("quality", 60), ("price", 40))
        ),
        place=place,
        in_notice=True,
    )
    return replace(ordinary, **more)


def bid(*tenderers: MemberId, on: str = "2025-04-14 09:00") -> tuple[TenderSubmitted, ...]:
    return tuple(TenderSubmitted(occurred_at=at(on), tenderer=each) for each in tenderers)


def decided(winner: MemberId = ALBA, on: str = "2025-05-09") -> AwardDecided:
    return AwardDecided(occurred_at=at(on), winner=winner, reasons="beste plan")


def letters(
    *recipients: MemberId, on: str = "2025-05-12", **more: Any
) -> tuple[AwardLetterSent, ...]:
    """A complete letter to each; 12 May 2025 is a Monday, whose 20 days end on Monday 2 June."""
    return tuple(
        replace(
            AwardLetterSent(
                occurred_at=at(on),
                recipient=each,
                reasons="Alba plant de hinder beter",
                names_winner=True,
                standstill="20 dagen, tot en met 2 juni 2025",
            ),
            **more,
        )
        for each in recipients
    )


def report(
    *mentions: MemberId,
    without: str = "",
    on: str = "2025-06-02",
    **more: Any,
) -> AwardReportSigned:
    """A proces-verbaal that goes into every part but those `without`."""
    ordinary = AwardReportSigned(
        occurred_at=at(on),
        filled=tuple(each for each in ReportField if each.value not in without),
        not_applicable=(),
        involvement=tuple(
            InvolvementMention(member=each, measures="alles gedeeld, zes weken tijd")
            for each in mentions
        ),
    )
    return replace(ordinary, **more)
