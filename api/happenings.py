"""Events as CloudEvents 1.0 in the NL GOV profile: in the feed, in a timeline, one by one.

`id` is the position, which can be looked up; `sequence` is the same as a number. `time` is the
moment of recording; when it happened stands in `data`. `data` is the stored body to the byte once
it is written as RFC 8785: `bodyhash` is SHA-256 over `salt` and that body, and stands in the
transparency log. Where the content is not for the reader, `data` and `salt` are left out and
`withheld` is true; the hash stays.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from api.house import House
from application.forms import form
from application.ports import StoredEvent
from application.shapes import write_instant
from domain.terms import Fact

TYPE = "nl.kringboek."
Json = dict[str, Any]


def source(house: House) -> str:
    """Which ledger: a name, not an address."""
    return f"urn:nld:kringboek:{house.origin}"


def type_of(name: str, version: int) -> str:
    """`circle.member-joined` -> `nl.kringboek.circle.member-joined.v1`."""
    return f"{TYPE}{name}.v{version}"


def cloud_event(house: House, stored: StoredEvent, *, visible: bool) -> Json:
    """One event as the reader may see it."""
    said: Json = {
        "specversion": "1.0",
        "id": str(stored.position),
        "source": source(house),
        "type": type_of(stored.name, stored.name_version),
        "subject": str(stored.stream),
        "time": write_instant(stored.recorded_at),
        "datacontenttype": "application/json",
        "sequence": stored.position,
        "aggregateversion": stored.version,
        "actor": str(stored.actor),
        "command": str(stored.command),
        "policyhash": stored.policy.hex(),
        "bodyhash": sha256(stored.salt + stored.body).hexdigest(),
    }
    if visible:
        return said | {"salt": stored.salt.hex(), "data": json.loads(stored.body)}
    return said | {"withheld": True}


Names = Mapping[str, tuple[type[Fact], int]]


def schemas(names: Names, refs: str) -> Iterable[tuple[str, Json]]:
    """The schemas of events: one for all, and one for the content of each kind."""
    for fact, _ in names.values():
        whole = form(fact).schema(refs)
        yield from whole.pop("$defs", {}).items()
        yield fact.__name__, whole
    yield "Event", _event(names, refs)


def _event(names: Names, refs: str) -> Json:
    types = [
        type_of(name, version)
        for name, (_, newest) in names.items()
        for version in range(1, newest + 1)
    ]
    text: Json = {"type": "string"}
    sha: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    uuid: Json = {"type": "string", "format": "uuid"}
    always: Json = {
        "specversion": {"type": "string", "enum": ["1.0"]},
        "id": text | {"description": "The position; look it up at /events/{id}."},
        "source": text | {"format": "uri"},
        "type": text | {"enum": types},
        "subject": uuid | {"description": "The id of the circle, member, project or mission."},
        "time": text | {"format": "date-time", "description": "When it was recorded."},
        "datacontenttype": {"type": "string", "enum": ["application/json"]},
        "sequence": {"type": "integer", "minimum": 1, "description": "The position, without gaps."},
        "aggregateversion": {"type": "integer", "minimum": 1},
        "actor": uuid | {"description": "A pseudonym of who recorded it."},
        "command": uuid,
        "policyhash": sha | {"description": "SHA-256 of the access policy in force."},
        "bodyhash": sha | {"description": "SHA-256 of salt and stored body."},
    }
    sometimes: Json = {
        "salt": sha,
        "withheld": {"type": "boolean", "description": "The content is not for you."},
        "data": {"anyOf": [{"$ref": f"{refs}{fact.__name__}"} for fact, _ in names.values()]},
    }
    return {
        "title": "Event",
        "description": "A CloudEvent 1.0 in the NL GOV profile.",
        "type": "object",
        "properties": always | sometimes,
        "required": list(always),
    }


def event_list(refs: str) -> Json:
    """The schema of a page of events."""
    return {
        "title": "EventList",
        "type": "object",
        "properties": {
            "events": {"type": "array", "items": {"$ref": f"{refs}Event"}},
            "next": {
                "type": "integer",
                "description": "What to give as `after` for the events that follow.",
            },
        },
        "required": ["events", "next"],
    }
