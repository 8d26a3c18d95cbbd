"""Taking a bundle in (import): another Kringboek's whole log becomes the one of this, once.

Everything happens in one transaction of the ledger, and in this order: rows as they are checked, the
commands that they came from, the root read back from what was written, the folder of the log, and
then it is kept. A crash, or a bundle that turns out to be spoiled, leaves an empty ledger that takes
the same bundle again; the folder of the log is then put in place anew.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from application.export.opening import Bundle
from application.ports import StoredEvent
from domain.tree import Frontier

Reached = Callable[[int], None]
"""Told the position that was just written, now and then."""


class NotTheSame(Exception):
    """What was written has another root than what was read: this database cannot be trusted."""

    code = "import.root"


class Writing(Protocol):
    """An empty ledger that nobody else can write to, until the block ends."""

    async def put(self, portions: Iterator[Sequence[StoredEvent]]) -> None:
        """Write rows as they are: positions, salts, recorded times, entries."""

    async def put_commands(self) -> None:
        """Write the row of every command that the events came from.

        Under the same id none is carried out again: what it asked for is not known here, so every
        request under it counts as another one, and is refused.
        """

    def leaves(self) -> AsyncIterator[Sequence[bytes]]:
        """The leaves as the database made them, in order, in pages."""


class EmptyLedger(Protocol):
    """The ledger of a Kringboek in which nothing was ever recorded."""

    def writing(self) -> AbstractAsyncContextManager[Writing]:
        """Kept when the block ends, and not at all when it fails."""


class ArrivingLog(Protocol):
    """Where the folder of the log comes to lie. It blocks."""

    def put(self, bundle: Bundle) -> None:
        """Tiles and checkpoints in place, durably; doing so twice is the same as once."""


async def take_in(bundle: Bundle, ledger: EmptyLedger, log: ArrivingLog, reached: Reached) -> None:
    """Write all of `bundle`, or nothing. Raises `BundleRefused` and `NotTheSame`."""

    def rows() -> Iterator[Sequence[StoredEvent]]:
        for portion in bundle.rows():
            yield portion
            reached(portion[-1].position)

    async with ledger.writing() as writing:
        await writing.put(rows())
        await writing.put_commands()
        written = Frontier()
        async for leaves in writing.leaves():
            written = written.extend(leaves)
        if (written.size, written.root()) != (bundle.size, bundle.checkpoint.root):
            raise NotTheSame(f"{written.size} events were written, of another root")
        await asyncio.to_thread(log.put, bundle)
