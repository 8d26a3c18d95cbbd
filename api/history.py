"""History (geschiedenis): a thing event by event, with the state after each and what it changed."""

from collections.abc import Iterator

from starlette.responses import Response

from api.answers import plain_answer
from api.comparison import DIFFERENCES
from api.happenings import Json
from api.languages import LANGUAGE, language_of
from api.opened import opened
from api.operations import Call, Handler, In, Operation, Parameter, Raw
from api.paging import CURSOR, cursor_at, limit_of, start_of, with_next
from api.time_travel import HEADERS, TIME
from api.timeline import camel, told
from api.versions import of_thing
from application.aggregates import AGGREGATES, Aggregate
from application.history.replay import replay
from application.views.asking import Place
from application.views.view import Key

USUAL, MOST = 10, 50
"""Events in one page of a replay: each comes with the whole state after it."""

LIMIT = Parameter(
    name="limit",
    where=In.QUERY,
    description="How many events, at most.",
    schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
)


def operations() -> Iterator[Operation]:
    for aggregate in AGGREGATES:
        yield Operation(
            method="GET",
            path=f"/{aggregate.plural}/{{id}}/replay",
            id=f"{camel(aggregate.name)}Replay",
            tag=aggregate.plural,
            summary=f"The events of a {aggregate.title.en}, each with the state after it and what"
            " it changed",
            description="`state` is what the facts tell that are for you: what a decision about the"
            " next command rests on (`aggregate`), and the rows that its own events make in the"
            " registers. A withheld event changes nothing that you see.",
            handle=_replay(aggregate),
            parameters=(*LANGUAGE, LIMIT, CURSOR, *TIME),
            raw=Raw(name="Replay", schema=_replay_schema),
            headers=(*HEADERS, "Content-Language"),
            problems=(503,),
            versions=of_thing(aggregate),
        )


def _replay(aggregate: Aggregate) -> Handler:
    async def handle(call: Call) -> Response:
        language = language_of(call)
        limit = limit_of(call, USUAL, MOST)
        moment, place = await start_of(call)
        found = await opened(call, aggregate, moment)
        after = 0 if place is None else place.born
        steps = list(replay(aggregate, found.recorded, found.sight.sees, after=after, most=limit))
        shown = frozenset(each.recorded.position for each in steps if each.visible)
        positions = [each.recorded.position for each in steps]
        events = await told(call, positions, shown, language, as_of=moment.position)
        last = after + len(steps)
        following = (
            cursor_at(moment, Place(born=last, key=Key("version")))
            if last < len(found.recorded)
            else None
        )
        said = {
            "subject": str(found.stream),
            "position": moment.position,
            "steps": [
                {
                    "event": event,
                    "state": each.state,
                    "differences": [one.said() for one in each.differences],
                }
                for event, each in zip(events, steps, strict=True)
            ],
            "next": following,
        }
        headers = moment.headers(call) | {"Content-Language": str(language)}
        headers["Vary"] += ", Accept-Language"
        return plain_answer(said, headers=with_next(headers, call, following))

    return handle


def _replay_schema(refs: str) -> Json:
    step: Json = {
        "type": "object",
        "properties": {
            "event": {"$ref": f"{refs}Event"},
            "state": {
                "type": "object",
                "properties": {
                    "aggregate": {"type": "object"},
                    "registers": {
                        "type": "object",
                        "description": "By view, then by the key of the row.",
                    },
                },
                "required": ["aggregate", "registers"],
            },
            "differences": DIFFERENCES,
        },
        "required": ["event", "state", "differences"],
    }
    return {
        "title": "Replay",
        "type": "object",
        "properties": {
            "subject": {"type": "string", "format": "uuid"},
            "position": {"type": "integer", "minimum": 0},
            "steps": {"type": "array", "items": step},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page."},
        },
        "required": ["subject", "position", "steps", "next"],
    }
