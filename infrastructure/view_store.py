"""Reading views as of any position: `application.views.asking.Views` on PostgreSQL.

Now is not special: it is the newest position that the view holds. What was asked as of then and
what is asked as of now are one query over one index, so time travel costs nothing extra. Each
question is one statement, hence one snapshot, also while a rebuilt view is swapped in.
"""

import asyncio
from collections.abc import Sequence
from time import monotonic
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from application.views.asking import (
    MOST_ENTRIES,
    Answer,
    Answers,
    Entry,
    Health,
    Page,
    Place,
    Version,
    ViewBehind,
    ViewNotBuilt,
)
from application.views.view import Key, Row, Shelf, View, branch_start

Pool = AsyncConnectionPool[AsyncConnection[TupleRow]]

_LOOK_EVERY = 0.004
"""Seconds between two looks at how far the views are, by all who wait in this process together."""

_AFTER_SLASH = "0"
"""The character after `/`: every key of a branch sorts before it, byte by byte."""

# The generation that readers see, and the position as of which it is asked.
_LIVE = """
WITH live AS (
    SELECT g.id, g.position, least(%(as_of)s::bigint, g.position) AS as_of
    FROM views.live l JOIN views.generation g ON g.id = l.generation
    WHERE l.view = %(view)s AND l.edition = %(edition)s
)
"""

_GET = """
SELECT live.position, live.as_of, v.key, v.born, v.valid_from, v.row
FROM live LEFT JOIN unnest(%(keys)s::text[]) AS a (key) ON true
LEFT JOIN LATERAL (
    SELECT v.key, v.born, v.valid_from, v.row FROM views.version v
    WHERE v.generation = live.id AND v.key = a.key AND v.valid_from <= live.as_of
    ORDER BY v.valid_from DESC LIMIT 1
) v ON true
"""

_SHELF = """
SELECT live.position, live.as_of, page.key, page.born, page.valid_from, page.row
FROM live LEFT JOIN LATERAL (
    SELECT s.key, s.born, v.valid_from, v.row FROM (
        SELECT s.born, s.key FROM views.shelf s
        WHERE s.generation = live.id AND s.shelf = %(shelf)s
          AND (s.born, s.key) > (%(born)s, %(key)s) AND s.born <= live.as_of
          AND s.since <= live.as_of AND (s.until IS NULL OR s.until > live.as_of)
        ORDER BY s.born, s.key LIMIT %(limit)s
    ) s CROSS JOIN LATERAL (
        SELECT v.valid_from, v.row FROM views.version v
        WHERE v.generation = live.id AND v.key = s.key AND v.valid_from <= live.as_of
        ORDER BY v.valid_from DESC LIMIT 1
    ) v
) page ON true
ORDER BY page.born, page.key
"""
_BRANCH = """
SELECT live.position, live.as_of, page.key, page.born, page.valid_from, page.row
FROM live LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT DISTINCT ON (v.key) v.key, v.born, v.valid_from, v.row FROM views.version v
        WHERE v.generation = live.id AND v.key > %(key)s AND v.key < %(end)s
          AND v.valid_from <= live.as_of
        ORDER BY v.key, v.valid_from DESC
    ) v
    WHERE v.row IS NOT NULL ORDER BY v.key LIMIT %(limit)s
) page ON true
ORDER BY page.key
"""
_HISTORY = """
SELECT live.position, live.as_of, h.valid_from, h.valid_to, h.row
FROM live LEFT JOIN LATERAL (
    SELECT v.valid_from, v.row, lead(v.valid_from) OVER (ORDER BY v.valid_from) AS valid_to
    FROM views.version v
    WHERE v.generation = live.id AND v.key = %(key)s AND v.valid_from > %(after)s
    ORDER BY v.valid_from LIMIT %(limit)s
) h ON true
ORDER BY h.valid_from
"""

_CHANGES_ON_SHELF = """
SELECT live.position, live.as_of, c.at
FROM live LEFT JOIN LATERAL (
    SELECT DISTINCT c.at FROM views.shelf s CROSS JOIN LATERAL (
        SELECT s.since AS at UNION ALL SELECT s.until
        UNION ALL SELECT v.valid_from FROM views.version v
        WHERE v.generation = live.id AND v.key = s.key AND v.valid_from > s.since
          AND (s.until IS NULL OR v.valid_from < s.until)
    ) c
    WHERE s.generation = live.id AND s.shelf = %(shelf)s
      AND c.at > %(after)s AND c.at <= live.as_of
    ORDER BY c.at {order} LIMIT %(limit)s
) c ON true
"""
_CHANGES_IN_BRANCH = """
SELECT live.position, live.as_of, c.at
FROM live LEFT JOIN LATERAL (
    SELECT DISTINCT v.valid_from AS at FROM views.version v
    WHERE v.generation = live.id AND v.key > %(key)s AND v.key < %(end)s
      AND v.valid_from > %(after)s AND v.valid_from <= live.as_of
    ORDER BY v.valid_from {order} LIMIT %(limit)s
) c ON true
"""


class ViewStore:
    """Keeps nothing but `pool`, whose user may read schema views. A replica's will do."""

    def __init__(self, pool: Pool, views: Sequence[View[Any]]) -> None:
        self._pool = pool
        self._views = tuple(views)
        self._looking = asyncio.Lock()
        self._looked_at = 0.0
        self._seen: tuple[Health, ...] = ()

    async def get(self, view: View[Row], key: Key, *, as_of: int | None = None) -> Answer[Row]:
        """The row under a key."""
        answers = await self.get_many(view, [key], as_of=as_of)
        return Answer(position=answers.position, entry=answers.entries.get(key))

    async def get_many(
        self, view: View[Row], keys: Sequence[Key], *, as_of: int | None = None
    ) -> Answers[Row]:
        """The rows under several keys, at most `MOST_ENTRIES`."""
        _require_few(len(keys))
        position, rows = await self._ask(_GET, view, as_of, {"keys": list(keys)})
        entries = [_entry(view, *row) for row in rows if row[-1] is not None]
        return Answers(position=position, entries={each.key: each for each in entries})

    async def page(
        self,
        view: View[Row],
        shelf: Shelf,
        *,
        as_of: int | None = None,
        after: Place | None = None,
        limit: int = 100,
    ) -> Page[Row]:
        """The rows of a shelf or a branch, each in its own order."""
        _require_few(limit)
        born, key = (after.born, after.key) if after else (0, "")
        start = branch_start(shelf)
        if start is None:
            where = {"shelf": shelf, "born": born, "key": key, "limit": limit + 1}
            position, rows = await self._ask(_SHELF, view, as_of, where)
        else:
            end = start[:-1] + _AFTER_SLASH
            where = {"key": max(start, key), "end": end, "limit": limit + 1}
            position, rows = await self._ask(_BRANCH, view, as_of, where)
        entries = tuple(_entry(view, *row) for row in rows[:limit] if row[0] is not None)
        more = len(rows) > limit
        return Page(position=position, entries=entries, next=entries[-1].place if more else None)

    async def history(
        self, view: View[Row], key: Key, *, after: int = 0, limit: int = 100
    ) -> tuple[Version[Row], ...]:
        """The versions of a row, oldest first."""
        _require_few(limit)
        where = {"key": key, "after": after, "limit": limit + 1}
        _, rows = await self._ask(_HISTORY, view, None, where)
        return tuple(
            Version(
                valid_from=valid_from,
                valid_to=valid_to,
                row=None if body is None else view.form.recall(body),
            )
            for valid_from, valid_to, body in rows[:limit]
            if valid_from is not None
        )

    async def changes(
        self,
        view: View[Any],
        shelf: Shelf,
        *,
        after: int = 0,
        up_to: int | None = None,
        newest: bool = False,
        limit: int = 100,
    ) -> tuple[int, ...]:
        """The positions at which a shelf or a branch changed; the price grows with its rows."""
        _require_few(limit)
        start = branch_start(shelf)
        query = _CHANGES_ON_SHELF if start is None else _CHANGES_IN_BRANCH
        where: dict[str, Any] = {"after": after, "limit": limit}
        if start is None:
            where["shelf"] = shelf
        else:
            where |= {"key": start, "end": start[:-1] + _AFTER_SLASH}
        ordered = query.format(order="DESC" if newest else "ASC")
        _, rows = await self._ask(ordered, view, up_to, where)
        return tuple(sorted(at for (at,) in rows if at is not None))

    async def position(self, *views: View[Any]) -> int:
        """What all of them hold."""
        wanted = views or self._views
        found = {(each.view, each.edition): each for each in await self.health()}
        for view in wanted:
            if (view.name, view.edition) not in found:
                raise ViewNotBuilt(view.name)
        return min(found[each.name, each.edition].position for each in wanted)

    async def wait_for(self, position: int, *views: View[Any], within: float) -> bool:
        """Look until they are there, one has failed, or time is up."""
        wanted = {(each.name, each.edition) for each in views or self._views}
        until = monotonic() + within
        asked_at = 0.0
        while True:
            found = [
                each for each in await self._look(asked_at) if (each.view, each.edition) in wanted
            ]
            if len(found) == len(wanted) and all(each.position >= position for each in found):
                return True
            if any(each.failure for each in found) or monotonic() >= until:
                return False
            asked_at = monotonic()

    async def health(self) -> tuple[Health, ...]:
        """The live generations of the views of this build."""
        known = {(each.name, each.edition) for each in self._views}
        async with self._pool.connection() as connection:
            rows = await connection.execute(
                "SELECT g.view, g.edition, g.position, g.failed_at, g.failure FROM views.live l"
                " JOIN views.generation g ON g.id = l.generation ORDER BY g.view, g.edition"
            )
            return tuple(
                Health(view=view, edition=edition, position=at, failed_at=failed, failure=why)
                for view, edition, at, failed, why in await rows.fetchall()
                if (view, edition) in known
            )

    async def _look(self, since: float) -> tuple[Health, ...]:
        """How far the views are, seen no earlier than `since`.

        However many wait, one looks, so that a thousand waiting readers are no thousand queries.
        """
        async with self._looking:
            if self._looked_at <= since:
                await asyncio.sleep(max(0.0, self._looked_at + _LOOK_EVERY - monotonic()))
                looked_at = monotonic()
                self._seen = await self.health()
                self._looked_at = looked_at
            return self._seen

    async def _ask(
        self, query: str, view: View[Any], as_of: int | None, where: dict[str, Any]
    ) -> tuple[int, list[TupleRow]]:
        """The position as of which was answered, and the rows that came with it."""
        named = {"view": view.name, "edition": view.edition, "as_of": as_of}
        async with self._pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute((_LIVE + query).encode(), named | where)
            rows = await cursor.fetchall()
        if not rows:
            raise ViewNotBuilt(view.name)
        position, answered = rows[0][:2]
        if as_of is not None and as_of > position:
            raise ViewBehind(view.name, as_of, position)
        return answered, [row[2:] for row in rows]


def _entry(view: View[Row], key: str, born: int, valid_from: int, body: bytes) -> Entry[Row]:
    return Entry(key=Key(key), row=view.form.recall(body), born=born, valid_from=valid_from)


def _require_few(asked: int) -> None:
    if not 0 <= asked <= MOST_ENTRIES:
        raise ValueError(f"{asked} entries were asked for; {MOST_ENTRIES} is the most")
