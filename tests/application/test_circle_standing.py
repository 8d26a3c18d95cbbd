"""How a circle stands on a day: seats and rotation, and which reports are overdue."""

import asyncio
from datetime import date

import pytest

from application.circle_standing import (
    CompositionStanding,
    calendar_on,
    composition_on,
    parameters_of,
)
from application.views import circle_calendar, circle_composition
from domain.circle.meetings import MeetingPlanned, ReportPublished
from domain.circle.membership import EntryRequested
from domain.circle.seats import (
    OptionSeatOffered,
    RotationScheduled,
    SeatChooser,
    SeatHoldersChosen,
    SeatRole,
    Side,
)
from domain.dossier import File
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import Parameters, parameters_in_force
from domain.member.policy import ParameterAdopted
from domain.rules.circle.seats import tenures
from domain.terms import Code, Fact
from tests.any_facts import recorded
from tests.circle_told import ALBA, BERK, FOUNDED, HAVEN, MEETING, MET, NOORDERDAM, seated
from tests.fresh_fold import fresh_fold
from tests.given import CIRCLE, at, member
from tests.told_ledger import ToldLedger

NUMBERS = parameters_in_force()
TODAY = date(2026, 11, 21)
FIRMS = tuple(member(f"firma {number}") for number in range(1, 10))


def standing(*facts: Fact, day: date = TODAY, numbers: Parameters = NUMBERS) -> CompositionStanding:
    history = recorded(*((CIRCLE, fact) for fact in (FOUNDED, *facts)))
    (held,) = fresh_fold(circle_composition.view, history, as_of=len(history)).values()
    return composition_on(held.row, numbers, day)


def firms(count: int) -> list[Fact]:
    return [seated(number, by=FIRMS[number - 1]) for number in range(1, count + 1)]


@pytest.mark.parametrize(("taken", "within"), [(6, False), (7, True), (8, True), (9, False)])
def test_seven_or_eight_sme_seats_are_meant(taken: int, within: bool) -> None:  # noqa: FBT001
    sme, municipal = standing(*firms(taken)).counts
    assert (sme.side, sme.taken, sme.at_least, sme.at_most, sme.within) == (
        Side.SME,
        taken,
        7,
        8,
        within,
    )
    assert (municipal.side, municipal.taken, municipal.within) == (Side.MUNICIPAL, 0, False)


@pytest.mark.parametrize(("taken", "within"), [(2, False), (3, True), (5, True), (6, False)])
def test_three_to_five_municipal_seats_are_meant(taken: int, within: bool) -> None:  # noqa: FBT001
    seats = [
        seated(number, side=Side.MUNICIPAL, by=NOORDERDAM, roles=(SeatRole.CLIENT,))
        for number in range(taken)
    ]
    _, municipal = standing(*seats).counts
    assert (municipal.taken, municipal.within) == (taken, within)


def test_one_person_may_cover_two_municipal_roles() -> None:
    two = seated(
        1,
        side=Side.MUNICIPAL,
        by=NOORDERDAM,
        roles=(SeatRole.CLIENT, SeatRole.PROJECTS_LEAD),
    )
    assert standing(two).roles_missing == (
        SeatRole.OPERATIONAL_DIRECTOR,
        SeatRole.OPERATIONS_MANAGER,
        SeatRole.SUPPORT_SERVICES,
    )


def test_an_sme_seat_is_for_a_director() -> None:
    found = standing(seated(1), seated(2, by=BERK, roles=(SeatRole.PROJECTS_LEAD,)))
    assert found.not_directors == (Code("sme-2"),)


WISH = EntryRequested(occurred_at=at("2025-06-01"), member=BERK, meets_condition=True)


@pytest.mark.parametrize(("day", "late"), [(date(2025, 2, 1), False), (date(2025, 2, 2), True)])
def test_a_seat_is_held_two_years_while_somebody_waits(day: date, late: bool) -> None:  # noqa: FBT001
    """Exactly two years is not yet longer."""
    (seat,) = standing(seated(1, "2023-02-01"), WISH, day=day).seats
    assert seat.rotates_on == date(2025, 2, 1)
    assert seat.makes_room is late


def test_while_nobody_waits_nobody_makes_room() -> None:
    (seat,) = standing(seated(1, "2023-02-01")).seats
    assert not seat.makes_room


def test_a_municipal_seat_does_not_rotate() -> None:
    (seat,) = standing(seated(1, "2018-02-01", side=Side.MUNICIPAL, by=NOORDERDAM), WISH).seats
    assert (seat.rotates_on, seat.makes_room) == (None, False)


def test_the_next_to_go_are_those_who_sit_in_the_order_of_the_schedule() -> None:
    schedule = RotationScheduled(
        occurred_at=at("2025-01-31"), order=(HAVEN, BERK, ALBA), review_months=13
    )
    found = standing(seated(1), seated(2, by=BERK), schedule)
    assert found.next_to_go == (BERK, ALBA)
    assert found.schedule_review_on == date(2026, 2, 28)
    assert standing(seated(1)).schedule_review_on is None


def test_it_is_said_whether_the_market_chose_and_who_waits_and_what_is_offered() -> None:
    def chosen(by: SeatChooser) -> SeatHoldersChosen:
        return SeatHoldersChosen(
            occurred_at=at("2025-01-01"), members=(ALBA,), chosen_by=by, method="loting"
        )

    offered = OptionSeatOffered(occurred_at=at("2025-01-01"), seat=Code("haven"), member=HAVEN)
    found = standing(chosen(SeatChooser.MARKET), WISH, offered)
    assert found.market_chose is True
    assert standing(chosen(SeatChooser.MUNICIPALITY)).market_chose is False
    assert standing().market_chose is None
    assert [(each.member, each.since) for each in found.waiting] == [(BERK, at("2025-06-01"))]
    assert found.offered == (Code("haven"),)


def test_the_view_counts_a_holding_as_the_rule_does() -> None:
    facts = [
        seated(1, "2023-02-01"),
        seated(2, "2023-02-01", by=BERK),
        seated(1, "2024-02-01", by=HAVEN),
        seated(1, "2025-02-01"),
        seated(2, "2025-02-01", by=BERK),
    ]
    by_rule = {
        each.taken.fact.seat: (each.member, each.since.occurred_at)
        for each in tenures(File(tuple(recorded(*((CIRCLE, fact) for fact in facts)))), Side.SME)
        if each.ended is None
    }
    by_view = {each.seat: (each.member, each.since) for each in standing(*facts).seats}
    assert by_view == by_rule


# ------------------------------------------------------------------------------------- parameters


def test_a_number_that_the_authority_adopted_counts_from_its_day() -> None:
    adopted = ParameterAdopted(
        occurred_at=at("2026-01-05"),
        parameter=ParameterKey.SME_SEATS_AT_LEAST,
        value=5,
        valid_from=date(2026, 1, 5),
        reason="een kleine gemeente",
    )
    told = recorded((NOORDERDAM, adopted))
    numbers = asyncio.run(parameters_of(ToldLedger(told), NOORDERDAM, position=1))
    before = asyncio.run(parameters_of(ToldLedger(told), NOORDERDAM, position=0))
    assert standing(*firms(5), numbers=numbers).counts[0].within
    assert not standing(*firms(5), numbers=before).counts[0].within
    assert not standing(*firms(5), numbers=numbers, day=date(2025, 12, 31)).counts[0].within


# --------------------------------------------------------------------------------------- calendar


def overdue(*facts: Fact, day: date) -> list[bool]:
    history = recorded(*((CIRCLE, fact) for fact in facts))
    held = fresh_fold(circle_calendar.view, history, as_of=len(history))
    return [each.overdue for each in calendar_on([h.row for h in held.values()], NUMBERS, day)]


def test_a_report_is_overdue_after_twenty_working_days() -> None:
    """Thursday 22 January 2026 and four weeks: no holiday falls in between."""
    assert overdue(MET, day=date(2026, 2, 19)) == [False]
    assert overdue(MET, day=date(2026, 2, 20)) == [True]


def test_a_report_that_is_public_is_not_overdue() -> None:
    report = ReportPublished(
        occurred_at=at("2026-05-01"), meeting=MEETING, url="https://x.example", projects=()
    )
    assert overdue(MET, report, day=date(2026, 6, 1)) == [False]


def test_a_meeting_that_was_only_planned_has_no_report_to_wait_for() -> None:
    plan = MeetingPlanned(
        occurred_at=at("2026-01-02"),
        meeting=MEETING,
        planned_on=date(2026, 1, 22),
        place="Stadskantoor",
    )
    assert overdue(plan, day=date(2030, 1, 1)) == [False]


def test_where_the_holidays_of_a_year_are_unknown_nothing_is_said_to_be_overdue() -> None:
    history = recorded((CIRCLE, MET))
    (held,) = fresh_fold(circle_calendar.view, history, as_of=1).values()
    far = held.row.__class__(circle=CIRCLE, meeting=MEETING, held_at=at("2009-01-22"))
    (found,) = calendar_on([far], NUMBERS, TODAY)
    assert (found.report_due_on, found.overdue) == (None, False)
