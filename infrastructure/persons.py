"""Persons of a real issuer: a random id for every (issuer, subject), kept in the vault's schema.

The subject itself is not kept, only a keyed hash of it, so that a copy of the table names nobody.
"""

import hashlib
import hmac
import json
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from domain.terms import PersonRef

_LONGEST = 1_024

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class VaultPersons:
    """`pool` logs in as kringboek_vault; `key` is a secret of this installation."""

    def __init__(self, pool: Pool, key: bytes) -> None:
        self._pool = pool
        self._key = key

    async def person(self, issuer: str, subject: str) -> PersonRef:
        """The person of a subject, who is made known here the first time."""
        if not 0 < len(subject) <= _LONGEST:
            raise ValueError("a subject has 1 to 1024 characters")
        said = json.dumps([issuer, subject], ensure_ascii=True).encode()
        digest = hmac.digest(self._key, said, hashlib.sha256)
        async with self._pool.connection() as connection:
            await connection.execute(
                "INSERT INTO vault.person (subject) VALUES (%s) ON CONFLICT DO NOTHING", [digest]
            )
            rows = await connection.execute(
                "SELECT person FROM vault.person WHERE subject = %s", [digest]
            )
            found = await rows.fetchone()
        if found is None:
            raise ValueError("this person was forgotten at this moment")
        return PersonRef(found[0])


class VaultAccounts:
    """The rows that lead from an account to a person. `pool` logs in as kringboek_vault."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def forget(self, person: PersonRef) -> None:
        """Remove the row; whoever comes with that account again is somebody new."""
        async with self._pool.connection() as connection:
            await connection.execute("DELETE FROM vault.person WHERE person = %s", [person])
