"""THR: the estimate, the threshold of its day, lots, splitting and later growth."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.convenant_project.execution import ModificationBasis, RecordCheck, RecordChecked
from domain.convenant_project.preparation import (
    ContractKind,
    EstimateMade,
    Lot,
    LotsDivided,
    MotivationSubject,
)
from domain.convenant_project.tendering import NoticeRenewed, OutsideRegime, ProcedureType
from domain.member import LinkBasis, UndertakingLinked
from domain.rules.estimate import RULES
from domain.rules.estimate.lots import THR_04
from domain.rules.estimate.splitting import THR_05
from domain.rules.estimate.threshold import THR_01, THR_02, THR_06, THR_07
from domain.rules.rule import (
    Indeterminate,
    NotApplicable,
    Pass,
    Severity,
    Violation,
    Warn,
)
from domain.terms import Code, Fact
from tests.given import Story, at, member, project
from tests.work import (
    ALBA,
    HAVIK,
    estimated,
    euro,
    invited,
    modified,
    motivated,
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


# ---------------------------------------------------------------------------------------- THR-05

OTHER = project("Lindenplein")


def beside(
    story: Story,
    whole: float | None,
    *facts: Fact,
    day: str = "2025-06-02",
    which: str = "Lindenplein",
    **more: Any,
) -> Story:
    """A neighbour on the same street, unless `more` says otherwise."""
    estimate = () if whole is None else (estimated(whole, "2025-01-20"),)
    return story.neighbour(
        project(which),
        registered(title=which, **more),
        *estimate,
        started(PRIVATE, day),
        *facts,
    )


def private(whole: float, *facts: Fact) -> Story:
    return Story().project(
        registered(),
        estimated(whole),
        started(PRIVATE),
        *invited(ALBA, HAVIK, member("IJsselkade")),
        *facts,
    )


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (800_000, 699_999, "pass"),
        (800_000, 700_000, "warn"),  # together exactly 1,500,000
        (1_499_999, 1_499_999, "warn"),
        (1_500_000, 1_499_999, "pass"),  # not below the limit, and no other limit is reached
        (1_499_999, 1_500_000, "pass"),  # nor is the other
        (149_999, 1, "warn"),  # together exactly 150,000
        (149_998, 1, "pass"),
        (3_000_000, 2_538_000, "warn"),  # together the European threshold
        (3_000_000, 2_537_999, "pass"),
    ],
)
def test_akin_contracts_that_reach_a_limit_together_ask_for_a_review(
    own: float, other: float, expected: str
) -> None:
    assert word(beside(private(own), other).judge(THR_05)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"object": "lindenstraat ", "location": "elders"}, "warn"),
        ({"object": "Brug", "location": "Lindenstraat,  Noorderdam"}, "warn"),
        ({"object": "Brug", "location": "Kade"}, "pass"),
        ({"cpv": "71320000-7"}, "pass"),
        ({"authority": member("Gemeente Zuiderdam")}, "pass"),
    ],
)
def test_contracts_are_akin_by_their_kind_and_by_object_or_place(
    more: dict[str, Any], expected: str
) -> None:
    assert word(beside(private(800_000), 800_000, **more).judge(THR_05)) == expected


def test_contracts_of_one_group_are_akin() -> None:
    elsewhere: dict[str, Any] = {"object": "Brug", "location": "Kade"}
    story = beside(private(800_000, signed(800_000)), 800_000, signed(1, by=HAVIK), **elsewhere)
    assert isinstance(story.judge(THR_05), Pass)
    linked = UndertakingLinked(
        occurred_at=at("2020-01-06"), other=HAVIK, basis=LinkBasis.GROUP, since=date(2020, 1, 1)
    )
    verdict = story.member(ALBA, linked).judge(THR_05)
    assert isinstance(verdict, Warn)
    assert "Lindenplein" in verdict.why.nl


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-10", "warn"),
        ("2026-02-11", "pass"),
        ("2024-02-10", "warn"),
        ("2024-02-09", "pass"),
    ],
)
def test_contracts_within_twelve_months_are_seen_together(day: str, expected: str) -> None:
    story = private(800_000).neighbour(
        OTHER, registered(), estimated(800_000, "2024-01-08"), started(PRIVATE, day)
    )
    assert word(story.judge(THR_05)) == expected


def test_one_year_before_and_one_after_are_not_one_year() -> None:
    story = Story().project(registered(), estimated(600_000), started(PRIVATE))
    for which, day in (("ervoor", "2024-03-04"), ("erna", "2026-01-05")):
        story.neighbour(
            project(which), registered(), estimated(600_000, "2024-01-08"), started(PRIVATE, day)
        )
    assert isinstance(story.judge(THR_05), Pass)


def test_three_in_one_year_count_together() -> None:
    story = beside(beside(private(600_000), 500_000), 400_000, which="Lindenhof")
    verdict = story.judge(THR_05)
    assert isinstance(verdict, Warn)
    assert "Lindenhof, Lindenplein" in verdict.why.en
    assert "EUR 1,500,000" in verdict.why.en


def test_what_the_others_reach_without_this_one_is_theirs_to_explain() -> None:
    story = beside(beside(private(1_600_000), 800_000), 800_000, which="Lindenhof")
    assert isinstance(story.judge(THR_05), Pass)


def test_the_evidence_is_what_each_was_worth_and_what_ties_them() -> None:
    by_place = beside(private(800_000, signed(1)), 800_000, signed(1, by=HAVIK)).judge(THR_05)
    assert isinstance(by_place, Warn)
    assert by_place.evidence == (1, 2, 3, 8, 9, 10)
    elsewhere: dict[str, Any] = {"object": "Brug", "location": "Kade"}
    by_group = beside(private(800_000, signed(1)), 800_000, signed(1), **elsewhere).judge(THR_05)
    assert isinstance(by_group, Warn)
    assert by_group.evidence == (1, 2, 3, 7, 8, 9, 10, 11)


def test_a_neighbour_comes_to_market_on_the_day_of_its_notice() -> None:
    def story(notice: str) -> Story:
        facts = (registered(), estimated(800_000, "2024-01-08"), started(OPEN, "2024-02-09"))
        return private(800_000).neighbour(OTHER, *facts, *noticed(notice))

    assert isinstance(story("2024-02-10").judge(THR_05), Warn)
    assert isinstance(story("2026-02-11").judge(THR_05), Pass)
    no_start = private(800_000).neighbour(
        OTHER, registered(), estimated(800_000, "2024-01-08"), *noticed("2024-06-03")
    )
    assert isinstance(no_start.judge(THR_05), Warn)


def test_a_neighbour_under_another_law_does_not_count() -> None:
    story = private(800_000).neighbour(
        OTHER,
        registered(),
        estimated(800_000),
        started(PRIVATE, outside_regime=OutsideRegime.CONCESSION),
    )
    assert isinstance(story.judge(THR_05), Pass)


def test_what_has_no_name_is_not_the_same() -> None:
    blank: dict[str, Any] = {"object": " ", "location": ""}
    story = Story().project(registered(**blank), estimated(800_000), started(PRIVATE))
    assert isinstance(beside(story, 800_000, **blank).judge(THR_05), Pass)


def test_a_reason_on_either_side_explains() -> None:
    reason = motivated(MotivationSubject.NOT_SPLIT)
    assert isinstance(beside(private(800_000, reason), 800_000).judge(THR_05), Pass)
    assert isinstance(beside(private(800_000), 800_000, reason).judge(THR_05), Pass)
    half = beside(beside(private(800_000), 800_000, reason), 800_000, which="Lindenhof")
    assert isinstance(half.judge(THR_05), Warn)


def review(*, passed: bool, up_to: int) -> RecordChecked:
    return RecordChecked(
        occurred_at=at("2025-07-01"),
        check=RecordCheck.SPLITTING_INTENT,
        passed=passed,
        up_to=up_to,
        remarks="dossiers vergeleken",
    )


def test_only_people_find_an_intent_and_then_it_is_a_violation() -> None:
    story = beside(private(800_000), 800_000)
    story.project(review(passed=False, up_to=story.position))
    verdict = story.judge(THR_05)
    assert isinstance(verdict, Violation)
    assert story.position in verdict.evidence


def test_a_review_without_a_finding_closes_what_it_saw_and_nothing_later() -> None:
    story = beside(private(800_000), 800_000)
    story.project(review(passed=True, up_to=story.position))
    assert isinstance(story.judge(THR_05), Pass)
    assert isinstance(beside(story, 800_000, which="Lindenhof").judge(THR_05), Warn)


def test_the_newest_review_counts() -> None:
    story = beside(private(800_000), 800_000)
    seen = story.position
    story.project(review(passed=False, up_to=seen), review(passed=True, up_to=seen))
    assert isinstance(story.judge(THR_05), Pass)


def test_a_neighbour_that_has_not_come_to_market_is_no_contract_yet() -> None:
    story = private(800_000).neighbour(OTHER, registered(), estimated(800_000))
    assert isinstance(story.judge(THR_05), Pass)


def test_an_akin_contract_of_unknown_value_leaves_the_question_open() -> None:
    verdict = beside(private(800_000), None).judge(THR_05)
    assert isinstance(verdict, Indeterminate)
    assert "Lindenplein" in verdict.missing.nl
    assert isinstance(beside(private(5_538_000), None).judge(THR_05), Pass)


def test_without_neighbours_nothing_was_split() -> None:
    assert isinstance(private(800_000).judge(THR_05), Pass)


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
