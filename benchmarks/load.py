"""Loading an aggregate of 1000 events, against the library's `repository.get()`.

Both read every event from PostgreSQL, decode it and fold it. Target: 0.12 of the library's time.
"""

import asyncio
from time import perf_counter
from uuid import uuid4

from application.ports import Append
from benchmarks.library import Library
from benchmarks.ratios import Ratio
from benchmarks.sample import ACTOR, MAPPER, POLICY, decision
from domain.decider import Decider, fold
from domain.terms import Command, Fact
from infrastructure.embedded_postgres import Cluster
from infrastructure.ledger import PostgresLedger

EVENTS = 1000
TARGET = 0.12
EACH_ROUND = 10
"""Loads per side and round, of which the fastest counts: what a load costs, not what else ran."""

diary: Decider[Fact | None, Command, Fact] = Decider(
    name="diary",
    initial=None,
    decide=lambda state, command, moment: (),  # noqa: ARG005 - nothing is decided here
    evolve=lambda state, fact: fact,  # noqa: ARG005 - as the library's: the last one stays
)


async def measure(cluster: Cluster, database: str, rounds: int) -> list[Ratio]:
    library = Library(cluster, database)
    fact = decision()
    theirs_id = library.diary_of(EVENTS, fact.reasons)
    ratios, ours, theirs = [], [], []
    dsn = cluster.dsn(database, "kringboek_service")
    async with await PostgresLedger.open(dsn, MAPPER) as ledger:
        stream = uuid4()
        await ledger.append(
            Append(
                command=uuid4(),
                request=POLICY,
                stream=stream,
                expected_version=0,
                facts=(fact,) * EVENTS,
                actor=ACTOR,
                policy=POLICY,
            )  # fmt: skip
        )
        for _ in range(rounds):
            times = []
            for _ in range(EACH_ROUND):
                begun = perf_counter()
                recorded = await ledger.load(stream)
                last = fold(diary, (each.fact for each in recorded))
                times.append(perf_counter() - begun)
                assert (len(recorded), last) == (EVENTS, fact)
            ours.append(1000 * min(times))
            times = []
            for _ in range(EACH_ROUND):
                begun = perf_counter()
                found = await asyncio.to_thread(library.get, theirs_id)
                times.append(perf_counter() - begun)
                assert (found.version, found.last) == (EVENTS, fact.reasons)
            theirs.append(1000 * min(times))
            ratios.append(ours[-1] / theirs[-1])
    library.close()
    return [
        Ratio(
            row=f"load {EVENTS} events / library's get",
            target=TARGET,
            ratios=ratios,
            rates={"ledger ms": ours, "library ms": theirs},
            at_most=True,
        )
    ]
