"""Many writers at once, in one process and in two, a reader at their heels, and a line that breaks."""

import asyncio
import multiprocessing
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from application.ports import LedgerUnavailable, StaleVersion
from domain.record import Recorded
from domain.terms import Fact
from infrastructure.ledger import PostgresLedger
from tests.conftest import Database
from tests.infrastructure.noted import MAPPER, append, ledger_of, text

WRITERS = 12
EACH = 60
EVERYBODYS = UUID("00000000-0000-4000-8000-0000000000ee")


async def write(ledger: PostgresLedger, name: str, count: int) -> int:
    """Append `count` times, to a stream of one's own and to one that all fight over; how often."""
    dice, mine, stored = random.Random(name), uuid4(), 0  # noqa: S311
    version = 0
    for number in range(count):
        texts = [f"{name}-{number}-{part}" for part in range(dice.choice((0, 1, 1, 1, 3)))]
        try:
            if dice.random() < 0.2:
                seen = len(await ledger.load(EVERYBODYS))
                await ledger.append(append(EVERYBODYS, *texts, expected=seen))
            else:
                version = (await ledger.append(append(mine, *texts, expected=version))).version
            stored += len(texts)
        except StaleVersion:
            continue
    return stored


async def follow(ledger: PostgresLedger, until: asyncio.Event) -> list[Recorded[Fact]]:
    """What a reader sees that always asks for what comes after the last position it saw."""
    seen: list[Recorded[Fact]] = []
    while True:
        last_round = until.is_set()
        async for page in ledger.pages(after=seen[-1].position if seen else 0):
            seen.extend(page)
        if last_round:
            return seen
        await asyncio.sleep(0.001)


def assert_whole(seen: list[Recorded[Fact]], stored: int) -> None:
    assert [each.position for each in seen] == list(range(1, stored + 1))
    moments = [each.recorded_at for each in seen]
    assert moments == sorted(moments)
    versions: dict[object, int] = {}
    for each in seen:
        versions[each.stream] = versions.get(each.stream, 0) + 1
        assert each.version == versions[each.stream]


def test_a_reader_at_the_heels_of_twelve_writers_misses_nothing(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger, ledger_of(database) as other:
            done = asyncio.Event()
            following = asyncio.create_task(follow(other, done))
            writing = (write(ledger, f"w{number}", EACH) for number in range(WRITERS))
            stored = sum(await asyncio.gather(*writing))
            done.set()
            assert stored > WRITERS * EACH / 2
            assert_whole(await following, stored)

    asyncio.run(story())


def _write_elsewhere(dsn: str, name: str, stored: "multiprocessing.Queue[int]") -> None:
    async def story() -> int:
        async with await PostgresLedger.open(dsn, MAPPER, durable=False) as ledger:
            names = (f"{name}{number}" for number in range(WRITERS // 2))
            return sum(await asyncio.gather(*(write(ledger, each, EACH) for each in names)))

    stored.put(asyncio.run(story()))


def test_two_processes_write_one_order_together(database: Database) -> None:
    async def story() -> None:
        spawn = multiprocessing.get_context("spawn")
        stored: multiprocessing.Queue[int] = spawn.Queue()
        dsn = database.dsn("kringboek_service")
        processes = [
            spawn.Process(target=_write_elsewhere, args=(dsn, name, stored)) for name in "ab"
        ]
        for each in processes:
            each.start()
        done = asyncio.Event()
        async with ledger_of(database) as ledger:
            following = asyncio.create_task(follow(ledger, done))
            counts = [await asyncio.to_thread(stored.get, timeout=60) for _ in processes]
            done.set()
            assert_whole(await following, sum(counts))
        for each in processes:
            each.join()
            assert each.exitcode == 0

    asyncio.run(story())


class Line:
    """A line to the server that can swallow what the server says: the client never hears it."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._calls: set[asyncio.Task[None]] = set()
        self.swallow = False
        self.swallowed = 0

    def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.create_task(self._carry(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def hang_up(self) -> None:
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with _closing(writer):
            up, down = await asyncio.open_unix_connection(self._server)
            async with _closing(down):
                ways = [
                    asyncio.create_task(self._pass_on(reader, down, is_answer=False)),
                    asyncio.create_task(self._pass_on(up, writer, is_answer=True)),
                ]
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()
                    await asyncio.gather(*ways, return_exceptions=True)

    async def _pass_on(
        self, source: asyncio.StreamReader, goal: asyncio.StreamWriter, *, is_answer: bool
    ) -> None:
        while data := await source.read(65536):
            if is_answer and self.swallow:
                self.swallow, self.swallowed = False, self.swallowed + 1
                return
            goal.write(data)


@asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    try:
        yield
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


@asynccontextmanager
async def through_a_line(database: Database) -> AsyncIterator[tuple[PostgresLedger, Line]]:
    dsn = database.dsn("kringboek_service")
    socket = Path(str(conninfo_to_dict(dsn)["host"])) / ".s.PGSQL.5432"
    line = Line(str(socket))
    with TemporaryDirectory() as folder:
        server = await asyncio.start_unix_server(line.answer, f"{folder}/.s.PGSQL.5432")
        through = make_conninfo(dsn, host=folder, sslmode="disable", gssencmode="disable")
        async with await PostgresLedger.open(through, MAPPER, durable=False) as ledger:
            yield ledger, line
        await line.hang_up()
        server.close()
        await server.wait_closed()


def test_a_lost_answer_is_asked_for_again_and_nothing_is_stored_twice(database: Database) -> None:
    async def story() -> None:
        async with through_a_line(database) as (ledger, line):
            one, two, none = uuid4(), uuid4(), uuid4()
            await ledger.append(append(one, "eerst"))
            line.swallow = True
            answers = await asyncio.gather(
                ledger.append(append(one, "a", "b", expected=1)),
                ledger.append(append(two, "c")),
                ledger.append(append(none)),
                ledger.append(append(two, "stale", expected=9)),
                return_exceptions=True,
            )
            assert line.swallowed == 1
            first, second, third, stale = answers
            assert not isinstance(first, BaseException)
            assert not isinstance(second, BaseException)
            assert not isinstance(third, BaseException)
            assert isinstance(stale, StaleVersion)
            assert (first.first_position, first.last_position, first.version) == (2, 3, 3)
            assert (second.first_position, second.last_position) == (4, 4)
            assert third.version == 0
            assert [text(each) async for each in ledger.read()] == ["eerst", "a", "b", "c"]

    asyncio.run(story())


def test_a_killed_backend_costs_nobody_an_event(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            done = asyncio.Event()

            async def kill() -> None:
                query = (
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE '%ledger.append%'"
                    " AND pid <> pg_backend_pid()"
                )
                async with await psycopg.AsyncConnection.connect(
                    database.superuser_dsn, autocommit=True
                ) as superuser:
                    while not done.is_set():
                        await superuser.execute(sql.SQL(query))
                        await asyncio.sleep(0.05)

            killing = asyncio.create_task(kill())
            streams = [uuid4() for _ in range(6)]
            for number in range(40):
                await asyncio.gather(
                    *(
                        ledger.append(append(stream, f"{number}", expected=number))
                        for stream in streams
                    )
                )
            done.set()
            await killing
            for stream in streams:
                said = [text(each) for each in await ledger.load(stream)]
                assert said == [str(number) for number in range(40)]
            assert (await ledger.head())[0] == 240

    asyncio.run(story())


def test_after_a_restart_the_ledger_reads_and_writes_as_before(database: Database) -> None:
    """Every connection of the ledger dies at once, as when the server restarts."""

    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream = uuid4()
            await ledger.append(append(stream, "voor"))
            await asyncio.gather(*(ledger.load(stream) for _ in range(20)))
            with psycopg.connect(database.superuser_dsn) as superuser:
                killed = superuser.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND usename = 'kringboek_service'"
                ).fetchone()
            assert killed is not None
            assert killed[0] >= 2
            assert [text(each) for each in await ledger.load(stream)] == ["voor"]
            await ledger.append(append(stream, "na", expected=1))
            assert [text(each) async for each in ledger.read()] == ["voor", "na"]

    asyncio.run(story())


def test_a_server_that_stays_away_is_said_to_be_unavailable(database: Database) -> None:
    async def story() -> None:
        async with through_a_line(database) as (ledger, line):
            ledger._queue._patience = 0.5
            dead = asyncio.create_task(_swallow_everything(line))
            with pytest.raises(LedgerUnavailable, match="did not answer within"):
                await ledger.append(append(uuid4(), "a"))
            dead.cancel()

    asyncio.run(story())


async def _swallow_everything(line: Line) -> None:
    while True:
        line.swallow = True
        await asyncio.sleep(0)


def test_a_caller_that_gives_up_does_not_hold_up_the_others(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            tasks = [asyncio.create_task(ledger.append(append(uuid4(), "x"))) for _ in range(20)]
            await asyncio.sleep(0)
            for task in tasks[::2]:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            kept = [each for each in outcomes if not isinstance(each, BaseException)]
            assert len(kept) == 10
            seen = [each async for each in ledger.read()]
            assert {each.last_position for each in kept} <= {each.position for each in seen}

    asyncio.run(story())


def test_closing_stores_what_was_handed_in_and_takes_no_more(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as reader:
            ledger = await PostgresLedger.open(
                database.dsn("kringboek_service"), MAPPER, durable=False
            )
            tasks = [asyncio.create_task(ledger.append(append(uuid4(), "x"))) for _ in range(300)]
            await asyncio.sleep(0)
            await ledger.close()
            await asyncio.gather(*tasks)
            assert (await reader.head())[0] == 300
            with pytest.raises(LedgerUnavailable, match="closing"):
                await ledger.append(append(uuid4(), "te laat"))

    asyncio.run(story())
