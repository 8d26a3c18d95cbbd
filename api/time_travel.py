"""As of when: every read answers as of one position of the ledger, and says which.

`asOf` takes an instant or `position:N`, `Accept-Datetime` an HTTP date (RFC 7089). Time is the time
of recording: what the record held then, whatever was found out later about that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import quote, urlencode

from api.house import House
from api.operations import Call, In, Parameter
from api.problems import Problem, bad_parameter, unknown
from application.shapes import read_instant
from domain.record import Recorded
from domain.terms import Fact, Instant

WAIT_WITHIN = 2.0
"""Seconds that a read waits for a position, at most."""
_LARGEST = 2**53 - 1
_SECOND = timedelta(seconds=1) - timedelta(microseconds=1)

AS_OF = Parameter(
    name="asOf",
    where=In.QUERY,
    description="What the record held then: an instant with its offset, or `position:N`.",
    example="position:120",
)
WAIT_FOR = Parameter(
    name="waitFor",
    where=In.QUERY,
    description="Answer no earlier than as of this position, such as the one of your receipt."
    f" After {WAIT_WITHIN:.0f} seconds the answer is 503.",
    schema={"type": "integer", "minimum": 0, "maximum": _LARGEST},
)
ACCEPT_DATETIME = Parameter(
    name="Accept-Datetime",
    where=In.HEADER,
    description="As `asOf`, as an HTTP date (RFC 7089).",
    example="Mon, 02 Mar 2026 09:00:00 GMT",
)
TIME = (AS_OF, WAIT_FOR, ACCEPT_DATETIME)
TIMEGATE, TIMEMAP = "/v1/timegate", "/v1/timemap"
WHEN = frozenset({"asOf", "waitFor", "cursor", "limit"})
"""Parameters that say which state or which part of a resource, and not which resource."""
HEADERS = ("Ledger-Position", "Memento-Datetime", "Content-Location", "Link")


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """The position as of which is answered; `recorded_at` where a moment was asked for."""

    position: int
    recorded_at: Instant | None = None

    def headers(self, call: Call) -> dict[str, str]:
        """What the answer says about its place in time.

        A memento is one by the date in its header, and leads to its resource, gate and map; so
        does a resource that has a map of its own. What was negotiated says where it lies.
        """
        said = {"Ledger-Position": str(self.position), "Vary": "Accept-Datetime, Authorization"}
        if self.recorded_at is not None:
            said["Memento-Datetime"] = http_date(self.recorded_at)
            said["Link"] = ", ".join(related(original_of(call)))
            if call.header("accept-datetime") is not None:
                address = original_of(call)
                joint = "&" if "?" in address else "?"
                said["Content-Location"] = f"{address}{joint}asOf=position:{self.position}"
        return said


def original_of(call: Call) -> str:
    """The address of the resource, whenever it was asked for."""
    path: str = call.request.scope["path"]
    kept = {k: v for k, v in call.request.query_params.items() if k not in WHEN}
    return f"{path}?{urlencode(kept)}" if kept else path


def related(address: str) -> list[str]:
    """The links that RFC 7089 asks for: the resource itself, its gate and its map."""
    named = quote(address, safe="")
    return [
        f'<{address}>; rel="original"',
        f'<{TIMEGATE}?of={named}>; rel="timegate"',
        f'<{TIMEMAP}?of={named}>; rel="timemap"; type="application/link-format"',
    ]


async def as_of(call: Call) -> AsOf:
    """The position that a request asks for, which every view has reached. Raises `Problem`."""
    house = call.house
    await _wait(call)
    said, header = call.query("asOf"), call.header("accept-datetime")
    if said is not None and header is not None:
        raise bad_parameter("asOf", "give either this or Accept-Datetime")
    if said is not None:
        position = await position_said(house, AS_OF.name, said)
    elif header is not None:
        position = await position_by_date(house, header)
    else:
        return AsOf(position=await house.views.position())
    return await _moment(house, position)


async def position_by_date(house: House, header: str) -> int:
    """The last position recorded within the second of an HTTP date. Raises `Problem`."""
    return await house.ledger.position_at(_http_instant(header) + _SECOND)


async def moment_said(house: House, name: str, said: str) -> AsOf:
    """The moment that a parameter says as `asOf` would, which every view has reached."""
    return await _moment(house, await position_said(house, name, said))


async def _moment(house: House, position: int) -> AsOf:
    await reach(house, position)
    recorded_at = await house.ledger.recorded_at(position) if position else None
    return AsOf(position=position, recorded_at=recorded_at)


async def reach(house: House, position: int) -> None:
    """Wait until the views hold a position; 503 when they do not in time.

    Only who waits hurries the follower: left alone it takes many events at once, which costs less.
    """
    house.wake()
    if not await house.views.wait_for(position, within=WAIT_WITHIN):
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "position.not-yet",
            f"position {position} cannot be read yet; the registers hold"
            f" {await house.views.position()}. Ask again",
            headers={"Retry-After": "1"},
        )


async def _wait(call: Call) -> None:
    said = call.query("waitFor")
    if said is not None:
        await reach(call.house, whole_number("waitFor", said))


async def position_said(house: House, name: str, said: str) -> int:
    """The position that a parameter says: `position:N`, or the last one recorded at an instant.

    Raises `Problem`, also for a position that the ledger has not reached.
    """
    if said.startswith("position:"):
        position = whole_number(name, said.removeprefix("position:"))
        head, _ = await house.ledger.head()
        if position > head:
            raise unknown(f"the ledger has no position {position} yet")
        return position
    try:
        return await house.ledger.position_at(read_instant(said))
    except ValueError:
        raise bad_parameter(
            name,
            "must be an instant such as 2024-03-01T12:00:00Z, with its offset, or position:N",
        ) from None


def whole_number(name: str, said: str, *, most: int = _LARGEST, least: int = 0) -> int:
    """A parameter that is a whole number; raises `Problem`."""
    if not (said.isascii() and said.isdecimal() and least <= int(said[:20]) <= most):
        raise bad_parameter(name, f"must be a whole number from {least} to {most}")
    return int(said)


def instant_parameter(call: Call, name: str) -> Instant | None:
    said = call.query(name)
    if said is None:
        return None
    try:
        return read_instant(said)
    except ValueError:
        raise bad_parameter(
            name, "must be an instant such as 2024-03-01T12:00:00Z, with its offset"
        ) from None


def _http_instant(header: str) -> Instant:
    try:
        found = parsedate_to_datetime(header)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise bad_parameter("Accept-Datetime", "must be an HTTP date, such as"
                            " Mon, 02 Mar 2026 09:00:00 GMT")  # fmt: skip
    return found.astimezone(UTC)


def http_date(instant: Instant) -> str:
    """Whole seconds, as HTTP writes them."""
    return format_datetime(instant.astimezone(UTC).replace(microsecond=0), usegmt=True)


def timemap(path: str, recorded: Iterable[Recorded[Fact]]) -> str:
    """The versions of one resource (RFC 7089, section 5).

    Several may fall in one second, so each has the address of its own position.
    """
    events = tuple(recorded)
    known: Mapping[str, datetime] = {"from": events[0].recorded_at, "until": events[-1].recorded_at}
    span = "".join(f'; {name}="{http_date(at)}"' for name, at in known.items())
    lines = [
        f'<{path}>; rel="original"',
        f'<{TIMEGATE}?of={quote(path, safe="")}>; rel="timegate"',
        f'<{path}/timemap>; rel="self"; type="application/link-format"{span}',
        *(
            f'<{path}?asOf=position:{each.position}>; rel="memento";'
            f' datetime="{http_date(each.recorded_at)}"'
            for each in events
        ),
    ]
    return ",\n".join(lines) + "\n"
