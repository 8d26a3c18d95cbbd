"""Every view built anew beside the live one, compared with it row by row, and thrown away.

Readers see nothing of it. While it goes on nobody else builds, and followers follow.
"""

from collections.abc import Sequence
from typing import Any, LiteralString

from psycopg import AsyncConnection

from application.doctor.observed import ViewRows
from application.ports import WholeLedger
from application.views.view import View
from infrastructure.view_batch import Kept, NewestRows
from infrastructure.view_intake import take_in
from infrastructure.view_writer import ViewWriter

MOST_WRONG = 20
"""Rows of one view that are named."""
_ROWS_IN_MEMORY = 20_000
_VERSIONS: LiteralString = """
WITH live AS (SELECT key, valid_from, born, row FROM views.version
        WHERE generation = %(live)s AND valid_from <= %(to)s),
    fresh AS (SELECT key, valid_from, born, row FROM views.version WHERE generation = %(fresh)s)
SELECT coalesce(l.key, f.key), coalesce(l.valid_from, f.valid_from)
FROM live l FULL JOIN fresh f ON f.key = l.key AND f.valid_from = l.valid_from
WHERE l.key IS NULL OR f.key IS NULL OR l.born <> f.born OR l.row IS DISTINCT FROM f.row
ORDER BY 2, 1 LIMIT %(most)s
"""
_SHELVES: LiteralString = """
WITH live AS (SELECT shelf, born, key, since, CASE WHEN until <= %(to)s THEN until END AS until
        FROM views.shelf WHERE generation = %(live)s AND since <= %(to)s),
    fresh AS (SELECT shelf, born, key, since, until FROM views.shelf WHERE generation = %(fresh)s)
SELECT key, since FROM ((TABLE live EXCEPT TABLE fresh) UNION (TABLE fresh EXCEPT TABLE live)) d
ORDER BY 2, 1 LIMIT %(most)s
"""


async def compared_views(
    dsn: str, ledger: WholeLedger, views: Sequence[View[Any]]
) -> Sequence[ViewRows]:
    """Up to the position that all live ones have reached; a view that was never built is left out."""
    async with ViewWriter.writing(dsn) as writer, writer.building():
        live = {each.view: each for each in await writer.live(views)}
        to = min((each.position for each in live.values()), default=0)
        fresh = [await writer.begin(view) for view in live]
        try:
            rows = NewestRows(_ROWS_IN_MEMORY)
            for each in fresh:
                rows.began(each.generation)
            await take_in(ledger, writer, fresh, rows, to=to)
            async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
                return [await _compared(connection, live[each.view], each, to) for each in fresh]
        finally:
            await _forget(dsn, [each.generation for each in fresh])


async def _forget(dsn: str, generations: list[int]) -> None:
    """A kill before this leaves rows that nobody reads, and that the next rebuild removes."""
    async with await AsyncConnection.connect(dsn) as connection:
        await connection.execute("SET LOCAL ROLE kringboek_views")
        await connection.execute(
            "DELETE FROM views.version WHERE generation = ANY (%s)", [generations]
        )
        await connection.execute(
            "DELETE FROM views.shelf WHERE generation = ANY (%s)", [generations]
        )
        await connection.execute("DELETE FROM views.generation WHERE id = ANY (%s)", [generations])


async def _compared(connection: AsyncConnection[Any], live: Kept, fresh: Kept, to: int) -> ViewRows:
    asked = {
        "live": live.generation, "fresh": fresh.generation, "to": to, "most": MOST_WRONG,
    }  # fmt: skip
    rows = await connection.execute(
        "SELECT count(*) FROM views.version WHERE generation = %(fresh)s", asked
    )
    (count,) = await rows.fetchone() or (0,)
    versions = await (await connection.execute(_VERSIONS, asked)).fetchall()
    shelves = await (await connection.execute(_SHELVES, asked)).fetchall()
    wrong = [f"the row {key} as of position {valid_from}" for key, valid_from in versions]
    wrong += [f"where {key} stands since position {since}" for key, since in shelves]
    return ViewRows(view=fresh.view.name, compared=count, wrong=wrong)
