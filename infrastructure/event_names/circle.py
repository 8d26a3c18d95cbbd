"""The names of the facts of a circle; see the package for the promise."""

from domain.circle import (
    agreements,
    convenant,
    decisions,
    founding,
    klaagpaal,
    meetings,
    membership,
    seats,
)
from infrastructure.event_mapper import Named

NAMES = (
    Named(fact=founding.CircleFounded, name="circle.circle-founded"),
    Named(fact=founding.FacilitatorAppointed, name="circle.facilitator-appointed"),
    Named(fact=convenant.ConvenantSigned, name="circle.convenant-signed"),
    Named(fact=membership.EntryRequested, name="circle.entry-requested"),
    Named(fact=membership.EntryAnswered, name="circle.entry-answered"),
    Named(fact=membership.MemberJoined, name="circle.member-joined"),
    Named(fact=membership.MemberLeft, name="circle.member-left"),
    Named(fact=seats.SeatTaken, name="circle.seat-taken"),
    Named(fact=seats.SeatVacated, name="circle.seat-vacated"),
    Named(fact=seats.RotationScheduled, name="circle.rotation-scheduled"),
    Named(fact=meetings.MeetingHeld, name="circle.meeting-held"),
    Named(fact=meetings.SensitiveTalkNoted, name="circle.sensitive-talk-noted"),
    Named(fact=meetings.ReportPublished, name="circle.report-published"),
    Named(fact=decisions.DecisionTaken, name="circle.decision-taken"),
    Named(fact=agreements.AgreementMade, name="circle.agreement-made"),
    Named(fact=klaagpaal.ComplaintRaised, name="circle.complaint-raised"),
)
