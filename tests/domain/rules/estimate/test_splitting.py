"""Contracts that may be one contract cut into pieces: THR-05."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.convenant_project.contract_design import MotivationSubject
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.procedure import OutsideRegime, ProcedureType
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.rules.estimate.splitting import THR_05
from domain.rules.rule import (
    Indeterminate,
    Pass,
    Violation,
    Warn,
)
from domain.terms import Fact
from tests.given import Story, at, member, project
from tests.work import (
    ALBA,
    HAVIK,
    estimated,
    invited,
    motivated,
    noticed,
    registered,
    signed,
    started,
    word,
)

OPEN, EU_OPEN = ProcedureType.NATIONAL_OPEN, ProcedureType.EUROPEAN_OPEN
PRIVATE = ProcedureType.PRIVATE_MULTIPLE


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
