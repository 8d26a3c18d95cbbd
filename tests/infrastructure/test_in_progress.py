"""Claims on orders: one holder at a time, over all processes, and never longer than it lives."""

import asyncio
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import AsyncConnection

from application.claims import InProgress
from application.ports import LedgerUnavailable
from infrastructure.in_progress import AdvisoryClaims
from tests.conftest import Database


def claims_on(database: Database) -> AdvisoryClaims:
    async def connect() -> AsyncConnection:
        return await AsyncConnection.connect(database.dsn("kringboek_service"), autocommit=True)

    claims = AdvisoryClaims(connect)
    claims.start()
    return claims


async def is_free(claims: AdvisoryClaims, order: UUID) -> bool:
    try:
        async with claims.everywhere(order):
            return True
    except InProgress:
        return False


async def becomes_free(claims: AdvisoryClaims, order: UUID) -> bool:
    """Letting go is not waited for, and a server notices a lost session in its own time."""
    until = asyncio.get_running_loop().time() + 10
    while not await is_free(claims, order):
        if asyncio.get_running_loop().time() > until:
            return False
        await asyncio.sleep(0.02)
    return True


def test_in_a_process_an_order_is_under_way_once(database: Database) -> None:
    async def story() -> None:
        one, two = claims_on(database), claims_on(database)
        order = uuid4()
        with one.here(order):
            with pytest.raises(InProgress), one.here(order):
                raise AssertionError
            with one.here(uuid4()), two.here(order):
                pass
        with one.here(order):
            pass
        await one.close()
        await two.close()

    asyncio.run(story())


def test_an_order_has_one_holder_over_all_processes(database: Database) -> None:
    async def story() -> None:
        one, two = claims_on(database), claims_on(database)
        order, other = uuid4(), uuid4()
        async with one.everywhere(order):
            assert not await is_free(one, order)
            assert not await is_free(two, order)
            assert await is_free(two, other)
        assert await becomes_free(two, order)
        assert await becomes_free(one, order)
        await one.close()
        await two.close()

    asyncio.run(story())


def test_whoever_lets_go_can_take_again_at_once(database: Database) -> None:
    async def story() -> None:
        claims = claims_on(database)
        order = uuid4()
        for _ in range(20):
            assert await is_free(claims, order)
        await claims.close()

    asyncio.run(story())


def test_a_claim_ends_with_an_error_and_with_its_process(database: Database) -> None:
    async def story() -> None:
        one, two = claims_on(database), claims_on(database)
        order = uuid4()
        with pytest.raises(ZeroDivisionError):
            async with one.everywhere(order):
                raise ZeroDivisionError
        assert await is_free(one, order)
        stack = AsyncExitStack()
        await stack.enter_async_context(one.everywhere(order))
        assert not await is_free(two, order)
        await one.close()  # as its death would
        assert await becomes_free(two, order)
        await stack.aclose()
        await two.close()

    asyncio.run(story())


def test_many_orders_at_once_are_all_carried_out(database: Database) -> None:
    async def story() -> None:
        claims = claims_on(database)
        orders = [uuid4() for _ in range(300)]
        assert all(await asyncio.gather(*(is_free(claims, order) for order in orders)))
        same = await asyncio.gather(*(is_free(claims, orders[0]) for _ in range(10)))
        assert any(same)
        await claims.close()

    asyncio.run(story())


def test_one_who_no_longer_waits_leaves_nothing_locked(database: Database) -> None:
    async def story() -> None:
        one, two = claims_on(database), claims_on(database)
        order = uuid4()
        waiting = asyncio.create_task(is_free(one, order))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert await becomes_free(two, order)
        await one.close()
        await two.close()

    asyncio.run(story())


def test_a_lost_connection_is_said_and_mended(database: Database) -> None:
    async def story() -> None:
        claims = claims_on(database)
        assert await is_free(claims, uuid4())
        with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'kringboek_service' AND datname = current_database()"
            )
        with pytest.raises(LedgerUnavailable):
            await is_free(claims, uuid4())
        assert await is_free(claims, uuid4())
        await claims.close()

    asyncio.run(story())
