"""Taking events in: from the ledger, through the views, to their rows.

Following and building are both this. While one batch, a page of the ledger, is written in one
transaction, the next one is read and decoded, and no more than that is in memory.
Positions are dense, and are counted: an event that is not the next one stops everything.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

import structlog

from application.ports import WholeLedger
from application.views.asking import Progress
from domain.record import Recorded
from domain.terms import Fact
from infrastructure.view_batch import Hearing, Kept, NewestRows
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
    go on. A crash, or an error, leaves whole batches. `rows` are those of this writer's generations.
    """
    after = min((each.position for each in kept if not each.failure), default=to)
    views = {each.generation: each.view for each in kept}
    hearing = Hearing(kept)
    async with aclosing(_one_ahead(_batches(ledger, after, to))) as batches:
        async for events in batches:
            moving = [each for each in kept if not each.failure]
            if not moving:
                return
            touches = list(hearing.touched(events))
            slots = {(each.generation, key) for each, _, keys in touches for key in keys}
            if unknown := rows.unknown(slots):
                for slot, newest in await writer.newest(unknown, views):
                    rows[slot] = newest
            changes = hearing.fold(touches, rows)
            await writer.write(moving, events[-1].position, changes)
            rows.make_room()
            for each in moving:
                if each.failure:
                    _log.error(
                        "views.view-failed",
                        view=each.view.name,
                        edition=each.view.edition,
                        position=each.failed_at,
                        failure=each.failure,
                    )
            if progress is not None:
                progress(Progress(position=events[-1].position, head=to))


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
