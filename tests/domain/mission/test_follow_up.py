"""Follow-up, monitoring and evaluation, the slips of the source included; and how a mission ends."""

from datetime import timedelta

import pytest

from domain.mission import MissionCommand, mission
from domain.mission.ending import (
    CloseMission,
    FindMissionReached,
    MissionClosed,
    MissionReached,
    MissionReopened,
    ReopenMission,
)
from domain.mission.enforcement import FeedProject
from domain.mission.follow_up import (
    AgreeMissionFollowUp,
    EndMissionFollowUp,
    EvaluateMission,
    FollowUpEnding,
    FollowUpKind,
    LineAdvice,
    MeasureMissionIndicator,
    MissionEvaluationTermSet,
    MissionFollowUpAgreed,
    MissionMonitored,
    MonitoringMethod,
    MonitorMission,
    SetMissionEvaluationTerm,
    SetMissionIndicator,
    TermUnit,
)
from domain.terms import Code
from tests.domain.mission.told import AGREED, ALBA, FOUNDED, KADE, NOORDERDAM
from tests.given import NOW, at, given

CLOSED = MissionClosed(occurred_at=at("2026-06-01"), reason="norm is gewoon geworden")
REACHED = MissionReached(occurred_at=at("2026-05-01"), evidence="96 %", judged_by=())


def test_natura_2002_stays_what_the_source_wrote() -> None:
    said = AgreeMissionFollowUp(
        action=Code("G6"), kind=FollowUpKind.NATURA_2002, description="natura 2002"
    )
    (fact,) = given(mission, FOUNDED).when(said).facts
    assert isinstance(fact, MissionFollowUpAgreed)
    assert (fact.kind.value, fact.description) == ("natura-2002", "natura 2002")


def test_an_evaluation_after_one_to_two_of_nobody_knows_what_is_recorded_as_it_stands() -> None:
    said = SetMissionEvaluationTerm(
        wording="ná 1-2 evaluatie", at_least=1, at_most=2, unit=TermUnit.UNSTATED
    )
    given(mission, FOUNDED).when(said).then(
        MissionEvaluationTermSet(
            occurred_at=NOW,
            wording="ná 1-2 evaluatie",
            at_least=1,
            at_most=2,
            unit=TermUnit.UNSTATED,
        )
    )


@pytest.mark.parametrize(("least", "most"), [(2, 1), (-1, 1)])
def test_a_term_runs_from_its_least_to_its_most(least: int, most: int) -> None:
    said = SetMissionEvaluationTerm(wording="", at_least=least, at_most=most, unit=TermUnit.YEARS)
    given(mission, FOUNDED).when(said).then_refused("mission.evaluation-term")


def test_an_action_is_agreed_and_ends_once() -> None:
    end = EndMissionFollowUp(action=Code("G1"), ending=FollowUpEnding.DONE, result="hub open")
    given(mission, FOUNDED).when(end).then_refused("mission.unknown-action", field="action")
    agree = AgreeMissionFollowUp(
        action=Code("G1"), kind=FollowUpKind.CHARGING_HUB, description="laadhub", owner=ALBA
    )
    (agreed,) = given(mission, FOUNDED).when(agree).facts
    (ended,) = given(mission, FOUNDED, agreed).when(end).facts
    given(mission, FOUNDED, agreed, ended).when(end).then_refused("mission.action-ended")


def test_what_is_measured_is_an_indicator_that_was_set() -> None:
    measure = MeasureMissionIndicator(
        indicator=Code("I1"), value=31, measured_by=NOORDERDAM, source="draaiuren"
    )
    given(mission, FOUNDED).when(measure).then_refused("mission.unknown-indicator")
    (made,) = (
        given(mission, FOUNDED)
        .when(SetMissionIndicator(indicator=Code("I1"), description="draaiuren", unit="procent"))
        .facts
    )
    assert given(mission, FOUNDED, made).when(measure).refused is None


def test_whoever_took_part_in_monitoring_is_recorded_and_nobody_is_demanded() -> None:
    said = MonitorMission(method=MonitoringMethod.SMALL_WINS, took_part=(ALBA,))
    given(mission, FOUNDED).when(said).then(
        MissionMonitored(occurred_at=NOW, method=MonitoringMethod.SMALL_WINS, took_part=(ALBA,))
    )


def test_a_line_is_evaluated_that_was_agreed() -> None:
    said = EvaluateMission(
        evaluation=Code("E1"),
        level=1,
        conclusion="de markt kan het aan",
        advice=LineAdvice.RAISE,
        took_part=(ALBA, NOORDERDAM),
    )
    given(mission, FOUNDED).when(said).then_refused("mission.unknown-level", field="level")
    (evaluated,) = given(mission, FOUNDED, AGREED).when(said).facts
    given(mission, FOUNDED, AGREED, evaluated).when(said).then_refused("mission.evaluation-known")


# ------------------------------------------------------------------------------------ the ending

SOMETHING: tuple[MissionCommand, ...] = (
    FeedProject(project=KADE),
    MonitorMission(method=MonitoringMethod.SMALL_WINS, took_part=()),
    CloseMission(reason="nog eens"),
    FindMissionReached(evidence="", judged_by=()),
)


@pytest.mark.parametrize("command", SOMETHING, ids=lambda command: type(command).__name__)
def test_nothing_happens_in_a_mission_after_it_was_closed(command: MissionCommand) -> None:
    given(mission, FOUNDED, CLOSED).when(command).then_refused("mission.closed")


def test_what_happened_before_the_closing_may_be_recorded_after_it() -> None:
    at_the_end = FeedProject(project=KADE, occurred_at=CLOSED.occurred_at)
    assert given(mission, FOUNDED, CLOSED).when(at_the_end).refused is None
    later = FeedProject(project=KADE, occurred_at=CLOSED.occurred_at + timedelta(microseconds=1))
    given(mission, FOUNDED, CLOSED).when(later).then_refused("mission.closed")


def test_a_mission_is_found_reached_once() -> None:
    said = FindMissionReached(evidence="96 %", judged_by=())
    given(mission, FOUNDED, REACHED).when(said).then_refused("mission.reached")


def test_a_closed_mission_can_be_taken_up_again() -> None:
    again = ReopenMission(reason="de norm zakte weg")
    given(mission, FOUNDED).when(again).then_refused("mission.not-closed")
    story = given(mission, FOUNDED, REACHED, CLOSED)
    story.when(again).then(MissionReopened(occurred_at=NOW, reason="de norm zakte weg"))
    early = ReopenMission(
        reason="te vroeg", occurred_at=CLOSED.occurred_at - timedelta(microseconds=1)
    )
    story.when(early).then_refused("mission.not-closed")
    reopened = MissionReopened(occurred_at=at("2026-07-01"), reason="de norm zakte weg")
    after = given(mission, *story.facts, reopened)
    for command in SOMETHING:
        assert after.when(command).refused is None, command


@pytest.mark.parametrize("command", SOMETHING, ids=lambda command: type(command).__name__)
def test_nothing_happens_in_a_mission_that_was_not_founded(command: MissionCommand) -> None:
    given(mission).when(command).then_refused("mission.unknown")
