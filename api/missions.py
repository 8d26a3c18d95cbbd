"""Missions (missies): the board, the history of the line (standlijn), and what stands beside it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from api.answers import answer
from api.opened import opened, timemap_operation
from api.operations import Call, Handler, Operation
from api.paging import PAGING, rows_of
from api.problems import forbidden, unknown
from api.time_travel import HEADERS, TIME
from application.access import Action, Belonging, Hidden, Kind
from application.aggregates import CONVENANT_PROJECT, MISSION
from application.views import (
    line_breaches,
    line_checks,
    mission_conditions,
    mission_follow_ups,
    mission_functions,
    mission_indicators,
    mission_lines,
    mission_projects,
    mission_promises,
    missions,
)
from application.views.line_breaches import LineBreachRow
from application.views.line_checks import LineCheckRow
from application.views.mission_conditions import MissionConditionRow
from application.views.mission_follow_ups import MissionFollowUpRow
from application.views.mission_functions import MissionFunctionRow
from application.views.mission_indicators import MissionIndicatorRow
from application.views.mission_lines import MissionLineRow
from application.views.mission_projects import MissionProjectRow
from application.views.mission_promises import MissionPromiseRow
from application.views.missions import MissionRow
from application.views.view import EVERYTHING, Shelf, View
from domain.terms import MissionId, ProjectId


@dataclass(frozen=True, kw_only=True)
class MissionList:
    missions: tuple[MissionRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MissionLineList:
    lines: tuple[MissionLineRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MissionFunctionList:
    functions: tuple[MissionFunctionRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MissionConditionList:
    conditions: tuple[MissionConditionRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MissionProjectList:
    projects: tuple[MissionProjectRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MissionFollowUpList:
    actions: tuple[MissionFollowUpRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MissionPromiseList:
    promises: tuple[MissionPromiseRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MissionIndicatorList:
    indicators: tuple[MissionIndicatorRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class LineCheckList:
    checks: tuple[LineCheckRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class LineBreachList:
    breaches: tuple[LineBreachRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ProjectMissionList:
    missions: tuple[MissionProjectRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class _Register:
    """A register of one mission: `word` is its path, and the list in its answer is `inside`."""

    word: str
    id: str
    summary: str
    view: View[Any]
    shelf: Callable[[MissionId], Shelf]
    said: type
    inside: str
    dossier: bool = False
    """Only for whoever may read the dossier: it says how one named firm keeps the line."""

    @property
    def problems(self) -> tuple[int, ...]:
        return (403, 503) if self.dossier else (503,)


_REGISTERS = (
    _Register(
        word="lines",
        id="missionLines",
        summary="The history of the line (standlijn), tread by tread",
        view=mission_lines.view,
        shelf=mission_lines.of_mission,
        said=MissionLineList,
        inside="lines",
    ),
    _Register(
        word="functions",
        id="missionFunctions",
        summary="The nine functions, with every assessment of each",
        view=mission_functions.view,
        shelf=mission_functions.of_mission,
        said=MissionFunctionList,
        inside="functions",
    ),
    _Register(
        word="conditions",
        id="missionConditions",
        summary="The conditions (randvoorwaarden): named, owned and met",
        view=mission_conditions.view,
        shelf=mission_conditions.of_mission,
        said=MissionConditionList,
        inside="conditions",
    ),
    _Register(
        word="projects",
        id="missionProjects",
        summary="The convenant projects that a mission feeds, or fed",
        view=mission_projects.view,
        shelf=mission_projects.of_mission,
        said=MissionProjectList,
        inside="projects",
    ),
    _Register(
        word="follow-ups",
        id="missionFollowUps",
        summary="The follow-up actions (gevolg-acties)",
        view=mission_follow_ups.view,
        shelf=mission_follow_ups.of_mission,
        said=MissionFollowUpList,
        inside="actions",
    ),
    _Register(
        word="promises",
        id="missionPromises",
        summary="Continuity promised, and the deployment guaranteed for it (inzetgarantie)",
        view=mission_promises.view,
        shelf=mission_promises.of_mission,
        said=MissionPromiseList,
        inside="promises",
    ),
    _Register(
        word="indicators",
        id="missionIndicators",
        summary="By what the ambition is measured, with every reading",
        view=mission_indicators.view,
        shelf=mission_indicators.of_mission,
        said=MissionIndicatorList,
        inside="indicators",
    ),
    _Register(
        word="checks",
        id="lineChecks",
        summary="Where it was looked whether the line is kept (handhaving)",
        view=line_checks.view,
        shelf=line_checks.of_mission,
        said=LineCheckList,
        inside="checks",
        dossier=True,
    ),
    _Register(
        word="breaches",
        id="lineBreaches",
        summary="Who did not keep the line, and what came of it (bevindingen en sancties)",
        view=line_breaches.view,
        shelf=line_breaches.of_mission,
        said=LineBreachList,
        inside="breaches",
        dossier=True,
    ),
)


def operations() -> Iterator[Operation]:
    yield _list("/missions", "missions", "The missions", _missions, MissionList)
    yield Operation(
        method="GET",
        path="/missions/{id}",
        id="mission",
        tag=MISSION.plural,
        summary="One mission: the mission board",
        handle=_mission,
        parameters=TIME,
        answer=MissionRow,
        headers=("ETag", *HEADERS),
        problems=(503,),
    )
    for each in _REGISTERS:
        path = f"/missions/{{id}}/{each.word}"
        yield _list(path, each.id, each.summary, _reader(each), each.said, each.problems)
    yield _list(
        f"/{CONVENANT_PROJECT.plural}/{{id}}/missions",
        "convenantProjectMissions",
        "The missions that feed a project, or fed it",
        _missions_of_project,
        ProjectMissionList,
    )
    yield timemap_operation(MISSION)


def _list(  # noqa: PLR0917 - one argument for each thing that differs
    path: str,
    name: str,
    summary: str,
    handle: Handler,
    said: type,
    problems: tuple[int, ...] = (503,),
) -> Operation:
    return Operation(
        method="GET",
        path=path,
        id=name,
        tag=path.split("/")[1],
        summary=summary,
        handle=handle,
        parameters=PAGING,
        answer=said,
        headers=HEADERS,
        problems=problems,
    )


async def _missions(call: Call) -> Response:
    async def may(row: MissionRow) -> bool:
        return await _may_read(call, row)

    page = await rows_of(call, missions.view, EVERYTHING, may)
    said = MissionList(missions=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _mission(call: Call) -> Response:
    found = await opened(call, MISSION)
    row = await call.house.views.get(
        missions.view, missions.mission(MissionId(found.stream)), as_of=found.as_of.position
    )
    if row.entry is None:
        raise unknown()
    return found.answer(call, row.entry.row)


def _reader(register: _Register) -> Callable[[Call], Awaitable[Response]]:
    async def handle(call: Call) -> Response:
        found = await opened(call, MISSION)
        if register.dossier and not found.sight.dossier:
            raise forbidden("what was found against a firm is for its client and for auditors")
        shelf = register.shelf(MissionId(found.stream))
        page = await rows_of(call, register.view, shelf, _everybody)
        parts: Mapping[str, Any] = {register.inside: tuple(page.rows), "next": page.next}
        return answer(register.said(**parts), headers=page.headers(call))

    return handle


async def _missions_of_project(call: Call) -> Response:
    found = await opened(call, CONVENANT_PROJECT)

    async def may(row: MissionProjectRow) -> bool:
        board = await call.house.views.get(missions.view, missions.mission(row.mission))
        return board.entry is not None and await _may_read(call, board.entry.row)

    shelf = mission_projects.of_project(ProjectId(found.stream))
    page = await rows_of(call, mission_projects.view, shelf, may)
    said = ProjectMissionList(missions=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _may_read(call: Call, row: MissionRow) -> bool:
    told = Belonging(kind=Kind.MISSION, circles=frozenset({row.circle}))
    try:
        thing = await call.house.access.thing(row.mission, told)
    except Hidden:
        return False
    return await call.house.access.may(call.person, Action.READ, thing)


async def _everybody(_: object) -> bool:
    """Whoever may read the mission may read its registers."""
    return True
