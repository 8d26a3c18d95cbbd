"""When a circle meets, who sits in it, and what it passes on: told as facts, held to a fresh fold."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import pytest

from application.views import (
    circle_calendar,
    circle_composition,
    circle_network,
)
from application.views.circle_composition import CircleCompositionRow
from application.views.view import Key, View
from domain.circle.exchange import KnowledgePassed, KnowledgeReceived
from domain.circle.meetings import MeetingCalledOff, MeetingPlanned, ReportPublished
from domain.circle.membership import (
    EntryAnswered,
    EntryGround,
    EntryOutcome,
    EntryRequested,
    MemberJoined,
    MemberLeft,
)
from domain.circle.seats import (
    OptionSeatOffered,
    OptionSeatWithdrawn,
    RotationScheduled,
    SeatChooser,
    SeatHoldersChosen,
    SeatVacated,
)
from domain.terms import CircleId, Code, Fact
from tests.any_facts import recorded
from tests.circle_told import (
    ALBA,
    BERK,
    FOUNDED,
    HAVEN,
    MEETING,
    MET,
    seated,
)
from tests.fresh_fold import fresh_fold
from tests.given import CIRCLE, at

Row = TypeVar("Row")
ELSEWHERE = CircleId(UUID(int=2))


def register(view: View[Row], *told: tuple[UUID, Fact]) -> dict[Key, Row]:
    history = recorded(*told)
    found = fresh_fold(view, history, as_of=len(history))
    return {key: each.row for key, each in found.items()}


def the_one(view: View[Row], *facts: Fact) -> Row:
    (row,) = register(view, *((CIRCLE, fact) for fact in facts)).values()
    return row


# --------------------------------------------------------------------------------------- calendar


def planned(on: date) -> MeetingPlanned:
    return MeetingPlanned(
        occurred_at=at("2026-01-02"), meeting=MEETING, planned_on=on, place="Stadskantoor"
    )


def test_a_meeting_that_is_planned_anew_is_called_off_no_more() -> None:
    off = MeetingCalledOff(occurred_at=at("2026-01-10"), meeting=MEETING, reason="storm")
    row = the_one(circle_calendar.view, planned(date(2026, 1, 20)), off)
    assert (row.called_off_at, row.called_off_because) == (at("2026-01-10"), "storm")
    row = the_one(circle_calendar.view, planned(date(2026, 1, 20)), off, planned(date(2026, 1, 22)))
    assert (row.called_off_at, row.planned_on) == (None, date(2026, 1, 22))


def test_a_report_is_public_from_when_it_first_was() -> None:
    def report(on: str) -> ReportPublished:
        return ReportPublished(occurred_at=at(on), meeting=MEETING, url="", projects=())

    row = the_one(circle_calendar.view, MET, report("2026-02-10"), report("2026-02-03"))
    assert (row.held_at, row.published_at) == (at("2026-01-22"), at("2026-02-03"))


# ---------------------------------------------------------------------------------------- network


def passed(to: CircleId) -> KnowledgePassed:
    return KnowledgePassed(
        occurred_at=at("2026-03-01"), knowledge=Code("n"), to=to, subject="Eén keet"
    )


def received(source: CircleId) -> KnowledgeReceived:
    return KnowledgeReceived(
        occurred_at=at("2026-04-01"),
        source=source,
        knowledge=Code("n"),
        subject="Eén keet per werk",
        use="in het bestek",
    )


@pytest.mark.parametrize("received_first", [False, True])
def test_two_halves_meet_whichever_was_recorded_first(received_first: bool) -> None:  # noqa: FBT001
    told: list[tuple[UUID, Fact]] = [(CIRCLE, passed(ELSEWHERE)), (ELSEWHERE, received(CIRCLE))]
    found = register(circle_network.view, *(reversed(told) if received_first else told))
    (row,) = found.values()
    assert (row.source, row.target) == (CIRCLE, ELSEWHERE)
    assert row.passed is not None
    assert row.received is not None
    assert (row.passed.subject, row.received.subject) == ("Eén keet", "Eén keet per werk")
    assert set(circle_network.view.shelves(row)) == {
        circle_network.of_circle(CIRCLE),
        circle_network.of_circle(ELSEWHERE),
    }


def test_what_was_passed_and_never_received_can_be_seen() -> None:
    row = the_one(circle_network.view, passed(ELSEWHERE))
    assert row.received is None


# ------------------------------------------------------------------------------------ composition


def composed(*facts: Fact) -> CircleCompositionRow:
    return the_one(circle_composition.view, FOUNDED, *facts)


def vacated(number: int, on: str) -> SeatVacated:
    return SeatVacated(occurred_at=at(on), seat=Code(f"sme-{number}"))


def test_a_seat_that_is_given_up_and_taken_again_was_held_all_along() -> None:
    row = composed(
        seated(1, "2023-02-01"), vacated(1, "2024-02-01"), seated(1, "2024-03-01", by=ALBA)
    )
    assert [(each.member, each.since) for each in row.seats] == [(ALBA, at("2023-02-01"))]


def test_who_returns_after_another_begins_anew() -> None:
    row = composed(
        seated(1, "2023-02-01"),
        vacated(1, "2024-02-01"),
        seated(1, "2024-02-01", by=BERK),
        vacated(1, "2025-02-01"),
        seated(1, "2025-02-01", by=ALBA),
    )
    assert [(each.member, each.since) for each in row.seats] == [(ALBA, at("2025-02-01"))]


def test_who_leaves_the_circle_leaves_the_seat() -> None:
    row = composed(
        seated(1), seated(2, by=BERK), MemberLeft(occurred_at=at("2025-01-01"), member=ALBA)
    )
    assert [each.member for each in row.seats] == [BERK]


def asked(*, eligible: bool) -> EntryRequested:
    return EntryRequested(occurred_at=at("2025-01-01"), member=BERK, meets_condition=eligible)


def answered(outcome: EntryOutcome) -> EntryAnswered:
    return EntryAnswered(
        occurred_at=at("2025-02-01"),
        member=BERK,
        outcome=outcome,
        ground=EntryGround.WORKED_IN_MUNICIPALITY,
        reason="zie verslag",
    )


@pytest.mark.parametrize(
    ("facts", "waits"),
    [
        ((asked(eligible=True),), True),
        ((asked(eligible=False),), False),
        ((asked(eligible=False), answered(EntryOutcome.WAITING)), True),
        ((asked(eligible=True), answered(EntryOutcome.ADMITTED)), True),
        ((asked(eligible=True), answered(EntryOutcome.REFUSED)), False),
        ((asked(eligible=True), seated(1, by=BERK)), False),
        ((asked(eligible=True), MemberJoined(occurred_at=at("2025-03-01"), member=BERK)), False),
        ((asked(eligible=True), seated(1, by=ALBA)), True),
    ],
)
def test_a_firm_waits_from_an_eligible_request_until_it_sits_or_is_refused(
    facts: tuple[Any, ...],
    waits: bool,  # noqa: FBT001
) -> None:
    row = composed(*facts)
    assert [each.member for each in row.waiting] == ([BERK] if waits else [])


def test_an_offered_seat_is_open_until_the_offer_is_withdrawn() -> None:
    offered = OptionSeatOffered(occurred_at=at("2025-01-01"), seat=Code("haven"), member=HAVEN)
    taken_back = OptionSeatWithdrawn(occurred_at=at("2025-02-01"), seat=Code("haven"))
    assert [each.member for each in composed(offered).offers] == [HAVEN]
    assert composed(offered, taken_back).offers == ()


def test_the_newest_schedule_and_the_last_choice_count() -> None:
    def scheduled(months: int) -> RotationScheduled:
        return RotationScheduled(
            occurred_at=at("2025-01-01"), order=(ALBA, BERK), review_months=months
        )

    def chosen(by: SeatChooser) -> SeatHoldersChosen:
        return SeatHoldersChosen(
            occurred_at=at("2025-01-01"), members=(ALBA,), chosen_by=by, method="loting"
        )

    row = composed(
        scheduled(12),
        scheduled(24),
        chosen(SeatChooser.MUNICIPALITY),
        chosen(SeatChooser.MARKET),
    )
    assert row.schedule is not None
    assert row.schedule.review_months == 24
    assert row.chosen_by is SeatChooser.MARKET
