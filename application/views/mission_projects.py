"""Which projects does a mission feed, and which missions feed a project? Was the line looked after?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key, shelf
from domain.mission.enforcement import (
    LineChecked,
    LineCheckPlace,
    LineWaived,
    ProjectFed,
    ProjectReleased,
)
from domain.record import Recorded
from domain.terms import Code, Instant, MissionId, ProjectId

Heard = ProjectFed | ProjectReleased | LineChecked | LineWaived


@dataclass(frozen=True, kw_only=True)
class MissionProjectRow:
    """`level` is the line that holds for the project; `checked` the places that were looked at.

    A project that was released and fed again keeps its checks.
    """

    mission: MissionId
    project: ProjectId
    level: int | None
    fed_at: Instant
    released_at: Instant | None = None
    checks: int = 0
    checked: tuple[LineCheckPlace, ...] = ()
    waivers: tuple[Code, ...] = ()


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), recorded.fact.project),)


def on(row: MissionProjectRow | None, recorded: Recorded[Heard]) -> MissionProjectRow | None:
    fact = recorded.fact
    if isinstance(fact, ProjectFed):
        if row is not None:
            return replace(row, level=fact.level, fed_at=fact.occurred_at, released_at=None)
        return MissionProjectRow(
            mission=MissionId(recorded.stream),
            project=fact.project,
            level=fact.level,
            fed_at=fact.occurred_at,
        )
    if row is None:
        return None
    match fact:
        case ProjectReleased():
            return replace(row, released_at=fact.occurred_at)
        case LineChecked():
            places = {*row.checked, fact.place}
            checked = tuple(each for each in LineCheckPlace if each in places)
            return replace(row, checks=row.checks + 1, checked=checked)
        case LineWaived():
            return replace(row, waivers=(*row.waivers, fact.waiver))
        case _:
            assert_never(fact)


def shelves(row: MissionProjectRow) -> tuple[Shelf, ...]:
    return (of_project(row.project),)


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    return branch(mission)


def of_project(project: ProjectId) -> Shelf:
    """The missions that feed this project, or fed it."""
    return shelf("project", project)


view = View(
    name="mission-projects",
    version=1,
    row=MissionProjectRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
