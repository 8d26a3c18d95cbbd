"""PRO: what is asked of a tenderer fits the contract."""

from __future__ import annotations

import pytest

from domain.convenant_project.contract_design import (
    Lot,
    LotsDivided,
    MotivationSubject,
    RequirementKind,
    RequirementSet,
)
from domain.convenant_project.procedure import DeadlineKind, DeadlineSet, ProcedureType
from domain.rules.requirements import PRO_01
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Violation
from domain.terms import Code, Fact
from tests.given import Story, at
from tests.work import (
    estimated,
    euro,
    motivated,
    noticed,
    registered,
    started,
    word,
)


def asked(
    amount: float | None,
    on: str = "2025-02-20",
    *,
    code: str = "E1",
    kind: RequirementKind = RequirementKind.TURNOVER,
    lot: str | None = None,
) -> RequirementSet:
    return RequirementSet(
        occurred_at=at(on),
        requirement=Code(code),
        kind=kind,
        text="gemiddelde jaaromzet",
        amount=None if amount is None else euro(amount),
        lot=None if lot is None else Code(lot),
    )


def weighty(*, in_docs: bool = True) -> Fact:
    return motivated(MotivationSubject.TURNOVER, in_docs=in_docs)


def national(*facts: Fact) -> Story:
    """A national contract of EUR 1,000,000."""
    return Story().project(
        registered(), estimated(1_000_000), *facts, started(ProcedureType.NATIONAL_OPEN), *noticed()
    )


def european(*facts: Fact) -> Story:
    """A European contract of EUR 10,000,000."""
    return Story().project(
        registered(),
        estimated(10_000_000),
        *facts,
        started(ProcedureType.EUROPEAN_OPEN),
        *noticed(),
    )


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (1_000_000, "pass"),
        (2_000_000, "pass"),
        (2_999_999.99, "pass"),
        (3_000_000, "pass"),
        (3_000_000.01, "violation"),
        (3_010_000, "violation"),
    ],
)
def test_a_national_turnover_requirement_is_at_most_three_times_the_estimate(
    amount: float, expected: str
) -> None:
    assert word(national(asked(amount), weighty()).judge(PRO_01)) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (20_000_000, "pass"),
        (20_000_000.01, "warn"),
        (30_000_000, "warn"),
        (30_000_000.01, "violation"),
    ],
)
def test_a_european_one_above_twice_the_estimate_warns(amount: float, expected: str) -> None:
    assert word(european(asked(amount), weighty()).judge(PRO_01)) == expected


@pytest.mark.parametrize("reasons", [(), (weighty(in_docs=False),)])
def test_without_weighty_reasons_in_the_documents_no_turnover_may_be_asked(
    reasons: tuple[Fact, ...],
) -> None:
    verdict = national(asked(1_000_000), *reasons).judge(PRO_01)
    assert isinstance(verdict, Violation)
    assert verdict.severity is None
    assert verdict.remedy is not None


def test_the_amounts_are_told() -> None:
    verdict = national(asked(3_010_000), weighty()).judge(PRO_01)
    assert isinstance(verdict, Violation)
    assert "E1: EUR 3.010.000 bij een waarde van EUR 1.000.000" in verdict.why.nl
    assert "more than 3 times" in verdict.why.en
    assert verdict.evidence == (2, 3, 4)


@pytest.mark.parametrize(("amount", "expected"), [(900_000, "pass"), (900_000.01, "violation")])
def test_for_a_lot_the_value_of_the_lot_counts(amount: float, expected: str) -> None:
    lots = LotsDivided(
        occurred_at=at("2025-02-10"),
        lots=(
            Lot(lot=Code("P1"), title="Noord", value=euro(300_000), european_procedure=False),
            Lot(lot=Code("P2"), title="Zuid", value=euro(700_000), european_procedure=False),
        ),
    )
    assert word(national(lots, asked(amount, lot="P1"), weighty()).judge(PRO_01)) == expected


def test_the_lot_must_be_known() -> None:
    verdict = national(asked(1, lot="P9"), weighty()).judge(PRO_01)
    assert isinstance(verdict, Indeterminate)
    assert "P9" in verdict.missing.nl


def test_one_requirement_too_high_is_enough() -> None:
    story = national(asked(1_000_000), asked(4_000_000, code="E2"), weighty())
    verdict = story.judge(PRO_01)
    assert isinstance(verdict, Violation)
    assert "E2" in verdict.why.nl
    assert "E1" not in verdict.why.nl


def test_a_requirement_lowered_before_the_deadline_counts_as_lowered() -> None:
    deadline = DeadlineSet(
        occurred_at=at("2025-03-03"), kind=DeadlineKind.TENDERS, deadline=at("2025-04-10 10:00")
    )
    story = national(asked(4_000_000), weighty(), deadline)
    assert isinstance(story.judge(PRO_01), Violation)
    assert isinstance(story.project(asked(3_000_000, "2025-03-20")).judge(PRO_01), Pass)
    last = national(asked(4_000_000), weighty(), deadline, asked(3_000_000, "2025-04-10 10:00"))
    assert isinstance(last.judge(PRO_01), Pass)
    late = national(asked(4_000_000), weighty(), deadline, asked(3_000_000, "2025-04-10 10:01"))
    assert isinstance(late.judge(PRO_01), Violation)
    only_then = national(weighty(), deadline, asked(4_000_000, "2025-04-11"))
    assert isinstance(only_then.judge(PRO_01), Violation)


def test_an_unknown_amount_leaves_the_question_open() -> None:
    assert isinstance(national(asked(None), weighty()).judge(PRO_01), Indeterminate)


def test_without_an_estimate_there_is_nothing_to_measure_by() -> None:
    story = Story().project(
        registered(), asked(1), weighty(), started(ProcedureType.NATIONAL_OPEN), *noticed()
    )
    assert isinstance(story.judge(PRO_01), Indeterminate)


def test_where_no_turnover_is_asked_nothing_needs_reasons() -> None:
    assert isinstance(national().judge(PRO_01), NotApplicable)
    other = asked(9_000_000, kind=RequirementKind.REFERENCE_WORK)
    assert isinstance(national(other).judge(PRO_01), NotApplicable)
