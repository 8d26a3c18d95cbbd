"""The ledger's rows for the audit, read as raw bytes: what `LedgerRows` promises, on PostgreSQL.

A page is one answer of one row: PostgreSQL joins each column of some thousand rows to one value, so
that neither the driver nor Python makes an object per value. It computes nothing that the audit
then believes.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

from psycopg import AsyncConnection, OperationalError

from application.auditing.reading import CommandFault, Page, Row
from application.ports import LedgerUnavailable

_FIRST = -(2**63)
_LAST = 2**63 - 1
_PAGE: LiteralString = """
SELECT bool_and(e IS NOT NULL AND octet_length(salt) = 32 AND octet_length(policy) = 32
        AND octet_length(leaf) = 32 AND octet_length(entry) < 65536),
    min(position), max(position), count(*),
    string_agg(int8send(position), ''),
    string_agg(int4send(version), ''),
    string_agg(int4send(name_version), ''),
    string_agg(timestamptz_send(recorded_at), ''),
    string_agg(int4send(octet_length(body)), ''),
    string_agg(stream::text, ','),
    string_agg(actor::text, ','),
    string_agg(command::text, ','),
    string_agg(name, ','),
    string_agg(policy, ''),
    string_agg(salt || body, ''),
    string_agg(int4send(octet_length(entry)), ''),
    string_agg(entry, ''),
    string_agg(leaf, '')
FROM (
    SELECT position, stream, version, name, name_version, body, salt, recorded_at, actor, command,
        policy, entry, leaf
    FROM ledger.event WHERE position >= %s AND position <= %s
    ORDER BY position FETCH FIRST 512 ROWS WITH TIES
) e
"""
"""Two tiles at once, some half a megabyte: from 1024 rows on, both sides spend a third more on memory.
Ties: a table without its key can say a position twice."""

_ROWS: LiteralString = """
SELECT position, stream::text, version, name, name_version, body, salt,
    timestamptz_send(recorded_at), actor::text, command::text, policy, entry, leaf
FROM ledger.event WHERE position >= %s AND position <= %s ORDER BY position
"""

_LAST_POSITION: LiteralString = """
SELECT coalesce(max(position), 0) FROM ledger.event
WHERE position <= pg_relation_size('ledger.event') / 128
"""
"""A row takes more than 128 bytes: a position beyond that is one that somebody wrote there."""

_FITS: LiteralString = """
(c.stream = e.stream AND c.recorded_at = e.recorded_at
    AND e.position BETWEEN c.first_position AND c.last_position
    AND e.version = c.version - (c.last_position - e.position))
"""
_ALL_FIT: LiteralString = f"""
SELECT (SELECT count(*) FROM ledger.event e LEFT JOIN ledger.command c ON c.command = e.command
        WHERE {_FITS} IS NOT TRUE) = 0
    AND (SELECT coalesce(sum(last_position - first_position + 1), 0) FROM ledger.command)
        = (SELECT count(*) FROM ledger.event)
    AND NOT EXISTS (SELECT FROM ledger.command WHERE last_position < first_position - 1)
"""  # noqa: S608 - our own words
"""Every event is in its command's range, and the ranges together are as long as the ledger."""
_EVENTS_WITHOUT_COMMAND: LiteralString = f"""
SELECT e.position, c.command IS NULL FROM ledger.event e
LEFT JOIN ledger.command c ON c.command = e.command
WHERE {_FITS} IS NOT TRUE ORDER BY e.position LIMIT %s
"""  # noqa: S608 - our own words
_COMMANDS_WITHOUT_EVENT: LiteralString = """
SELECT c.first_position, c.command::text FROM ledger.command c
LEFT JOIN ledger.event f ON f.position = c.first_position AND f.command = c.command
LEFT JOIN ledger.event l ON l.position = c.last_position AND l.command = c.command
WHERE CASE WHEN c.last_position >= c.first_position
    THEN f.position IS NULL OR l.position IS NULL
    ELSE c.last_position <> c.first_position - 1 END IS NOT FALSE
ORDER BY c.first_position LIMIT %s
"""


class AuditRows:
    """On one connection that may read the ledger. Make it with `audit_rows`."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection

    async def pages(self, after: int | None, up_to: int | None) -> AsyncIterator[Page]:
        first = _FIRST if after is None else after + 1
        last = _LAST if up_to is None else up_to
        cursor = self._connection.cursor(binary=True)
        while first <= last:
            await cursor.execute(_PAGE, [first, last], prepare=True)
            found = await cursor.fetchone()
            if found is None or found[3] == 0:
                return
            # Where a column is not regular its value may be lacking, and nobody looks at it.
            page = Page._make(found)
            yield page
            first = page.last + 1

    async def rows(self, first: int, last: int) -> Sequence[Row]:
        cursor = self._connection.cursor(binary=True)
        await cursor.execute(_ROWS, [first, last])
        return [Row._make((*row[:7], _signed(row[7]), *row[8:])) for row in await cursor.fetchall()]

    async def last(self) -> int:
        found = await self._connection.execute(_LAST_POSITION)
        (last,) = await found.fetchone() or (0,)
        return int(last)

    async def command_faults(self, most: int) -> Sequence[CommandFault]:
        # One pass over both tables, by as many workers as PostgreSQL has.
        await self._connection.execute("SET enable_seqscan = on")
        await self._connection.execute("SET work_mem = '64MB'")
        found = await self._connection.execute(_ALL_FIT)
        if await found.fetchone() == (True,):
            return []
        faults = []
        found = await self._connection.execute(_EVENTS_WITHOUT_COMMAND, [most])
        for position, missing in await found.fetchall():
            why = (
                "its command has no row"
                if missing
                else "the row of its command does not say what this event says"
            )
            faults.append(CommandFault(position, missing, why))
        found = await self._connection.execute(_COMMANDS_WITHOUT_EVENT, [most - len(faults)])
        for position, command in await found.fetchall():
            why = f"command {command} says that it recorded events, and they are not all there"
            faults.append(CommandFault(position, missing=True, why=why))
        return faults


@asynccontextmanager
async def audit_rows(dsn: str) -> AsyncIterator[AuditRows]:
    """The rows of the ledger in `dsn`, on a connection of its own. Raises `LedgerUnavailable`."""
    options = "-c timezone=UTC -c enable_seqscan=off -c jit=off"
    try:
        async with await AsyncConnection.connect(
            dsn, autocommit=True, options=options
        ) as connection:
            yield AuditRows(connection)
    except OperationalError as error:
        raise LedgerUnavailable(f"PostgreSQL does not answer: {str(error).strip()}") from error


def _signed(sent: bytes | None) -> int | None:
    return None if sent is None else int.from_bytes(sent, "big", signed=True)
