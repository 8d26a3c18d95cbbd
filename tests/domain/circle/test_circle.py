"""What a circle records, and what it refuses because it cannot have happened."""

from uuid import UUID

from domain.circle import circle
from domain.circle.founding import CircleFounded, FoundCircle
from domain.circle.klaagpaal import Complaint, ComplaintRaised, RaiseComplaint
from domain.circle.meetings import HoldMeeting, MeetingHeld, PublishReport, ReportPublished
from domain.circle.membership import (
    AnswerEntry,
    EntryAnswered,
    EntryGround,
    EntryOutcome,
    EntryRequested,
    JoinCircle,
    LeaveCircle,
    MemberJoined,
    MemberLeft,
    RequestEntry,
)
from domain.circle.seats import ScheduleRotation, SeatRole, SeatTaken, Side, TakeSeat, VacateSeat
from domain.terms import Code, Sealed
from tests.given import NOW, at, given, member, person

ALBA = member("Alba Infra BV")
FOUNDED = CircleFounded(
    occurred_at=at("2023-01-16"),
    name="Kenniskring Noorderdam",
    authority=member("Gemeente Noorderdam"),
    municipality_code="gm9999",
    region="Noorderdam",
)
MET = MeetingHeld(
    occurred_at=at("2026-01-22"),
    meeting=Code("2026-01"),
    agenda=(),
    attendance=(),
    competition_statement=True,
)


def founding(code: str = "gm9999") -> FoundCircle:
    return FoundCircle(
        name=FOUNDED.name,
        authority=FOUNDED.authority,
        municipality_code=code,
        region=FOUNDED.region,
        occurred_at=FOUNDED.occurred_at,
    )


def test_an_authority_founds_a_circle() -> None:
    given(circle).when(founding()).then(FOUNDED)


def test_a_circle_is_founded_once() -> None:
    given(circle, FOUNDED).when(founding()).then_refused("circle.founded")


def test_a_municipality_has_a_code_of_gm_and_four_digits() -> None:
    given(circle).when(founding("0363")).then_refused(
        "circle.municipality-code", field="municipalityCode"
    )


def test_nothing_happens_in_a_circle_that_was_not_founded() -> None:
    given(circle).when(JoinCircle(member=ALBA)).then_refused("circle.unknown")


def test_without_a_date_it_happened_now() -> None:
    given(circle, FOUNDED).when(JoinCircle(member=ALBA)).then(
        MemberJoined(occurred_at=NOW, member=ALBA)
    )


def test_nothing_happens_after_now() -> None:
    given(circle, FOUNDED).at("2026-01-01").when(
        JoinCircle(member=ALBA, occurred_at=at("2026-01-02"))
    ).then_refused("moment.in-the-future", field="occurredAt")


def test_nothing_happened_before_anything_could() -> None:
    given(circle, FOUNDED).when(JoinCircle(member=ALBA, occurred_at=at("1925-01-02"))).then_refused(
        "moment.too-long-ago", field="occurredAt"
    )


def test_who_is_in_does_not_join_again() -> None:
    joined = MemberJoined(occurred_at=at("2023-02-01"), member=ALBA)
    given(circle, FOUNDED, joined).when(JoinCircle(member=ALBA)).then_refused(
        "circle.member-known", field="member"
    )


def test_who_left_may_join_again() -> None:
    joined = MemberJoined(occurred_at=at("2023-02-01"), member=ALBA)
    left = MemberLeft(occurred_at=at("2024-02-01"), member=ALBA)
    given(circle, FOUNDED, joined, left).when(JoinCircle(member=ALBA)).then(
        MemberJoined(occurred_at=NOW, member=ALBA)
    )


def test_who_is_not_in_cannot_leave() -> None:
    given(circle, FOUNDED).when(LeaveCircle(member=ALBA)).then_refused(
        "circle.member-unknown", field="member"
    )


def test_a_request_to_join_is_answered_once() -> None:
    asked = EntryRequested(occurred_at=at("2026-01-02"), member=ALBA, meets_condition=True)
    answer = AnswerEntry(
        member=ALBA,
        outcome=EntryOutcome.ADMITTED,
        ground=EntryGround.WORKED_IN_MUNICIPALITY,
        reason="three works",
    )
    answered = EntryAnswered(
        occurred_at=NOW,
        member=ALBA,
        outcome=answer.outcome,
        ground=answer.ground,
        reason=answer.reason,
    )
    given(circle, FOUNDED, asked).when(answer).then(answered)
    given(circle, FOUNDED, asked, answered).when(answer).then_refused(
        "circle.no-entry-request", field="member"
    )


def test_a_member_does_not_ask_to_join() -> None:
    joined = MemberJoined(occurred_at=at("2023-02-01"), member=ALBA)
    given(circle, FOUNDED, joined).when(
        RequestEntry(member=ALBA, meets_condition=True)
    ).then_refused("circle.member-known")


def seat(code: str) -> TakeSeat:
    return TakeSeat(
        seat=Code(code),
        side=Side.SME,
        member=ALBA,
        person=person("a director"),
        roles=(SeatRole.DIRECTOR,),
    )


def test_a_seat_is_held_by_one_person_at_a_time() -> None:
    taken = SeatTaken(
        occurred_at=at("2023-02-01"),
        seat=Code("sme-1"),
        side=Side.SME,
        member=ALBA,
        person=person("a director"),
        roles=(SeatRole.DIRECTOR,),
    )
    given(circle, FOUNDED, taken).when(seat("sme-1")).then_refused("circle.seat-known")


def test_a_seat_has_a_code_that_fits_in_an_address() -> None:
    given(circle, FOUNDED).when(seat("seat number one!")).then_refused(
        "circle.seat-code", field="seat"
    )


def test_a_vacant_seat_cannot_be_vacated() -> None:
    given(circle, FOUNDED).when(VacateSeat(seat=Code("sme-1"))).then_refused("circle.unknown-seat")


def test_a_meeting_is_held_once_and_reported_after() -> None:
    meeting = HoldMeeting(meeting=MET.meeting, agenda=(), attendance=(), competition_statement=True)
    given(circle, FOUNDED, MET).when(meeting).then_refused("circle.meeting-known")
    report = PublishReport(meeting=MET.meeting, url="https://noorderdam.example/1", projects=())
    given(circle, FOUNDED).when(report).then_refused("circle.unknown-meeting", field="meeting")
    given(circle, FOUNDED, MET).when(report).then(
        ReportPublished(
            occurred_at=NOW, meeting=MET.meeting, url="https://noorderdam.example/1", projects=()
        )
    )


def test_a_rotation_schedule_is_reviewed_after_some_months() -> None:
    given(circle, FOUNDED).when(ScheduleRotation(order=(ALBA,), review_months=0)).then_refused(
        "circle.review-months", field="reviewMonths"
    )


def test_a_complaint_is_recorded_sealed() -> None:
    text = Sealed(kid=UUID(int=7), field="text", nonce="AA==", ciphertext="AA==")
    particulars = Complaint(complaint=Code("k-1"), text=text)
    given(circle, FOUNDED).when(
        RaiseComplaint(complaint=particulars.complaint, text=particulars.text)
    ).then(ComplaintRaised(occurred_at=NOW, complaint=Code("k-1"), text=text))
