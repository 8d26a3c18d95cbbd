"""Who sits in a circle, and for how long: CIR-01, CIR-03 and CIR-07."""

from __future__ import annotations

import pytest

from domain.circle.membership import EntryGround, EntryOutcome, MemberJoined, MemberLeft
from domain.circle.seats import Side
from domain.law.parameter_keys import ParameterKey
from domain.member.organisation import LegalForm, MemberRegistered, OrganisationKind
from domain.rules.circle import RULES
from domain.rules.circle.seats import CIR_01, CIR_03, CIR_07
from domain.rules.rule import (
    NotApplicable,
    Pass,
    Severity,
    Subject,
    Violation,
    Warn,
)
from domain.terms import Fact
from tests.given import Story, at
from tests.kring import FIRMS, answered, circle, joined, met, scheduled, seat, vacated, wish
from tests.work import ALBA, HAVIK, adopted, registered, word

ROTATION = ParameterKey.SEAT_ROTATION


def test_the_family_judges_circles() -> None:
    assert [(rule.id, rule.severity) for rule in RULES] == [
        ("CIR-01", Severity.ADVISORY),
        ("CIR-03", Severity.ADVISORY),
        ("CIR-07", Severity.MINOR),
        ("CIR-08", Severity.MINOR),
        ("CIR-09", Severity.MAJOR),
    ]
    assert {rule.subject for rule in RULES} == {Subject.CIRCLE}


@pytest.mark.parametrize("number", range(5))
def test_where_no_circle_heard_of_the_project_there_is_none_to_judge(number: int) -> None:
    assert isinstance(Story().project(registered()).judge(RULES[number]), NotApplicable)


# ---------------------------------------------------------------------------------------- CIR-01


@pytest.mark.parametrize(
    ("seats", "expected"), [(6, "warn"), (7, "pass"), (8, "pass"), (9, "warn")]
)
def test_seven_or_eight_sme_seats_are_taken_at_a_meeting(seats: int, expected: str) -> None:
    assert word(circle(met("2025-01-20"), sme=seats).judge(CIR_01)) == expected


def test_seats_are_counted_on_the_day_of_each_meeting() -> None:
    """Between two meetings a seat may stand empty."""
    gap = (vacated(7, "2025-02-03"), seat(7, "2025-03-03", by=ALBA))
    before_and_after = circle(met("2025-01-20"), *gap, met("2025-03-04"))
    assert isinstance(before_and_after.judge(CIR_01), Pass)
    within = circle(met("2025-01-20"), *gap, met("2025-02-10"))
    verdict = within.judge(CIR_01)
    assert isinstance(verdict, Warn)
    assert "10 februari 2025 waren er 6 mkb-zetels" in verdict.why.nl
    assert "7 to 8" in verdict.why.en


def test_a_seat_given_up_on_the_very_moment_is_free() -> None:
    assert isinstance(circle(vacated(7, "2025-01-20"), met("2025-01-20")).judge(CIR_01), Warn)
    taken = circle(vacated(7, "2025-01-20"), seat(7, "2025-01-20", by=ALBA), met("2025-01-20"))
    assert isinstance(taken.judge(CIR_01), Pass)


def test_who_leaves_the_circle_gives_up_the_seat() -> None:
    left = MemberLeft(occurred_at=at("2025-01-13"), member=FIRMS[0])
    assert isinstance(circle(left, met("2025-01-20")).judge(CIR_01), Warn)
    other = MemberLeft(occurred_at=at("2025-01-13"), member=HAVIK)
    assert isinstance(circle(other, met("2025-01-20")).judge(CIR_01), Pass)


def test_only_the_sme_side_counts() -> None:
    assert isinstance(circle(met("2025-01-20"), sme=6, municipal=5).judge(CIR_01), Warn)


def test_meetings_before_the_project_and_after_the_judging_are_not_its_affair() -> None:
    story = circle(met("2025-01-03"), met("2025-02-10"), sme=6)
    assert isinstance(story.judge(CIR_01, judged="2025-02-09"), Pass)
    assert isinstance(story.judge(CIR_01, judged="2025-02-10 18:00"), Warn)
    first_day = circle(met("2025-01-06 08:00"), sme=6)
    assert isinstance(first_day.judge(CIR_01), Warn)


def test_even_an_adopted_number_of_sme_seats_only_warns() -> None:
    own = adopted(ParameterKey.SME_SEATS_AT_LEAST, 8)
    assert isinstance(circle(met("2025-01-20")).judge(CIR_01, parameters=own), Warn)


# ---------------------------------------------------------------------------------------- CIR-03


@pytest.mark.parametrize(
    ("seats", "expected"), [(2, "violation"), (3, "pass"), (5, "pass"), (6, "violation")]
)
def test_three_to_five_municipal_seats_are_taken(seats: int, expected: str) -> None:
    assert word(circle(municipal=seats).judge(CIR_03)) == expected
    assert word(circle(met("2025-01-20"), municipal=seats).judge(CIR_03)) == expected


def test_a_meeting_with_too_few_is_not_mended_by_today() -> None:
    side = Side.MUNICIPAL
    facts = (
        vacated(4, "2025-01-13", side=side),
        vacated(3, "2025-01-13", side=side),
        met("2025-01-20"),
        seat(3, "2025-02-03", side=side),
    )
    verdict = circle(*facts).judge(CIR_03)
    assert isinstance(verdict, Violation)
    assert verdict.severity is None
    assert "Op 20 januari 2025 waren er 2 gemeentelijke zetels" in verdict.why.nl
    assert isinstance(circle(*facts[:2], *facts[3:]).judge(CIR_03), Pass)


# ---------------------------------------------------------------------------------------- CIR-07


def test_a_circle_has_a_rotation_schedule() -> None:
    assert isinstance(circle().judge(CIR_07), Pass)
    verdict = circle(schedule=False).judge(CIR_07)
    assert isinstance(verdict, Violation)
    assert verdict.evidence == (2,)
    later = circle(scheduled("2025-02-03"), schedule=False)
    assert isinstance(later.judge(CIR_07, judged="2025-02-02"), Violation)
    assert isinstance(later.judge(CIR_07, judged="2025-02-04"), Pass)


def test_a_seat_may_be_held_long_while_nobody_waits() -> None:
    assert isinstance(circle().judge(CIR_07, judged="2028-12-01"), Pass)


@pytest.mark.parametrize(
    ("judged", "expected"), [("2025-01-16 23:00", "pass"), ("2025-01-17", "violation")]
)
def test_while_a_firm_waits_no_seat_is_held_longer_than_two_years(
    judged: str, expected: str
) -> None:
    story = circle(wish("2025-01-08"), answered("2025-01-08", EntryOutcome.WAITING))
    own = adopted(ROTATION, 24)
    assert word(story.judge(CIR_07, judged=judged, parameters=own)) == expected


def test_without_adoption_a_seat_held_too_long_only_warns() -> None:
    story = circle(wish("2025-01-08"))
    assert isinstance(story.judge(CIR_07), Warn)
    assert isinstance(story.judge(CIR_07, parameters=adopted(ROTATION, 24)), Violation)
    assert isinstance(story.judge(CIR_07, parameters=adopted(ROTATION, 60)), Pass)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((wish("2025-02-03"),), "warn"),  # eligible and unanswered
        ((wish("2025-02-03", eligible=False),), "pass"),
        (
            (wish("2025-02-03", eligible=False), answered("2025-02-04", EntryOutcome.WAITING)),
            "warn",
        ),
        ((wish("2025-02-03"), answered("2025-02-10", EntryOutcome.WAITING)), "warn"),
        ((wish("2025-02-03"), answered("2025-02-10", EntryOutcome.ADMITTED)), "warn"),
        ((wish("2025-02-03"), joined("2025-02-03 17:00")), "pass"),  # the same day
        ((wish("2025-02-03"), joined("2025-02-04")), "warn"),  # it waited a day
        ((wish("2025-02-03"), seat(8, "2025-02-03 16:00", by=HAVIK)), "pass"),
        ((wish("2025-02-03"), answered("2025-02-03", EntryOutcome.REFUSED)), "pass"),
    ],
)
def test_a_firm_waits_from_its_request_until_it_sits_or_is_refused(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(circle(*facts).judge(CIR_07)) == expected


def test_only_what_comes_after_the_request_and_is_its_own_ends_a_wait() -> None:
    another = MemberJoined(occurred_at=at("2025-02-03 17:00"), member=ALBA)
    assert isinstance(circle(wish("2025-02-03"), another).judge(CIR_07), Warn)
    earlier = (
        wish("2024-02-05", eligible=False),
        answered("2024-02-06", EntryOutcome.REFUSED, EntryGround.NO_WORK_IN_MUNICIPALITY),
    )
    assert isinstance(circle(*earlier, wish("2025-02-03")).judge(CIR_07), Warn)


def test_a_seat_that_rotated_begins_anew() -> None:
    rotated = [
        fact
        for number in range(1, 8)
        for fact in (vacated(number, "2024-06-03"), seat(number, "2024-06-03", by=FIRMS[7]))
    ]
    story = circle(*rotated, wish("2025-02-03"))
    assert isinstance(story.judge(CIR_07, judged="2026-06-03"), Pass)
    assert isinstance(story.judge(CIR_07, judged="2026-06-04"), Warn)


def test_another_person_of_the_same_firm_is_no_rotation() -> None:
    same = [
        fact
        for number in range(1, 8)
        for fact in (vacated(number, "2024-06-03"), seat(number, "2024-06-10"))
    ]
    verdict = circle(*same, wish("2025-02-03")).judge(CIR_07)
    assert isinstance(verdict, Warn)
    assert "16 januari 2023" in verdict.why.nl


def test_a_wait_that_ended_before_the_seat_was_too_old_is_no_breach() -> None:
    story = circle(wish("2025-01-08"), joined("2025-01-17"))
    assert isinstance(story.judge(CIR_07), Pass)
    assert isinstance(circle(wish("2025-01-08"), joined("2025-01-18")).judge(CIR_07), Warn)


def test_a_seat_given_up_in_time_is_no_breach() -> None:
    freed = [vacated(number, "2025-01-17") for number in range(1, 8)]
    assert isinstance(circle(*freed, wish("2025-01-08")).judge(CIR_07), Pass)


def test_a_wait_before_the_project_began_is_not_its_affair() -> None:
    facts = (wish("2025-02-03"), joined("2025-03-03"))
    assert isinstance(circle(*facts, start="2025-03-03").judge(CIR_07), Pass)
    assert isinstance(circle(*facts, start="2025-03-02").judge(CIR_07), Warn)


def test_municipal_seats_need_not_rotate() -> None:
    assert isinstance(circle(wish("2025-02-03"), sme=0).judge(CIR_07), Pass)


def test_the_verdict_names_who_sits_and_who_waits() -> None:
    story = circle(wish("2025-02-03"))
    story.member(
        HAVIK,
        MemberRegistered(
            occurred_at=at("2023-01-09"),
            name="Havik Wegenbouw BV",
            kind=OrganisationKind.CONTRACTOR,
            legal_form=LegalForm.PRIVATE_LIMITED,
        ),
    )
    verdict = story.judge(CIR_07)
    assert isinstance(verdict, Warn)
    assert "zetel sme-1" in verdict.why.nl
    assert "Havik Wegenbouw BV sinds 3 februari 2025" in verdict.why.nl
    assert "longer than 24 months" in verdict.why.en
    assert len(verdict.evidence) == 3
