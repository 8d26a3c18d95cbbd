"""What each question about projects and their parties answers."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from application.price_effect import price_effect
from application.views import (
    member_dossier,
    organisations,
    project_indicators,
    project_lessons,
    project_prices,
    project_risks,
    projects,
    qualifications,
)
from application.views.member_dossier import Part
from application.views.project_lessons import LessonUse
from application.views.view import EVERYTHING, Row, View
from domain.circle.meetings import Attendance, MeetingHeld
from domain.circle.membership import MemberJoined
from domain.convenant_project.award import ContractSigned
from domain.convenant_project.execution import (
    ContractModified,
    EvaluationHeld,
    ModificationBasis,
    StepReopened,
)
from domain.convenant_project.information_exchange import ExchangeStandard, InformationExchanged
from domain.convenant_project.knowledge import Channel, DocumentDisclosed
from domain.convenant_project.lessons import (
    FailureCostFound,
    FailurePhase,
    LessonCited,
    LessonDrawn,
    LessonKind,
)
from domain.convenant_project.monitoring import (
    Better,
    IndicatorDefined,
    IndicatorTheme,
    MeasurementTaken,
)
from domain.convenant_project.preparation import ExpertGroupFormed
from domain.convenant_project.procedure import NoticeDispatched
from domain.convenant_project.risks import (
    Chance,
    RiskClosed,
    RiskFound,
    RiskMeasureAgreed,
    RiskSide,
)
from domain.convenant_project.tendering import TenderSubmitted
from domain.member.organisation import (
    LegalForm,
    MemberRegistered,
    OrganisationKind,
    OrganisationRetired,
    RetirementGround,
)
from domain.member.practice import QualificationStated
from domain.terms import Code, Euro, Fact
from tests.any_facts import recorded
from tests.fresh_fold import fresh_fold, on_shelf
from tests.given import CIRCLE, PROJECT, at, member, project
from tests.work import ALBA, HAVIK, NOORDERDAM, estimated, registered

LATER = project("later")


def rows(view: View[Row], *told: tuple[UUID, Fact]) -> list[Row]:
    """In the order in which they were born."""
    held = fresh_fold(view, recorded(*told), as_of=len(told))
    return [each.row for each in sorted(held.values(), key=lambda each: each.born)]


def shelf_of(view: View[Row], shelf: Any, *told: tuple[UUID, Fact]) -> list[Row]:
    held = fresh_fold(view, recorded(*told), as_of=len(told))
    return [row for _, _, row in on_shelf(view, held, shelf)]


# ----------------------------------------------------------------------------------------- lessons

DRAWN = LessonDrawn(
    occurred_at=at("2026-01-05"),
    lesson=Code("L1"),
    title="proefsleuven vooraf",
    text="Graaf proefsleuven.",
    kind=LessonKind.IMPROVE,
    step=5,
)
CITED = LessonCited(
    occurred_at=at("2026-02-05"), project=PROJECT, lesson=Code("L1"), how="gegraven"
)


def test_a_lesson_is_never_reused_until_a_later_project_cites_it() -> None:
    (fresh,) = rows(project_lessons.view, (PROJECT, DRAWN))
    assert fresh.use is LessonUse.NEVER_REUSED
    (used,) = rows(project_lessons.view, (PROJECT, DRAWN), (LATER, CITED))
    assert used.use is LessonUse.REUSED
    assert [(each.project, each.how) for each in used.citations] == [(LATER, "gegraven")]
    never = project_lessons.of_use(LessonUse.NEVER_REUSED)
    assert shelf_of(project_lessons.view, never, (PROJECT, DRAWN)) == [fresh]
    assert shelf_of(project_lessons.view, never, (PROJECT, DRAWN), (LATER, CITED)) == []


def test_a_project_that_cites_itself_reuses_nothing() -> None:
    (row,) = rows(project_lessons.view, (PROJECT, DRAWN), (PROJECT, CITED))
    assert row.use is LessonUse.NEVER_REUSED


def test_a_lesson_that_nobody_drew_stays_visible_as_such() -> None:
    (row,) = rows(project_lessons.view, (LATER, CITED))
    assert (row.use, row.drawn) == (LessonUse.UNKNOWN, None)
    (drawn,) = rows(project_lessons.view, (LATER, CITED), (PROJECT, DRAWN))
    assert drawn.use is LessonUse.REUSED


# ------------------------------------------------------------------------------------------- risks

FOUND = RiskFound(
    occurred_at=at("2026-01-05"),
    risk=Code("R1"),
    title="kabels",
    consequence="vertraging",
    chance=Chance.GREAT,
    exposure=Euro(500),
    session=Code("RS1"),
)


def agreed(borne_by: RiskSide, price: int) -> RiskMeasureAgreed:
    return RiskMeasureAgreed(
        occurred_at=at("2026-01-06"),
        risk=Code("R1"),
        measure="proefsleuven",
        borne_by=borne_by,
        priced_by=RiskSide.CONTRACTOR,
        price=Euro(price),
    )


def test_a_risk_shows_the_newest_measure_and_who_bears_and_prices_it() -> None:
    (row,) = rows(
        project_risks.view,
        (PROJECT, FOUND),
        (PROJECT, agreed(RiskSide.CLIENT, 100)),
        (PROJECT, agreed(RiskSide.SHARED, 200)),
    )
    assert row.measure is not None
    assert (row.measure.borne_by, row.measure.priced_by, row.measure.price) == (
        RiskSide.SHARED,
        RiskSide.CONTRACTOR,
        200,
    )
    assert (row.session, row.exposure, row.ended) == ("RS1", 500, None)


def test_a_closed_risk_says_whether_it_happened_and_at_what_cost() -> None:
    closed = RiskClosed(
        occurred_at=at("2026-06-01"), risk=Code("R1"), happened=True, cost=Euro(300)
    )
    (row,) = rows(project_risks.view, (PROJECT, FOUND), (PROJECT, closed))
    assert row.ended is not None
    assert (row.ended.happened, row.ended.cost) == (True, 300)


# -------------------------------------------------------------------------------------- indicators


def defined(better: Better, baseline: int | None = 100, target: int | None = 80) -> Fact:
    return IndicatorDefined(
        occurred_at=at("2026-01-05"),
        indicator=Code("I1"),
        title="reistijd",
        theme=IndicatorTheme.NUISANCE,
        unit="seconden",
        better=better,
        baseline=baseline,
        target=target,
    )


def measured(value: int, day: int) -> Fact:
    return MeasurementTaken(
        occurred_at=at("2026-03-01"),
        indicator=Code("I1"),
        value=value,
        measured_on=date(2026, 2, day),
        measured_by=(ALBA, NOORDERDAM),
        source="telling",
    )


@pytest.mark.parametrize(
    ("better", "value", "met", "gain"),
    [
        (Better.LOWER, 80, True, 20),
        (Better.LOWER, 81, False, 19),
        (Better.LOWER, 110, False, -10),
        (Better.HIGHER, 80, True, -20),
        (Better.HIGHER, 79, False, -21),
    ],
)
def test_an_indicator_is_held_against_its_target_and_its_baseline(
    *, better: Better, value: int, met: bool, gain: int
) -> None:
    (row,) = rows(
        project_indicators.view, (PROJECT, defined(better)), (PROJECT, measured(value, 1))
    )
    assert (row.target_met, row.gain) == (met, gain)


def test_the_latest_measurement_is_the_one_that_was_taken_last() -> None:
    """Not the one that was recorded last."""
    (row,) = rows(
        project_indicators.view,
        (PROJECT, defined(Better.LOWER)),
        (PROJECT, measured(70, 20)),
        (PROJECT, measured(90, 10)),
    )
    assert [each.value for each in row.measurements] == [90, 70]
    assert row.target_met is True


def test_without_target_baseline_or_measurement_nothing_is_made_up() -> None:
    (bare,) = rows(project_indicators.view, (PROJECT, defined(Better.LOWER)))
    assert (bare.latest, bare.target_met, bare.gain) == (None, None, None)
    (blind,) = rows(
        project_indicators.view,
        (PROJECT, defined(Better.LOWER, None, None)),
        (PROJECT, measured(1, 1)),
    )
    assert (blind.target_met, blind.gain) == (None, None)


# ------------------------------------------------------------------------------------------ prices


def tender(who: Any, price: int | None) -> TenderSubmitted:
    return TenderSubmitted(
        occurred_at=at("2026-04-01"),
        tenderer=who,
        price=None if price is None else Euro(price),
    )


def modified(code: str, delta: int) -> ContractModified:
    return ContractModified(
        occurred_at=at("2026-07-01"),
        modification=Code(code),
        delta=Euro(delta),
        basis=ModificationBasis.AW_2_163B,
        conditions_recorded=True,
    )


def lost(phase: FailurePhase, amount: int) -> FailureCostFound:
    return FailureCostFound(
        occurred_at=at("2026-07-02"),
        cost=Code("F1"),
        phase=phase,
        cause="maat",
        amount=Euro(amount),
    )


PRICED: tuple[Fact, ...] = (
    registered("2026-01-01"),
    estimated(1_000, "2026-01-02"),
    estimated(900, "2026-01-03"),
    NoticeDispatched(occurred_at=at("2026-02-01")),
    estimated(2_000, "2026-03-01"),
    tender(ALBA, 99_000),
    tender(HAVIK, 95_000),
    tender(member("zwijger"), None),
    ContractSigned(occurred_at=at("2026-05-01"), contractor=ALBA, value=Euro(99_000)),
    modified("W1", 20_000),
    modified("W2", -2_000),
    lost(FailurePhase.PREPARATION, 300),
    lost(FailurePhase.EXECUTION, 700),
)


def test_offer_contract_and_extra_work_are_held_against_the_estimate_of_before_the_notice() -> None:
    (row,) = rows(project_prices.view, *((PROJECT, fact) for fact in PRICED))
    said = price_effect(row)
    assert said.estimate == 90_000
    assert (said.lowest_offer, said.highest_offer) == (95_000, 99_000)
    assert (said.offers, said.offers_without_price) == (3, 1)
    assert (said.contract, said.extra_work, said.final) == (99_000, 18_000, 117_000)
    assert (said.contract_over_estimate, said.contract_over_estimate_share) == (9_000, 1_000)
    assert (said.final_over_estimate, said.final_over_estimate_share) == (27_000, 3_000)
    assert (said.failure_costs_preparation, said.failure_costs_execution) == (300, 700)


def test_a_cheaper_work_is_below_zero_and_rounded_towards_the_estimate() -> None:
    (row,) = rows(
        project_prices.view,
        (PROJECT, registered()),
        (PROJECT, estimated(3)),
        (PROJECT, ContractSigned(occurred_at=at("2026-05-01"), contractor=ALBA, value=Euro(299))),
    )
    said = price_effect(row)
    assert (said.contract_over_estimate, said.contract_over_estimate_share) == (-1, -33)


def test_what_the_record_does_not_say_is_not_computed() -> None:
    (row,) = rows(project_prices.view, (PROJECT, registered()))
    said = price_effect(row)
    assert (said.estimate, said.contract, said.final) == (None, None, None)
    assert (said.final_over_estimate, said.final_over_estimate_share) == (None, None)
    nothing = price_effect(
        replace(
            row,
            estimates=(project_prices.Estimated(amount=Euro(0), made_at=at("2026-01-01")),),
            contract=Euro(5),
        )
    )
    assert (nothing.contract_over_estimate, nothing.contract_over_estimate_share) == (5, None)


# ------------------------------------------------------------------------------------------- board


def test_the_board_shows_each_step_that_was_reached_first_and_last() -> None:
    def formed(day: str) -> Fact:
        return ExpertGroupFormed(occurred_at=at(day), members=(ALBA,))

    (row,) = rows(
        projects.view,
        (PROJECT, registered("2026-01-01")),
        (PROJECT, EvaluationHeld(occurred_at=at("2026-09-01"), summary="goed")),
        (PROJECT, formed("2026-03-01")),
        (PROJECT, formed("2026-02-01")),
        (PROJECT, StepReopened(occurred_at=at("2026-10-01"), step=3, reason="opnieuw")),
    )
    assert [(each.step, each.times) for each in row.steps] == [(1, 1), (3, 2), (12, 1)]
    assert (row.steps[1].first_at, row.steps[1].last_at) == (at("2026-02-01"), at("2026-03-01"))


# ------------------------------------------------------------------------------- by organisation


def test_an_organisation_is_followed_through_circles_and_projects() -> None:
    found = shelf_of(
        member_dossier.view,
        member_dossier.of_member(ALBA),
        (CIRCLE, MemberJoined(occurred_at=at("2026-01-01"), member=ALBA)),
        (CIRCLE, MemberJoined(occurred_at=at("2026-01-01"), member=HAVIK)),
        (
            CIRCLE,
            MeetingHeld(
                occurred_at=at("2026-01-02"),
                meeting=Code("M1"),
                agenda=(),
                attendance=(Attendance(member=HAVIK), Attendance(member=ALBA)),
                competition_statement=True,
            ),
        ),
        (
            PROJECT,
            DocumentDisclosed(
                occurred_at=at("2026-01-03"),
                document=Code("D1"),
                version=1,
                recipient=ALBA,
                channel=Channel.EMAIL,
            ),
        ),
        (PROJECT, tender(ALBA, 1)),
        (PROJECT, tender(HAVIK, 1)),
    )
    assert [(row.aggregate, row.fact, row.part_of(ALBA)) for row in found] == [
        ("circle", "member-joined", (Part.JOINED,)),
        ("circle", "meeting-held", (Part.KNEW,)),
        ("convenant-project", "document-disclosed", (Part.KNEW,)),
        ("convenant-project", "tender-submitted", (Part.DID,)),
    ]
    assert [row.position for row in found] == [1, 3, 4, 5]


def test_whoever_sends_to_itself_stands_on_one_shelf_once() -> None:
    sent = InformationExchanged(
        occurred_at=at("2026-01-01"),
        exchange=Code("X1"),
        standard=ExchangeStandard.VISI,
        sender=ALBA,
        recipients=(ALBA, HAVIK),
        subject="bericht",
    )
    (row,) = shelf_of(member_dossier.view, member_dossier.of_member(ALBA), (PROJECT, sent))
    assert row.part_of(ALBA) == (Part.DID, Part.KNEW)
    assert row.part_of(HAVIK) == (Part.KNEW,)


def test_a_meeting_that_nobody_attended_is_in_no_dossier() -> None:
    empty = MeetingHeld(
        occurred_at=at("2026-01-02"),
        meeting=Code("M1"),
        agenda=(),
        attendance=(),
        competition_statement=True,
    )
    assert rows(member_dossier.view, (CIRCLE, empty)) == []


def test_an_organisation_that_ended_stays_listed_with_its_last_day_and_who_carries_on() -> None:
    known = MemberRegistered(
        occurred_at=at("2026-01-01"),
        name="Alba",
        kind=OrganisationKind.CONTRACTOR,
        legal_form=LegalForm.PRIVATE_LIMITED,
    )
    ended = OrganisationRetired(
        occurred_at=at("2026-06-01"),
        ground=RetirementGround.MERGED,
        ended_on=date(2026, 5, 31),
        successor=HAVIK,
    )
    (before,) = rows(organisations.view, (ALBA, known))
    assert (before.ended_on, before.successor) == (None, None)
    (after,) = rows(organisations.view, (ALBA, known), (ALBA, ended))
    assert (after.ended_on, after.successor) == (date(2026, 5, 31), HAVIK)
    assert after.name == "Alba"


def test_every_statement_that_a_firm_is_qualified_is_kept_and_found_as_a_whole() -> None:
    def fit(work: str) -> QualificationStated:
        return QualificationStated(occurred_at=at("2026-01-01"), kind_of_work=work, basis="werk")

    told: list[tuple[UUID, Fact]] = [
        (ALBA, fit("wegen")),
        (HAVIK, fit("riool")),
        (ALBA, fit("wegen")),
    ]
    everything = shelf_of(qualifications.view, EVERYTHING, *told)
    assert [(row.member, row.kind_of_work) for row in everything] == [
        (ALBA, "wegen"),
        (HAVIK, "riool"),
        (ALBA, "wegen"),
    ]
    of_one = shelf_of(qualifications.view, qualifications.of_member(ALBA), *told)
    assert [row.position for row in of_one] == [1, 3]
