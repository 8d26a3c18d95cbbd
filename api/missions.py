"""Missions (missies): the board, the history of the line (standlijn), and what stands beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from starlette.responses import Response

from api.answers import answer
from api.opened import opened, timemap_operation
from api.operations import Call, Operation
from api.paging import rows_of
from api.problems import unknown
from api.registers import Only, Register, list_operation, register_operations
from api.time_travel import HEADERS, TIME
from api.versions import of_thing
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
from application.views.view import EVERYTHING
from domain.terms import MissionId


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


_FIRMS = Only(
    may=lambda sight: sight.dossier,
    why="what was found against a firm is for its client and for auditors",
)


async def _feeds(call: Call, row: MissionProjectRow) -> bool:
    board = await call.house.views.get(missions.view, missions.mission(row.mission))
    return board.entry is not None and await _may_read(call, board.entry.row)


REGISTERS = (
    Register(
        of=MISSION,
        word="lines",
        id="missionLines",
        summary="The history of the line (standlijn), tread by tread",
        view=mission_lines.view,
        shelf=mission_lines.of_mission,
        said=MissionLineList,
        inside="lines",
    ),
    Register(
        of=MISSION,
        word="functions",
        id="missionFunctions",
        summary="The nine functions, with every assessment of each",
        view=mission_functions.view,
        shelf=mission_functions.of_mission,
        said=MissionFunctionList,
        inside="functions",
    ),
    Register(
        of=MISSION,
        word="conditions",
        id="missionConditions",
        summary="The conditions (randvoorwaarden): named, owned and met",
        view=mission_conditions.view,
        shelf=mission_conditions.of_mission,
        said=MissionConditionList,
        inside="conditions",
    ),
    Register(
        of=MISSION,
        word="projects",
        id="missionProjects",
        summary="The convenant projects that a mission feeds, or fed",
        view=mission_projects.view,
        shelf=mission_projects.of_mission,
        said=MissionProjectList,
        inside="projects",
    ),
    Register(
        of=MISSION,
        word="follow-ups",
        id="missionFollowUps",
        summary="The follow-up actions (gevolg-acties)",
        view=mission_follow_ups.view,
        shelf=mission_follow_ups.of_mission,
        said=MissionFollowUpList,
        inside="actions",
    ),
    Register(
        of=MISSION,
        word="promises",
        id="missionPromises",
        summary="Continuity promised, and the deployment guaranteed for it (inzetgarantie)",
        view=mission_promises.view,
        shelf=mission_promises.of_mission,
        said=MissionPromiseList,
        inside="promises",
    ),
    Register(
        of=MISSION,
        word="indicators",
        id="missionIndicators",
        summary="By what the ambition is measured, with every reading",
        view=mission_indicators.view,
        shelf=mission_indicators.of_mission,
        said=MissionIndicatorList,
        inside="indicators",
    ),
    Register(
        of=MISSION,
        word="checks",
        id="lineChecks",
        summary="Where it was looked whether the line is kept (handhaving)",
        view=line_checks.view,
        shelf=line_checks.of_mission,
        said=LineCheckList,
        inside="checks",
        only=_FIRMS,
    ),
    Register(
        of=MISSION,
        word="breaches",
        id="lineBreaches",
        summary="Who did not keep the line, and what came of it (bevindingen en sancties)",
        view=line_breaches.view,
        shelf=line_breaches.of_mission,
        said=LineBreachList,
        inside="breaches",
        only=_FIRMS,
    ),
    Register(
        of=CONVENANT_PROJECT,
        word="missions",
        id="convenantProjectMissions",
        summary="The missions that feed a project, or fed it",
        view=mission_projects.view,
        shelf=mission_projects.of_project,
        said=ProjectMissionList,
        inside="missions",
        may=lambda call, _: partial(_feeds, call),
    ),
)


def operations() -> Iterator[Operation]:
    yield list_operation(
        "/missions", "missions", "The missions", _missions, MissionList, view=missions.view
    )
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
        versions=of_thing(MISSION),
    )
    yield from register_operations(*REGISTERS)
    yield timemap_operation(MISSION)


async def _missions(call: Call) -> Response:
    page = await rows_of(call, missions.view, EVERYTHING, partial(_may_read, call))
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


async def _may_read(call: Call, row: MissionRow) -> bool:
    told = Belonging(kind=Kind.MISSION, circles=frozenset({row.circle}))
    try:
        thing = await call.house.access.thing(row.mission, told)
    except Hidden:
        return False
    return await call.house.access.may(call.person, Action.READ, thing)
