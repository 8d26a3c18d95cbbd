"""Loading an aggregate of 1000 events, against the library's `repository.get()`.

Both read every event from PostgreSQL, decode it and fold it into a state. Target: 0.12 of the
library's time. Beside it, the same with where and when every fact was recorded (`Ledger.load`),
which a decision does not need.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from math import inf
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
"""Loads per side and round, of which the fastest counts."""

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
    times: dict[str, list[float]] = defaultdict(list)
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
            )
        )

        async def decided_on() -> None:
            facts = await ledger.facts(stream)
            assert (len(facts), fold(diary, facts)) == (EVENTS, fact)

        async def recorded() -> None:
            loaded = await ledger.load(stream)
            assert (len(loaded), fold(diary, [each.fact for each in loaded])) == (EVENTS, fact)

        async def got() -> None:
            found = await asyncio.to_thread(library.get, theirs_id)
            assert (found.version, found.last) == (EVENTS, fact.reasons)

        sides = {"facts ms": decided_on, "load ms": recorded, "library ms": got}
        for _ in range(rounds):
            for name, side in sides.items():
                times[name].append(await _milliseconds(side))
    library.close()
    theirs = times["library ms"]
    return [
        Ratio(
            row=row,
            target=TARGET,
            ratios=[one / two for one, two in zip(times[name], theirs, strict=True)],
            rates={name: times[name], "library ms": theirs},
            at_most=True,
        )
        for row, name in (
            (f"state of {EVENTS} events / library's get", "facts ms"),
            (f"load of {EVENTS} events / library's get", "load ms"),
        )
    ]


async def _milliseconds(side: Callable[[], Awaitable[None]]) -> float:
    """The fastest of some runs: what it costs, not what else ran."""
    fastest = inf
    for _ in range(EACH_ROUND):
        begun = perf_counter()
        await side()
        fastest = min(fastest, perf_counter() - begun)
    return 1000 * fastest
