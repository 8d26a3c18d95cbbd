"""The writing side of views: who leads which view, its generations, and batches of rows.

A writer is one connection, and what it leads, it leads for as long as that connection lives: the
leadership is a session lock, which PostgreSQL drops with the session of a process that died. A
batch first moves the position of its generations from where the writer saw them. Somebody who wrote
meanwhile makes that fail, so no event is ever taken in twice.
"""

import struct
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self
from zlib import crc32

from psycopg import AsyncConnection

from application.views.view import Key, View
from infrastructure.view_batch import NOTHING, Changes, Kept, Move, Newest, Slot, Standing

_LEADERS = 5310722
"""The class of the advisory locks of views; the second number is that of an edition."""
_BUILDER, _TAKING = 0, 1
_RESERVED = 2


class LostLead(Exception):
    """Somebody else wrote to a generation that this writer led. Nothing was stored."""


class ViewWriter:
    """Made by `writing`. Not for two tasks at once."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection
        self._led: set[View[Any]] = set()

    @classmethod
    @asynccontextmanager
    async def writing(cls, dsn: str) -> AsyncIterator[Self]:
        """A writer whose leads end with the block.

        What it commits may be lost when the server loses its power, together with the position up
        to which it was made, and is then made again.
        """
        async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
            await connection.execute("SET ROLE kringboek_views")
            await connection.execute("SET synchronous_commit = off")
            yield cls(connection)

    # ------------------------------------------------------------------------------ leadership

    async def lead(self, views: Iterable[View[Any]]) -> frozenset[View[Any]]:
        """Take the lead of those that nobody leads; all that this writer leads come back.

        Of followers that start together one takes them all, so that the ledger is read once.
        """
        wanted = {lock_number(each): each for each in views if each not in self._led}
        if wanted:
            async with self._connection.transaction():
                await self._connection.execute(
                    "SELECT pg_advisory_xact_lock(%s, %s)", [_LEADERS, _TAKING]
                )
                rows = await self._connection.execute(
                    "SELECT n FROM unnest(%s::int[]) AS n WHERE pg_try_advisory_lock(%s, n)",
                    [list(wanted), _LEADERS],
                )
                self._led |= {wanted[number] async for (number,) in rows}
        return frozenset(self._led)

    @asynccontextmanager
    async def building(self) -> AsyncIterator[None]:
        """Wait until nobody else builds, and keep others from it."""
        await self._connection.execute("SELECT pg_advisory_lock(%s, %s)", [_LEADERS, _BUILDER])
        try:
            yield
        finally:
            await self._connection.execute(
                "SELECT pg_advisory_unlock(%s, %s)", [_LEADERS, _BUILDER]
            )

    # ----------------------------------------------------------------------------- generations

    async def live(self, views: Iterable[View[Any]]) -> list[Kept]:
        """The live generations of these views; a view that was not built yet has none."""
        known = {(each.name, each.edition): each for each in views}
        rows = await self._connection.execute(
            "SELECT g.view, g.edition, g.id, g.position, g.failed_at, g.failure"
            " FROM views.live l JOIN views.generation g ON g.id = l.generation"
        )
        return [
            Kept(
                view=known[name, edition],
                generation=generation,
                position=position,
                failed_at=failed_at,
                failure=failure,
            )
            async for name, edition, generation, position, failed_at, failure in rows
            if (name, edition) in known
        ]

    async def begin(self, view: View[Any]) -> Kept:
        """A new generation, empty and not live."""
        rows = await self._connection.execute(
            "INSERT INTO views.generation (view, edition) VALUES (%s, %s) RETURNING id",
            [view.name, view.edition],
        )
        (generation,) = await _only(rows)
        return Kept(view=view, generation=generation, position=0)

    async def try_again(self, kept: Kept) -> None:
        """Forget that the view failed: its code may be better now."""
        kept.failed_at = kept.failure = None
        await self._connection.execute(
            "UPDATE views.generation SET failed_at = NULL, failure = NULL WHERE id = %s",
            [kept.generation],
        )

    async def swap_in(self, kept: Kept) -> bool:
        """Make a generation live, unless it is behind the one that is; then return False.

        No reader sees the view go back.
        """
        async with self._connection.transaction():
            rows = await self._connection.execute(
                "SELECT g.position FROM views.live l JOIN views.generation g ON g.id = l.generation"
                " WHERE l.view = %s AND l.edition = %s FOR UPDATE",
                [kept.view.name, kept.view.edition],
            )
            now = await rows.fetchone()
            if now is not None and now[0] > kept.position:
                return False
            await self._connection.execute(
                "INSERT INTO views.live (view, edition, generation) VALUES (%s, %s, %s)"
                " ON CONFLICT (view, edition) DO UPDATE SET generation = EXCLUDED.generation",
                [kept.view.name, kept.view.edition, kept.generation],
            )
        return True

    async def forget_abandoned(self, views: Iterable[View[Any]]) -> None:
        """Remove generations that are not live, and editions of `views` that nobody leads.

        Only for who is `building`: what somebody is building is not live yet.
        """
        names = [each.name for each in views]
        editions = [each.edition for each in views]
        rows = await self._connection.execute(
            "SELECT view, edition FROM views.live WHERE view = ANY(%s)"
            " AND (view, edition) NOT IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
            [names, names, editions],
        )
        for name, edition in await rows.fetchall():
            await self._forget_edition(name, edition)
        async with self._connection.transaction():
            for table in ("version", "shelf"):
                await self._connection.execute(
                    f"DELETE FROM views.{table} WHERE generation IN (SELECT id"  # noqa: S608
                    " FROM views.generation EXCEPT SELECT generation FROM views.live)"
                )
            await self._connection.execute(
                "DELETE FROM views.generation WHERE id NOT IN (SELECT generation FROM views.live)"
            )

    async def _forget_edition(self, name: str, edition: str) -> None:
        async with self._connection.transaction():
            rows = await self._connection.execute(
                "SELECT pg_try_advisory_xact_lock(%s, %s)", [_LEADERS, _number(name, edition)]
            )
            if await _only(rows) == (True,):
                await self._connection.execute(
                    "DELETE FROM views.live WHERE view = %s AND edition = %s", [name, edition]
                )

    async def refresh_statistics(self) -> None:
        await self._connection.execute("ANALYZE views.version, views.shelf")

    # -------------------------------------------------------------------------------- the rows

    async def newest(
        self, slots: set[Slot], by_generation: dict[int, View[Any]]
    ) -> Iterable[tuple[Slot, Newest]]:
        """What the store has under each of `slots`."""
        rows = await self._connection.execute(
            "SELECT a.generation, a.key, v.born, v.row"
            " FROM unnest(%s::int[], %s::text[]) AS a (generation, key)"
            " LEFT JOIN LATERAL (SELECT born, row FROM views.version v"
            "  WHERE v.generation = a.generation AND v.key = a.key"
            "  ORDER BY v.valid_from DESC LIMIT 1) v ON true",
            [[generation for generation, _ in slots], [key for _, key in slots]],
            binary=True,
        )
        return [
            ((generation, Key(key)), _newest(by_generation[generation], born, body))
            async for generation, key, born, body in rows
        ]

    async def write(self, changes: Changes) -> None:
        """Store what a batch came to, and how far each generation is now, all or nothing.

        Raise `LostLead` when one of them is not where it was left.
        """
        async with self._connection.transaction():
            await self._move(changes.moves)
            # Before the stays that begin: a row may come back to a shelf that it leaves here.
            await self._end(changes.ended)
            await self._copy(
                "COPY views.version (generation, key, valid_from, born, row)"
                " FROM STDIN (FORMAT BINARY)",
                _version_rows(changes),
            )
            await self._copy(
                "COPY views.shelf (generation, shelf, born, key, since, until)"
                " FROM STDIN (FORMAT BINARY)",
                _shelf_rows(changes),
            )

    async def _move(self, moves: Sequence[Move]) -> None:
        moved = await self._connection.execute(
            "UPDATE views.generation g"
            " SET position = m.position, failed_at = m.failed_at, failure = m.failure"
            " FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[])"
            "  AS m (id, seen, position, failed_at, failure)"
            " WHERE g.id = m.id AND g.position = m.seen",
            [
                [each.generation for each in moves],
                [each.seen for each in moves],
                [each.position for each in moves],
                [each.failed_at for each in moves],
                [each.failure for each in moves],
            ],
        )
        if moved.rowcount != len(moves):
            raise LostLead

    async def _copy(self, statement: str, rows: list[bytes]) -> None:
        if not rows:
            return
        async with self._connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            await copy.write(b"".join((_HEADER, *rows, _TRAILER)))

    async def _end(self, ended: list[tuple[Standing, int]]) -> None:
        if not ended:
            return
        columns = zip(*((*standing, until) for standing, until in ended), strict=True)
        await self._connection.execute(
            "UPDATE views.shelf s SET until = e.until"
            " FROM unnest(%s::int[], %s::text[], %s::bigint[], %s::text[], %s::bigint[])"
            "  AS e (generation, shelf, born, key, until)"
            " WHERE s.generation = e.generation AND s.shelf = e.shelf AND s.born = e.born"
            "  AND s.key = e.key AND s.until IS NULL",
            [list(column) for column in columns],
        )


def lock_number(view: View[Any]) -> int:
    """The second number of the advisory lock of a view's edition."""
    return _number(view.name, view.edition)


def _number(name: str, edition: str) -> int:
    number = crc32(f"{name} {edition}".encode()) - 2**31
    return number + _RESERVED if 0 <= number < _RESERVED else number


async def _only(rows: Any) -> Any:
    row = await rows.fetchone()
    assert row is not None, "one row was asked for"  # noqa: S101
    return row


def _newest(view: View[Any], born: int | None, body: bytes | None) -> Newest:
    if body is None:
        return NOTHING
    assert born is not None, "born is stored with every version"  # noqa: S101
    row = view.form.recall(body)
    return Newest(row, born, view.shelves(row))


# ------------------------------------------------ PostgreSQL's binary COPY, several times as fast
# as having every value adapted one by one

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = struct.pack("!h", -1)
_NULL = struct.pack("!i", -1)
_FIVE = struct.Struct("!hiii").pack
_SIX = struct.Struct("!hiii").pack
_LENGTH = struct.Struct("!i").pack
_TWO_BIGINTS = struct.Struct("!iqiq").pack
_BIGINT = struct.Struct("!iq").pack


def _version_rows(changes: Changes) -> list[bytes]:
    rows = []
    for generation, key, valid_from, born, body in changes.versions:
        name = key.encode()
        rows.append(
            b"".join(
                (
                    _FIVE(5, 4, generation, len(name)),
                    name,
                    _TWO_BIGINTS(8, valid_from, 8, born),
                    _NULL if body is None else _LENGTH(len(body)) + body,
                )
            )
        )
    return rows


def _shelf_rows(changes: Changes) -> list[bytes]:
    rows = []
    for ((generation, shelf, born, key), since), until in changes.begun.items():
        where, name = shelf.encode(), key.encode()
        rows.append(
            b"".join(
                (
                    _SIX(6, 4, generation, len(where)),
                    where,
                    _BIGINT(8, born) + _LENGTH(len(name)) + name,
                    _BIGINT(8, since),
                    _NULL if until is None else _BIGINT(8, until),
                )
            )
        )
    return rows
