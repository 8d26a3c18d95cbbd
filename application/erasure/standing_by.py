"""The service sees to it that what was granted is done, and that what is gone stays gone."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Protocol

from application.erasure.erase import Eraser, Journal
from application.views.asking import ViewBehind, ViewNotBuilt
from application.views.erasures import ErasureRow
from application.views.sealed_texts import SealedTextRow

_LOOK = 5.0
"""Seconds between two looks at what was granted."""


class Granted(Protocol):
    """What is to be done, and what was done, as the record says."""

    async def granted(self) -> Sequence[ErasureRow]:
        """The requests that were granted and are not carried out yet."""

    def all(self, *, as_of: int | None = None) -> AsyncIterator[SealedTextRow]:
        """Every key that the record ever had."""


class StandingBy:
    """Any number of processes may stand by: an erasure that two of them carry out is done once."""

    def __init__(
        self, eraser: Eraser, texts: Granted, journal: Journal, *, look: float = _LOOK
    ) -> None:
        self._eraser = eraser
        self._texts = texts
        self._journal = journal
        self._look = look

    async def run(self) -> None:
        """Until cancelled. What goes wrong is told, and tried again at the next look."""
        checked = False
        while True:
            try:
                with suppress(ViewBehind, ViewNotBuilt):
                    if not checked:
                        await self._destroy_again()
                        checked = True
                    await self.once()
            except Exception as error:  # noqa: BLE001  a lost database, say: it comes back
                self._journal("erasure.interrupted", error=type(error).__name__)
            await asyncio.sleep(self._look)

    async def once(self) -> int:
        """Carry out everything that is granted by now; how many requests were done.

        One that cannot be carried out is told, stays granted, and holds up no other.
        """
        done = 0
        for row in await self._texts.granted():
            try:
                await self._eraser.carry_out(row)
            except (ViewBehind, ViewNotBuilt):
                continue
            except Exception as error:  # noqa: BLE001  a key that no vault has, say
                why = type(error).__name__
                self._journal("erasure.interrupted", erasure=row.erasure, error=why)
            else:
                done += 1
        return done

    async def _destroy_again(self) -> None:
        """A vault that was put back from a copy may hold keys that the record says are gone."""
        gone = [row async for row in self._texts.all() if row.gone is not None]
        await self._eraser.destroy_again(gone)
