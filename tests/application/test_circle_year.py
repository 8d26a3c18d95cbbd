"""A circle year, played: the registers of the circle tell what came of everything that was said."""

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from application.circle_standing import calendar_on, composition_on
from application.play import play
from application.sealer import Sealer
from application.sentences import sentence
from application.views import (
    circle_agreements,
    circle_calendar,
    circle_composition,
    circle_decisions,
    circle_improvements,
    circle_network,
    klaagpaal,
)
from application.views.circle_improvements import ActionStatus
from application.views.view import View
from domain.circle.agreements import EnforcementPlace
from domain.circle.decisions import DecisionOutcome, ObjectionOutcome
from domain.circle.founding import IntakeAnswered, IntakeQuestion
from domain.circle.klaagpaal import ComplaintOutcome
from domain.circle.seats import Side
from domain.record import Recorded
from domain.rules.parameters import parameters_in_force
from domain.terms import Code, Fact
from infrastructure.scenario_file import read_scenario
from tests.fresh_fold import fresh_fold
from tests.given import at
from tests.memory_ledger import MemoryLedger, MemoryVault

SCENARIO = read_scenario(Path(__file__).parents[2] / "scenarios" / "circle-year.yaml")
NUMBERS = parameters_in_force()


@cache
def history() -> tuple[Recorded[Fact], ...]:
    async def story() -> tuple[Recorded[Fact], ...]:
        ledger = MemoryLedger()
        await play(SCENARIO, ledger, Sealer(MemoryVault()), policy=bytes(32))
        return tuple([each async for each in ledger.read()])

    return asyncio.run(story())


def rows(view: View[Any]) -> Sequence[Any]:
    held = fresh_fold(view, history(), as_of=len(history()))
    return [held[name].row for name in sorted(held)]


def test_the_seven_questions_were_asked_before_the_second_circle_began() -> None:
    asked = [each.fact.question for each in history() if isinstance(each.fact, IntakeAnswered)]
    assert asked == list(IntakeQuestion)


def test_a_complaint_became_an_improvement_that_was_done() -> None:
    (complaint,), (action,) = rows(klaagpaal.view), rows(circle_improvements.view)
    assert (complaint.outcome, complaint.became) == (ComplaintOutcome.IMPROVEMENT, "V1")
    assert (action.improvement, action.complaint, action.status) == ("V1", "K1", ActionStatus.DONE)
    assert action.first_due_on < action.due_on
    assert action.ended_at < at("2025-08-29")


def test_the_decision_took_the_objection_in() -> None:
    (decision,) = rows(circle_decisions.view)
    assert decision.outcome is DecisionOutcome.ADOPTED
    assert [each.outcome for each in decision.objections] == [ObjectionOutcome.INTEGRATED]
    assert (decision.option, decision.review_on) == ("B", date(2026, 6, 11))
    assert decision.votes.quorate


def test_the_agreement_was_enforced_in_both_places_and_the_finding_was_mended() -> None:
    year = {each.agreement: each for each in rows(circle_agreements.view)}
    assert year["A1"].places_checked == set(EnforcementPlace)
    assert year["A1"].until == date(2028, 12, 31)
    assert year["A1"].open_findings == ()
    assert len(year["A1"].findings[0].sanctions) == 1


def test_before_the_rotation_a_seat_was_held_too_long_and_after_it_none_that_somebody_waits_for(
) -> None:  # fmt: skip
    def makes_room(until: str, day: date) -> list[str]:
        told = [each for each in history() if each.occurred_at <= at(until)]
        held = fresh_fold(circle_composition.view, told, as_of=told[-1].position)
        return [
            seat.seat
            for each in held.values()
            for seat in composition_on(each.row, NUMBERS, day).seats
            if seat.makes_room
        ]

    assert "sme-1" in makes_room("2025-02-03", date(2025, 2, 3))
    assert makes_room("2025-02-10 10:00", date(2025, 2, 10)) == []


def test_another_client_took_its_seat_and_the_offer_to_the_port_was_withdrawn() -> None:
    held = {each.circle: each for each in rows(circle_composition.view)}
    offers = [offer.seat for each in held.values() for offer in each.offers]
    others = [
        seat for each in held.values() for seat in each.seats if seat.side is Side.OTHER_CLIENT
    ]
    assert offers == []
    assert [each.seat for each in others] == ["other-1"]


def test_the_calendar_knows_what_was_called_off_and_the_one_report_that_is_overdue() -> None:
    meetings = {
        each.meeting: each
        for each in calendar_on(rows(circle_calendar.view), NUMBERS, date(2025, 12, 31))
    }
    assert meetings[Code("2025-extra")].called_off_at == at("2025-06-20")
    late = [code for code, each in meetings.items() if each.overdue and code.startswith("2025")]
    assert late == ["2025-najaar"]


def test_the_second_circle_took_up_what_the_first_passed() -> None:
    (knowledge,) = rows(circle_network.view)
    assert knowledge.passed.passed_at == at("2025-09-15")
    assert knowledge.received.received_at == at("2025-10-06")
    assert knowledge.source != knowledge.target


def test_every_step_is_told_in_both_languages_and_what_was_said_in_confidence_in_neither() -> None:
    said = [sentence(each.fact, lambda subject: subject.hex[:4]) for each in history()]  # type: ignore[arg-type]
    whole = "".join(each.nl + each.en for each in said) + "".join(
        str(each.fact) for each in history()
    )
    for confidence in ("Gijs hoort", "Marloes schrikt", "Aafje gaat", "aggregaat", "Ruben: dan"):
        assert confidence not in whole
