"""One resource, opened for somebody: its facts as of a moment, and what of it this reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from api.answers import ASK_AGAIN, answer, etag, not_changed
from api.operations import Call, Operation
from api.problems import unknown
from api.time_travel import HEADERS, TIME, AsOf, as_of, related, timemap
from application.access import KINDS, Hidden, belonging
from application.aggregates import Aggregate
from application.visibility import Sight, sight
from domain.record import Recorded
from domain.terms import Fact


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`recorded` are all facts of the stream as of the moment; `version` its ETag."""

    stream: UUID
    as_of: AsOf
    recorded: Sequence[Recorded[Fact]]
    sight: Sight

    @property
    def version(self) -> int:
        return self.recorded[-1].version

    def answer(self, call: Call, value: object) -> Response:
        """`value` with the version as ETag; 304 for whoever has that version already."""
        path = call.request.scope["path"]
        own = f'<{path}/timemap>; rel="timemap"; type="application/link-format"'
        headers = {
            "ETag": etag(self.version),
            **self.as_of.headers(call),
            "Link": ", ".join([*related(path), own]),
        }
        if not_changed(self.version, call.header("if-none-match")):
            return Response(status_code=304, headers={"Cache-Control": ASK_AGAIN, **headers})
        return answer(value, cache=ASK_AGAIN, headers=headers)


async def opened(call: Call, aggregate: Aggregate, moment: AsOf | None = None) -> Opened:
    """The resource of the path. Raises `Problem` (404) where there is none for this reader.

    `moment` is as of when, where the request says so in another way than most. Who may read is
    decided by the roles and places of now, also for what was recorded then.
    """
    stream = call.id
    moment = moment or await as_of(call)
    now = await call.house.ledger.load(stream)
    told = belonging(stream, (each.fact for each in now))
    recorded = [each for each in now if each.position <= moment.position]
    if told.kind is not KINDS[aggregate.name] or not recorded:
        raise unknown()
    try:
        thing = await call.house.access.thing(stream, told)
    except Hidden:
        raise unknown() from None
    seen = await sight(call.house.access, call.person, thing)
    if not seen.exists:
        raise unknown()
    return Opened(stream=stream, as_of=moment, recorded=recorded, sight=seen)


def timemap_operation(aggregate: Aggregate) -> Operation:
    """The versions of a resource, each with an address of its own."""

    async def handle(call: Call) -> Response:
        found = await opened(call, aggregate)
        path = call.request.scope["path"].removesuffix("/timemap")
        return Response(
            timemap(path, found.recorded),
            media_type="application/link-format",
            headers={"Cache-Control": ASK_AGAIN, **found.as_of.headers(call)},
        )

    return Operation(
        method="GET",
        path=f"/{aggregate.plural}/{{id}}/timemap",
        id=f"{_camel(aggregate.name)}Timemap",
        tag=aggregate.plural,
        summary=f"The versions of a {aggregate.title.en} (TimeMap, RFC 7089)",
        handle=handle,
        parameters=TIME,
        media="application/link-format",
        headers=HEADERS,
        problems=(503,),
    )


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(each.capitalize() for each in rest)
