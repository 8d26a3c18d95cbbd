"""Which events go on with something that others named: what came of a finding against a firm?

A sanction repeats the code of the finding, and not the firm: who is meant stands in an event before
it. One row is one such thread (draad), with all its events and all that any of them names, and
stands on the shelf of each of these. A timeline is the events that name something (`timeline`)
together with those of its threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args
from uuid import UUID

from application.aggregates import CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION, kebab
from application.mentions import ids_in
from application.views.view import Key, Shelf, View, key, shelf
from domain.circle.agreements import (
    AgreementEnded,
    AgreementExtended,
    AgreementMade,
    FindingSettled,
    FreeRiderFound,
    SanctionImposed,
)
from domain.circle.decisions import (
    DecisionReviewed,
    DecisionTaken,
    ObjectionAnswered,
    ObjectionRaised,
    ProposalTabled,
    VotesCounted,
)
from domain.circle.improvements import (
    ImprovementDone,
    ImprovementDropped,
    ImprovementMoved,
    ImprovementPlanned,
)
from domain.circle.seats import AdviserCalled, AdviserListed, AdviserReleased
from domain.circle.topics import TopicClosed, TopicDiscussed, TopicRaised
from domain.convenant_project.site import SiteRecordKept, SiteRecordSettled
from domain.member.practice import ResourceShared, ResourceWithdrawn
from domain.member.training import (
    PlacementCompleted,
    PlacementOffered,
    ResearchReported,
    ResearchStarted,
)
from domain.mission.conditions import (
    MissionConditionAssigned,
    MissionConditionLapsed,
    MissionConditionMet,
    MissionConditionNamed,
    SpecificationDrafted,
    SpecificationPublished,
)
from domain.mission.enforcement import LineBreachFound, LineBreachSanctioned, LineBreachSettled
from domain.mission.follow_up import MissionFollowUpAgreed, MissionFollowUpEnded
from domain.mission.market import PilotEnded, PilotStarted
from domain.mission.purpose import SolutionProposed, SolutionWeighed
from domain.record import Recorded
from domain.terms import Fact

FromCircle = (
    AgreementMade
    | AgreementExtended
    | AgreementEnded
    | FreeRiderFound
    | SanctionImposed
    | FindingSettled
    | ProposalTabled
    | ObjectionRaised
    | ObjectionAnswered
    | VotesCounted
    | DecisionTaken
    | DecisionReviewed
    | TopicRaised
    | TopicDiscussed
    | TopicClosed
    | ImprovementPlanned
    | ImprovementMoved
    | ImprovementDone
    | ImprovementDropped
    | AdviserListed
    | AdviserCalled
    | AdviserReleased
)
FromMember = (
    PlacementOffered
    | PlacementCompleted
    | ResearchStarted
    | ResearchReported
    | ResourceShared
    | ResourceWithdrawn
)
FromProject = SiteRecordKept | SiteRecordSettled
FromMission = (
    SolutionProposed
    | SolutionWeighed
    | SpecificationDrafted
    | SpecificationPublished
    | PilotStarted
    | PilotEnded
    | MissionConditionNamed
    | MissionConditionAssigned
    | MissionConditionMet
    | MissionConditionLapsed
    | LineBreachFound
    | LineBreachSanctioned
    | LineBreachSettled
    | MissionFollowUpAgreed
    | MissionFollowUpEnded
)
Heard = FromCircle | FromMember | FromProject | FromMission

_THREADS: Mapping[tuple[str, ...], Any] = {
    ("agreement",): AgreementMade | AgreementExtended | AgreementEnded,
    ("agreement", "finding"): FreeRiderFound | SanctionImposed | FindingSettled,
    ("decision",): (
        ProposalTabled
        | ObjectionRaised
        | ObjectionAnswered
        | VotesCounted
        | DecisionTaken
        | DecisionReviewed
    ),
    ("topic",): TopicRaised | TopicDiscussed | TopicClosed,
    ("improvement",): (
        ImprovementPlanned | ImprovementMoved | ImprovementDone | ImprovementDropped
    ),
    ("adviser",): AdviserListed | AdviserCalled | AdviserReleased,
    ("placement",): PlacementOffered | PlacementCompleted,
    ("research",): ResearchStarted | ResearchReported,
    ("resource",): ResourceShared | ResourceWithdrawn,
    ("record",): SiteRecordKept | SiteRecordSettled,
    ("solution",): SolutionProposed | SolutionWeighed,
    ("specification",): SpecificationDrafted | SpecificationPublished,
    ("pilot",): PilotStarted | PilotEnded,
    ("condition",): (
        MissionConditionNamed
        | MissionConditionAssigned
        | MissionConditionMet
        | MissionConditionLapsed
    ),
    ("breach",): LineBreachFound | LineBreachSanctioned | LineBreachSettled,
    ("action",): MissionFollowUpAgreed | MissionFollowUpEnded,
}
"""The fields whose codes hold a thread together -> the facts that are threaded by them."""

_FIELDS: Mapping[type[Fact], tuple[str, ...]] = {
    fact: names for names, union in _THREADS.items() for fact in get_args(union)
}
_AGGREGATES: Mapping[type[Fact], str] = {
    fact: aggregate.name
    for aggregate, union in (
        (CIRCLE, FromCircle),
        (MEMBER, FromMember),
        (CONVENANT_PROJECT, FromProject),
        (MISSION, FromMission),
    )
    for fact in (get_args(union) or (union,))
}


@dataclass(frozen=True, kw_only=True)
class Threaded:
    """An event of a thread; `fact` is its name as at the doors."""

    position: int
    fact: str


@dataclass(frozen=True, kw_only=True)
class ThreadRow:
    """`names` are all that any event of the thread names, in order of their ids."""

    aggregate: str
    subject: UUID
    names: tuple[UUID, ...]
    events: tuple[Threaded, ...]


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    fact = recorded.fact
    names = _FIELDS[type(fact)]
    codes = [getattr(fact, name) for name in names]
    return (key(recorded.stream, "-".join(names), *codes),)


def on(row: ThreadRow | None, recorded: Recorded[Heard]) -> ThreadRow:
    fact = recorded.fact
    before = row or ThreadRow(
        aggregate=_AGGREGATES[type(fact)], subject=recorded.stream, names=(), events=()
    )
    event = Threaded(position=recorded.position, fact=kebab(type(fact).__name__))
    names = {*before.names, *ids_in(fact)} - {recorded.stream}
    return replace(before, names=tuple(sorted(names)), events=(*before.events, event))


def shelves(row: ThreadRow) -> tuple[Shelf, ...]:
    return tuple(of(each) for each in row.names)


# ----------------------------------------------------------------------------------- how to ask


def of(subject: UUID) -> Shelf:
    """The threads in which this is named."""
    return shelf("about", subject)


view = View(
    name="timeline-threads",
    version=1,
    row=ThreadRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
