"""AWD: told to all with reasons, a pause to object, and an account afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.convenant_project.award import (
    AwardNoticePublished,
    InjunctionDecided,
    InjunctionOutcome,
    InjunctionSought,
    ReportField,
)
from domain.convenant_project.procedure import ProcedureType
from domain.convenant_project.tendering import (
    CandidateRegistered,
    ExclusionGround,
    TendererExcluded,
)
from domain.law.calendar import earliest_signature
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.rules.award import RULES
from domain.rules.award.account import AWD_06, AWD_07
from domain.rules.award.letters import AWD_01
from domain.rules.award.standstill import AWD_02, AWD_04
from domain.rules.rule import Indeterminate, NotApplicable, Severity, Violation, Warn
from domain.terms import Fact
from tests.given import Story, at, member
from tests.tendered import (
    ADOPTED,
    bid,
    decided,
    european,
    involved,
    letters,
    national,
    private,
    report,
    single,
)
from tests.work import ALBA, CRANENDONK, DUINRAND, HAVIK, noticed, registered, signed, word

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = (ALBA, CRANENDONK, HAVIK)


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    assert [rule.id for rule in RULES] == ["AWD-01", "AWD-02", "AWD-04", "AWD-06", "AWD-07"]


def awarded(
    build: Callable[..., Story] = european, *facts: Fact, promised: int | None = None
) -> Story:
    """Three tenders, and the decision for Alba."""
    return build(*bid(*ALL), decided(), *facts, promised_standstill_days=promised)


# ---------------------------------------------------------------------------------------- AWD-01


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (letters(*ALL), "pass"),
        (letters(ALBA, CRANENDONK), "violation"),
        (letters(CRANENDONK, HAVIK), "violation"),  # the winner is a tenderer too
        ((*letters(ALBA, CRANENDONK), *letters(HAVIK, on="2025-05-12 17:00")), "pass"),
        ((*letters(ALBA, CRANENDONK), *letters(HAVIK, on="2025-05-13")), "violation"),
        (letters(*ALL, reasons=None), "violation"),
        (letters(*ALL, reasons="  "), "violation"),
        ((*letters(ALBA, reasons=None), *letters(CRANENDONK, HAVIK)), "pass"),  # it won
        (letters(*ALL, names_winner=False), "violation"),
        (letters(*ALL, standstill=None), "violation"),
        # a second, complete round mends the first
        ((*letters(*ALL, reasons=None), *letters(*ALL, on="2025-05-19")), "pass"),
        ((*letters(*ALL, reasons=None), *letters(HAVIK, on="2025-05-19")), "violation"),
        ((), "indeterminate"),
        ((signed(7_000_000),), "violation"),  # signed, and nobody was told
    ],
)
def test_every_tenderer_gets_a_complete_letter_on_one_day(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(awarded(european, *facts).judge(AWD_01, parameters=ADOPTED)) == expected


def test_one_day_binds_only_whoever_adopted_it() -> None:
    apart = (*letters(ALBA, CRANENDONK), *letters(HAVIK, on="2025-05-13"))
    assert isinstance(awarded(european, *apart).judge(AWD_01), Warn)
    worse = (*letters(ALBA, CRANENDONK), *letters(HAVIK, on="2025-05-13", reasons=None))
    assert isinstance(awarded(european, *worse).judge(AWD_01), Violation)


@pytest.mark.parametrize(
    ("build", "promised", "expected"),
    [
        (national, None, "pass"),
        (private, None, "pass"),
        (national, 20, "violation"),
        (private, 20, "violation"),
        (european, None, "violation"),
    ],
)
def test_a_letter_describes_the_standstill_where_one_is_due(
    build: Callable[..., Story], promised: int | None, expected: str
) -> None:
    story = awarded(build, *letters(*ALL, standstill=None), promised=promised)
    assert word(story.judge(AWD_01, parameters=ADOPTED)) == expected


def test_private_procedures_owe_reasons_as_well() -> None:
    story = awarded(private, *letters(*ALL, reasons=None, standstill=None))
    verdict = story.judge(AWD_01)
    assert isinstance(verdict, Violation)
    assert "geen relevante redenen" in verdict.why.nl


def test_a_promise_in_one_letter_is_a_promise_to_all() -> None:
    story = awarded(private, *letters(ALBA, CRANENDONK), *letters(HAVIK, standstill=None))
    verdict = story.judge(AWD_01)
    assert isinstance(verdict, Violation)
    assert str(HAVIK)[:8] in verdict.why.nl


def test_who_was_shut_out_before_is_not_concerned_any_more() -> None:
    out = TendererExcluded(occurred_at=at("2025-04-22"), member=HAVIK, ground=ExclusionGround.OTHER)
    story = awarded(european, out, *letters(ALBA, CRANENDONK))
    assert word(story.judge(AWD_01)) == "pass"


def test_without_a_decision_the_contractor_is_the_winner() -> None:
    told = (*letters(ALBA, reasons=None), *letters(CRANENDONK, HAVIK), signed(7_000_000))
    assert word(european(*bid(*ALL), *told).judge(AWD_01)) == "pass"


def test_without_tenders_nobody_can_say_who_was_to_be_told() -> None:
    assert isinstance(european(*letters(ALBA)).judge(AWD_01), Indeterminate)
    assert isinstance(single(*bid(ALBA), *letters(ALBA)).judge(AWD_01), NotApplicable)


# ---------------------------------------------------------------------------------------- AWD-02


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-06-01", "violation"),  # day 20, a Sunday
        ("2025-06-02 09:00", "violation"),  # the Monday after: still within the term
        ("2025-06-02 23:30", "violation"),
        ("2025-06-03 00:30", "pass"),
        ("2025-06-03", "pass"),
    ],
)
@pytest.mark.parametrize(("build", "promised"), [(european, None), (national, 20), (private, 20)])
def test_nobody_signs_before_the_day_after_the_legal_end(
    build: Callable[..., Story], promised: int | None, on: str, expected: str
) -> None:
    story = awarded(build, *letters(*ALL), signed(7_000_000, on), promised=promised)
    verdict = story.judge(AWD_02)
    assert word(verdict) == expected
    if isinstance(verdict, Violation):
        by_law = build is european
        assert verdict.severity is (Severity.BLOCKER if by_law else Severity.MAJOR)
        assert "3 juni 2025" in verdict.why.nl


@pytest.mark.parametrize(
    ("sent", "on", "expected"),
    [
        ("2025-12-05", "2025-12-29", "violation"),  # U3: Christmas and a weekend
        ("2025-12-05", "2025-12-30", "pass"),
        ("2025-12-15", "2026-01-05", "violation"),  # after a designated Friday
        ("2025-12-15", "2026-01-06", "pass"),
        ("2026-03-14", "2026-04-07", "violation"),  # Good Friday to Easter Monday
        ("2026-03-14", "2026-04-08", "pass"),
    ],
)
def test_holidays_move_the_end(sent: str, on: str, expected: str) -> None:
    story = awarded(european, *letters(*ALL, on=sent), signed(7_000_000, on))
    assert word(story.judge(AWD_02)) == expected


def test_the_first_day_allowed_is_the_calendars() -> None:
    assert earliest_signature(date(2025, 5, 12), 20) == date(2025, 6, 3)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # the latest letter counts
        ((*letters(ALBA, CRANENDONK), *letters(HAVIK, on="2025-05-14")), "violation"),
        # who was never told is not bound by any term
        (letters(ALBA, CRANENDONK), "violation"),
        ((), "violation"),
        # the winner needs no pause to object
        (letters(CRANENDONK, HAVIK), "pass"),
        # a letter of after the signature comes too late to count
        ((*letters(ALBA, CRANENDONK), *letters(HAVIK, on="2025-06-10")), "violation"),
        ((*letters(*ALL), *letters(*ALL, on="2025-06-10")), "pass"),
    ],
)
def test_the_standstill_begins_when_the_last_of_them_was_told(
    facts: tuple[Fact, ...], expected: str
) -> None:
    story = awarded(european, *facts, signed(7_000_000, "2025-06-03"))
    assert word(story.judge(AWD_02)) == expected


@pytest.mark.parametrize(
    ("build", "promised", "on", "expected", "severity"),
    [
        (private, 15, "2025-05-27", "violation", Severity.MAJOR),
        (private, 15, "2025-05-28", "pass", None),
        (european, 15, "2025-05-28", "violation", Severity.BLOCKER),  # less than the statute
        (european, 25, "2025-06-03", "violation", Severity.MAJOR),  # only the promise is broken
        (european, 25, "2025-06-02", "violation", Severity.BLOCKER),
        (european, 25, "2025-06-07", "pass", None),
        (national, 0, "2025-05-13", "violation", Severity.MAJOR),  # promised by letter
        (private, 15, "2025-05-12 17:00", "violation", Severity.MAJOR),  # the day of the letters
    ],
)
def test_a_promise_binds_in_its_own_number_of_days(
    build: Callable[..., Story],
    promised: int,
    on: str,
    expected: str,
    severity: Severity | None,
) -> None:
    story = awarded(build, *letters(*ALL), signed(7_000_000, on), promised=promised)
    verdict = story.judge(AWD_02)
    assert word(verdict) == expected
    assert getattr(verdict, "severity", None) is severity


@pytest.mark.parametrize("build", [national, private])
def test_below_europe_nothing_is_due_that_nobody_promised(build: Callable[..., Story]) -> None:
    story = awarded(build, *letters(*ALL, standstill=None), signed(800_000, "2025-05-13"))
    assert isinstance(story.judge(AWD_02), NotApplicable)


def test_a_letter_that_describes_a_standstill_promises_it() -> None:
    story = awarded(private, *letters(*ALL), signed(800_000, "2025-06-02"))
    assert word(story.judge(AWD_02)) == "violation"


def test_the_only_tenderer_that_won_waits_for_nobody() -> None:
    facts = (*bid(ALBA), decided(), *letters(ALBA), signed(7_000_000, "2025-05-13"))
    assert isinstance(european(*facts).judge(AWD_02), NotApplicable)
    assert isinstance(european(*facts, promised_standstill_days=20).judge(AWD_02), NotApplicable)
    candidate = CandidateRegistered(occurred_at=at("2025-03-10"), candidate=DUINRAND)
    assert word(european(*facts, candidate).judge(AWD_02)) == "violation"
    other = (*bid(ALBA), decided(HAVIK), *letters(ALBA), signed(7_000_000, "2025-05-13"))
    assert word(european(*other).judge(AWD_02)) == "violation"


def test_without_a_duty_to_announce_no_standstill_is_due_by_law() -> None:
    story = european(
        *bid(*ALL),
        decided(),
        *letters(*ALL, standstill=None),
        signed(7_000_000, "2025-05-13"),
        procedure=ProcedureType.NEGOTIATION_WITHOUT_NOTICE,
    )
    assert isinstance(story.judge(AWD_02), NotApplicable)


def test_before_the_signature_only_its_first_day_can_be_said() -> None:
    verdict = awarded(european, *letters(*ALL)).judge(AWD_02)
    assert isinstance(verdict, Indeterminate)
    assert "3 juni 2025" in verdict.missing.nl
    assert "3 June 2025" in verdict.missing.en
    untold = awarded(european, *letters(ALBA, CRANENDONK)).judge(AWD_02)
    assert isinstance(untold, Indeterminate)
    assert "2025" not in untold.missing.nl  # Havik was not told: no day can be named
    assert isinstance(awarded().judge(AWD_02), Indeterminate)
    assert isinstance(european(signed(7_000_000)).judge(AWD_02), Indeterminate)  # no tenders
    assert isinstance(Story().project(registered()).judge(AWD_02), Indeterminate)


def test_a_term_that_ends_in_an_unknown_year_is_not_judged() -> None:
    story = awarded(european, *letters(*ALL, on="2028-12-20"), signed(7_000_000, "2029-02-01"))
    verdict = story.judge(AWD_02)
    assert isinstance(verdict, Indeterminate)
    assert "2029" in verdict.missing.en


def test_the_days_are_told_as_they_are_counted() -> None:
    verdict = awarded(european, *letters(*ALL), signed(7_000_000, "2025-06-02")).judge(AWD_02)
    assert isinstance(verdict, Violation)
    assert "12 mei 2025; 20 dagen eindigen op 1 juni 2025, geen werkdag, dus op 2 juni 2025" in (
        verdict.why.nl
    )
    assert len(verdict.evidence) == 4


# ---------------------------------------------------------------------------------------- AWD-04


def sought(on: str) -> InjunctionSought:
    return InjunctionSought(occurred_at=at(on), claimant=HAVIK)


def ruled(on: str, outcome: InjunctionOutcome = InjunctionOutcome.REJECTED) -> InjunctionDecided:
    return InjunctionDecided(occurred_at=at(on), outcome=outcome)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((sought("2025-05-20"), ruled("2025-06-20"), signed(1, "2025-06-23")), "pass"),
        ((sought("2025-05-20"), ruled("2025-06-20"), signed(1, "2025-06-20")), "pass"),
        ((sought("2025-05-20"), ruled("2025-06-20"), signed(1, "2025-06-19")), "violation"),
        ((sought("2025-05-20"), signed(1, "2025-06-23")), "violation"),
        # decided early, but within the standstill
        ((sought("2025-05-20"), ruled("2025-05-28"), signed(1, "2025-06-02")), "violation"),
        ((sought("2025-05-20"), ruled("2025-05-28"), signed(1, "2025-06-03")), "pass"),
        # asked on the last day, and a day too late
        ((sought("2025-06-02 16:00"), signed(1, "2025-06-10")), "violation"),
        ((sought("2025-06-03 09:00"), signed(1, "2025-06-10")), "not-applicable"),
        ((sought("2025-05-09"), signed(1, "2025-06-10")), "not-applicable"),  # before the letters
        # asked after a signature within the standstill
        ((signed(1, "2025-05-20"), sought("2025-05-22"), ruled("2025-06-20")), "violation"),
        ((sought("2025-05-20"), ruled("2025-06-20", InjunctionOutcome.WITHDRAWN), signed(1, "2025-06-21")), "pass"),
        ((sought("2025-05-20"),), "not-applicable"),
        ((signed(1, "2025-06-23"),), "not-applicable"),
    ],
)  # fmt: skip
def test_nobody_signs_while_a_court_is_asked(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(awarded(european, *letters(*ALL), *facts).judge(AWD_04)) == expected


LATE_LETTERS = (*letters(ALBA, CRANENDONK), *letters(HAVIK, on="2025-05-19"))
"""The last 20 days end on Whit Sunday, so the standstill on Tuesday 10 June."""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # between the first and the last letter, and after the end that the first would have had
        ((*LATE_LETTERS, sought("2025-05-14"), signed(1, "2025-06-20")), "violation"),
        ((*LATE_LETTERS, sought("2025-06-10"), signed(1, "2025-06-20")), "violation"),
        ((*LATE_LETTERS, sought("2025-06-11"), signed(1, "2025-06-20")), "not-applicable"),
        # signed before anybody was told
        ((signed(1, "2025-05-10"), *letters(*ALL), sought("2025-05-20")), "violation"),
        # letters of after the signature do not make the standstill longer
        (
            (
                *letters(*ALL),
                sought("2025-05-14"),
                ruled("2025-05-20"),
                signed(1, "2025-06-03"),
                *letters(*ALL, on="2025-06-04"),
            ),
            "pass",
        ),
        # each injunction of the standstill is waited for
        (
            (
                *letters(*ALL),
                sought("2025-05-14"),
                ruled("2025-05-20"),
                sought("2025-05-28"),
                signed(1, "2025-06-10"),
            ),
            "violation",
        ),
        # one that was asked after it holds nobody
        (
            (
                *letters(*ALL),
                sought("2025-05-14"),
                ruled("2025-05-20"),
                sought("2025-06-05"),
                ruled("2025-06-20"),
                signed(1, "2025-06-10"),
            ),
            "pass",
        ),
    ],
)
def test_which_injunctions_fall_within_which_standstill(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(awarded(european, *facts).judge(AWD_04)) == expected


def test_too_early_for_the_court_and_too_early_for_the_term_are_told_apart() -> None:
    court = awarded(european, *letters(*ALL), sought("2025-05-20"), signed(1, "2025-06-10"))
    term = awarded(
        european, *letters(*ALL), sought("2025-05-14"), ruled("2025-05-20"), signed(1, "2025-05-28")
    )
    one, two = court.judge(AWD_04), term.judge(AWD_04)
    assert isinstance(one, Violation)
    assert isinstance(two, Violation)
    assert "nog niet was beslist" in one.why.nl
    assert "binnen de opschortende termijn tot 2 juni 2025" in two.why.nl


def test_an_injunction_holds_the_signature_only_where_a_standstill_ran() -> None:
    facts = (sought("2025-05-20"), signed(1, "2025-05-21"))
    silent = awarded(private, *letters(*ALL, standstill=None), *facts)
    assert isinstance(silent.judge(AWD_04), NotApplicable)
    promised = awarded(private, *letters(*ALL), *facts, promised=20)
    assert word(promised.judge(AWD_04)) == "violation"
    assert isinstance(awarded(european, *facts).judge(AWD_04), NotApplicable)  # no letters at all


def test_where_nothing_was_promised_the_day_of_the_letters_is_no_standstill() -> None:
    facts = (sought("2025-05-12 10:00"), signed(1, "2025-05-12 16:00"))
    silent = awarded(private, *letters(*ALL, standstill=None), *facts)
    assert isinstance(silent.judge(AWD_04), NotApplicable)


# ---------------------------------------------------------------------------------------- AWD-06


def announced(on: str) -> AwardNoticePublished:
    return AwardNoticePublished(occurred_at=at(on))


@pytest.mark.parametrize(
    ("facts", "judged", "expected"),
    [
        ((announced("2025-07-03"),), None, "pass"),  # 30 days after 3 June
        ((announced("2025-07-04"),), None, "violation"),
        ((announced("2025-06-04"),), None, "pass"),
        ((announced("2025-05-30"),), None, "pass"),
        ((), "2025-07-03", "indeterminate"),
        ((), "2025-07-04", "violation"),
        ((announced("2025-07-10"), announced("2025-06-10")), None, "pass"),  # the first counts
    ],
)
def test_a_european_award_is_announced_within_thirty_days(
    facts: tuple[Fact, ...], judged: str | None, expected: str
) -> None:
    story = awarded(european, signed(7_000_000, "2025-06-03"), *facts)
    assert word(story.judge(AWD_06, judged=judged)) == expected


def test_only_europe_asks_for_an_award_notice_and_only_after_a_contract() -> None:
    assert isinstance(awarded().judge(AWD_06), Indeterminate)
    for build in (national, private, single):
        assert isinstance(build(signed(1)).judge(AWD_06), NotApplicable)


# ---------------------------------------------------------------------------------------- AWD-07


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((report(),), "pass"),
        ((report(without="n"),), "violation"),
        ((report(without="hn", not_applicable=(ReportField.H, ReportField.N)),), "pass"),
        ((report(without="hn", not_applicable=(ReportField.H,)),), "violation"),
        ((), "indeterminate"),
        ((signed(7_000_000),), "violation"),
        ((report(without="abc"), report(on="2025-06-05")), "pass"),  # the newest counts
        ((report(), report(without="a", on="2025-06-05")), "violation"),
    ],
)
def test_the_report_goes_into_all_fourteen_parts(facts: tuple[Fact, ...], expected: str) -> None:
    assert len(ReportField) == 14
    assert word(awarded(european, *facts).judge(AWD_07)) == expected


@pytest.mark.parametrize("part", [each.value for each in ReportField])
def test_every_single_part_is_missed(part: str) -> None:
    verdict = awarded(european, report(without=part)).judge(AWD_07)
    assert isinstance(verdict, Violation)
    assert f"onderdeel {part} van" in verdict.why.nl


def test_the_report_names_every_involved_tenderer() -> None:
    silent = awarded(european, involved(ALBA), report()).judge(AWD_07)
    assert isinstance(silent, Violation)
    assert str(ALBA)[:8] in silent.why.nl
    assert "2.51(5)" in silent.why.nl
    assert word(awarded(european, involved(ALBA), report(ALBA)).judge(AWD_07)) == "pass"
    assert word(awarded(european, involved(DUINRAND), report()).judge(AWD_07)) == "pass"
    holding = member("Alba Holding")
    linked = awarded(european, involved(holding), report(holding)).member(
        ALBA,
        UndertakingLinked(
            occurred_at=at("2024-01-01"),
            other=holding,
            basis=LinkBasis.GROUP,
            since=date(2020, 1, 1),
        ),
    )
    assert word(linked.judge(AWD_07)) == "pass"


@pytest.mark.parametrize("build", [national, private, single])
def test_only_europe_asks_for_the_report(build: Callable[..., Story]) -> None:
    assert isinstance(build(*bid(ALBA), signed(1)).judge(AWD_07), NotApplicable)


def test_without_an_estimate_nobody_knows_whether_europe_asks() -> None:
    story = Story().project(registered(), *noticed(), *bid(ALBA), signed(1))
    for rule in (AWD_01, AWD_02, AWD_06, AWD_07):
        assert isinstance(story.judge(rule), Indeterminate), rule.id
