"""A ledger with a published log, and hands that do with both what a superuser could do.

The database is filled once for a module. An attack happens in a transaction that the audit sees and
that is rolled back; of the log's folder every attack gets a copy.
"""

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, connect

from application.auditing.audit import Work, audit
from application.auditing.log_files import Key
from application.auditing.part import Part
from application.auditing.whole import Audited
from application.transparency.integrate import integrate
from infrastructure.audit_files import AuditFiles
from infrastructure.audit_rows import AuditRows
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.entry import entry_bytes
from infrastructure.ledger import PostgresLedger
from infrastructure.tile_folder import TileFolder
from tests.conftest import ORIGIN, Database
from tests.infrastructure.noted import MAPPER, append

EARLIER, PUBLISHED, ROWS = 300, 600, 650
"""Two full tiles are published, and part of a third."""
AT_ONCE = 5
STREAMS = [UUID(int=each, version=4) for each in range(1, 14)]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What lies on disk: the public folder of the log, and the private one of its key."""

    log: Path
    keys: Path

    @property
    def signer(self) -> CheckpointSigner:
        return CheckpointSigner.open(self.keys, ORIGIN)

    def copied(self, folder: Path) -> "Kept":
        shutil.copytree(self.log, folder / "log")
        shutil.copytree(self.keys, folder / "keys")
        return Kept(log=folder / "log", keys=folder / "keys")


async def _tell(ledger: PostgresLedger, up_to: int) -> None:
    """Events of thirteen streams that take turns, five at a time, up to a position."""
    head, _ = await ledger.head()
    for first in range(head, up_to, AT_ONCE):
        turn, stream = divmod(first // AT_ONCE, len(STREAMS))
        texts = (f"event {first + each}" for each in range(AT_ONCE))
        await ledger.append(append(STREAMS[stream], *texts, expected=turn * AT_ONCE))


async def filled(database: Database, kept: Kept) -> None:
    """Record and publish, twice, and record some more."""
    dsn = database.dsn("kringboek_service")
    async with await PostgresLedger.open(dsn, MAPPER, durable=False) as ledger:
        for size in (EARLIER, PUBLISHED):
            await _tell(ledger, size)
            await integrate(ledger, TileFolder(kept.log), kept.signer)
        await _tell(ledger, ROWS)


def unlocked(database: Database) -> None:
    """What a superuser does first: no constraint, no key and no generated column is in the way."""
    with connect(database.superuser_dsn, autocommit=True) as connection:
        for words in (
            "ALTER TABLE ledger.event ALTER COLUMN leaf DROP EXPRESSION",
            "ALTER TABLE ledger.event DROP CONSTRAINT event_pkey",
            "ALTER TABLE ledger.event DROP CONSTRAINT event_stream_version_key",
            "ALTER TABLE ledger.event DROP CONSTRAINT event_position_check",
            "ALTER TABLE ledger.event DROP CONSTRAINT event_version_check",
            "ALTER TABLE ledger.event DROP CONSTRAINT event_salt_check",
            "ALTER TABLE ledger.event DROP CONSTRAINT event_policy_check",
            "ALTER TABLE ledger.event ALTER COLUMN body DROP NOT NULL",
            "CREATE INDEX attacked ON ledger.event (position)",
        ):
            connection.execute(words)


class InTransaction(AuditRows):
    """The ledger and a folder as an audit reads them, on the connection of the attacker."""

    def __init__(self, connection: AsyncConnection[Any], folder: Path) -> None:
        super().__init__(connection)
        self.files = AuditFiles(folder)

    async def carry_out(self, works: Sequence[Work]) -> AsyncIterator[Part]:
        for work in works:
            yield await work(self, self.files)


@asynccontextmanager
async def attacker(database: Database) -> AsyncIterator[AsyncConnection[Any]]:
    dsn = database.superuser_dsn
    async with await AsyncConnection.connect(dsn, options="-c timezone=UTC") as connection:
        await connection.execute("SET session_replication_role = replica")
        await connection.commit()
        yield connection
        await connection.rollback()


async def looked(
    connection: AsyncConnection[Any],
    kept: Kept,
    *,
    key: str,
    outside: Sequence[tuple[str, bytes]] = (),
) -> Audited:
    """The audit of what the transaction of `connection` sees."""
    memory = kept.keys / "log.signed"
    return await audit(
        InTransaction(connection, kept.log),
        origin=ORIGIN,
        key=Key.parse(key),
        memory=memory.read_bytes() if memory.exists() else None,
        outside=outside,
    )


def said(found: Audited) -> list[tuple[str, int | None]]:
    return [(each.code, each.position) for each in found.told.findings]


async def rewrite(connection: AsyncConnection[Any], position: int, body: bytes) -> None:
    """Give an event another body, with all the hashes that belong to it."""
    cursor = await connection.execute(
        "SELECT stream, version, name, name_version, salt, recorded_at, actor, command, policy"
        " FROM ledger.event WHERE position = %s",
        [position],
    )
    row = await cursor.fetchone()
    assert row is not None
    stream, version, name, name_version, salt, recorded_at, actor, command, policy = row
    entry = entry_bytes(
        stream=stream, version=version, name=name, name_version=name_version, body=body, salt=salt,
        recorded_at=recorded_at, command=command, actor=actor, policy=policy,
    )  # fmt: skip
    await connection.execute(
        "UPDATE ledger.event SET body = %s, entry = %s, leaf = sha256('\\x00'::bytea || %s)"
        " WHERE position = %s",
        [body, entry, entry, position],
    )
