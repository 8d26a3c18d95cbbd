"""The vault (kluis) on PostgreSQL: keys that can be destroyed, and then stay destroyed.

The database holds every key wrapped (AES key wrap, RFC 3394) by an **epoch key**, which lies in a
file of mode 0600 and in no database. Destroying a key takes its wrapped bytes out of the row and
leaves the row as a tombstone: the id is never used again, and asking for it gives None for ever.

What PostgreSQL itself forgets more slowly (dead rows, the write-ahead log, backups) still has the
wrapped bytes. That is what epochs are for: `begin_epoch` wraps all living keys under a new epoch
key, and once the backups of before have expired, `end_epoch` destroys the old epoch key, after
which no copy of the vault from its time opens anything.

A dump of the ledger without the schema `vault`, and the files of the epoch keys in neither, is
what keeps the two apart; the vault may also have a database, or a server, to itself.
"""

import asyncio
import hashlib
import os
import re
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from psycopg import AsyncConnection, errors
from psycopg_pool import AsyncConnectionPool

from application.ports import Epoch
from infrastructure.key_files import secret
from infrastructure.refusals import Unusable

KEY_LENGTH = 32
_EPOCH_FILE = re.compile(r"vault-epoch-(\d{4})\.key")
_WITH_NEWEST_EPOCH = "SELECT pg_advisory_xact_lock_shared(5310721, 3)"
_ALONE = "SELECT pg_advisory_xact_lock(5310721, 3)"

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class UnknownKey(LookupError):
    """No key was ever made under this id."""


class KeyExists(ValueError):
    """A key was made under this id before; it may have been destroyed since."""


class PostgresVault:
    """`pool` logs in as kringboek_vault; `folder` is the private folder of the epoch keys.

    Every process that uses the vault sees the same folder.
    """

    def __init__(self, pool: Pool, folder: Path) -> None:
        self._pool = pool
        self._folder = folder

    async def create(self, kid: UUID) -> bytes:
        """A fresh 256-bit key under a new id. Raises `KeyExists`; the first epoch begins by itself.

        Raises `Unusable` (`vault-epoch-missing`) when there are keys, but no epoch key.
        """
        key = os.urandom(KEY_LENGTH)
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(_WITH_NEWEST_EPOCH)
            epochs = await self._epochs()
            if not epochs:
                await self._refuse_if_used(connection)
                epochs = await self._with_epoch(1)
            epoch = epochs[max(epochs)]
            try:
                await connection.execute(
                    "INSERT INTO vault.key (kid, epoch, wrapped) VALUES (%s, %s, %s)",
                    [kid, fingerprint(epoch), aes_key_wrap(epoch, key)],
                )
            except errors.UniqueViolation:
                raise KeyExists(f"a key {kid} was made before") from None
        return key

    async def get(self, kid: UUID) -> bytes | None:
        """The key, or None when it was destroyed. Raises `UnknownKey`.

        Raises `Unusable` (`vault-epoch-missing`) when its epoch key is not in the folder.
        """
        async with self._pool.connection() as connection:
            rows = await connection.execute(
                "SELECT epoch, wrapped FROM vault.key WHERE kid = %s", [kid]
            )
            found = await rows.fetchone()
        if found is None:
            raise UnknownKey(f"there is no key {kid}")
        epoch, wrapped = found
        if wrapped is None:
            return None
        return aes_key_unwrap(await self._epoch(epoch), wrapped)

    async def destroy(self, kid: UUID) -> None:
        """Forget the key for ever; doing so twice is the same as once. Raises `UnknownKey`."""
        async with self._pool.connection() as connection:
            rows = await connection.execute(
                "UPDATE vault.key SET wrapped = NULL, destroyed_at = clock_timestamp()"
                " WHERE kid = %s AND destroyed_at IS NULL",
                [kid],
            )
            if rows.rowcount == 0:
                known = await connection.execute("SELECT FROM vault.key WHERE kid = %s", [kid])
                if await known.fetchone() is None:
                    raise UnknownKey(f"there is no key {kid}")

    async def begin_epoch(self) -> int:
        """Make a new epoch key, and wrap every living key under it; how many that were.

        The old epoch keys stay until `end_epoch`. A crash leaves the keys as they were, each under
        an epoch key that is there; doing it again is safe.
        """
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(_ALONE)
            epochs = await self._with_epoch(max(await self._epochs(), default=0) + 1)
            newest = epochs[max(epochs)]
            by_fingerprint = {fingerprint(each): each for each in epochs.values()}
            rows = await connection.execute(
                "SELECT kid, epoch, wrapped FROM vault.key WHERE destroyed_at IS NULL FOR UPDATE"
            )
            living = await rows.fetchall()
            for kid, epoch, wrapped in living:
                if epoch not in by_fingerprint:
                    raise _missing(epoch, self._folder)
                key = aes_key_unwrap(by_fingerprint[epoch], wrapped)
                await connection.execute(
                    "UPDATE vault.key SET epoch = %s, wrapped = %s WHERE kid = %s",
                    [fingerprint(newest), aes_key_wrap(newest, key), kid],
                )
        return len(living)

    async def end_epoch(self, number: int) -> None:
        """Destroy the epoch key of that number: what was wrapped under it opens nowhere any more.

        Raises `Unusable` (`vault-epoch-in-use`) while a living key is wrapped under it. The file
        is overwritten before it is removed; what a disk keeps of it is for the disk's encryption.
        """
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(_ALONE)
            epochs = await self._epochs()
            if number not in epochs:
                return
            rows = await connection.execute(
                "SELECT FROM vault.key WHERE epoch = %s AND destroyed_at IS NULL LIMIT 1",
                [fingerprint(epochs[number])],
            )
            if number == max(epochs) or await rows.fetchone() is not None:
                why = "still wraps living keys, or is the newest"
                raise Unusable(
                    "vault-epoch-in-use", _name(number), why, "Begin a new epoch before ending it"
                )
            await asyncio.to_thread(_shred, self._folder / _name(number))

    async def epochs(self) -> list[Epoch]:
        """Every epoch whose key is in the folder, and those that are missed there."""
        async with self._pool.connection() as connection:
            rows = await connection.execute(
                "SELECT epoch, count(*) FROM vault.key WHERE destroyed_at IS NULL GROUP BY epoch"
            )
            living = {bytes(epoch): int(count) for epoch, count in await rows.fetchall()}
        known = await self._epochs()
        found = [
            Epoch(
                number=number,
                newest=number == max(known),
                living=living.pop(fingerprint(known[number]), 0),
                missing=False,
            )
            for number in sorted(known)
        ]
        lost = [
            Epoch(number=0, newest=False, living=each, missing=True) for each in living.values()
        ]
        return [*lost, *found]

    async def tombstones(self) -> int:
        """How many keys were destroyed."""
        async with self._pool.connection() as connection:
            rows = await connection.execute(
                "SELECT count(*) FROM vault.key WHERE destroyed_at IS NOT NULL"
            )
            found = await rows.fetchone()
        return int(found[0]) if found else 0

    async def _epoch(self, wanted: bytes) -> bytes:
        for epoch in (await self._epochs()).values():
            if fingerprint(epoch) == wanted:
                return epoch
        raise _missing(wanted, self._folder)

    async def _epochs(self) -> dict[int, bytes]:
        return await asyncio.to_thread(_read_epochs, self._folder)

    async def _with_epoch(self, number: int) -> dict[int, bytes]:
        await asyncio.to_thread(secret, self._folder, _name(number), lambda: os.urandom(KEY_LENGTH))
        return await self._epochs()

    async def _refuse_if_used(self, connection: AsyncConnection[Any]) -> None:
        rows = await connection.execute(
            "SELECT epoch FROM vault.key WHERE destroyed_at IS NULL LIMIT 1"
        )
        found = await rows.fetchone()
        if found is not None:
            raise _missing(found[0], self._folder)


def fingerprint(epoch: bytes) -> bytes:
    """What may be stored of an epoch key, to know it by."""
    return hashlib.sha256(b"kringboek epoch key 1:" + epoch).digest()[:8]


def _name(number: int) -> str:
    return f"vault-epoch-{number:04}.key"


def _read_epochs(folder: Path) -> dict[int, bytes]:
    """The epoch keys in the folder, read anew: another process may have begun or ended one."""
    if not folder.exists():
        return {}
    found = (_EPOCH_FILE.fullmatch(each.name) for each in folder.iterdir())
    return {int(each[1]): secret(folder, each[0], _never) for each in found if each}


def _never() -> bytes:
    raise FileNotFoundError("this epoch was ended while it was read")


def _shred(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(KEY_LENGTH))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _missing(epoch: bytes, folder: Path) -> Unusable:
    return Unusable(
        "vault-epoch-missing", str(folder), f"has no epoch key with the fingerprint {epoch.hex()}",
        "Put its file back from where you keep it; without it these keys cannot be opened",
    )  # fmt: skip
