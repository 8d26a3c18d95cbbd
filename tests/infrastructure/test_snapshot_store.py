"""With snapshots or without, damaged, foreign or thrown away: every stream reads the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from application import streams as streams_module
from application.aggregates import CIRCLE
from application.doctor.kept_states import compared
from application.execute import Order, execute
from application.mentions import sealed_in
from application.sealing.sealer import NewKey
from application.snapshots import KeptStates
from application.streams import Opened, Streams
from domain.circle.founding import FoundCircle
from domain.circle.membership import JoinCircle
from domain.decider import Refused
from domain.sealing import KeyId
from domain.terms import MemberId
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.ledger import PostgresLedger
from infrastructure.snapshot_store import PostgresSnapshots
from tests.any_commands import any_command
from tests.conftest import Database
from tests.given import ACTOR, NOW

FIRST = FoundCircle(
    name="Kring", authority=MemberId(UUID(int=8)), municipality_code="gm0363", region="Noord"
)
JOINED = JoinCircle(member=MemberId(UUID(int=9)))
SPOILED = [
    "UPDATE snapshots.state SET state = '\\x00'",
    "UPDATE snapshots.state SET version = version + 1000",
    "UPDATE snapshots.state SET edition = 'other'",
    "DELETE FROM snapshots.state",
    "ALTER TABLE snapshots.state RENAME TO gone",
]
LIVES = st.lists(st.one_of([any_command(each) for each in CIRCLE.taken[1:]]), max_size=25)


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[tuple[PostgresLedger, KeptStates]]:
    dsn = database.dsn("kringboek_service")
    mapper = EventMapper(EVENT_NAMES)
    async with (
        await PostgresLedger.open(dsn, mapper, durable=False) as ledger,
        AsyncConnectionPool[AsyncConnection[Any]](
            dsn, kwargs={"autocommit": True}, min_size=1, open=False
        ) as pool,
    ):
        yield ledger, KeptStates(PostgresSnapshots(pool), names=[], code="a")


async def live(ledger: PostgresLedger, kept: KeptStates, life: list[Any], first: Any) -> UUID:
    """A stream to which these commands were given, each by a process that just started."""
    stream = uuid4()
    for command in [first, *life]:
        order = Order(
            aggregate=CIRCLE, stream=stream, command=command, command_id=uuid4(),
            request=b"request", actor=ACTOR, policy=bytes(32), key=key_of(command),
        )  # fmt: skip
        try:
            await execute(ledger, order, now=NOW, streams=Streams(ledger, snapshots=kept))
        except Refused:
            continue
    return stream


def key_of(command: Any) -> NewKey | None:
    """The key under which the generated texts of a command say that they are sealed."""
    for text in sealed_in(command):
        return NewKey(kid=KeyId(text.kid), commitment=bytes(32))
    return None


def said(stream: Opened) -> Opened:
    return replace(stream, kept_at=0)


def test_no_snapshot_changes_what_a_stream_says(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams_module, "EVERY", 2)
    used = []

    @settings(
        max_examples=5, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(any_command(CIRCLE.taken[0]), LIVES)
    def any_life(first: Any, life: list[Any]) -> None:
        async def story() -> None:
            async with opened(database) as (ledger, kept):
                stream = await live(ledger, kept, life, first)
                plain = await Streams(ledger).open(CIRCLE, stream)
                quick = await Streams(ledger, snapshots=kept).open(CIRCLE, stream)
                assert said(quick) == plain
                used.append(quick.kept_at)

        asyncio.run(story())

    any_life()
    assert max(used) >= 2, "this run says little: no snapshot was ever read"


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_spoiled_snapshot_is_as_good_as_none(
    database: Database, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    monkeypatch.setattr(streams_module, "EVERY", 1)

    async def story() -> None:
        async with opened(database) as (ledger, kept):
            stream = await live(ledger, kept, [], FIRST)
            before = await Streams(ledger, snapshots=kept).open(CIRCLE, stream)
            assert before.kept_at == 1
            with psycopg.connect(database.superuser_dsn) as connection:
                connection.execute(spoil.encode())
            after = await Streams(ledger, snapshots=kept).open(CIRCLE, stream)
            assert after.kept_at == 0, "it was believed"
            assert said(after) == said(before)

    asyncio.run(story())


def test_a_snapshot_that_cannot_be_written_costs_nothing_but_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams_module, "EVERY", 1)

    async def story() -> None:
        async with opened(database) as (ledger, kept):
            with psycopg.connect(database.superuser_dsn) as connection:
                connection.execute("REVOKE INSERT, UPDATE ON snapshots.state FROM kringboek_views")
            with structlog.testing.capture_logs() as logged:
                stream = await live(ledger, kept, [], FIRST)
            assert [each["event"] for each in logged] == ["snapshots.not-written"]
            found = await Streams(ledger, snapshots=kept).open(CIRCLE, stream)
            assert (found.version, found.kept_at) == (1, 0)
            with psycopg.connect(database.superuser_dsn) as connection:
                connection.execute("GRANT INSERT, UPDATE ON snapshots.state TO kringboek_views")
            later = await live(ledger, kept, [], FIRST)
            assert (await Streams(ledger, snapshots=kept).open(CIRCLE, later)).kept_at == 1

    asyncio.run(story())


def test_a_snapshot_ahead_of_its_stream_is_not_believed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger was put back from a backup, and the snapshots were not."""
    monkeypatch.setattr(streams_module, "EVERY", 1)

    async def story() -> None:
        async with opened(database) as (ledger, kept):
            stream = await live(ledger, kept, [JOINED], FIRST)
            ahead = await Streams(ledger, snapshots=kept).open(CIRCLE, stream)
            assert (ahead.version, ahead.kept_at) == (2, 2)
            with psycopg.connect(database.superuser_dsn) as connection:
                connection.execute("SET session_replication_role = replica")
                connection.execute("DELETE FROM ledger.event WHERE version = 2")
            found = await Streams(ledger, snapshots=kept).open(CIRCLE, stream)
            assert (found.version, found.kept_at) == (1, 0)
            assert said(found) == await Streams(ledger).open(CIRCLE, stream)
            assert found.state != ahead.state

    asyncio.run(story())


def test_the_doctor_names_a_snapshot_that_is_not_what_its_stream_gives(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams_module, "EVERY", 1)

    async def story() -> None:
        async with opened(database) as (ledger, kept):
            right = await live(ledger, kept, [], FIRST)
            wrong = await live(ledger, kept, [], FIRST)
            edition = next(e for e, aggregate in kept.editions.items() if aggregate is CIRCLE)
            found = [(right, edition, 1), (wrong, edition, 1), (uuid4(), "of another build", 7)]
            assert (await compared(found, kept, ledger)).wrong == []
            stored = await kept.read(CIRCLE, wrong)
            assert stored is not None
            await kept.write(CIRCLE, wrong, replace(stored, state=CIRCLE.decider.initial))
            said_of = await compared(found, kept, ledger)
            assert (said_of.all, said_of.ours, said_of.compared) == (3, 2, 2)
            assert said_of.wrong == [f"circle {wrong}, at version 1"]

    asyncio.run(story())
