"""The estimate against the threshold of its day: THR-01, THR-02, THR-06 and THR-07."""

from __future__ import annotations

from typing import Any

import pytest

from domain.convenant_project.contract_design import EstimateMade
from domain.convenant_project.execution import ModificationBasis
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import NoticeRenewed, OutsideRegime, ProcedureType
from domain.rules.estimate import RULES
from domain.rules.estimate.threshold import THR_01, THR_02, THR_06, THR_07
from domain.rules.rule import (
    Indeterminate,
    NotApplicable,
    Pass,
    Severity,
    Violation,
    Warn,
)
from domain.terms import Fact
from tests.given import Story, at
from tests.work import (
    ALBA,
    HAVIK,
    estimated,
    invited,
    modified,
    noticed,
    registered,
    signed,
    started,
    word,
)

OPEN, EU_OPEN = ProcedureType.NATIONAL_OPEN, ProcedureType.EUROPEAN_OPEN
PRIVATE = ProcedureType.PRIVATE_MULTIPLE


def work(
    whole: float, procedure: ProcedureType = OPEN, *facts: Fact, notice: str = "2025-03-03"
) -> Story:
    return Story().project(
        registered(), estimated(whole), started(procedure), *noticed(notice), *facts
    )


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    assert [rule.id for rule in RULES] == [
        "THR-01",
        "THR-02",
        "THR-04",
        "THR-05",
        "THR-06",
        "THR-07",
    ]


# ---------------------------------------------------------------------------------------- THR-01


@pytest.mark.parametrize(
    ("whole", "procedure", "expected"),
    [
        (5_537_999.99, OPEN, "pass"),
        (5_538_000, OPEN, "violation"),
        (5_538_000, PRIVATE, "violation"),
        (5_538_000, ProcedureType.NATIONAL_RESTRICTED, "violation"),
        (5_538_000, EU_OPEN, "pass"),
        (5_538_000, ProcedureType.EUROPEAN_RESTRICTED, "pass"),
        (5_538_000, ProcedureType.EUROPEAN_NEGOTIATION, "pass"),
        (5_538_000, ProcedureType.COMPETITIVE_DIALOGUE, "pass"),
        (5_538_000, ProcedureType.INNOVATION_PARTNERSHIP, "pass"),
        (1_180_000, PRIVATE, "pass"),
    ],
)
def test_an_estimate_at_the_threshold_asks_for_a_european_procedure(
    whole: float, procedure: ProcedureType, expected: str
) -> None:
    assert word(work(whole, procedure).judge(THR_01)) == expected


@pytest.mark.parametrize(
    ("notice", "expected"), [("2025-12-31", "pass"), ("2026-01-01", "violation")]
)
def test_the_threshold_is_that_of_the_day_on_which_the_notice_was_sent(
    notice: str, expected: str
) -> None:
    assert word(work(5_450_000, OPEN, notice=notice).judge(THR_01)) == expected


def test_without_a_notice_the_start_of_the_procedure_decides() -> None:
    story = Story().project(
        registered(),
        estimated(5_450_000, "2025-12-01"),
        started(PRIVATE, "2025-12-30"),
        *invited(ALBA, HAVIK, on="2026-01-12"),
    )
    assert isinstance(story.judge(THR_01), Pass)


def test_a_notice_sent_anew_brings_a_new_reference_day() -> None:
    again = NoticeRenewed(occurred_at=at("2026-02-02"), reason="ander ontwerp")
    assert isinstance(work(5_450_000, OPEN, again).judge(THR_01), Violation)


def test_the_newest_estimate_before_the_notice_counts_and_no_later_one() -> None:
    raised = work(5_000_000, OPEN, estimated(6_000_000, "2025-03-02"))
    assert isinstance(raised.judge(THR_01), Violation)
    later = work(5_000_000, OPEN, estimated(6_000_000, "2025-03-04"))
    assert isinstance(later.judge(THR_01), Pass)


def test_the_violation_shows_the_row_and_where_its_facts_stand() -> None:
    verdict = work(6_000_000).judge(THR_01)
    assert isinstance(verdict, Violation)
    assert "works-decentral-2024" in verdict.why.nl
    assert "EUR 5.538.000" in verdict.why.nl
    assert "EUR 5,538,000" in verdict.why.en
    assert "3 maart 2025" in verdict.why.nl
    assert verdict.evidence == (2, 3, 4)
    assert verdict.remedy is not None


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ((registered(), estimated(1)), "the notice or the start of the award procedure"),
        ((registered(), estimated(1), *noticed()), "the start of the award procedure"),
        (
            (registered(), started(OPEN), *noticed(), estimated(1, "2025-03-04")),
            "an estimate made before the notice or the start of the procedure",
        ),
        (
            (estimated(1), started(OPEN), *noticed()),
            "the registration of the project",
        ),
    ],
)
def test_what_is_missing_is_named(facts: tuple[Fact, ...], missing: str) -> None:
    verdict = Story().project(*facts).judge(THR_01)
    assert isinstance(verdict, Indeterminate)
    assert verdict.missing.en == missing


def test_supplies_have_a_threshold_of_their_own() -> None:
    for whole, expected in ((220_999.99, "pass"), (221_000, "violation")):
        story = Story().project(
            registered(kind=ContractKind.SUPPLIES), estimated(whole), started(OPEN), *noticed()
        )
        assert word(story.judge(THR_01)) == expected


def test_a_concession_lies_outside_the_law_that_is_modelled() -> None:
    story = Story().project(
        registered(),
        estimated(9_000_000),
        started(OPEN, outside_regime=OutsideRegime.CONCESSION),
        *noticed(),
    )
    assert isinstance(story.judge(THR_01), NotApplicable)


# ---------------------------------------------------------------------------------------- THR-07


@pytest.mark.parametrize(
    ("notice", "expected"),
    [("2027-12-31", "pass"), ("2028-01-03", "indeterminate"), ("2013-12-31", "indeterminate")],
)
def test_a_day_outside_every_period_is_not_judged(notice: str, expected: str) -> None:
    story = Story().project(
        registered("2013-06-03"),
        estimated(9_000_000, "2013-07-01"),
        started(OPEN, notice),
        *noticed(notice),
    )
    assert word(story.judge(THR_07)) == expected
    assert word(story.judge(THR_01)) == ("violation" if expected == "pass" else expected)


# ---------------------------------------------------------------------------------------- THR-02


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({}, None),
        ({"excludes_vat": False}, "VAT is included"),
        ({"includes_options": False}, "options are left out"),
        ({"includes_extensions": False}, "extensions are left out"),
        ({"includes_supplied_goods": False}, "what the authority itself makes available"),
    ],
)
def test_an_estimate_leaves_nothing_out(lacking: dict[str, Any], told: str | None) -> None:
    story = Story().project(
        registered(), estimated(900_000, **lacking), started(PRIVATE), *invited(ALBA, HAVIK)
    )
    verdict = story.judge(THR_02)
    if told is None:
        assert isinstance(verdict, Pass)
    else:
        assert isinstance(verdict, Violation)
        assert told in verdict.why.en


def test_an_estimate_made_whole_before_the_notice_is_whole() -> None:
    half: EstimateMade = estimated(900_000, "2025-01-20", includes_options=False)
    story = Story().project(registered(), half, estimated(950_000), started(OPEN), *noticed())
    assert isinstance(story.judge(THR_02), Pass)


def test_without_an_estimate_nobody_knows_what_it_counts() -> None:
    story = Story().project(registered(), started(OPEN), *noticed())
    assert isinstance(story.judge(THR_02), Indeterminate)


# ---------------------------------------------------------------------------------------- THR-06


@pytest.mark.parametrize(
    ("value", "deltas", "expected"),
    [
        (5_400_000, [], "not-applicable"),
        (5_537_999.99, [], "not-applicable"),
        (5_538_000, [], "warn"),
        (5_400_000, [137_999.99], "not-applicable"),
        (5_400_000, [138_000], "warn"),
        (5_400_000, [100_000, 38_000], "warn"),
        (5_400_000, [-100_000, 138_000], "not-applicable"),
        (5_400_000, [138_000, -500_000], "warn"),
    ],
)
def test_later_growth_across_the_threshold_is_shown(
    value: float, deltas: list[float], expected: str
) -> None:
    changes = [modified(f"W{number}", delta) for number, delta in enumerate(deltas)]
    assert word(work(5_000_000, OPEN, signed(value), *changes).judge(THR_06)) == expected


def test_both_rows_are_shown_where_the_period_changed() -> None:
    story = work(5_000_000, OPEN, signed(5_300_000), modified("W1", 104_000, "2026-02-02"))
    verdict = story.judge(THR_06)
    assert isinstance(verdict, Warn)
    assert "works-decentral-2024" in verdict.why.nl
    assert "works-decentral-2026" in verdict.why.nl
    assert "EUR 5.404.000" in verdict.why.nl
    assert "value_crossed_after_award" in verdict.why.en
    assert verdict.evidence == (2, 4, 6, 7)
    less = work(5_000_000, OPEN, signed(5_300_000), modified("W1", 103_999, "2026-02-02"))
    assert isinstance(less.judge(THR_06), NotApplicable)


def test_every_basis_adds_to_the_value() -> None:
    change = modified("W1", 200_000, basis=ModificationBasis.AW_2_163C)
    assert isinstance(work(5_000_000, OPEN, signed(5_400_000), change).judge(THR_06), Warn)


def test_an_estimate_that_was_european_crosses_nothing_later() -> None:
    assert isinstance(work(5_538_000, EU_OPEN, signed(6_000_000)).judge(THR_06), NotApplicable)


def test_without_a_contract_nothing_grew() -> None:
    assert isinstance(work(5_000_000).judge(THR_06), NotApplicable)


@pytest.mark.parametrize(("delta", "expected"), [(1_000, "indeterminate"), (138_000, "warn")])
def test_a_change_on_a_day_without_a_row_is_judged_by_the_award_alone(
    delta: float, expected: str
) -> None:
    story = work(5_000_000, OPEN, signed(5_400_000), modified("W1", delta, "2028-02-01"))
    assert word(story.judge(THR_06)) == expected


def test_the_severities_are_those_of_the_rule_book() -> None:
    severities = {rule.id: rule.severity for rule in RULES}
    assert severities["THR-01"] is Severity.BLOCKER
    assert severities["THR-02"] is Severity.MAJOR
    assert severities["THR-04"] is Severity.BLOCKER
    assert severities["THR-05"] is Severity.MAJOR
