"""The transparency log (transparantielogboek), as files that everybody may read: c2sp.org/tlog-tiles.

`/checkpoint` changes about once a second; tiles and bundles never do, so they are kept for ever by
whoever has them. Any web server can serve `checkpoint` and `tile/` of the log's folder as they lie there,
and nothing else of it: other files name folders of this machine. These doors add that what no published
checkpoint covers is not there yet, that a partial tile that is gone is cut from the full, that bundles are
compressed for who asks, and that a tile that lost bytes is not given away as one that never changes. Beside the log lies what checks it, `/kringboek_verify.py`.
"""

import asyncio
import gzip
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from types import MappingProxyType

import structlog
from fastapi import APIRouter, Request
from starlette.responses import Response

from api.house import House
from api.problems import Problem
from application.transparency.log import Log
from application.transparency.published_tiles import TileMissing, is_published, reading
from application.transparency.tiles import Place, TileError, decode_bundle, decode_tile
from verifier.one_file import one_file

router = APIRouter()
_log = structlog.get_logger()

_EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASK_AGAIN = "no-cache"
_FOR_EVER = "public, max-age=31536000, immutable"
_METHODS = ["GET", "HEAD"]
_BYTES = "application/octet-stream"
_GZIP = {"Content-Encoding": "gzip"}
_NO_MORE: Mapping[str, str] = MappingProxyType({})
_TAG_LENGTH = 32


@router.api_route("/checkpoint", methods=_METHODS)
async def checkpoint(request: Request) -> Response:
    """The newest checkpoint (controlepunt), with the signatures that it has by now."""
    note = await asyncio.to_thread(_log_of(request).published.checkpoint)
    if note is None:
        raise _nothing("this log has published no checkpoint yet; ask again in a few seconds")
    return _answer(request, note, "text/plain; charset=utf-8", _ASK_AGAIN)


@router.api_route("/kringboek_verify.py", methods=_METHODS)
async def verifier(request: Request) -> Response:
    """What checks all of this, for who brings nothing but Python (controleprogramma)."""
    text = await asyncio.to_thread(one_file)
    return _answer(request, text.encode(), "text/x-python; charset=utf-8", _ASK_AGAIN)


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
    if place.level is not None:
        return _answer(request, data, _BYTES, _FOR_EVER)
    vary = {"Vary": "Accept-Encoding"}
    if not _takes_gzip(request):
        return _answer(request, data, _BYTES, _FOR_EVER, vary)
    compressed = await asyncio.to_thread(gzip.compress, data, mtime=0)
    return _answer(request, compressed, _BYTES, _FOR_EVER, vary | _GZIP)


def _published(log: Log, place: Place) -> bytes | None:
    size = log.status.size
    if not is_published(place, size) and not is_published(place, log.look().size):
        return None
    try:
        data = reading(log.published)(place)
        decode = decode_bundle if place.level is None else decode_tile
        decode(data, place.width)
    except TileMissing:
        return None
    except TileError as error:
        _log.error("log.damaged", why=f"{place.path}: {error}")
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "log.damaged",
            "this file of the log is spoiled; whoever runs this service finds in the log what is wrong",
            headers={"Retry-After": "60", **_EVERYWHERE},
        ) from error
    return data


def _takes_gzip(request: Request) -> bool:
    """Whether who asks names it, and does not rule it out with a weight of 0."""
    for each in request.headers.get("accept-encoding", "").lower().split(","):
        coding, _, weight = each.replace(" ", "").partition(";q=")
        if coding == "gzip":
            return not weight or weight.strip("0.") != ""
    return False


def _answer(
    request: Request, data: bytes, media_type: str, cache: str, more: Mapping[str, str] = _NO_MORE
) -> Response:
    tag = f'"{sha256(data).hexdigest()[:_TAG_LENGTH]}"'
    headers = {"Cache-Control": cache, "ETag": tag, **_EVERYWHERE, **more}
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
