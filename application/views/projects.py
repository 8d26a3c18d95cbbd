"""Which convenant projects (convenantprojecten) are there, and how far did each come?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from application.views.view import EVERYTHING, Key, Shelf, View, key, shelf
from domain.convenant_project.award import AwardDecided, AwardNoticePublished, ContractSigned
from domain.convenant_project.execution import (
    EvaluationHeld,
    ProjectCancelled,
    ResultsPublished,
    StepReopened,
    WorkDelivered,
    WorkStarted,
)
from domain.convenant_project.preparation import (
    CircleLinked,
    ContractKind,
    ExpertGroupFormed,
    ExpertGroupMet,
    MonitoringProgrammeSet,
    ProjectAnnounced,
    ProjectDiscussed,
    ProjectRegistered,
    RequestDrafted,
    WorkNature,
)
from domain.convenant_project.procedure import (
    NoticeDispatched,
    NoticePublished,
    NoticeRectified,
    NoticeRenewed,
    ProcedureStarted,
    ProcedureType,
)
from domain.convenant_project.tendering import InvitationSent, TenderSubmitted
from domain.record import Recorded
from domain.terms import CircleId, Fact, Instant, MemberId, ProjectId

Heard = (
    ProjectRegistered
    | CircleLinked
    | ProjectAnnounced
    | ProjectDiscussed
    | ExpertGroupFormed
    | ExpertGroupMet
    | RequestDrafted
    | MonitoringProgrammeSet
    | ProcedureStarted
    | NoticeDispatched
    | NoticePublished
    | NoticeRectified
    | NoticeRenewed
    | InvitationSent
    | TenderSubmitted
    | AwardDecided
    | ContractSigned
    | AwardNoticePublished
    | WorkStarted
    | WorkDelivered
    | EvaluationHeld
    | ResultsPublished
    | StepReopened
    | ProjectCancelled
)

STEPS: Mapping[type[Fact], int] = {
    ProjectRegistered: 1,
    ProjectDiscussed: 2,
    ExpertGroupFormed: 3,
    ExpertGroupMet: 4,
    RequestDrafted: 5,
    MonitoringProgrammeSet: 6,
    NoticeDispatched: 7,
    NoticePublished: 7,
    NoticeRectified: 7,
    NoticeRenewed: 7,
    InvitationSent: 7,
    TenderSubmitted: 8,
    AwardDecided: 9,
    ContractSigned: 9,
    AwardNoticePublished: 9,
    WorkStarted: 10,
    WorkDelivered: 11,
    EvaluationHeld: 12,
    ResultsPublished: 13,
}
"""Which of the thirteen steps a fact shows that a project reached."""

PUBLIC = (
    ProjectAnnounced,
    NoticePublished,
    NoticeRectified,
    NoticeRenewed,
    AwardNoticePublished,
    ResultsPublished,
)
"""Facts of the project after which everybody can know of it."""


@dataclass(frozen=True, kw_only=True)
class StepReached:
    """A step of the thirteen that something showed, `times` so often, first and last."""

    step: int
    first_at: Instant
    last_at: Instant
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class ProjectRow:
    """`highest_step` is the furthest that the project came; `step` falls when one is reopened.

    `steps` are those that were reached, in order; one that is not there was not, or was skipped.

    `procedure` is the newest that the authority declared. `announced_at` is the earliest moment at
    which everybody could know of the project; None while nobody could.
    """

    project: ProjectId
    title: str
    authority: MemberId
    kind: ContractKind
    object: str
    location: str
    cpv: str
    under_convenant: bool
    registered_at: Instant
    circles: tuple[CircleId, ...] = ()
    procedure: ProcedureType | None = None
    announced_at: Instant | None = None
    step: int = 1
    highest_step: int = 1
    cancelled: bool = False
    steps: tuple[StepReached, ...] = ()
    nature: WorkNature | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (project(ProjectId(recorded.stream)),)


def on(row: ProjectRow | None, recorded: Recorded[Heard]) -> ProjectRow | None:
    fact = recorded.fact
    if isinstance(fact, ProjectRegistered):
        return _registered(ProjectId(recorded.stream), fact)
    if row is None:
        return None
    return _particulars(_announced(_moved(_shown(row, fact), fact), fact), fact)


def _registered(project: ProjectId, fact: ProjectRegistered) -> ProjectRow:
    return ProjectRow(
        project=project,
        title=fact.title,
        authority=fact.authority,
        kind=fact.kind,
        object=fact.object,
        location=fact.location,
        cpv=fact.cpv,
        under_convenant=fact.under_convenant,
        registered_at=fact.occurred_at,
        nature=fact.nature,
        steps=(StepReached(step=1, first_at=fact.occurred_at, last_at=fact.occurred_at),),
    )


def _moved(row: ProjectRow, fact: Heard) -> ProjectRow:
    if isinstance(fact, StepReopened):
        return replace(row, step=fact.step)
    step = STEPS.get(type(fact), 0)
    if step <= row.step:
        return row
    return replace(row, step=step, highest_step=max(step, row.highest_step))


def _shown(row: ProjectRow, fact: Heard) -> ProjectRow:
    step, happened = STEPS.get(type(fact)), fact.occurred_at
    if step is None:
        return row
    reached = {each.step: each for each in row.steps}
    before = reached.get(step)
    if before is None:
        reached[step] = StepReached(step=step, first_at=happened, last_at=happened)
    else:
        reached[step] = replace(
            before,
            first_at=min(before.first_at, happened),
            last_at=max(before.last_at, happened),
            times=before.times + 1,
        )
    return replace(row, steps=tuple(reached[each] for each in sorted(reached)))


def _announced(row: ProjectRow, fact: Heard) -> ProjectRow:
    if not isinstance(fact, PUBLIC):
        return row
    earliest = min(fact.occurred_at, row.announced_at or fact.occurred_at)
    return replace(row, announced_at=earliest)


def _particulars(row: ProjectRow, fact: Heard) -> ProjectRow:
    if isinstance(fact, CircleLinked) and fact.circle not in row.circles:
        return replace(row, circles=(*row.circles, fact.circle))
    if isinstance(fact, ProcedureStarted):
        return replace(row, procedure=fact.procedure)
    if isinstance(fact, ProjectCancelled):
        return replace(row, cancelled=True)
    return row


def shelves(row: ProjectRow) -> tuple[Shelf, ...]:
    circles = (of_circle(circle) for circle in row.circles)
    return EVERYTHING, of_authority(row.authority), *circles


# ----------------------------------------------------------------------------------- how to ask


def project(project: ProjectId) -> Key:
    return key(project)


def of_authority(authority: MemberId) -> Shelf:
    return shelf("authority", authority)


def of_circle(circle: CircleId) -> Shelf:
    """The projects that this circle hears of."""
    return shelf("circle", circle)


view = View(
    name="projects", version=2, row=ProjectRow, hears=Heard, keys=keys, on=on, shelves=shelves
)
