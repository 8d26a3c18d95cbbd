"""Claims on orders as advisory locks of one session, so that a process that dies lets go of them.

Locks are taken in batches: while one exchange with the database is under way, the next gathers.
Whoever lets go does not wait for it. When the connection is lost, so are the claims; then two
processes may carry out one order, and the ledger stores it once all the same.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from application.claims import InProgress
from application.ports import LedgerUnavailable

_BITS = 64


class AdvisoryClaims:
    """`start` it in the loop that it lives in, `close` it after."""

    def __init__(self, connect: Callable[[], Awaitable[AsyncConnection]]) -> None:
        self._connect = connect
        self._here: set[UUID] = set()
        self._held: set[int] = set()
        self._wanted: dict[int, asyncio.Future[bool]] = {}
        self._released: list[int] = []
        self._something = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._connection: AsyncConnection | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._work(), name="claims")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._disconnect()

    @contextmanager
    def here(self, command: UUID) -> Iterator[None]:
        """As `application.claims.Claims` says."""
        if command in self._here:
            raise InProgress
        self._here.add(command)
        try:
            yield
        finally:
            self._here.discard(command)

    @asynccontextmanager
    async def everywhere(self, command: UUID) -> AsyncIterator[None]:
        """As `application.claims.Claims` says; `LedgerUnavailable` without a database."""
        number = int.from_bytes(command.bytes[: _BITS // 8], signed=True)
        if number in self._held:  # the session itself may take its own lock twice
            raise InProgress
        self._held.add(number)
        try:
            if not await self._taken(number):
                raise InProgress
            try:
                yield
            finally:
                self._released.append(number)
                self._something.set()
        finally:
            self._held.discard(number)

    async def _taken(self, number: int) -> bool:
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._wanted[number] = answer
        self._something.set()
        return await answer

    async def _work(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            wanted, self._wanted = self._wanted, {}
            released, self._released = self._released, []
            try:
                taken = await self._exchange(released, list(wanted))
            except (psycopg.Error, OSError) as error:
                await self._disconnect()
                for answer in wanted.values():
                    if not answer.done():
                        answer.set_exception(LedgerUnavailable(f"PostgreSQL: {error}"))
            else:
                self._answer(wanted, taken)

    def _answer(self, wanted: dict[int, "asyncio.Future[bool]"], taken: set[int]) -> None:
        for number, answer in wanted.items():
            if not answer.done():
                answer.set_result(number in taken)
            elif number in taken:  # whoever asked has gone
                self._released.append(number)
                self._something.set()

    async def _exchange(self, released: list[int], wanted: list[int]) -> set[int]:
        """Let go, then take: in this order, so that one batch may do both with one claim."""
        if self._connection is None:
            self._connection = await self._connect()
        cursor = await self._connection.execute(
            "SELECT kringboek.claim(%s::bigint[], %s::bigint[])", [released, wanted], prepare=True
        )
        return {number for (number,) in await cursor.fetchall()}

    async def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                await self._connection.close()
            self._connection = None
