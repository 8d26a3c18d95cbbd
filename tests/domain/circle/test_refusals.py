"""What a circle refuses because it is malformed or cannot have happened."""

from datetime import date
from typing import Any

import pytest

from domain.circle import CircleCommand, circle
from domain.circle.convenant import JoinConvenant, LeaveConvenant
from domain.circle.founding import CircleClosed, EvaluateCircle
from domain.circle.improvements import (
    NoteSmallWin,
)
from domain.circle.klaagpaal import ComplaintOutcome, DiscussComplaint, SettleComplaint
from domain.circle.meetings import (
    MeetingCalledOff,
    MeetingPlanned,
    PlanMeeting,
    PublishReport,
    ReportPublished,
)
from domain.circle.membership import (
    AnswerLeave,
    EntryRequested,
    GiveEntryEvidence,
    LeaveOutcome,
    LeaveRequested,
    MemberJoined,
    MemberLeft,
    RequestLeave,
)
from domain.circle.seats import (
    CallAdviser,
    ChooseSeatHolders,
    OfferOptionSeat,
    OptionSeatOffered,
    RotateSeat,
    SeatChooser,
    SeatEndGround,
    SeatTaken,
    SeatVacated,
    WithdrawOptionSeat,
)
from domain.circle.topics import (
    KNOWN_TOPICS,
    CloseTopic,
    DiscussTopic,
    KnownTopic,
)
from domain.terms import Code, Euro
from tests.circle_told import (
    ACTION,
    ALBA,
    BERK,
    COMPLAINT,
    FOUNDED,
    MEETING,
    MET,
    PLANNED,
    RAISED,
    SEALED,
    TOPIC,
    seated,
)
from tests.given import NOW, When, at, given, person

INSIDE = MemberJoined(occurred_at=at("2023-02-01"), member=ALBA)


def when(command: CircleCommand, *facts: Any) -> When[Any]:
    return given(circle, FOUNDED, *facts).when(command)


# --------------------------------------------------------------------------------------- founding


def test_an_evaluation_does_not_end_before_it_begins() -> None:
    def evaluate(until: date) -> EvaluateCircle:
        return EvaluateCircle(
            evaluation=Code("e"), since=date(2026, 1, 2), until=until, conclusions="goed"
        )

    when(evaluate(date(2026, 1, 1))).then_refused("circle.evaluation-period", field="until")
    assert when(evaluate(date(2026, 1, 2))).refused is None


CLOSED = CircleClosed(occurred_at=at("2026-06-01"), reason="opgegaan in een andere kring")


def test_nothing_new_happens_in_a_circle_that_was_closed() -> None:
    when(NoteSmallWin(win=Code("w"), title="stap"), CLOSED).then_refused(
        "circle.closed", field="occurredAt"
    )


def test_what_happened_before_the_closing_can_still_be_recorded() -> None:
    late = NoteSmallWin(win=Code("w"), title="stap", occurred_at=at("2026-06-01"))
    assert when(late, CLOSED).refused is None


def test_the_last_report_is_published_after_the_closing() -> None:
    report = PublishReport(meeting=MEETING, url="https://noorderdam.example/1", projects=())
    when(report, MET, CLOSED).then(
        ReportPublished(occurred_at=NOW, meeting=MEETING, url=report.url, projects=())
    )


# -------------------------------------------------------------------------------------- convenant


@pytest.mark.parametrize("command", [JoinConvenant(member=ALBA), LeaveConvenant(member=ALBA)])
def test_nobody_joins_or_leaves_a_convenant_that_was_not_signed(command: CircleCommand) -> None:
    when(command).then_refused("circle.no-convenant")


# ------------------------------------------------------------------------------------- membership

ASKED = EntryRequested(occurred_at=at("2026-01-02"), member=BERK, meets_condition=True)


def evidence(**more: Any) -> GiveEntryEvidence:
    said: dict[str, Any] = {
        "member": BERK,
        "work": "Havenstraat",
        "municipality_code": "gm9999",
        "completed_on": date(2026, 11, 21),
    }
    return GiveEntryEvidence(**(said | more))


def test_evidence_comes_with_a_request() -> None:
    when(evidence()).then_refused("circle.no-entry-request", field="member")


def test_evidence_names_a_municipality() -> None:
    when(evidence(municipality_code="363"), ASKED).then_refused(
        "circle.municipality-code", field="municipalityCode"
    )


def test_evidence_is_of_a_municipality_that_was_there_when_the_work_was_done() -> None:
    """Langedijk ended with 2021."""
    there = evidence(municipality_code="gm0416", completed_on=date(2021, 12, 31))
    assert when(there, ASKED).refused is None
    gone = evidence(municipality_code="gm0416", completed_on=date(2022, 1, 1))
    when(gone, ASKED).then_refused("municipality.no-longer-there", field="municipalityCode")


def test_a_work_that_is_not_completed_is_no_evidence_yet() -> None:
    assert when(evidence(), ASKED).refused is None
    when(evidence(completed_on=date(2026, 11, 22)), ASKED).then_refused(
        "circle.work-not-completed", field="completedOn"
    )


def test_who_is_not_in_does_not_ask_to_leave() -> None:
    when(RequestLeave(member=ALBA)).then_refused("circle.member-unknown", field="member")


def test_a_penalty_is_no_gift() -> None:
    asked = LeaveRequested(occurred_at=at("2026-01-02"), member=ALBA)
    answer = AnswerLeave(member=ALBA, outcome=LeaveOutcome.BLOCKED, penalty=Euro(-1), terms=SEALED)
    when(answer, INSIDE, asked).then_refused("circle.penalty", field="penalty")


def test_who_left_has_no_request_to_leave_open() -> None:
    asked = LeaveRequested(occurred_at=at("2026-01-02"), member=ALBA)
    left = MemberLeft(occurred_at=at("2026-01-03"), member=ALBA)
    answer = AnswerLeave(member=ALBA, outcome=LeaveOutcome.GRANTED, penalty=Euro(0), terms=SEALED)
    when(answer, INSIDE, asked, left).then_refused("circle.no-leave-request")


# ------------------------------------------------------------------------------------------ seats


def test_a_choice_names_somebody() -> None:
    nobody = ChooseSeatHolders(members=(), chosen_by=SeatChooser.MARKET, method="loting")
    when(nobody).then_refused("circle.nobody-chosen", field="members")


def rotation() -> RotateSeat:
    held = seated(1, by=BERK)
    return RotateSeat(
        seat=held.seat, side=held.side, member=BERK, person=person("nieuw"), roles=held.roles
    )


def test_a_rotation_is_the_end_of_one_holding_and_the_start_of_another() -> None:
    command, held = rotation(), seated(1)
    when(command, held).then(
        SeatVacated(occurred_at=NOW, seat=held.seat, ground=SeatEndGround.ROTATION),
        SeatTaken(
            occurred_at=NOW,
            seat=held.seat,
            side=held.side,
            member=BERK,
            person=command.person,
            roles=held.roles,
        ),
    )


def test_a_seat_that_nobody_holds_is_not_handed_over() -> None:
    when(rotation()).then_refused("circle.unknown-seat", field="seat")


def test_a_seat_that_is_held_is_not_offered() -> None:
    when(OfferOptionSeat(seat=Code("sme-1"), member=BERK), seated(1)).then_refused(
        "circle.seat-known", field="seat"
    )


def test_an_offer_that_was_taken_is_not_withdrawn() -> None:
    offered = OptionSeatOffered(occurred_at=at("2024-01-01"), seat=seated(1).seat, member=ALBA)
    when(WithdrawOptionSeat(seat=seated(1).seat), offered, seated(1)).then_refused(
        "circle.unknown-option-seat", field="seat"
    )


def test_who_is_not_on_call_is_not_called() -> None:
    when(CallAdviser(adviser=Code("ict"), question="welk systeem")).then_refused(
        "circle.unknown-adviser", field="adviser"
    )


# --------------------------------------------------------------------------- meetings and topics


def test_a_meeting_that_was_held_is_not_planned_any_more() -> None:
    plan = PlanMeeting(meeting=MEETING, planned_on=date(2027, 1, 1), place="zaal")
    when(plan, MET).then_refused("circle.meeting-known", field="meeting")


def test_a_meeting_that_was_called_off_can_be_planned_anew() -> None:
    first = MeetingPlanned(
        occurred_at=NOW, meeting=Code("m"), planned_on=date(2027, 1, 1), place="zaal"
    )
    off = MeetingCalledOff(occurred_at=NOW, meeting=Code("m"), reason="storm")
    again = PlanMeeting(meeting=Code("m"), planned_on=date(2027, 2, 1), place="zaal")
    assert when(again, first, off).refused is None


def test_a_topic_that_nobody_raised_is_neither_discussed_nor_closed() -> None:
    talk = DiscussTopic(topic=TOPIC, meeting=MEETING, conclusion=SEALED)
    when(talk, MET).then_refused("circle.unknown-topic", field="topic")
    when(CloseTopic(topic=TOPIC, result="klaar")).then_refused("circle.unknown-topic")


def test_the_known_topics_keep_what_is_odd_in_the_source() -> None:
    written = [row.topic for row in KNOWN_TOPICS]
    assert set(written) == set(KnownTopic)
    assert len(written) == 12
    assert len(set(written)) == 11
    twice = [row.line for row in KNOWN_TOPICS if row.topic is KnownTopic.CALCULATION_FEE]
    assert twice == [472, 479]
    assert [row.line for row in KNOWN_TOPICS] == sorted(row.line for row in KNOWN_TOPICS)
    assert (KNOWN_TOPICS[-1].topic, KNOWN_TOPICS[-1].written) == (KnownTopic.OPEN, "?")


# -------------------------------------------------------------------------------------- klaagpaal


def test_a_complaint_is_talked_over_in_a_meeting_that_was_held() -> None:
    talk = DiscussComplaint(complaint=COMPLAINT, meeting=MEETING, text=SEALED)
    when(talk, RAISED).then_refused("circle.unknown-meeting", field="meeting")
    when(talk, MET).then_refused("circle.unknown-complaint", field="complaint")


@pytest.mark.parametrize(
    "outcome",
    [
        ComplaintOutcome.IMPROVEMENT,
        ComplaintOutcome.DECISION,
        ComplaintOutcome.AGREEMENT,
        ComplaintOutcome.MARKET_SIGNAL,
    ],
)
@pytest.mark.parametrize("became", [None, Code("elders")])
def test_what_a_complaint_became_is_recorded_first(
    outcome: ComplaintOutcome, became: Code | None
) -> None:
    settle = SettleComplaint(complaint=COMPLAINT, outcome=outcome, became=became)
    when(settle, RAISED).then_refused("circle.unknown-result", field="became")


def test_a_complaint_that_was_only_heard_became_nothing() -> None:
    heard = SettleComplaint(complaint=COMPLAINT, outcome=ComplaintOutcome.HEARD, became=ACTION)
    when(heard, RAISED, PLANNED).then_refused("circle.no-result", field="became")
