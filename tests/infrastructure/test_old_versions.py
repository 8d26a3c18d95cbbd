"""A ledger whose every event was written in an older form reads, rebuilds and audits as today's.

The older build wrote `at` where today's writes `occurredAt`, and knew no ladder; today's lifts what
it finds. One ledger is told by the old build and then by the new one, the other by the new one all
along: views and states come out the same, and the audit finds what was stored untouched.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from hypothesis import HealthCheck, Phase, given, settings

from application.aggregates import AGGREGATES
from application.auditing.audit import audit
from application.streams import Streams
from application.views.catalogue import VIEWS
from domain.record import Recorded
from domain.terms import Fact
from infrastructure.audit_processes import AuditProcesses
from infrastructure.embedded_postgres import Cluster
from infrastructure.event_mapper import EventMapper, Json, Names
from infrastructure.event_names import EVENT_NAMES
from infrastructure.follower import ViewFollower
from infrastructure.ledger import PostgresLedger
from tests.any_facts import STREAMS, histories
from tests.conftest import ORIGIN, Database, copied_ledger
from tests.infrastructure.following import tell
from tests.infrastructure.test_view_store import every_byte

ALL = frozenset(fact for union in STREAMS for fact in get_args(union))
EVENTS = 100


def name_the_moment(plain: Json) -> Json:
    plain["occurredAt"] = plain.pop("at")
    return plain


TODAY = EventMapper(
    Names(
        tuple(
            replace(each, version=each.version + 1, upcasts=(*each.upcasts, name_the_moment))
            for each in EVENT_NAMES.entries
        )
    )
)


class OldBuild(EventMapper):
    """Writes every event in its form of before."""

    def store(self, fact: Fact) -> tuple[str, int, bytes]:
        name, version, body = super().store(fact)
        plain = json.loads(body)
        plain["at"] = plain.pop("occurredAt")
        return name, version, json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()


async def told(database: Database, mapper: EventMapper, history: Sequence[Recorded[Fact]]) -> None:
    dsn = database.dsn("kringboek_service")
    async with await PostgresLedger.open(dsn, mapper, durable=False) as ledger:
        for each in history:
            await tell(ledger, each.stream, each.fact, version=each.version - 1)


async def rebuilt(database: Database) -> tuple[list[Any], list[Any]]:
    """Every byte of every view, and the state of every stream, as today's build has them."""
    dsn = database.dsn("kringboek_service")
    async with await PostgresLedger.open(dsn, TODAY, durable=False) as ledger:
        await ViewFollower(dsn=dsn, ledger=ledger, views=VIEWS).rebuild()
        opened = [
            (each.state, each.told, each.version)
            for aggregate in AGGREGATES
            for streams in STREAMS.values()
            for stream in streams
            if (each := await Streams(ledger).open(aggregate, stream)).version
        ]

    return every_byte(database), opened


def varied_history() -> list[Recorded[Fact]]:
    """The one of some that tells the most kinds of fact, the same at every run."""
    found: list[list[Recorded[Fact]]] = []

    @settings(
        max_examples=5, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(histories(ALL, least=EVENTS, most=EVENTS))
    def any_history(history: list[Recorded[Fact]]) -> None:
        found.append(history)

    any_history()
    return max(found, key=lambda history: len({type(each.fact) for each in history}))


def test_old_events_make_the_views_and_states_that_new_ones_make(cluster: Cluster) -> None:
    history = varied_history()
    assert len({type(each.fact) for each in history}) > 20, "this run says little"
    half = len(history) // 2
    with copied_ledger(cluster) as old, copied_ledger(cluster) as new:

        async def story() -> None:
            await told(old, OldBuild(EVENT_NAMES), history[:half])
            await told(old, TODAY, history[half:])
            await told(new, TODAY, history)
            assert await rebuilt(old) == await rebuilt(new)
            dsn, nowhere = old.dsn("kringboek_service"), old.cluster.data / "no-log"
            source = AuditProcesses(dsn, nowhere, processes=1)
            found = await audit(source, origin=ORIGIN, key=None)
            assert (found.size, found.told.findings) == (len(history), [])

        asyncio.run(story())
