"""Which facts of a stream a reader sees, by what the policy lets that reader do with the thing.

The policy speaks of reading a thing and of reading its dossier; here stands which facts each of the
two is. A project is heard of in its circle, while estimates, tenders, scores, risks with their
prices and who was given what stay in the dossier: a member is a competitor too. Deny by default: a kind of fact that is not named
here is part of the dossier. Of a mission the circle hears everything but what was found against a
firm that is named: that is between the firm and the client until somebody publishes it.
"""

from dataclasses import dataclass
from typing import get_args

from application.access import Access, Action, Kind, Thing
from application.publication import PUBLISHED
from domain.convenant_project.early_market import ConsultationPlanned, EarlyInvolvementChosen
from domain.convenant_project.execution import (
    EvaluationHeld,
    ProjectCancelled,
    StepReopened,
    WorkDelivered,
    WorkStarted,
)
from domain.convenant_project.information_exchange import ExchangeAgreed
from domain.convenant_project.knowledge import DocumentVersionAdded, DocumentWithdrawn, Relevance
from domain.convenant_project.lessons import LessonCited, LessonDrawn
from domain.convenant_project.monitoring import IndicatorDefined, MeasurementTaken
from domain.convenant_project.preparation import (
    CircleLinked,
    ExpertGroupFormed,
    ExpertGroupLeft,
    ExpertGroupMet,
    MonitoringProgrammeSet,
    ProjectDiscussed,
    ProjectRegistered,
    RequestDrafted,
)
from domain.convenant_project.procedure import ProcedureStarted
from domain.convenant_project.surroundings import (
    NuisancePlanSet,
    SafetyPlanSet,
    SocialReturnAgreed,
    SocialReturnDelivered,
    StakeholdersHeard,
)
from domain.member.access import AccessGranted, AccessWithdrawn
from domain.member.erasure import ErasureFact
from domain.mission.enforcement import (
    LineBreachFound,
    LineBreachSanctioned,
    LineBreachSettled,
    LineChecked,
)
from domain.sealing import SealingFact
from domain.terms import Fact, PersonRef

HEARD_IN_THE_CIRCLE = (
    ProjectRegistered,
    CircleLinked,
    ProjectDiscussed,
    ExpertGroupFormed,
    ExpertGroupLeft,
    ExpertGroupMet,
    RequestDrafted,
    MonitoringProgrammeSet,
    DocumentVersionAdded,
    DocumentWithdrawn,
    ProcedureStarted,
    WorkStarted,
    WorkDelivered,
    EvaluationHeld,
    StepReopened,
    ProjectCancelled,
    EarlyInvolvementChosen,
    ConsultationPlanned,
    StakeholdersHeard,
    NuisancePlanSet,
    SafetyPlanSet,
    SocialReturnAgreed,
    SocialReturnDelivered,
    ExchangeAgreed,
    IndicatorDefined,
    MeasurementTaken,
    LessonDrawn,
    LessonCited,
    *PUBLISHED,
)
"""Facts of a project that everybody in its circle may know."""

HELD_AGAINST_A_FIRM = (LineChecked, LineBreachFound, LineBreachSanctioned, LineBreachSettled)
"""Facts of a mission that are part of its dossier: each says of one firm how it keeps the line."""

_ABOUT_ACCESS = (AccessGranted, AccessWithdrawn)
_ABOUT_KEYS = get_args(SealingFact)
"""Whom a confidence is about: for whoever reads dossiers alone."""
_ABOUT_FORGETTING = get_args(ErasureFact)
"""Who asked to be forgotten, and whom texts name: for whoever sees to that, and who audits it."""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What one reader may see of one thing."""

    kind: Kind
    exists: bool
    dossier: bool
    access: bool
    persons: bool = False

    def sees(self, fact: Fact) -> bool:
        """Whether the content of a fact is for this reader."""
        return self.sees_told(type(fact), confided=in_confidence(fact))

    def sees_told(self, kind: type[Fact], *, confided: bool) -> bool:
        """As `sees`, for who knows of a fact its kind and whether it was given in confidence."""
        return self.sees_kind(kind) and (self.dossier or not confided)

    def sees_kind(self, kind: type[Fact]) -> bool:
        """Whether facts of this kind are for this reader, but for what was given in confidence."""
        if not self.exists:
            return False
        if issubclass(kind, _ABOUT_ACCESS):
            return self.access
        if issubclass(kind, _ABOUT_FORGETTING):
            return self.persons
        if issubclass(kind, _ABOUT_KEYS):
            return self.dossier
        if self.dossier:
            return True
        if self.kind is not Kind.PROJECT:
            return not issubclass(kind, HELD_AGAINST_A_FIRM)
        return issubclass(kind, HEARD_IN_THE_CIRCLE)


def in_confidence(fact: Fact) -> bool:
    """Whether a fact tells of something that was given to its authority alone."""
    return isinstance(fact, DocumentVersionAdded) and fact.relevance is Relevance.CONFIDENTIAL


async def sight(access: Access, person: PersonRef, thing: Thing) -> Sight:
    """What `person` may see of `thing`."""
    roles = await access.relations.held_by(person)

    def may(action: Action) -> bool:
        return access.policy.allows(roles, action, thing)

    return Sight(
        kind=thing.kind,
        exists=may(Action.READ),
        dossier=may(Action.READ_DOSSIER),
        access=may(Action.READ_ACCESS),
        persons=may(Action.READ_PERSON),
    )
