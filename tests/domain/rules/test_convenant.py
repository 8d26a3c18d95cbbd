"""CNV: a convenant project takes its steps in order, and asks a whole question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.convenant_project.award import AwardDecided
from domain.convenant_project.execution import (
    EvaluationHeld,
    ResultsPublished,
    StepReopened,
    WorkDelivered,
    WorkStarted,
)
from domain.convenant_project.preparation import (
    ExpertGroupFormed,
    ExpertGroupMet,
    MonitoringProgrammeSet,
    ProjectDiscussed,
    RequestDrafted,
)
from domain.convenant_project.procedure import NoticeRenewed, ProcedureType
from domain.convenant_project.tendering import TenderSubmitted
from domain.law.parameter_keys import ParameterKey
from domain.rules.convenant import CNV_01, CNV_03, CNV_16, RULES
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Severity, Verdict, Violation
from domain.terms import Code, Fact
from tests.given import CIRCLE, Story, at, member
from tests.work import (
    ALBA,
    HAVIK,
    adopted,
    estimated,
    invited,
    noticed,
    registered,
    signed,
    started,
    word,
)

EXPERT = member("Boskant")


def request(on: str, **more: Any) -> RequestDrafted:
    ordinary = RequestDrafted(
        occurred_at=at(on),
        focus_points=("hinder", "uitstoot"),
        contract_form="UAV 2012",
        selection_criteria=("ervaring met fasering",),
        weighting="kwaliteit 60 %, prijs 40 %",
    )
    return replace(ordinary, **more)


def step(number: int, on: str) -> Fact:
    """A fact by which a step is reached on a day."""
    day = at(on)
    match number:
        case 1:
            return registered(on)
        case 2:
            return ProjectDiscussed(occurred_at=day, circle=CIRCLE, meeting=Code("2025-01"))
        case 3:
            return ExpertGroupFormed(occurred_at=day, members=(EXPERT,))
        case 4:
            return ExpertGroupMet(occurred_at=day, session=Code("S1"), attendance=(EXPERT,))
        case 5:
            return request(on)
        case 6:
            return MonitoringProgrammeSet(occurred_at=day, indicators=("stilstand",))
        case 7:
            return invited(ALBA, on=on)[0]
        case 8:
            return TenderSubmitted(occurred_at=day, tenderer=ALBA, price=None)
        case 9:
            return signed(900_000, on)
        case 10:
            return WorkStarted(occurred_at=day)
        case 11:
            return WorkDelivered(occurred_at=day)
        case 12:
            return EvaluationHeld(occurred_at=day, summary="goed")
        case _:
            return ResultsPublished(
                occurred_at=day, url="https://noorderdam.example/r", whole_process=True
            )


def taken(*numbers: int, more: tuple[Fact, ...] = ()) -> Verdict:
    """The verdict where these steps were taken in this order, one a week."""
    days = [f"2025-{1 + index // 4:02d}-{1 + 7 * (index % 4):02d}" for index in range(len(numbers))]
    facts = [step(number, day) for number, day in zip(numbers, days, strict=True)]
    return Story().project(*facts, *more).judge(CNV_01)


ALL = tuple(range(1, 14))


def swapped(one: int, other: int) -> tuple[int, ...]:
    """All steps in order, but with these two in each other's place."""
    places = {one: other, other: one}
    return tuple(places.get(number, number) for number in ALL)


def test_the_family_and_its_severities() -> None:
    assert [(rule.id, rule.severity) for rule in RULES] == [
        ("CNV-01", Severity.MAJOR),
        ("CNV-03", Severity.MAJOR),
        ("CNV-16", Severity.MAJOR),
    ]


# ---------------------------------------------------------------------------------------- CNV-01


def test_thirteen_steps_in_order_pass() -> None:
    verdict = taken(*ALL)
    assert isinstance(verdict, Pass)
    assert verdict.evidence == ALL


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        (1, 2, Severity.MINOR),
        (2, 3, Severity.MINOR),
        (3, 4, Severity.MINOR),
        (4, 5, Severity.MINOR),
        (4, 6, Severity.MINOR),
        (5, 7, Severity.MAJOR),
        (6, 7, Severity.MAJOR),
        (7, 8, Severity.MAJOR),
        (8, 9, Severity.MAJOR),
        (9, 10, Severity.MAJOR),
        (10, 11, Severity.MINOR),
        (11, 12, Severity.MINOR),
        (12, 13, Severity.MINOR),
    ],
)
def test_a_step_before_one_that_it_needs_is_out_of_order(
    one: int, other: int, severity: Severity
) -> None:
    verdict = taken(*swapped(one, other))
    assert isinstance(verdict, Violation)
    assert verdict.severity is severity


def test_monitoring_may_run_parallel_to_the_request() -> None:
    assert isinstance(taken(*swapped(5, 6)), Pass)


@pytest.mark.parametrize("absent", [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13])
def test_a_step_that_was_skipped_is_not_out_of_order(absent: int) -> None:
    rest = tuple(number for number in ALL if number != absent)
    verdict = taken(*rest)
    if absent == 1:  # without a registration nobody knows whether there is a convenant
        assert isinstance(verdict, Indeterminate)
    else:
        assert isinstance(verdict, Pass)


def test_order_is_seen_across_a_step_that_was_skipped() -> None:
    verdict = taken(1, 4, 2, 5)
    assert isinstance(verdict, Violation)
    assert "Stap 4" in verdict.why.nl
    assert "stap 2" in verdict.why.nl


def test_work_does_not_start_without_a_signed_contract() -> None:
    decided = AwardDecided(occurred_at=at("2025-02-22"), winner=ALBA, reasons="beste fasering")
    verdict = taken(*range(1, 9), 10, more=(decided,))
    assert isinstance(verdict, Violation)
    assert verdict.severity is Severity.MAJOR
    assert "zonder getekende overeenkomst" in verdict.why.nl


def test_a_contract_signed_after_the_work_began_is_not_excused() -> None:
    decided = AwardDecided(occurred_at=at("2025-02-22"), winner=ALBA, reasons="beste fasering")
    openly = StepReopened(occurred_at=at("2025-03-02"), step=9, reason="contract vergeten")
    for more in ((decided,), (decided, openly)):
        assert isinstance(taken(*swapped(9, 10), more=more), Violation)


def test_at_the_same_moment_is_in_order() -> None:
    story = Story().project(step(1, "2025-01-06"), step(3, "2025-02-03"), step(2, "2025-02-03"))
    assert isinstance(story.judge(CNV_01), Pass)
    later = Story().project(
        step(1, "2025-01-06"), step(3, "2025-02-03"), step(2, "2025-02-03 09:01")
    )
    assert isinstance(later.judge(CNV_01), Violation)


@pytest.mark.parametrize(
    ("again", "severity"),
    [
        (3, Severity.MAJOR),
        (4, Severity.MAJOR),
        (5, Severity.MAJOR),
        (7, Severity.MAJOR),
        (8, Severity.MAJOR),
        (9, Severity.MAJOR),
        (10, Severity.MINOR),
    ],
)
def test_going_back_is_in_order_only_when_a_fact_says_so(again: int, severity: Severity) -> None:
    repeated = step(again, "2025-06-02")
    verdict = taken(*ALL[:11], more=(repeated,))
    assert isinstance(verdict, Violation)
    assert verdict.severity is severity
    openly = StepReopened(occurred_at=at("2025-05-26"), step=again, reason="nieuw inzicht")
    assert isinstance(taken(*ALL[:11], more=(repeated, openly)), Pass)
    further = replace(openly, step=again - 1)
    assert isinstance(taken(*ALL[:11], more=(repeated, further)), Pass)
    too_late = replace(openly, occurred_at=at("2025-06-03"))
    assert isinstance(taken(*ALL[:11], more=(repeated, too_late)), Violation)
    another = replace(openly, step=again + 1)
    assert isinstance(taken(*ALL[:11], more=(repeated, another)), Violation)


@pytest.mark.parametrize("again", [2, 6, 12])
def test_discussing_monitoring_and_evaluating_again_is_not_going_back(again: int) -> None:
    assert isinstance(taken(*ALL, more=(step(again, "2025-06-02"),)), Pass)


def test_drafting_and_sessions_alternate_until_the_tendering() -> None:
    sessions = (step(4, "2025-01-30"), step(3, "2025-02-01"))
    assert isinstance(taken(*ALL[:6], more=sessions), Pass)


def test_a_first_step_taken_late_is_excused_when_openly_gone_back_to() -> None:
    openly = StepReopened(occurred_at=at("2025-02-05"), step=5, reason="uitvraag ontbrak")
    late = (1, 2, 3, 4, 7, 5)
    assert isinstance(taken(*late), Violation)
    assert isinstance(taken(*late, more=(openly,)), Pass)


def test_a_notice_renewed_after_the_award_goes_back_openly() -> None:
    again = NoticeRenewed(occurred_at=at("2025-06-02"), reason="ingetrokken")
    openly = StepReopened(occurred_at=at("2025-06-02"), step=7, reason="ingetrokken")
    assert isinstance(taken(*ALL[:9], more=(again,)), Violation)
    assert isinstance(taken(*ALL[:9], more=(openly, again)), Pass)


def test_the_verdict_names_steps_and_days() -> None:
    verdict = taken(1, 2, 4, 3)
    assert isinstance(verdict, Violation)
    assert (
        "Stap 4 (Expertgroep begeleidt het opstellen van de uitvraag, 15 januari 2025) ging vooraf"
        " aan stap 3 (Expertgroep wordt geformeerd, 22 januari 2025)." in verdict.why.nl
    )
    assert "came before step 3" in verdict.why.en
    assert verdict.evidence == (3, 4)


def test_outside_a_convenant_the_steps_bind_nobody() -> None:
    story = Story().project(
        registered(under_convenant=False), step(4, "2025-01-13"), step(3, "2025-01-20")
    )
    assert isinstance(story.judge(CNV_01), NotApplicable)


# ---------------------------------------------------------------------------------------- CNV-03


def asked(*facts: Fact) -> Story:
    return Story().project(registered(), *facts, *noticed())


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({}, None),
        ({"focus_points": ()}, "focus points"),
        ({"focus_points": (" ",)}, "focus points"),
        ({"contract_form": None}, "contract form"),
        ({"contract_form": ""}, "contract form"),
        ({"selection_criteria": ()}, "selection criteria"),
        ({"weighting": None}, "weighting"),
    ],
)
def test_each_of_the_four_elements_is_there(lacking: dict[str, Any], told: str | None) -> None:
    verdict = asked(request("2025-02-10", **lacking)).judge(CNV_03)
    if told is None:
        assert isinstance(verdict, Pass)
    else:
        assert isinstance(verdict, Violation)
        assert told in verdict.why.en
        assert verdict.evidence == (2, 3)


def test_the_newest_request_by_the_day_of_the_notice_counts() -> None:
    half = request("2025-02-10", weighting=None)
    assert isinstance(asked(half, request("2025-03-03 23:00")).judge(CNV_03), Pass)
    assert isinstance(asked(half, request("2025-03-04")).judge(CNV_03), Violation)
    spoilt = (request("2025-02-10"), request("2025-02-17", weighting=None))
    assert isinstance(asked(*spoilt).judge(CNV_03), Violation)


def test_a_request_drafted_only_after_the_notice_came_too_late() -> None:
    verdict = asked(request("2025-03-04")).judge(CNV_03)
    assert isinstance(verdict, Violation)
    assert "3 maart 2025" in verdict.why.nl


def test_invitations_count_where_there_is_no_notice() -> None:
    story = Story().project(registered(), request("2025-02-10"), *invited(ALBA, HAVIK))
    assert isinstance(story.judge(CNV_03), Pass)


def test_what_is_missing_is_named() -> None:
    unasked = asked().judge(CNV_03)
    assert isinstance(unasked, Indeterminate)
    assert unasked.missing.nl == "de uitvraag"
    early = Story().project(registered(), request("2025-02-10")).judge(CNV_03)
    assert isinstance(early, Indeterminate)
    assert "invitations" in early.missing.en


def test_outside_a_convenant_no_request_is_asked() -> None:
    story = Story().project(registered(under_convenant=False), *noticed())
    assert isinstance(story.judge(CNV_03), NotApplicable)


# ---------------------------------------------------------------------------------------- CNV-16


def private(whole: float) -> Story:
    return Story().project(
        registered(),
        estimated(whole),
        started(ProcedureType.PRIVATE_MULTIPLE),
        *invited(ALBA, HAVIK),
    )


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (1_180_000, "pass"),
        (1_500_000, "pass"),
        (1_500_000.01, "violation"),
        (5_538_000, "not-applicable"),  # European: THR-01 and PRC-01 say so
    ],
)
def test_a_private_tender_is_for_works_up_to_one_and_a_half_million(
    whole: float, expected: str
) -> None:
    assert word(private(whole).judge(CNV_16)) == expected


def test_the_breach_tells_both_amounts() -> None:
    verdict = private(1_600_000).judge(CNV_16)
    assert isinstance(verdict, Violation)
    assert "EUR 1.600.000" in verdict.why.nl
    assert "EUR 1,500,000" in verdict.why.en
    assert verdict.evidence == (2, 3)


def test_an_authority_may_set_another_ceiling() -> None:
    million = adopted(ParameterKey.MULTI_PRIVATE_CEILING, 1_000_000_00)
    assert isinstance(private(1_180_000).judge(CNV_16, parameters=million), Violation)


def test_a_published_notice_makes_it_a_national_procedure() -> None:
    assert isinstance(private(1_600_000).project(*noticed()).judge(CNV_16), NotApplicable)
