"""When a shelf changed: at every position where it reads otherwise, and at no other."""

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from application.views.catalogue import VIEWS
from application.views.view import Shelf, View
from domain.record import Recorded
from domain.terms import Fact
from tests.any_facts import histories
from tests.conftest import Database
from tests.fresh_fold import ever, fresh_fold, on_shelf
from tests.infrastructure.test_view_store import ALL_FACTS, empty, follower, reading, some


@settings(some, max_examples=6)
@given(histories(ALL_FACTS, least=20, most=40), st.data())
def test_a_shelf_changed_where_it_reads_otherwise(
    database: Database, told: list[Recorded[Fact]], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(VIEWS), min_size=4, max_size=6))
    after = data.draw(st.integers(0, len(told)))
    up_to = data.draw(st.integers(after, len(told)))

    async def holds() -> None:
        await follower(database, told).catch_up()
        async with reading(database) as views:
            for view in chosen:
                for shelf in sorted(ever(view, told)[1])[:6]:
                    expected = changes(view, shelf, told, after, up_to)
                    found = await views.changes(view, shelf, after=after, up_to=up_to)
                    assert list(found) == expected[:100], (view.name, shelf)
                    newest = await views.changes(
                        view, shelf, after=after, up_to=up_to, newest=True, limit=2
                    )
                    assert list(newest) == expected[-2:]

    empty(database)
    asyncio.run(holds())


def changes(
    view: View[Any], shelf: Shelf, told: list[Recorded[Fact]], after: int, up_to: int
) -> list[int]:
    states = [on_shelf(view, fresh_fold(view, told, as_of=at), shelf) for at in range(up_to + 1)]
    return [at for at in range(after + 1, up_to + 1) if states[at] != states[at - 1]]
