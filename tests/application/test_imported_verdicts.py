"""Imported projects are judged by what a notice can say, and by nothing that it leaves unsaid."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest

from application.aggregates import CONVENANT_PROJECT
from application.compliance import Verdicts, judge_project
from application.execute import Order, execute
from application.notices.notice import Notice
from application.scanned_registers import ScannedRegisters
from domain.convenant_project.contract_design import GiveMotivation, MakeEstimate, MotivationSubject
from domain.convenant_project.preparation import ContractKind
from domain.rules.catalogue import RULES
from domain.rules.rule import Indeterminate, NotApplicable, Outcome, Verdict
from domain.terms import Command, Euro, ProjectId
from tests.application.imports import ACCEPTED, POLICY, remembered
from tests.given import ACTOR, NOW, at
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import read
from tests.memory_ledger import MemoryLedger

OUTSIDE = tuple(name for name in ACCEPTED if read(name).outside is not None)
INSIDE = tuple(name for name in ACCEPTED if read(name).outside is None)
BEYOND = "what the notice does not say: this project was read from it"


def judged(notice: Notice, *afterwards: Command) -> Verdicts:
    """The verdicts on the project of `notice`, after more was recorded about it by hand."""
    ledger = MemoryLedger()

    async def story() -> Verdicts:
        imported = await remembered(ledger, notice)
        for number, command in enumerate(afterwards):
            order = by_hand(imported.project, command, number)
            await execute(ledger, order, now=NOW, clock=NOW)
        head, _ = await ledger.head()
        return await judge_project(
            ledger, ScannedRegisters(ledger), imported.project, position=head
        )

    return asyncio.run(story())


def by_hand(project: ProjectId, command: Command, number: int) -> Order:
    return Order(
        aggregate=CONVENANT_PROJECT,
        stream=project,
        command=command,
        command_id=uuid5(project, str(number)),
        request=bytes([number]),
        actor=ACTOR,
        policy=POLICY,
    )


def verdict(verdicts: Verdicts, rule: str) -> Verdict:
    (found,) = [each.verdict for each in verdicts.judgements if each.rule.id == rule]
    return found


def outcomes(verdicts: Verdicts, outcome: Outcome) -> set[str]:
    return {each.rule.id for each in verdicts.judgements if each.outcome is outcome}


def european(**more: object) -> Notice:
    """A contract notice that says as much as one can: open, above the threshold, published."""
    whole = replace(
        read(samples.CN_MINIMAL),
        kind=ContractKind.WORKS,
        published_on=date(2019, 11, 25),
        estimated_value=Euro(9_000_000_00),
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def motivated(subject: MotivationSubject, on: str) -> GiveMotivation:
    return GiveMotivation(
        occurred_at=at(on), subject=subject, text="Zie het plan.", in_tender_documents=True
    )


# ------------------------------------------------------------------------------------ other law


@pytest.mark.parametrize("name", OUTSIDE)
def test_under_other_law_no_rule_says_anything_and_each_says_why(name: str) -> None:
    notice = read(name)
    assert notice.outside is not None
    silent = NotApplicable(why=notice.outside.why)
    assert [each.verdict for each in judged(notice).judgements] == [silent] * len(RULES)


def test_law_without_a_name_is_among_them() -> None:
    regimes = {outside.regime for name in OUTSIDE if (outside := read(name).outside) is not None}
    assert None in regimes
    assert len(regimes) > 3


# -------------------------------------------------------------------------------- the law itself


@pytest.mark.parametrize("name", INSIDE)
def test_what_the_notice_does_not_say_is_neither_a_breach_nor_in_order(name: str) -> None:
    verdicts = judged(read(name))
    assert outcomes(verdicts, Outcome.VIOLATION) == set()
    assert outcomes(verdicts, Outcome.WARN) == set()
    for each in verdicts.judgements:
        if each.outcome is Outcome.PASS:
            assert Outcome.PASS in each.rule.settled_by_notice
    assert {"THR-02", "INF-01", "AWD-02", "MOT-03"} <= outcomes(verdicts, Outcome.INDETERMINATE)


def test_what_it_does_say_is_judged() -> None:
    passed = outcomes(judged(european()), Outcome.PASS)
    assert passed == {"THR-01", "THR-07", "PRC-01"}


def test_the_parts_of_its_estimate_are_unknown_and_named() -> None:
    found = verdict(judged(european()), "THR-02")
    assert isinstance(found, Indeterminate)
    assert "options" in found.missing.en


def test_an_award_notice_does_not_say_by_which_law_of_which_day() -> None:
    found = verdict(judged(read(samples.F03)), "THR-01")
    assert isinstance(found, Indeterminate)
    assert found.missing.en == "the notice or the start of the award procedure"


def test_reasons_that_the_record_never_held_may_have_been_given_elsewhere() -> None:
    found = verdict(judged(european()), "PRC-02")
    assert isinstance(found, Indeterminate)
    assert found.missing.en == BEYOND


# ----------------------------------------------------------------------------- what came afterwards


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2019-11-01", Outcome.PASS), ("2019-12-01", Outcome.VIOLATION)],
)
def test_what_is_recorded_by_hand_counts_from_then_on(on: str, expected: Outcome) -> None:
    reasons = motivated(MotivationSubject.PROCEDURE_CHOICE, on)
    assert "PRC-02" in outcomes(judged(european(), reasons), expected)


def test_a_fact_of_the_same_kind_by_hand_is_no_word_of_the_notice() -> None:
    whole = MakeEstimate(
        occurred_at=at("2019-11-20"),
        amount=Euro(9_000_000_00),
        excludes_vat=True,
        includes_options=True,
        includes_extensions=True,
        includes_supplied_goods=True,
        method="bestek",
    )
    assert "THR-02" in outcomes(judged(european(estimated_value=None), whole), Outcome.PASS)
