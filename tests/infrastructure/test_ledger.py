"""What the ledger promises to one caller after another."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from application.ports import CommandReused, StaleVersion
from domain.terms import Fact
from domain.tree import leaf_hash
from infrastructure.entry import entry_bytes
from infrastructure.event_mapper import BrokenEvent, UnknownEvent
from infrastructure.ledger import PAGE
from tests.conftest import ORIGIN, Database
from tests.infrastructure.noted import ACTOR, POLICY, append, ledger_of, noted, text


def rows_in(database: Database, table: str) -> int:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("ledger", table))
    with psycopg.connect(database.superuser_dsn) as connection:
        counted = connection.execute(query).fetchone()
    assert counted is not None
    return int(counted[0])


def test_what_was_appended_is_loaded_as_it_was(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream, command = uuid4(), uuid4()
            before = datetime.now(UTC)
            stored = await ledger.append(append(stream, "één", "twee", command=command))
            assert (stored.first_position, stored.last_position, stored.version) == (1, 2, 2)
            assert not stored.repeated
            first, second = await ledger.load(stream)
            assert (first.fact, second.fact) == (noted("één"), noted("twee"))
            assert (first.position, first.version, first.stream) == (1, 1, stream)
            assert (second.position, second.version, second.stream) == (2, 2, stream)
            assert {first.actor, second.actor} == {ACTOR}
            assert {first.command, second.command} == {command}
            assert first.recorded_at == second.recorded_at == stored.recorded_at
            assert abs(stored.recorded_at - before) < timedelta(minutes=1)

    asyncio.run(story())


def test_a_stale_append_is_refused_and_leaves_nothing(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream = uuid4()
            await ledger.append(append(stream, "één"))
            for expected in (0, 2):
                with pytest.raises(StaleVersion) as refused:
                    await ledger.append(append(stream, "andere", expected=expected))
                assert (refused.value.expected, refused.value.actual) == (expected, 1)
            assert [text(each) for each in await ledger.load(stream)] == ["één"]
            assert rows_in(database, "command") == 1

    asyncio.run(story())


def test_a_stale_append_does_not_disturb_its_neighbours(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream, others = uuid4(), [uuid4() for _ in range(10)]
            await ledger.append(append(stream, "één"))
            stale = [append(stream, "stale") for _ in range(5)]
            good = [append(other, "goed", "beter") for other in others]
            mixed = [each for pair in zip(good[:5], stale, strict=True) for each in pair] + good[5:]
            outcomes = await asyncio.gather(*map(ledger.append, mixed), return_exceptions=True)
            refused = [each for each in outcomes if isinstance(each, StaleVersion)]
            assert len(refused) == 5
            assert all(each.actual == 1 for each in refused)
            assert await ledger.head() == (21, (await ledger.recorded_at(21)))
            for other in others:
                assert [text(each) for each in await ledger.load(other)] == ["goed", "beter"]

    asyncio.run(story())


def test_of_many_writers_to_one_stream_each_version_is_written_once(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream = uuid4()

            async def write(name: str) -> None:
                for number in range(10):
                    while True:
                        version = len(await ledger.load(stream))
                        try:
                            said = f"{name}{number}"
                            await ledger.append(append(stream, said, expected=version))
                        except StaleVersion:
                            continue
                        break

            await asyncio.gather(*(write(name) for name in "abcd"))
            recorded = await ledger.load(stream)
            assert [each.version for each in recorded] == list(range(1, 41))
            for name in "abcd":
                mine = [text(each) for each in recorded if text(each).startswith(name)]
                assert mine == [f"{name}{number}" for number in range(10)]

    asyncio.run(story())


def test_a_command_given_twice_gets_its_first_answer(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream, command = uuid4(), uuid4()
            first = await ledger.append(append(stream, "één", command=command))
            await ledger.append(append(stream, "twee", expected=1))
            again = await ledger.append(append(stream, "één", command=command))
            asked = await ledger.answered(command, b"request")
            for each in (again, asked):
                assert each is not None
                assert each.repeated
                assert (each.first_position, each.last_position) == (1, 1)
                assert (each.version, each.recorded_at) == (1, first.recorded_at)
            assert await ledger.answered(uuid4(), b"request") is None
            assert (await ledger.head())[0] == 2

    asyncio.run(story())


def test_the_same_command_twice_at_once_is_carried_out_once(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream, command = uuid4(), uuid4()
            same = append(stream, "één", command=command)
            answers = await asyncio.gather(*(ledger.append(same) for _ in range(8)))
            assert sorted(each.repeated for each in answers) == [False] + [True] * 7
            assert {each.last_position for each in answers} == {1}
            assert rows_in(database, "event") == 1

    asyncio.run(story())


def test_a_command_id_with_another_request_is_refused(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            command = uuid4()
            await ledger.append(append(uuid4(), "één", command=command))
            with pytest.raises(CommandReused):
                await ledger.append(append(uuid4(), "twee", command=command, request=b"other"))
            with pytest.raises(CommandReused):
                await ledger.answered(command, b"other")
            assert (await ledger.head())[0] == 1

    asyncio.run(story())


def test_a_command_without_facts_is_stored_too(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream, command = uuid4(), uuid4()
            await ledger.append(append(stream, "één"))
            first = await ledger.append(append(stream, expected=1, command=command))
            assert (first.first_position, first.last_position, first.version) == (2, 1, 1)
            again = await ledger.append(append(stream, expected=1, command=command))
            assert again.repeated
            assert again.recorded_at == first.recorded_at
            assert (await ledger.head())[0] == 1

    asyncio.run(story())


def test_a_fact_without_a_name_fails_its_own_append_alone(database: Database) -> None:
    class Unheard(Fact):
        pass

    async def story() -> None:
        async with ledger_of(database) as ledger:
            good, odd = append(uuid4(), "goed"), append(uuid4())
            object.__setattr__(odd, "facts", (Unheard(occurred_at=noted("").occurred_at),))
            stored, failed = await asyncio.gather(
                ledger.append(good), ledger.append(odd), return_exceptions=True
            )
            assert not isinstance(stored, BaseException)
            assert isinstance(failed, UnknownEvent)

    asyncio.run(story())


def test_a_row_that_the_database_refuses_fails_alone(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            odd = append(uuid4(), "slecht")
            object.__setattr__(odd, "policy", b"too short")
            appends = [append(uuid4(), "goed"), odd, append(uuid4(), "beter")]
            outcomes = await asyncio.gather(*map(ledger.append, appends), return_exceptions=True)
            assert isinstance(outcomes[1], psycopg.errors.CheckViolation)
            assert (await ledger.head())[0] == 2

    asyncio.run(story())


def test_reading_is_in_the_order_of_the_ledger_and_up_to_a_position(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            one, two = uuid4(), uuid4()
            await ledger.append(append(one, "a", "b"))
            await ledger.append(append(two, "c"))
            await ledger.append(append(one, "d", expected=2))
            assert [text(each) for each in await ledger.load(one, up_to=3)] == ["a", "b"]
            assert [text(each) for each in await ledger.load_many([two, one])] == list("abcd")
            assert [text(each) for each in await ledger.load_many([two, one], up_to=3)] == list(
                "abc"
            )
            assert await ledger.load(uuid4()) == []
            assert [text(each) async for each in ledger.read(after=1, up_to=3)] == ["b", "c"]

    asyncio.run(story())


def test_the_facts_of_a_stream_are_what_its_state_is_folded_from(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            one = uuid4()
            await ledger.append(append(one, "a", "b"))
            await ledger.append(append(uuid4(), "x"))
            await ledger.append(append(one, "c", expected=2))
            assert list(await ledger.facts(one)) == [noted("a"), noted("b"), noted("c")]
            assert list(await ledger.facts(uuid4())) == []

    asyncio.run(story())


def test_a_stored_body_that_cannot_be_read_is_an_error_that_says_so(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            one = uuid4()
            await ledger.append(append(one, "a"))
            for change, error in (
                ("name = 'test.other'", UnknownEvent),
                ("name = 'test.noted', body = convert_to('{}', 'UTF8')", BrokenEvent),
            ):
                with psycopg.connect(database.superuser_dsn) as connection:
                    connection.execute("SET session_replication_role = replica")
                    connection.execute(b"UPDATE ledger.event SET " + change.encode())
                for read in (ledger.facts, ledger.load):
                    with pytest.raises(error, match=r"test\."):
                        await read(one)

    asyncio.run(story())


def test_reading_goes_by_pages_and_misses_nothing(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            texts = [str(number) for number in range(2 * PAGE + 3)]
            await ledger.append(append(uuid4(), *texts))
            pages = [page async for page in ledger.pages()]
            assert [len(page) for page in pages] == [PAGE, PAGE, 3]
            assert [text(each) async for each in ledger.read()] == texts

    asyncio.run(story())


def test_an_empty_ledger_has_no_head(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            assert ledger.origin == ORIGIN
            assert await ledger.head() == (0, None)
            assert await ledger.position_at(datetime.now(UTC)) == 0
            assert [each async for each in ledger.read()] == []
            with pytest.raises(LookupError):
                await ledger.recorded_at(1)

    asyncio.run(story())


def test_the_position_of_an_instant_is_the_last_one_recorded_by_then(
    sandbox_database: Database,
) -> None:
    days = [datetime(2024, 3, day, tzinfo=UTC) for day in (1, 1, 4, 9, 9, 9, 20)]

    async def story() -> None:
        async with ledger_of(sandbox_database) as ledger:
            for day in days:
                await ledger.append(append(uuid4(), "x"), clock=day)
            for day in (datetime(2024, 3, number, 12, tzinfo=UTC) for number in range(1, 25)):
                assert await ledger.position_at(day) == sum(each <= day for each in days)
            assert await ledger.position_at(days[3]) == 6
            assert await ledger.position_at(days[0] - timedelta(microseconds=1)) == 0

    asyncio.run(story())


def test_a_sandbox_takes_the_players_clock_and_never_turns_it_back(
    sandbox_database: Database,
) -> None:
    async def story() -> None:
        async with ledger_of(sandbox_database) as ledger:
            march, april = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC)
            one = await ledger.append(append(uuid4(), "a"), clock=april)
            two = await ledger.append(append(uuid4(), "b"), clock=march)
            live = await ledger.append(append(uuid4(), "c"))
            assert one.recorded_at == two.recorded_at == april
            assert live.recorded_at > april

    asyncio.run(story())


def test_a_real_ledger_takes_no_clock(database: Database) -> None:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            with pytest.raises(ValueError, match="is no sandbox"):
                await ledger.append(append(uuid4(), "a"), clock=datetime(2024, 3, 1, tzinfo=UTC))
            assert (await ledger.head())[0] == 0

    asyncio.run(story())


def test_the_stored_entry_and_leaf_are_those_of_the_format(database: Database) -> None:
    """The database puts the entry together; the format, in Python, must say the same bytes."""

    async def story() -> None:
        async with ledger_of(database) as ledger:
            stream: UUID = uuid4()
            await ledger.append(append(stream, "é€😀", "b"))
            await ledger.append(append(stream, "c", expected=2))
            rows = [row async for page in ledger.stored() for row in page]
            assert [row.position for row in rows] == [1, 2, 3]
            assert len({row.salt for row in rows}) == 3
            for row in rows:
                assert row.policy == POLICY
                assert row.entry == entry_bytes(
                    stream=row.stream,
                    version=row.version,
                    name=row.name,
                    name_version=row.name_version,
                    body=row.body,
                    salt=row.salt,
                    recorded_at=row.recorded_at,
                    command=row.command,
                    actor=row.actor,
                    policy=row.policy,
                )
                assert row.leaf == leaf_hash(row.entry)

    asyncio.run(story())


def test_a_ledger_that_was_small_when_it_was_planned_is_not_read_whole_later(
    database: Database,
) -> None:
    """Prepared plans outlive the size that they were made for."""

    async def story() -> None:
        async with ledger_of(database) as ledger:
            with psycopg.connect(database.superuser_dsn, autocommit=True) as superuser:
                for number in range(10):
                    stream = uuid4()
                    stored = await ledger.append(append(stream, "x"))
                    superuser.execute("ANALYZE ledger.event, ledger.command")
                    await ledger.load(stream)
                    await ledger.load_many([stream, uuid4()], up_to=number)
                    await ledger.answered(uuid4(), b"request")
                    await ledger.position_at(stored.recorded_at)
                    await ledger.recorded_at(stored.last_position)
                    assert len([each async for each in ledger.read()]) == number + 1

    asyncio.run(story())
    with psycopg.connect(database.superuser_dsn) as connection:
        scans = connection.execute(
            "SELECT relname, seq_scan, idx_scan > 10 FROM pg_stat_user_tables"
            " WHERE schemaname = 'ledger' AND relname IN ('event', 'command') ORDER BY relname"
        ).fetchall()
    assert scans == [("command", 0, True), ("event", 0, True)]
