"""The log of a real ledger: one leader among processes, killed and restored, and one history."""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from unittest import mock
from uuid import uuid4

import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo

from application.ports import Append, Appended
from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.integrate import integrate
from application.transparency.log import Log, LogStatus
from application.transparency.ports import Published
from domain.circle.membership import MemberJoined
from domain.terms import Fact, MemberId
from domain.tree import consistency_proof, leaf_hash, root, verify_consistency
from infrastructure.ending import end
from infrastructure.integrator import Integrator
from infrastructure.ledger import PostgresLedger
from tests.conftest import Database, _copied
from tests.given import NOW
from tests.infrastructure.following import ACTOR, ledger_at, tell
from tests.infrastructure.logged import Logged

SERVICE = "kringboek_service"
QUICK = 0.02


def joined() -> MemberJoined:
    return MemberJoined(occurred_at=NOW, member=MemberId(uuid4()))


def integrator_of(
    dsn: str, ledger: PostgresLedger, logged: Logged, log: Log, look_over: float = 60.0
) -> Integrator:
    signer = logged.signer

    async def take_in() -> Published | None:
        return await integrate(ledger, logged.folder, signer)

    return Integrator(
        dsn=dsn, ledger=ledger, take_in=take_in, store=logged.folder, log=log,
        look=QUICK, pace=QUICK, after_a_refusal=QUICK, stand_by=QUICK, look_over=look_over,
    )  # fmt: skip


@asynccontextmanager
async def publishing(
    dsn: str, ledger: PostgresLedger, logged: Logged, look_over: float = 60.0
) -> AsyncIterator[Log]:
    log = Log(origin=logged.signer.key.name, published=logged.folder, pen=logged.signer)
    task = asyncio.create_task(integrator_of(dsn, ledger, logged, log, look_over).run())
    try:
        yield log
    finally:
        await end(task)


def publish_for_ever(dsn: str, logged: Logged) -> None:
    """What a process does that leads or stands by until it is killed."""

    async def publish() -> None:
        named = make_conninfo(dsn, application_name=str(os.getpid()))
        log = Log(origin=logged.signer.key.name, published=logged.folder, pen=logged.signer)
        async with ledger_at(dsn) as ledger:
            await integrator_of(named, ledger, logged, log).run()

    asyncio.run(publish())


@contextmanager
def processes(database: Database, logged: Logged, how_many: int) -> Iterator[Sequence[BaseProcess]]:
    context = multiprocessing.get_context("spawn")
    started = [
        context.Process(target=publish_for_ever, args=(database.dsn(SERVICE), logged))
        for _ in range(how_many)
    ]
    for each in started:
        each.start()
    try:
        yield started
    finally:
        for each in started:
            each.kill()
            each.join()


def leading(database: Database) -> list[int]:
    """The process ids, as their sessions are called, of those that hold the lead."""
    with psycopg.connect(database.superuser_dsn) as connection:
        rows = connection.execute(
            "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.classid = 5310723 AND l.granted"
            " AND a.datname = current_database()"
        ).fetchall()
    return [int(name) for (name,) in rows]


async def until(holds: Callable[[], bool], *, within: float = 20.0) -> None:
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.01)


async def seen(log: Log, size: int, *, within: float = 20.0) -> LogStatus:
    """The log's status once it has published `size`."""
    await until(lambda: log.look().size >= size, within=within)
    return log.status


async def refused(log: Log, code: str) -> LogStatus:
    await until(lambda: (said := log.look().refusal) is not None and said.code == code)
    return log.status


async def entries_of(ledger: PostgresLedger) -> list[bytes]:
    head, _ = await ledger.head()
    return [e async for page in ledger.entries(after=0, up_to=head) for _, e in page]


async def append(ledger: PostgresLedger, *facts: Fact, command: Append | None = None) -> Appended:
    return await ledger.append(command or of_new_stream(*facts))


def of_new_stream(*facts: Fact) -> Append:
    return Append(
        command=uuid4(), request=b"request", stream=uuid4(), expected_version=0, facts=facts,
        actor=ACTOR, policy=bytes(32),
    )  # fmt: skip


# ------------------------------------------------------------------------------------ the answers


def test_an_answer_knows_the_leaves_that_the_database_made(database: Database) -> None:
    async def story() -> None:
        async with ledger_at(database.dsn(SERVICE)) as ledger:
            many = of_new_stream(joined(), joined(), joined())
            first, one, none = await asyncio.gather(
                append(ledger, command=many), append(ledger, joined()), append(ledger)
            )
            stored = [leaf async for page in ledger.leaves(after=0, up_to=4) for _, leaf in page]
            for each in (first, one, none):
                assert list(each.leaves) == stored[each.first_position - 1 : each.last_position]
            assert len(first.leaves) == 3
            again = await append(ledger, command=many)
            assert (again.repeated, again.leaves) == (True, first.leaves)
            answered = await ledger.answered(many.command, many.request)
            assert answered == again

    asyncio.run(story())


# ------------------------------------------------------------------------------ while it goes well


def test_what_is_recorded_is_soon_under_a_checkpoint(database: Database, tmp_path: Path) -> None:
    logged = Logged.below(tmp_path)

    async def story() -> list[bytes]:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger, publishing(dsn, ledger, logged) as log:
            await seen(log, 0)
            stream = uuid4()
            for version in range(0, 300, 50):
                facts = (joined() for _ in range(50))
                await seen(log, await tell(ledger, stream, *facts, version=version))
            assert log.status.leads
            return await entries_of(ledger)

    logged.require_is(asyncio.run(story()))


def test_witnesses_are_asked_one_at_a_time_and_stop_nothing(
    database: Database, tmp_path: Path
) -> None:
    logged = Logged.below(tmp_path)
    asked: list[tuple[int, int | None]] = []

    class Slow:
        async def ask(self, checkpoint: Checkpoint, previous: Checkpoint | None) -> None:
            asked.append((checkpoint.size, None if previous is None else previous.size))
            await asyncio.sleep(0.1)
            raise OSError("no witness lives here")

    async def story() -> None:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger:
            log = Log(origin=logged.signer.key.name, published=logged.folder, pen=logged.signer)
            integrator = integrator_of(dsn, ledger, logged, log)
            integrator._witnesses = Slow()
            task = asyncio.create_task(integrator.run())
            for number in range(1, 9):
                await append(ledger, joined())
                await seen(log, number)
            await until(lambda: bool(asked) and asked[-1][0] == 8)
            await end(task)

    asyncio.run(story())
    sizes = [size for size, _ in asked]
    assert sizes == sorted(set(sizes))
    assert len(sizes) < 9
    assert all(previous is None or previous < size for size, previous in asked)


# ----------------------------------------------------------------------------- killed and restored


@pytest.mark.timeout(120)
def test_a_killed_leader_is_replaced_and_the_log_has_one_history(
    database: Database, tmp_path: Path
) -> None:
    logged = Logged.below(tmp_path)
    key = logged.signer.key
    published: dict[int, bytes] = {}

    async def watch() -> None:
        while True:
            note = logged.folder.checkpoint()
            if note is not None:
                found = open_checkpoint(note, origin=key.name, log_keys=[key]).checkpoint
                assert published.setdefault(found.size, found.root) == found.root
                assert found.size == max(published)
            await asyncio.sleep(0.002)

    async def keep_telling(ledger: PostgresLedger) -> None:
        while True:
            await append(ledger, *(joined() for _ in range(7)))
            await asyncio.sleep(0.01)

    async def led() -> int:
        await until(lambda: bool(leading(database)), within=30)
        return leading(database)[0]

    async def story(started: Sequence[BaseProcess]) -> list[bytes]:
        async with ledger_at(database.dsn(SERVICE)) as ledger:
            log = Log(origin=key.name, published=logged.folder, pen=logged.signer)
            background = [asyncio.create_task(watch()), asyncio.create_task(keep_telling(ledger))]
            for _ in started:
                leader = await led()
                for _ in range(4):
                    await seen(log, log.look().size + 20)
                for each in started:
                    if each.pid == leader:
                        each.kill()
                        each.join()
                assert leader not in leading(database) or await led() != leader
            await end(background[1])
            assert not background[0].done()
            await end(background[0])
            head, _ = await ledger.head()
            async with publishing(database.dsn(SERVICE), ledger, logged) as own:
                await seen(own, head)
            return await entries_of(ledger)

    with processes(database, logged, 2) as started:
        entries = asyncio.run(story(started))
    logged.require_is(entries)
    require_one_history(published, entries)
    assert len(published) > 5


def require_one_history(published: dict[int, bytes], entries: Sequence[bytes]) -> None:
    leaves = [leaf_hash(each) for each in entries]
    whole = root(leaves)
    for size, its_root in published.items():
        if size:
            proof = consistency_proof(leaves, size, len(leaves))
            verify_consistency(size, len(leaves), proof, its_root, whole)


def test_a_restored_database_stops_the_log_and_nothing_else(
    database: Database, tmp_path: Path
) -> None:
    """The backup is a copy of the database; the log's folder and the keys are those of today."""
    logged = Logged.below(tmp_path)

    async def record(of: Database, how_many: int) -> None:
        async with ledger_at(of.dsn(SERVICE)) as ledger:
            await append(ledger, *(joined() for _ in range(how_many)))

    async def publish(of: Database, size: int) -> None:
        async with (
            ledger_at(of.dsn(SERVICE)) as ledger,
            publishing(of.dsn(SERVICE), ledger, logged) as log,
        ):
            await seen(log, size)

    async def restored(backup: Database) -> None:
        dsn = backup.dsn(SERVICE)
        async with ledger_at(dsn) as ledger, publishing(dsn, ledger, logged) as log:
            status = await refused(log, "log.ledger-shorter")
            assert status.size == 30
            assert status.refusal is not None
            assert "restored backup" in status.refusal.why
            appended = await append(ledger, joined())
            assert log.receipts(appended, published=0) == ()
            await append(ledger, *(joined() for _ in range(40)))
            status = await refused(log, "log.ledger-differs")
            assert status.size == 30
            assert len(await entries_of(ledger)) == 61

    async def as_it_was() -> list[bytes]:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger, publishing(dsn, ledger, logged) as log:
            assert log.look().refusal is not None
            appended = await append(ledger, joined())
            await seen(log, 31)
            await until(lambda: log.look().refusal is None)
            assert len(log.receipts(appended, published=30)) == 1
            assert log.receipts(appended, published=31) == ()
            return await entries_of(ledger)

    asyncio.run(record(database, 20))
    with _copied(database.cluster, database.name) as backup:
        asyncio.run(record(database, 10))
        asyncio.run(publish(database, 30))
        asyncio.run(restored(backup))
    logged.require_is(asyncio.run(as_it_was()))


def test_a_process_with_a_key_of_its_own_waits_and_gives_no_receipts(
    database: Database, tmp_path: Path
) -> None:
    """Two machines that were not given one folder of keys: the second would make a second log."""
    logged, other = Logged.below(tmp_path / "one"), Logged.below(tmp_path / "other")

    async def story() -> None:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger:
            async with publishing(dsn, ledger, logged) as log:
                await until(lambda: log.look().leads)
                async with publishing(dsn, ledger, other) as newcomer:
                    await refused(newcomer, "log.two-keys")
                    appended = await append(ledger, joined())
                    await seen(log, 1)
                    assert newcomer.receipts(appended, published=0) == ()
                    assert len(log.receipts(appended, published=0)) == 1
                    assert log.status.refusal is None
            async with publishing(dsn, ledger, logged) as log, publishing(dsn, ledger, logged):
                await append(ledger, joined())
                await seen(log, 2)
                assert log.status.refusal is None

    asyncio.run(story())
    assert not other.log.exists()


def test_who_found_another_key_does_not_take_over_when_that_one_is_started_again(
    database: Database, tmp_path: Path
) -> None:
    logged, other = Logged.below(tmp_path / "one"), Logged.below(tmp_path / "other")

    async def story() -> None:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger:
            await append(ledger, joined())
            async with publishing(dsn, ledger, logged) as log:
                await seen(log, 1)
                waiting = publishing(dsn, ledger, other)
                newcomer = await waiting.__aenter__()
                await refused(newcomer, "log.two-keys")
            await asyncio.sleep(10 * QUICK)
            assert not newcomer.look().leads
            await refused(newcomer, "log.two-keys")
            async with publishing(dsn, ledger, logged) as log:
                await append(ledger, joined())
                await seen(log, 2)
            await waiting.__aexit__(None, None, None)

    asyncio.run(story())
    assert not other.log.exists()


def test_of_those_that_begin_at_once_with_keys_of_their_own_one_goes_on(
    database: Database, tmp_path: Path
) -> None:
    async def story() -> None:
        dsn = database.dsn(SERVICE)
        async with AsyncExitStack() as stack:
            ledger = await stack.enter_async_context(ledger_at(dsn))
            beginning = []
            for number in range(6):
                logged = Logged.below(tmp_path / str(number))
                log = Log(origin=logged.signer.key.name, published=logged.folder, pen=logged.signer)
                session = await AsyncConnection.connect(dsn, autocommit=True)
                await stack.enter_async_context(session)
                beginning.append(integrator_of(dsn, ledger, logged, log)._shows_its_key(session))
            assert sum(await asyncio.gather(*beginning)) == 1

    asyncio.run(story())


def test_what_is_lost_while_nothing_is_recorded_is_noticed(
    database: Database, tmp_path: Path
) -> None:
    logged = Logged.below(tmp_path)

    async def story() -> None:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger:
            appended = await append(ledger, joined())
            async with publishing(dsn, ledger, logged, look_over=QUICK) as log:
                await seen(log, 1)
                memory = logged.keys / "log.signed"
                kept = memory.read_bytes()
                memory.unlink()
                await refused(log, "log.memory-missing")
                assert log.receipts(appended, published=0) == ()
                memory.write_bytes(kept)
                await until(lambda: log.look().refusal is None)
                (logged.log / "tile/0/000.p/1").unlink()
                await until((logged.log / "tile/0/000.p/1").exists)

    asyncio.run(story())


def test_no_fault_ends_the_work_of_the_one_who_leads(database: Database, tmp_path: Path) -> None:
    logged = Logged.below(tmp_path)

    async def story() -> None:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger:
            await append(ledger, joined())
            with mock.patch.object(ledger, "head", side_effect=RuntimeError("once")):
                running = publishing(dsn, ledger, logged)
                log = await running.__aenter__()
                await until(lambda: log.status.refusal is not None)
                assert log.status.refusal is not None
                assert log.status.refusal.code == "log.fault"
            await seen(log, 1)
            await running.__aexit__(None, None, None)

    asyncio.run(story())


def test_a_folder_that_cannot_be_written_stops_the_log_until_it_can(
    database: Database, tmp_path: Path
) -> None:
    logged = Logged.below(tmp_path)
    logged.log.write_text("a file where the folder should be")

    async def story() -> None:
        dsn = database.dsn(SERVICE)
        async with ledger_at(dsn) as ledger, publishing(dsn, ledger, logged) as log:
            await append(ledger, joined())
            await refused(log, "log.folder-unusable")
            logged.log.unlink()
            await seen(log, 1)
            await until(lambda: log.look().refusal is None)

    asyncio.run(story())
