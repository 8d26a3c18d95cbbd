"""Appending, tamper evidence included, against a raw INSERT and against the library.

One fact per append through `ledger.append`, encoding, salt and leaf included; N closed-loop callers
in one process, each on a stream of its own; and a round in which every tenth append is stale, of
which only the others count. Targets: 0.30 / 0.40 / 0.50 of the raw INSERT at 1 / 8 / 32 callers,
and 10 times the library's default at 32.
"""

import asyncio
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

from application.ports import Append, StaleVersion
from benchmarks.library import Library
from benchmarks.ratios import Ratio
from benchmarks.raw_insert import raw_insert
from benchmarks.sample import ACTOR, MAPPER, POLICY, decision
from infrastructure.embedded_postgres import Cluster
from infrastructure.ledger import PostgresLedger

TARGETS = {1: 0.30, 8: 0.40, 32: 0.50}
TIMES_THE_LIBRARY = 10.0
MOST = 32
STALE_EVERY = 10


async def measure(
    cluster: Cluster, database: str, folder: Path, rounds: int, seconds: float
) -> list[Ratio]:
    raw = await raw_insert(cluster, database, folder)
    library = Library(cluster, database)
    text = decision().reasons
    ratios: dict[str, list[float]] = defaultdict(list)
    rates: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    def note(row: str, ours: float, theirs: float, name: str) -> None:
        ratios[row].append(ours / theirs)
        rates[row]["ledger"].append(ours)
        rates[row][name].append(theirs)

    dsn = cluster.dsn(database, "kringboek_service")
    async with await PostgresLedger.open(dsn, MAPPER) as ledger:
        await rate(ledger, MOST, 1.0)
        for _ in range(rounds):
            for callers in TARGETS:
                inserted = await raw.rate(callers, seconds)
                note(_row(callers), await rate(ledger, callers, seconds), inserted, "raw")
                if callers > 1:
                    mixed = await rate(ledger, callers, seconds, stale_every=STALE_EVERY)
                    note(_row(callers, stale=True), mixed, inserted, "raw")
            ours = await rate(ledger, MOST, seconds)
            theirs = await asyncio.to_thread(library.rate, MOST, seconds, text)
            note(_LIBRARY, ours, theirs, "library")
    library.close()
    targets = {_LIBRARY: TIMES_THE_LIBRARY}
    for callers, target in TARGETS.items():
        targets |= {_row(callers): target, _row(callers, stale=True): target}
    return [
        Ratio(row=row, target=targets[row], ratios=found, rates=rates[row])
        for row, found in ratios.items()
    ]


_LIBRARY = f"append / library's save, {MOST} callers"


def _row(callers: int, *, stale: bool = False) -> str:
    one = "caller" if callers == 1 else "callers"
    return f"append / raw INSERT, {callers} {one}{', a tenth stale' if stale else ''}"


async def rate(
    ledger: PostgresLedger, callers: int, seconds: float, *, stale_every: int = 0
) -> float:
    """Stored appends per second of so many closed-loop callers."""
    fact = decision()
    until = perf_counter() + seconds

    def ready(stream: UUID, version: int) -> Append:
        return Append(
            command=uuid4(), request=POLICY, stream=stream, expected_version=version,
            facts=(fact,), actor=ACTOR, policy=POLICY,
        )  # fmt: skip

    async def call(place: int) -> int:
        stream, version, turn = uuid4(), 0, place
        while perf_counter() < until:
            turn += 1
            try:
                if stale_every and version and turn % stale_every == 0:
                    await ledger.append(ready(stream, version - 1))
                    raise AssertionError("a stale append was stored")
                version = (await ledger.append(ready(stream, version))).version
            except StaleVersion:
                continue
        return version

    begun = perf_counter()
    stored = sum(await asyncio.gather(*(call(place) for place in range(callers))))
    return stored / (perf_counter() - begun)
