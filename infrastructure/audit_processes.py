"""Reading a ledger for the audit with several hands: one process and one connection per core.

Work is a function that can be sent to another process, and is given the ledger's rows and the log's
files there. A small ledger is read here: starting a process takes longer.
"""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from application.auditing.reading import CommandFault, LedgerRows, LogFiles
from infrastructure.audit_files import AuditFiles
from infrastructure.audit_rows import audit_rows

_Result = TypeVar("_Result")
_Work = Callable[[LedgerRows, LogFiles], Awaitable[_Result]]


class AuditProcesses:
    """The ledger in `dsn`, whose user may read it, and the folder of its log."""

    def __init__(self, dsn: str, folder: Path, *, processes: int | None = None) -> None:
        self.files = AuditFiles(folder)
        self._dsn = dsn
        self._folder = folder
        self._processes = processes or os.cpu_count() or 1

    async def last(self) -> int:
        async with audit_rows(self._dsn) as rows:
            return await rows.last()

    async def command_faults(self, most: int) -> Sequence[CommandFault]:
        async with audit_rows(self._dsn) as rows:
            return await rows.command_faults(most)

    async def carry_out(self, works: Sequence[_Work[_Result]]) -> AsyncIterator[_Result]:
        """What comes of each, in their order."""
        processes = min(self._processes, len(works))
        if processes <= 1:
            async with audit_rows(self._dsn) as rows:
                for work in works:
                    yield await work(rows, self.files)
            return
        loop = asyncio.get_running_loop()
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
            futures = [
                loop.run_in_executor(pool, _alone, self._dsn, self._folder, work) for work in works
            ]
            try:
                for each in futures:
                    yield await each
            finally:
                pool.shutdown(cancel_futures=True)


def _alone(dsn: str, folder: Path, work: _Work[_Result]) -> _Result:
    async def run() -> _Result:
        async with audit_rows(dsn) as rows:
            return await work(rows, AuditFiles(folder))

    with asyncio.Runner(loop_factory=_quickest_loop()) as runner:
        return runner.run(run())


def _quickest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """A page is half a megabyte in many pieces: the loop is a third of the price of reading it."""
    try:
        import uvloop  # noqa: PLC0415  Windows has none
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory
