"""Proofs of a log of a million events, at the door: how long the slowest of a hundred takes.

Target: p99 at most 20 ms. The log is made here, by the code that publishes, in a folder on disk;
entries are as long as ours. Each question is answered from nothing: checkpoint read and its
signature checked, tiles read, proof made and held against the signed root. Sizes are any, so most of
them were never published, which costs a second proof.

    python -m benchmarks proof
"""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from random import Random
from time import perf_counter
from types import SimpleNamespace
from typing import cast

from starlette.types import Message

from api import transparency
from api.house import House
from api.v1 import V1
from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import SignerKey, VerifierKey
from application.transparency.log import Log
from application.transparency.note import Note
from application.transparency.receipt import Receipt
from application.transparency.tiles import Place, grow, places_in
from benchmarks.ratios import Ratio
from infrastructure.tile_folder import TileFolder

TARGET = 20.0
"""Milliseconds."""
EVENTS = 1_000_000
_PORTION = 1 << 15
_EACH_ROUND = 1_000
_ENTRY = b'{"actor":"00000000-0000-4000-8000-000000000000","recordedAt":"%019d"}' + b" " * 400
_ORIGIN = "bench.example/log"


class _Pen:
    def __init__(self, key: SignerKey) -> None:
        self._key = key

    @property
    def key(self) -> VerifierKey:
        return self._key.verifier

    def receipt(self, receipt: Receipt) -> str:
        return receipt.signed(self._key).decode()


async def measure(folder: Path, rounds: int, events: int = EVENTS) -> list[Ratio]:
    log = made(folder / "proofs", events)
    house = cast("House", SimpleNamespace(log=log, origin=_ORIGIN))
    v1 = V1(house, transparency.operations())
    rng = Random(6962)  # noqa: S311  any places will do, and the same ones in every run
    questions: list[tuple[str, Callable[[], tuple[str, str]]]] = [
        ("proof of inclusion at any size", lambda: _inclusion(rng, events)),
        ("proof of consistency between any sizes", lambda: _consistency(rng, events)),
        ("proof file of any event", lambda: (f"/events/{rng.randint(1, events)}/proof", "")),
    ]
    found = []
    for name, question in questions:
        slowest, middle = [], []
        for _ in range(rounds):
            times = [await _asked(v1, *question()) for _ in range(_EACH_ROUND)]
            times.sort()
            slowest.append(times[len(times) * 99 // 100] * 1000)
            middle.append(times[len(times) // 2] * 1000)
        found.append(
            Ratio(
                row=f"{name}, p99 ms",
                target=TARGET,
                at_most=True,
                ratios=slowest,
                rates={"events": [events], "median µs": [each * 1000 for each in middle]},
            )
        )
    return found


def made(folder: Path, events: int) -> Log:
    """A log of that many events, published once. Its folder is as the integrator leaves it."""
    store = TileFolder(folder)
    edge: dict[Place, bytes] = {}
    size, root = 0, b""
    while size < events:
        portion = range(size, min(size + _PORTION, events))
        growth = grow(edge.__getitem__, size, [_ENTRY % number for number in portion])
        edge |= {place: data for place, data in growth.files if place.is_partial}
        _write(folder, [each for each in growth.files if not each[0].is_partial])
        size, root = growth.size, growth.root
    _write(folder, [(place, edge[place]) for place in places_in(size) if place.is_partial])
    key = SignerKey.generate(_ORIGIN)
    text = Checkpoint(origin=_ORIGIN, size=size, root=root).text()
    store.publish(size, Note(text=text, signatures=(key.sign(text),)).encode())
    return Log(origin=_ORIGIN, published=store, pen=_Pen(key))


def _write(folder: Path, files: Sequence[tuple[Place, bytes]]) -> None:
    """Without a flush of each: what is measured is reading."""
    for place, data in files:
        path = folder / place.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _inclusion(rng: Random, events: int) -> tuple[str, str]:
    size = rng.randint(1, events)
    return f"/events/{rng.randint(1, size)}/inclusion", f"size={size}"


def _consistency(rng: Random, events: int) -> tuple[str, str]:
    new = rng.randint(1, events)
    return "/log/consistency", f"from={rng.randint(1, new)}&to={new}"


async def _asked(app: Callable[..., Awaitable[None]], path: str, query: str) -> float:
    """Seconds until the last byte of the answer; a refusal would be no answer."""
    answered = 0

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        nonlocal answered
        answered = message.get("status", answered)

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/v1{path}",
        "query_string": query.encode(),
        "headers": [],
    }
    begun = perf_counter()
    await app(scope, receive, send)
    took = perf_counter() - begun
    assert answered == HTTPStatus.OK, (path, query, answered)
    return took
