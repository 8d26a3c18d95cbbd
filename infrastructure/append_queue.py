"""Group commit: while one batch of appends is on its way, the next one gathers.

One transaction at a time per ledger is what makes positions dense, and one flush to disk per
transaction is what makes it slow; so whoever comes while a transaction runs shares the next one.
The function `ledger.append` judges every command of a batch by itself: a stale one, or one that
was stored before, does not disturb its neighbours.

**A lost answer.** When the connection breaks after COMMIT was sent, nobody here knows whether it
happened. The batch is sent again as it is: the function knows the commands that were stored, and
gives their first answer. Nothing is ever stored twice, and nothing is given up silently: what has
no answer within `patience` fails with `LedgerUnavailable`.

**Several processes** may each have a queue on one ledger: the function takes a lock.
"""

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, OperationalError

from application.ports import Append, Appended, CommandReused, LedgerUnavailable, StaleVersion
from domain.terms import Instant
from domain.tree import leaf_hash
from infrastructure.entry import SALT_LENGTH, TAIL, body_hash, entry_head, entry_of
from infrastructure.event_mapper import EventMapper
from infrastructure.packed_arrays import (
    Byteas,
    Int4s,
    Packed,
    Texts,
    Uuids,
    int4,
    octets,
)

MOST_COMMANDS = 128
"""Commands in one batch: at 32 callers a batch never fills, and a slow disk is not made slower."""
MOST_BYTES = 4_000_000
"""Bytes of bodies in one batch: what one statement may carry without the server's memory noticing."""
PATIENCE = 15.0
"""Seconds from the first try of a batch to giving it up; a failover of PostgreSQL takes some ten."""
_PAUSE = 0.1
"""Seconds between two tries to connect."""

_OF_COMMANDS = (Uuids, Byteas, Uuids, Int4s, Int4s)
_OF_FACTS = (Uuids, Uuids, Int4s, Texts, Int4s, Byteas, Byteas, Uuids, Byteas, Byteas)
"""The arguments of `ledger.append`, in its order."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An append that waits for its answer: columns of one command, and of its facts."""

    append: Append
    clock: Instant | None
    command: tuple[bytes, ...]
    facts: list[tuple[bytes, ...]]
    heads: list[bytes]
    size: int
    answer: "asyncio.Future[Appended]"


class AppendQueue:
    """The one writer of this process. `start` it in the loop that it lives in, `close` it after."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[AsyncConnection]],
        mapper: EventMapper,
        *,
        sandbox: bool,
        patience: float = PATIENCE,
    ) -> None:
        self._connect = connect
        self._mapper = mapper
        self._patience = patience
        self._waiting: deque[_Waiting] = deque()
        self._something = asyncio.Event()
        self._connection: AsyncConnection | None = None
        self._writer: asyncio.Task[None] | None = None
        self._closing = False
        self._sandbox = sandbox
        given = ",".join(["%b"] * (len(_OF_COMMANDS) + len(_OF_FACTS) + 1 + sandbox))
        self._statement = b"SELECT * FROM ledger.append(" + given.encode() + b")"

    def start(self) -> None:
        self._writer = asyncio.create_task(self._write(), name="ledger writer")

    async def close(self) -> None:
        """Store what was handed in, and take no more."""
        self._closing = True
        self._something.set()
        if self._writer is not None:
            await self._writer
        await self._disconnect()

    async def append(self, append: Append, clock: Instant | None) -> Appended:
        """As `Ledger.append`, but that a repeated command has no leaves.

        A caller that is cancelled may find its command stored.
        """
        if self._closing:
            raise LedgerUnavailable("the ledger is closing")
        waiting = self._prepared(append, clock)
        self._waiting.append(waiting)
        self._something.set()
        return await waiting.answer

    def _prepared(self, append: Append, clock: Instant | None) -> _Waiting:
        """Everything that can be done before the lock: names, bodies, salts, hashes, halves."""
        command, stream = octets(append.command.bytes), octets(append.stream.bytes)
        actor, policy = octets(append.actor.bytes), octets(append.policy)
        facts: list[tuple[bytes, ...]] = []
        heads: list[bytes] = []
        size = 0
        version = append.expected_version
        for fact in append.facts:
            name, name_version, body = self._mapper.store(fact)
            version += 1
            size += len(body)
            salt = os.urandom(SALT_LENGTH)
            head = entry_head(
                stream=append.stream,
                version=version,
                name=name,
                name_version=name_version,
                command=append.command,
                actor=append.actor,
                policy=append.policy,
                body_hash=body_hash(salt, body),
            )
            heads.append(head)
            facts.append(
                (
                    command,
                    stream,
                    int4(version),
                    octets(name.encode()),
                    int4(name_version),
                    octets(body),
                    octets(salt),
                    actor,
                    policy,
                    octets(head),
                )
            )
        expected, count = int4(append.expected_version), int4(len(facts))
        row = (command, octets(append.request), stream, expected, count)
        answer = asyncio.get_running_loop().create_future()
        return _Waiting(append, clock, row, facts, heads, size, answer)

    async def _write(self) -> None:
        while True:
            await self._something.wait()
            while batch := self._gathered():
                await self._store(batch)
            if self._closing:
                return
            self._something.clear()

    def _gathered(self) -> list[_Waiting]:
        """The next batch: in the order of arrival, one clock, and no command twice."""
        batch: list[_Waiting] = []
        later: list[_Waiting] = []
        commands: set[UUID] = set()
        size = 0
        while self._waiting and len(batch) < MOST_COMMANDS and size < MOST_BYTES:
            waiting = self._waiting.popleft()
            if waiting.answer.done():
                continue  # Its caller was cancelled meanwhile.
            command = waiting.append.command
            if command in commands or (batch and waiting.clock != batch[0].clock):
                later.append(waiting)
                continue
            batch.append(waiting)
            commands.add(command)
            size += waiting.size
        self._waiting.extendleft(reversed(later))
        return batch

    async def _store(self, batch: Sequence[_Waiting]) -> None:
        """Answer everybody in the batch, one way or the other."""
        try:
            rows = await self._rows(batch)
        except LedgerUnavailable as error:
            for each in batch:
                _answer(each, LedgerUnavailable(*error.args))
        except Exception as error:  # noqa: BLE001 - a writer that died would leave all waiting
            if len(batch) > 1:  # One of them cannot be stored at all; the others can.
                for each in batch:
                    await self._store([each])
            else:
                _answer(batch[0], error)
        else:
            for each, row in zip(batch, rows, strict=True):
                _answer(each, _outcome(each, row))

    async def _rows(self, batch: Sequence[_Waiting]) -> Sequence[tuple[Any, ...]]:
        """What the database says of each command; tried again for as long as the line is dead."""
        arguments = self._arguments(batch)
        last: Exception | None = None
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    try:
                        return await self._asked(arguments)
                    except (OperationalError, OSError) as error:
                        if self._connection is not None and not self._connection.closed:
                            raise LedgerUnavailable(f"PostgreSQL refuses: {error}") from error
                        last = error
                        self._connection = None
                        await asyncio.sleep(_PAUSE)
        except TimeoutError:
            await self._disconnect()
            why = f"PostgreSQL did not answer within {self._patience:.0f} s"
            raise LedgerUnavailable(why) from last

    async def _asked(self, arguments: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
        if self._connection is None:
            self._connection = await self._connect()
        cursor = self._connection.cursor(binary=True)
        await cursor.execute(self._statement, arguments, prepare=True)
        return await cursor.fetchall()

    def _arguments(self, batch: Sequence[_Waiting]) -> list[Any]:
        facts = [fact for each in batch for fact in each.facts]
        arguments: list[Any] = [*_columns(_OF_COMMANDS, [each.command for each in batch])]
        arguments += _columns(_OF_FACTS, facts)
        arguments.append(TAIL)
        if self._sandbox:
            arguments.append(batch[0].clock)
        return arguments

    async def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                await self._connection.close()
            self._connection = None


def _columns(kinds: Sequence[type[Packed]], rows: Sequence[tuple[bytes, ...]]) -> list[bytes]:
    """Rows of elements as one packed array per column."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in kinds)
    return [kind.of(column) for kind, column in zip(kinds, columns, strict=True)]


def _outcome(waiting: _Waiting, row: tuple[Any, ...]) -> Appended | Exception:
    outcome, first, last, version, recorded_at = row
    append = waiting.append
    if outcome == "stale":
        return StaleVersion(append.stream, append.expected_version, version)
    if outcome == "reused":
        return CommandReused(f"command {append.command} was given before, for another request")
    return Appended(
        first_position=first,
        last_position=last,
        version=version,
        recorded_at=recorded_at,
        repeated=outcome == "repeated",
        # The database hashed the same bytes; made here they need not travel.
        leaves=()
        if outcome == "repeated"
        else tuple(leaf_hash(entry_of(head, recorded_at)) for head in waiting.heads),
    )


def _answer(waiting: _Waiting, outcome: Appended | Exception) -> None:
    if waiting.answer.done():
        return  # Its caller was cancelled meanwhile.
    if isinstance(outcome, Appended):
        waiting.answer.set_result(outcome)
    else:
        waiting.answer.set_exception(outcome)
