"""The names of the facts of an organisation; see the package for the promise."""

from domain.member import access, erasure, organisation, people, policy, practice, training
from infrastructure.event_mapper import Named

NAMES = (
    Named(fact=organisation.MemberRegistered, name="member.member-registered"),
    Named(fact=organisation.UndertakingLinked, name="member.undertaking-linked"),
    Named(fact=organisation.OrganisationRetired, name="member.organisation-retired"),
    Named(fact=people.PersonIntroduced, name="member.person-introduced"),
    Named(fact=people.EmploymentStated, name="member.employment-stated"),
    Named(fact=people.PersonRoleStated, name="member.person-role-stated"),
    Named(fact=practice.WorkReferenced, name="member.work-referenced"),
    Named(fact=practice.QualificationStated, name="member.qualification-stated"),
    Named(fact=practice.CompetenceStated, name="member.competence-stated"),
    Named(fact=practice.CapacityStated, name="member.capacity-stated"),
    Named(fact=practice.ResourceShared, name="member.resource-shared"),
    Named(fact=practice.ResourceWithdrawn, name="member.resource-withdrawn"),
    Named(fact=practice.InterestDeclared, name="member.interest-declared"),
    Named(fact=training.PlacementOffered, name="member.placement-offered"),
    Named(fact=training.PlacementCompleted, name="member.placement-completed"),
    Named(fact=training.ResearchStarted, name="member.research-started"),
    Named(fact=training.ResearchReported, name="member.research-reported"),
    Named(fact=policy.ParameterAdopted, name="member.parameter-adopted"),
    Named(fact=policy.BandSetAdopted, name="member.band-set-adopted"),
    Named(fact=access.AccessGranted, name="member.access-granted"),
    Named(fact=access.AccessWithdrawn, name="member.access-withdrawn"),
    Named(fact=erasure.ErasureRequested, name="member.erasure-requested"),
    Named(fact=erasure.ErasureRefused, name="member.erasure-refused"),
    Named(fact=erasure.ErasureGranted, name="member.erasure-granted"),
    Named(fact=erasure.ErasureCompleted, name="member.erasure-completed"),
    Named(fact=erasure.PersonsNamed, name="member.persons-named"),
)
