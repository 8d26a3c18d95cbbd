"""One migration: run twice it is run once, and it never turns one ledger into another."""

import asyncio

import psycopg
import pytest

from infrastructure.migrate import migrate, migrate_vault
from infrastructure.refusals import Unusable
from tests.conftest import ORIGIN, Database, _copied

SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname IN ('ledger', 'views', 'vault')"


def asked(database: Database, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database.superuser_dsn) as connection:
        return connection.execute(query.encode()).fetchall()


def test_a_migration_done_twice_is_done_once(empty_database: Database) -> None:
    dsn = empty_database.superuser_dsn
    asyncio.run(migrate(dsn, origin="kringboek.example/a", sandbox=False))
    before = asked(empty_database, "SELECT * FROM kringboek.schema_version ORDER BY part, number")
    assert {("ledger", 1), ("ledger", 2), ("vault", 1)} <= {(row[0], row[1]) for row in before}
    asyncio.run(migrate(dsn, origin="kringboek.example/a", sandbox=False))
    assert before == asked(
        empty_database, "SELECT * FROM kringboek.schema_version ORDER BY part, number"
    )
    origins = asked(empty_database, "SELECT origin, sandbox, entry_format FROM ledger.origin")
    assert origins == [("kringboek.example/a", False, 1)]


def test_two_migrations_at_once_wait_for_each_other(empty_database: Database) -> None:
    async def story() -> None:
        dsn = empty_database.superuser_dsn
        await asyncio.gather(
            *(migrate(dsn, origin="kringboek.example/a", sandbox=False) for _ in range(3))
        )

    asyncio.run(story())
    assert len(asked(empty_database, SCHEMAS)) == 3


def test_databases_of_one_cluster_are_migrated_at_once(empty_database: Database) -> None:
    """Roles belong to the cluster, so these do trip over each other, and go on."""

    async def story(other: Database) -> None:
        dsns = [each.superuser_dsn for each in (empty_database, other)]
        for dsn in dsns:
            with psycopg.connect(dsn) as connection:
                connection.execute("GRANT kringboek_views TO kringboek_service")
        await asyncio.gather(
            *(migrate(dsn, origin="kringboek.example/a", sandbox=True) for dsn in dsns)
        )

    asyncio.run(migrate(empty_database.superuser_dsn, origin="kringboek.example/a", sandbox=True))
    with _copied(empty_database.cluster, "template0") as other:
        asyncio.run(story(other))
        assert len(asked(other, SCHEMAS)) == 3


def test_the_vault_can_have_a_database_to_itself(empty_database: Database) -> None:
    asyncio.run(migrate_vault(empty_database.superuser_dsn))
    assert asked(empty_database, SCHEMAS) == [("vault",)]


def test_the_vault_can_be_left_out(empty_database: Database) -> None:
    dsn = empty_database.superuser_dsn
    asyncio.run(migrate(dsn, origin="kringboek.example/a", sandbox=False, vault=False))
    assert sorted(asked(empty_database, SCHEMAS)) == [("ledger",), ("views",)]


@pytest.mark.parametrize(
    ("origin", "sandbox", "code"),
    [("kringboek.example/other", False, "ledger-origin"), (ORIGIN, True, "ledger-sandbox")],
)
def test_a_ledger_does_not_become_another(
    database: Database, origin: str, *, sandbox: bool, code: str
) -> None:
    with pytest.raises(Unusable) as refused:
        asyncio.run(migrate(database.superuser_dsn, origin=origin, sandbox=sandbox))
    assert refused.value.code == code
    assert asked(database, "SELECT origin, sandbox FROM ledger.origin") == [(ORIGIN, False)]


def test_a_file_that_changed_since_it_was_applied_is_refused(database: Database) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(
            "UPDATE kringboek.schema_version SET sha256 = '' WHERE (part, number) = ('ledger', 2)"
        )
    with pytest.raises(Unusable, match=r"0002_append\.sql: has changed.*\[schema-changed\]"):
        asyncio.run(migrate(database.superuser_dsn, origin=ORIGIN, sandbox=False))


def test_a_database_of_a_newer_build_is_left_alone(database: Database) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(
            "INSERT INTO kringboek.schema_version VALUES ('ledger', 9999, '9999_later.sql', '')"
        )
    with pytest.raises(Unusable, match=r"9999_later\.sql.*\[schema-newer\]"):
        asyncio.run(migrate(database.superuser_dsn, origin=ORIGIN, sandbox=False))


def test_only_a_sandbox_has_a_clock_argument(
    database: Database, sandbox_database: Database
) -> None:
    query = "SELECT 'clock' = ANY (proargnames) FROM pg_proc WHERE oid = 'ledger.append'::regproc"
    assert asked(database, query) == [(False,)]
    assert asked(sandbox_database, query) == [(True,)]
