"""The names of the facts of a circle; see the package for the promise."""

from domain import circle
from infrastructure.event_mapper import Named

NAMES = (
    Named(fact=circle.CircleFounded, name="circle.circle-founded"),
    Named(fact=circle.FacilitatorAppointed, name="circle.facilitator-appointed"),
    Named(fact=circle.ConvenantSigned, name="circle.convenant-signed"),
    Named(fact=circle.EntryRequested, name="circle.entry-requested"),
    Named(fact=circle.EntryAnswered, name="circle.entry-answered"),
    Named(fact=circle.MemberJoined, name="circle.member-joined"),
    Named(fact=circle.MemberLeft, name="circle.member-left"),
    Named(fact=circle.SeatTaken, name="circle.seat-taken"),
    Named(fact=circle.SeatVacated, name="circle.seat-vacated"),
    Named(fact=circle.RotationScheduled, name="circle.rotation-scheduled"),
    Named(fact=circle.MeetingHeld, name="circle.meeting-held"),
    Named(fact=circle.SensitiveTalkNoted, name="circle.sensitive-talk-noted"),
    Named(fact=circle.ReportPublished, name="circle.report-published"),
    Named(fact=circle.DecisionTaken, name="circle.decision-taken"),
    Named(fact=circle.AgreementMade, name="circle.agreement-made"),
    Named(fact=circle.ComplaintRaised, name="circle.complaint-raised"),
)
