"""The database is the lock on the door: who may do what, tried as each role."""

import asyncio
from collections.abc import Mapping
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from infrastructure.ledger import PostgresLedger
from infrastructure.migrate import migrate
from infrastructure.refusals import Unusable
from infrastructure.refused_settings import refusals
from tests.conftest import ORIGIN, Database
from tests.infrastructure.noted import MAPPER, append, ledger_of

CHANGES = [
    "UPDATE ledger.event SET recorded_at = now()",
    "UPDATE ledger.event SET body = ''  WHERE false",
    "DELETE FROM ledger.event",
    "TRUNCATE ledger.event",
    "UPDATE ledger.command SET version = 1",
    "DELETE FROM ledger.command",
    "TRUNCATE ledger.command",
    "UPDATE ledger.origin SET sandbox = true",
    "DELETE FROM ledger.origin",
    "TRUNCATE ledger.origin",
]
EMPTY_APPEND = b"SELECT * FROM ledger.append(" + b"'{}', " * 15 + b"'')"
DEFINITIONS = [
    "CREATE TABLE ledger.mine (a int)",
    "CREATE TABLE views.mine (a int)",
    "CREATE TABLE public.mine (a int)",
    "CREATE SCHEMA mine",
    "ALTER TABLE ledger.event DISABLE TRIGGER ALL",
    "ALTER TABLE ledger.event ADD COLUMN mine int",
    "DROP TABLE ledger.event",
    "DROP TRIGGER append_only ON ledger.event",
    "CREATE FUNCTION ledger.append() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "ALTER FUNCTION ledger.append STABLE",
    "SET ROLE kringboek_owner",
    "SET ROLE kringboek_append",
    "SET session_replication_role = replica",
    "INSERT INTO ledger.origin (origin, sandbox, entry_format) VALUES ('x', true, 1)",
    "INSERT INTO ledger.command VALUES (gen_random_uuid(), '', gen_random_uuid(), 1, 0, 0, now())",
    "SELECT * FROM vault.key",
    "SELECT * FROM kringboek.schema_version",
]


@pytest.fixture
def filled(database: Database) -> Database:
    async def story() -> None:
        async with ledger_of(database) as ledger:
            await ledger.append(append(uuid4(), "één", "twee"))

    asyncio.run(story())
    return database


@pytest.mark.parametrize("role", ["kringboek_service", "kringboek_reader", "kringboek_vault"])
def test_no_role_that_logs_in_may_change_or_define_anything(filled: Database, role: str) -> None:
    with psycopg.connect(filled.dsn(role), autocommit=True) as connection:
        for statement in CHANGES + DEFINITIONS:
            if role == "kringboek_vault" and "vault.key" in statement:
                continue
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_no_role_makes_a_temporary_table(empty_database: Database) -> None:
    """Rights to a database are not copied with it, so this one is migrated in its place."""
    asyncio.run(migrate(empty_database.superuser_dsn, origin=ORIGIN, sandbox=False))
    with (
        psycopg.connect(empty_database.dsn("kringboek_service")) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TEMPORARY TABLE mine (a int)")


def test_the_reader_reads_and_does_not_append(filled: Database) -> None:
    with psycopg.connect(filled.dsn("kringboek_reader"), autocommit=True) as connection:
        assert len(connection.execute("SELECT * FROM ledger.event").fetchall()) == 2
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(EMPTY_APPEND)


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_superuser_is_stopped_by_the_trigger(filled: Database, statement: str) -> None:
    with psycopg.connect(filled.superuser_dsn, autocommit=True) as connection:
        with pytest.raises(errors.InsufficientPrivilege, match="stays as it is"):
            connection.execute(statement.encode())
        rows = connection.execute("SELECT count(*) FROM ledger.event").fetchone()
        assert rows == (2,)


def test_the_database_makes_the_leaf_and_takes_none(filled: Database) -> None:
    with (
        psycopg.connect(filled.superuser_dsn, autocommit=True) as connection,
        pytest.raises(errors.GeneratedAlways),
    ):
        connection.execute(
            "INSERT INTO ledger.event (position, stream, version, name, name_version, body,"
            " salt, recorded_at, actor, command, policy, entry, leaf)"
            " SELECT 3, gen_random_uuid(), 1, name, name_version, body, salt, recorded_at,"
            " actor, command, policy, entry, leaf FROM ledger.event WHERE position = 1"
        )


def test_append_refuses_an_isolation_level_that_would_see_the_head_of_before(
    filled: Database,
) -> None:
    with psycopg.connect(filled.dsn("kringboek_service")) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(errors.ActiveSqlTransaction, match="READ COMMITTED"):
            connection.execute(EMPTY_APPEND)


def test_the_ledger_is_not_opened_as_a_role_that_could_change_it(database: Database) -> None:
    with pytest.raises(Unusable, match=r"Log in as kringboek_service\. \[ledger-role\]"):
        asyncio.run(PostgresLedger.open(database.superuser_dsn, MAPPER, durable=False))


def test_the_ledger_is_not_opened_where_a_crash_could_lose_it(database: Database) -> None:
    with pytest.raises(Unusable, match=r"fsync: is off.*\[ledger-server-setting\]"):
        asyncio.run(PostgresLedger.open(database.dsn("kringboek_service"), MAPPER))


def test_a_database_without_a_ledger_says_how_to_get_one(empty_database: Database) -> None:
    with pytest.raises(Unusable, match=r"kringboek migrate\. \[ledger-missing\]"):
        asyncio.run(PostgresLedger.open(empty_database.superuser_dsn, MAPPER, durable=False))


GOOD = {
    "server_version_num": "180004",
    "server_encoding": "UTF8",
    "default_transaction_isolation": "read committed",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}


def codes(
    environment: Mapping[str, str], server: Mapping[str, str], driver: str = "binary"
) -> list[str]:
    found = refusals(environment, GOOD | dict(server), driver, durable=True)
    return [f"{each.code} {each.what}" for each in found]


@pytest.mark.parametrize(
    ("server", "code"),
    [
        ({"server_version_num": "130011"}, "ledger-server-version PostgreSQL"),
        ({"server_encoding": "SQL_ASCII"}, "ledger-server-setting server_encoding"),
        (
            {"default_transaction_isolation": "serializable"},
            "ledger-server-setting default_transaction_isolation",
        ),
        ({"fsync": "off"}, "ledger-server-setting fsync"),
        ({"full_page_writes": "off"}, "ledger-server-setting full_page_writes"),
        ({"synchronous_commit": "off"}, "ledger-server-setting synchronous_commit"),
        ({"synchronous_commit": "local"}, "ledger-server-setting synchronous_commit"),
    ],
)
def test_a_server_setting_that_loses_events_is_refused(server: dict[str, str], code: str) -> None:
    assert codes({}, {}) == []
    assert codes({}, server) == [code]


def test_a_process_that_would_lose_events_is_refused() -> None:
    assert codes({"POSTGRES_ENABLE_DB_FUNCTIONS": "y"}, {}) == [
        "ledger-without-lock POSTGRES_ENABLE_DB_FUNCTIONS"
    ]
    assert codes({"POSTGRES_ENABLE_DB_FUNCTIONS": "n"}, {}) == []
    assert codes({}, {}, driver="python") == ["ledger-driver psycopg"]


def test_where_nothing_has_to_last_the_disk_may_be_fast() -> None:
    fast = GOOD | {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    assert list(refusals({}, fast, "c", durable=False)) == []
