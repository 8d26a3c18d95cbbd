"""INF: the traps of the worked cases, and corners that `test_information` leaves.

S07: a document that all knew at the close, and that one knew for months. S09: a document that
"the members" knew, of whom one had just joined.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.circle.membership import MemberJoined, MemberLeft
from domain.convenant_project.knowledge import Genre, Relevance
from domain.convenant_project.questions import QuestionAnsweredSeparately
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.rules.information import RULES
from domain.rules.information.answers import INF_08, INF_09, INF_10
from domain.rules.information.documents import INF_01, INF_06
from domain.rules.information.membership import INF_05
from domain.rules.rule import Indeterminate, NotApplicable
from domain.terms import Code, Fact, MemberId
from tests.given import PROJECT, Story, at, member
from tests.tendered import (
    ADOPTED,
    asked,
    bid,
    disclosed,
    european,
    involved,
    national,
    notice,
    private,
    published,
    report,
    version,
)
from tests.work import ALBA, CRANENDONK, DUINRAND, HAVIK, registered, signed, word

ALL = (ALBA, CRANENDONK, HAVIK)
HOLDING = member("Alba Holding")
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


def told_to_members(*facts: Fact) -> Story:
    """D3 went to Alba and Cranendonk in January; Havik, from outside, competes as well."""
    return private(
        version("D3"), *disclosed("D3", to=(ALBA, CRANENDONK), on=EARLY), *bid(*ALL), *facts
    ).circle(joined(ALBA, "2023-01-16"), joined(CRANENDONK, "2023-01-16"))


def words(story: Story, *numbers: int) -> list[str]:
    return [word(story.judge(RULES[number - 1], parameters=ADOPTED)) for number in numbers]


def test_s07_everybody_knew_at_the_close_and_the_field_was_not_level() -> None:
    story = european(
        version("D14"),
        *disclosed("D14", to=(ALBA,), on=EARLY),
        *published("D14", on="2025-04-11"),
        *bid(*ALL),
    ).circle(joined(ALBA, "2023-01-16"))
    assert words(story, 1, 2, 3, 6) == ["pass", "violation", "pass", "violation"]


def test_s09_shared_with_the_members_is_not_shared_with_the_one_who_joined() -> None:
    story = told_to_members(*bid(DUINRAND)).circle(joined(DUINRAND, "2025-02-10"))
    assert words(story, 1, 2, 3, 4, 6) == [
        "violation",
        "violation",
        "pass",
        "violation",
        "violation",
    ]


def test_serving_the_outsider_does_not_serve_the_one_who_joined() -> None:
    served = disclosed("D3", to=(HAVIK,))
    story = told_to_members(*served, *bid(DUINRAND)).circle(joined(DUINRAND, "2025-02-10"))
    assert words(story, 1, 4, 6) == ["violation", "violation", "pass"]


def test_what_never_came_by_the_close_did_not_come_in_time_either() -> None:
    """INF-01 broken for a document is INF-02 broken for it by definition."""
    for late in ((), disclosed("D3", to=(HAVIK,), on="2025-04-14 10:01")):
        assert words(told_to_members(*late), 1, 2) == ["violation", "violation"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (disclosed("D1", to=(ALBA,), on="2025-03-20"), "violation"),  # learned during the term
        (disclosed("D1", to=ALL, on="2025-03-20"), "pass"),
        (disclosed("D1", to=(HOLDING,), on=EARLY), "violation"),  # through a linked undertaking
    ],
)
def test_a_head_start_may_come_late_or_from_aside(facts: tuple[Fact, ...], expected: str) -> None:
    story = linked(national(version(), *bid(*ALL), *facts))
    assert word(story.judge(INF_01)) == expected


def test_a_confidence_is_no_head_start_that_others_could_be_given() -> None:
    secret = version(relevance=Relevance.CONFIDENTIAL, genre=Genre.COSTS_OR_QUANTITIES)
    story = national(involved(ALBA), secret, *disclosed("D1", to=(ALBA,), on=EARLY), *bid(*ALL))
    assert words(story, 1, 2, 6) == ["pass", "pass", "pass"]


def test_what_members_learn_after_the_notice_is_for_the_rule_about_equal_sets() -> None:
    story = national(
        version("D3"), *disclosed("D3", to=(ALBA,), on="2025-03-10"), *bid(ALBA, HAVIK)
    ).circle(joined(ALBA, "2023-01-16"))
    assert word(story.judge(INF_06)) == "pass"
    assert word(story.judge(INF_01)) == "violation"


# ---------------------------------------------------------------------------------------- INF-05


def project_of_years(*facts: Fact) -> Story:
    """A project that has been on the way since 2022, so that somebody can have left long ago."""
    story = national(*bid(ALBA, HAVIK), *facts)
    told = story.streams[PROJECT]
    told[0] = replace(told[0], fact=registered("2022-01-03"))
    return story


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2023-03-03", "violation"),  # 24 months before the notice
        ("2023-03-02", "not-applicable"),
        ("2025-03-03 08:59", "violation"),
        ("2025-03-03 09:00", "not-applicable"),  # the notice was out
        ("2021-12-31", "not-applicable"),  # the project had not begun
    ],
)
def test_the_look_back_ends_somewhere(on: str, expected: str) -> None:
    left = MemberLeft(occurred_at=at(on), member=ALBA)
    story = project_of_years().circle(joined(ALBA, "2020-01-01"), left)
    assert word(story.judge(INF_05, parameters=ADOPTED)) == expected


def test_the_involvement_of_a_linked_undertaking_keeps_a_leaver_on_record() -> None:
    left = MemberLeft(occurred_at=at("2025-02-10"), member=ALBA)
    story = national(involved(HOLDING), *bid(ALBA)).circle(left)
    assert word(story.judge(INF_05, parameters=ADOPTED)) == "violation"
    assert word(linked(story).judge(INF_05, parameters=ADOPTED)) == "pass"


# -------------------------------------------------------------------------------- INF-08, INF-09

HARM = asked("Q1", confidentiality_reason="onze werkmethode is bedrijfsgeheim")
KEPT_APART = QuestionAnsweredSeparately(
    occurred_at=at("2025-03-24"), question=Code("Q1"), recipients=(ALBA,), confidential=True
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "indeterminate"),  # the report can still come
        ((signed(7_000_000),), "violation"),
        ((report(),), "pass"),
        ((report(without="f"), report(on="2025-06-10")), "pass"),  # the newest counts
        ((report(), report(without="f", on="2025-06-10")), "violation"),
        ((notice(1, "Q1", on="2025-03-31"),), "pass"),  # it went to all in the end
    ],
)
def test_what_was_kept_apart_in_europe_waits_for_its_report(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(european(HARM, KEPT_APART, *facts).judge(INF_08)) == expected


def test_without_a_request_no_report_is_needed_to_convict() -> None:
    assert word(european(asked("Q1"), KEPT_APART).judge(INF_08)) == "violation"


def test_a_confidence_may_go_back_to_the_group_it_came_from() -> None:
    given = version("D7", relevance=Relevance.CONFIDENTIAL, provided_by=ALBA)
    story = national(given, *disclosed("D7", to=(HOLDING,)))
    assert word(story.judge(INF_09)) == "violation"
    assert word(linked(story).judge(INF_09)) == "pass"


def test_without_an_opening_nobody_knows_what_came_before() -> None:
    for rule in (*RULES[:7], INF_10):
        assert isinstance(Story().judge(rule), Indeterminate), rule.id


def test_where_no_answer_was_kept_confidential_nothing_more_need_be_known() -> None:
    assert isinstance(Story().judge(INF_08), NotApplicable)
