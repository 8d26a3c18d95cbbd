"""How long after its commit an event can be read in every view.

One process follows; another appends, twenty times a second, and looks every other millisecond how
far the views are. A lag is the time from the ledger's answer to the look that sees the position.
Target: 50 ms for 99 of 100.

    python -m benchmarks.lag
"""

import asyncio
import multiprocessing
import tempfile
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from psycopg_pool import AsyncConnectionPool

from application.ports import Append
from application.views.catalogue import VIEWS
from benchmarks.ratios import Ratio
from benchmarks.rebuild import MAPPER, prepared
from benchmarks.sample import ACTOR, POLICY
from domain.circle.founding import CircleFounded
from domain.terms import MemberId
from infrastructure import embedded_postgres
from infrastructure.embedded_postgres import Cluster
from infrastructure.follower import ViewFollower
from infrastructure.ledger import PostgresLedger
from infrastructure.view_store import ViewStore
from tests.given import NOW

TARGET = 50.0
APPENDS = 200
"""In each round."""
PAUSE = 0.05
LOOK_EVERY = 0.002
BEFORE = 2_000
"""Events that are in the ledger already."""


def follow(dsn: str) -> None:
    """Follow until killed."""

    async def run() -> None:
        async with await PostgresLedger.open(dsn, MAPPER) as ledger:
            await ViewFollower(dsn=dsn, ledger=ledger, views=VIEWS).run()

    asyncio.run(run())


async def seen(views: ViewStore, position: int) -> None:
    """Look until the position is there."""
    async with asyncio.timeout(60):
        while True:
            if await views.position() >= position:
                return
            await asyncio.sleep(LOOK_EVERY)


async def one_round(ledger: PostgresLedger, views: ViewStore) -> list[float]:
    """The lags of so many appends, in milliseconds."""
    lags = []
    for _ in range(APPENDS):
        fact = CircleFounded(
            occurred_at=NOW,
            name="Kenniskring Wegen",
            authority=MemberId(uuid4()),
            municipality_code="gm0363",
            region="Noord",
        )
        append = Append(
            command=uuid4(),
            request=POLICY,
            stream=uuid4(),
            expected_version=0,
            facts=(fact,),
            actor=ACTOR,
            policy=POLICY,
        )
        position = (await ledger.append(append)).last_position
        answered = perf_counter()
        await seen(views, position)
        lags.append(1000 * (perf_counter() - answered))
        await asyncio.sleep(PAUSE)
    return lags


async def measure(cluster: Cluster, rounds: int) -> list[Ratio]:
    name = "bench_lag"
    await prepared(cluster, name, BEFORE)
    dsn = cluster.dsn(name, "kringboek_service")
    follower = multiprocessing.get_context("spawn").Process(target=follow, args=(dsn,))
    follower.start()
    try:
        async with (
            await PostgresLedger.open(dsn, MAPPER) as ledger,
            AsyncConnectionPool(dsn, min_size=1, max_size=1, open=False) as pool,
        ):
            views = ViewStore(pool, VIEWS)
            assert await views.wait_for(BEFORE, within=60)
            lags = [sorted(await one_round(ledger, views)) for _ in range(rounds)]
    finally:
        follower.kill()
        follower.join()
    return [
        Ratio(
            row="follower lag after commit, p99 ms",
            target=TARGET,
            ratios=[each[int(0.99 * APPENDS)] for each in lags],
            rates={"p50 ms": [each[APPENDS // 2] for each in lags]},
            at_most=True,
        )
    ]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kringboek-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with embedded_postgres.start(folder / "cluster") as cluster:
            for each in asyncio.run(measure(cluster, 3)):
                print(each)


if __name__ == "__main__":
    main()
