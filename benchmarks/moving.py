"""A whole log out of its house and into another: how fast, and in how much memory.

The targets are memory: whatever the number of events, a process that exports or takes in holds no
more than this, with Python and the house in it. Rates are those of this machine at this minute.
"""

import asyncio
import multiprocessing
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from psycopg import AsyncConnection

from application.export.archive import zipped
from application.export.making import Made, Source, Tally
from application.export.opening import Bundle
from application.export.published import newest
from application.export.readable import every_body
from application.export.take_in import take_in
from application.export.whole import whole_log
from application.transparency.integrate import integrate
from benchmarks.many_events import fill
from benchmarks.ratios import Ratio
from benchmarks.sample import MAPPER
from infrastructure.arriving_log import ArrivingLog
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.embedded_postgres import Cluster
from infrastructure.empty_ledger import EmptyLedger
from infrastructure.ledger import PostgresLedger
from infrastructure.migrate import migrate
from infrastructure.tile_folder import TileFolder

ORIGIN = "bench.example/moving"
MOST_MIB = 256
_MIB = 1024 if sys.platform == "linux" else 1024 * 1024
"""What `ru_maxrss` counts in, per MiB."""


async def measure(cluster: Cluster, folder: Path, rounds: int, events: int) -> list[Ratio]:
    here = "bench_moving"
    await _filled(cluster, here, folder / "here", events)
    bundle = folder / "moving.zip"
    out: list[tuple[float, float]] = []
    back: list[tuple[float, float]] = []
    for number in range(rounds):
        bundle.unlink(missing_ok=True)
        dsn = cluster.dsn(here, "kringboek_service")
        out.append(_apart(_export, dsn, str(folder / "here"), str(bundle)))
        there = f"bench_moved_{number}"
        cluster.ensure_database(there)
        await migrate(cluster.dsn(there), origin=ORIGIN, sandbox=False)
        back.append(_apart(_import, cluster.dsn(there), str(folder / there), str(bundle)))
        async with await AsyncConnection.connect(cluster.dsn(here), autocommit=True) as owner:
            await owner.execute(f"DROP DATABASE {there}".encode())
    size = bundle.stat().st_size / events
    return [
        Ratio(
            row=f"{what} of {events:,} events, peak MiB",
            target=MOST_MIB,
            ratios=[mib for _, mib in found],
            rates={
                "events/s": [events / seconds for seconds, _ in found],
                "bytes/event": [size] * rounds,
            },
            at_most=True,
        )
        for what, found in (("export", out), ("import", back))
    ]


async def _filled(cluster: Cluster, name: str, data: Path, events: int) -> None:
    cluster.ensure_database(name)
    await migrate(cluster.dsn(name), origin=ORIGIN, sandbox=False)
    async with await AsyncConnection.connect(cluster.dsn(name)) as owner:
        await fill(owner, MAPPER, events)
    signer = CheckpointSigner.open(data / "keys", ORIGIN)
    async with await PostgresLedger.open(cluster.dsn(name, "kringboek_service"), MAPPER) as ledger:
        while await integrate(ledger, TileFolder(data / "log"), signer):
            pass


def _apart(work: Callable[..., None], *words: str) -> tuple[float, float]:
    """Seconds and peak MiB of `work`, in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_told, args=(there, work, words))
    process.start()
    seconds, mib = here.recv()
    process.join()
    return seconds, mib


def _told(there: Connection, work: Callable[..., None], words: tuple[str, ...]) -> None:
    begun = perf_counter()
    work(*words)
    seconds = perf_counter() - begun
    there.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB))


def _export(dsn: str, data: str, bundle: str) -> None:
    async def run() -> None:
        folder = TileFolder(Path(data) / "log")
        signer = CheckpointSigner.open(Path(data) / "keys", ORIGIN)
        async with await PostgresLedger.open(dsn, MAPPER) as ledger:
            source = Source(
                origin=ORIGIN,
                sandbox=False,
                ledger=ledger,
                log=folder,
                keys=f"{signer.key}\n".encode(),
                verifier=b"",
            )
            members = whole_log(
                source,
                newest(folder),
                Made(at=datetime.now(UTC), by="a bench"),
                readable=every_body,
                tally=Tally(),
            )
            with Path(bundle).open("wb") as file:  # noqa: ASYNC230 - there is nobody else here
                async for piece in zipped(members):
                    file.write(piece)

    asyncio.run(run())


def _import(dsn: str, data: str, bundle: str) -> None:
    async def run() -> None:
        with Path(bundle).open("rb") as file:  # noqa: ASYNC230
            await take_in(
                Bundle(file, MAPPER.unreadable),
                EmptyLedger(dsn),
                ArrivingLog(Path(data) / "log", Path(data) / "keys"),
                lambda _: None,
            )

    asyncio.run(run())
