"""The doors of a witness (getuige): two addresses, and nothing of Kringboek behind them.

POST /add-checkpoint    a log asks for a cosignature (c2sp.org/tlog-witness)
GET  /                  what this witness is, and how far it knows each log
"""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from application.transparency.strict import to_base64
from application.transparency.witnessing import MemoryLost, NotCosigned, Why, Witness

LARGEST_REQUEST = 131_072
"""Bytes: the longest proof, and a checkpoint with thirty post-quantum signatures."""
_SIZE = {"Content-Type": "text/x.tlog.size"}
"""As a header, because as a media type it would be given a character set."""
_STATUS: Mapping[Why, HTTPStatus] = {
    Why.MALFORMED: HTTPStatus.BAD_REQUEST,
    Why.UNKNOWN_LOG: HTTPStatus.NOT_FOUND,
    Why.NOT_SIGNED: HTTPStatus.FORBIDDEN,
    Why.OTHER_SIZE: HTTPStatus.CONFLICT,
    Why.INCONSISTENT: HTTPStatus.UNPROCESSABLE_ENTITY,
}

_log = structlog.get_logger()


def create_witness(witness: Witness) -> ASGIApp:
    """The application of a witness."""

    async def add_checkpoint(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            why = f"a request has at most {LARGEST_REQUEST} bytes"
            return _text(why, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            cosigned = await run_in_threadpool(witness.add_checkpoint, body)
        except NotCosigned as refused:
            _log.warning("witness.refused", why=refused.why, size=refused.size)
            if refused.why is Why.OTHER_SIZE:
                return Response(f"{refused.size}\n", _STATUS[refused.why], _SIZE)
            return _text(str(refused), _STATUS[refused.why])
        except MemoryLost as lost:
            _log.error("witness.memory-lost")
            return _text(str(lost), HTTPStatus.INTERNAL_SERVER_ERROR)
        _log.info("witness.cosigned", origin=cosigned.origin, size=cosigned.size)
        return Response(cosigned.line, media_type="text/plain")

    async def about(_: Request) -> Response:
        try:
            known = await run_in_threadpool(witness.known)
        except MemoryLost as lost:
            return _text(str(lost), HTTPStatus.INTERNAL_SERVER_ERROR)
        plain = {
            "vkey": witness.vkey,
            "logs": [
                {
                    "origin": each.origin,
                    "size": each.size,
                    "root": None if each.root is None else to_base64(each.root),
                    "contradictions": each.contradictions,
                }
                for each in known
            ],
        }
        return JSONResponse(plain, headers={"Cache-Control": "no-store"})

    return Starlette(
        routes=[
            Route("/add-checkpoint", add_checkpoint, methods=["POST"]),
            Route("/", about, methods=["GET"]),
        ]
    )


async def _body(request: Request) -> bytes | None:
    """What was sent, or None once it is more than a request can be."""
    body = bytearray()
    async for each in request.stream():
        body += each
        if len(body) > LARGEST_REQUEST:
            return None
    return bytes(body)


def _text(said: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(f"{said}\n", status)
