"""The OpenAPI document, made from the table of operations and from the forms of the domain.

It is OpenAPI 3.1, whose schemas are the JSON Schema that the forms speak. Every part of a form is a
component under its own name, so that a generated client has one class for one thing.
"""

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

from api.answers import EVERYBODY, JSON
from api.happenings import Names, schemas
from api.house import API_VERSION
from api.operations import Call, In, Operation, Parameter
from api.problems import MEDIA_TYPE, ProblemForm
from application.forms import form
from application.spoken import spoken_schema

Json = dict[str, Any]

REFS = "#/components/schemas/"
_TOKEN: list[dict[str, list[str]]] = [{"accessToken": []}]

_MEANINGS = {
    400: "Something in the request is malformed; `errors` names each part of it.",
    401: "There is no access token, or it cannot be used.",
    403: "You may read this, and not do this.",
    404: "There is nothing here, or nothing for you: both answers are equal.",
    406: "None of the media types that were asked for can be given.",
    409: "It cannot have happened as the record stands, or this order is being carried out now.",
    412: "The resource has another version by now.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "This Idempotency-Key was used before, for another request.",
    428: "If-Match is missing.",
    429: "Enough of yours is under way; ask again.",
    503: "It cannot be answered at this moment; ask again.",
}

_HEADERS: dict[str, tuple[str, Json]] = {
    "ETag": ("The version, to send as If-Match.", {"type": "string"}),
    "Location": ("Where the new resource is.", {"type": "string", "format": "uri-reference"}),
    "Idempotent-Replayed": (
        "`true` when this order was carried out before, and this is its first answer.",
        {"type": "string", "enum": ["true"]},
    ),
    "Ledger-Position": (
        "The position of the ledger as of which this answer holds.",
        {"type": "integer", "minimum": 0},
    ),
    "Memento-Datetime": (
        "When that position was recorded, where a moment was asked for (RFC 7089).",
        {"type": "string"},
    ),
    "Content-Disposition": (
        "The name under which to keep the file (RFC 6266).",
        {"type": "string"},
    ),
    "Content-Language": (
        "The language of the sentences.",
        {"type": "string", "enum": ["nl", "en"]},
    ),
    "Content-Location": (
        "The address of the memento, where a date was asked for (RFC 7089).",
        {"type": "string", "format": "uri-reference"},
    ),
    "Link": ("Related addresses, such as the next page or the TimeMap.", {"type": "string"}),
}

_ABOUT = """\
The audit-proof record of *kenniskringen* (circles) in which a municipality and regional contractors
learn, decide and prepare works together.

* **Commands** are `POST`. Each carries an `Idempotency-Key`; one about something that exists also
  carries `If-Match`. A command that cannot have happened is refused with 409 and a stable code in
  `type`; 422 says one thing only, that a key was reused for another request.
* **Every read travels in time**: `asOf` takes an instant or `position:N`, `Accept-Datetime` an HTTP
  date; the answer says as of which position it holds.
* **History**: `/timeline` tells whatever happened to a thing, `/replay` what each of its events
  changed, `/comparison` what differs between two moments, and `/members/{id}/knowledge` what
  somebody knew. `/timegate` and `/timemap` (RFC 7089) lead to every memento.
* **Reading your own writes**: give the `position` of a receipt as `waitFor`.
* What is not for you is not there: a resource outside your circle is 404.
"""


def operations(known: Sequence[Operation], names: Names) -> list[Operation]:
    """The operation that answers with the document of `known`, itself included.

    `names` are those of the events, with their facts.
    """

    async def handle(_: Call) -> Response:
        return Response(
            body,
            media_type=JSON,
            headers={"Cache-Control": EVERYBODY, "Access-Control-Allow-Origin": "*"},
        )

    own = Operation(
        method="GET",
        path="/openapi.json",
        id="openapi",
        tag="about",
        summary="This document",
        handle=handle,
        public=True,
    )
    body = to_json(document([*known, own], names))
    return [own]


def document(known: Iterable[Operation], names: Names) -> Json:
    """The whole document, as plain JSON."""
    parts = _Components()
    for name, schema in schemas(names, REFS):
        parts.plain(name, schema)
    paths: dict[str, Json] = {}
    for each in known:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, parts)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kringboek",
            "version": API_VERSION,
            "summary": "The audit-proof record of kenniskringen",
            "description": _ABOUT,
            "contact": {
                "name": "Kringboek",
                "url": "https://kringboek.example",
                "email": "kringboek@kringboek.example",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/v1"}],
        "tags": [{"name": each} for each in dict.fromkeys(_tags(paths))],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(parts.schemas.items())),
            "securitySchemes": {
                "accessToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "at+jwt",
                    "description": "An OAuth access token (RFC 9068).",
                }
            },
        },
    }


def _tags(paths: dict[str, Json]) -> Iterable[str]:
    return (tag for path in paths.values() for each in path.values() for tag in each["tags"])


class _Components:
    """The named schemas; two different ones under one name are a mistake of ours."""

    def __init__(self) -> None:
        self.schemas: dict[str, Json] = {}
        self.problem = self.of(ProblemForm, "Problem", lambda cls: form(cls).schema(REFS))

    def of(self, cls: type, name: str, schema: Callable[[Any], Json]) -> Json:
        """A reference to the schema of `cls`, whose parts come along."""
        whole = schema(cls)
        parts = whole.pop("$defs", {})
        for part_name, part in {**parts, name: whole | {"title": name}}.items():
            if self.schemas.setdefault(part_name, part) != part:
                raise ValueError(f"two schemas are called {part_name}")
        return {"$ref": REFS + name}

    def plain(self, name: str, schema: Any) -> None:
        """Add a schema that is written by hand, or was worked out before."""
        if self.schemas.setdefault(name, dict(schema)) != schema:
            raise ValueError(f"two schemas are called {name}")


def _operation(operation: Operation, parts: _Components) -> Json:
    said: Json = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "responses": _responses(operation, parts),
        "security": [] if operation.public else _TOKEN,
    }
    if operation.description:
        said["description"] = operation.description
    parameters = [_parameter(each) for each in _all_parameters(operation)]
    if parameters:
        said["parameters"] = parameters
    if operation.body is not None:
        schema = parts.of(
            operation.body, operation.body.__name__, lambda cls: spoken_schema(cls, REFS)
        )
        said["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return said


def _all_parameters(operation: Operation) -> Iterable[Parameter]:
    named = {each.name for each in operation.parameters}
    for segment in operation.path.split("/"):
        name = segment.strip("{}")
        if segment.startswith("{") and name not in named:
            yield Parameter(
                name=name,
                where=In.PATH,
                description="Which one.",
                schema={"type": "string", "format": "uuid"},
                required=True,
            )
    yield from operation.parameters


def _parameter(parameter: Parameter) -> Json:
    said: Json = {
        "name": parameter.name,
        "in": parameter.where.value,
        "description": parameter.description,
        "required": parameter.required,
        "schema": dict(parameter.schema),
    }
    if parameter.example is not None:
        said["example"] = parameter.example
    return said


def _responses(operation: Operation, parts: _Components) -> Json:
    problems = {str(status): _problem(status, parts) for status in _statuses(operation)}
    good: Json = {
        "description": HTTPStatus(operation.status).phrase,
        "headers": {
            "API-Version": {
                "description": "The version of this interface.",
                "schema": {"type": "string", "examples": [API_VERSION]},
            }
        }
        | {name: _header(name) for name in operation.headers},
    }
    if operation.answer is not None:
        schema = parts.of(
            operation.answer, operation.answer.__name__, lambda cls: form(cls).schema(REFS)
        )
        good["content"] = {operation.media: {"schema": schema}}
    elif operation.raw is not None:
        if operation.raw.schema is not None:
            parts.plain(operation.raw.name, operation.raw.schema(REFS))
        good["content"] = {operation.media: {"schema": {"$ref": REFS + operation.raw.name}}}
    elif not operation.media:
        return {str(operation.status): good} | problems
    elif operation.media != JSON:
        good["content"] = {operation.media: {"schema": {"type": "string"}}}
    else:
        good["content"] = {JSON: {"schema": {"type": "object"}}}
    return {str(operation.status): good} | problems


def _statuses(operation: Operation) -> list[int]:
    found = {400, *operation.problems}
    if not operation.public:
        found.add(401)
    if "{" in operation.path:
        found.add(404)
    return sorted(found)


def _problem(status: int, parts: _Components) -> Json:
    return {
        "description": _MEANINGS[status],
        "content": {MEDIA_TYPE: {"schema": parts.problem}},
    }


def _header(name: str) -> Json:
    meaning, schema = _HEADERS[name]
    return {"description": meaning, "schema": schema}
