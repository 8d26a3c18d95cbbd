"""The audit as a whole: what was published, the rows in parts, and what they say together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from application.auditing.findings import MOST_FINDINGS, Finding
from application.auditing.log_files import Key
from application.auditing.part import Part, check_part
from application.auditing.published import published
from application.auditing.reading import CommandFault, LedgerRows, LogFiles
from application.auditing.whole import Audited, judged

ROWS_IN_PART = 1 << 16
"""256 tiles: enough that starting a part costs nothing, little enough to see how far it is."""

Work = Callable[[LedgerRows, LogFiles], Awaitable[Part]]


class Auditable(Protocol):
    """A ledger and the folder of its log, which several hands can read at once."""

    @property
    def files(self) -> LogFiles: ...

    async def last(self) -> int:
        """The last position, but for one that cannot be."""

    async def command_faults(self, most: int) -> Sequence[CommandFault]:
        """Where the first answers to commands disagree with the events."""

    def carry_out(self, works: Sequence[Work]) -> AsyncIterator[Part]:
        """What comes of each, in their order; several may be carried out at once."""


async def audit(
    source: Auditable,
    *,
    origin: str,
    key: Key | None,
    memory: bytes | None = None,
    outside: Iterable[tuple[str, bytes]] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Audited:
    """Hold every row to its hashes, to its neighbours and to the published log.

    `key` is the log's public key, without which signatures are not looked at; `memory` is what the
    signer remembers; `outside` are checkpoints that somebody kept, by name. Memory grows with the
    number of streams and tiles, not of events.
    """
    log = published(source.files, key=key, origin=origin, memory=memory, outside=outside)
    last = await source.last()
    works = [
        partial(check_part, published=log.size, after=after, up_to=up_to, edges=log.edges)
        for after, up_to in ranges(last)
    ]
    parts: list[Part] = []
    done = 0
    # The rows of the commands are looked at meanwhile: the database does that alone.
    faults = asyncio.ensure_future(source.command_faults(MOST_FINDINGS))
    try:
        async for part in source.carry_out(works):
            parts.append(part)
            done += part.rows
            if progress is not None:
                progress(done, max(last, done))
        found = judged(parts, log, source.files)
        for each in await faults:
            code = "missing-command" if each.missing else "changed-command"
            found.told.tell(Finding(code=code, position=each.position, why=each.why))
    finally:
        faults.cancel()
        await asyncio.wait([faults])
    return found


def ranges(last: int) -> list[tuple[int | None, int | None]]:
    """Between which positions the parts lie; the first and the last have an open end."""
    starts = range(ROWS_IN_PART, last, ROWS_IN_PART)
    return list(zip([None, *starts], [*starts, None], strict=True))
