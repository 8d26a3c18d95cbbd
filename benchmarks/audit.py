"""The whole audit, against reading the same bytes and hashing them once.

The raw side copies every column of every event out of PostgreSQL and runs one SHA-256 over it, with
as many processes as the audit has. The audit works out every body's hash, entry, leaf, tile and
bundle, the root, and the rows of the commands. At a million events 250,000 events a second are asked
for, on two cores that PostgreSQL shares.

    python -m benchmarks audit --events 1000000
"""

import asyncio
import multiprocessing
import os
import resource
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

from application.auditing.audit import audit
from application.auditing.log_files import Key
from application.transparency.integrate import integrate
from benchmarks.ratios import Ratio
from benchmarks.raw_read import raw_part
from benchmarks.rebuild import MAPPER, prepared
from infrastructure.audit_processes import AuditProcesses
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.embedded_postgres import Cluster
from infrastructure.ledger import PostgresLedger
from infrastructure.tile_folder import TileFolder

EVENTS = 100_000
ORIGIN = "bench.example"
RATIO = 0.25
MOST_MEMORY = 200
"""MiB of each process that reads."""
PROCESSES = os.cpu_count() or 1


async def published(cluster: Cluster, name: str, folder: Path) -> None:
    """Publish the log of a ledger into `folder`, with a key beside it."""
    async with await PostgresLedger.open(cluster.dsn(name, "kringboek_service"), MAPPER) as ledger:
        signer = CheckpointSigner.open(folder / "keys", ORIGIN)
        while await integrate(ledger, TileFolder(folder / "log"), signer):
            pass


def raw(dsn: str, events: int) -> float:
    """Events per second, read and hashed once by as many processes as the audit has."""
    spawn = multiprocessing.get_context("spawn")
    share = -(-events // PROCESSES)
    started = perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn) as pool:
        parts = [
            pool.submit(raw_part, dsn, start, min(start + share, events))
            for start in range(0, events, share)
        ]
        for each in parts:
            each.result()
    return events / (perf_counter() - started)


async def audited(dsn: str, folder: Path, events: int) -> tuple[float, float]:
    """Events per second of the whole audit, and of the part that reads and hashes."""
    key = CheckpointSigner.open(folder / "keys", ORIGIN).key
    read = 0.0
    started = perf_counter()

    def progress(done: int, _: int) -> None:
        nonlocal read
        if done == events:
            read = perf_counter() - started

    found = await audit(
        AuditProcesses(dsn, folder / "log"),
        origin=ORIGIN,
        key=Key.parse(str(key)),
        memory=(folder / "keys" / "log.signed").read_bytes(),
        progress=progress,
    )
    taken = perf_counter() - started
    assert (found.size, found.published) == (events, events), (found.size, found.published)
    assert not found.told, found.told.findings[:3]
    return events / taken, events / read


async def measure(cluster: Cluster, folder: Path, rounds: int, events: int = EVENTS) -> list[Ratio]:
    name = f"bench_audit_{events}"
    await prepared(cluster, name, events)
    log = folder / name
    log.mkdir()
    await published(cluster, name, log)
    dsn = cluster.dsn(name, "kringboek_service")
    raws, wholes, reads = [], [], []
    for _ in range(rounds):
        raws.append(await asyncio.to_thread(raw, dsn, events))
        whole, read = await audited(dsn, log, events)
        wholes.append(whole)
        reads.append(read)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Ratio(
            row=f"audit of {events} events / raw read and hash",
            target=RATIO,
            ratios=[ours / its for ours, its in zip(wholes, raws, strict=True)],
            rates={"raw events/s": raws, "audited events/s": wholes, "read and hashed/s": reads},
        ),
        Ratio(
            row=f"audit of {events} events, MiB", target=MOST_MEMORY, ratios=[most], at_most=True
        ),
    ]
