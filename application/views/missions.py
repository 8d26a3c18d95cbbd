"""The mission board: which missions (missies) are there, and how does each of them stand?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import EVERYTHING, Key, Shelf, View, key, shelf
from domain.mission.conditions import (
    MissionConditionLapsed,
    MissionConditionMet,
    MissionConditionNamed,
)
from domain.mission.ending import MissionClosed, MissionReached, MissionReopened
from domain.mission.enforcement import (
    LineBreachFound,
    LineBreachSettled,
    ProjectFed,
    ProjectReleased,
)
from domain.mission.follow_up import LineAdvice, MissionEvaluated, MissionMonitored
from domain.mission.functions import (
    GROUP_OF,
    Degree,
    FunctionAssessed,
    FunctionGroup,
    MissionFunction,
)
from domain.mission.line import Line, LineAgreed, TreadAnnounced, TreadAnnouncement
from domain.mission.purpose import MissionFounded
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MissionId, ProjectId

Heard = (
    MissionFounded
    | LineAgreed
    | TreadAnnounced
    | FunctionAssessed
    | MissionConditionNamed
    | MissionConditionMet
    | MissionConditionLapsed
    | ProjectFed
    | ProjectReleased
    | LineBreachFound
    | LineBreachSettled
    | MissionMonitored
    | MissionEvaluated
    | MissionReached
    | MissionClosed
    | MissionReopened
)


@dataclass(frozen=True, kw_only=True)
class FunctionStanding:
    """To what extent a function is fulfilled, by the assessment that is the last to have happened."""

    function: MissionFunction
    group: FunctionGroup
    degree: Degree
    assessed_at: Instant


@dataclass(frozen=True, kw_only=True)
class MissionRow:
    """`line` is the newest that was agreed; None while there is none.

    `functions` has those that were assessed, in the order of the nine. `next_tread` was announced
    and is not agreed yet. `projects` are those that the mission feeds now.
    """

    mission: MissionId
    title: str
    problem: str
    circle: CircleId
    founded_at: Instant
    goal: str | None = None
    line: Line | None = None
    agreed_at: Instant | None = None
    next_tread: TreadAnnouncement | None = None
    functions: tuple[FunctionStanding, ...] = ()
    conditions: tuple[Code, ...] = ()
    conditions_met: tuple[Code, ...] = ()
    projects: tuple[ProjectId, ...] = ()
    open_breaches: tuple[Code, ...] = ()
    monitored_at: Instant | None = None
    evaluated_at: Instant | None = None
    advice: LineAdvice | None = None
    reached_at: Instant | None = None
    closed_at: Instant | None = None
    reopened_at: Instant | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (mission(MissionId(recorded.stream)),)


def on(row: MissionRow | None, recorded: Recorded[Heard]) -> MissionRow | None:
    fact = recorded.fact
    if isinstance(fact, MissionFounded):
        return MissionRow(
            mission=MissionId(recorded.stream),
            title=fact.title,
            problem=fact.problem,
            circle=fact.circle,
            founded_at=fact.occurred_at,
            goal=fact.goal,
        )
    if row is None:
        return None
    match fact:
        case LineAgreed() | TreadAnnounced():
            return _line(row, fact)
        case FunctionAssessed():
            return replace(row, functions=_assessed(row.functions, fact))
        case MissionConditionNamed() | MissionConditionMet() | MissionConditionLapsed():
            return _condition(row, fact)
        case ProjectFed() | ProjectReleased() | LineBreachFound() | LineBreachSettled():
            return _enforced(row, fact)
        case MissionMonitored():
            return replace(row, monitored_at=_later(row.monitored_at, fact.occurred_at))
        case MissionEvaluated():
            if row.evaluated_at is not None and row.evaluated_at > fact.occurred_at:
                return row
            return replace(row, evaluated_at=fact.occurred_at, advice=fact.advice)
        case MissionReached():
            return replace(row, reached_at=fact.occurred_at)
        case MissionClosed():
            return replace(row, closed_at=fact.occurred_at)
        case MissionReopened():
            return replace(row, closed_at=None, reached_at=None, reopened_at=fact.occurred_at)
        case _:
            assert_never(fact)


def _line(row: MissionRow, fact: LineAgreed | TreadAnnounced) -> MissionRow:
    if isinstance(fact, TreadAnnounced):
        if row.line is not None and fact.level <= row.line.level:
            return row
        announced = TreadAnnouncement(
            level=fact.level,
            scope=fact.scope,
            holds_from=fact.holds_from,
            told=fact.told,
            url=fact.url,
        )
        return replace(row, next_tread=announced)
    tread = row.next_tread
    waiting = tread if tread is not None and tread.level > fact.level else None
    return replace(row, line=line_of(fact), agreed_at=fact.occurred_at, next_tread=waiting)


def line_of(fact: LineAgreed) -> Line:
    """What was agreed, without the moment at which it was."""
    return Line(
        level=fact.level,
        readiness=fact.readiness,
        scope=fact.scope,
        direction=fact.direction,
        holds_from=fact.holds_from,
        agreed_by_market=fact.agreed_by_market,
        agreed_by_authority=fact.agreed_by_authority,
        threshold=fact.threshold,
        unit=fact.unit,
        decision=fact.decision,
        reason=fact.reason,
    )


def _assessed(
    known: tuple[FunctionStanding, ...], fact: FunctionAssessed
) -> tuple[FunctionStanding, ...]:
    by_function = {each.function: each for each in known}
    earlier = by_function.get(fact.function)
    if earlier is None or earlier.assessed_at <= fact.occurred_at:
        by_function[fact.function] = FunctionStanding(
            function=fact.function,
            group=GROUP_OF[fact.function],
            degree=fact.degree,
            assessed_at=fact.occurred_at,
        )
    return tuple(by_function[each] for each in MissionFunction if each in by_function)


def _condition(
    row: MissionRow, fact: MissionConditionNamed | MissionConditionMet | MissionConditionLapsed
) -> MissionRow:
    others = tuple(each for each in row.conditions_met if each != fact.condition)
    match fact:
        case MissionConditionNamed():
            named = dict.fromkeys((*row.conditions, fact.condition))
            return replace(row, conditions=tuple(named))
        case MissionConditionMet():
            return replace(row, conditions_met=(*others, fact.condition))
        case MissionConditionLapsed():
            return replace(row, conditions_met=others)
        case _:
            assert_never(fact)


def _enforced(
    row: MissionRow, fact: ProjectFed | ProjectReleased | LineBreachFound | LineBreachSettled
) -> MissionRow:
    match fact:
        case ProjectFed():
            return replace(row, projects=tuple(dict.fromkeys((*row.projects, fact.project))))
        case ProjectReleased():
            left = tuple(each for each in row.projects if each != fact.project)
            return replace(row, projects=left)
        case LineBreachFound():
            found = dict.fromkeys((*row.open_breaches, fact.breach))
            return replace(row, open_breaches=tuple(found))
        case LineBreachSettled():
            still = tuple(each for each in row.open_breaches if each != fact.breach)
            return replace(row, open_breaches=still)
        case _:
            assert_never(fact)


def _later(one: Instant | None, other: Instant) -> Instant:
    return other if one is None else max(one, other)


def shelves(row: MissionRow) -> tuple[Shelf, ...]:
    return EVERYTHING, of_circle(row.circle)


# ----------------------------------------------------------------------------------- how to ask


def mission(mission: MissionId) -> Key:
    return key(mission)


def of_circle(circle: CircleId) -> Shelf:
    return shelf("circle", circle)


view = View(
    name="missions", version=2, row=MissionRow, hears=Heard, keys=keys, on=on, shelves=shelves
)
