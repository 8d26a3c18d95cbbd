"""INF: everybody who competes knows the same, and knows it in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.circle import (
    AgendaItem,
    AgendaKind,
    MeetingHeld,
    MemberJoined,
    MemberLeft,
    ReportPublished,
)
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.knowledge import DocumentWithdrawn, Genre, Relevance
from domain.convenant_project.preparation import (
    ExpertGroupFormed,
    ExpertGroupLeft,
    ProjectDiscussed,
)
from domain.convenant_project.tendering import CandidateRegistered, QuestionAnsweredSeparately
from domain.member import LinkBasis, UndertakingLinked
from domain.rules.information import RULES
from domain.rules.information.answers import INF_07, INF_08, INF_09, INF_10
from domain.rules.information.documents import INF_01, INF_02, INF_03, INF_06
from domain.rules.information.membership import INF_04, INF_05
from domain.rules.rule import Indeterminate, NotApplicable, Severity, Violation, Warn
from domain.terms import Code, Fact, MemberId
from tests.given import CIRCLE, PROJECT, Story, at, member
from tests.tendered import (
    ADOPTED,
    asked,
    bid,
    disclosed,
    european,
    fixed,
    involved,
    moved,
    national,
    notice,
    private,
    published,
    report,
    single,
    version,
)
from tests.work import ALBA, CRANENDONK, DUINRAND, HAVIK, NOORDERDAM, registered, signed, word

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = (ALBA, CRANENDONK, HAVIK)
EEMLAND, HOLDING = member("Eemland"), member("Alba Holding")
EARLY = "2025-01-22"


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    numbers = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10")
    assert [rule.id for rule in RULES] == [f"INF-{number}" for number in numbers]


def joined(who: MemberId, on: str) -> MemberJoined:
    return MemberJoined(occurred_at=at(on), member=who)


def linked(story: Story) -> Story:
    """Alba and its holding count as one."""
    link = UndertakingLinked(
        occurred_at=at("2024-01-01"), other=HOLDING, basis=LinkBasis.GROUP, since=date(2020, 1, 1)
    )
    return story.member(ALBA, link)


def three_day_document(*facts: Fact, build: Callable[..., Story] = european) -> Story:
    """S07: Alba had D14 in January, everybody else three days before the deadline."""
    return build(
        version("D14"),
        *disclosed("D14", to=(ALBA,), on=EARLY),
        *published("D14", on="2025-04-11"),
        *bid(*ALL),
        *facts,
    )


def told_to_members(*facts: Fact) -> Story:
    """S09: D3 went to Alba and Cranendonk in January; Havik, from outside, bids as well."""
    return private(
        version("D3"), *disclosed("D3", to=(ALBA, CRANENDONK), on=EARLY), *bid(*ALL), *facts
    ).circle(joined(ALBA, "2023-01-16"), joined(CRANENDONK, "2023-01-16"))


# ---------------------------------------------------------------------------------------- INF-01


def test_the_traps_of_a_late_document() -> None:
    story = three_day_document()
    assert word(story.judge(INF_01)) == "pass"  # when the term closed everybody knew the same
    assert word(story.judge(INF_02)) == "violation"
    assert word(story.judge(INF_06)) == "violation"


def test_the_traps_of_what_only_members_were_told() -> None:
    story = told_to_members()
    for rule in (INF_01, INF_02, INF_06):
        assert word(story.judge(rule)) == "violation", rule.id
    assert word(story.judge(INF_03)) == "pass"  # nobody holds an older version


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "violation"),
        (disclosed("D3", to=(HAVIK,), on="2025-04-14 10:00"), "pass"),  # the very last moment
        (disclosed("D3", to=(HAVIK,), on="2025-04-14 10:01"), "violation"),
        (published("D3", on="2025-04-13"), "pass"),
    ],
)
def test_when_the_term_closes_all_know_the_same(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(told_to_members(*facts).judge(INF_01)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((version(),), "pass"),  # nobody knows it
        ((version(), *disclosed("D1", to=(EEMLAND,), on=EARLY)), "violation"),  # no bidder, but involved
        ((version(), *disclosed("D1", to=(ALBA,), on="2025-03-20")), "violation"),
        ((version(), *disclosed("D1", to=(ALBA,), on="2025-04-15")), "pass"),  # after the close
        ((version(relevance=Relevance.NEUTRAL), *disclosed("D1", to=(ALBA,), on=EARLY)), "pass"),
        # a circle report is relevant whatever its class, once an involved one had it
        (
            (
                involved(ALBA),
                version(relevance=Relevance.NEUTRAL, genre=Genre.CIRCLE_REPORT),
                *disclosed("D1", to=(ALBA,), on=EARLY),
            ),
            "violation",
        ),
        (
            (
                version(relevance=Relevance.NEUTRAL, genre=Genre.CIRCLE_REPORT),
                *disclosed("D1", to=(ALBA,), on=EARLY),
            ),
            "pass",
        ),
        (
            (
                involved(ALBA),
                version(relevance=Relevance.CONFIDENTIAL, genre=Genre.COSTS_OR_QUANTITIES),
                *disclosed("D1", to=(ALBA,), on=EARLY),
            ),
            "pass",  # INF-09 judges confidences
        ),
        ((version(), *disclosed("D1", to=ALL, on="2025-03-20")), "pass"),
    ],
)  # fmt: skip
def test_what_one_knows_and_another_does_not(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*bid(*ALL), *facts).judge(INF_01)) == expected


def test_an_invited_firm_that_did_not_bid_is_owed_the_same() -> None:
    story = private(version(), *disclosed("D1", to=(ALBA, CRANENDONK)), *bid(ALBA, CRANENDONK))
    verdict = story.judge(INF_01)
    assert isinstance(verdict, Violation)
    assert str(HAVIK)[:8] in verdict.why.nl


def test_what_a_linked_undertaking_knows_its_bidder_knows() -> None:
    story = linked(national(version(), *bid(ALBA), *disclosed("D1", to=(HOLDING,), on=EARLY)))
    assert word(story.judge(INF_01)) == "pass"
    story.project(*bid(HAVIK))
    assert word(story.judge(INF_01)) == "violation"


# ---------------------------------------------------------------------------------------- INF-02


@pytest.mark.parametrize(
    ("build", "on", "expected", "severity"),
    [
        (european, "2025-04-04 23:00", "pass", None),  # ten days, that whole day included
        (european, "2025-04-05 00:30", "violation", Severity.BLOCKER),
        (national, "2025-04-08", "pass", None),  # six
        (national, "2025-04-09", "violation", Severity.MAJOR),
        (private, "2025-04-08", "pass", None),
        (private, "2025-04-09", "violation", Severity.MAJOR),
    ],
)
def test_what_one_had_the_others_have_in_time(
    build: Callable[..., Story], on: str, expected: str, severity: Severity | None
) -> None:
    story = build(
        version(), *disclosed("D1", to=(ALBA,), on=EARLY), *published("D1", on=on), *bid(*ALL)
    )
    verdict = story.judge(INF_02, parameters=ADOPTED)
    assert word(verdict) == expected
    assert getattr(verdict, "severity", None) is severity


def test_the_six_days_of_a_private_procedure_bind_only_whoever_adopted_them() -> None:
    late = three_day_document(build=private)
    assert isinstance(late.judge(INF_02), Warn)
    assert isinstance(late.judge(INF_02, parameters=ADOPTED), Violation)
    assert isinstance(told_to_members().judge(INF_02), Violation)  # never is never


@pytest.mark.parametrize(
    ("to", "expected"), [("2025-04-20 10:00", "violation"), ("2025-04-21 10:00", "pass")]
)
def test_an_extension_makes_late_information_timely(to: str, expected: str) -> None:
    assert word(three_day_document(moved(to, "2025-04-11")).judge(INF_02)) == expected


@pytest.mark.parametrize(
    ("second", "expected"), [("2025-04-11 10:00", "pass"), ("2025-04-11 10:01", "violation")]
)
def test_what_reaches_all_within_the_hour_reaches_them_at_once(second: str, expected: str) -> None:
    story = private(
        version(),
        *disclosed("D1", to=(ALBA,), on="2025-04-11 09:00"),
        *disclosed("D1", to=(CRANENDONK, HAVIK), on=second),
        *bid(*ALL),
    )
    assert word(story.judge(INF_02, parameters=ADOPTED)) == expected


def test_late_information_is_told_with_its_days_and_its_cure() -> None:
    verdict = three_day_document().judge(INF_02)
    assert isinstance(verdict, Violation)
    assert "11 april 2025" in verdict.why.nl
    assert "3 dagen voor het sluiten" in verdict.why.nl
    assert verdict.remedy is not None
    assert "21 april 2025" in verdict.remedy.nl
    assert "21 April 2025" in verdict.remedy.en
    assert verdict.evidence


# ---------------------------------------------------------------------------------------- INF-03

TWO_VERSIONS = (version("D2"), version("D2", 2, on="2025-03-10"))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (published("D2"), "pass"),  # the second reached nobody
        ((*published("D2"), *published("D2 v2", on="2025-03-10")), "pass"),
        ((*published("D2"), *disclosed("D2 v2", to=(ALBA,), on="2025-03-10")), "violation"),
        ((*published("D2"), *disclosed("D2 v2", to=ALL, on="2025-03-10")), "pass"),
        # a version sent to all, but to one of them after the last day
        (
            (
                *published("D2"),
                *disclosed("D2 v2", to=(ALBA, CRANENDONK), on="2025-03-10"),
                *disclosed("D2 v2", to=(HAVIK,), on="2025-04-09"),
            ),
            "violation",
        ),
        # a withdrawn version is not the current one
        (
            (
                *published("D2"),
                *disclosed("D2 v2", to=(ALBA,), on="2025-03-10"),
                DocumentWithdrawn(occurred_at=at("2025-03-11"), document=Code("D2"), version=2),
            ),
            "pass",
        ),
        # who has no version at all lacks a document, not a version
        (disclosed("D2 v2", to=(ALBA,), on="2025-03-10"), "pass"),
        ((fixed("D2", on="2025-03-09"),), "pass"),
        ((fixed("D2", on="2025-03-11"),), "violation"),  # refers to a version of the past
        ((fixed("D2 v2", on="2025-03-11"),), "pass"),
    ],
)
def test_all_hold_one_current_version(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*TWO_VERSIONS, *bid(*ALL), *facts).judge(INF_03)) == expected


# ---------------------------------------------------------------------------------------- INF-04

PRIOR = (*(version(f"D{n}") for n in (1, 2)), *disclosed("D1", "D2", to=(ALBA,), on="2025-02-17"))


def newcomer(*facts: Fact, on: str = "2025-02-19") -> Story:
    """Duinrand joins on a Wednesday; five working days end on Wednesday 26 February."""
    return private(*PRIOR, *facts, *bid(ALBA, HAVIK)).circle(
        joined(ALBA, "2023-01-16"), joined(DUINRAND, on)
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (disclosed("D1", "D2", to=(DUINRAND,), on="2025-02-21"), "pass"),
        (disclosed("D1", "D2", to=(DUINRAND,), on="2025-02-26 18:00"), "pass"),
        (disclosed("D1", "D2", to=(DUINRAND,), on="2025-02-27"), "violation"),
        (disclosed("D1", to=(DUINRAND,), on="2025-02-21"), "violation"),
        (published("D1", "D2", on="2025-02-25"), "pass"),
        (published("D1", "D2", on="2025-02-18"), "not-applicable"),  # nothing was owed
        ((), "violation"),
    ],
)
def test_who_joins_later_gets_the_backlog(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(newcomer(*facts).judge(INF_04, parameters=ADOPTED)) == expected


def test_the_five_days_bind_only_whoever_adopted_them() -> None:
    assert isinstance(newcomer().judge(INF_04), Warn)


def test_a_joiner_that_competes_is_harmed_more() -> None:
    watching = newcomer().judge(INF_04, parameters=ADOPTED)
    assert isinstance(watching, Violation)
    assert watching.severity is Severity.MAJOR
    competing = newcomer(*bid(DUINRAND)).judge(INF_04, parameters=ADOPTED)
    assert isinstance(competing, Violation)
    assert competing.severity is Severity.BLOCKER


def test_the_backlog_is_there_before_the_last_day_for_information() -> None:
    """Joined on 7 April: five working days would end on the 14th, but the cutoff is the 8th."""

    def story(on: str) -> Story:
        return newcomer(*disclosed("D1", "D2", to=(DUINRAND,), on=on), on="2025-04-07")

    assert word(story("2025-04-08").judge(INF_04, parameters=ADOPTED)) == "pass"
    assert word(story("2025-04-09").judge(INF_04, parameters=ADOPTED)) == "violation"


@pytest.mark.parametrize("on", ["2024-12-01", "2025-04-15", "2025-02-10"])
def test_who_joined_before_the_documents_or_after_the_close_is_owed_nothing(on: str) -> None:
    assert isinstance(newcomer(on=on).judge(INF_04, parameters=ADOPTED), NotApplicable)


# ---------------------------------------------------------------------------------------- INF-05


def left(who: MemberId, on: str) -> MemberLeft:
    return MemberLeft(occurred_at=at(on), member=who)


def project_of_years(*facts: Fact) -> Story:
    """A project that has been on the way since 2022, so that somebody can have left long ago."""
    story = national(*bid(ALBA, HAVIK), *facts)
    told = story.streams[PROJECT]
    told[0] = replace(told[0], fact=registered("2022-01-03"))
    return story


@pytest.mark.parametrize(
    ("on", "facts", "expected"),
    [
        ("2025-02-20", (), "violation"),
        ("2025-02-20", (involved(ALBA),), "pass"),
        ("2025-03-04", (), "not-applicable"),  # after the notice
        ("2023-03-03", (), "violation"),  # 24 months before it
        ("2023-03-02", (), "not-applicable"),
        ("2021-12-01", (), "not-applicable"),  # before the project
    ],
)
def test_who_left_the_circle_keeps_what_it_knows(
    on: str, facts: tuple[Fact, ...], expected: str
) -> None:
    story = project_of_years(*facts).circle(joined(ALBA, "2020-01-01"), left(ALBA, on))
    assert word(story.judge(INF_05, parameters=ADOPTED)) == expected


def test_who_left_the_expert_group_keeps_it_too() -> None:
    formed = ExpertGroupFormed(occurred_at=at("2025-01-20"), members=(ALBA, EEMLAND))
    gone = ExpertGroupLeft(occurred_at=at("2025-02-03"), member=ALBA)
    story = national(formed, gone, *bid(ALBA))
    assert word(story.judge(INF_05, parameters=ADOPTED)) == "violation"
    assert isinstance(story.judge(INF_05), Warn)  # 24 months that nobody adopted
    assert (
        word(linked(national(formed, gone, involved(HOLDING), *bid(ALBA))).judge(INF_05)) == "pass"
    )


def test_who_left_and_does_not_bid_harms_nobody() -> None:
    story = national(*bid(HAVIK)).circle(joined(ALBA, "2020-01-01"), left(ALBA, "2025-02-20"))
    assert isinstance(story.judge(INF_05), NotApplicable)


# ---------------------------------------------------------------------------------------- INF-06


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "violation"),
        (disclosed("D3", to=(HAVIK,), on="2025-03-03 09:00"), "pass"),  # with its invitation
        (disclosed("D3", to=(HAVIK,), on="2025-03-03 09:01"), "violation"),  # no tolerance
        (published("D3", on="2025-02-01"), "pass"),
    ],
)
def test_outsiders_have_at_their_invitation_what_members_had(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(told_to_members(*facts).judge(INF_06)) == expected


@pytest.mark.parametrize(
    ("came_up", "expected"), [("2025-03-20", "pass"), ("2025-03-18", "violation")]
)
def test_a_candidate_that_comes_up_later_has_it_when_it_does(came_up: str, expected: str) -> None:
    story = national(
        version("D3"),
        *disclosed("D3", to=(ALBA,), on=EARLY),
        *published("D3", on="2025-03-19"),
        CandidateRegistered(occurred_at=at(came_up), candidate=HAVIK),
        *bid(HAVIK),
    ).circle(joined(ALBA, "2023-01-16"))
    assert word(story.judge(INF_06)) == expected


def test_what_members_learn_after_the_notice_is_for_the_other_rules() -> None:
    story = national(
        version("D3"), *disclosed("D3", to=(ALBA,), on="2025-03-10"), *bid(ALBA, HAVIK)
    ).circle(joined(ALBA, "2023-01-16"))
    assert word(story.judge(INF_06)) == "pass"
    assert word(story.judge(INF_01)) == "violation"


def test_a_member_that_was_left_out_is_for_the_joiners_rule() -> None:
    story = told_to_members(*disclosed("D3", to=(HAVIK,)))
    story.circle(joined(DUINRAND, "2025-02-10")).project(*bid(DUINRAND))
    assert word(story.judge(INF_06)) == "pass"
    assert word(story.judge(INF_04, parameters=ADOPTED)) == "violation"


# ---------------------------------------------------------------------------------------- INF-07


def answer(*recipients: MemberId, secret: bool = False) -> QuestionAnsweredSeparately:
    return QuestionAnsweredSeparately(
        occurred_at=at("2025-03-24"),
        question=Code("Q1"),
        recipients=recipients,
        confidential=secret,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((notice(1, "Q1", on="2025-03-24"),), "pass"),
        ((answer(*ALL),), "pass"),
        ((answer(ALBA),), "violation"),
        ((answer(ALBA, CRANENDONK),), "violation"),
        ((answer(ALBA), notice(1, "Q1", on="2025-03-31")), "pass"),
        ((answer(ALBA), notice(1, "Q2", on="2025-03-31")), "violation"),
        ((answer(ALBA, secret=True),), "pass"),  # INF-08 judges that
        (
            (answer(*ALL), CandidateRegistered(occurred_at=at("2025-03-10"), candidate=DUINRAND)),
            "violation",
        ),
    ],
)
def test_one_answer_goes_to_all(facts: tuple[Fact, ...], expected: str) -> None:
    story = national(asked("Q1"), asked("Q2"), *bid(*ALL), *facts)
    assert word(story.judge(INF_07)) == expected


# ---------------------------------------------------------------------------------------- INF-08

HARM = asked("Q1", confidentiality_reason="onze werkmethode is bedrijfsgeheim")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((asked("Q1"),), "not-applicable"),
        ((asked("Q1"), answer(ALBA)), "not-applicable"),
        ((HARM, answer(ALBA, secret=True)), "pass"),
        ((asked("Q1"), answer(ALBA, secret=True)), "violation"),
        ((asked("Q1", confidentiality_reason=" "), answer(ALBA, secret=True)), "violation"),
        ((asked("Q1"), answer(ALBA, secret=True), notice(1, "Q1", on="2025-03-31")), "pass"),
    ],
)
def test_an_answer_stays_confidential_only_on_request(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national(*facts).judge(INF_08)) == expected
    assert word(private(*facts).judge(INF_08)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((report(),), "pass"),
        ((report(without="f"),), "violation"),
        ((signed(7_000_000),), "violation"),
        ((), "indeterminate"),
        ((notice(1, "Q1", on="2025-03-31"),), "pass"),  # it went to all in the end
    ],
)
def test_in_europe_the_report_lists_what_was_kept_apart(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(european(HARM, answer(ALBA, secret=True), *facts).judge(INF_08)) == expected


def test_without_a_request_no_report_is_needed_to_convict() -> None:
    assert word(european(asked("Q1"), answer(ALBA, secret=True)).judge(INF_08)) == "violation"


# ---------------------------------------------------------------------------------------- INF-09


def confided(by: MemberId | None = ALBA) -> Fact:
    return version("D7", relevance=Relevance.CONFIDENTIAL, provided_by=by)


def finding(*, passed: bool) -> RecordChecked:
    return RecordChecked(
        occurred_at=at("2025-05-01"),
        check=RecordCheck.DISTORTING_INFORMATION,
        passed=passed,
        up_to=9,
        remarks="-",
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((confided(),), "pass"),
        ((confided(), *disclosed("D7", to=(ALBA,))), "pass"),  # back to whom it came from
        ((confided(), *disclosed("D7", to=(HOLDING,))), "pass"),  # of the same group
        ((confided(), *disclosed("D7", to=(HAVIK,))), "violation"),
        ((confided(), *published("D7")), "violation"),
        ((confided(None), *published("D7")), "pass"),  # the authority's own
        ((version("D7", provided_by=ALBA), *published("D7")), "pass"),  # not in confidence
        ((finding(passed=False),), "violation"),
        ((finding(passed=True),), "pass"),
    ],
)
def test_what_was_given_in_confidence_stays_there(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(linked(national(*facts)).judge(INF_09)) == expected


# ---------------------------------------------------------------------------------------- INF-10


def meeting(on: str, *, about: bool = True) -> MeetingHeld:
    item = AgendaItem(
        kind=AgendaKind.PROJECT, title="Lindenstraat", project=PROJECT if about else None
    )
    return MeetingHeld(
        occurred_at=at(on),
        meeting=Code("m1"),
        agenda=(item,),
        attendance=(),
        competition_statement=True,
    )


def reported(on: str, *, about: bool = True) -> ReportPublished:
    return ReportPublished(
        occurred_at=at(on),
        meeting=Code("m1"),
        url="https://noorderdam.example/m1",
        projects=(PROJECT,) if about else (),
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "not-applicable"),
        ((meeting("2025-01-20", about=False),), "not-applicable"),
        ((meeting("2025-03-10"),), "not-applicable"),  # after the notice
        ((meeting("2025-01-20"),), "violation"),
        ((meeting("2025-01-20"), reported("2025-02-03")), "pass"),
        ((meeting("2025-01-20"), reported("2025-03-03 09:00")), "pass"),
        ((meeting("2025-01-20"), reported("2025-03-04")), "violation"),
        ((meeting("2025-01-20"), reported("2025-02-03", about=False)), "violation"),
    ],
)
def test_what_was_said_stands_in_a_report_before_the_notice(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national().circle(*facts).judge(INF_10)) == expected


def test_a_discussion_that_only_the_project_tells_of_counts_too() -> None:
    said = ProjectDiscussed(occurred_at=at("2025-01-20"), circle=CIRCLE, meeting=Code("m1"))
    assert word(national(said).judge(INF_10)) == "violation"
    assert word(national(said).circle(reported("2025-02-03")).judge(INF_10)) == "pass"


# ------------------------------------------------------------------------------ all of the family


def test_where_nobody_competes_nobody_is_behind() -> None:
    story = single(version(), *disclosed("D1", to=(NOORDERDAM,)), *bid(ALBA))
    for rule in RULES[:8]:
        assert isinstance(story.judge(rule), NotApplicable), rule.id


def test_without_a_deadline_nobody_knows_what_is_in_time() -> None:
    for rule in (INF_01, INF_02, INF_03, INF_04):
        assert isinstance(national(closes=None).judge(rule), Indeterminate), rule.id


def test_without_an_opening_nobody_knows_what_came_before() -> None:
    for rule in (*RULES[:8], INF_10):
        assert isinstance(Story().judge(rule), Indeterminate), rule.id
