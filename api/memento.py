"""The TimeGate and the TimeMap of everything that travels in time (RFC 7089).

One of each for all resources, which are named in `of`. The gate leads from a resource and a date to
the address of its memento, the map lists the mementos. A date before the first leads to the first,
as the RFC wants; that is what sets the gate apart from `Accept-Datetime` at the resource itself,
which answers what there was then, hence that there was nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from api.answers import ASK_AGAIN
from api.operations import Call, In, Operation, Parameter, Span, Versions
from api.problems import bad_parameter, unknown
from api.time_travel import (
    ACCEPT_DATETIME,
    TIMEGATE,
    TIMEMAP,
    WHEN,
    http_date,
    position_by_date,
    related,
    whole_number,
)
from application.ports import StoredEvent
from application.views.asking import MOST_ENTRIES

PREFIX = "/v1"
MOST = MOST_ENTRIES - 1
"""Mementos in one page of a map: one more is asked for, to know whether others follow."""

OF = Parameter(
    name="of",
    where=In.QUERY,
    description="The address of the resource, with its query: a path under /v1 that takes `asOf`.",
    required=True,
    example="/v1/circles",
)
AFTER = Parameter(
    name="after",
    where=In.QUERY,
    description="Mementos after this position, as the map before says.",
    schema={"type": "integer", "minimum": 0, "default": 0},
)


@dataclass(frozen=True, kw_only=True)
class _Original:
    """A resource as it is named: what it is, how it is called, and its versions."""

    path: str
    query: Mapping[str, str]
    call: Call
    versions: Versions

    @property
    def address(self) -> str:
        return self.path + (f"?{urlencode(self.query)}" if self.query else "")

    def memento(self, position: int) -> str:
        asked = {**self.query, "asOf": f"position:{position}"}
        return f"{self.path}?{urlencode(asked, safe=':')}"


def operations(known: Sequence[Operation]) -> Iterator[Operation]:
    """The gate and the map of all operations that have versions."""
    travelling = tuple(each for each in known if each.versions is not None)

    async def gate(call: Call) -> Response:
        return await _gate(call, _original(call, travelling))

    async def listed(call: Call) -> Response:
        return await _map(call, _original(call, travelling))

    yield Operation(
        method="GET",
        path=TIMEGATE.removeprefix(PREFIX),
        id="timegate",
        tag="time",
        summary="From a resource and a date to the address of how it was then (TimeGate, RFC 7089)",
        description="Without `Accept-Datetime` the newest; a date before the first leads to the"
        " first.",
        handle=gate,
        parameters=(OF, ACCEPT_DATETIME),
        status=HTTPStatus.FOUND,
        media="",
        headers=("Location", "Link"),
        problems=(404, 503),
    )
    yield Operation(
        method="GET",
        path=TIMEMAP.removeprefix(PREFIX),
        id="timemap",
        tag="time",
        summary="The mementos of a resource, each with an address of its own (TimeMap, RFC 7089)",
        handle=listed,
        parameters=(OF, AFTER),
        media="application/link-format",
        headers=("Link",),
        problems=(404, 503),
    )


async def _gate(call: Call, original: _Original) -> Response:
    head = await call.house.views.position()
    date = call.header(ACCEPT_DATETIME.name)
    until = head if date is None else min(head, await position_by_date(call.house, date))
    first = await original.versions(original.call, Span(up_to=head, limit=1))
    if not first:
        raise unknown()
    found = first
    if first[0] < until:
        found = await original.versions(original.call, Span(up_to=until, newest=True, limit=1))
    return Response(
        status_code=HTTPStatus.FOUND,
        headers={
            "Location": original.memento(found[0]),
            "Link": ", ".join(related(original.address)),
            "Vary": "Accept-Datetime, Authorization",
            "Cache-Control": ASK_AGAIN,
        },
    )


async def _map(call: Call, original: _Original) -> Response:
    house = call.house
    said = call.query(AFTER.name)
    after = 0 if said is None else whole_number(AFTER.name, said)
    head = await house.views.position()
    found = await original.versions(original.call, Span(after=after, up_to=head, limit=MOST + 1))
    listed, more = found[:MOST], len(found) > MOST
    if not listed and not after:
        raise unknown()
    events = await house.ledger.stored_at(listed)
    own = f"{TIMEMAP}?of={quote(original.address, safe='')}"
    lines = [*related(original.address)[:2], *_itself(own, after, events, more=more)]
    lines += [
        f'<{original.memento(each.position)}>; rel="memento";'
        f' datetime="{http_date(each.recorded_at)}"'
        for each in events
    ]
    return Response(
        ",\n".join(lines) + "\n",
        media_type="application/link-format",
        headers={"Cache-Control": ASK_AGAIN, "Link": related(original.address)[0]},
    )


def _itself(own: str, after: int, events: Sequence[StoredEvent], *, more: bool) -> Iterable[str]:
    """What the map says of itself, and of the page that follows."""
    here = own if not after else f"{own}&after={after}"
    span = ""
    if events:
        first, last = events[0].recorded_at, events[-1].recorded_at
        span = f'; from="{http_date(first)}"; until="{http_date(last)}"'
    yield f'<{here}>; rel="self"; type="application/link-format"{span}'
    if more:
        last_at = events[-1]
        yield (
            f'<{own}&after={last_at.position}>; rel="timemap"; type="application/link-format";'
            f' from="{http_date(last_at.recorded_at)}"'
        )


def _original(call: Call, travelling: Sequence[Operation]) -> _Original:
    """The resource that `of` names. Raises `Problem` for one that does not travel."""
    said = call.query(OF.name)
    if said is None:
        raise bad_parameter(OF.name, "is missing: the address of the resource")
    try:
        parts = urlsplit(said)
    except ValueError:
        raise bad_parameter(OF.name, "is no address") from None
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    for each in travelling:
        params = _matched(each.path, parts.path)
        if params is None or each.versions is None:
            continue
        query = {name: value for name, value in asked.items() if name not in WHEN}
        if not query.keys() <= each.queries:
            raise bad_parameter(OF.name, "has parameters that this resource does not take")
        scope: dict[str, Any] = {
            **call.request.scope,
            "path": parts.path,
            "path_params": params,
            "query_string": urlencode(query).encode(),
        }
        return _Original(
            path=parts.path,
            query=query,
            call=Call(call.house, Request(scope), call.person),
            versions=each.versions,
        )
    raise unknown("nothing that travels in time has this address")


def _matched(template: str, path: str) -> dict[str, str] | None:
    """What the parts in braces of a template stand for in a path; None where it is another path."""
    wanted, given = template.split("/"), path.removeprefix(PREFIX).split("/")
    if not path.startswith(f"{PREFIX}/") or len(wanted) != len(given):
        return None
    pairs = list(zip(wanted, given, strict=True))
    if any(not word.startswith("{") and word != said for word, said in pairs):
        return None
    return {word.strip("{}"): said for word, said in pairs if word.startswith("{")}
