"""Rebuilding every view, against a raw COPY of the row versions that come of it.

The COPY writes the finished versions into an empty table of the same columns and index, in one
transaction, from bytes that lie ready. The rebuild reads and decodes the ledger, folds, encodes, and
writes the versions and who stands on which shelf. Target: 0.5 of the COPY, in flat memory.

    python -m benchmarks.rebuild --events 1000000
"""

import argparse
import asyncio
import multiprocessing
import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

import psycopg
from psycopg import AsyncConnection

from application.views.catalogue import VIEWS
from benchmarks.many_events import fill
from benchmarks.ratios import Ratio
from infrastructure import embedded_postgres
from infrastructure.embedded_postgres import Cluster
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.follower import ViewFollower
from infrastructure.ledger import PostgresLedger
from infrastructure.migrate import migrate

EVENTS = 100_000
TARGET = 0.5
MOST_MEMORY = 300
"""MiB of the process that rebuilds."""
MAPPER = EventMapper(EVENT_NAMES)


async def prepared(cluster: Cluster, name: str, events: int) -> None:
    """Make a database with a ledger of so many events."""
    cluster.ensure_database(name)
    await migrate(cluster.dsn(name), origin="bench.example", sandbox=False)
    async with await AsyncConnection.connect(cluster.dsn(name), autocommit=True) as connection:
        await fill(connection, MAPPER, events)


def rebuild(dsn: str) -> tuple[float, float]:
    """Seconds that a rebuild of all views takes here, and the most MiB of this process so far."""

    async def run() -> float:
        async with await PostgresLedger.open(dsn, MAPPER) as ledger:
            started = perf_counter()
            await ViewFollower(dsn=dsn, ledger=ledger, views=VIEWS).rebuild()
            return perf_counter() - started

    seconds = asyncio.run(run())
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rebuilt(cluster: Cluster, name: str) -> tuple[float, float]:
    """`rebuild` from nothing, in a process of its own."""
    with psycopg.connect(cluster.dsn(name), autocommit=True) as connection:
        connection.execute("TRUNCATE views.live, views.generation, views.version, views.shelf")
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as alone:
        return alone.submit(rebuild, cluster.dsn(name, "kringboek_service")).result()


def copied_out(cluster: Cluster, name: str, file: Path) -> int:
    """Write all row versions to `file`; how many there are."""
    words = "COPY views.version TO STDOUT (FORMAT BINARY)"
    with psycopg.connect(cluster.dsn(name)) as connection, connection.cursor() as cursor:
        with file.open("wb") as out, cursor.copy(words) as copy:
            for block in copy:
                out.write(block)
        return cursor.rowcount


def raw_copy(cluster: Cluster, name: str, file: Path) -> float:
    """Seconds that one COPY of the same versions takes."""
    with psycopg.connect(cluster.dsn(name), autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS raw")
        connection.execute("CREATE TABLE raw (LIKE views.version INCLUDING ALL)")
        started = perf_counter()
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY raw FROM STDIN (FORMAT BINARY)") as copy,
            file.open("rb") as source,
        ):
            while block := source.read(1 << 20):
                copy.write(block)
        return perf_counter() - started


async def measure(cluster: Cluster, folder: Path, rounds: int, events: int = EVENTS) -> list[Ratio]:
    name, file = f"bench_rebuild_{events}", folder / "versions"
    await prepared(cluster, name, events)
    rebuilt(cluster, name)
    versions = copied_out(cluster, name, file)
    copying, building, memory = [], [], []
    for _ in range(rounds):
        copying.append(versions / raw_copy(cluster, name, file))
        seconds, most = rebuilt(cluster, name)
        building.append(versions / seconds)
        memory.append(most)
    return [
        Ratio(
            row=f"rebuild {len(VIEWS)} views / raw COPY",
            target=TARGET,
            ratios=[ours / raw for ours, raw in zip(building, copying, strict=True)],
            rates={
                "raw versions/s": copying,
                "rebuilt versions/s": building,
                "events/s": [each * events / versions for each in building],
            },
        ),
        Ratio(
            row=f"rebuild of {events} events, MiB",
            target=MOST_MEMORY,
            ratios=memory,
            at_most=True,
        ),
    ]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--events", type=int, default=EVENTS)
    words.add_argument("--rounds", type=int, default=3)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="kringboek-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with embedded_postgres.start(folder / "cluster") as cluster:
            for each in asyncio.run(measure(cluster, folder, given.rounds, given.events)):
                print(each)


if __name__ == "__main__":
    main()
