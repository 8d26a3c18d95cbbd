"""What a project records, and what it refuses because it cannot have happened."""

from datetime import date
from typing import Any

import pytest

from domain.convenant_project import convenant_project
from domain.convenant_project.award import (
    AwardLetterSent,
    Contract,
    ContractSigned,
    DecideInjunction,
    InjunctionOutcome,
    SendAwardLetters,
    SignContract,
)
from domain.convenant_project.contract_design import (
    ClusterContracts,
    DivideIntoLots,
    GiveMotivation,
    Lot,
    MakeEstimate,
    MotivationSubject,
    RequirementKind,
    SetRequirement,
)
from domain.convenant_project.execution import (
    CancelProject,
    ContractModified,
    ModificationBasis,
    ModifyContract,
    ProjectCancelled,
    RecordCheck,
    RecordCheckResult,
    ReopenStep,
)
from domain.convenant_project.interests import HandleInterest, InterestRemedy
from domain.convenant_project.knowledge import (
    AddDocumentVersion,
    Channel,
    DiscloseDocuments,
    DocumentDisclosed,
    DocumentVersionAdded,
    DocumentWithdrawn,
    Genre,
    InvolvementKind,
    Proof,
    PublishDocuments,
    RegisterInvolvement,
    Relevance,
    VersionRef,
    WithdrawDocument,
)
from domain.convenant_project.preparation import (
    ContractKind,
    LeaveExpertGroup,
    ProjectRegistered,
    PublicChannel,
    RegisterProject,
)
from domain.convenant_project.procedure import (
    DeadlineKind,
    FixTenderDocuments,
    MoveDeadline,
    ProcedureStarted,
    ProcedureType,
    RectifyNotice,
    SetDeadline,
    StartProcedure,
)
from domain.convenant_project.questions import AskQuestion, PublishInformationNotice
from domain.convenant_project.tendering import (
    AwardMethod,
    Criterion,
    CriterionAbout,
    InvitationSent,
    InviteTenderers,
    Place,
    PublishCriteria,
    SubmitTender,
)
from domain.terms import BasisPoints, Code, Command, Euro
from tests.given import NOW, at, given, member, person

ALBA, HAVIK = member("Alba Infra BV"), member("Havik Wegenbouw BV")
D14 = VersionRef(document=Code("D14"), version=1)


def registration(cpv: str = "45221100-3") -> dict[str, Any]:
    return {
        "title": "Bruggen Zuidtangent",
        "authority": member("Gemeente Noorderdam"),
        "kind": ContractKind.WORKS,
        "object": "bruggen",
        "location": "Zuidtangent",
        "cpv": cpv,
        "under_convenant": True,
    }


REGISTERED = ProjectRegistered(occurred_at=at("2025-09-01"), **registration())
STARTED = ProcedureStarted(
    occurred_at=at("2026-02-20"), procedure=ProcedureType.EUROPEAN_OPEN, electronic=True
)
SIGNED = ContractSigned(occurred_at=at("2026-06-02"), contractor=ALBA, value=Euro(7_000_000_00))


def version(number: int = 1, digest: str = "ab" * 32) -> dict[str, Any]:
    return {
        "document": Code("D14"),
        "version": number,
        "title": "grondonderzoek en hoeveelheden",
        "sha256": digest,
        "relevance": Relevance.RELEVANT,
        "genre": Genre.COSTS_OR_QUANTITIES,
    }


ADDED = DocumentVersionAdded(occurred_at=at("2025-11-01"), **version())


def test_a_project_is_registered_once() -> None:
    command = RegisterProject(occurred_at=at("2025-09-01"), **registration())
    given(convenant_project).when(command).then(REGISTERED)
    given(convenant_project, REGISTERED).when(command).then_refused("project.known")


def test_a_cpv_code_has_eight_digits() -> None:
    given(convenant_project).when(RegisterProject(**registration("wegenbouw"))).then_refused(
        "project.cpv", field="cpv"
    )


def test_there_is_no_contract_before_there_is_a_project() -> None:
    given(convenant_project).when(SignContract(contractor=ALBA, value=Euro(1))).then_refused(
        "project.unknown"
    )


def test_versions_of_a_document_follow_each_other() -> None:
    given(convenant_project, REGISTERED).when(AddDocumentVersion(**version(2))).then_refused(
        "project.document-version", field="version"
    )
    given(convenant_project, REGISTERED, ADDED).when(AddDocumentVersion(**version(1))).then_refused(
        "project.document-version", field="version"
    )


def test_one_act_gives_the_same_documents_to_several() -> None:
    given(convenant_project, REGISTERED, ADDED).when(
        DiscloseDocuments(
            documents=(D14,),
            recipients=(ALBA, HAVIK),
            channel=Channel.EMAIL,
            proof=Proof.READ_RECEIPT,
        )
    ).then(
        *(
            DocumentDisclosed(
                occurred_at=NOW,
                document=Code("D14"),
                version=1,
                recipient=who,
                channel=Channel.EMAIL,
                proof=Proof.READ_RECEIPT,
            )
            for who in (ALBA, HAVIK)
        )
    )


def test_an_invitation_goes_to_each() -> None:
    given(convenant_project, REGISTERED, STARTED).when(
        InviteTenderers(recipients=(ALBA, HAVIK))
    ).then(
        InvitationSent(occurred_at=NOW, recipient=ALBA),
        InvitationSent(occurred_at=NOW, recipient=HAVIK),
    )


def test_a_letter_goes_to_each() -> None:
    words: dict[str, Any] = {"reasons": "beter plan", "names_winner": True, "standstill": None}
    given(convenant_project, REGISTERED, STARTED).when(
        SendAwardLetters(recipients=(ALBA, HAVIK), **words)
    ).then(
        AwardLetterSent(occurred_at=NOW, recipient=ALBA, **words),
        AwardLetterSent(occurred_at=NOW, recipient=HAVIK, **words),
    )


def criteria(number: int, weight: int = 4_000) -> PublishCriteria:
    return PublishCriteria(
        version=number,
        method=AwardMethod.BEST_PRICE_QUALITY,
        criteria=(
            Criterion(name="prijs", weight=BasisPoints(weight), about=CriterionAbout.TENDER),
        ),
        place=Place.TENDER_DOCUMENTS,
        in_notice=True,
    )


def test_weights_that_do_not_add_up_are_recorded_and_judged_later() -> None:
    assert given(convenant_project, REGISTERED).when(criteria(1, 9_500)).refused is None


REFUSED: list[tuple[str, tuple[Any, ...], Command, str]] = [
    ("a document of nowhere", (), PublishDocuments(documents=(D14,), channel=PublicChannel.TENDERNED), "project.unknown-document"),
    ("documents of nowhere", (), FixTenderDocuments(documents=(D14,)), "project.unknown-document"),
    ("nothing to share", (ADDED,), DiscloseDocuments(documents=(), recipients=(ALBA,), channel=Channel.POST), "project.nothing-to-share"),
    ("a hash that is none", (), AddDocumentVersion(**version(digest="ABC")), "project.document-hash"),
    ("withdrawn twice", (ADDED, DocumentWithdrawn(occurred_at=NOW, document=Code("D14"), version=1)), WithdrawDocument(document=Code("D14"), version=1), "project.document-withdrawn"),
    ("involvement backwards", (), RegisterInvolvement(member=ALBA, kind=InvolvementKind.CIRCLE, since=date(2026, 1, 2), until=date(2026, 1, 1)), "project.involvement-ends-before-it-starts"),
    ("an empty motivation", (), GiveMotivation(subject=MotivationSubject.PROCEDURE_CHOICE, text="  ", in_tender_documents=True), "project.empty-motivation"),
    ("a negative estimate", (), MakeEstimate(amount=Euro(-1), excludes_vat=True, includes_options=True, includes_extensions=True, includes_supplied_goods=True, method="x"), "project.amount"),
    ("two lots with one code", (), DivideIntoLots(lots=(Lot(lot=Code("1"), title="a", value=Euro(1), european_procedure=False),) * 2), "project.lots"),
    ("a cluster of one", (), ClusterContracts(parts=("only",)), "project.cluster-of-one"),
    ("a requirement for no lot", (), SetRequirement(requirement=Code("r"), kind=RequirementKind.TURNOVER, text="x", lot=Code("9")), "project.unknown-lot"),
    ("an interest that nobody declared", (), HandleInterest(person=person("x"), remedy=InterestRemedy.RECUSAL), "project.no-interest-declared"),
    ("leaving a group that one is not in", (), LeaveExpertGroup(member=ALBA), "project.not-in-expert-group"),
    ("a tender without a procedure", (), SubmitTender(tenderer=ALBA), "project.no-procedure"),
    ("a second procedure", (STARTED,), StartProcedure(procedure=ProcedureType.NATIONAL_OPEN, electronic=True), "project.procedure-started"),
    ("the same invitee twice", (STARTED,), InviteTenderers(recipients=(ALBA, ALBA)), "project.recipients"),
    ("moving no deadline", (STARTED,), MoveDeadline(kind=DeadlineKind.TENDERS, deadline=NOW, reason="x"), "project.no-deadline"),
    ("correcting no notice", (STARTED,), RectifyNotice(reason="x"), "project.no-notice"),
    ("criteria out of order", (), criteria(2), "project.criteria-version"),
    ("a negative weight", (), criteria(1, -1), "project.criterion-weight"),
    ("a question without a code", (STARTED,), AskQuestion(question=Code("why?"), asked_by=ALBA, timely=True), "project.question-code"),
    ("answers to no question", (STARTED,), PublishInformationNotice(number=1, answers=(Code("q1"),), material=False), "project.unknown-question"),
    ("a ruling without an injunction", (), DecideInjunction(outcome=InjunctionOutcome.REJECTED), "project.no-injunction"),
    ("a second contract", (SIGNED,), SignContract(contractor=ALBA, value=Euro(1)), "project.contract-signed"),
    ("a modification of no contract", (), ModifyContract(modification=Code("m"), delta=Euro(1), basis=ModificationBasis.AW_2_163B, conditions_recorded=True), "project.no-contract"),
    ("a fourteenth step", (), ReopenStep(step=14, reason="x"), "project.step"),
    ("cancelled twice", (ProjectCancelled(occurred_at=NOW, reason="x"),), CancelProject(reason="x"), "project.cancelled"),
    ("a check of nowhere", (), RecordCheckResult(check=RecordCheck.PROCEDURE_FILE, passed=True, up_to=-1, remarks=""), "project.check-position"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "command", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_have_happened_is_refused(
    before: tuple[Any, ...], command: Any, code: str
) -> None:
    given(convenant_project, REGISTERED, *before).when(command).then_refused(code)


def test_a_deadline_is_set_once_and_then_moved() -> None:
    setting = SetDeadline(kind=DeadlineKind.TENDERS, deadline=at("2026-04-14 10:00"))
    story = given(convenant_project, REGISTERED, STARTED)
    (fact,) = story.when(setting).facts
    given(convenant_project, REGISTERED, STARTED, fact).when(setting).then_refused(
        "project.deadline-set", field="kind"
    )


def test_a_modification_has_its_own_code() -> None:
    change = ModifyContract(
        modification=Code("m-1"),
        delta=Euro(100),
        basis=ModificationBasis.AW_2_163B,
        conditions_recorded=True,
    )
    story = given(convenant_project, REGISTERED, SIGNED)
    (fact,) = story.when(change).facts
    assert isinstance(fact, ContractModified)
    given(convenant_project, REGISTERED, SIGNED, fact).when(change).then_refused(
        "project.modification-known", field="modification"
    )


def test_a_contract_is_signed_inside_the_standstill_and_recorded_all_the_same() -> None:
    particulars = Contract(contractor=ALBA, value=Euro(1))
    given(convenant_project, REGISTERED, STARTED).when(
        SignContract(contractor=particulars.contractor, value=particulars.value)
    ).then(ContractSigned(occurred_at=NOW, contractor=ALBA, value=Euro(1)))
