"""A ledger that is filled at once, by an import: as its owner, past its door, in one transaction.

The door (`ledger.append`) gives positions, times and salts of its own, which an import must not do;
so this writes the tables themselves, which only their owner may, and only while there is nothing in
them. It holds the door's lock meanwhile: whoever would append waits, and then finds a ledger that is
full. What is not committed leaves no trace that anybody can read.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, errors

from application.ports import StoredEvent
from infrastructure.refusals import Unusable

_COLUMNS = (
    ("position", "int8"), ("stream", "uuid"), ("version", "int4"), ("name", "text"),
    ("name_version", "int4"), ("body", "bytea"), ("salt", "bytea"), ("recorded_at", "timestamptz"),
    ("actor", "uuid"), ("command", "uuid"), ("policy", "bytea"), ("entry", "bytea"),
)  # fmt: skip
"""All but the leaf, which the database makes."""
_COPY = f"COPY ledger.event ({', '.join(name for name, _ in _COLUMNS)}) FROM STDIN (FORMAT BINARY)"
_COMMANDS = """
    INSERT INTO ledger.command
        SELECT command, ''::bytea, stream, min(position), max(position), max(version),
            max(recorded_at)
        FROM ledger.event GROUP BY command, stream
"""
_APART = """
    SELECT EXISTS (
        SELECT FROM ledger.event GROUP BY command, stream
        HAVING count(*) <> max(position) - min(position) + 1)
"""
_PAGE = 10_000


class EmptyLedger:
    """The ledger in the database of `owner_dsn`, which `migrate` made."""

    def __init__(self, owner_dsn: str) -> None:
        self._owner_dsn = owner_dsn

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["Writing"]:
        """Kept when the block ends, and not at all when it fails.

        Raises `Unusable`: `ledger-not-empty` where something was recorded before, and
        `import-while-serving` where a service publishes the log of this ledger.
        """
        async with await AsyncConnection.connect(
            self._owner_dsn, options="-c timezone=UTC"
        ) as connection:
            await connection.execute("SET LOCAL ROLE kringboek_owner")
            await _require_no_integrator(connection)
            await connection.execute("SELECT pg_advisory_xact_lock(5310721, 1)")
            await _require_empty(connection)
            yield Writing(connection)


class Writing:
    """As `application.export.take_in.Writing` says."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection

    async def put(self, portions: Iterator[Sequence[StoredEvent]]) -> None:
        async with self._connection.cursor().copy(_COPY) as copy:
            copy.set_types([kind for _, kind in _COLUMNS])
            for portion in portions:
                for row in portion:
                    await copy.write_row(row[: len(_COLUMNS)])
        # Nobody knows yet how many there are, and what is asked next would be planned for few.
        await self._connection.execute("ANALYZE ledger.event")

    async def put_commands(self) -> None:
        found = await self._connection.execute(_APART)
        if await found.fetchone() == (False,):
            try:
                await self._connection.execute(_COMMANDS)
            except errors.UniqueViolation:
                pass
            else:
                return
        raise Unusable(
            "import-command", "the bundle",
            "has a command with events in two streams or apart, which no ledger's door lets through",
            "Ask for another bundle: this one was not made of a ledger",
        )  # fmt: skip

    async def leaves(self) -> AsyncIterator[Sequence[bytes]]:
        async with self._connection.cursor("leaves", binary=True) as cursor:
            await cursor.execute("SELECT leaf FROM ledger.event ORDER BY position")
            while rows := await cursor.fetchmany(_PAGE):
                yield [leaf for (leaf,) in rows]


async def _require_no_integrator(connection: AsyncConnection[Any]) -> None:
    """That nobody publishes, now or until this is done: the log is about to be another one."""
    found = await connection.execute("SELECT pg_try_advisory_xact_lock(5310723, 0)")
    if await found.fetchone() != (True,):
        raise Unusable(
            "import-while-serving", connection.info.dbname,
            "is served at this moment, or filled by another import",
            "Stop every kringboek serve on it, and start them again afterwards",
        )  # fmt: skip


async def _require_empty(connection: AsyncConnection[Any]) -> None:
    found = await connection.execute(
        "SELECT EXISTS (SELECT FROM ledger.event), EXISTS (SELECT FROM ledger.command)"
    )
    if await found.fetchone() != (False, False):
        raise Unusable(
            "ledger-not-empty", connection.info.dbname,
            "has a ledger in which something was recorded, and a log is never put behind another",
            "Name an empty database, or another data folder with --data",
        )  # fmt: skip
