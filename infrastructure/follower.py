"""Keeping the views up to the ledger: any number of followers, one leader for each view.

A follower takes the lead of every view that nobody leads and folds new events into it, batch after
batch. Others stand by, and take over within two seconds of a leader's death; what that one left is
whole batches, with the position that they reached. A view that was never built, or is built anew,
grows beside the live one and is swapped in once it has come as far. A crash in between leaves the
live one as it was, and the next building clears up.

An event that one view cannot take in stops that view, before that event, and no other. The view is
tried again when the lead is taken anew: at the latest when Kringboek is started with better code.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

import psycopg
import structlog

from application.ports import WholeLedger
from application.views.asking import Progress, ViewFailed
from application.views.view import View
from infrastructure.ending import end
from infrastructure.view_batch import Kept, NewestRows
from infrastructure.view_intake import take_in
from infrastructure.view_writer import LostLead, ViewWriter

_ROWS_IN_MEMORY = 20_000
_IDLE = 0.02
"""Seconds between two looks at the ledger while nothing happens."""
_STAND_BY = 1.0
"""Seconds between two tries to lead what others lead, and after a lost connection."""

_log = structlog.get_logger()


class ViewFollower:
    """`dsn` names a user that may become kringboek_views; `ledger` is what is followed."""

    def __init__(self, *, dsn: str, ledger: WholeLedger, views: Sequence[View[Any]]) -> None:
        self._dsn = dsn
        self._ledger = ledger
        self._views = tuple(views)
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There is news: whoever appended in this process spares its follower a look."""
        self._news.set()

    async def run(self) -> None:
        """Follow until cancelled.

        A lost database is tried again and again; `LedgerGap` ends it, because what that says does
        not pass by itself.
        """
        while True:
            try:
                async with ViewWriter.writing(self._dsn) as writer:
                    await self._lead(_Lead(self._ledger, writer, self._views))
            except LostLead:
                _log.info("views.lead-lost")  # for one, because a rebuilt view was swapped in
            except psycopg.OperationalError as error:
                _log.warning("views.follower-interrupted", exc_info=error)
                await asyncio.sleep(_STAND_BY)

    async def catch_up(self, to: int | None = None, *, within: float = 60.0) -> int:
        """As `application.views.asking.Follower` promises."""
        head, _ = await self._ledger.head()
        target = head if to is None else to
        async with asyncio.timeout(within), ViewWriter.writing(self._dsn) as writer:
            lead = _Lead(self._ledger, writer, self._views)
            while not await lead.reached(target):
                await lead.take()
                if never_built := await lead.follow():
                    await self.rebuild(*never_built)
                await asyncio.sleep(0 if lead.leads_all else _IDLE)
        return target

    async def rebuild(
        self, *views: View[Any], progress: Callable[[Progress], None] | None = None
    ) -> None:
        """As `application.views.asking.Follower` promises."""
        async with ViewWriter.writing(self._dsn) as writer, writer.building():
            failed = await self._build(writer, views or self._views, progress)
        for each in failed:
            raise _failure(each)

    async def _lead(self, lead: "_Lead") -> None:
        """Follow what can be led, and build beside it what was never built."""
        build: asyncio.Task[None] | None = None
        unbuildable: set[View[Any]] = set()
        next_try = 0.0
        try:
            while True:
                self._news.clear()
                if monotonic() >= next_try:
                    next_try = monotonic() + _STAND_BY
                    await lead.take()
                    never_built = await lead.follow() - unbuildable
                    if build is not None and build.done():
                        build.result()
                        build = None
                    if never_built and build is None:
                        build = asyncio.create_task(self._build_first(never_built, unbuildable))
                elif await lead.behind():
                    await lead.follow()
                await self._wait(_IDLE if lead.leads_any else _STAND_BY)
        finally:
            if build is not None:
                await end(build)

    async def _wait(self, longest: float) -> None:
        # Not `asyncio.wait_for`: before Python 3.12 it can lose a cancellation that comes just as
        # the time is up, and a follower that was told to stop would go on for ever.
        with suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await self._news.wait()

    async def _build_first(self, views: Iterable[View[Any]], failed: set[View[Any]]) -> None:
        try:
            async with ViewWriter.writing(self._dsn) as writer, writer.building():
                failed |= {each.view for each in await self._build(writer, views, None)}
        except (psycopg.OperationalError, LostLead) as error:
            _log.warning("views.building-interrupted", exc_info=error)

    async def _build(
        self,
        writer: ViewWriter,
        views: Iterable[View[Any]],
        progress: Callable[[Progress], None] | None,
    ) -> list[Kept]:
        """Build views from the first event and swap them in; those that failed come back."""
        await writer.forget_abandoned(self._views)
        building = [await writer.begin(view) for view in views]
        rows = NewestRows(_ROWS_IN_MEMORY)
        for each in building:
            rows.began(each.generation)
        while rest := [each for each in building if not each.failure]:
            head, _ = await self._ledger.head()
            await take_in(self._ledger, writer, rest, rows, to=head, progress=progress)
            await writer.refresh_statistics()
            for each in rest:
                if not each.failure and await writer.swap_in(each):
                    building.remove(each)
                    _log.info("views.swapped-in", view=each.view.name, position=each.position)
        await writer.forget_abandoned(self._views)
        return building


class _Lead:
    """The views that one connection leads, and how far they are."""

    def __init__(self, ledger: WholeLedger, writer: ViewWriter, views: Sequence[View[Any]]) -> None:
        self._ledger = ledger
        self._writer = writer
        self._views = views
        self._rows = NewestRows(_ROWS_IN_MEMORY)
        self._led: frozenset[View[Any]] = frozenset()
        self._position = 0

    @property
    def leads_any(self) -> bool:
        return bool(self._led)

    @property
    def leads_all(self) -> bool:
        return len(self._led) == len(self._views)

    async def take(self) -> None:
        """Take the lead of whatever nobody leads."""
        led = await self._writer.lead(self._views)
        for each in await self._writer.live(led - self._led):
            _log.info("views.leading", view=each.view.name, position=each.position)
            if each.failure:
                await self._writer.try_again(each)
        self._led = led

    async def behind(self) -> bool:
        """Whether the ledger has more than was followed."""
        head, _ = await self._ledger.head()
        return head > self._position

    async def follow(self) -> frozenset[View[Any]]:
        """Bring what is led to the ledger's head. Those that were never built come back."""
        head, _ = await self._ledger.head()
        kept = await self._writer.live(self._led)
        await take_in(self._ledger, self._writer, kept, self._rows, to=head)
        self._position = head
        return self._led - {each.view for each in kept}

    async def reached(self, target: int) -> bool:
        """Whether all views are there, whoever leads them; `ViewFailed` when one cannot be."""
        live = await self._writer.live(self._views)
        for each in live:
            if each.failure and each.position < target and each.view in self._led:
                raise _failure(each)
        return len(live) == len(self._views) and all(each.position >= target for each in live)


def _failure(kept: Kept) -> ViewFailed:
    return ViewFailed(kept.view.name, kept.failed_at or 0, kept.failure or "")
