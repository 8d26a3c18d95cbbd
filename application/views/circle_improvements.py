"""What did a circle set out to do better (verbeteragenda), who does it, and what came of it?"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key, shelf
from domain.circle.improvements import (
    ActionAgenda,
    ConditionKind,
    ConditionNamed,
    ImprovementDone,
    ImprovementDropped,
    ImprovementMoved,
    ImprovementPlanned,
    ResultKind,
)
from domain.circle.topics import TopicKind
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MemberId

Heard = (
    ImprovementPlanned | ImprovementMoved | ImprovementDone | ImprovementDropped | ConditionNamed
)


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"  # gedaan
    DROPPED = "dropped"  # vervallen


@dataclass(frozen=True, kw_only=True)
class ConditionSaid:
    condition: Code
    kind: ConditionKind
    member: MemberId
    text: str


@dataclass(frozen=True, kw_only=True)
class CircleImprovementRow:
    """`first_due_on` is the day that was promised first; `result` says what came of it, or why not.

    `complaint` and `topic` are what it came out of.
    """

    circle: CircleId
    improvement: Code
    agenda: ActionAgenda
    kind: TopicKind
    title: str
    wanted_by: MemberId | None
    owner: MemberId
    supporters: tuple[MemberId, ...]
    topic: Code | None
    complaint: Code | None
    planned_at: Instant
    first_due_on: date
    due_on: date
    conditions: tuple[ConditionSaid, ...] = ()
    status: ActionStatus = ActionStatus.OPEN
    ended_at: Instant | None = None
    result_kind: ResultKind | None = None
    result: str | None = None

    def overdue(self, day: date) -> bool:
        """Still open after the day on which it was due."""
        return self.status is ActionStatus.OPEN and self.due_on < day


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (improvement_of(CircleId(recorded.stream), recorded.fact.improvement),)


def on(row: CircleImprovementRow | None, recorded: Recorded[Heard]) -> CircleImprovementRow | None:
    fact = recorded.fact
    if isinstance(fact, ImprovementPlanned):
        return CircleImprovementRow(
            circle=CircleId(recorded.stream),
            improvement=fact.improvement,
            agenda=fact.agenda,
            kind=fact.kind,
            title=fact.title,
            wanted_by=fact.wanted_by,
            owner=fact.owner,
            supporters=fact.supporters,
            topic=fact.topic,
            complaint=fact.complaint,
            planned_at=fact.occurred_at,
            first_due_on=fact.due_on,
            due_on=fact.due_on,
        )
    if row is None:
        return None
    match fact:
        case ImprovementMoved():
            return replace(row, due_on=fact.due_on)
        case ImprovementDone():
            return replace(
                row,
                status=ActionStatus.DONE,
                ended_at=fact.occurred_at,
                result_kind=fact.kind,
                result=fact.result,
            )
        case ImprovementDropped():
            return replace(
                row, status=ActionStatus.DROPPED, ended_at=fact.occurred_at, result=fact.reason
            )
        case ConditionNamed():
            named = ConditionSaid(
                condition=fact.condition, kind=fact.kind, member=fact.member, text=fact.text
            )
            return replace(row, conditions=(*row.conditions, named))
        case _:
            assert_never(fact)


def shelves(row: CircleImprovementRow) -> tuple[Shelf, ...]:
    return (of_owner(row.owner),)


# ----------------------------------------------------------------------------------- how to ask


def improvement_of(circle: CircleId, improvement: Code) -> Key:
    return key(circle, improvement)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


def of_owner(member: MemberId) -> Shelf:
    return shelf("owner", member)


view = View(
    name="circle-improvements",
    version=1,
    row=CircleImprovementRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
