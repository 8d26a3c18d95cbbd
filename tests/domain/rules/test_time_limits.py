"""TML: enough time to tender, the same for all, and more of it when things change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.convenant_project.knowledge import Relevance
from domain.convenant_project.preparation import ProjectAnnounced, PublicChannel
from domain.convenant_project.procedure import CrossBorderInterest, OfflineGround, ProcedureType
from domain.convenant_project.questions import QuestionAnsweredSeparately
from domain.convenant_project.tendering import CandidateRegistered
from domain.law.adoption import Adopted
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import parameters_in_force
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Severity, Violation, Warn
from domain.rules.time_limits import RULES
from domain.rules.time_limits.changes import TML_05
from domain.rules.time_limits.documents_online import TML_03
from domain.rules.time_limits.invitations import TML_08
from domain.rules.time_limits.questions import TML_04
from domain.rules.time_limits.tender_period import TML_01
from domain.terms import Code, Fact
from tests.given import Story, at
from tests.tendered import (
    ADOPTED,
    CLOSES,
    OPENED,
    asked,
    bid,
    deadline,
    decided,
    disclosed,
    european,
    fixed,
    letters,
    moved,
    national,
    notice,
    private,
    published,
    renewed,
    single,
    version,
    weighed,
)
from tests.work import (
    ALBA,
    CRANENDONK,
    DUINRAND,
    HAVIK,
    estimated,
    invited,
    noticed,
    registered,
    started,
    word,
)

RESTRICTED = ProcedureType.EUROPEAN_RESTRICTED
QUESTION = "Q1"


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    assert [rule.id for rule in RULES] == ["TML-01", "TML-03", "TML-04", "TML-05", "TML-08"]


# ---------------------------------------------------------------------------------------- TML-01


@pytest.mark.parametrize(
    ("story", "expected", "severity"),
    [
        (european(closes="2025-04-12 10:00"), "pass", None),  # 40 = 45 - 5
        (european(closes="2025-04-11 23:59"), "violation", Severity.BLOCKER),
        (european(closes="2025-04-17 10:00", electronic=False), "pass", None),
        (european(closes="2025-04-16 10:00", electronic=False), "violation", Severity.BLOCKER),
        (european(closes="2025-03-18 10:00", urgency=True), "pass", None),
        (european(closes="2025-03-17 10:00", urgency=True), "violation", Severity.BLOCKER),
        (national(closes="2025-04-04 10:00"), "pass", None),  # 32
        (national(closes="2025-04-03 10:00"), "violation", Severity.MAJOR),
        (national(closes="2025-04-05 10:00"), "pass", None),
    ],
)
def test_the_period_has_a_minimum_of_calendar_days(
    story: Story, expected: str, severity: Severity | None
) -> None:
    verdict = story.judge(TML_01)
    assert word(verdict) == expected
    assert getattr(verdict, "severity", None) is severity


@pytest.mark.parametrize(
    ("closes", "expected"), [("2025-04-17 10:00", "pass"), ("2025-04-16 10:00", "violation")]
)
def test_documents_that_may_stay_offline_cost_five_days(closes: str, expected: str) -> None:
    """U5: 45 + 5 - 5 days with electronic submission."""
    verdict = european(closes=closes, offline_ground=OfflineGround.AW_2_66_3).judge(TML_01)
    assert word(verdict) == expected
    assert isinstance(verdict, Pass | Violation)
    assert "45 - 5 + 5" in verdict.why.nl


def test_the_deadline_as_it_ended_up_decides() -> None:
    short = national(closes="2025-04-03 10:00")
    assert word(short.project(moved("2025-04-04 10:00", "2025-03-20")).judge(TML_01)) == "pass"
    long = national()
    assert word(long.project(moved("2025-04-03 10:00", "2025-03-20")).judge(TML_01)) == "violation"


@pytest.mark.parametrize(
    ("sent", "closes", "expected"),
    [
        ("2025-01-10", "2025-04-01 10:00", "pass"),  # 52 days before: 29 will do
        ("2025-01-11", "2025-04-01 10:00", "violation"),  # 51 days before: 40
        ("2024-03-03", "2025-04-01 10:00", "pass"),  # twelve months before
        ("2024-03-02", "2025-04-01 10:00", "violation"),
        ("2025-01-10", "2025-03-31 10:00", "warn"),  # 28: the rule is 29, never below 22
        ("2025-01-10", "2025-03-25 10:00", "warn"),  # 22
        ("2025-01-10", "2025-03-24 10:00", "violation"),
    ],
)
def test_a_prior_notice_shortens_the_period(sent: str, closes: str, expected: str) -> None:
    announced = ProjectAnnounced(
        occurred_at=at(sent), channel=PublicChannel.TENDERNED, prior_notice=True
    )
    assert word(european(announced, closes=closes).judge(TML_01)) == expected


def test_a_line_on_the_procurement_calendar_is_no_prior_notice() -> None:
    planned = ProjectAnnounced(
        occurred_at=at("2025-01-10"), channel=PublicChannel.PROCUREMENT_CALENDAR
    )
    assert word(european(planned, closes="2025-04-01 10:00").judge(TML_01)) == "violation"


@pytest.mark.parametrize(
    ("last", "expected"), [("2025-03-10", "pass"), ("2025-03-11", "violation")]
)
def test_in_a_restricted_procedure_the_period_runs_from_the_last_invitation(
    last: str, expected: str
) -> None:
    story = european(
        *invited(ALBA, on="2025-03-05"), *invited(HAVIK, on=last), procedure=RESTRICTED
    )
    assert word(story.judge(TML_01)) == expected  # 35 days to 14 April


def test_without_invitations_the_period_of_a_restricted_procedure_has_not_begun() -> None:
    verdict = european(procedure=RESTRICTED).judge(TML_01)
    assert isinstance(verdict, Indeterminate)
    assert "invitations" in verdict.missing.en


def test_a_notice_makes_a_private_procedure_an_open_one() -> None:
    announced = national(closes="2025-04-03 10:00", procedure=ProcedureType.PRIVATE_MULTIPLE)
    assert word(announced.judge(TML_01)) == "violation"
    assert word(national(procedure=ProcedureType.PRIVATE_MULTIPLE).judge(TML_01)) == "pass"


def test_a_private_procedure_of_european_worth_is_held_to_the_european_period() -> None:
    story = Story().project(
        registered(),
        estimated(7_100_000),
        started(ProcedureType.PRIVATE_MULTIPLE),
        *invited(ALBA, HAVIK),
    )
    short = story.project(deadline("2025-04-11 10:00"))
    assert word(short.judge(TML_01)) == "violation"


@pytest.mark.parametrize(
    "story",
    [
        private(),
        single(),
        private(cross_border_interest=CrossBorderInterest.CLEAR),
        european(procedure=ProcedureType.COMPETITIVE_DIALOGUE),
        european(procedure=ProcedureType.NEGOTIATION_WITHOUT_NOTICE),
    ],
)
def test_where_the_law_sets_no_minimum_nothing_is_judged(story: Story) -> None:
    assert isinstance(story.judge(TML_01), NotApplicable)


@pytest.mark.parametrize(
    "story",
    [
        national(closes=None),
        Story().project(registered(), started(ProcedureType.NATIONAL_OPEN), *noticed()),
        Story().project(registered(), estimated(2_900_000), *noticed()),
        Story(),
    ],
)
def test_without_deadline_estimate_or_procedure_the_period_cannot_be_judged(story: Story) -> None:
    assert isinstance(story.judge(TML_01), Indeterminate)


def test_a_year_without_thresholds_cannot_be_judged() -> None:
    story = Story().project(
        registered("2027-11-01"),
        estimated(2_900_000, "2027-12-01"),
        started(ProcedureType.NATIONAL_OPEN, "2027-12-06"),
        *noticed("2028-01-03"),
        deadline("2028-02-14 10:00"),
    )
    for rule in RULES:
        assert isinstance(story.judge(rule), Indeterminate), rule.id


def test_a_new_notice_starts_the_period_anew() -> None:
    story = national(renewed("2025-03-17"))
    assert word(story.judge(TML_01)) == "violation"  # 28 days are left
    assert word(story.project(moved("2025-04-18 10:00", "2025-03-17")).judge(TML_01)) == "pass"


def test_a_new_notice_after_the_close_has_a_deadline_of_its_own() -> None:
    story = national(renewed("2025-05-05"), moved("2025-06-06 10:00", "2025-05-05"))
    assert word(story.judge(TML_01)) == "pass"
    unmoved = national(moved("2025-06-06 10:00", "2025-05-05"))
    assert unmoved.case().deadline == at(CLOSES)


# ---------------------------------------------------------------------------------------- TML-03


def with_documents(*facts: Fact, **procedure: Any) -> Story:
    """A European procedure with D1 and D2 online from the first day."""
    return european(
        version("D1"), version("D2"), fixed("D1", "D2"), *published("D1", "D2"), *facts, **procedure
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        # held back: it existed, and came on the portal during the term
        ((version("D14"), *published("D14", on="2025-04-11")), "violation"),
        # the same, with the tender documents fixed anew
        (
            (
                version("D14"),
                fixed("D1", "D2", "D14", on="2025-04-11"),
                *published("D14", on="2025-04-11"),
            ),
            "violation",
        ),
        # taken up later, and never published
        ((version("D14"), fixed("D1", "D2", "D14", on="2025-04-11")), "violation"),
        # made after the notice: a change
        (
            (
                version("D14", on="2025-03-20"),
                fixed("D1", "D2", "D14", on="2025-03-20"),
                *published("D14", on="2025-03-20"),
            ),
            "pass",
        ),
        # a new version of what was there: a change
        (
            (
                version("D2", 2, on="2025-03-20"),
                fixed("D1", "D2 v2", on="2025-03-20"),
                *published("D2 v2", on="2025-03-20"),
            ),
            "pass",
        ),
        # it existed, but nobody made it a tender document
        ((version("D14"), *disclosed("D14", to=(ALBA,), on="2025-02-18")), "pass"),
        # at the very close it still belongs to them
        ((version("D14"), *published("D14", on="2025-04-14 10:00")), "violation"),
        # made the minute the notice went out, and held back
        ((version("D14", on=OPENED), *published("D14", on="2025-03-20")), "violation"),
        # published after the close, when tenders are in
        ((version("D14"), *published("D14", on="2025-04-15")), "pass"),
        # published elsewhere: the calendar of the municipality is no place for tender documents
        (
            (
                version("D14"),
                *published("D14", on="2025-03-20", channel=PublicChannel.MUNICIPAL_WEBSITE),
            ),
            "pass",
        ),
    ],
)
def test_documents_are_online_from_the_first_day(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(with_documents(*facts).judge(TML_03)) == expected


@pytest.mark.parametrize(
    ("online", "expected"),
    [("2025-03-01", "pass"), ("2025-03-03 23:00", "pass"), ("2025-03-04 00:01", "violation")],
)
def test_the_day_of_the_notice_counts_not_its_hour(online: str, expected: str) -> None:
    story = european(version(), fixed("D1"), *published("D1", on=online))
    assert word(story.judge(TML_03)) == expected


def test_an_earlier_draft_does_not_stand_in_for_the_document_itself() -> None:
    story = european(
        version("D1", 1, on="2025-01-20"),
        *published("D1", on="2025-01-20", channel=PublicChannel.MUNICIPAL_WEBSITE),
        version("D1", 2),
        fixed("D1 v2"),
        *published("D1 v2", on="2025-03-10"),
    )
    assert word(story.judge(TML_03)) == "violation"


def test_a_newer_version_does_stand_in_for_the_one_that_was_fixed() -> None:
    story = european(version(), version(number=2), fixed("D1"), *published("D1 v2"))
    assert word(story.judge(TML_03)) == "pass"


def test_documents_fixed_only_after_the_notice_are_all_late() -> None:
    story = european(
        version(on="2025-03-05"),
        fixed("D1", on="2025-03-05"),
        *published("D1", on="2025-03-05"),
    )
    assert word(story.judge(TML_03)) == "violation"


def test_the_documents_as_they_were_fixed_at_the_notice_count_not_an_earlier_list() -> None:
    story = european(
        version("D1"),
        version("D2"),
        fixed("D1", on="2025-02-20"),
        fixed("D1", "D2"),
        *published("D1"),
    )
    verdict = story.judge(TML_03)
    assert isinstance(verdict, Violation)
    assert "D2" in verdict.why.nl
    assert "niet voor allen" in verdict.why.nl  # it never came


def test_the_first_invitation_of_each_counts_for_its_documents() -> None:
    story = private(
        version(),
        fixed("D1"),
        *disclosed("D1", to=(CRANENDONK, HAVIK)),
        *disclosed("D1", to=(ALBA,), on="2025-03-10"),
        *invited(ALBA, on="2025-03-10"),
    )
    assert word(story.judge(TML_03)) == "violation"


def test_of_several_late_documents_the_last_day_is_told() -> None:
    late = (
        version("D8"),
        *published("D8", on="2025-03-20"),
        version("D9"),
        *published("D9", on="2025-04-01"),
    )
    verdict = with_documents(*late).judge(TML_03)
    assert isinstance(verdict, Violation)
    assert "D8, D9" in verdict.why.nl
    assert "1 april 2025" in verdict.why.nl


def test_a_recorded_ground_keeps_documents_offline() -> None:
    story = european(version(), fixed("D1"), offline_ground=OfflineGround.AW_2_66_4)
    verdict = story.judge(TML_03)
    assert isinstance(verdict, Pass)
    assert "2.66(4)" in verdict.why.nl


def test_what_is_late_is_told_with_its_days() -> None:
    verdict = with_documents(version("D14"), *published("D14", on="2025-04-11")).judge(TML_03)
    assert isinstance(verdict, Violation)
    assert "D14" in verdict.why.nl
    assert "3 maart 2025" in verdict.why.nl
    assert "11 april 2025, 39 dagen later" in verdict.why.nl
    assert "11 April 2025, 39 days later" in verdict.why.en
    assert verdict.evidence
    assert verdict.remedy is not None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (disclosed("D1", to=(ALBA, CRANENDONK, HAVIK)), "pass"),
        (published("D1"), "pass"),
        (disclosed("D1", to=(ALBA, CRANENDONK)), "violation"),
        (
            (
                *disclosed("D1", to=(ALBA, CRANENDONK)),
                *disclosed("D1", to=(HAVIK,), on="2025-03-04"),
            ),
            "violation",
        ),
    ],
)
def test_in_a_private_procedure_each_invited_has_them_with_the_invitation(
    given: tuple[Fact, ...], expected: str
) -> None:
    assert word(private(version(), fixed("D1"), *given).judge(TML_03)) == expected


def test_who_is_invited_later_has_them_with_its_own_invitation() -> None:
    story = private(
        version(),
        fixed("D1"),
        *disclosed("D1", to=(ALBA, CRANENDONK, HAVIK)),
        *invited(DUINRAND, on="2025-03-10"),
        *disclosed("D1", to=(DUINRAND,), on="2025-03-10"),
    )
    assert word(story.judge(TML_03)) == "pass"


def test_what_members_were_told_in_january_is_no_tender_document_of_itself() -> None:
    """S09: D3 is not in the package, so nothing about it is late; INF-01 judges that."""
    story = private(
        version("D3"),
        *disclosed("D3", to=(ALBA,), on="2025-01-22"),
        version(),
        fixed("D1"),
        *disclosed("D1", to=(ALBA, CRANENDONK, HAVIK)),
    )
    assert word(story.judge(TML_03)) == "pass"


def test_without_tender_documents_nobody_can_say_whether_they_were_online() -> None:
    assert isinstance(european().judge(TML_03), Indeterminate)
    assert isinstance(single(version(), fixed("D1")).judge(TML_03), NotApplicable)


# ---------------------------------------------------------------------------------------- TML-04


@pytest.mark.parametrize(
    ("build", "answer", "expected"),
    [
        (european, "2025-04-04 17:00", "pass"),  # ten days before 14 April
        (european, "2025-04-05 09:00", "violation"),
        (national, "2025-04-08 17:00", "pass"),  # six days
        (national, "2025-04-09 09:00", "violation"),
    ],
)
def test_a_timely_question_is_answered_in_time(build: Any, answer: str, expected: str) -> None:
    story = build(asked(QUESTION), notice(1, QUESTION, on=answer))
    assert word(story.judge(TML_04)) == expected


def test_urgency_leaves_four_days() -> None:
    def story(answer: str) -> Story:
        return european(
            asked(QUESTION), notice(1, QUESTION, on=answer), closes="2025-03-20 10:00", urgency=True
        )

    assert word(story("2025-03-16").judge(TML_04)) == "pass"
    assert word(story("2025-03-17").judge(TML_04)) == "violation"


def test_the_term_of_a_private_procedure_binds_only_whoever_adopted_it() -> None:
    story = private(asked(QUESTION), notice(1, QUESTION, on="2025-04-09"))
    assert isinstance(story.judge(TML_04), Warn)
    assert isinstance(story.judge(TML_04, parameters=ADOPTED), Violation)
    in_time = private(asked(QUESTION), notice(1, QUESTION, on="2025-04-08"))
    assert word(in_time.judge(TML_04)) == "pass"


def test_clear_cross_border_interest_makes_the_six_days_law() -> None:
    story = private(
        asked(QUESTION),
        notice(1, QUESTION, on="2025-04-09"),
        cross_border_interest=CrossBorderInterest.CLEAR,
    )
    assert isinstance(story.judge(TML_04), Violation)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((asked(QUESTION, timely=False), notice(1, QUESTION, on="2025-04-12")), "pass"),
        ((asked(QUESTION),), "violation"),  # never answered, and the term is over
        ((asked(QUESTION), notice(1, on="2025-04-01")), "violation"),
        (
            (
                asked(QUESTION),
                notice(1, QUESTION, on="2025-04-10"),
                moved("2025-04-15 10:00", "2025-04-10"),
            ),
            "pass",  # extended; whether by enough is TML-05
        ),
        (
            (
                asked(QUESTION),
                moved("2025-04-15 10:00", "2025-04-01"),
                notice(1, QUESTION, on="2025-04-10"),
            ),
            "violation",  # extended before, not because of the answer
        ),
        (
            (
                asked(QUESTION),
                notice(1, QUESTION, on="2025-04-04"),
                notice(2, QUESTION, on="2025-04-10"),
            ),
            "pass",
        ),
        (
            (asked(QUESTION, on="2025-02-20"), notice(1, on="2025-04-10")),
            "pass",
        ),  # before the notice
    ],
)
def test_which_answers_count_as_late(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(european(*facts).judge(TML_04)) == expected


def test_an_answer_to_the_asker_alone_is_an_answer() -> None:
    answer = QuestionAnsweredSeparately(
        occurred_at=at("2025-04-04"), question=Code(QUESTION), recipients=(ALBA,), confidential=True
    )
    assert word(european(asked(QUESTION), answer).judge(TML_04)) == "pass"


def test_while_there_is_time_an_open_question_is_no_breach() -> None:
    story = european(asked(QUESTION))
    assert word(story.judge(TML_04, judged="2025-04-04")) == "pass"
    assert word(story.judge(TML_04, judged="2025-04-05")) == "violation"


def test_in_the_selection_phase_no_last_day_exists() -> None:
    story = european(
        asked(QUESTION, on="2025-03-05"),
        *invited(ALBA, HAVIK, on="2025-03-07"),
        procedure=RESTRICTED,
    )
    assert word(story.judge(TML_04)) == "pass"
    tender_phase = story.project(asked("Q2", on="2025-03-07"))
    assert word(tender_phase.judge(TML_04)) == "violation"


def test_before_the_amendment_of_2016_six_days_were_enough() -> None:
    def story(day: str, close: str, answer: str) -> Story:
        return Story().project(
            registered("2016-01-04"),
            estimated(7_100_000, "2016-02-01"),
            started(ProcedureType.EUROPEAN_OPEN, "2016-02-08"),
            *noticed(day),
            deadline(close),
            asked(QUESTION, on=day),
            notice(1, QUESTION, on=answer),
        )

    assert word(story("2016-06-30", "2016-08-15 10:00", "2016-08-09").judge(TML_04)) == "pass"
    assert word(story("2016-07-01", "2016-08-15 10:00", "2016-08-09").judge(TML_04)) == "violation"


def test_a_late_answer_is_told_with_its_last_day() -> None:
    verdict = european(asked(QUESTION), notice(1, QUESTION, on="2025-04-10")).judge(TML_04)
    assert isinstance(verdict, Violation)
    assert "Q1" in verdict.why.nl
    assert "4 april 2025" in verdict.why.nl
    assert verdict.severity is None


def test_where_nobody_competes_nobody_asks() -> None:
    assert isinstance(single(asked(QUESTION)).judge(TML_04), NotApplicable)
    assert isinstance(european(closes=None).judge(TML_04), Indeterminate)


# ---------------------------------------------------------------------------------------- TML-05


def changed(on: str, *facts: Fact, closes: str = CLOSES) -> Story:
    return european(notice(1, on=on, material=True), *facts, closes=closes)


@pytest.mark.parametrize(
    ("on", "to", "expected"),
    [
        ("2025-03-10", None, "violation"),  # also when there was time enough: it must move
        ("2025-03-10", "2025-04-14 17:00", "violation"),  # the same day
        ("2025-03-10", "2025-04-15 09:00", "pass"),  # a day later
        ("2025-04-11", "2025-04-20 10:00", "violation"),  # nine days after the change
        ("2025-04-11", "2025-04-21 09:00", "pass"),  # ten
    ],
)
def test_a_considerable_change_moves_the_deadline(on: str, to: str | None, expected: str) -> None:
    story = changed(on) if to is None else changed(on, moved(to, on))
    assert word(story.judge(TML_05, parameters=ADOPTED)) == expected


def test_at_least_five_days_are_left_where_fewer_suffice_for_questions() -> None:
    def story(to: str) -> Story:
        return european(
            notice(1, on="2025-04-13", material=True),
            moved(to, "2025-04-13"),
            urgency=True,
        )

    assert word(story("2025-04-17 10:00").judge(TML_05, parameters=ADOPTED)) == "violation"
    assert word(story("2025-04-18 10:00").judge(TML_05, parameters=ADOPTED)) == "pass"


def test_how_far_a_deadline_moves_binds_only_whoever_adopted_it() -> None:
    """That it must move at all is the law; by how much is a reading of it."""
    unmoved = changed("2025-04-11")
    assert isinstance(unmoved.judge(TML_05), Violation)
    a_little = changed("2025-04-11", moved("2025-04-16 10:00", "2025-04-11"))
    assert isinstance(a_little.judge(TML_05), Warn)
    assert isinstance(a_little.judge(TML_05, parameters=ADOPTED), Violation)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((notice(1, on="2025-03-20"),), "pass"),  # an ordinary notice
        # a material version that was published on the first day belongs to the documents
        ((version("D2", material=True), *published("D2")), "pass"),
        (
            (version("D2", material=True, on="2025-03-20"), *published("D2", on="2025-03-20")),
            "violation",
        ),
        (
            (version("D2", 1), version("D2", 2, on="2025-03-20", material=True)),
            "pass",
        ),  # nobody has it
        ((version("D2", on="2025-03-20"), *published("D2", on="2025-03-20")), "pass"),
        # a member had it for months; for everybody else it changes the documents now
        (
            (
                version("D14", material=True, on="2025-01-20"),
                *disclosed("D14", to=(ALBA,), on="2025-01-20"),
                *published("D14", on="2025-04-11"),
            ),
            "violation",
        ),
        # weights that change are a considerable change, whatever the notice says
        (
            (weighed(), weighed(("quality", 40), ("price", 60), number=2, on="2025-03-20")),
            "violation",
        ),
        ((weighed(), weighed(number=2, on="2025-03-20")), "pass"),
        # a change of before a new notice is part of that notice
        ((notice(1, on="2025-03-10", material=True), renewed("2025-03-12")), "pass"),
        # on the day of the decision it is a change yet
        ((decided(), notice(9, on="2025-05-09 17:00", material=True)), "violation"),
        ((decided(), notice(9, on="2025-05-10", material=True), *letters(ALBA)), "pass"),
        # once the award is decided the documents are history
        ((decided(), notice(9, on="2025-05-10", material=True)), "pass"),
        (
            (
                *letters(ALBA),
                version("X", material=True, on="2025-06-01"),
                *published("X", on="2025-06-01"),
            ),
            "pass",
        ),
        # but between close and award a change cannot be mended any more
        ((notice(9, on="2025-04-20", material=True),), "violation"),
    ],
)
def test_what_counts_as_a_change(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(european(*facts).judge(TML_05, parameters=ADOPTED)) == expected


def test_an_extension_of_the_same_day_answers_the_change() -> None:
    before = european(
        moved("2025-04-25 10:00", "2025-04-11 08:00"),
        notice(1, on="2025-04-11 12:00", material=True),
    )
    assert word(before.judge(TML_05, parameters=ADOPTED)) == "pass"
    earlier = european(
        moved("2025-04-25 10:00", "2025-04-10"), notice(1, on="2025-04-11", material=True)
    )
    assert word(earlier.judge(TML_05, parameters=ADOPTED)) == "violation"


def test_every_change_asks_its_own_extension() -> None:
    story = european(
        notice(1, on="2025-03-10", material=True),
        moved("2025-04-15 10:00", "2025-03-10"),
        notice(2, on="2025-04-08", material=True),
    )
    verdict = story.judge(TML_05, parameters=ADOPTED)
    assert isinstance(verdict, Violation)
    assert "nota van inlichtingen 2" in verdict.why.nl
    assert "18 april 2025" in verdict.why.nl
    mended = story.project(moved("2025-04-18 10:00", "2025-04-08"))
    assert word(mended.judge(TML_05, parameters=ADOPTED)) == "pass"


def test_of_several_changes_that_fall_short_the_one_that_asks_most_is_told() -> None:
    story = european(
        notice(1, on="2025-03-10", material=True), notice(2, on="2025-04-11", material=True)
    )
    verdict = story.judge(TML_05)
    assert isinstance(verdict, Violation)
    assert "nota van inlichtingen 2" in verdict.why.nl
    assert "niet verlengd en bleef 14 april 2025" in verdict.why.nl
    assert len(verdict.evidence) == 3


def test_a_pass_says_whether_there_was_anything_to_extend_for() -> None:
    calm = european().judge(TML_05)
    extended = changed("2025-03-10", moved("2025-04-15 10:00", "2025-03-10")).judge(TML_05)
    assert isinstance(calm, Pass)
    assert isinstance(extended, Pass)
    assert "niet aanmerkelijk gewijzigd" in calm.why.nl
    assert "genoeg verlengd, tot 15 april 2025" in extended.why.nl


def test_a_change_counts_from_the_day_on_which_the_last_of_them_had_it() -> None:
    story = private(
        version("D2", material=True),
        *disclosed("D2", to=(ALBA, CRANENDONK), on="2025-03-20"),
        *disclosed("D2", to=(HAVIK,), on="2025-04-11"),
        moved("2025-04-16 10:00", "2025-04-11"),
    )
    assert word(story.judge(TML_05, parameters=ADOPTED)) == "violation"  # 17 April was due


def test_a_second_invitation_does_not_make_what_came_before_it_part_of_the_package() -> None:
    story = private(
        version("D2", material=True),
        *disclosed("D2", to=(CRANENDONK, HAVIK)),
        *disclosed("D2", to=(ALBA,), on="2025-03-10"),
        *invited(ALBA, on="2025-03-12"),
    )
    assert word(story.judge(TML_05, parameters=ADOPTED)) == "violation"


def test_in_a_private_procedure_a_change_is_what_the_invited_learn_afterwards() -> None:
    late = private(
        version("D2", material=True),
        *disclosed("D2", to=(ALBA,), on=OPENED),
        *disclosed("D2", to=(CRANENDONK, HAVIK), on="2025-03-20"),
    )
    assert word(late.judge(TML_05, parameters=ADOPTED)) == "violation"
    package = private(version("D2", material=True), *disclosed("D2", to=(ALBA, CRANENDONK, HAVIK)))
    assert word(package.judge(TML_05, parameters=ADOPTED)) == "pass"
    newcomer = package.project(
        *invited(DUINRAND, on="2025-03-10"), *disclosed("D2", to=(DUINRAND,), on="2025-03-10")
    )
    assert word(newcomer.judge(TML_05, parameters=ADOPTED)) == "pass"


def test_who_registers_later_is_not_surprised_by_what_it_is_given_that_day() -> None:
    story = european(
        version("D2", material=True),
        CandidateRegistered(occurred_at=at("2025-03-20"), candidate=DUINRAND),
        *disclosed("D2", to=(DUINRAND,), on="2025-03-20"),
        offline_ground=OfflineGround.AW_2_66_3,
    )
    assert word(story.judge(TML_05, parameters=ADOPTED)) == "pass"


@pytest.mark.parametrize(
    ("facts", "expected", "severity"),
    [
        ((notice(1, QUESTION, on="2025-04-10"),), "violation", Severity.MAJOR),
        (
            (notice(1, QUESTION, on="2025-04-10"), moved("2025-04-20 10:00", "2025-04-10")),
            "pass",
            None,
        ),
        (
            (notice(1, QUESTION, on="2025-04-10"), moved("2025-04-19 10:00", "2025-04-10")),
            "violation",
            Severity.MAJOR,
        ),
        ((notice(1, QUESTION, on="2025-04-10", material=True),), "violation", Severity.BLOCKER),
        ((notice(1, QUESTION, on="2025-04-04"),), "pass", None),
    ],
)
def test_a_late_answer_moves_the_deadline_too(
    facts: tuple[Fact, ...], expected: str, severity: Severity | None
) -> None:
    verdict = european(asked(QUESTION), *facts).judge(TML_05, parameters=ADOPTED)
    assert word(verdict) == expected
    assert getattr(verdict, "severity", None) is severity


def test_a_late_answer_of_a_private_procedure_hangs_on_an_adopted_number() -> None:
    story = private(asked(QUESTION), notice(1, QUESTION, on="2025-04-09"))
    assert isinstance(story.judge(TML_05), Warn)
    assert isinstance(story.judge(TML_05, parameters=ADOPTED), Violation)


@pytest.mark.parametrize("why", ["site_visit_required", "on_site_documents"])
def test_a_visit_asks_for_more_than_the_shortest_period(why: str) -> None:
    shortest = european(closes="2025-04-12 10:00", **{why: True}).judge(TML_05)
    assert isinstance(shortest, Violation)
    assert shortest.severity is Severity.MAJOR
    assert word(european(closes="2025-04-13 10:00", **{why: True}).judge(TML_05)) == "pass"


def test_without_a_statutory_minimum_a_visit_is_held_to_that_of_policy() -> None:
    def story(closes: str) -> Story:
        return private(closes=closes, site_visit_required=True)

    assert isinstance(story("2025-03-18 10:00").judge(TML_05), Warn)  # 15 days
    assert isinstance(story("2025-03-18 10:00").judge(TML_05, parameters=ADOPTED), Violation)
    assert isinstance(story("2025-03-19 10:00").judge(TML_05), Pass)


def test_an_extension_that_is_due_is_told_with_its_day() -> None:
    """S07: a document three days before the deadline."""
    verdict = european(version("D14", material=True), *published("D14", on="2025-04-11")).judge(
        TML_05
    )
    assert isinstance(verdict, Violation)
    assert "D14 v1 van 11 april 2025" in verdict.why.nl
    assert verdict.remedy is not None
    assert "21 april 2025 of later" in verdict.remedy.nl
    assert "21 April 2025 or later" in verdict.remedy.en
    assert verdict.severity is Severity.BLOCKER


def test_an_authority_that_adopted_ten_days_is_held_to_ten() -> None:
    story = private(
        notice(1, on="2025-04-11", material=True), moved("2025-04-20 10:00", "2025-04-11")
    )
    assert word(story.judge(TML_05, parameters=ADOPTED)) == "pass"
    ten = parameters_in_force(
        Adopted(
            key=key,
            value=value,
            valid_from=date(2024, 1, 1),
            adopted_at=datetime(2024, 1, 1, tzinfo=UTC),
            owner="college",
            reason="beleid",
        )
        for key, value in (
            (ParameterKey.EXTENSION_AFTER_CHANGE, 10),
            (ParameterKey.EXTENSION_AFTER_DEADLINE, 1),
            (ParameterKey.NVI_MULTI_PRIVATE, 6),
        )
    )
    assert word(story.judge(TML_05, parameters=ten)) == "violation"


def test_where_nobody_competes_no_extension_is_due() -> None:
    assert isinstance(
        single(notice(1, on="2025-03-20", material=True)).judge(TML_05), NotApplicable
    )
    assert isinstance(european(closes=None).judge(TML_05), Indeterminate)


# ---------------------------------------------------------------------------------------- TML-08


def invited_apart(second: str, *facts: Fact) -> Story:
    return private(*invited(HAVIK, on=second), *facts, to=(ALBA, CRANENDONK))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("2025-03-03 09:00", "pass"),
        ("2025-03-03 10:00", "pass"),  # exactly one hour
        ("2025-03-03 10:01", "violation"),
        ("2025-03-04 09:00", "violation"),
    ],
)
def test_invitations_go_out_within_an_hour(second: str, expected: str) -> None:
    assert word(invited_apart(second).judge(TML_08, parameters=ADOPTED)) == expected


def test_the_hour_binds_only_whoever_adopted_it() -> None:
    assert isinstance(invited_apart("2025-03-03 10:01").judge(TML_08), Warn)


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        (moved("2025-04-15 10:00", "2025-03-04"), "pass"),  # as far as the invitations lay apart
        (moved("2025-04-15 09:59", "2025-03-04"), "violation"),
        (moved("2025-04-15 10:00", "2025-03-03 12:00"), "violation"),  # before the last one
    ],
)
def test_a_deadline_that_moves_as_far_makes_up_for_it(move: Fact, expected: str) -> None:
    story = invited_apart("2025-03-04", move)
    assert word(story.judge(TML_08, parameters=ADOPTED)) == expected


def test_a_second_invitation_to_the_same_firm_changes_nothing() -> None:
    story = private(*invited(ALBA, on="2025-03-10"))
    assert word(story.judge(TML_08, parameters=ADOPTED)) == "pass"


def test_who_was_invited_later_is_named() -> None:
    verdict = invited_apart("2025-03-04").judge(TML_08, parameters=ADOPTED)
    assert isinstance(verdict, Violation)
    assert str(HAVIK)[:8] in verdict.why.nl
    assert str(ALBA)[:8] not in verdict.why.nl
    assert "24 uur en 0 minuten" in verdict.why.nl


def test_in_a_restricted_procedure_invitations_go_out_together_too() -> None:
    story = european(
        *invited(ALBA, on="2025-03-05"), *invited(HAVIK, on="2025-03-06"), procedure=RESTRICTED
    )
    assert word(story.judge(TML_08, parameters=ADOPTED)) == "violation"


@pytest.mark.parametrize(
    "story", [european(), national(), single(), european(*invited(ALBA), procedure=RESTRICTED)]
)
def test_without_two_invitations_there_is_nothing_to_compare(story: Story) -> None:
    assert isinstance(story.judge(TML_08), NotApplicable)


def test_without_a_procedure_no_invitation_can_be_judged() -> None:
    assert isinstance(Story().project(registered()).judge(TML_08), Indeterminate)


def test_neutral_documents_are_tender_documents_too() -> None:
    story = european(
        version("D5", relevance=Relevance.NEUTRAL), fixed("D5"), *published("D5", on="2025-03-20")
    )
    assert word(story.judge(TML_03)) == "violation"


def test_all_verdicts_of_a_procedure_without_incidents_are_calm() -> None:
    story = with_documents(asked(QUESTION), notice(1, QUESTION, on="2025-03-31"), *bid(ALBA, HAVIK))
    found = {rule.id: word(story.judge(rule)) for rule in RULES}
    assert found == {
        "TML-01": "pass",
        "TML-03": "pass",
        "TML-04": "pass",
        "TML-05": "pass",
        "TML-08": "not-applicable",
    }
