"""Lists, page by page.

A cursor holds the position of the first page, so that all pages are of one register, whatever is
recorded while somebody reads.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from urllib.parse import urlencode

from api.operations import Call, In, Parameter
from api.problems import bad_parameter
from api.time_travel import AS_OF, TIME, AsOf, as_of, reach, whole_number
from application.views.asking import Place
from application.views.view import Row, Shelf, View

MOST = 200
USUAL = 50
_OF_THE_FIRST_PAGE = ("cursor", "asOf", "waitFor")
LOOKS = 10
"""Pages of the store that one answer looks through for rows that this reader may see."""

LIMIT = Parameter(
    name="limit",
    where=In.QUERY,
    description="How many, at most. A page may hold fewer and still have a next one.",
    schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
)
CURSOR = Parameter(
    name="cursor",
    where=In.QUERY,
    description="Where the next page starts, as the page before says in `next`. Instead of `asOf`.",
)
PAGING = (LIMIT, CURSOR, *TIME)


@dataclass(frozen=True, kw_only=True)
class Rows(Generic[Row]):
    """Rows that a reader may see, as of one position; `next` is a cursor, None on the last page."""

    as_of: AsOf
    rows: Sequence[Row]
    next: str | None

    def headers(self, call: Call) -> dict[str, str]:
        return with_next(self.as_of.headers(call), call, self.next)


def with_next(headers: dict[str, str], call: Call, cursor: str | None) -> dict[str, str]:
    """`headers` with the link to the page that follows, with what else was asked; none on the last.

    It comes first.
    """
    if cursor is None:
        return headers
    kept = {k: v for k, v in call.request.query_params.items() if k not in _OF_THE_FIRST_PAGE}
    query = urlencode({"cursor": cursor, **kept})
    following = f'<{call.request.scope["path"]}?{query}>; rel="next"'
    others = [headers["Link"]] if "Link" in headers else []
    return headers | {"Link": ", ".join([following, *others])}


async def rows_of(
    call: Call, view: View[Row], shelf: Shelf, may: Callable[[Row], Awaitable[bool]]
) -> Rows[Row]:
    """One page of a shelf, without the rows that are not for this reader."""
    limit = limit_of(call)
    moment, place = await start_of(call)
    found: list[Row] = []
    for _ in range(LOOKS):
        page = await call.house.views.page(
            view, shelf, as_of=moment.position, after=place, limit=limit - len(found)
        )
        found += [each.row for each in page.entries if await may(each.row)]
        place = page.next
        if place is None or len(found) == limit:
            break
    cursor = None if place is None else cursor_at(moment, place)
    return Rows(as_of=moment, rows=found, next=cursor)


def limit_of(call: Call, usual: int = USUAL, most: int = MOST) -> int:
    """How many a page may hold. Raises `Problem`."""
    said = call.query("limit")
    return usual if said is None else whole_number("limit", said, most=most, least=1)


async def start_of(call: Call) -> tuple[AsOf, Place | None]:
    """The moment that a page is of, and the place after which it starts. Raises `Problem`."""
    cursor = call.query("cursor")
    if cursor is None:
        return await as_of(call), None
    if call.query("asOf") is not None or call.header("accept-datetime") is not None:
        raise bad_parameter(AS_OF.name, "a cursor holds its own moment; give one of the two")
    position, place = _read(cursor)
    await reach(call.house, position)
    return AsOf(position=position), place


def cursor_at(moment: AsOf, place: Place) -> str:
    """The cursor of the page that follows, of the same moment, after a place."""
    said = json.dumps([moment.position, str(place)], separators=(",", ":")).encode()
    return urlsafe_b64encode(said).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, Place]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        position, place = json.loads(urlsafe_b64decode(padded.encode("ascii")))
        return _position(position), Place.of(str(place))
    except (ValueError, TypeError, RecursionError):
        raise bad_parameter("cursor", "take it from `next` of the page before") from None


def _position(said: Any) -> int:
    if isinstance(said, int) and said >= 0:
        return said
    raise ValueError("is not a position")
