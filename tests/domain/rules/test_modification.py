"""MOD: changes of a contract that was signed."""

from __future__ import annotations

from typing import Any

import pytest

from domain.convenant_project.execution import ModificationBasis
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import ProcedureType
from domain.law.parameter_keys import ParameterKey
from domain.rules.modification import MOD_01, MOD_03, MOD_08, RULES
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Severity, Violation, Warn
from domain.terms import Fact
from tests.given import Story
from tests.work import (
    ALBA,
    HAVIK,
    adopted,
    estimated,
    invited,
    modified,
    noticed,
    registered,
    signed,
    started,
    word,
)

CLAUSE, ADDITIONAL, UNFORESEEN = (
    ModificationBasis.AW_2_163C,
    ModificationBasis.AW_2_163D,
    ModificationBasis.AW_2_163E,
)


def contract(whole: float, *changes: Fact, kind: ContractKind = ContractKind.WORKS) -> Story:
    return Story().project(
        registered(kind=kind),
        estimated(whole),
        started(ProcedureType.NATIONAL_OPEN),
        *noticed(),
        signed(whole),
        *changes,
    )


def small(*deltas: float) -> list[Fact]:
    return [
        modified(f"W{number}", delta, f"2025-09-{number:02d}")
        for number, delta in enumerate(deltas, start=1)
    ]


def test_all_of_them_stop_the_contract_but_the_policy_ceiling() -> None:
    assert [(rule.id, rule.severity) for rule in RULES] == [
        ("MOD-01", Severity.BLOCKER),
        ("MOD-03", Severity.BLOCKER),
        ("MOD-08", Severity.ADVISORY),
    ]


# ---------------------------------------------------------------------------------------- MOD-01


@pytest.mark.parametrize(
    ("deltas", "expected"),
    [
        ([149_999.99], "pass"),
        ([150_000], "violation"),  # "lower than": exactly 15 % is too much
        ([100_000, 49_999.99], "pass"),
        ([100_000, 50_000], "violation"),
        ([100_000, -60_000, 100_000], "pass"),  # net
        ([160_000, -60_000], "violation"),  # once too large stays too large
        ([-400_000], "pass"),
    ],
)
def test_small_modifications_together_stay_below_fifteen_percent(
    deltas: list[float], expected: str
) -> None:
    assert word(contract(1_000_000, *small(*deltas)).judge(MOD_01)) == expected


@pytest.mark.parametrize("kind", [ContractKind.SUPPLIES, ContractKind.SERVICES])
def test_for_supplies_and_services_it_is_ten_percent(kind: ContractKind) -> None:
    for delta, expected in ((9_999.99, "pass"), (10_000, "violation")):
        assert word(contract(100_000, *small(delta), kind=kind).judge(MOD_01)) == expected


@pytest.mark.parametrize(
    ("on", "delta", "expected"),
    [
        ("2025-12-31", 5_537_999.99, "pass"),
        ("2025-12-31", 5_538_000, "violation"),
        ("2026-01-02", 5_403_999.99, "pass"),
        ("2026-01-02", 5_404_000, "violation"),
    ],
)
def test_they_stay_below_the_threshold_of_their_own_day(
    on: str, delta: float, expected: str
) -> None:
    assert word(contract(90_000_000, modified("W1", delta, on)).judge(MOD_01)) == expected


def test_both_thresholds_are_shown() -> None:
    verdict = contract(90_000_000, modified("W1", 5_404_000, "2026-02-02")).judge(MOD_01)
    assert isinstance(verdict, Violation)
    assert "works-decentral-2026" in verdict.why.nl
    assert "works-decentral-2024" in verdict.why.nl
    assert "EUR 5,404,000" in verdict.why.en
    assert verdict.evidence == (6, 7)


def test_a_modification_does_not_change_the_nature_of_the_contract() -> None:
    verdict = contract(1_000_000, modified("W1", 1, changes_nature=True)).judge(MOD_01)
    assert isinstance(verdict, Violation)
    assert "W1" in verdict.why.nl
    assert "nature" in verdict.why.en


def test_what_another_article_carries_does_not_add_up_here() -> None:
    other = modified("W9", 400_000, "2025-08-01", basis=CLAUSE)
    assert isinstance(contract(1_000_000, other, *small(100_000)).judge(MOD_01), Pass)


def test_the_order_of_happening_counts_not_that_of_recording() -> None:
    changes = reversed(small(-60_000, 100_000, 100_000))
    assert isinstance(contract(1_000_000, *changes).judge(MOD_01), Pass)


def test_a_day_without_a_threshold_cannot_acquit() -> None:
    story = contract(90_000_000, modified("W1", 1_000, "2028-02-01"))
    assert isinstance(story.judge(MOD_01), Indeterminate)
    much = contract(1_000_000, modified("W1", 150_000, "2028-02-01"))
    assert isinstance(much.judge(MOD_01), Violation)


@pytest.mark.parametrize("changes", [(), (modified("W1", 400_000, basis=CLAUSE),)])
def test_without_a_small_modification_there_is_nothing_to_add_up(changes: tuple[Fact, ...]) -> None:
    assert isinstance(contract(1_000_000, *changes).judge(MOD_01), NotApplicable)


def test_without_the_contract_the_whole_is_unknown() -> None:
    story = Story().project(registered(), *small(1))
    assert isinstance(story.judge(MOD_01), Indeterminate)


def test_the_law_before_july_2016_knew_no_such_rule() -> None:
    story = Story().project(
        registered("2016-01-04"), estimated(1_000_000, "2016-02-01"),
        started(ProcedureType.NATIONAL_OPEN, "2016-06-30"), *noticed("2016-06-30"),
        signed(1_000_000, "2016-09-01"), modified("W1", 500_000, "2016-10-03"),
    )  # fmt: skip
    assert isinstance(story.judge(MOD_01), NotApplicable)


# ---------------------------------------------------------------------------------------- MOD-03


@pytest.mark.parametrize("basis", [ADDITIONAL, UNFORESEEN])
@pytest.mark.parametrize(
    ("delta", "more", "expected"),
    [
        (500_000, {}, "pass"),  # exactly half
        (500_000.01, {}, "violation"),
        (-900_000, {}, "pass"),
        (1, {"conditions_recorded": False}, "violation"),
        (1, {"notice_identifier": None}, "violation"),
    ],
)
def test_additional_works_are_bounded_explained_and_announced(
    basis: ModificationBasis, delta: float, more: dict[str, Any], expected: str
) -> None:
    story = contract(1_000_000, modified("W1", delta, basis=basis, **more))
    assert word(story.judge(MOD_03)) == expected


def test_half_is_counted_for_each_modification_by_itself() -> None:
    changes = (
        modified("W1", 500_000, basis=ADDITIONAL),
        modified("W2", 500_000, "2025-10-01", basis=ADDITIONAL),
        modified("W3", 500_000, "2025-11-03", basis=UNFORESEEN),
    )
    assert isinstance(contract(1_000_000, *changes).judge(MOD_03), Pass)


def test_every_fault_of_every_modification_is_told() -> None:
    changes = (
        modified("W1", 600_000, basis=ADDITIONAL),
        modified("W2", 1, basis=UNFORESEEN, conditions_recorded=False, notice_identifier=None),
    )
    verdict = contract(1_000_000, *changes).judge(MOD_03)
    assert isinstance(verdict, Violation)
    assert "W1 verhoogt de prijs met EUR 600.000, meer dan 50 % van EUR 1.000.000" in verdict.why.nl
    assert "W2" in verdict.why.en
    assert "2.163e" in verdict.why.en
    assert "TenderNed" in verdict.why.en
    assert verdict.evidence == (6, 7, 8)


@pytest.mark.parametrize("changes", [(), tuple(small(900_000))])
def test_without_such_a_modification_there_is_nothing_to_judge(changes: tuple[Fact, ...]) -> None:
    assert isinstance(contract(1_000_000, *changes).judge(MOD_03), NotApplicable)


def test_without_the_contract_half_of_it_is_unknown() -> None:
    story = Story().project(registered(), modified("W1", 1, basis=ADDITIONAL))
    assert isinstance(story.judge(MOD_03), Indeterminate)


# ---------------------------------------------------------------------------------------- MOD-08


def private(whole: float, *changes: Fact) -> Story:
    return Story().project(
        registered(),
        estimated(1_180_000),
        started(ProcedureType.PRIVATE_MULTIPLE),
        *invited(ALBA, HAVIK),
        signed(whole),
        *changes,
    )


@pytest.mark.parametrize(
    ("value", "deltas", "expected"),
    [
        (1_180_000, [], "not-applicable"),
        (1_500_000, [], "not-applicable"),
        (1_500_000.01, [], "warn"),
        (1_180_000, [320_000], "pass"),  # exactly the ceiling
        (1_180_000, [320_000.01], "warn"),
        (1_180_000, [200_000, 120_001], "warn"),
        (1_180_000, [400_000, -200_000], "warn"),
        (1_180_000, [-200_000, 400_000], "pass"),
    ],
)
def test_a_private_contract_stays_within_the_policy(
    value: float, deltas: list[float], expected: str
) -> None:
    assert word(private(value, *small(*deltas)).judge(MOD_08)) == expected


def test_every_article_counts_for_the_ceiling() -> None:
    verdict = private(1_180_000, modified("W1", 400_000, basis=UNFORESEEN)).judge(MOD_08)
    assert isinstance(verdict, Warn)
    assert "EUR 1.580.000" in verdict.why.nl
    assert "1 September 2025" in verdict.why.en
    assert verdict.evidence == (6, 7)


def test_an_authority_may_set_another_ceiling() -> None:
    million = adopted(ParameterKey.MULTI_PRIVATE_CEILING, 1_000_000_00)
    story = private(1_180_000, *small(1))
    assert isinstance(story.judge(MOD_08), Pass)
    assert isinstance(story.judge(MOD_08, parameters=million), Warn)


def test_the_ceiling_is_for_private_tenders() -> None:
    assert isinstance(contract(1_400_000, *small(200_000)).judge(MOD_08), NotApplicable)
    unsigned = Story().project(
        registered(), estimated(1), started(ProcedureType.PRIVATE_MULTIPLE), *invited(ALBA, HAVIK)
    )
    assert isinstance(unsigned.judge(MOD_08), NotApplicable)
