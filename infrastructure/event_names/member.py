"""The names of the facts of a organisation; see the package for the promise."""

from domain import member
from infrastructure.event_mapper import Named

NAMES = (
    Named(fact=member.MemberRegistered, name="member.member-registered"),
    Named(fact=member.UndertakingLinked, name="member.undertaking-linked"),
    Named(fact=member.PersonIntroduced, name="member.person-introduced"),
    Named(fact=member.EmploymentStated, name="member.employment-stated"),
    Named(fact=member.WorkReferenced, name="member.work-referenced"),
    Named(fact=member.QualificationStated, name="member.qualification-stated"),
    Named(fact=member.ParameterAdopted, name="member.parameter-adopted"),
    Named(fact=member.BandSetAdopted, name="member.band-set-adopted"),
    Named(fact=member.AccessGranted, name="member.access-granted"),
    Named(fact=member.AccessWithdrawn, name="member.access-withdrawn"),
)
