"""Commands over HTTP: one operation for every command of `application.aggregates`.

`POST /{plural}` begins something, `POST /{plural}/{id}/{command}` goes on with it. The router reads
headers and body, hands them to the desk, and tells what became of it.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, etag
from api.house import House
from api.operations import Call, Handler, In, Operation, Parameter, path_id
from api.problems import (
    Problem,
    Wrong,
    bad_request,
    forbidden,
    of_malformed,
    of_refused,
    of_reused,
    of_stale,
    unknown,
)
from application.access import Forbidden, Hidden
from application.aggregates import AGGREGATES, Aggregate
from application.claims import InProgress
from application.desk import Asked, Taken
from application.forms import Malformed
from application.ports import CommandReused, LedgerUnavailable, StaleVersion
from application.views.asking import ViewBehind, ViewNotBuilt
from domain.decider import Refused
from domain.terms import Command, Instant

LONGEST_BODY = 1_000_000
"""Bytes of one command: a list of a thousand parties fits, a document does not, and need not."""
LONGEST_KEY = 255
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_VERSION = re.compile(r'"(0|[1-9][0-9]{0,8})"')

KEY = Parameter(
    name="Idempotency-Key",
    where=In.HEADER,
    description="Your own name for this order, new for every order. Sent again with the same body,"
    " also after a broken connection, it gives the first answer and records nothing.",
    schema={"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    required=True,
    example="5f0b1c1e-2d3a-4b5c-8d7e-9f0a1b2c3d4e",
)
IF_MATCH = Parameter(
    name="If-Match",
    where=In.HEADER,
    description="The ETag (version) that the decision was made on.",
    schema={"type": "string", "pattern": '^"(0|[1-9][0-9]{0,8})"$'},
    required=True,
    example='"3"',
)

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was recorded: facts at positions `firstPosition` to `lastPosition`, all at `recordedAt`.

    Nothing was new when `firstPosition` lies after `lastPosition`. `version` is the resource's ETag
    from now on; `position` is what to give as `waitFor`, to read what was just recorded.

    `receipts` (ontvangstbewijzen) are the log's signed word for each event, in order: notes to keep,
    for within seconds a checkpoint must hold them. There are none where nothing was new, and while
    the log stands still (see its status).
    """

    id: UUID
    command: UUID
    position: int
    first_position: int
    last_position: int
    version: int
    recorded_at: Instant
    receipts: tuple[str, ...]


def operations() -> Iterator[Operation]:
    """An operation for every command, in the order of the aggregates' own tables."""
    for aggregate in AGGREGATES:
        for number, (name, command) in enumerate(aggregate.commands.items()):
            begins = number == 0
            yield Operation(
                method="POST",
                path=f"/{aggregate.plural}" if begins else f"/{aggregate.plural}/{{id}}/{name}",
                id=_camel(name),
                tag=aggregate.plural,
                summary=_sentence(name),
                handle=_begin(aggregate, command) if begins else _go_on(aggregate, command),
                parameters=(KEY,) if begins else (KEY, IF_MATCH),
                body=command,
                answer=Receipt,
                status=201 if begins else 200,
                headers=("ETag", "Idempotent-Replayed", *(("Location",) if begins else ())),
                problems=(403, 409, 413, 415, 422, 503, *(() if begins else (412, 428))),
            )


def _begin(aggregate: Aggregate, command: type[Command]) -> Handler:
    async def handle(call: Call) -> Response:
        published = call.house.log.status.size
        taken = await _give(call, aggregate, command, None, None)
        location = f"{call.request.scope['root_path']}/{aggregate.plural}/{taken.stream}"
        receipts = call.house.log.receipts(taken.appended, published=published)
        return _receipt(taken, receipts, 201, {"Location": location})

    return handle


def _go_on(aggregate: Aggregate, command: type[Command]) -> Handler:
    async def handle(call: Call) -> Response:
        stream = path_id(call.request.path_params["id"])
        published = call.house.log.status.size
        taken = await _give(call, aggregate, command, stream, _version(call.header("if-match")))
        receipts = call.house.log.receipts(taken.appended, published=published)
        return _receipt(taken, receipts, 200, {})

    return handle


async def _give(
    call: Call,
    aggregate: Aggregate,
    command: type[Command],
    stream: UUID | None,
    expected_version: int | None,
) -> Taken:
    key = _key(call.header("idempotency-key"))
    body = await _body(call.request)
    asked = Asked(
        person=call.person,
        aggregate=aggregate,
        stream=stream,
        command=command,
        body=body,
        key=key,
        request=_request_hash(call.house, call.request, body),
        expected_version=expected_version,
    )
    try:
        taken = await call.house.desk.take(asked)
    except Refused as refused:
        _log.info("command.refused", command=str(asked.command_id), code=refused.code)
        raise of_refused(refused) from None
    _log.info(
        "command.recorded",
        command=str(taken.command_id),
        name=f"{aggregate.name}.{command.__name__}",
        position=taken.appended.last_position,
        repeated=taken.appended.repeated,
    )
    return taken


def _receipt(
    taken: Taken, receipts: tuple[str, ...], status: int, headers: dict[str, str]
) -> Response:
    appended = taken.appended
    headers["ETag"] = etag(appended.version)
    if appended.repeated:
        headers["Idempotent-Replayed"] = "true"
    receipt = Receipt(
        id=taken.stream,
        command=taken.command_id,
        position=appended.last_position,
        first_position=appended.first_position,
        last_position=appended.last_position,
        version=appended.version,
        recorded_at=appended.recorded_at,
        receipts=receipts,
    )
    return answer(receipt, status=status, headers=headers)


# ----------------------------------------------------------------------------- headers and body


def _key(text: str | None) -> str:
    if text is None:
        raise bad_request(
            "idempotency-key.missing",
            "send an Idempotency-Key: your own name for this order, new for every order",
            [Wrong(name="Idempotency-Key", detail="is missing")],
        )
    if not _KEY.fullmatch(text):
        raise bad_request(
            "idempotency-key.form",
            f"an Idempotency-Key is 1 to {LONGEST_KEY} visible ASCII characters",
            [Wrong(name="Idempotency-Key", detail="cannot be used")],
        )
    return text


def _version(text: str | None) -> int:
    if text is None:
        raise Problem(
            HTTPStatus.PRECONDITION_REQUIRED,
            "version.missing",
            'send If-Match with the ETag of what you read, such as If-Match: "3"',
            errors=[Wrong(name="If-Match", detail="is missing")],
        )
    found = _VERSION.fullmatch(text)
    if found is None:
        raise bad_request(
            "version.form",
            'If-Match is one version in quotes, such as "3"',
            [Wrong(name="If-Match", detail="cannot be used")],
        )
    return int(found[1])


async def _body(request: Request) -> bytes:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "body.media-type", "send application/json")
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > LONGEST_BODY:
            raise Problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "body.too-large",
                f"a command has at most {LONGEST_BODY:,} bytes",
                headers={"Connection": "close"},
            )
    return bytes(parts)


def _request_hash(house: House, request: Request, body: bytes) -> bytes:
    """Keyed, so that a stored hash of a small body cannot be guessed back to the body."""
    said = f"{request.method}\n{request.scope['path']}\n".encode() + body
    return hmac.digest(house.request_key, said, hashlib.sha256)


# ---------------------------------------------------------------------------------- what they say


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(each.capitalize() for each in rest)


def _sentence(name: str) -> str:
    return name.replace("-", " ").capitalize()


def problem_of(error: Exception) -> Problem | None:
    """The problem that an exception of the rooms below is at the doors; None for a fault of ours."""
    match error:
        case Problem():
            return error
        case Malformed():
            return of_malformed(error)
        case Refused():
            return of_refused(error)
        case StaleVersion():
            return of_stale(error)
        case CommandReused():
            return of_reused(error)
        case Hidden():
            return unknown()
        case Forbidden():
            return forbidden("you may read this, and not do this")
        case InProgress():
            return Problem(
                HTTPStatus.CONFLICT,
                "command.in-progress",
                "this order is being carried out at this moment; ask again for its answer",
                headers={"Retry-After": "1"},
            )
        case ViewBehind() | ViewNotBuilt():
            return Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                error.code,
                "the registers are not that far yet; ask again",
                headers={"Retry-After": "1"},
            )
        case LedgerUnavailable():
            return Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "ledger.unavailable",
                "the ledger does not answer; give the same order again, with the same key: it is"
                " carried out once",
                headers={"Retry-After": "5"},
            )
        case _:
            return None
