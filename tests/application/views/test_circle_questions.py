"""What the registers of a circle answer, told as facts, and held to a fresh fold."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import pytest

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
from application.views.view import Key, View
from domain.circle.agreements import (
    AgreementEnded,
    AgreementEndGround,
    AgreementExtended,
    EnforcementChecked,
    EnforcementPlace,
    FindingSettled,
    SanctionImposed,
    SanctionKind,
)
from domain.circle.decisions import (
    DecisionReviewed,
    ObjectionAnswered,
    ObjectionOutcome,
    OptionAdded,
    ReviewOutcome,
    VotesCounted,
)
from domain.circle.exchange import KnowledgePassed, KnowledgeReceived
from domain.circle.founding import CircleClosed
from domain.circle.improvements import (
    ConditionKind,
    ConditionNamed,
    ImprovementDone,
    ImprovementDropped,
    ImprovementMoved,
    ResultKind,
)
from domain.circle.klaagpaal import ComplaintDiscussed, ComplaintOutcome, ComplaintSettled
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
    ACTION,
    AGREED,
    AGREEMENT,
    ALBA,
    ANSWER,
    BERK,
    COMPLAINT,
    DECISION,
    FOUNDED,
    FREE_RIDER,
    HAVEN,
    MEETING,
    MET,
    OBJECTED,
    PLANNED,
    RAISED,
    SEALED,
    TABLED,
    decided,
    seated,
)
from tests.fresh_fold import fresh_fold, on_shelf
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


# --------------------------------------------------------------------------------------- register


def test_a_circle_that_was_closed_stays_in_the_register_with_the_day() -> None:
    closed = CircleClosed(occurred_at=at("2026-06-01"), reason="opgegaan in een andere kring")
    row = the_one(circles.view, FOUNDED, closed)
    assert (row.name, row.closed_at) == (FOUNDED.name, at("2026-06-01"))


# -------------------------------------------------------------------------------------- decisions


def test_a_decision_is_told_from_its_proposal_to_its_review() -> None:
    row = the_one(
        circle_decisions.view,
        TABLED,
        OptionAdded(occurred_at=at("2026-01-22"), decision=DECISION, option=Code("A"), text=SEALED),
        OBJECTED,
        ObjectionAnswered(
            occurred_at=at("2026-01-30"),
            decision=DECISION,
            objection=Code("1"),
            outcome=ObjectionOutcome.INTEGRATED,
            how=ANSWER,
        ),
        VotesCounted(
            occurred_at=at("2026-02-01"),
            decision=DECISION,
            present=7,
            quorum=7,
            in_favour=6,
            against=1,
            abstained=0,
        ),
        decided(review_on=date(2027, 2, 1), option=Code("A")),
    )
    assert (row.tabled_at, row.decided_at) == (at("2026-01-22"), at("2026-02-01"))
    assert (row.proposal, row.options[0].text) == (SEALED, SEALED)
    (objection,) = row.objections
    assert (objection.member, objection.outcome, objection.how) == (
        BERK,
        ObjectionOutcome.INTEGRATED,
        ANSWER,
    )
    assert row.votes is not None
    assert row.votes.quorate
    assert (row.option, row.review_on) == (Code("A"), date(2027, 2, 1))
    assert row.in_force


def test_one_short_of_the_quorum_is_not_quorate() -> None:
    votes = VotesCounted(
        occurred_at=at("2026-02-01"),
        decision=DECISION,
        present=6,
        quorum=7,
        in_favour=6,
        against=0,
        abstained=0,
    )
    row = the_one(circle_decisions.view, TABLED, votes)
    assert row.votes is not None
    assert not row.votes.quorate


def test_only_the_objection_that_was_answered_is_answered() -> None:
    other = ObjectionAnswered(
        occurred_at=at("2026-01-30"),
        decision=DECISION,
        objection=Code("2"),
        outcome=ObjectionOutcome.OVERRULED,
        how=ANSWER,
    )
    row = the_one(circle_decisions.view, TABLED, OBJECTED, other)
    assert row.objections[0].outcome is None


@pytest.mark.parametrize(
    ("outcome", "in_force"),
    [(ReviewOutcome.KEPT, True), (ReviewOutcome.WITHDRAWN, False), (ReviewOutcome.REVISED, False)],
)
def test_a_decision_holds_until_a_review_ends_it(outcome: ReviewOutcome, in_force: bool) -> None:  # noqa: FBT001
    review = DecisionReviewed(
        occurred_at=at("2027-02-01"),
        decision=DECISION,
        outcome=outcome,
        reasons="ervaring",
        review_on=date(2028, 2, 1),
    )
    row = the_one(circle_decisions.view, decided(review_on=date(2027, 2, 1)), review)
    assert row.in_force is in_force
    assert row.review_on == date(2028, 2, 1)
    assert [each.outcome for each in row.reviews] == [outcome]


# ------------------------------------------------------------------------------------- agreements


def checked(code: str, place: EnforcementPlace) -> EnforcementChecked:
    return EnforcementChecked(
        occurred_at=at("2026-03-01"),
        check=Code(code),
        agreement=AGREEMENT,
        place=place,
        kept=True,
    )


def test_an_agreement_shows_where_it_was_enforced() -> None:
    office, work = checked("1", EnforcementPlace.OFFICE), checked("2", EnforcementPlace.WORK)
    assert the_one(circle_agreements.view, AGREED, office).places_checked == {
        EnforcementPlace.OFFICE
    }
    assert the_one(circle_agreements.view, AGREED, office, work).places_checked == set(
        EnforcementPlace
    )


def test_a_finding_is_open_until_it_is_settled() -> None:
    sanction = SanctionImposed(
        occurred_at=at("2026-03-02"),
        agreement=AGREEMENT,
        finding=FREE_RIDER.finding,
        kind=SanctionKind.WARNING,
        text="een waarschuwing",
    )
    settled = FindingSettled(
        occurred_at=at("2026-04-01"),
        agreement=AGREEMENT,
        finding=FREE_RIDER.finding,
        upheld=True,
        how=ANSWER,
    )
    row = the_one(circle_agreements.view, AGREED, FREE_RIDER, sanction)
    assert row.open_findings == (FREE_RIDER.finding,)
    assert [each.kind for each in row.findings[0].sanctions] == [SanctionKind.WARNING]
    row = the_one(circle_agreements.view, AGREED, FREE_RIDER, sanction, settled)
    assert row.open_findings == ()
    assert (row.findings[0].upheld, row.findings[0].how) == (True, ANSWER)


def test_an_agreement_binds_until_its_newest_last_day() -> None:
    longer = AgreementExtended(
        occurred_at=at("2026-05-01"), agreement=AGREEMENT, until=date(2031, 1, 1)
    )
    ended = AgreementEnded(
        occurred_at=at("2026-06-01"),
        agreement=AGREEMENT,
        ground=AgreementEndGround.REPLACED,
        reason="raamovereenkomst",
    )
    row = the_one(circle_agreements.view, AGREED, longer, ended)
    assert (row.until, row.ended_at) == (date(2031, 1, 1), at("2026-06-01"))
    assert row.ended_on_ground is AgreementEndGround.REPLACED


# ----------------------------------------------------------------------------------- improvements

MOVED = ImprovementMoved(
    occurred_at=at("2026-05-30"), improvement=ACTION, due_on=date(2026, 9, 1), reason="vakantie"
)


def test_an_action_is_overdue_the_day_after_it_was_due() -> None:
    row = the_one(circle_improvements.view, PLANNED)
    assert not row.overdue(date(2026, 6, 1))
    assert row.overdue(date(2026, 6, 2))
    moved = the_one(circle_improvements.view, PLANNED, MOVED)
    assert not moved.overdue(date(2026, 6, 2))
    assert (moved.first_due_on, moved.due_on) == (date(2026, 6, 1), date(2026, 9, 1))


def test_an_action_that_is_done_is_never_overdue() -> None:
    done = ImprovementDone(
        occurred_at=at("2026-07-01"),
        improvement=ACTION,
        kind=ResultKind.PROCESS,
        result="staat in de uitvraag",
    )
    row = the_one(circle_improvements.view, PLANNED, done)
    assert (row.status, row.result, row.ended_at) == (
        ActionStatus.DONE,
        "staat in de uitvraag",
        at("2026-07-01"),
    )
    assert not row.overdue(date(2030, 1, 1))


def test_an_action_that_was_dropped_says_why_and_what_it_would_have_taken() -> None:
    condition = ConditionNamed(
        occurred_at=at("2026-02-01"),
        condition=Code("geld"),
        improvement=ACTION,
        kind=ConditionKind.MONEY,
        member=ALBA,
        text="een vergoeding",
    )
    dropped = ImprovementDropped(occurred_at=at("2026-07-01"), improvement=ACTION, reason="te duur")
    row = the_one(circle_improvements.view, PLANNED, condition, dropped)
    assert (row.status, row.result) == (ActionStatus.DROPPED, "te duur")
    assert [each.kind for each in row.conditions] == [ConditionKind.MONEY]
    assert row.complaint == COMPLAINT


def test_the_actions_of_an_owner_stand_together() -> None:
    history = recorded((CIRCLE, PLANNED), (ELSEWHERE, PLANNED))
    held = fresh_fold(circle_improvements.view, history, as_of=2)
    shelf = circle_improvements.of_owner(PLANNED.owner)
    assert len(on_shelf(circle_improvements.view, held, shelf)) == 2
    here = circle_improvements.of_circle(CIRCLE)
    assert len(on_shelf(circle_improvements.view, held, here)) == 1


# -------------------------------------------------------------------------------------- klaagpaal


def test_a_complaint_is_followed_until_what_came_of_it_and_stays_sealed() -> None:
    talk = ComplaintDiscussed(
        occurred_at=at("2026-01-22"), complaint=COMPLAINT, meeting=MEETING, text=ANSWER
    )
    settled = ComplaintSettled(
        occurred_at=at("2026-02-01"),
        complaint=COMPLAINT,
        outcome=ComplaintOutcome.IMPROVEMENT,
        became=ACTION,
    )
    row = the_one(klaagpaal.view, RAISED, talk)
    assert (row.outcome, row.text, row.talks[0].text) == (None, SEALED, ANSWER)
    row = the_one(klaagpaal.view, RAISED, talk, settled)
    assert (row.outcome, row.became) == (ComplaintOutcome.IMPROVEMENT, ACTION)
    assert row.settled_at == at("2026-02-01")


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
