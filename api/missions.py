"""Missions (missies), and where the line of each stands (standlijn)."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from api.answers import answer
from api.opened import opened, timemap_operation
from api.operations import Call, Operation
from api.paging import PAGING, rows_of
from api.problems import unknown
from api.time_travel import HEADERS, TIME
from application.access import Action, Belonging, Kind
from application.aggregates import MISSION
from application.views import missions
from application.views.missions import MissionRow
from application.views.view import EVERYTHING
from domain.terms import MissionId


@dataclass(frozen=True, kw_only=True)
class MissionList:
    missions: tuple[MissionRow, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/missions",
        id="missions",
        tag=MISSION.plural,
        summary="The missions",
        handle=_missions,
        parameters=PAGING,
        answer=MissionList,
        headers=HEADERS,
        problems=(503,),
    )
    yield Operation(
        method="GET",
        path="/missions/{id}",
        id="mission",
        tag=MISSION.plural,
        summary="One mission",
        handle=_mission,
        parameters=TIME,
        answer=MissionRow,
        headers=("ETag", *HEADERS),
        problems=(503,),
    )
    yield timemap_operation(MISSION)


async def _missions(call: Call) -> Response:
    async def may(row: MissionRow) -> bool:
        told = Belonging(kind=Kind.MISSION, circles=frozenset({row.circle}))
        thing = await call.house.access.thing(row.mission, told)
        return await call.house.access.may(call.person, Action.READ, thing)

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
