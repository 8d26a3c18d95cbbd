"""Circles (kenniskringen): who sits in them, when they met, what became public."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened, timemap_operation
from api.operations import Call, Operation
from api.paging import Rows, rows_of
from api.problems import unknown
from api.registers import Register, list_operation, register_operations
from api.time_travel import HEADERS, TIME
from api.versions import of_thing
from application.access import Action, Belonging, Kind
from application.aggregates import CIRCLE
from application.sealing.unsealer import Unsealer
from application.views import circle_meetings, circle_members, circle_seats, circles, organisations
from application.views.circle_meetings import CircleMeetingRow
from application.views.circle_members import Stay
from application.views.circle_seats import CircleSeatRow
from application.views.circles import CircleRow
from application.views.view import EVERYTHING, key
from domain.terms import CircleId, Instant, MemberId


@dataclass(frozen=True, kw_only=True)
class CircleList:
    circles: tuple[CircleRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class CircleMemberSaid:
    """`name` is None where it is unknown or was forgotten; `since` where it is not in the circle."""

    member: MemberId
    name: str | None
    since: Instant | None
    stays: tuple[Stay, ...]


@dataclass(frozen=True, kw_only=True)
class CircleMemberList:
    members: tuple[CircleMemberSaid, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class CircleSeatList:
    seats: tuple[CircleSeatRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class MeetingList:
    meetings: tuple[CircleMeetingRow, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield list_operation(
        "/circles",
        "circles",
        "The circles (kenniskringen)",
        _circles,
        CircleList,
        view=circles.view,
    )
    yield Operation(
        method="GET",
        path="/circles/{id}",
        id="circle",
        tag=CIRCLE.plural,
        summary="One circle",
        handle=_circle,
        parameters=TIME,
        answer=CircleRow,
        headers=("ETag", *HEADERS),
        problems=(503,),
        versions=of_thing(CIRCLE),
    )
    yield from register_operations(*REGISTERS)
    yield timemap_operation(CIRCLE)


async def _circles(call: Call) -> Response:
    async def may(row: CircleRow) -> bool:
        told = Belonging(kind=Kind.CIRCLE, authority=row.authority, circles=frozenset({row.circle}))
        thing = await call.house.access.thing(row.circle, told)
        return await call.house.access.may(call.person, Action.READ, thing)

    page = await rows_of(call, circles.view, EVERYTHING, may)
    said = CircleList(circles=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _circle(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    row = await call.house.views.get(
        circles.view, circles.circle(CircleId(found.stream)), as_of=found.as_of.position
    )
    if row.entry is None:
        raise unknown()
    return found.answer(call, row.entry.row)


async def _members(call: Call, _: Opened, page: Rows[Any]) -> Mapping[str, Any]:
    known = await call.house.views.get_many(
        organisations.view, [key(row.member) for row in page.rows], as_of=page.as_of.position
    )
    unsealer = Unsealer(call.house.vault)
    said = []
    for row in page.rows:
        entry = known.entries.get(key(row.member))
        name = None if entry is None else entry.row.name
        said.append(
            CircleMemberSaid(
                member=row.member,
                name=await unsealer.text(name, "name", row.member),
                since=row.since,
                stays=row.stays,
            )
        )
    return {"members": tuple(said)}


REGISTERS = (
    Register(
        of=CIRCLE,
        word="members",
        id="circleMembers",
        summary="The organisations that are, or were, in a circle",
        view=circle_members.view,
        shelf=circle_members.of_circle,
        said=CircleMemberList,
        tell=_members,
    ),
    Register(
        of=CIRCLE,
        word="seats",
        id="circleSeats",
        summary="Who sits where (zetels)",
        view=circle_seats.view,
        shelf=circle_seats.of_circle,
        said=CircleSeatList,
        inside="seats",
    ),
    Register(
        of=CIRCLE,
        word="meetings",
        id="circleMeetings",
        summary="The meetings (bijeenkomsten), with where their reports (verslagen) are",
        view=circle_meetings.view,
        shelf=circle_meetings.of_circle,
        said=MeetingList,
        inside="meetings",
    ),
)
