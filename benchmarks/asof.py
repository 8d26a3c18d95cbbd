"""Reading registers as of an earlier position, against reading them as of now.

Target: within 1.5 times, at 10 thousand and at a million events. Also printed: the same page from a
plain table of today's rows only, which cannot travel at all, so that "now" is seen not to be slow.

    python -m benchmarks.asof --events 10000 1000000
"""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from application.views import disclosures, organisations, projects, timeline
from application.views.asking import Page
from application.views.catalogue import VIEWS
from application.views.view import EVERYTHING, Key, Shelf, View, branch_start
from benchmarks.ratios import Ratio
from benchmarks.rebuild import prepared, rebuilt
from domain.member.organisation import OrganisationKind
from infrastructure import embedded_postgres
from infrastructure.embedded_postgres import Cluster
from infrastructure.view_store import Pool, ViewStore

TARGET = 1.5
LIMIT = 100
SIZES = (10_000, 100_000)
EACH_ROUND = 30
THEN = (0.5, 0.9)
"""Which share of the history was there, as of then."""


@dataclass(frozen=True)
class Question:
    name: str
    view: View[Any]
    shelf: Shelf


async def questions(views: ViewStore) -> list[Question]:
    """Pages that are asked for, about something from the middle of the history."""
    page = await views.page(projects.view, EVERYTHING, limit=1000)
    project = page.entries[len(page.entries) // 3].row
    firms = organisations.of_kind(OrganisationKind.CONTRACTOR)
    firm = (await views.page(organisations.view, firms, limit=1)).entries[0].row
    return [
        Question(
            "projects of an authority", projects.view, projects.of_authority(project.authority)
        ),
        Question("all projects", projects.view, EVERYTHING),
        Question("contractors", organisations.view, firms),
        Question("timeline of a project", timeline.view, timeline.of(project.project)),
        Question("timeline of a contractor", timeline.view, timeline.of(firm.member)),
        Question(
            "disclosures of a project", disclosures.view, disclosures.of_project(project.project)
        ),
    ]


async def plain_table(connection: AsyncConnection) -> None:
    """Today's rows and nothing else, under the index that a page wants."""
    await connection.execute(
        "CREATE TABLE plain AS"
        " SELECT l.view, s.shelf, s.born, v.key, v.row FROM views.live l"
        " JOIN views.shelf s ON s.generation = l.generation AND s.until IS NULL"
        " JOIN LATERAL (SELECT key, row FROM views.version v WHERE v.generation = l.generation"
        "  AND v.key = s.key ORDER BY valid_from DESC LIMIT 1) v ON true"
    )
    await connection.execute(
        "INSERT INTO plain SELECT 'disclosures', '', 0, key, row FROM views.version"
        " WHERE generation = (SELECT generation FROM views.live WHERE view = 'disclosures')"
    )
    await connection.execute("CREATE INDEX ON plain (view, shelf, born, key)")
    await connection.execute("GRANT SELECT ON plain TO kringboek_service")
    await connection.execute("ANALYZE plain")


async def plainly(pool: Pool, question: Question) -> int:
    """The page as a house without time travel would read it; how many rows."""
    start = branch_start(question.shelf)
    bounds, where = (
        ("shelf = %s AND (born, key) > (0, '')", [question.shelf])
        if start is None
        else ("shelf = '' AND born = 0 AND key > %s AND key < %s", [start, start[:-1] + "0"])
    )
    async with pool.connection() as connection:
        cursor = connection.cursor(binary=True)
        await cursor.execute(
            f"SELECT key, born, row FROM plain WHERE view = %s AND {bounds}"  # noqa: S608 - ours
            f" ORDER BY born, key LIMIT {LIMIT}".encode(),
            [question.view.name, *where],
        )
        rows = await cursor.fetchall()
    return len([(Key(key), question.view.form.recall(row), born) for key, born, row in rows])


async def timed(ask: Callable[[], Awaitable[Any]]) -> float:
    """The median in milliseconds of some askings, one after the other."""
    times = []
    for _ in range(EACH_ROUND):
        started = perf_counter()
        await ask()
        times.append(1000 * (perf_counter() - started))
    return median(times)


async def measure(cluster: Cluster, rounds: int, sizes: Sequence[int] = SIZES) -> list[Ratio]:
    found: list[Ratio] = []
    for events in sizes:
        name = f"bench_asof_{events}"
        await prepared(cluster, name, events)
        rebuilt(cluster, name)
        async with await AsyncConnection.connect(cluster.dsn(name), autocommit=True) as connection:
            await plain_table(connection)
        dsn = cluster.dsn(name, "kringboek_service")
        async with AsyncConnectionPool(dsn, min_size=1, max_size=1, open=False) as pool:
            views = ViewStore(pool, VIEWS)
            found += [
                await _compared(views, pool, question, events, rounds)
                for question in await questions(views)
            ]
    return found


async def _compared(
    views: ViewStore, pool: Pool, question: Question, events: int, rounds: int
) -> Ratio:
    """The slowest of the earlier positions, against now."""

    async def page(as_of: int | None) -> Page[Any]:
        return await views.page(question.view, question.shelf, as_of=as_of, limit=LIMIT)

    then = [int(events * share) for share in THEN]
    asks: dict[str, Callable[[], Awaitable[Any]]] = {
        f"plain ms ({await plainly(pool, question)} rows)": partial(plainly, pool, question),
        f"now ms ({len((await page(None)).entries)} rows)": partial(page, None),
    }
    for share, at in zip(THEN, then, strict=True):
        asks[f"at {share:.0%} ms ({len((await page(at)).entries)} rows)"] = partial(page, at)
    taken: dict[str, list[float]] = {each: [] for each in asks}
    for _ in range(rounds):
        for each, ask in asks.items():
            taken[each].append(await timed(ask))
    _, now, *earlier = taken.values()
    ratios = [max(times) / at_once for at_once, *times in zip(now, *earlier, strict=True)]
    return Ratio(
        row=f"asOf / now, {question.name}, {events} events",
        target=TARGET,
        ratios=ratios,
        rates=taken,
        at_most=True,
    )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--events", type=int, nargs="+", default=SIZES)
    words.add_argument("--rounds", type=int, default=5)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="kringboek-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with embedded_postgres.start(folder / "cluster") as cluster:
            for each in asyncio.run(measure(cluster, given.rounds, given.events)):
                print(each)


if __name__ == "__main__":
    main()
