"""CIR: who sits in a circle, how it rotates, what it publishes, whom it lets in."""

from __future__ import annotations

import pytest

from domain.circle import (
    AgendaItem,
    AgendaKind,
    CircleFounded,
    EntryAnswered,
    EntryGround,
    EntryOutcome,
    EntryRequested,
    MeetingHeld,
    MemberJoined,
    MemberLeft,
    ReportPublished,
    RotationScheduled,
    SeatRole,
    SeatTaken,
    SeatVacated,
    Side,
)
from domain.convenant_project.preparation import ProjectDiscussed
from domain.member import LegalForm, MemberRegistered, OrganisationKind
from domain.rules.circle import RULES
from domain.rules.circle.openness import CIR_08, CIR_09
from domain.rules.circle.seats import CIR_01, CIR_03, CIR_07
from domain.rules.parameter_keys import ParameterKey
from domain.rules.rule import (
    Indeterminate,
    NotApplicable,
    Pass,
    Severity,
    Subject,
    Violation,
    Warn,
)
from domain.terms import CircleId, Code, Fact, MemberId, ProjectId
from tests.given import CIRCLE, PROJECT, Story, at, member, person, project
from tests.work import ALBA, HAVIK, NOORDERDAM, adopted, registered, word

FIRMS = tuple(member(f"firma {number}") for number in range(1, 10))
ROTATION = ParameterKey.SEAT_ROTATION
ANSWER = ParameterKey.ENTRY_ANSWER
REPORT = ParameterKey.REPORT_PUBLICATION


def seat(
    number: int, on: str = "2023-01-16", *, side: Side = Side.SME, by: MemberId | None = None
) -> SeatTaken:
    who = (by or FIRMS[number - 1]) if side is Side.SME else NOORDERDAM
    return SeatTaken(
        occurred_at=at(on),
        seat=Code(f"{side}-{number}"),
        side=side,
        member=who,
        person=person(f"{side} {number} {who}"),
        roles=(SeatRole.DIRECTOR,),
    )


def vacated(number: int, on: str, *, side: Side = Side.SME) -> SeatVacated:
    return SeatVacated(occurred_at=at(on), seat=Code(f"{side}-{number}"))


def met(on: str, *about: ProjectId) -> MeetingHeld:
    return MeetingHeld(
        occurred_at=at(on),
        meeting=Code(on[:10]),
        agenda=(
            AgendaItem(kind=AgendaKind.KLAAGPAAL, title="Klaagpaal"),
            *(AgendaItem(kind=AgendaKind.PROJECT, title="Werk", project=each) for each in about),
        ),
        attendance=(),
        competition_statement=True,
    )


def scheduled(on: str = "2023-03-01") -> RotationScheduled:
    return RotationScheduled(occurred_at=at(on), order=FIRMS, review_months=24)


def circle(
    *facts: Fact, sme: int = 7, municipal: int = 4, schedule: bool = True, start: str = "2025-01-06"
) -> Story:
    """A project that begins on `start`, and a circle since January 2023 that heard of it."""
    founded = CircleFounded(
        occurred_at=at("2023-01-16"),
        name="Kenniskring Noorderdam",
        authority=NOORDERDAM,
        municipality_code="gm9901",
        region="Noorderdam",
    )
    return (
        Story()
        .project(registered(start))
        .circle(
            founded,
            *(seat(number) for number in range(1, sme + 1)),
            *(seat(number, side=Side.MUNICIPAL) for number in range(1, municipal + 1)),
            *((scheduled(),) if schedule else ()),
            *facts,
        )
    )


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


def wish(on: str, *, eligible: bool = True) -> EntryRequested:
    return EntryRequested(occurred_at=at(on), member=HAVIK, meets_condition=eligible)


def answered(
    on: str,
    outcome: EntryOutcome,
    ground: EntryGround = EntryGround.WORKED_IN_MUNICIPALITY,
) -> EntryAnswered:
    return EntryAnswered(
        occurred_at=at(on), member=HAVIK, outcome=outcome, ground=ground, reason="zie verslag"
    )


def joined(on: str) -> MemberJoined:
    return MemberJoined(occurred_at=at(on), member=HAVIK)


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
