"""Keys that can be destroyed, and then stay destroyed, whatever copy turns up."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors
from psycopg_pool import AsyncConnectionPool

from application.ports import Epoch
from application.sealing.scheme import seal, unseal
from infrastructure.persons import VaultAccounts, VaultPersons
from infrastructure.refusals import Unusable
from infrastructure.vault import KeyExists, PostgresVault, UnknownKey
from tests.conftest import Database


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="kringboek-vault-") as parent:
        yield Path(parent) / "keys"


@asynccontextmanager
async def vault_of(database: Database, folder: Path) -> AsyncIterator[PostgresVault]:
    async with AsyncConnectionPool(
        database.dsn("kringboek_vault"), kwargs={"autocommit": True}, min_size=1, open=False
    ) as pool:
        yield PostgresVault(pool, folder)


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_key_is_got_as_it_was_made(database: Database, folder: Path) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            one, two = uuid4(), uuid4()
            key = await vault.create(one)
            assert len(key) == 32
            assert await vault.create(two) != key
            assert await vault.get(one) == key
        async with vault_of(database, folder) as again:
            assert await again.get(one) == key

    asyncio.run(story())


def test_getting_never_makes_and_making_never_gets(database: Database, folder: Path) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            kid = uuid4()
            for call in (vault.get, vault.destroy):
                with pytest.raises(UnknownKey):
                    await call(kid)
            await vault.create(kid)
            with pytest.raises(KeyExists):
                await vault.create(kid)
            await vault.destroy(kid)
            with pytest.raises(KeyExists):
                await vault.create(kid)

    asyncio.run(story())


def test_a_destroyed_key_is_a_tombstone_for_ever(database: Database, folder: Path) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            kid, circle = uuid4(), uuid4()
            sealed = seal(kid, await vault.create(kid), "note", circle, "Anna")
            assert unseal(sealed, await vault.get(kid), "note", circle) == "Anna"
            await vault.destroy(kid)
            await vault.destroy(kid)
            assert await vault.get(kid) is None
            assert unseal(sealed, await vault.get(kid), "note", circle) is None
            await vault.begin_epoch()
            assert await vault.get(kid) is None

    asyncio.run(story())


def test_no_key_lies_in_the_database_and_no_file_can_be_read_by_others(
    database: Database, folder: Path
) -> None:
    async def story() -> bytes:
        async with vault_of(database, folder) as vault:
            return await vault.create(uuid4())

    key = asyncio.run(story())
    with psycopg.connect(database.superuser_dsn) as connection:
        row = connection.execute("SELECT * FROM vault.key").fetchone()
    assert row is not None
    assert all(key not in bytes(each) for each in row if isinstance(each, bytes | memoryview))
    (file,) = files_in(folder)
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_epoch_file_that_others_can_read_is_refused(database: Database, folder: Path) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            kid = uuid4()
            await vault.create(kid)
            files_in(folder)[0].chmod(0o644)
            with pytest.raises(Unusable, match=r"\[key-readable\]"):
                await vault.get(kid)

    asyncio.run(story())


def test_without_its_epoch_key_the_vault_says_so_and_makes_no_new_one(
    database: Database, folder: Path
) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            kid = uuid4()
            await vault.create(kid)
            files_in(folder)[0].unlink()
            for call, argument in ((vault.get, kid), (vault.create, uuid4())):
                with pytest.raises(Unusable, match=r"\[vault-epoch-missing\]"):
                    await call(argument)
            assert not files_in(folder)

    asyncio.run(story())


def test_an_ended_epoch_takes_every_old_copy_of_the_vault_with_it(
    database: Database, folder: Path
) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            gone, kept = uuid4(), uuid4()
            await vault.create(gone)
            key = await vault.create(kept)
            with psycopg.connect(database.superuser_dsn) as connection:
                backup = connection.execute("SELECT kid, epoch, wrapped FROM vault.key").fetchall()
            await vault.destroy(gone)
            with pytest.raises(Unusable, match=r"\[vault-epoch-in-use\]"):
                await vault.end_epoch(1)
            assert await vault.begin_epoch() == 1
            await vault.end_epoch(1)
            assert [each.name for each in files_in(folder)] == ["vault-epoch-0002.key"]
            assert await vault.get(kept) == key
            with psycopg.connect(database.superuser_dsn) as connection:
                connection.execute("SET session_replication_role = replica")
                for kid, epoch, wrapped in backup:
                    connection.execute(
                        "UPDATE vault.key SET epoch = %s, wrapped = %s, destroyed_at = NULL"
                        " WHERE kid = %s",
                        [epoch, wrapped, kid],
                    )
            for kid in (gone, kept):
                with pytest.raises(Unusable, match=r"\[vault-epoch-missing\]"):
                    await vault.get(kid)

    asyncio.run(story())


def test_keys_made_while_an_epoch_begins_are_all_under_a_key_that_is_there(
    database: Database, folder: Path
) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault, vault_of(database, folder) as other:
            kids = [uuid4() for _ in range(20)]
            await vault.create(kids[0])
            *keys, _ = await asyncio.gather(
                *(vault.create(kid) for kid in kids[1:]), other.begin_epoch()
            )
            await other.begin_epoch()
            await other.end_epoch(1)
            await other.end_epoch(2)
            assert [await vault.get(kid) for kid in kids[1:]] == keys

    asyncio.run(story())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vault.key",
        "TRUNCATE vault.key",
        "UPDATE vault.key SET wrapped = '', destroyed_at = NULL",
        "UPDATE vault.key SET kid = gen_random_uuid()",
    ],
)
def test_a_tombstone_cannot_be_removed_or_revived(
    database: Database, folder: Path, statement: str
) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            kid = uuid4()
            await vault.create(kid)
            await vault.destroy(kid)

    asyncio.run(story())
    for dsn in (database.dsn("kringboek_vault"), database.superuser_dsn):
        with psycopg.connect(dsn) as connection, pytest.raises(errors.InsufficientPrivilege):
            connection.execute(statement.encode())


def test_only_the_vaults_role_sees_the_vault(database: Database) -> None:
    for role in ("kringboek_service", "kringboek_reader"):
        with (
            psycopg.connect(database.dsn(role)) as connection,
            pytest.raises(errors.InsufficientPrivilege),
        ):
            connection.execute("SELECT * FROM vault.key")
    with (
        psycopg.connect(database.dsn("kringboek_vault")) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM ledger.event")


def test_a_forgotten_account_comes_back_as_somebody_new(database: Database) -> None:
    async def story() -> None:
        async with AsyncConnectionPool(
            database.dsn("kringboek_vault"), kwargs={"autocommit": True}, min_size=1, open=False
        ) as pool:
            persons, accounts = VaultPersons(pool, bytes(32)), VaultAccounts(pool)
            mila = await persons.person("https://id.example", "mila")
            bram = await persons.person("https://id.example", "bram")
            assert await persons.person("https://id.example", "mila") == mila
            for _ in range(2):
                await accounts.forget(mila)
            assert await persons.person("https://id.example", "mila") != mila
            assert await persons.person("https://id.example", "bram") == bram

    asyncio.run(story())


def test_the_epochs_are_told_with_what_they_wrap(database: Database, folder: Path) -> None:
    async def story() -> None:
        async with vault_of(database, folder) as vault:
            assert await vault.epochs() == []
            one, two = uuid4(), uuid4()
            for kid in (one, two):
                await vault.create(kid)
            await vault.destroy(one)
            assert await vault.epochs() == [Epoch(1, newest=True, living=1, missing=False)]
            assert await vault.tombstones() == 1
            await vault.begin_epoch()
            assert [(each.number, each.living) for each in await vault.epochs()] == [(1, 0), (2, 1)]
            (folder / "vault-epoch-0002.key").unlink()
            lost = Epoch(0, newest=False, living=1, missing=True)
            assert await vault.epochs() == [lost, Epoch(1, newest=True, living=0, missing=False)]

    asyncio.run(story())
