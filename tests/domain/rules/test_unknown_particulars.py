"""What nobody said stays unknown: a rule that hangs on it says so, and no other rule is bothered."""

from __future__ import annotations

from typing import Any

from domain.convenant_project.procedure import ProcedureType
from domain.rules.estimate.threshold import THR_02
from domain.rules.rule import Indeterminate, Pass, Violation
from domain.rules.time_limits.tender_period import TML_01
from tests.given import Story
from tests.tendered import deadline
from tests.work import estimated, noticed, registered, started

UNSAID: dict[str, Any] = {
    "includes_options": None,
    "includes_extensions": None,
    "includes_supplied_goods": None,
}


def estimate_with(**said: Any) -> Story:
    return Story().project(
        registered(),
        estimated(9_000_000, **said),
        started(ProcedureType.EUROPEAN_OPEN),
        *noticed(),
    )


def test_an_estimate_of_which_nobody_said_what_it_counts_cannot_be_judged() -> None:
    verdict = estimate_with(**UNSAID).judge(THR_02)
    assert isinstance(verdict, Indeterminate)
    for what in ("opties", "verlengingen", "ter beschikking"):
        assert what in verdict.missing.nl


def test_only_what_nobody_said_is_missing() -> None:
    verdict = estimate_with(includes_extensions=None).judge(THR_02)
    assert isinstance(verdict, Indeterminate)
    assert verdict.missing.en == "whether the estimate counts extensions too"


def test_what_was_left_out_is_a_breach_whatever_else_nobody_said() -> None:
    verdict = estimate_with(**(UNSAID | {"includes_options": False})).judge(THR_02)
    assert isinstance(verdict, Violation)
    assert verdict.why.en.endswith("is incomplete: options are left out.")


def period(procedure: ProcedureType, amount: float, closes: str) -> Story:
    return Story().project(
        registered(),
        estimated(amount),
        started(procedure, electronic=None),
        *noticed(),
        deadline(closes),
    )


def test_whether_tenders_come_in_electronically_is_asked_where_it_makes_a_difference() -> None:
    verdict = period(ProcedureType.EUROPEAN_OPEN, 9_000_000, "2025-04-14 10:00").judge(TML_01)
    assert isinstance(verdict, Indeterminate)
    assert "electronically" in verdict.missing.en


def test_and_nowhere_else() -> None:
    verdict = period(ProcedureType.NATIONAL_OPEN, 900_000, "2025-04-14 10:00").judge(TML_01)
    assert isinstance(verdict, Pass)
