"""What a project records beside its steps, and what it refuses because it cannot have happened."""

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.convenant_project import convenant_project
from domain.convenant_project.early_market import (
    ChooseEarlyInvolvement,
    ConsultationMethod,
    Distinction,
    EarlyForm,
    EarlyInvolvementChosen,
    HoldConsultation,
    InviteDistinction,
    PlanConsultation,
)
from domain.convenant_project.execution import EvaluationHeld, HoldEvaluation
from domain.convenant_project.information_exchange import (
    AgreeExchange,
    ExchangeInformation,
    ExchangeStandard,
)
from domain.convenant_project.lessons import (
    CiteLesson,
    DrawLesson,
    ExplainFairPrice,
    FailurePhase,
    FindFailureCost,
    LessonCited,
    LessonKind,
    SetElectricSurcharge,
)
from domain.convenant_project.monitoring import (
    Better,
    DefineIndicator,
    IndicatorTheme,
    MeasurementTaken,
    TakeMeasurement,
)
from domain.convenant_project.preparation import SetMonitoringProgramme
from domain.convenant_project.risks import (
    AgreeRiskMeasure,
    Chance,
    CloseRisk,
    FindRisk,
    HoldRiskSession,
    RiskClosed,
    RiskSide,
)
from domain.convenant_project.site import (
    KeepSiteRecord,
    SettleSiteRecord,
    SiteRecordKind,
)
from domain.convenant_project.surroundings import (
    AgreeSocialReturn,
    DeliverSocialReturn,
    HearStakeholders,
    NuisanceAspect,
    NuisanceMeasure,
    ReportSafety,
    SafetyEvent,
    SetNuisancePlan,
    SetSafetyPlan,
    SocialReturnKind,
    StakeholderKind,
    StakeholderPhase,
)
from domain.terms import BasisPoints, Code, Command, Euro, Sealed
from tests.given import NOW, When, at, given, project
from tests.work import ALBA, NOORDERDAM, registered

SECRET = Sealed(kid=UUID(int=1), field="text", nonce="AA==", ciphertext="AA==")
EARLIER = project("Kadestraat")


def after(*commands: Command, told: Any = registered()) -> Any:  # noqa: B008 - frozen
    """A project in which these commands were given, one after another."""
    facts = [told]
    for command in commands:
        done: When[Any] = given(convenant_project, *facts).when(command)  # type: ignore[arg-type]
        assert done.refused is None, done.refused
        facts += done.facts
    return given(convenant_project, *facts)


def said_again(command: Command, fact: Any) -> None:
    """Every particular of the command stands in the fact."""
    for each in fields(command):
        if each.name != "occurred_at":
            assert getattr(fact, each.name) == getattr(command, each.name)


CHOICE = ChooseEarlyInvolvement(
    form=EarlyForm.MULTI_YEAR_AGREEMENT,
    reasons="terugkerend onderhoud",
    challenges=("krappe straat",),
    most_value=Euro(250_000_000),
    most_years=4,
)
PLAN = PlanConsultation(
    consultation=Code("C1"),
    method=ConsultationMethod.WRITTEN,
    questions=("Welk materieel is er in 2027?",),
    planned_on=date(2027, 1, 12),
    open_to_all=True,
    results_public=True,
)
HELD = HoldConsultation(consultation=Code("C1"), participants=(ALBA,), outcome="haalbaar")
WAYS = InviteDistinction(ways=(Distinction.TECHNICAL, Distinction.PROCESS), how="plan van aanpak")
SESSION = HoldRiskSession(session=Code("RS1"), participants=(ALBA, NOORDERDAM))
RISK = FindRisk(
    risk=Code("R1"),
    title="kabels liggen anders",
    consequence="vertraging",
    chance=Chance.GREAT,
    exposure=Euro(4_000_000),
    session=Code("RS1"),
)
MEASURE = AgreeRiskMeasure(
    risk=Code("R1"),
    measure="proefsleuven",
    borne_by=RiskSide.CLIENT,
    priced_by=RiskSide.CONTRACTOR,
    price=Euro(600_000),
)
CLOSED = CloseRisk(risk=Code("R1"), happened=True, cost=Euro(100_000))
TALK = HearStakeholders(
    group="bewoners Lindenstraat",
    kind=StakeholderKind.RESIDENTS,
    phase=StakeholderPhase.DESIGN,
    how="inloopavond",
    outcome="twee bomen extra",
    said=SECRET,
)
NUISANCE = SetNuisancePlan(
    measures=(
        NuisanceMeasure(
            aspect=NuisanceAspect.ACCESSIBILITY, measure="loopbrug", indicator=Code("I1")
        ),
    )
)
SAFETY = SetSafetyPlan(coordinator=ALBA, measures=("rijplaten",))
REPORT = ReportSafety(report=Code("V1"), event=SafetyEvent.NEAR_MISS, account=SECRET)
TERMS = AgreeSocialReturn(share=BasisPoints(500), local="twee plekken uit de wijk")
RETURN = DeliverSocialReturn(
    kind=SocialReturnKind.APPRENTICESHIP, delivered_by=ALBA, people=3, local_people=2
)
EXCHANGE = AgreeExchange(
    standard=ExchangeStandard.VISI, edition="1.6", purpose="formele berichten", parties=(ALBA,)
)
SENT = ExchangeInformation(
    exchange=Code("X1"),
    standard=ExchangeStandard.VISI,
    sender=ALBA,
    recipients=(NOORDERDAM,),
    subject="termijnstaat",
    sha256="a" * 64,
)
INDICATOR = DefineIndicator(
    indicator=Code("I1"),
    title="extra loopafstand",
    theme=IndicatorTheme.NUISANCE,
    unit="meter",
    better=Better.LOWER,
    baseline=0,
    target=150,
)
MEASUREMENT = TakeMeasurement(
    indicator=Code("I1"),
    value=120,
    measured_on=date(2026, 11, 20),
    measured_by=(ALBA, NOORDERDAM),
    source="schouw",
)
RECORD = KeepSiteRecord(
    record=Code("B1"),
    kind=SiteRecordKind.SNAG,
    written_by=ALBA,
    text=SECRET,
    lost_days=1,
)
SETTLED = SettleSiteRecord(record=Code("B1"), how=SECRET)
COST = FindFailureCost(
    cost=Code("F1"), phase=FailurePhase.EXECUTION, cause="verkeerde maat", amount=Euro(80_000)
)
PRICE = ExplainFairPrice(basis="open begroting", agreed_with=(ALBA,))
SURCHARGE = SetElectricSurcharge(
    equipment="rupskraan", method="uurprijs vergeleken", share=BasisPoints(1_200)
)
LESSON = DrawLesson(
    lesson=Code("L1"),
    title="proefsleuven vooraf",
    text="Graaf proefsleuven voor de uitvraag.",
    kind=LessonKind.IMPROVE,
    step=5,
)
CITATION = CiteLesson(project=EARLIER, lesson=Code("L1"), how="proefsleuven gegraven")
EVALUATION = HoldEvaluation(
    summary="goed",
    participants=(ALBA, NOORDERDAM),
    went_well=("planning",),
    to_improve=("tekeningen",),
)
PROGRAMME = SetMonitoringProgramme(indicators=("hinder",), measured_by=(ALBA, NOORDERDAM))

IN_ORDER = (
    CHOICE, PLAN, HELD, WAYS, SESSION, RISK, MEASURE, CLOSED, TALK, NUISANCE, SAFETY, REPORT, TERMS,
    RETURN, EXCHANGE, SENT, INDICATOR, MEASUREMENT, RECORD, SETTLED, COST, PRICE, SURCHARGE, LESSON,
    CITATION, EVALUATION, PROGRAMME,
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(IN_ORDER)), ids=lambda n: type(IN_ORDER[n]).__name__)
def test_what_is_said_is_recorded_as_it_was_said(number: int) -> None:
    (fact,) = after(*IN_ORDER[:number]).when(IN_ORDER[number]).facts
    said_again(IN_ORDER[number], fact)
    assert fact.occurred_at == NOW


@pytest.mark.parametrize("command", IN_ORDER, ids=lambda command: type(command).__name__)
def test_nothing_is_said_of_a_project_that_nobody_registered(command: Command) -> None:
    given(convenant_project).when(command).then_refused("project.unknown")  # type: ignore[arg-type]


def with_(command: Command, **more: Any) -> Any:
    return type(command)(
        **{each.name: getattr(command, each.name) for each in fields(command)} | more
    )


@pytest.mark.parametrize(
    ("before", "command", "code", "field"),
    [
        ((), with_(CHOICE, reasons=" "), "project.nothing-said", "reasons"),
        ((), with_(CHOICE, form=EarlyForm.BUILDING_TEAM), "project.bounds", "form"),
        ((), with_(CHOICE, most_years=0), "project.years", "mostYears"),
        ((), with_(CHOICE, most_value=Euro(-1)), "project.amount", "mostValue"),
        ((PLAN,), PLAN, "project.consultation-known", "consultation"),
        ((), with_(PLAN, consultation="C 1"), "project.consultation-code", "consultation"),
        ((), with_(PLAN, questions=()), "project.no-questions", "questions"),
        ((), HELD, "project.unknown-consultation", "consultation"),
        ((PLAN, HELD), HELD, "project.consultation-held", "consultation"),
        ((), with_(WAYS, ways=()), "project.ways", "ways"),
        ((), with_(WAYS, ways=(Distinction.PROCESS,) * 2), "project.ways", "ways"),
        ((SESSION,), SESSION, "project.session-known", "session"),
        ((), with_(SESSION, participants=()), "project.nobody-there", "participants"),
        ((), RISK, "project.unknown-session", "session"),
        ((SESSION, RISK), RISK, "project.risk-known", "risk"),
        ((SESSION,), with_(RISK, title=""), "project.nothing-said", "title"),
        ((SESSION,), with_(RISK, exposure=Euro(-1)), "project.amount", "exposure"),
        ((), MEASURE, "project.unknown-risk", "risk"),
        (
            (SESSION, RISK),
            with_(MEASURE, priced_by=RiskSide.NOBODY),
            "project.priced-by-nobody",
            "pricedBy",
        ),
        ((SESSION, RISK), with_(MEASURE, price=Euro(-1)), "project.amount", "price"),
        ((SESSION, RISK, CLOSED), MEASURE, "project.risk-closed", "risk"),
        ((SESSION, RISK, CLOSED), CLOSED, "project.risk-closed", "risk"),
        ((SESSION, RISK), with_(CLOSED, happened=False), "project.cost-of-nothing", "cost"),
        ((SESSION, RISK), with_(CLOSED, cost=Euro(-1)), "project.amount", "cost"),
        ((), with_(TALK, group=""), "project.nothing-said", "group"),
        ((), with_(NUISANCE, measures=()), "project.no-measures", "measures"),
        ((), with_(SAFETY, measures=()), "project.no-measures", "measures"),
        ((REPORT,), REPORT, "project.report-known", "report"),
        ((), with_(REPORT, lost_days=-1), "project.count", "lostDays"),
        ((), AgreeSocialReturn(), "project.no-terms", "share"),
        ((), AgreeSocialReturn(share=BasisPoints(10_001)), "project.share", "share"),
        ((), AgreeSocialReturn(amount=Euro(-1)), "project.amount", "amount"),
        ((), with_(RETURN, people=-1, local_people=0), "project.count", "people"),
        ((), with_(RETURN, local_people=4), "project.local-people", "localPeople"),
        ((), with_(RETURN, local_people=-1), "project.local-people", "localPeople"),
        ((), with_(RETURN, value=Euro(-1)), "project.amount", "value"),
        ((), with_(EXCHANGE, edition=""), "project.nothing-said", "edition"),
        ((), SENT, "project.exchange-not-agreed", "standard"),
        ((EXCHANGE, SENT), SENT, "project.exchange-known", "exchange"),
        ((EXCHANGE,), with_(SENT, recipients=()), "project.recipients", "recipients"),
        ((EXCHANGE,), with_(SENT, sha256="A" * 64), "project.sha256", "sha256"),
        ((INDICATOR,), INDICATOR, "project.indicator-known", "indicator"),
        ((), with_(INDICATOR, unit=""), "project.nothing-said", "unit"),
        ((), MEASUREMENT, "project.unknown-indicator", "indicator"),
        (
            (INDICATOR,),
            with_(MEASUREMENT, measured_on=date(2026, 11, 22)),
            "project.measured-later",
            "measuredOn",
        ),
        (
            (INDICATOR,),
            with_(MEASUREMENT, measured_by=()),
            "project.measured-by-nobody",
            "measuredBy",
        ),
        ((RECORD,), RECORD, "project.record-known", "record"),
        ((), with_(RECORD, lost_days=-1), "project.count", "lostDays"),
        ((), SETTLED, "project.no-open-record", "record"),
        ((RECORD, SETTLED), SETTLED, "project.no-open-record", "record"),
        ((COST,), COST, "project.cost-known", "cost"),
        ((), with_(COST, amount=Euro(-1)), "project.amount", "amount"),
        ((), with_(PRICE, basis=""), "project.nothing-said", "basis"),
        ((), with_(SURCHARGE, amount=Euro(1)), "project.surcharge", "share"),
        ((), with_(SURCHARGE, share=None), "project.surcharge", "share"),
        ((), with_(SURCHARGE, share=BasisPoints(-1)), "project.share", "share"),
        ((), with_(SURCHARGE, share=None, amount=Euro(-1)), "project.amount", "amount"),
        ((), with_(SURCHARGE, method=""), "project.nothing-said", "method"),
        ((LESSON,), LESSON, "project.lesson-known", "lesson"),
        ((), with_(LESSON, step=14), "project.step", "step"),
        ((), with_(LESSON, step=0), "project.step", "step"),
        ((), with_(LESSON, text=""), "project.nothing-said", "text"),
        ((CITATION,), CITATION, "project.lesson-cited", "lesson"),
        ((), with_(CITATION, lesson="L 1"), "project.lesson-code", "lesson"),
    ],
)
def test_what_cannot_have_happened_is_refused(
    before: tuple[Command, ...], command: Command, code: str, field: str
) -> None:
    after(*before).when(command).then_refused(code, field=field)


def test_a_measurement_of_today_is_taken_today() -> None:
    today = with_(MEASUREMENT, measured_on=date(2026, 11, 21))
    (fact,) = after(INDICATOR).when(today).facts
    assert isinstance(fact, MeasurementTaken)


def test_a_risk_that_did_not_happen_has_no_cost() -> None:
    (fact,) = after(SESSION, RISK).when(CloseRisk(risk=Code("R1"), happened=False)).facts
    assert isinstance(fact, RiskClosed)
    assert fact.cost is None


def test_a_form_without_bounds_may_be_chosen_again_when_one_thinks_better_of_it() -> None:
    team = ChooseEarlyInvolvement(form=EarlyForm.BUILDING_TEAM, reasons="complex")
    (fact,) = after(CHOICE).when(team).facts
    assert isinstance(fact, EarlyInvolvementChosen)


def test_two_lessons_of_one_project_and_one_lesson_code_of_two_projects_are_three() -> None:
    other = with_(CITATION, lesson=Code("L2"))
    elsewhere = with_(CITATION, project=project("Parkweg"))
    (fact,) = after(CITATION, other).when(elsewhere).facts
    assert isinstance(fact, LessonCited)


def test_an_evaluation_of_before_its_particulars_still_stands() -> None:
    (fact,) = after().when(HoldEvaluation(summary="goed")).facts
    assert fact == EvaluationHeld(occurred_at=NOW, summary="goed")
    assert (fact.participants, fact.went_well, fact.to_improve) == ((), (), ())


def test_everything_can_have_happened_before_it_is_recorded() -> None:
    (fact,) = after().when(with_(LESSON, occurred_at=at("2026-03-02"))).facts
    assert fact.occurred_at == at("2026-03-02")
