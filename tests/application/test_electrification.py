"""The mission from its problem to a raised line: it plays, and afterwards the record can tell it."""

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from application.scanned_registers import ScannedRegisters
from application.scenarios.play import Judged, judge_played, play
from application.scenarios.words import script
from application.sealing.sealer import Sealer
from application.sentences import sentence
from application.views import (
    line_breaches,
    line_checks,
    mission_conditions,
    mission_follow_ups,
    mission_functions,
    mission_indicators,
    mission_lines,
    mission_projects,
    mission_promises,
    missions,
)
from application.views.view import View
from domain.mission.conditions import MissionConditionKind
from domain.mission.enforcement import BreachEnding, LineCheckPlace, LineSanction
from domain.mission.follow_up import (
    FollowUpKind,
    LineAdvice,
    MissionEvaluationTermSet,
    MissionMonitored,
    TermUnit,
)
from domain.mission.functions import Degree, MissionFunction
from domain.mission.line import Direction
from domain.record import Recorded
from domain.rules.catalogue import BY_ID
from domain.terms import Fact, Sealed
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.ledger import PostgresLedger
from infrastructure.scenario_file import read_scenario
from tests.conftest import Database
from tests.fresh_fold import fresh_fold, on_shelf
from tests.memory_ledger import MemoryLedger, MemoryVault

SCENARIO = read_scenario(Path(__file__).parents[2] / "scenarios" / "electrification.yaml")
POLICY = bytes(32)


async def told(ledger: PostgresLedger | MemoryLedger) -> Judged:
    played = await play(SCENARIO, ledger, Sealer(MemoryVault()), policy=POLICY)
    return await judge_played(SCENARIO, played, ledger, ScannedRegisters(ledger))


@cache
def history() -> tuple[Recorded[Fact], ...]:
    async def story() -> tuple[Recorded[Fact], ...]:
        ledger = MemoryLedger()
        await told(ledger)
        return tuple([each async for each in ledger.read()])

    return asyncio.run(story())


def rows(view: View[Any]) -> Sequence[Any]:
    held = fresh_fold(view, history(), as_of=len(history()))
    return [held[name].row for name in sorted(held)]


def test_both_projects_are_judged_as_the_author_reasoned(sandbox_database: Database) -> None:
    async def story() -> Judged:
        ledger = await PostgresLedger.open(
            sandbox_database.dsn("kringboek_service"), EventMapper(EVENT_NAMES), durable=False
        )
        async with ledger:
            return await told(ledger)

    judged = asyncio.run(story())
    assert set(judged.verdicts) == {"lindenstraat", "riolering"}
    surprises = [
        (each.expected.project, each.judged.rule.id, each.judged.outcome)
        for each in judged.differences
    ]
    assert surprises == []


def test_a_verdict_of_every_rule_is_expected_on_both_projects() -> None:
    projects = script(SCENARIO).projects
    expected = {(each.project, each.rule) for each in SCENARIO.expected}
    assert expected == {(project, rule) for project in projects for rule in BY_ID}


def test_the_line_was_raised_by_one_tread_with_more_than_a_year_of_notice() -> None:
    first, second = rows(mission_lines.view)
    assert (first.line.scope, first.line.direction) == ("alles van 19 kW", Direction.UNSTATED)
    assert [each.advice for each in first.evaluated] == [LineAdvice.RAISE]
    assert (first.level, second.level) == (1, 2)
    for each in (first, second):
        assert each.notice_days > 365
        assert each.line.agreed_by_market
        assert each.line.agreed_by_authority


def test_the_board_shows_where_the_mission_stands() -> None:
    (row,) = rows(missions.view)
    assert row.line.level == 2
    assert row.next_tread is None
    assert [each.function for each in row.functions] == list(MissionFunction)
    degrees = {each.function: each.degree for each in row.functions}
    assert degrees[MissionFunction.LEGITIMACY] is Degree.LARGELY
    assert len(row.projects) == 2
    assert row.open_breaches == ()


def test_functions_were_assessed_again_and_both_judgements_are_kept() -> None:
    by_function = {each.function: each.judgements for each in rows(mission_functions.view)}
    market = [each.degree for each in by_function[MissionFunction.MARKET_CREATION]]
    assert market == [Degree.NOT, Degree.PARTLY]
    assert all(each.judged_by for found in by_function.values() for each in found)


def test_the_eight_conditions_have_an_owner_and_one_is_not_met_yet() -> None:
    found = rows(mission_conditions.view)
    assert {each.kind for each in found} == set(MissionConditionKind) - {MissionConditionKind.OTHER}
    assert all(each.owner is not None for each in found)
    assert [each.condition for each in found if each.met_at is None] == ["R8"]


def test_each_project_was_looked_after_in_both_places_and_is_found_from_itself() -> None:
    held = fresh_fold(mission_projects.view, history(), as_of=len(history()))
    for project in script(SCENARIO).projects.values():
        shelf = mission_projects.of_project(project)
        ((_, _, row),) = on_shelf(mission_projects.view, held, shelf)
        assert row.checked == tuple(LineCheckPlace)
    assert len(rows(line_checks.view)) == 5


def test_continuity_rests_on_an_agreement_and_everybody_who_has_it_guaranteed_something() -> None:
    (row,) = rows(mission_promises.view)
    assert row.promised.agreement == "SOK-1"
    assert len(row.guarantees) == 2
    assert row.silent == ()


def test_the_ambition_is_measured_and_comes_nearer() -> None:
    (row,) = rows(mission_indicators.view)
    assert (row.baseline, [each.value for each in row.readings], row.target) == (4, [23, 41], 100)


def test_the_firm_that_did_not_keep_the_line_answered_for_it() -> None:
    (row,) = rows(line_breaches.view)
    assert [each.sanction for each in row.sanctions] == [
        LineSanction.REPAIR_ORDER,
        LineSanction.PRICE_REDUCTION,
    ]
    assert row.ending is BreachEnding.REPAIRED
    assert row.settled_at > row.sanctions[-1].imposed_at > row.found_at


def test_the_slips_of_the_source_stay_as_they_were_written() -> None:
    actions = {each.action: each for each in rows(mission_follow_ups.view)}
    assert actions["V3"].kind is FollowUpKind.NATURA_2002
    assert "natura 2002" in actions["V3"].description
    (term,) = [e.fact for e in history() if isinstance(e.fact, MissionEvaluationTermSet)]
    assert (term.wording, term.unit) == ("ná 1-2 evaluatie", TermUnit.UNSTATED)
    said = sentence(term, str)
    assert "unit unstated" in said.en
    assert "ná 1-2 evaluatie" in said.nl


def test_what_was_said_in_reflection_is_sealed() -> None:
    (fact,) = [each.fact for each in history() if isinstance(each.fact, MissionMonitored)]
    assert isinstance(fact.reflections, Sealed)
    assert "stekker" not in "".join(str(each.fact) for each in history())
