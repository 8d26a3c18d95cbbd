"""Rebuilding every view, against a raw COPY of the row versions that come of it.

Target: 0.5 of the COPY, and memory flat. The COPY writes the finished versions into an empty table
of the same columns and primary key, in one transaction, from bytes that lie ready; the rebuild reads
and decodes the ledger, folds, encodes, and writes the versions and who stands on which shelf. Both on
one durable cluster, in turn.

    python -m benchmarks.rebuild --events 100000
"""

import argparse
import asyncio
import resource
import statistics
import tempfile
from pathlib import Path
from time import perf_counter

from psycopg import AsyncConnection

from application.views.catalogue import VIEWS
from benchmarks.many_events import fill
from infrastructure import embedded_postgres
from infrastructure.embedded_postgres import Cluster
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.follower import ViewFollower
from infrastructure.ledger import PostgresLedger
from infrastructure.migrate import migrate

DATABASE = "bench_rebuild"
TARGET = 0.5
MAPPER = EventMapper(EVENT_NAMES)


async def prepared(cluster: Cluster, events: int) -> str:
    """A database with a ledger of so many events; its name."""
    name = f"{DATABASE}_{events}"
    async with await AsyncConnection.connect(cluster.dsn(), autocommit=True) as connection:
        await connection.execute(f"CREATE DATABASE {name}".encode())
    await migrate(cluster.dsn(name), origin="bench.example", sandbox=False)
    async with await AsyncConnection.connect(cluster.dsn(name), autocommit=True) as connection:
        await fill(connection, MAPPER, events)
    return name


async def rebuild(cluster: Cluster, name: str) -> float:
    """Seconds that a rebuild of all views takes, the clearing up of the old rows left out."""
    dsn = cluster.dsn(name, "kringboek_service")
    async with await AsyncConnection.connect(cluster.dsn(name), autocommit=True) as connection:
        await connection.execute(
            "TRUNCATE views.live, views.generation, views.version, views.shelf"
        )
    async with await PostgresLedger.open(dsn, MAPPER) as ledger:
        started = perf_counter()
        await ViewFollower(dsn=dsn, ledger=ledger, views=VIEWS).rebuild()
        return perf_counter() - started


async def copied_out(cluster: Cluster, name: str, file: Path) -> tuple[int, int]:
    """Write all row versions to `file`; how many versions, and stays on shelves, there are."""
    async with await AsyncConnection.connect(cluster.dsn(name), autocommit=True) as connection:
        with file.open("wb") as out:
            async with connection.cursor() as cursor:
                words = b"COPY views.version TO STDOUT (FORMAT BINARY)"
                async with cursor.copy(words) as copy:
                    async for block in copy:
                        out.write(block)
        found = await connection.execute(
            "SELECT (SELECT count(*) FROM views.version), (SELECT count(*) FROM views.shelf)"
        )
        versions, stays = await found.fetchone() or (0, 0)
        return versions, stays


async def raw_copy(cluster: Cluster, name: str, file: Path) -> float:
    """Seconds that one COPY of the same versions takes."""
    async with await AsyncConnection.connect(cluster.dsn(name), autocommit=True) as connection:
        await connection.execute("DROP TABLE IF EXISTS raw")
        await connection.execute("CREATE TABLE raw (LIKE views.version INCLUDING ALL)")
        started = perf_counter()
        async with (
            connection.cursor() as cursor,
            cursor.copy(b"COPY raw FROM STDIN (FORMAT BINARY)") as copy,
        ):
            with file.open("rb") as source:
                while block := source.read(1 << 20):
                    await copy.write(block)
        seconds = perf_counter() - started
        await connection.execute("DROP TABLE raw")
        return seconds


async def measure(cluster: Cluster, events: int, rounds: int) -> None:
    name = await prepared(cluster, events)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "versions"
        await rebuild(cluster, name)
        versions, stays = await copied_out(cluster, name, file)
        ratios = []
        for _ in range(rounds):
            copying = await raw_copy(cluster, name, file)
            building = await rebuild(cluster, name)
            ratios.append(copying / building)
            print(
                f"  raw COPY {versions / copying:9,.0f} versions/s   rebuild"
                f" {versions / building:9,.0f} versions/s, {events / building:9,.0f} events/s"
            )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"rebuild: {statistics.median(ratios):.2f} of a raw COPY (target {TARGET});"
        f" {events:,} events, {len(VIEWS)} views, {versions:,} versions, {stays:,} shelf entries;"
        f" at most {memory} MiB in this process"
    )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    words.add_argument("--events", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=3)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        with embedded_postgres.start(Path(folder) / "cluster") as cluster:
            asyncio.run(measure(cluster, given.events, given.rounds))


if __name__ == "__main__":
    main()
