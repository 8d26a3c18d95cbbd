"""How long after its commit an event is under a published checkpoint, while the ledger is loaded.

One process publishes the log, with the paces of the service; another appends with so many callers,
as fast as they can, and looks into the log's folder. A lag is the time from the ledger's answer to
the look that sees a checkpoint with the event in it; the file is on disk by then. Target: 5 s for 99
of 100.
"""

import asyncio
import multiprocessing
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from application.ports import Append
from application.transparency.integrate import integrate
from application.transparency.log import Log
from application.transparency.ports import Published
from benchmarks.ratios import Ratio
from benchmarks.sample import ACTOR, MAPPER, POLICY, decision
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.embedded_postgres import Cluster
from infrastructure.integrator import Integrator
from infrastructure.ledger import PostgresLedger
from infrastructure.migrate import migrate
from infrastructure.tile_folder import TileFolder

TARGET = 5.0
CALLERS = 32
LOOK_EVERY = 0.01
ORIGIN = "bench.example/log"


def publish(dsn: str, data: Path) -> None:
    """Publish until killed."""

    async def run() -> None:
        folder = TileFolder(data / "log")
        signer = CheckpointSigner.open(data / "keys", ORIGIN)
        log = Log(origin=ORIGIN, published=folder, pen=signer)
        async with await PostgresLedger.open(dsn, MAPPER) as ledger:

            async def take_in() -> Published | None:
                return await integrate(ledger, folder, signer)

            await Integrator(dsn=dsn, ledger=ledger, take_in=take_in, store=folder, log=log).run()

    asyncio.run(run())


async def measure(cluster: Cluster, folder: Path, rounds: int, seconds: float) -> list[Ratio]:
    name = "bench_log"
    cluster.ensure_database(name)
    await migrate(cluster.dsn(name), origin=ORIGIN, sandbox=False)
    dsn = cluster.dsn(name, "kringboek_service")
    publisher = multiprocessing.get_context("spawn").Process(target=publish, args=(dsn, folder))
    publisher.start()
    log = TileFolder(folder / "log")
    lags: list[list[float]] = []
    rates: list[float] = []
    try:
        async with await PostgresLedger.open(dsn, MAPPER) as ledger:
            await _until(log, 0)
            for _ in range(rounds):
                begun = perf_counter()
                found = await one_round(ledger, log, begun + seconds)
                rates.append(len(found) / seconds)
                lags.append(sorted(found))
    finally:
        publisher.kill()
        publisher.join()
    return [
        Ratio(
            row=f"event to published checkpoint, {CALLERS} callers, p99 s",
            target=TARGET,
            ratios=[each[int(0.99 * len(each))] for each in lags],
            rates={"p50 ms": [1000 * each[len(each) // 2] for each in lags], "events/s": rates},
            at_most=True,
        )
    ]


async def one_round(ledger: PostgresLedger, log: TileFolder, until: float) -> list[float]:
    """The lags of all that was appended, in seconds."""
    fact = decision()
    answered: list[tuple[int, float]] = []
    seen: list[tuple[int, float]] = []

    async def call() -> None:
        while perf_counter() < until:
            append = Append(
                command=uuid4(), request=POLICY, stream=uuid4(), expected_version=0,
                facts=(fact,), actor=ACTOR, policy=POLICY,
            )  # fmt: skip
            position = (await ledger.append(append)).last_position
            answered.append((position, perf_counter()))

    async def look() -> None:
        while True:
            seen.append((_size(log), perf_counter()))
            await asyncio.sleep(LOOK_EVERY)

    looking = asyncio.create_task(look())
    await asyncio.gather(*(call() for _ in range(CALLERS)))
    await _until(log, max(position for position, _ in answered))
    await asyncio.sleep(2 * LOOK_EVERY)
    looking.cancel()
    answered.sort()
    looks = iter(seen)
    size, at = next(looks)
    lags = []
    for position, moment in answered:
        while size < position:
            size, at = next(looks)
        lags.append(max(at - moment, 0.0))
    return lags


def _size(log: TileFolder) -> int:
    note = log.checkpoint()
    return -1 if note is None else int(note.split(b"\n", 2)[1])


async def _until(log: TileFolder, size: int) -> None:
    async with asyncio.timeout(120):
        while _size(log) < size:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(LOOK_EVERY)
