"""The ledger (grootboek) on PostgreSQL: what the port `application.ports.Ledger` promises.

Appends go through one queue (`append_queue.py`), reads through a small pool; both log in as a role
that may read and call `ledger.append`, and nothing else. Rows are decoded straight from the tuples
of the driver: between the socket and the fact there is no other object.

The ledger refuses to start where it could lose what it promised to keep: see `refused_settings.py`.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any, Self
from uuid import UUID

from psycopg import AsyncConnection, OperationalError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from application.forms import Malformed
from application.ports import (
    Append,
    Appended,
    CommandReused,
    LedgerUnavailable,
    StoredEvent,
)
from domain.record import Recorded
from domain.terms import Fact, Instant
from infrastructure import packed_arrays
from infrastructure.append_queue import PATIENCE, AppendQueue
from infrastructure.entry import FORMAT
from infrastructure.event_mapper import EventMapper
from infrastructure.refusals import Unusable
from infrastructure.refused_settings import refuse_settings

PAGE = 1000
"""Events read at once: between 500 and 2000 the time per event is flat, and memory is small."""
READERS = 4
"""Connections that read, at most, per process."""
_FACTS = (
    "SELECT position, stream, version, name, name_version, body, recorded_at, actor, command"
    " FROM ledger.event "
)
_OF_A_STREAM = _FACTS.replace(" stream,", " NULL,")
"""As `_FACTS`, for one stream: its id is not read a thousand times over."""
_ROWS = f"SELECT {', '.join(StoredEvent._fields)} FROM ledger.event "  # noqa: S608 - our own names
_ENTRIES = "SELECT position, entry FROM ledger.event "
_LEAVES = "SELECT position, leaf FROM ledger.event "
_PAGE = f"WHERE position > %s AND position <= %s ORDER BY position LIMIT {PAGE}"

Connection = AsyncConnection[TupleRow]


class PostgresLedger:
    """One ledger. `open` it in the event loop that it lives in, and `close` it there."""

    def __init__(
        self, pool: "AsyncConnectionPool[Connection]", queue: AppendQueue, mapper: EventMapper,
        *, origin: str, sandbox: bool,
    ) -> None:  # fmt: skip
        """Use `open`."""
        self.origin = origin
        self.sandbox = sandbox
        self._pool = pool
        self._queue = queue
        self._mapper = mapper

    @classmethod
    async def open(cls, dsn: str, mapper: EventMapper, *, durable: bool = True) -> Self:
        """The ledger in the database of `dsn`, which `migrate` made.

        Raises `Unusable` when something could make it lose or let it change what was recorded.
        `durable=False` lets the disk's guarantees be off: for tests and throw-away sandboxes.
        """

        async def connect() -> Connection:
            return await _connected(dsn)

        try:
            first = await connect()
        except OperationalError as error:
            raise Unusable(
                "ledger-unreachable",
                "the ledger's database",
                f"does not let the service in: {str(error).strip().splitlines()[-1]}",
                "See whether PostgreSQL runs; on a new database run kringboek migrate,"
                " and on a new data folder kringboek serve, first",
            ) from error
        async with first as connection:
            await refuse_settings(connection, durable=durable)
            origin, sandbox = await _origin(connection)
        pool = AsyncConnectionPool[Connection](
            _as_session(dsn),
            kwargs={"autocommit": True},
            min_size=1,
            max_size=READERS,
            timeout=PATIENCE,
            open=False,
        )
        await pool.open()
        queue = AppendQueue(connect, mapper, sandbox=sandbox)
        queue.start()
        return cls(pool, queue, mapper, origin=origin, sandbox=sandbox)

    async def close(self) -> None:
        """Store what was handed in, and let go of every connection."""
        await self._queue.close()
        await self._pool.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def append(self, append: Append, *, clock: Instant | None = None) -> Appended:
        if clock is not None and not self.sandbox:
            raise ValueError(f"{self.origin} is no sandbox: its append takes no clock")
        appended = await self._queue.append(append, clock)
        return (
            replace(appended, leaves=await self._leaves(appended))
            if appended.repeated
            else appended
        )

    async def answered(self, command: UUID, request: bytes) -> Appended | None:
        rows = await self._rows(
            "SELECT request, first_position, last_position, version, recorded_at"
            " FROM ledger.command WHERE command = %s",
            [command],
        )
        if not rows:
            return None
        stored_request, first, last, version, recorded_at = rows[0]
        if stored_request != request:
            raise CommandReused(f"command {command} was given before, for another request")
        appended = Appended(
            first_position=first,
            last_position=last,
            version=version,
            recorded_at=recorded_at,
            repeated=True,
            leaves=(),
        )
        return replace(appended, leaves=await self._leaves(appended))

    async def _leaves(self, appended: Appended) -> tuple[bytes, ...]:
        """Of a command that was stored before; for a new one they are made without a question."""
        rows = await self._rows(
            "SELECT leaf FROM ledger.event WHERE position BETWEEN %s AND %s ORDER BY position",
            [appended.first_position, appended.last_position],
        )
        return tuple(leaf for (leaf,) in rows)

    async def load(
        self, stream: UUID, *, up_to: int | None = None, from_version: int = 1
    ) -> Sequence[Recorded[Fact]]:
        query = "WHERE stream = %s AND version >= %s"
        arguments: list[Any] = [stream, from_version]
        if up_to is not None:
            query += " AND position <= %s"
            arguments.append(up_to)
        query += " ORDER BY version"
        return self._recorded(await self._rows(_OF_A_STREAM + query, arguments), of=stream)

    async def facts(self, stream: UUID) -> Sequence[Fact]:
        rows = await self._rows(
            "SELECT name, name_version, body FROM ledger.event WHERE stream = %s ORDER BY version",
            [stream],
        )
        readers = self._mapper.readers
        try:
            return [readers[name, form](body) for name, form, body in rows]
        except (KeyError, Malformed):
            return [self._mapper.recall(*row) for row in rows]  # Which says what is wrong.

    async def load_many(
        self, streams: Sequence[UUID], *, up_to: int | None = None
    ) -> Sequence[Recorded[Fact]]:
        limit = await self._end(up_to)
        query = "WHERE stream = ANY (%s) AND position <= %s ORDER BY position"
        return self._recorded(await self._rows(_FACTS + query, [list(streams), limit]))

    async def read(
        self, *, after: int = 0, up_to: int | None = None
    ) -> AsyncIterator[Recorded[Fact]]:
        async for page in self.pages(after=after, up_to=up_to):
            for each in page:
                yield each

    async def pages(
        self, *, after: int = 0, up_to: int | None = None
    ) -> AsyncIterator[Sequence[Recorded[Fact]]]:
        async for rows in self._pages_of(_FACTS, after, up_to):
            yield self._recorded(rows)

    async def stored(
        self, *, after: int = 0, up_to: int | None = None
    ) -> AsyncIterator[Sequence[StoredEvent]]:
        async for rows in self._pages_of(_ROWS, after, up_to):
            yield [StoredEvent._make(row) for row in rows]

    async def entries(
        self, *, after: int, up_to: int
    ) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        async for rows in self._pages_of(_ENTRIES, after, up_to):
            yield [(position, entry) for position, entry in rows]

    async def leaves(self, *, after: int, up_to: int) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        async for rows in self._pages_of(_LEAVES, after, up_to):
            yield [(position, leaf) for position, leaf in rows]

    async def stored_of(
        self, stream: UUID, *, after: int, up_to: int, most: int
    ) -> Sequence[StoredEvent]:
        """The rows of one stream between two positions, in order, at most `most`."""
        rows = await self._rows(
            f"{_ROWS}WHERE stream = %s AND position > %s"
            " AND position <= %s ORDER BY version LIMIT %s",
            [stream, after, up_to, most],
        )
        return [StoredEvent._make(row) for row in rows]

    async def stored_at(self, positions: Sequence[int]) -> Sequence[StoredEvent]:
        query = f"{_ROWS}WHERE position = ANY (%s) ORDER BY position"
        return [StoredEvent._make(row) for row in await self._rows(query, [list(positions)])]

    async def head(self) -> tuple[int, Instant | None]:
        rows = await self._rows(
            "SELECT position, recorded_at FROM ledger.event ORDER BY position DESC LIMIT 1"
        )
        return (rows[0][0], rows[0][1]) if rows else (0, None)

    async def recorded_at(self, position: int) -> Instant:
        rows = await self._rows(
            "SELECT recorded_at FROM ledger.event WHERE position = %s", [position]
        )
        if not rows:
            raise LookupError(f"there is no position {position}")
        instant: Instant = rows[0][0]
        return instant

    async def position_at(self, instant: Instant) -> int:
        rows = await self._rows("SELECT ledger.position_at(%s)", [instant])
        position: int = rows[0][0]
        return position

    async def _rows(self, query: str, arguments: Sequence[Any] = ()) -> list[TupleRow]:
        """What PostgreSQL answers. After a restart every pooled connection may be dead: try again.

        Raises `LedgerUnavailable`.
        """
        last: OperationalError | None = None
        for _ in range(READERS + 1):
            try:
                async with self._pool.connection() as connection:
                    cursor = connection.cursor(binary=True)
                    await cursor.execute(query.encode(), arguments, prepare=True)
                    return await cursor.fetchall()
            except PoolTimeout as error:
                raise LedgerUnavailable("no connection to PostgreSQL came free in time") from error
            except OperationalError as error:
                last = error
        raise LedgerUnavailable(f"PostgreSQL does not answer: {last}") from last

    async def _pages_of(
        self, rows_of: str, after: int, up_to: int | None
    ) -> AsyncIterator[list[TupleRow]]:
        """Pages up to `up_to`, or to the head of this moment.

        A gap in the positions is passed over, for the audit to name.
        """
        end = await self._end(up_to)
        while after < end:
            rows = await self._rows(rows_of + _PAGE, [after, end])
            if not rows:
                return
            yield rows
            after = rows[-1][0]

    async def _end(self, up_to: int | None) -> int:
        return (await self.head())[0] if up_to is None else up_to

    def _recorded(self, rows: Sequence[TupleRow], of: UUID | None = None) -> list[Recorded[Fact]]:
        """What the rows say; `of` is their stream where they do not say it themselves."""
        readers, new = self._mapper.readers, object.__new__
        recorded: list[Recorded[Fact]] = []
        try:
            for position, stream, version, name, form, body, recorded_at, actor, command in rows:
                each = new(Recorded)
                # What Recorded(...) does, without its price: setting frozen fields one by one
                # takes a third of the time of reading an event.
                columns = each.__dict__
                columns["fact"] = readers[name, form](body)
                columns["position"] = position
                columns["stream"] = of or stream
                columns["version"] = version
                columns["recorded_at"] = recorded_at
                columns["actor"] = actor
                columns["command"] = command
                recorded.append(each)
        except (KeyError, Malformed):
            self._mapper.recall(name, form, body)  # Which says what is wrong.
            raise
        return recorded


def _as_session(dsn: str) -> str:
    """`dsn`, with instants in UTC, and with plans that go by an index.

    A plan that was made while the ledger was small would go on reading it whole.
    """
    options = conninfo_to_dict(dsn).get("options") or ""
    options = f"{options} -c timezone=UTC -c enable_seqscan=off"
    return make_conninfo(dsn, options=options.strip())


async def _connected(dsn: str) -> Connection:
    connection = await AsyncConnection.connect(_as_session(dsn), autocommit=True)
    packed_arrays.register(connection)
    return connection


async def _origin(connection: Connection) -> tuple[str, bool]:
    found = await connection.execute("SELECT to_regclass('ledger.origin')")
    if await found.fetchone() == (None,):
        raise Unusable(
            "ledger-missing", connection.info.dbname, "has no ledger", "Run: kringboek migrate"
        )
    rows = await connection.execute("SELECT origin, sandbox, entry_format FROM ledger.origin")
    origin, sandbox, entry_format = await rows.fetchone() or ("", False, 0)
    if entry_format != FORMAT:
        raise Unusable(
            "ledger-entry-format", origin,
            f"writes entries of format {entry_format}, and this build writes {FORMAT}",
            "Run the build that fits, or migrate",
        )  # fmt: skip
    return origin, sandbox
