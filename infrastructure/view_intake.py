"""Taking events in: from the ledger, through the views, to their rows.

Following and building are both this. While one batch, a page of the ledger, is folded, the one
before is written in one transaction and the next one is read, and no more than that is in memory.
Positions are dense, and are counted: an event that is not the next one stops everything.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Self

import structlog

from application.ports import WholeLedger
from application.views.asking import Progress
from domain.record import Recorded
from domain.terms import Fact
from infrastructure.view_batch import Changes, Folding, Kept, NewestRows
from infrastructure.view_writer import ViewWriter

_Batch = Sequence[Recorded[Fact]]
_log = structlog.get_logger()


class LedgerGap(Exception):
    """The ledger skipped a position. Nothing after it was taken in."""

    code = "view.ledger-gap"

    def __init__(self, expected: int, found: int | None) -> None:
        super().__init__(f"the ledger gave position {found} where {expected} comes next")
        self.expected = expected
        self.found = found


async def take_in(
    ledger: WholeLedger,
    writer: ViewWriter,
    kept: Sequence[Kept],
    rows: NewestRows,
    *,
    to: int,
    progress: Callable[[Progress], None] | None = None,
) -> None:
    """Bring `kept` to position `to`, which the ledger has reached.

    A view that cannot take in an event is stopped before it, which is stored and logged; the others
    go on. A crash, or an error, leaves whole batches, and `rows` and `kept` that are of no more use.
    """
    after = min((each.position for each in kept if not each.failure), default=to)
    views = {each.generation: each.view for each in kept}
    folding = Folding(kept, rows)
    async with (
        aclosing(_one_ahead(_batches(ledger, after, to))) as batches,
        _OneBehind(writer) as writing,
    ):
        async for events in batches:
            if folding.stopped:
                return
            last = events[-1].position
            touches = folding.touched(events)
            if unknown := rows.unknown(touches):
                await writing.done()
                for slot, newest in await writer.newest(unknown, views):
                    rows[slot] = newest
            changes = folding.fold(touches, last=last)
            await writing.begin(changes)
            rows.make_room()
            _tell_failures(kept, changes)
            if progress is not None:
                progress(Progress(position=last, head=to))


def _tell_failures(kept: Sequence[Kept], changes: Changes) -> None:
    named = {each.generation: each.view for each in kept}
    for move in changes.moves:
        if move.failure is not None:
            _log.error(
                "views.view-failed",
                view=named[move.generation].name,
                edition=named[move.generation].edition,
                position=move.failed_at,
                failure=move.failure,
            )


class _OneBehind:
    """Writes a batch while the next one is folded. On leaving, everything is written."""

    def __init__(self, writer: ViewWriter) -> None:
        self._writer = writer
        self._task: asyncio.Task[None] | None = None

    async def begin(self, changes: Changes) -> None:
        """Write the batch before, or raise what came of that, and begin with this one."""
        await self.done()
        self._task = asyncio.create_task(self._writer.write(changes))
        await asyncio.sleep(0)

    async def done(self) -> None:
        if self._task is not None:
            task, self._task = self._task, None
            await task

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        if kind is None:
            await self.done()
        elif self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


async def _batches(ledger: WholeLedger, after: int, to: int) -> AsyncGenerator[_Batch, None]:
    """The ledger's own pages, every position of them counted."""
    if after >= to:
        return
    async for page in ledger.pages(after=after, up_to=to):
        for event in page:
            after += 1
            if event.position != after:
                raise LedgerGap(after, event.position)
        yield page
    if after < to:
        raise LedgerGap(after + 1, None)


async def _one_ahead(batches: AsyncGenerator[_Batch, None]) -> AsyncGenerator[_Batch, None]:
    """The same batches, the next one being made while the consumer has this one."""

    async def following() -> _Batch | None:
        return await anext(batches, None)

    task = asyncio.create_task(following())
    try:
        while (batch := await task) is not None:
            task = asyncio.create_task(following())
            yield batch
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await batches.aclose()
