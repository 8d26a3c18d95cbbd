"""Keeping the log up to the ledger: any number of integrators, one of which leads.

The lead is a session lock of the database, so a process that dies lets go of it, and another takes
over within two seconds. It spares work and is not what makes the log safe: two that both think they
lead write the same tiles, and the signer's memory and the newest checkpoint each change under a
lock of the file system.

While there is news a checkpoint is published about once a second. What goes wrong is said in the
log's folder, where every process sees it, and tried again: after a failure because it may have
passed, after a refusal because the cure is applied from outside.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic, time
from typing import Any

import psycopg
import structlog
from psycopg import AsyncConnection

from application.ports import Ledger, LedgerUnavailable
from application.transparency.log import Log
from application.transparency.ports import (
    LogRefused,
    Published,
    TileStore,
    Witnesses,
    unusable,
)
from infrastructure.ending import end

_LOCK = 5310723
"""The class of the advisory lock of the integrator."""
_KEYS = 5310724
"""The class of the advisory locks that show which key a process publishes with."""
LOOK = 0.5
"""Seconds between two looks at the ledger."""
PACE = 1.0
"""Seconds between two checkpoints, at least: each is a file that is kept."""
STAND_BY = 1.0
"""Seconds between two tries to lead what another leads, and after a lost connection."""
AFTER_A_REFUSAL = 5.0
"""Seconds until what was refused is looked at again."""
LOOK_OVER = 60.0
"""Seconds after which everything is looked over though there is no news: a lost memory or tile, and
a ledger that was restored, should not wait for the next event to be noticed."""
_TIDY = 3600.0
"""Seconds between two times that the folder is tidied up."""
_SAY_AGAIN = 60.0
"""Seconds after which a refusal that lasts is logged once more."""

_TWO_KEYS = LogRefused(
    "log.two-keys",
    "another process publishes the log of this ledger with another key",
    "Give all processes of a ledger the same folder of keys and the same folder of the log"
    " (KRINGBOEK_KEYS, KRINGBOEK_LOG), and start this one again",
)

_log = structlog.get_logger()


def _fault(error: Exception) -> LogRefused:
    why = f"integrating failed with {type(error).__name__}"
    cure = "Report this with the lines of the log, and run: kringboek verify"
    return LogRefused("log.fault", why, cure)


class Integrator:
    """`take_in` is one round of `application.transparency.integrate`; `store` is its folder."""

    def __init__(
        self,
        *,
        dsn: str,
        ledger: Ledger,
        take_in: Callable[[], Awaitable[Published | None]],
        store: TileStore,
        log: Log,
        witnesses: Witnesses | None = None,
        look: float = LOOK,
        pace: float = PACE,
        after_a_refusal: float = AFTER_A_REFUSAL,
        look_over: float = LOOK_OVER,
        stand_by: float = STAND_BY,
    ) -> None:
        self._dsn = dsn
        self._ledger = ledger
        self._take_in = take_in
        self._store = store
        self._log = log
        self._witnesses = witnesses
        self._look = look
        self._pace = pace
        self._after_a_refusal = after_a_refusal
        self._look_over = look_over
        self._pause = stand_by
        self._has_another_key = False
        self._said = ("", 0.0)
        self._to_ask: Published | None = None
        self._asking = asyncio.Event()

    async def run(self) -> None:
        """Take the lead when nobody has it, and publish, until cancelled."""
        witnesses = asyncio.create_task(self._ask_witnesses(), name="asking witnesses")
        try:
            while True:
                try:
                    async with await AsyncConnection.connect(self._dsn, autocommit=True) as session:
                        await self._stand_by(session)
                        await self._lead(session)
                except (psycopg.OperationalError, LedgerUnavailable) as error:
                    _log.warning("log.integrator-interrupted", exc_info=error)
                    self._log.stopped = None
                except Exception as error:  # noqa: BLE001 - an integrator that ends ends silently
                    await self._refuse(_fault(error), error, everywhere=False)
                await asyncio.to_thread(self._log.look, leads=False)
                await asyncio.sleep(self._pause)
        finally:
            await end(witnesses)

    async def _stand_by(self, session: AsyncConnection[Any]) -> None:
        while True:
            if await self._has_the_logs_key(session):
                rows = await session.execute("SELECT pg_try_advisory_lock(%s, 0)", [_LOCK])
                if await rows.fetchone() == (True,):
                    return
            await asyncio.to_thread(self._log.look, leads=False)
            await asyncio.sleep(self._pause)

    async def _has_the_logs_key(self, session: AsyncConnection[Any]) -> bool:
        """Whether those who publish, or stand by to, all have one key; a newcomer that has not waits.

        Each shows its key as a shared lock. Two installations that each made a key of their own would
        publish two logs of one ledger, and give receipts that the other's key does not open. So who
        found another key once does not take over either when that one is started again: it waits
        until it is itself.
        """
        self._has_another_key = self._has_another_key or not await self._shows_its_key(session)
        if self._has_another_key:
            await self._refuse(_TWO_KEYS, None, everywhere=False)
            return False
        self._log.stopped = None
        return True

    async def _shows_its_key(self, session: AsyncConnection[Any]) -> bool:
        """False where another key is shown. Of two that begin at once, one looks after the other."""
        key = self._log.key
        assert key is not None, "who publishes has the log's key"  # noqa: S101
        number = int.from_bytes(key.key_id, signed=True)
        async with session.transaction():
            await session.execute("SELECT pg_advisory_xact_lock(%s, 1)", [_LOCK])
            rows = await session.execute(
                "SELECT count(*) FILTER (WHERE objid <> %s), count(*) FILTER (WHERE pid = %s)"
                " FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())",
                [int.from_bytes(key.key_id), session.info.backend_pid, _KEYS],
            )
            others, own = await rows.fetchone() or (0, 0)
            if not others and not own:
                await session.execute("SELECT pg_advisory_lock_shared(%s, %s)", [_KEYS, number])
        return not others

    async def _lead(self, session: AsyncConnection[Any]) -> None:
        status = await asyncio.to_thread(self._log.look, leads=True)
        _log.info("log.leading", size=status.size)
        tidied = float("-inf")
        if status.checkpoint is not None:
            self._tell_witnesses(Published(checkpoint=status.checkpoint, previous=None))
        seen: int | None = None
        looked_over = monotonic()
        while True:
            await session.execute("SELECT 1")  # whoever lost the session lost the lead
            if monotonic() - tidied > _TIDY:
                await self._guarded(self._tidy)
                tidied = monotonic()
            head, _ = await self._ledger.head()
            if head == seen and monotonic() - looked_over < self._look_over:
                await asyncio.sleep(self._look)
                continue
            began, before = monotonic(), self._log.status.size
            looked_over = began
            done = await self._guarded(self._round)
            status = await asyncio.to_thread(self._log.look)
            seen = head if done and status.size >= head else None
            rest = self._pace if done else self._after_a_refusal
            if before < status.size < head:  # a backlog: go on at once
                rest = 0.0
            await asyncio.sleep(max(rest - (monotonic() - began), 0))

    async def _tidy(self) -> None:
        await asyncio.to_thread(self._store.tidy, self._log.status.size)

    async def _round(self) -> None:
        began = monotonic()
        published = await self._take_in()
        if self._log.status.refusal is not None:
            self._log.stopped = None
            await asyncio.to_thread(self._store.refuse, None)
            _log.info("log.goes-on")
        if published is None:
            return
        size = published.checkpoint.size
        before = 0 if published.previous is None else published.previous.size
        _log.info(
            "log.published",
            size=size,
            events=size - before,
            seconds=round(monotonic() - began, 3),
        )
        self._tell_witnesses(published)

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Whether `work` was done. What keeps it from that is told, and stops nothing else."""
        try:
            await work()
        except (psycopg.OperationalError, LedgerUnavailable):
            raise
        except LogRefused as refused:
            await self._refuse(refused, None)
        except OSError as error:
            await self._refuse(unusable(error), error)
        except Exception as error:  # noqa: BLE001 - an integrator that ends would end silently
            await self._refuse(_fault(error), error)
        else:
            return True
        return False

    async def _refuse(
        self, refused: LogRefused, error: Exception | None, *, everywhere: bool = True
    ) -> None:
        known = self._log.status.refusal
        since = known.since if known is not None and known.code == refused.code else time()
        refusal = refused.told(since)
        self._log.stopped = refusal
        if everywhere:
            with suppress(OSError):
                await asyncio.to_thread(self._store.refuse, refusal)
        code, at = self._said
        if code != refused.code or monotonic() - at > _SAY_AGAIN:
            self._said = refused.code, monotonic()
            _log.error(
                "log.refused", code=refused.code, why=refused.why, cure=refused.cure, exc_info=error
            )

    # ------------------------------------------------------------------------------- witnesses

    def _tell_witnesses(self, published: Published) -> None:
        self._to_ask = published
        self._asking.set()

    async def _ask_witnesses(self) -> None:
        """The newest checkpoint, one after the other; what came in between is in it."""
        while True:
            await self._asking.wait()
            self._asking.clear()
            newest, self._to_ask = self._to_ask, None
            if newest is None or self._witnesses is None:
                continue
            try:
                await self._witnesses.ask(newest.checkpoint, newest.previous)
            except Exception as error:  # noqa: BLE001 - no witness stops the log
                _log.warning("log.witnesses-failed", exc_info=error)
