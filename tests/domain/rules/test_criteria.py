"""AWC: criteria known from the first day, the same until the last, about the tender only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.convenant_project.contract_design import MotivationSubject
from domain.convenant_project.tendering import (
    AwardMethod,
    CriteriaPublished,
    Criterion,
    CriterionAbout,
    Place,
)
from domain.rules.criteria import RULES
from domain.rules.criteria.compared import AWC_01, AWC_04
from domain.rules.criteria.known_and_kept import AWC_02, AWC_03
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Severity, Violation, Warn
from domain.terms import BasisPoints, Fact
from tests.given import Story
from tests.tendered import (
    ADOPTED,
    bid,
    european,
    moved,
    national,
    private,
    renewed,
    single,
    weighed,
)
from tests.work import ALBA, CRANENDONK, HAVIK, invited, motivated, word

LATER = "2025-03-20"
CHEAPEST, LOWEST_COST = AwardMethod.LOWEST_PRICE, AwardMethod.LOWEST_COST
SWAPPED = (("quality", 40), ("price", 60))
REASONS = MotivationSubject.LOWEST_PRICE


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    assert [rule.id for rule in RULES] == ["AWC-01", "AWC-02", "AWC-03", "AWC-04"]


# ---------------------------------------------------------------------------------------- AWC-01


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((weighed(),), "pass"),
        ((weighed(method=CHEAPEST),), "violation"),
        ((weighed(method=LOWEST_COST),), "violation"),
        ((weighed(method=CHEAPEST), motivated(REASONS)), "pass"),
        ((weighed(method=LOWEST_COST), motivated(REASONS)), "pass"),
        ((weighed(method=CHEAPEST), motivated(REASONS, in_docs=False)), "violation"),
        ((weighed(method=CHEAPEST), motivated(MotivationSubject.NO_LOTS)), "violation"),
        ((weighed(method=CHEAPEST), motivated(REASONS, "2025-04-14 10:00")), "pass"),
        ((weighed(method=CHEAPEST), motivated(REASONS, "2025-04-14 10:01")), "violation"),
        ((weighed(), weighed(method=CHEAPEST, number=2, on=LATER)), "violation"),
        ((), "indeterminate"),
    ],
)
def test_price_alone_needs_reasons_in_the_documents(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(AWC_01)) == expected


# ---------------------------------------------------------------------------------------- AWC-02


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((weighed(),), "pass"),
        ((weighed(on="2025-02-28"),), "pass"),
        ((weighed(on="2025-03-03 18:00"),), "pass"),  # the same day
        ((weighed(on="2025-03-04"),), "violation"),
        ((weighed(in_notice=False),), "violation"),
        ((weighed(("quality", 60), ("price", None)),), "violation"),
        ((weighed(criteria=()),), "violation"),
        ((weighed(("price", 100)),), "pass"),
        ((weighed(("quality", 60), ("price", 35)),), "violation"),
        ((weighed(("quality", 60), ("price", 40.01)),), "violation"),
        ((weighed(("quality", 59.99), ("price", 40)),), "violation"),
        ((weighed(), weighed(*SWAPPED, number=2, on=LATER)), "pass"),  # S11: known at the notice
        ((weighed(method=CHEAPEST),), "not-applicable"),
        ((), "indeterminate"),
    ],
)
def test_criteria_and_weights_are_known_when_the_contract_is_announced(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national(*facts).judge(AWC_02, parameters=ADOPTED)) == expected


def test_that_weights_add_up_binds_only_whoever_adopted_it() -> None:
    story = national(weighed(("quality", 55), ("price", 40)))
    verdict = story.judge(AWC_02)
    assert isinstance(verdict, Warn)
    assert "95 %" in verdict.why.nl
    assert isinstance(story.judge(AWC_02, parameters=ADOPTED), Violation)


def test_weights_may_be_ranges_that_hold_the_whole_between_them() -> None:
    def story(low: int, high: int) -> Story:
        criteria = (
            Criterion(
                name="quality",
                weight=BasisPoints(low),
                weight_at_most=BasisPoints(high),
                about=CriterionAbout.TENDER,
            ),
            Criterion(name="price", weight=BasisPoints(4_000), about=CriterionAbout.TENDER),
        )
        return national(weighed(criteria=criteria))

    assert word(story(5_000, 7_000).judge(AWC_02, parameters=ADOPTED)) == "pass"
    assert word(story(5_000, 6_000).judge(AWC_02, parameters=ADOPTED)) == "pass"
    assert word(story(5_000, 5_999).judge(AWC_02, parameters=ADOPTED)) == "violation"
    assert word(story(6_001, 7_000).judge(AWC_02, parameters=ADOPTED)) == "violation"


def test_an_order_will_do_where_its_reason_is_given() -> None:
    unweighted = weighed(("quality", None), ("price", None))
    assert word(national(unweighted).judge(AWC_02)) == "violation"
    ordered = replace(unweighted, order_reason="de markt is nog niet in te schatten")
    assert word(national(ordered).judge(AWC_02)) == "pass"
    assert word(national(replace(unweighted, order_reason=" ")).judge(AWC_02)) == "violation"


def test_in_a_private_procedure_the_invitation_is_the_notice() -> None:
    assert word(private(weighed(in_notice=False)).judge(AWC_02)) == "pass"
    assert word(private(weighed(on=LATER, in_notice=False)).judge(AWC_02)) == "violation"


# ---------------------------------------------------------------------------------------- AWC-03


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((weighed(),), "pass"),
        ((weighed(on="2025-02-01"), weighed(*SWAPPED, number=2)), "pass"),  # before the notice
        ((weighed(), weighed(*SWAPPED, number=2, on=LATER)), "violation"),
        # a weight stays essential however much time there is
        (
            (
                weighed(),
                weighed(*SWAPPED, number=2, on=LATER, place=Place.RECTIFICATION),
                moved("2025-05-26 10:00", LATER),
            ),
            "violation",
        ),
        # unless the contract is announced anew
        (
            (
                weighed(),
                renewed(LATER),
                weighed(*SWAPPED, number=2, on=LATER, place=Place.NEW_NOTICE),
                moved("2025-05-26 10:00", LATER),
            ),
            "pass",
        ),
        ((weighed(), weighed(*SWAPPED, number=2, on=LATER), renewed("2025-03-24")), "pass"),
        ((weighed(), renewed("2025-03-10"), weighed(*SWAPPED, number=2, on=LATER)), "violation"),
        # that a new notice is claimed does not make one
        (
            (weighed(), weighed(*SWAPPED, number=2, on=LATER, place=Place.NEW_NOTICE)),
            "violation",
        ),
    ],
)
def test_weights_do_not_change_after_the_notice(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(AWC_03, parameters=ADOPTED)) == expected


RENAMED = (("plan of approach", 60), ("price", 40))


@pytest.mark.parametrize(
    ("place", "on", "to", "expected"),
    [
        (Place.RECTIFICATION, LATER, "2025-04-15 10:00", "pass"),
        (Place.RECTIFICATION, LATER, None, "violation"),
        (Place.RECTIFICATION, "2025-04-11", "2025-04-17 10:00", "pass"),
        (Place.RECTIFICATION, "2025-04-11", "2025-04-16 10:00", "violation"),
        (Place.INFORMATION_NOTICE, LATER, "2025-04-15 10:00", "violation"),
        (Place.TENDER_DOCUMENTS, LATER, "2025-04-15 10:00", "violation"),
        (Place.RECTIFICATION, "2025-04-14 10:01", "2025-05-26 10:00", "violation"),
    ],
)
def test_other_changes_are_rectified_before_the_close_with_more_time(
    place: Place, on: str, to: str | None, expected: str
) -> None:
    facts: tuple[Fact, ...] = (weighed(), weighed(*RENAMED, number=2, on=on, place=place))
    if to is not None:
        facts = (*facts, moved(to, on))
    assert word(national(*facts).judge(AWC_03, parameters=ADOPTED)) == expected


def test_a_new_version_of_the_same_weights_is_a_change_of_what_lies_below() -> None:
    """Sub-criteria and scoring rules are not in the facts; a new version says that they changed."""
    again = weighed(number=2, on=LATER, place=Place.INFORMATION_NOTICE)
    assert word(national(weighed(), again).judge(AWC_03, parameters=ADOPTED)) == "violation"


@pytest.mark.parametrize(
    "after",
    [
        weighed(("quality", 50), ("price", 50)),
        weighed(("quality", 60), ("price", 30), ("planning", 10)),
        weighed(("price", 100)),
        weighed(("plan", 50), ("price", 50)),
        weighed(("plan", 40), ("price", 60)),  # the same shares, for others
        weighed(("plan", 50), ("price", 40), ("risk", 10)),  # the price kept, the rest recut
        weighed(method=AwardMethod.LOWEST_PRICE),
        weighed(("quality", None), ("price", None), order_reason="geen weging mogelijk"),
    ],
)
def test_what_counts_as_other_weights(after: CriteriaPublished) -> None:
    rectified = replace(after, version=2, occurred_at=moved(LATER, LATER).occurred_at)
    rectified = replace(rectified, place=Place.RECTIFICATION)
    story = national(weighed(), rectified, moved("2025-05-26 10:00", LATER))
    assert isinstance(story.judge(AWC_03, parameters=ADOPTED), Violation)


def test_one_share_that_is_kept_does_not_excuse_one_that_moved() -> None:
    before = weighed(("quality", 60), ("price", 30), ("risk", 10))
    after = weighed(
        ("quality", 60), ("price", 10), ("plan", 30), number=2, on=LATER, place=Place.RECTIFICATION
    )
    story = national(before, after, moved("2025-05-26 10:00", LATER))
    assert isinstance(story.judge(AWC_03, parameters=ADOPTED), Violation)


@pytest.mark.parametrize(
    ("place", "expected"), [(Place.TENDER_DOCUMENTS, "violation"), (Place.NEW_NOTICE, "pass")]
)
def test_what_follows_the_notice_on_its_own_day_is_a_change_unless_it_came_with_a_new_one(
    place: Place, expected: str
) -> None:
    swapped = weighed(*SWAPPED, number=2, on="2025-03-03 16:00", place=place)
    facts: tuple[Fact, ...] = (weighed(), swapped)
    if place is Place.NEW_NOTICE:
        facts = (*facts, renewed("2025-03-03 15:00"))
    assert word(national(*facts).judge(AWC_03)) == expected


def test_another_order_is_another_weighting() -> None:
    one = weighed(("quality", None), ("price", None), order_reason="onzeker")
    two = weighed(
        ("price", None),
        ("quality", None),
        order_reason="onzeker",
        number=2,
        on=LATER,
        place=Place.RECTIFICATION,
    )
    story = national(one, two, moved("2025-05-26 10:00", LATER))
    assert isinstance(story.judge(AWC_03, parameters=ADOPTED), Violation)


def test_how_much_more_time_binds_only_whoever_adopted_it() -> None:
    change = weighed(*RENAMED, number=2, on="2025-04-11", place=Place.RECTIFICATION)
    a_little = national(weighed(), change, moved("2025-04-16 10:00", "2025-04-11"))
    assert isinstance(a_little.judge(AWC_03), Warn)
    assert isinstance(a_little.judge(AWC_03, parameters=ADOPTED), Violation)
    assert isinstance(national(weighed(), change).judge(AWC_03), Violation)


def test_one_good_change_does_not_hide_a_bad_one() -> None:
    good = weighed(*RENAMED, number=2, on="2025-04-11", place=Place.RECTIFICATION)
    bad = weighed(("plan of approach", 10), ("price", 90), number=3, on="2025-04-12")
    story = national(weighed(), good, moved("2025-04-16 10:00", "2025-04-11"), bad)
    assert isinstance(story.judge(AWC_03), Violation)


def test_in_a_private_procedure_a_new_invitation_to_all_is_a_new_notice() -> None:
    swapped = weighed(*SWAPPED, number=2, on=LATER, place=Place.NEW_NOTICE)
    assert isinstance(private(weighed(), swapped).judge(AWC_03), Violation)
    some = private(weighed(), swapped, *invited(ALBA, HAVIK, on=LATER))
    assert isinstance(some.judge(AWC_03), Violation)
    by_notice = replace(swapped, place=Place.INFORMATION_NOTICE)
    again = invited(ALBA, CRANENDONK, HAVIK, on=LATER)
    assert isinstance(private(weighed(), by_notice, *again).judge(AWC_03), Violation)
    everybody = private(weighed(), swapped, *invited(ALBA, CRANENDONK, HAVIK, on=LATER))
    assert isinstance(everybody.judge(AWC_03), Pass)


def test_a_changed_weight_is_told_with_both_weightings() -> None:
    verdict = national(weighed(), weighed(*SWAPPED, number=2, on=LATER)).judge(AWC_03)
    assert isinstance(verdict, Violation)
    assert "20 maart 2025" in verdict.why.nl
    assert "van quality 60 %, price 40 % in quality 40 %, price 60 %" in verdict.why.nl
    assert verdict.severity is None
    assert AWC_03.severity is Severity.BLOCKER


def test_a_change_after_the_close_is_called_that() -> None:
    after = weighed(*RENAMED, number=2, on="2025-04-22", place=Place.RECTIFICATION)
    verdict = national(weighed(), after).judge(AWC_03)
    assert isinstance(verdict, Violation)
    assert "na het sluiten van de termijn" in verdict.why.nl


def test_criteria_that_came_late_are_judged_by_what_follows_them() -> None:
    late = weighed(on="2025-03-10")
    assert word(national(late).judge(AWC_03)) == "pass"  # AWC-02 judges that they were late
    assert word(national(late, weighed(*SWAPPED, number=2, on=LATER)).judge(AWC_03)) == "violation"


# ---------------------------------------------------------------------------------------- AWC-04


def about(what: CriterionAbout, number: int = 1, on: str = "2025-03-03") -> CriteriaPublished:
    quality = Criterion(name="quality", weight=BasisPoints(6_000), about=CriterionAbout.TENDER)
    other = Criterion(name="other", weight=BasisPoints(4_000), about=what)
    return weighed(criteria=(quality, other), number=number, on=on)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (CriterionAbout.TENDER, "pass"),
        (CriterionAbout.TENDERER, "violation"),
        (CriterionAbout.CIRCLE_MEMBERSHIP, "violation"),
        (CriterionAbout.LOCALITY, "violation"),
    ],
)
def test_the_award_looks_at_the_tender_only(what: CriterionAbout, expected: str) -> None:
    assert word(national(about(what)).judge(AWC_04)) == expected
    assert word(private(about(what)).judge(AWC_04)) == expected


def test_a_draft_of_before_the_notice_harms_nobody_but_a_later_version_does() -> None:
    draft = about(CriterionAbout.TENDERER, on="2025-02-01")
    assert word(national(draft, weighed(number=2)).judge(AWC_04)) == "pass"
    later = about(CriterionAbout.TENDERER, number=2, on=LATER)
    assert word(national(weighed(), later).judge(AWC_04)) == "violation"


def test_the_criterion_at_fault_is_named() -> None:
    verdict = national(about(CriterionAbout.CIRCLE_MEMBERSHIP)).judge(AWC_04)
    assert isinstance(verdict, Violation)
    assert "other (lidmaatschap van de kring)" in verdict.why.nl
    assert "other (membership of the circle)" in verdict.why.en


# ------------------------------------------------------------------------------ all of the family


def test_where_nobody_competes_no_criterion_decides() -> None:
    for rule in RULES:
        assert isinstance(single(weighed(), *bid(ALBA)).judge(rule), NotApplicable), rule.id


def test_without_criteria_or_opening_nothing_can_be_said() -> None:
    for rule in RULES:
        assert isinstance(european().judge(rule), Indeterminate), rule.id
        assert isinstance(Story().judge(rule), Indeterminate), rule.id
