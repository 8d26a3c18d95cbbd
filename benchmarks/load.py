"""Loading an aggregate of 1000 events, against the library's `repository.get()`.

Both read every event from PostgreSQL, decode it and fold it into a state. Target: 0.12 of the
library's time. Beside it, the same with where and when every fact was recorded (`Ledger.load`),
which a decision does not need.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from math import inf
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from application.aggregates import CIRCLE
from application.ports import Append
from application.snapshots import KeptStates, Snapshot
from application.streams import Streams
from benchmarks.library import Library
from benchmarks.ratios import Ratio
from benchmarks.sample import ACTOR, MAPPER, POLICY, decision
from domain.circle.decisions import DecisionTaken
from domain.circle.founding import CircleFounded
from domain.decider import Decider, fold
from domain.terms import Code, Command, Fact, MemberId
from infrastructure.embedded_postgres import Cluster
from infrastructure.ledger import PostgresLedger
from infrastructure.snapshot_store import PostgresSnapshots, code_fingerprint

EVENTS = 1000
TARGET = 0.12
SNAPSHOT_TARGET = 0.03
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
    async with (
        await PostgresLedger.open(dsn, MAPPER) as ledger,
        AsyncConnectionPool[AsyncConnection[Any]](
            dsn, kwargs={"autocommit": True}, min_size=1, open=False
        ) as pool,
    ):
        stream = uuid4()
        await ledger.append(
            replace(_append(stream), facts=(fact,) * EVENTS),
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

        kept = KeptStates(
            PostgresSnapshots(pool),
            names=[(each.name, each.version) for each in MAPPER.names.entries],
            code=code_fingerprint(),
        )
        long = uuid4()
        long_life = _circle(fact)
        await ledger.append(replace(_append(long), facts=long_life))
        opened = await Streams(ledger).open(CIRCLE, long)
        snapshot = Snapshot(version=EVENTS, state=opened.state, told=opened.told)
        await kept.write(CIRCLE, long, snapshot)

        async def with_snapshot() -> None:
            again = await Streams(ledger, snapshots=kept).open(CIRCLE, long)
            assert (again.kept_at, again.state) == (EVENTS, opened.state)

        sides = {
            "facts ms": decided_on,
            "load ms": recorded,
            "snapshot ms": with_snapshot,
            "library ms": got,
        }
        for _ in range(rounds):
            for name, side in sides.items():
                times[name].append(await _milliseconds(side))
    library.close()
    theirs = times["library ms"]
    return [
        Ratio(
            row=row,
            target=target,
            ratios=[one / two for one, two in zip(times[name], theirs, strict=True)],
            rates={name: times[name], "library ms": theirs},
            at_most=True,
        )
        for row, name, target in (
            (f"state of {EVENTS} events / library's get", "facts ms", TARGET),
            (f"load of {EVENTS} events / library's get", "load ms", TARGET),
            (f"snapshot at {EVENTS} events / library's get", "snapshot ms", SNAPSHOT_TARGET),
        )
    ]


def _append(stream: UUID) -> Append:
    return Append(
        command=uuid4(),
        request=POLICY,
        stream=stream,
        expected_version=0,
        facts=(),
        actor=ACTOR,
        policy=POLICY,
    )


def _circle(fact: DecisionTaken) -> tuple[Fact, ...]:
    """The life of a circle that took a decision after a decision, each under its own code."""
    founded = CircleFounded(
        occurred_at=fact.occurred_at,
        name="Kring",
        authority=MemberId(uuid4()),
        municipality_code="gm0363",
        region="Noord",
    )
    more = (replace(fact, decision=Code(f"B{number}")) for number in range(1, EVENTS))
    return founded, *more


async def _milliseconds(side: Callable[[], Awaitable[None]]) -> float:
    """The fastest of some runs: what it costs, not what else ran."""
    fastest = inf
    for _ in range(EACH_ROUND):
        begun = perf_counter()
        await side()
        fastest = min(fastest, perf_counter() - begun)
    return 1000 * fastest
