"""The sum of the lots against the threshold: THR-04."""

from __future__ import annotations

import pytest

from domain.convenant_project.contract_design import Lot, LotsDivided
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import ProcedureType
from domain.rules.estimate.lots import THR_04
from domain.rules.rule import (
    Indeterminate,
    NotApplicable,
    Pass,
    Violation,
)
from domain.terms import Code, Fact
from tests.given import Story, at
from tests.work import (
    estimated,
    euro,
    noticed,
    registered,
    started,
    word,
)

OPEN, EU_OPEN = ProcedureType.NATIONAL_OPEN, ProcedureType.EUROPEAN_OPEN


def work(
    whole: float, procedure: ProcedureType = OPEN, *facts: Fact, notice: str = "2025-03-03"
) -> Story:
    return Story().project(
        registered(), estimated(whole), started(procedure), *noticed(notice), *facts
    )


# ---------------------------------------------------------------------------------------- THR-04


def lots(*each: tuple[float, bool], on: str = "2025-02-20") -> LotsDivided:
    return LotsDivided(
        occurred_at=at(on),
        lots=tuple(
            Lot(
                lot=Code(f"P{number}"),
                title=f"Perceel {number}",
                value=euro(whole),
                european_procedure=european,
            )
            for number, (whole, european) in enumerate(each, start=1)
        ),
    )


@pytest.mark.parametrize(
    ("division", "expected"),
    [
        ([(2_000_000, False), (3_537_999, False)], "pass"),  # together below the threshold
        ([(5_000_000, True), (538_000, True)], "pass"),
        ([(4_430_400, True), (1_000_000, False), (107_600, False)], "pass"),  # exactly 20 %
        ([(4_430_399, True), (1_000_000, False), (107_601, False)], "violation"),
        ([(5_000_000, True), (1_000_000, False)], "pass"),
        ([(5_000_000, True), (1_000_000.01, False)], "violation"),
        ([(6_000_000, False)], "violation"),
    ],
)
def test_lots_count_together(division: list[tuple[float, bool]], expected: str) -> None:
    assert word(work(5_538_000, EU_OPEN, lots(*division)).judge(THR_04)) == expected


@pytest.mark.parametrize(("whole", "expected"), [(80_000, "pass"), (80_000.01, "violation")])
def test_a_lot_of_services_is_exempt_up_to_its_own_amount(whole: float, expected: str) -> None:
    story = Story().project(
        registered(kind=ContractKind.SERVICES),
        estimated(600_000),
        started(EU_OPEN),
        lots((500_000, True), (whole, False)),
        *noticed(),
    )
    assert word(story.judge(THR_04)) == expected


def test_the_division_of_the_reference_day_counts() -> None:
    story = work(
        5_538_000, EU_OPEN, lots((6_000_000, False)), lots((6_000_000, True), on="2025-03-10")
    )
    verdict = story.judge(THR_04)
    assert isinstance(verdict, Violation)
    assert verdict.evidence == (4, 6)
    assert "P1 (Perceel 1)" in verdict.why.nl


def test_the_lots_at_fault_are_named() -> None:
    """The one that is too large; where each is small enough, all that together are too much."""
    too_large = work(5_538_000, EU_OPEN, lots((9_000_000, True), (2_000_000, False), (1, False)))
    verdict = too_large.judge(THR_04)
    assert isinstance(verdict, Violation)
    assert "niet Europees aanbesteed is: P2 (Perceel 2)." in verdict.why.nl
    together = work(
        5_538_000, EU_OPEN, lots((3_600_000, True), (1_000_000, False), (940_000, False))
    )
    both = together.judge(THR_04)
    assert isinstance(both, Violation)
    assert "P2 (Perceel 2), P3 (Perceel 3)" in both.why.en


def test_a_division_of_the_reference_day_itself_is_in_time() -> None:
    newest = lots((6_000_000, True), on="2025-03-03 17:00")
    assert isinstance(
        work(5_538_000, EU_OPEN, lots((6_000_000, False)), newest).judge(THR_04), Pass
    )


def test_a_contract_without_lots_has_no_lots_to_add_up() -> None:
    assert isinstance(work(9_000_000, EU_OPEN).judge(THR_04), NotApplicable)


def test_lots_without_a_reference_day_cannot_be_judged() -> None:
    story = Story().project(registered(), lots((6_000_000, False)))
    assert isinstance(story.judge(THR_04), Indeterminate)
