"""A circle year, played: the registers of the circle tell what came of everything that was said."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg_pool import AsyncConnectionPool

from application.circle_standing import calendar_on, composition_on
from application.scanned_registers import ScannedRegisters
from application.scenarios.play import Judged, judge_played, play
from application.scenarios.scenario import Scenario
from application.scenarios.words import script
from application.sealing.sealer import Sealer, sealed_fields
from application.sentences import sentence
from application.views import (
    circle_agreements,
    circle_calendar,
    circle_composition,
    circle_decisions,
    circle_improvements,
    circle_network,
    circles,
    klaagpaal,
)
from application.views.circle_composition import CircleCompositionRow
from application.views.circle_improvements import ActionStatus
from application.views.view import View
from domain.circle.agreements import EnforcementPlace
from domain.circle.decisions import DecisionOutcome, ObjectionOutcome, ReviewOutcome
from domain.circle.founding import IntakeAnswered, IntakeQuestion
from domain.circle.klaagpaal import ComplaintOutcome
from domain.circle.learning import HealthChecked, HealthQuestion
from domain.circle.seats import Side
from domain.law.parameters import parameters_in_force
from domain.record import Recorded
from domain.rules.catalogue import BY_ID
from domain.terms import Code, Fact
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.follower import ViewFollower
from infrastructure.ledger import PostgresLedger
from infrastructure.scenario_file import read_scenario
from infrastructure.view_store import ViewStore
from tests.conftest import Database
from tests.fresh_fold import fresh_fold
from tests.given import at
from tests.memory_ledger import MemoryLedger, MemoryVault

SCENARIO = read_scenario(Path(__file__).parents[2] / "scenarios" / "circle-year.yaml")
SERVICE = "kringboek_service"
NUMBERS = parameters_in_force()
MIDYEAR = "2025-06-30"
YEAR_END = "2025-12-31 23:59"
REGISTERS: tuple[View[Any], ...] = (
    circles.view,
    circle_composition.view,
    circle_calendar.view,
    circle_improvements.view,
    circle_decisions.view,
    circle_agreements.view,
    klaagpaal.view,
    circle_network.view,
)


async def told(ledger: PostgresLedger | MemoryLedger, case: Scenario = SCENARIO) -> Judged:
    played = await play(case, ledger, Sealer(MemoryVault()), policy=bytes(32))
    return await judge_played(case, played, ledger, ScannedRegisters(ledger))


@cache
def history() -> tuple[Recorded[Fact], ...]:
    async def story() -> tuple[Recorded[Fact], ...]:
        ledger = MemoryLedger()
        await told(ledger)
        return tuple([each async for each in ledger.read()])

    return asyncio.run(story())


def rows(view: View[Any], until: str = YEAR_END) -> Sequence[Any]:
    known = sum(each.recorded_at <= at(until) for each in history())
    held = fresh_fold(view, history(), as_of=known)
    return [held[name].row for name in sorted(held)]


def composition(until: str) -> CircleCompositionRow:
    """Who sat in the circle of Noorderdam."""
    noorderdam = {each.circle for each in rows(circles.view) if each.region == "Noorderdam"}
    (row,) = [each for each in rows(circle_composition.view, until) if each.circle in noorderdam]
    assert isinstance(row, CircleCompositionRow)
    return row


# -------------------------------------------------------------------------- in the real ledger


def test_the_year_is_judged_as_its_author_reasoned_and_its_registers_are_kept(
    sandbox_database: Database,
) -> None:
    dsn = sandbox_database.dsn(SERVICE)

    async def story() -> Judged:
        ledger = await PostgresLedger.open(dsn, EventMapper(EVENT_NAMES), durable=False)
        async with ledger:
            judged = await told(ledger)
            recorded = [each async for each in ledger.read()]
            midyear = await ledger.position_at(at(MIDYEAR))
            head = await ViewFollower(dsn=dsn, ledger=ledger, views=REGISTERS).catch_up()
            assert 0 < midyear < head == len(recorded)
            async with AsyncConnectionPool(dsn, min_size=1, max_size=2, open=False) as pool:
                store = ViewStore(pool, REGISTERS)
                for view in REGISTERS:
                    for as_of in (midyear, head):
                        held = fresh_fold(view, recorded, as_of=as_of)
                        ever = list(fresh_fold(view, recorded, as_of=head))
                        answers = await store.get_many(view, ever, as_of=as_of)
                        found = {key: each.row for key, each in answers.entries.items()}
                        assert found == {key: each.row for key, each in held.items()}, view.name
        return judged

    judged = asyncio.run(story())
    assert judged.differences == ()
    assert {each.rule for each in SCENARIO.expected} == set(BY_ID)


def every_stored_value(database: Database) -> Iterator[bytes]:
    """Each value of each table that is ours, as the bytes that its text or blob consists of."""
    with psycopg.connect(database.superuser_dsn) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            rows = connection.execute(
                sql.SQL("SELECT * FROM {}").format(sql.Identifier(schema, table))
            )
            for row in rows:
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def test_nothing_that_was_sealed_stands_in_clear_in_what_is_stored(
    sandbox_database: Database,
) -> None:
    dsn = sandbox_database.dsn(SERVICE)

    async def story() -> None:
        ledger = await PostgresLedger.open(dsn, EventMapper(EVENT_NAMES), durable=False)
        async with ledger:
            await told(ledger)
            await ViewFollower(dsn=dsn, ledger=ledger, views=REGISTERS).catch_up()

    asyncio.run(story())
    confidences = {
        str(line.plain[field])
        for line in script(SCENARIO).lines
        for field in sealed_fields(line.command, line.plain)
    }
    assert "Gijs hoort pas op vrijdag dat maandag de straat dicht moet" in confidences
    assert all(each.isascii() for each in confidences), "so that no encoding spells them otherwise"
    stored = b"\n".join(every_stored_value(sandbox_database))
    assert b"Een vaste rekenvergoeding" in stored
    assert [each for each in confidences if each.encode() in stored] == []


@pytest.mark.parametrize(
    ("left_out", "broken"),
    [
        ({"autumn-report"}, {"CIR-08", "INF-10"}),
        ({"havik-joins", "seat-rotates"}, {"CIR-07"}),
        ({"havik-waits", "havik-joins", "seat-rotates"}, {"CIR-07", "CIR-09"}),
    ],
)
def test_what_the_circle_leaves_undone_is_held_against_it(
    left_out: set[str], broken: set[str]
) -> None:
    steps = tuple(each for each in SCENARIO.steps if each.id not in left_out)
    assert len(steps) == len(SCENARIO.steps) - len(left_out)
    judged = asyncio.run(told(MemoryLedger(), replace(SCENARIO, steps=steps)))
    assert {each.expected.rule for each in judged.differences} == broken


# ------------------------------------------------------------- halfway the year, and at its end


def test_the_seven_questions_were_asked_before_the_second_circle_began() -> None:
    asked = [each.fact.question for each in history() if isinstance(each.fact, IntakeAnswered)]
    assert asked == list(IntakeQuestion)


def test_the_two_circles_are_of_two_municipalities() -> None:
    ours, theirs = sorted(rows(circles.view), key=lambda each: str(each.municipality_code))
    assert (ours.municipality_code, theirs.municipality_code) == ("gm9901", "gm9903")
    assert ours.authority != theirs.authority
    assert ours.facilitator != theirs.facilitator
    assert (ours.meetings, ours.without_report) == (4, ())


def test_a_complaint_became_an_improvement_that_was_done() -> None:
    (action,) = rows(circle_improvements.view, MIDYEAR)
    assert (action.status, action.due_on) == (ActionStatus.OPEN, date(2025, 8, 29))
    (action,) = rows(circle_improvements.view)
    assert (action.improvement, action.complaint, action.status) == ("V1", "K1", ActionStatus.DONE)
    assert action.first_due_on < action.due_on
    assert action.ended_at < at("2025-08-29")


def test_the_klaagpaal_shows_what_came_of_each_complaint_and_which_one_is_still_open() -> None:
    first, second = rows(klaagpaal.view, MIDYEAR)
    assert (first.outcome, first.became) == (ComplaintOutcome.IMPROVEMENT, "V1")
    assert [each.meeting for each in first.talks] == ["2025-voorjaar"]
    assert (second.outcome, second.talks) == (None, ())
    _, second = rows(klaagpaal.view)
    assert (second.outcome, second.became) == (ComplaintOutcome.HEARD, None)


def test_the_decision_took_the_objection_in() -> None:
    (decision,) = rows(circle_decisions.view, MIDYEAR)
    assert decision.outcome is DecisionOutcome.ADOPTED
    assert [each.outcome for each in decision.objections] == [ObjectionOutcome.INTEGRATED]
    assert (decision.option, decision.review_on) == ("B", date(2025, 12, 4))
    assert decision.votes.quorate
    assert decision.reviews == ()


def test_the_decision_was_reviewed_on_its_day_and_gave_way_to_another() -> None:
    first, second = rows(circle_decisions.view)
    assert [(each.outcome, each.replaced_by) for each in first.reviews] == [
        (ReviewOutcome.REVISED, "B2")
    ]
    assert first.review_on is None
    assert (second.outcome, second.review_on) == (DecisionOutcome.ADOPTED, date(2026, 12, 3))


def test_the_agreement_was_enforced_in_both_places_and_the_finding_was_mended() -> None:
    (agreement,) = rows(circle_agreements.view, MIDYEAR)
    assert (agreement.until, agreement.checks) == (date(2028, 12, 31), ())
    (during,) = rows(circle_agreements.view, "2025-09-01")
    assert during.open_findings == ("F1",)
    (agreement,) = rows(circle_agreements.view)
    assert agreement.places_checked == set(EnforcementPlace)
    assert agreement.open_findings == ()
    assert len(agreement.findings[0].sanctions) == 1


def test_the_seat_of_who_sat_too_long_went_to_the_firm_that_waited() -> None:
    def makes_room(until: str, day: date) -> set[Code]:
        standing = composition_on(composition(until), NUMBERS, day)
        return {each.seat for each in standing.seats if each.makes_room}

    before, after = composition("2025-02-03"), composition("2025-02-10 10:00")
    (waiting,) = before.waiting
    assert "sme-1" in makes_room("2025-02-03", date(2025, 2, 3))
    assert makes_room("2025-02-10 10:00", date(2025, 2, 10)) == set()
    assert waiting.member not in {each.member for each in before.seats}
    assert [each.member for each in after.seats if each.seat == "sme-1"] == [waiting.member]
    last = composition_on(composition(YEAR_END), NUMBERS, date(2025, 12, 31))
    assert last.next_to_go[-1] == waiting.member
    assert all(each.within for each in last.counts)
    assert (last.roles_missing, last.not_directors, last.market_chose) == ((), (), True)


def test_another_client_took_its_seat_and_the_offer_to_the_port_was_withdrawn() -> None:
    offered = [each.seat for each in composition("2025-02-10 10:00").offers]
    assert offered == ["other-1", "other-2"]
    row = composition(MIDYEAR)
    others = [each.seat for each in row.seats if each.side is Side.OTHER_CLIENT]
    assert (row.offers, others) == ((), ["other-1"])


def test_every_report_came_in_time_and_one_meeting_was_called_off() -> None:
    def calendar(until: str, day: date) -> dict[Code, Any]:
        found = calendar_on(rows(circle_calendar.view, until), NUMBERS, day)
        return {each.meeting: each for each in found}

    year = calendar(YEAR_END, date(2025, 12, 31))
    assert year[Code("2025-extra")].called_off_at == at("2025-06-20")
    held = [each for each in year.values() if each.held_at is not None]
    assert len(held) == 4
    assert all(each.published_at.date() <= each.report_due_on for each in held)
    unpublished = calendar("2025-06-20", date(2025, 7, 31))
    assert [code for code, each in unpublished.items() if each.overdue] == ["2025-zomer"]


def test_the_second_circle_took_up_what_the_first_passed() -> None:
    assert rows(circle_network.view, MIDYEAR) == []
    (underway,) = rows(circle_network.view, "2025-09-30")
    assert underway.received is None
    (knowledge,) = rows(circle_network.view)
    assert knowledge.passed.passed_at == at("2025-09-15")
    assert knowledge.received.received_at == at("2025-10-06")
    assert knowledge.source != knowledge.target


def test_the_four_questions_were_answered_by_both_sides() -> None:
    found = [each.fact for each in history() if isinstance(each.fact, HealthChecked)]
    assert len({each.member for each in found}) == 2
    for each in found:
        assert {answer.question for answer in each.answers} == set(HealthQuestion)


def test_every_step_is_told_in_both_languages_and_what_was_said_in_confidence_in_neither() -> None:
    said = [sentence(each.fact, lambda subject: subject.hex[:4]) for each in history()]  # type: ignore[arg-type]
    whole = "".join(each.nl + each.en for each in said) + "".join(
        str(each.fact) for each in history()
    )
    for confidence in ("Gijs hoort", "Marloes schrikt", "Aafje gaat", "aggregaat", "Ruben: dan"):
        assert confidence not in whole
