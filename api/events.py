"""The feed: every event in order, without a gap, to be read on from wherever one was.

A reader sees every position. What an event says is shown where the reader's relations allow it, and
withheld otherwise; then its hash stays, so that two readers can tell that they saw one ledger.

The feed goes as far as the registers that say where things belong, so that nothing is withheld only
because it is new.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from starlette.responses import Response, StreamingResponse

from api.answers import ASK_AGAIN, plain_answer
from api.happenings import Json, cloud_event, event_list
from api.house import House
from api.operations import Call, In, Operation, Parameter, Raw
from api.problems import unknown
from api.time_travel import whole_number
from application.access import KINDS, Hidden, Kind
from application.ports import StoredEvent
from application.views import access, circle_members, circles, missions, organisations, projects
from application.visibility import Sight, sight
from domain.terms import PersonRef

MOST = 500
USUAL = 100
LONGEST_WAIT = 30
STREAM_FOR = 600.0
"""Seconds after which a stream ends, so that whoever reads it shows a valid token again."""
_HEARTBEAT = 10.0
_FOLLOWED = (
    access.view, circles.view, circle_members.view, missions.view, organisations.view,
    projects.view,
)  # fmt: skip

AFTER = Parameter(
    name="after",
    where=In.QUERY,
    description="Events after this position; 0 is from the beginning.",
    schema={"type": "integer", "minimum": 0, "default": 0},
)
LIMIT = Parameter(
    name="limit",
    where=In.QUERY,
    description="How many, at most.",
    schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
)
WAIT = Parameter(
    name="wait",
    where=In.QUERY,
    description="Seconds to wait for something new, when there is nothing yet (long-poll).",
    schema={"type": "integer", "minimum": 0, "maximum": LONGEST_WAIT, "default": 0},
)
LAST_EVENT_ID = Parameter(
    name="Last-Event-ID",
    where=In.HEADER,
    description="The `id` of the last event that was received; instead of `after`.",
)


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/events",
        id="events",
        tag="events",
        summary="The feed of events, in order and without a gap",
        handle=_feed,
        parameters=(AFTER, LIMIT, WAIT),
        raw=Raw(name="EventList", schema=event_list),
        headers=("Link",),
        problems=(503,),
    )
    yield Operation(
        method="GET",
        path="/events/stream",
        id="eventStream",
        tag="events",
        summary="The feed as server-sent events",
        description="Ends after ten minutes; a reader reconnects with `Last-Event-ID`.",
        handle=_stream,
        parameters=(AFTER, LAST_EVENT_ID),
        media="text/event-stream",
        problems=(503,),
    )
    yield Operation(
        method="GET",
        path="/events/{position}",
        id="event",
        tag="events",
        summary="One event, by its id",
        handle=_one,
        parameters=(
            Parameter(
                name="position",
                where=In.PATH,
                description="The `id` of the event.",
                schema={"type": "integer", "minimum": 1},
                required=True,
            ),
        ),
        raw=Raw(name="Event"),
        problems=(503,),
    )


async def _feed(call: Call) -> Response:
    after = _number(call, "after", 0)
    limit = _number(call, "limit", USUAL, most=MOST, least=1)
    wait = _number(call, "wait", 0, most=LONGEST_WAIT)
    if wait:
        await call.house.views.wait_for(after + 1, *_FOLLOWED, within=wait)
    events = await _events(call.house, call.person, after, limit)
    following = events[-1]["sequence"] if events else after
    link = f'<{call.request.scope["path"]}?after={following}&limit={limit}>; rel="next"'
    return plain_answer({"events": events, "next": following}, headers={"Link": link})


async def _one(call: Call) -> Response:
    said = call.request.path_params["position"]
    if not (said.isascii() and said.isdecimal() and str(int(said[:18])) == said and said != "0"):
        raise unknown()
    events = await _events(call.house, call.person, int(said) - 1, 1)
    if not events:
        raise unknown()
    return plain_answer(events[0], cache=ASK_AGAIN)


async def _stream(call: Call) -> Response:
    last = call.header("last-event-id")
    after = _number(call, "after", 0)
    if last is not None:
        after = whole_number("Last-Event-ID", last)
    return StreamingResponse(
        _told(call.house, call.person, after),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _told(house: House, person: PersonRef, after: int) -> AsyncIterator[bytes]:
    until = asyncio.get_running_loop().time() + STREAM_FOR
    yield b"retry: 1000\n\n"
    while asyncio.get_running_loop().time() < until:
        if not await house.views.wait_for(after + 1, *_FOLLOWED, within=_HEARTBEAT):
            yield b": nothing new\n\n"
            continue
        for event in await _events(house, person, after, USUAL):
            after = event["sequence"]
            data = to_json(event)
            yield b"id: %d\nevent: %s\ndata: %s\n\n" % (after, event["type"].encode(), data)


async def _events(house: House, person: PersonRef, after: int, limit: int) -> Sequence[Json]:
    """At most `limit` events after a position, as this person may see them."""
    known = await house.views.position(*_FOLLOWED)
    rows: list[StoredEvent] = []
    async for page in house.ledger.stored(after=after, up_to=min(after + limit, known)):
        rows += page
    sights = await _sights(house, person, rows, known)
    said = []
    for row in rows:
        seen = sights.get(row.stream)
        fact = house.recall(row.name, row.name_version, row.body)
        said.append(cloud_event(house, row, visible=seen is not None and seen.sees(fact)))
    return said


async def _sights(
    house: House, person: PersonRef, rows: Sequence[StoredEvent], position: int
) -> Mapping[UUID, Sight]:
    kinds: dict[UUID, Kind | None] = {}
    for row in rows:  # the name of a key's event does not say whose stream it is in
        kinds[row.stream] = KINDS.get(row.name.partition(".")[0]) or kinds.get(row.stream)
    found = await house.registers.belongings(kinds, as_of=position)
    sights: dict[UUID, Sight] = {}
    for stream, told in found.items():
        try:
            thing = await house.access.thing(stream, told)
        except Hidden:
            continue
        sights[stream] = await sight(house.access, person, thing)
    return sights


def _number(call: Call, name: str, usual: int, *, most: int = 2**53 - 1, least: int = 0) -> int:
    said: Any = call.query(name)
    return usual if said is None else whole_number(name, said, most=most, least=least)
