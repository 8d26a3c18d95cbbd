"""The transparency log (transparantielogboek), as files that everybody may read: c2sp.org/tlog-tiles.

`/checkpoint` changes about once a second; tiles and bundles never do, so they are kept for ever by
whoever has them. What no published checkpoint covers is not there yet. Any web server can serve the
log's folder as it lies there; these doors add that a partial tile that is gone is cut from the full.
"""

import asyncio
from hashlib import sha256
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.house import House
from api.problems import Problem
from application.transparency.log import Log
from application.transparency.published_tiles import TileMissing, is_published, reading
from application.transparency.tiles import Place, TileError

router = APIRouter()

_EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASK_AGAIN = "no-cache"
_FOR_EVER = "public, max-age=31536000, immutable"
_METHODS = ["GET", "HEAD"]
_TAG_LENGTH = 32


@router.api_route("/checkpoint", methods=_METHODS)
async def checkpoint(request: Request) -> Response:
    """The newest checkpoint (controlepunt), with the signatures that it has by now."""
    note = await asyncio.to_thread(_log_of(request).published.checkpoint)
    if note is None:
        raise _nothing("this log has published no checkpoint yet; ask again in a few seconds")
    return _answer(request, note, "text/plain; charset=utf-8", _ASK_AGAIN)


@router.api_route("/tile/{path:path}", methods=_METHODS)
async def tile(request: Request, path: str) -> Response:
    """A tile of hashes or a bundle of entries."""
    try:
        place = Place.parse(f"tile/{path}")
    except TileError as error:
        raise _nothing(f"{error}; see c2sp.org/tlog-tiles") from None
    data = await asyncio.to_thread(_published, _log_of(request), place)
    if data is None:
        raise _nothing("no published checkpoint covers this tile; see /checkpoint for the size")
    return _answer(request, data, "application/octet-stream", _FOR_EVER)


def _published(log: Log, place: Place) -> bytes | None:
    size = log.status.size
    if not is_published(place, size) and not is_published(place, log.look().size):
        return None
    try:
        return reading(log.published)(place)
    except TileMissing:
        return None


def _answer(request: Request, data: bytes, media_type: str, cache: str) -> Response:
    tag = f'"{sha256(data).hexdigest()[:_TAG_LENGTH]}"'
    headers = {"Cache-Control": cache, "ETag": tag, **_EVERYWHERE}
    known = request.headers.get("if-none-match", "")
    if tag in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(data, media_type=media_type, headers=headers)


def _nothing(why: str) -> Problem:
    headers = {"Cache-Control": _ASK_AGAIN, **_EVERYWHERE}
    return Problem(HTTPStatus.NOT_FOUND, "log.not-there", why, headers=headers)


def _log_of(request: Request) -> Log:
    house: House = request.app.state.house
    return house.log
