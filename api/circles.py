"""Circles (kenniskringen): who sits in them, when they met, what became public."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from api.answers import answer
from api.opened import opened, timemap_operation
from api.operations import Call, Handler, Operation
from api.paging import PAGING, rows_of
from api.problems import unknown
from api.time_travel import HEADERS, TIME
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
    yield _list("/circles", "circles", "The circles (kenniskringen)", _circles, CircleList)
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
    )
    yield _list(
        "/circles/{id}/members",
        "circleMembers",
        "The organisations that are, or were, in a circle",
        _members,
        CircleMemberList,
    )
    yield _list(
        "/circles/{id}/seats", "circleSeats", "Who sits where (zetels)", _seats, CircleSeatList
    )
    yield _list(
        "/circles/{id}/meetings",
        "circleMeetings",
        "The meetings (bijeenkomsten), with where their reports (verslagen) are",
        _meetings,
        MeetingList,
    )
    yield timemap_operation(CIRCLE)


def _list(path: str, name: str, summary: str, handle: Handler, said: type) -> Operation:
    return Operation(
        method="GET",
        path=path,
        id=name,
        tag=CIRCLE.plural,
        summary=summary,
        handle=handle,
        parameters=PAGING,
        answer=said,
        headers=HEADERS,
        problems=(503,),
    )


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


async def _members(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = circle_members.of_circle(CircleId(found.stream))
    page = await rows_of(call, circle_members.view, shelf, _everybody)
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
    members = CircleMemberList(members=tuple(said), next=page.next)
    return answer(members, headers=page.headers(call))


async def _seats(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = circle_seats.of_circle(CircleId(found.stream))
    page = await rows_of(call, circle_seats.view, shelf, _everybody)
    said = CircleSeatList(seats=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _meetings(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = circle_meetings.of_circle(CircleId(found.stream))
    page = await rows_of(call, circle_meetings.view, shelf, _everybody)
    said = MeetingList(meetings=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _everybody(_: object) -> bool:
    """Whoever may read the circle may read its registers."""
    return True
