"""Views on PostgreSQL: whatever is asked, as of whatever position, is what a fresh fold gives."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import uuid5

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg_pool import AsyncConnectionPool

from application.views import circle_seats, circles, organisations, projects
from application.views.asking import (
    MOST_ENTRIES,
    Answer,
    Place,
    ViewBehind,
    ViewNotBuilt,
    Views,
)
from application.views.catalogue import VIEWS
from application.views.circles import CircleRow
from application.views.view import Key, Shelf, View
from domain.circle.founding import CircleFounded
from domain.circle.membership import MemberJoined
from domain.member.organisation import LegalForm, MemberRegistered, OrganisationKind
from domain.record import Recorded
from domain.terms import CircleId, Code, Fact, MemberId, ProjectId
from infrastructure.ending import end
from infrastructure.follower import ViewFollower
from infrastructure.view_store import ViewStore
from tests.any_facts import CIRCLES, MEMBERS, PROJECTS, histories, recorded
from tests.conftest import Database
from tests.fresh_fold import ever, fresh_fold, on_shelf
from tests.given import NOW
from tests.thoroughness import examples
from tests.told_ledger import ToldLedger

ALL_FACTS = frozenset[type[Fact]]().union(*(view.facts for view in VIEWS))
SERVICE = "kringboek_service"

some = settings(
    max_examples=examples(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
stories = histories(ALL_FACTS, least=20, most=80)
AUTHORITY = MemberId(MEMBERS[0])
TOLD = recorded(
    (
        CIRCLES[0],
        CircleFounded(
            occurred_at=NOW,
            name="1",
            authority=AUTHORITY,
            municipality_code="gm0363",
            region="Noord",
        ),
    ),
    (CIRCLES[0], MemberJoined(occurred_at=NOW, member=MemberId(MEMBERS[1]))),
)


@asynccontextmanager
async def reading(
    database: Database, views: Sequence[View[Any]] = VIEWS, role: str = SERVICE
) -> AsyncIterator[ViewStore]:
    async with AsyncConnectionPool(database.dsn(role), min_size=1, max_size=2, open=False) as pool:
        yield ViewStore(pool, views)


def follower(
    database: Database,
    told: Sequence[Recorded[Fact]],
    *,
    page: int = 1000,
    views: Sequence[View[Any]] = VIEWS,
) -> ViewFollower:
    ledger: Any = ToldLedger(told, page=page)
    return ViewFollower(dsn=database.dsn(SERVICE), ledger=ledger, views=views)


def empty(database: Database) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(
            "TRUNCATE views.live, views.generation, views.version, views.shelf RESTART IDENTITY"
        )


def every_byte(database: Database) -> list[Any]:
    """All versions and stays of the live generations, without the number of the generation."""
    found: list[Any] = []
    with psycopg.connect(database.superuser_dsn) as connection:
        for columns, table in (
            ("x.key, x.valid_from, x.born, x.row", "version"),
            ("x.shelf, x.born, x.key, x.since, x.until", "shelf"),
        ):
            found += connection.execute(
                f"SELECT l.view, {columns} FROM views.{table} x"  # noqa: S608
                " JOIN views.live l USING (generation) ORDER BY 1, 2, 3, 4, 5"
            ).fetchall()
    return found


async def all_pages(
    views: Views, view: View[Any], shelf: Any, as_of: int, limit: int
) -> list[tuple[int, Key, Any]]:
    found: list[tuple[int, Key, Any]] = []
    after: Place | None = None
    while True:
        page = await views.page(view, shelf, as_of=as_of, after=after, limit=limit)
        assert page.position == as_of
        assert len(page.entries) <= limit
        found += [(each.born, each.key, each.row) for each in page.entries]
        if page.next is None:
            return found
        after = Place.of(str(page.next))


@some
@given(stories, st.integers(1, 40), st.data())
def test_what_is_asked_as_of_a_position_is_what_a_fresh_fold_gives(
    database: Database, told: list[Recorded[Fact]], page: int, data: st.DataObject
) -> None:
    as_of = data.draw(st.integers(0, len(told)))
    limit = data.draw(st.integers(1, 4))

    async def holds() -> None:
        assert await follower(database, told, page=page).catch_up() == len(told)
        async with reading(database) as views:
            for view in VIEWS:
                keys, shelves = ever(view, told)
                then = fresh_fold(view, told, as_of=as_of)
                found = await views.get_many(view, sorted(keys), as_of=as_of)
                assert found.position == as_of
                assert {
                    key: (each.row, each.born, each.valid_from)
                    for key, each in found.entries.items()
                } == {key: (each.row, each.born, each.valid_from) for key, each in then.items()}
                for shelf in sorted(shelves):
                    pages = await all_pages(views, view, shelf, as_of, limit)
                    assert pages == on_shelf(view, then, shelf)

    empty(database)
    asyncio.run(holds())


@some
@given(stories, st.data())
def test_the_history_of_a_row_is_every_state_it_had(
    database: Database, told: list[Recorded[Fact]], data: st.DataObject
) -> None:
    rows: list[tuple[View[Any], Key]] = [
        (circles.view, circles.circle(CircleId(CIRCLES[0]))),
        (projects.view, projects.project(ProjectId(PROJECTS[0]))),
        (circle_seats.view, circle_seats.seat_in(CircleId(CIRCLES[0]), Code("A"))),
    ]
    view, key = data.draw(st.sampled_from(rows))
    states = [
        (at, held[key].row if (held := fresh_fold(view, told, as_of=at)).get(key) else None)
        for at in range(len(told) + 1)
    ]
    changes = [next(same) for _, same in groupby(states, key=lambda state: state[1])][1:]

    async def holds() -> None:
        await follower(database, told).catch_up()
        async with reading(database) as views:
            found = await views.history(view, key, limit=1000)
            assert [(each.valid_from, each.row) for each in found] == changes
            ends = [each.valid_to for each in found]
            assert ends == [*[at for at, _ in changes[1:]], *([None] if changes else [])]
            for number, each in enumerate(found):
                rest = await views.history(view, key, after=each.valid_from, limit=1)
                assert rest == found[number + 1 : number + 2]

    empty(database)
    asyncio.run(holds())


@some
@given(stories, st.integers(1, 20), st.integers(1, 20), st.data())
def test_building_anew_gives_equal_bytes_wherever_batches_end(
    database: Database,
    told: list[Recorded[Fact]],
    page: int,
    other_page: int,
    data: st.DataObject,
) -> None:
    half = data.draw(st.integers(0, len(told)))

    async def rebuilt() -> tuple[list[Any], list[Any]]:
        await follower(database, told[:half], page=page).catch_up()
        await follower(database, told, page=page).catch_up()
        followed = every_byte(database)
        await follower(database, told, page=other_page).rebuild()
        return followed, every_byte(database)

    empty(database)
    followed, anew = asyncio.run(rebuilt())
    assert followed == anew
    touched = any(
        fresh_fold(view, told, as_of=at) for view in VIEWS for at in range(1, len(told) + 1)
    )
    assert bool(anew) == touched


def test_a_view_that_was_never_built_says_so(database: Database) -> None:
    async def asked() -> None:
        async with reading(database) as views:
            with pytest.raises(ViewNotBuilt):
                await views.get(projects.view, Key("x"))
            with pytest.raises(ViewNotBuilt):
                await views.position()
            assert await views.health() == ()
            assert not await views.wait_for(0, within=0.02)

    asyncio.run(asked())


def test_a_position_that_the_view_has_not_reached_is_refused(database: Database) -> None:
    async def asked() -> None:
        await follower(database, TOLD).catch_up()
        async with reading(database) as views:
            for question in (
                views.get(circles.view, Key("x"), as_of=len(TOLD) + 1),
                views.page(circles.view, circles.of_authority(AUTHORITY), as_of=10**12),
            ):
                with pytest.raises(ViewBehind) as refused:
                    await question
                assert refused.value.holds == len(TOLD)

    asyncio.run(asked())


def test_no_row_and_no_shelf_are_answers_too(database: Database) -> None:
    async def asked() -> None:
        await follower(database, TOLD).catch_up()
        async with reading(database) as views:
            nothing = await views.get(circles.view, Key("nobody"))
            assert (nothing.entry, nothing.position) == (None, len(TOLD))
            page = await views.page(circles.view, Shelf("authority/nobody"))
            assert (page.entries, page.next, page.position) == ((), None, len(TOLD))
            assert await views.history(circles.view, Key("nobody")) == ()
            assert (await views.get_many(circles.view, [])).entries == {}

    asyncio.run(asked())


def test_more_than_the_most_is_refused(database: Database) -> None:
    async def asked() -> None:
        async with reading(database) as views:
            with pytest.raises(ValueError, match="1000 is the most"):
                await views.page(circles.view, Shelf("x"), limit=MOST_ENTRIES + 1)
            with pytest.raises(ValueError, match="1000 is the most"):
                await views.get_many(circles.view, [Key("x")] * (MOST_ENTRIES + 1))

    asyncio.run(asked())


def test_what_is_recorded_meanwhile_comes_after_every_page(database: Database) -> None:
    """And the reader chooses: the register as the first page showed it, or today's."""
    seven, fourteen = many_circles(7), many_circles(14)
    shelf = circles.of_authority(AUTHORITY)

    async def asked() -> None:
        async with reading(database) as views:
            await follower(database, seven).catch_up()
            first = await views.page(circles.view, shelf, limit=5)
            await follower(database, fourteen).catch_up()
            then = await views.page(
                circles.view, shelf, after=first.next, as_of=first.position, limit=5
            )
            today = await views.page(circles.view, shelf, after=first.next, limit=50)
        assert [each.row.name for each in first.entries] == ["1", "2", "3", "4", "5"]
        assert [each.row.name for each in then.entries] == ["6", "7"]
        assert (then.next, then.position) == (None, 7)
        assert [each.row.name for each in today.entries] == [str(n) for n in range(6, 15)]

    asyncio.run(asked())


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_row_may_come_back_to_a_shelf_that_it_left(database: Database, first: int) -> None:
    """Also when it leaves and comes back in one batch, after it got there in an earlier one."""
    contractor, adviser = OrganisationKind.CONTRACTOR, OrganisationKind.ADVISER
    told = recorded(
        *(
            (
                MEMBERS[0],
                MemberRegistered(
                    occurred_at=NOW, name="Bouwer", kind=kind, legal_form=LegalForm.COOPERATIVE
                ),
            )
            for kind in (contractor, adviser, contractor)
        )
    )

    async def asked() -> None:
        await follower(database, told[:first]).catch_up()
        await follower(database, told).catch_up()
        async with reading(database) as views:
            for kind, there in ((contractor, [1, 0, 1]), (adviser, [0, 1, 0])):
                shelf = organisations.of_kind(kind)
                pages = [await views.page(organisations.view, shelf, as_of=at) for at in (1, 2, 3)]
                assert [len(page.entries) for page in pages] == there

    asyncio.run(asked())


def test_waiting_for_a_position_ends_when_it_is_reached_and_not_before(
    database: Database,
) -> None:
    async def waited() -> None:
        async with reading(database) as views:
            await follower(database, TOLD[:1]).catch_up()
            assert await views.wait_for(1, within=0)
            assert not await views.wait_for(2, circles.view, within=0.05)
            waiting = [asyncio.create_task(views.wait_for(2, within=10)) for _ in range(50)]
            await asyncio.sleep(0.05)
            assert not any(each.done() for each in waiting)
            await follower(database, TOLD[:2]).catch_up()
            assert all(await asyncio.gather(*waiting))

    asyncio.run(waited())


def test_a_changed_view_is_built_beside_the_old_one_and_both_answer(database: Database) -> None:
    """Old and new processes run side by side for a while; each sees the rows that it can read."""
    changed = replace(circles.view, version=circles.view.version + 1, on=shouting)
    others = [changed if view is circles.view else view for view in VIEWS]
    key = circles.circle(CircleId(CIRCLES[0]))

    async def asked() -> None:
        before = follower(database, TOLD)
        await before.catch_up()
        following = asyncio.create_task(before.run())
        await asyncio.sleep(0.2)
        async with reading(database) as old, reading(database, others) as new:
            with pytest.raises(ViewNotBuilt):
                await new.get(changed, key)
            await follower(database, TOLD, views=others).catch_up()
            assert name_of(await old.get(circles.view, key)) == "1"
            assert name_of(await new.get(changed, key)) == "1!"
            await end(following)
            # Once nobody leads the old edition any more, the next building takes it away.
            await nobody_leads(database)
            await follower(database, TOLD, views=others).rebuild()
            assert name_of(await new.get(changed, key)) == "1!"
            with pytest.raises(ViewNotBuilt):
                await old.get(circles.view, key)

    asyncio.run(asked())


def test_auditors_may_read_views_and_nobody_may_write_the_ledger_through_them(
    database: Database,
) -> None:
    async def read() -> None:
        await follower(database, TOLD).catch_up()
        async with reading(database, role="kringboek_reader") as views:
            assert await views.position() == len(TOLD)

    asyncio.run(read())
    with psycopg.connect(database.dsn("kringboek_reader"), autocommit=True) as connection:
        for words in ("DELETE FROM views.live", "UPDATE views.generation SET position = 0"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(words.encode())
    with psycopg.connect(database.dsn(SERVICE), autocommit=True) as connection:
        connection.execute("SET ROLE kringboek_views")
        for words in ("INSERT INTO ledger.command SELECT", "SELECT 1 FROM ledger.event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(words.encode())


async def nobody_leads(database: Database) -> None:
    """PostgreSQL notices a moment later that a session ended."""
    async with (
        asyncio.timeout(20),
        await psycopg.AsyncConnection.connect(database.superuser_dsn, autocommit=True) as watching,
    ):
        while True:
            locks = await watching.execute(
                "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                " WHERE l.locktype = 'advisory' AND l.classid = 5310722 AND d.datname = %s",
                [database.name],
            )
            if await locks.fetchone() is None:
                return
            await asyncio.sleep(0.02)


def many_circles(how_many: int) -> list[Recorded[Fact]]:
    return recorded(
        *(
            (
                uuid5(CIRCLES[0], str(number)),
                CircleFounded(
                    occurred_at=NOW,
                    name=str(number),
                    authority=AUTHORITY,
                    municipality_code="gm0363",
                    region="Noord",
                ),
            )
            for number in range(1, how_many + 1)
        )
    )


def shouting(row: CircleRow | None, event: Recorded[Any]) -> CircleRow | None:
    made = circles.on(row, event)
    return made if made is row or made is None else replace(made, name=made.name.rstrip("!") + "!")


def name_of(answer: Answer[CircleRow]) -> str | None:
    return answer.entry.row.name if answer.entry else None
