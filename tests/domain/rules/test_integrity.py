"""INT and PRV: declared interests, separate roles, silence on prices, and no names in the chain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.circle.meetings import AgendaItem, AgendaKind, MeetingHeld, SensitiveTalkNoted
from domain.convenant_project.award import ReportField
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.interests import (
    DeclarationSigned,
    InterestHandled,
    InterestRemedy,
    PersonAssigned,
    ProjectRole,
)
from domain.convenant_project.tendering import CandidateRegistered
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.member.people import EmploymentStated
from domain.rules import integrity, privacy
from domain.rules.integrity import INT_01, INT_02, INT_03, INT_04
from domain.rules.privacy import PRV_01
from domain.rules.rule import Indeterminate, NotApplicable, Violation, Warn
from domain.terms import Code, Fact, MemberId, PersonRef
from tests.circle_told import SEALED
from tests.given import Story, at, member, person
from tests.tendered import ADOPTED, bid, decided, european, national, private, report
from tests.work import ALBA, HAVIK, NOORDERDAM, registered, signed, word

if TYPE_CHECKING:
    from collections.abc import Callable

ELSKE, TIBOR, AAFJE = person("elske"), person("tibor"), person("aafje")
EVALUATOR, EXPERT = ProjectRole.EVALUATOR, ProjectRole.MARKET_EXPERT


def test_every_rule_of_the_families_is_in_its_list_once() -> None:
    assert [rule.id for rule in integrity.RULES] == ["INT-01", "INT-02", "INT-03", "INT-04"]
    assert [rule.id for rule in privacy.RULES] == ["PRV-01"]


def assigned(
    who: PersonRef = ELSKE,
    role: ProjectRole = EVALUATOR,
    on: str = "2025-02-10",
    of: MemberId = NOORDERDAM,
) -> PersonAssigned:
    return PersonAssigned(occurred_at=at(on), person=who, role=role, organisation=of)


def declared(who: PersonRef = ELSKE, on: str = "2025-02-03", *, interest: bool = False) -> Fact:
    return DeclarationSigned(occurred_at=at(on), person=who, interest=interest)


# ---------------------------------------------------------------------------------------- INT-01


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((assigned(), declared()), "pass"),
        ((assigned(), declared(on="2025-02-10 23:00")), "pass"),  # the same day
        ((assigned(), declared(on="2025-02-11")), "violation"),
        ((assigned(),), "violation"),
        ((assigned(), declared(TIBOR)), "violation"),
        ((assigned(), assigned(TIBOR), declared()), "violation"),
        ((assigned(), declared(interest=True)), "pass"),  # declared; INT-02 asks what was done
        ((assigned(), assigned(role=ProjectRole.BUYER, on="2025-03-01"), declared()), "pass"),
        ((assigned(on="2025-02-01"), assigned(on="2025-03-01"), declared()), "violation"),
        ((assigned(AAFJE, EXPERT, of=ALBA), assigned(), declared()), "pass"),
        ((assigned(AAFJE, EXPERT, of=ALBA),), "indeterminate"),
        ((), "indeterminate"),
    ],
)
def test_who_has_influence_declared_interests_first(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(INT_01)) == expected


@pytest.mark.parametrize("role", [role for role in ProjectRole if role is not EXPERT])
def test_every_role_with_influence_declares(role: ProjectRole) -> None:
    assert word(national(assigned(role=role)).judge(INT_01)) == "violation"


def test_persons_are_told_by_role_and_organisation() -> None:
    verdict = national(
        declared(AAFJE), assigned(TIBOR, on="2025-02-20"), assigned(), declared(on="2025-02-11")
    ).judge(INT_01)
    assert isinstance(verdict, Violation)
    assert "vanaf 10 februari 2025" in verdict.why.nl
    assert len(verdict.evidence) == 3  # both assignments, and the declaration that came late
    assert "een beoordelaar van" in verdict.why.nl
    assert str(ELSKE)[:8] not in verdict.why.nl


# ---------------------------------------------------------------------------------------- INT-02


def handled(who: PersonRef = ELSKE, remedy: InterestRemedy = InterestRemedy.RECUSAL) -> Fact:
    return InterestHandled(occurred_at=at("2025-02-05"), person=who, remedy=remedy)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "not-applicable"),
        ((declared(),), "not-applicable"),
        ((declared(interest=True),), "violation"),
        ((declared(interest=True), handled()), "pass"),
        ((declared(interest=True), handled(remedy=InterestRemedy.REPLACEMENT)), "pass"),
        ((declared(interest=True), handled(TIBOR)), "violation"),
        ((declared(interest=True), declared(TIBOR, interest=True), handled()), "violation"),
    ],
)
def test_a_declared_interest_is_dealt_with(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(assigned(), *facts).judge(INT_02)) == expected
    assert word(private(assigned(), *facts).judge(INT_02)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((report(),), "pass"),
        ((report(without="m"),), "violation"),
        ((report(without="m", not_applicable=(ReportField.M,)),), "violation"),
        ((signed(7_000_000),), "violation"),
        ((), "indeterminate"),
    ],
)
def test_in_europe_the_report_sets_out_what_was_done(
    facts: tuple[Fact, ...], expected: str
) -> None:
    story = european(declared(interest=True), handled(), *facts)
    assert word(story.judge(INT_02)) == expected


def test_an_interest_left_alone_is_judged_before_any_report() -> None:
    buyer = assigned(TIBOR, ProjectRole.BUYER)
    verdict = european(assigned(), buyer, declared(interest=True)).judge(INT_02)
    assert isinstance(verdict, Violation)
    assert "een beoordelaar van" in verdict.why.nl
    assert "een inkoper" not in verdict.why.nl


# ---------------------------------------------------------------------------------------- INT-03


def employed(
    since: str = "2015-01-01", until: str | None = None, who: PersonRef = ELSKE
) -> EmploymentStated:
    return EmploymentStated(
        occurred_at=at("2025-02-01"),
        person=who,
        since=date.fromisoformat(since),
        until=None if until is None else date.fromisoformat(until),
    )


def judged_by_elske(*facts: Fact) -> Story:
    """Elske judges since 10 February 2025; Alba and Havik compete."""
    return national(assigned(), *bid(ALBA, HAVIK), decided(), *facts)


@pytest.mark.parametrize(
    ("employment", "employer", "expected"),
    [
        (employed(), ALBA, "violation"),
        (employed(until="2025-02-09"), ALBA, "violation"),
        (employed(until="2024-02-10"), ALBA, "violation"),  # twelve months before
        (employed(until="2024-02-09"), ALBA, "pass"),
        (employed(), member("Gemeente Westerveen"), "pass"),
        (employed(who=TIBOR), ALBA, "pass"),
        (employed(since="2025-05-01"), ALBA, "violation"),  # changed sides before the award
        (employed(since="2025-05-09"), ALBA, "violation"),  # on the day itself
        (employed(since="2025-05-10"), ALBA, "pass"),  # the day after it was decided
    ],
)
def test_an_evaluator_neither_works_nor_worked_for_who_competes(
    employment: Fact, employer: MemberId, expected: str
) -> None:
    story = judged_by_elske().member(employer, employment)
    assert word(story.judge(INT_03, parameters=ADOPTED)) == expected


def test_a_former_employer_binds_only_whoever_adopted_the_months_but_a_present_one_does() -> None:
    former = judged_by_elske().member(ALBA, employed(until="2024-12-31"))
    assert isinstance(former.judge(INT_03), Warn)
    present = judged_by_elske().member(ALBA, employed())
    assert isinstance(present.judge(INT_03), Violation)
    last_day = judged_by_elske().member(ALBA, employed(until="2025-02-10"))
    assert isinstance(last_day.judge(INT_03), Violation)  # the day of the assignment


def test_the_employer_at_fault_is_named_and_the_present_one_before_a_former() -> None:
    story = judged_by_elske().member(ALBA, employed(until="2024-12-31"))
    former = story.judge(INT_03)
    assert isinstance(former, Warn)
    assert str(ALBA)[:8] in former.why.nl
    assert len(former.evidence) == 2
    present = story.member(HAVIK, employed(since="2025-01-01")).judge(INT_03)
    assert isinstance(present, Violation)
    assert str(HAVIK)[:8] in present.why.nl
    assert str(ALBA)[:8] not in present.why.nl


def test_a_double_role_is_shown_by_both_assignments_and_no_others() -> None:
    story = judged_by_elske(assigned(role=EXPERT, of=ALBA), assigned(AAFJE, EXPERT, of=HAVIK))
    verdict = story.judge(INT_03)
    assert isinstance(verdict, Violation)
    assert str(ALBA)[:8] in verdict.why.nl
    assert str(HAVIK)[:8] not in verdict.why.nl
    assert len(verdict.evidence) == 2


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((assigned(role=EXPERT, of=ALBA),), "violation"),
        ((assigned(AAFJE, EXPERT, of=ALBA),), "pass"),
        ((assigned(TIBOR, of=HAVIK),), "violation"),  # an evaluator sent by a bidder
        ((assigned(TIBOR, ProjectRole.BUYER),), "pass"),
        ((assigned(TIBOR, ProjectRole.BUYER, of=HAVIK),), "pass"),  # no evaluator
    ],
)
def test_who_speaks_for_the_market_does_not_judge(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(judged_by_elske(*facts).judge(INT_03)) == expected


def test_a_linked_undertaking_and_a_candidate_compete_too() -> None:
    holding, candidate = member("Alba Holding"), member("Kandidaat")
    linked = judged_by_elske().member(
        ALBA,
        UndertakingLinked(
            occurred_at=at("2024-01-01"),
            other=holding,
            basis=LinkBasis.GROUP,
            since=date(2020, 1, 1),
        ),
    )
    assert word(linked.member(holding, employed()).judge(INT_03)) == "violation"
    registered_ = CandidateRegistered(occurred_at=at("2025-03-10"), candidate=candidate)
    story = judged_by_elske(registered_).member(candidate, employed())
    assert word(story.judge(INT_03)) == "violation"


def test_without_people_on_record_nobody_can_say_who_judged() -> None:
    assert isinstance(national(*bid(ALBA)).judge(INT_03), Indeterminate)


# ---------------------------------------------------------------------------------------- INT-04


def meeting(code: str, on: str) -> MeetingHeld:
    return MeetingHeld(
        occurred_at=at(on),
        meeting=Code(code),
        agenda=(AgendaItem(kind=AgendaKind.TOPIC, title="prijsstijgingen"),),
        attendance=(),
        competition_statement=True,
    )


def noted(code: str, on: str) -> SensitiveTalkNoted:
    return SensitiveTalkNoted(occurred_at=at(on), meeting=Code(code), subject=SEALED)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((meeting("m1", "2025-01-20"),), "pass"),
        ((meeting("m1", "2025-01-20"), noted("m1", "2025-01-27")), "violation"),
        ((meeting("m1", "2025-01-06"), noted("m1", "2025-01-27")), "violation"),  # the first day
        ((meeting("m1", "2025-01-05"), noted("m1", "2025-01-27")), "pass"),  # before the project
        ((noted("m1", "2025-01-27"),), "violation"),
        ((noted("m1", "2025-01-03"),), "pass"),
    ],
)
def test_the_circle_keeps_off_prices_while_the_project_runs(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national().circle(*facts).judge(INT_04)) == expected


def test_a_project_without_a_circle_has_no_meetings_to_judge() -> None:
    assert isinstance(national().judge(INT_04), NotApplicable)


def test_the_meeting_at_fault_is_named() -> None:
    story = national().circle(
        meeting("2025-01-20", "2025-01-20"), noted("2025-01-20", "2025-01-27")
    )
    verdict = story.judge(INT_04)
    assert isinstance(verdict, Violation)
    assert "2025-01-20" in verdict.why.nl
    assert len(verdict.evidence) == 2


# ---------------------------------------------------------------------------------------- PRV-01


def scanned(outcome: str, on: str, what: RecordCheck = RecordCheck.PERSONAL_DATA_IN_CLEAR) -> Fact:
    return RecordChecked(
        occurred_at=at(on), check=what, passed=outcome == "good", up_to=41, remarks="-"
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((scanned("good", "2025-06-03"),), "pass"),
        ((scanned("bad", "2025-06-03"),), "violation"),
        ((scanned("bad", "2025-06-03"), scanned("good", "2025-06-04")), "pass"),
        ((scanned("good", "2025-06-03"), scanned("bad", "2025-06-04")), "violation"),
        ((scanned("good", "2025-06-03", RecordCheck.PROCEDURE_FILE),), "indeterminate"),
        ((), "indeterminate"),
    ],
)
def test_the_chain_holds_no_names_as_the_newest_scan_says(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national(*facts).judge(PRV_01)) == expected


@pytest.mark.parametrize("build", [european, private])
def test_how_far_a_scan_reached_is_told(build: Callable[..., Story]) -> None:
    verdict = build(scanned("good", "2025-06-03")).judge(PRV_01)
    assert not isinstance(verdict, Indeterminate)
    assert "tot positie 41" in verdict.why.nl


def test_an_old_project_in_a_new_record_is_scanned_as_well() -> None:
    story = Story().project(registered("2014-01-06"), scanned("bad", "2025-06-03"))
    assert word(story.judge(PRV_01)) == "violation"
