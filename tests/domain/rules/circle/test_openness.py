"""What a circle publishes and whom it lets in: CIR-08 and CIR-09."""

from __future__ import annotations

import pytest

from domain.circle.meetings import ReportPublished
from domain.circle.membership import EntryAnswered, EntryGround, EntryOutcome
from domain.convenant_project.preparation import ProjectDiscussed
from domain.law.parameter_keys import ParameterKey
from domain.rules.circle.openness import CIR_08, CIR_09
from domain.rules.circle.seats import CIR_01, CIR_07
from domain.rules.rule import (
    Indeterminate,
    Pass,
    Severity,
    Violation,
    Warn,
)
from domain.terms import CircleId, Code, ProjectId
from tests.given import CIRCLE, PROJECT, Story, at, project
from tests.kring import answered, circle, joined, met, wish
from tests.work import ALBA, adopted, word

ANSWER = ParameterKey.ENTRY_ANSWER
REPORT = ParameterKey.REPORT_PUBLICATION


# ---------------------------------------------------------------------------------------- CIR-08


def report(meeting: str, on: str, *about: ProjectId) -> ReportPublished:
    return ReportPublished(
        occurred_at=at(on),
        meeting=Code(meeting),
        url=f"https://noorderdam.example/kenniskring/{meeting}",
        projects=about,
    )


@pytest.mark.parametrize(
    ("published", "judged", "expected"),
    [
        ("2025-02-17", "2025-06-02", "pass"),  # the 20th working day after Monday 20 January
        ("2025-02-17 23:59", "2025-06-02", "pass"),
        ("2025-02-18", "2025-06-02", "warn"),
        (None, "2025-02-17 23:59", "pass"),  # the term still runs
        (None, "2025-02-18", "warn"),
        ("2025-02-18", "2025-02-17", "pass"),
    ],
)
def test_a_report_stands_on_the_website_within_twenty_working_days(
    published: str | None, judged: str, expected: str
) -> None:
    story = circle(met("2025-01-20"))
    if published is not None:
        story.circle(report("2025-01-20", published))
    assert word(story.judge(CIR_08, judged=judged)) == expected


def test_holidays_are_no_working_days() -> None:
    """Good Friday, Easter Monday, Liberation Day and their like lie in between."""
    story = circle(met("2025-04-14"), report("2025-04-14", "2025-05-15"))
    assert isinstance(story.judge(CIR_08), Pass)
    late = circle(met("2025-04-14"), report("2025-04-14", "2025-05-16"))
    assert isinstance(late.judge(CIR_08), Warn)


def test_without_adoption_a_late_report_only_warns() -> None:
    story = circle(met("2025-01-20"))
    verdict = story.judge(CIR_08, parameters=adopted(REPORT, 20))
    assert isinstance(verdict, Violation)
    assert verdict.severity is Severity.MINOR
    assert "20 januari 2025" in verdict.why.nl
    assert "17 February 2025" in verdict.why.en
    assert isinstance(story.judge(CIR_08), Warn)


def test_a_late_report_about_a_project_weighs_more() -> None:
    own = adopted(REPORT, 20)
    other = project("ander werk")
    said = ProjectDiscussed(occurred_at=at("2025-01-20"), circle=CIRCLE, meeting=Code("2025-01-20"))
    cases = (
        circle(met("2025-01-20", PROJECT)),
        circle(met("2025-01-20", other)),
        circle(met("2025-01-20"), report("2025-01-20", "2025-03-03", other)),
        circle(met("2025-01-20")).project(said),
    )
    for story in cases:
        verdict = story.judge(CIR_08, parameters=own)
        assert isinstance(verdict, Violation)
        assert verdict.severity is Severity.MAJOR


def test_what_this_project_said_elsewhere_does_not_weigh_here() -> None:
    """Discussed at another meeting of this circle, or at a meeting of that name in another."""
    own = adopted(REPORT, 20)
    for which, where in (("2025-01-27", CIRCLE), ("2025-01-20", CircleId(project("andere kring")))):
        said = ProjectDiscussed(occurred_at=at("2025-01-20"), circle=where, meeting=Code(which))
        verdict = circle(met("2025-01-20")).project(said).judge(CIR_08, parameters=own)
        assert isinstance(verdict, Violation)
        assert verdict.severity is Severity.MINOR


def test_each_late_meeting_is_told_and_the_gravest_decides() -> None:
    story = circle(
        met("2025-01-20"),
        met("2025-02-10", PROJECT),
        met("2025-03-10"),
        report("2025-03-10", "2025-03-24"),
    )
    verdict = story.judge(CIR_08, parameters=adopted(REPORT, 20))
    assert isinstance(verdict, Violation)
    assert verdict.severity is Severity.MAJOR
    assert "20 januari 2025" in verdict.why.nl
    assert "10 februari 2025" in verdict.why.nl
    assert "10 maart 2025 " not in verdict.why.nl


def test_a_report_of_another_meeting_does_not_serve() -> None:
    story = circle(met("2025-01-20"), met("2025-01-27"), report("2025-01-27", "2025-02-03"))
    assert isinstance(story.judge(CIR_08), Warn)


def test_a_meeting_before_the_project_is_not_its_affair() -> None:
    assert isinstance(circle(met("2025-01-03")).judge(CIR_08), Pass)


def test_a_year_without_loaded_holidays_is_not_judged() -> None:
    verdict = circle(met("2028-12-27")).judge(CIR_08, judged="2029-06-01")
    assert isinstance(verdict, Indeterminate)


# ---------------------------------------------------------------------------------------- CIR-09

NO_WORK = EntryGround.NO_WORK_IN_MUNICIPALITY


@pytest.mark.parametrize(
    ("eligible", "ground", "expected"),
    [
        (False, NO_WORK, "pass"),
        (True, NO_WORK, "violation"),  # the request itself met the condition
        (False, EntryGround.OTHER, "violation"),
        (True, EntryGround.OTHER, "violation"),
        (True, EntryGround.WORKED_IN_MUNICIPALITY, "violation"),
    ],
)
def test_only_who_has_not_worked_in_the_municipality_is_refused(
    eligible: bool,  # noqa: FBT001
    ground: EntryGround,
    expected: str,
) -> None:
    facts = (
        wish("2025-02-03", eligible=eligible),
        answered("2025-02-10", EntryOutcome.REFUSED, ground),
    )
    assert word(circle(*facts).judge(CIR_09)) == expected


@pytest.mark.parametrize("outcome", [EntryOutcome.ADMITTED, EntryOutcome.WAITING])
def test_admitting_or_asking_to_wait_answers_a_request(outcome: EntryOutcome) -> None:
    facts = (wish("2025-02-03"), answered("2025-02-10", outcome))
    assert isinstance(circle(*facts).judge(CIR_09), Pass)


def test_joining_answers_a_request() -> None:
    assert isinstance(circle(wish("2025-02-03"), joined("2025-02-10")).judge(CIR_09), Pass)


@pytest.mark.parametrize(
    ("answer", "judged", "expected"),
    [
        (None, "2025-03-05 23:00", "pass"),  # exactly 30 days
        (None, "2025-03-06", "warn"),
        ("2025-03-05", "2025-06-02", "pass"),
        ("2025-03-06", "2025-06-02", "warn"),  # it lay unanswered until then
        ("2025-03-06", "2025-03-05", "pass"),
    ],
)
def test_a_request_is_answered_within_thirty_days(
    answer: str | None, judged: str, expected: str
) -> None:
    story = circle(wish("2025-02-03"))
    if answer is not None:
        story.circle(answered(answer, EntryOutcome.WAITING))
    assert word(story.judge(CIR_09, judged=judged)) == expected


def test_an_answer_is_the_firms_own_and_may_come_at_once() -> None:
    at_once = circle(wish("2025-02-03"), joined("2025-02-03"))
    assert isinstance(at_once.judge(CIR_09), Pass)
    assert isinstance(at_once.judge(CIR_07), Pass)
    another = EntryAnswered(
        occurred_at=at("2025-02-10"),
        member=ALBA,
        outcome=EntryOutcome.ADMITTED,
        ground=EntryGround.WORKED_IN_MUNICIPALITY,
        reason="zie verslag",
    )
    assert isinstance(circle(wish("2025-02-03"), another).judge(CIR_09), Warn)


def test_the_term_convicts_only_whom_it_binds_but_a_refusal_always_does() -> None:
    slow = circle(wish("2025-02-03"))
    assert isinstance(slow.judge(CIR_09), Warn)
    assert isinstance(slow.judge(CIR_09, parameters=adopted(ANSWER, 30)), Violation)
    refused = circle(
        wish("2025-02-03"), answered("2025-04-01", EntryOutcome.REFUSED, EntryGround.OTHER)
    )
    verdict = refused.judge(CIR_09)
    assert isinstance(verdict, Violation)
    assert "1 april 2025 geweigerd" in verdict.why.nl
    assert "more than 30 days" in verdict.why.en


def test_a_second_request_has_an_answer_of_its_own() -> None:
    facts = (
        wish("2025-02-03", eligible=False),
        answered("2025-02-10", EntryOutcome.REFUSED, NO_WORK),
        wish("2025-09-01"),
    )
    story = circle(*facts)
    assert isinstance(story.judge(CIR_09, judged="2025-10-01"), Pass)
    assert isinstance(story.judge(CIR_09, judged="2025-10-02"), Warn)


def test_a_request_settled_before_the_project_began_is_not_its_affair() -> None:
    facts = (
        wish("2025-02-03"),
        answered("2025-02-10", EntryOutcome.REFUSED, EntryGround.OTHER),
    )
    assert isinstance(circle(*facts, start="2025-02-11").judge(CIR_09), Pass)
    assert isinstance(circle(*facts, start="2025-02-10").judge(CIR_09), Violation)
    still_open = circle(wish("2025-02-03"), start="2025-04-01")
    assert isinstance(still_open.judge(CIR_09), Warn)


def test_a_refusal_counts_from_the_day_it_was_given() -> None:
    facts = (
        wish("2025-02-10"),
        answered("2025-02-10 17:00", EntryOutcome.REFUSED, EntryGround.OTHER),
    )
    assert isinstance(circle(*facts).judge(CIR_09, judged="2025-02-10 18:00"), Violation)


def test_without_a_registered_project_the_whole_life_of_the_circle_is_judged() -> None:
    facts = (
        wish("2025-02-03"),
        answered("2025-02-10", EntryOutcome.REFUSED, EntryGround.OTHER),
    )
    assert isinstance(Story().circle(*facts).judge(CIR_09), Violation)
    assert isinstance(Story().circle(wish("2025-02-03")).judge(CIR_09), Warn)
    assert isinstance(Story().circle(met("2023-02-06")).judge(CIR_01), Warn)


def test_a_circle_that_nobody_asked_to_join_is_open() -> None:
    assert isinstance(circle().judge(CIR_09), Pass)
