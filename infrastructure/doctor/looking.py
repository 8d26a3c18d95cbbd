"""What the port `application.doctor.observed.Looking` promises, on PostgreSQL and a file system."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from application.doctor.observed import (
    CannotSee,
    Clocks,
    Disk,
    KeyFile,
    SealedKeys,
    Setting,
    VaultKey,
    ViewRows,
)
from application.ports import LedgerUnavailable, WholeLedger
from application.views.view import View
from infrastructure.doctor import keys
from infrastructure.doctor.rights import altered_rights
from infrastructure.doctor.view_rows import compared_views
from infrastructure.migrate import not_applied
from infrastructure.refusals import Unusable
from infrastructure.refused_settings import refused_settings

_Seen = TypeVar("_Seen")


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where everything is. `vault_is_here` when ledger and vault share a database."""

    owner_dsn: str
    service_dsn: str
    vault_dsn: str
    vault_is_here: bool
    data: Path
    keys: Path
    log: Path


class LookingAround:
    """`origin` and `sandbox` are those of the ledger. Nothing is remembered between two looks."""

    def __init__(
        self,
        places: Places,
        ledger: WholeLedger,
        views: Sequence[View[Any]],
        *,
        origin: str,
        sandbox: bool,
    ) -> None:
        self._places = places
        self._ledger = ledger
        self._views = views
        self._origin = origin
        self._sandbox = sandbox

    async def seen(self, look: Awaitable[_Seen]) -> _Seen:
        return await _seen(look)

    async def schema(self) -> Sequence[str]:
        here = self._places
        return await _seen(not_applied(here.owner_dsn, vault=here.vault_is_here))

    async def rights(self) -> Sequence[str]:
        here = self._places
        looked = altered_rights(
            here.owner_dsn, origin=self._origin, sandbox=self._sandbox, vault=here.vault_is_here
        )
        return await _seen(looked)

    async def settings(self) -> Sequence[Setting]:
        async def look() -> Sequence[Setting]:
            dsn = self._places.service_dsn
            async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
                found = await refused_settings(connection, durable=True)
            return [Setting(what=each.what, why=each.why, cure=each.cure) for each in found]

        return await _seen(look())

    async def sealed_keys(self) -> SealedKeys:
        return await _seen(keys.sealed_keys(self._places.service_dsn))

    async def vault_keys(self) -> Sequence[VaultKey]:
        return await _seen(keys.vault_keys(self._places.vault_dsn))

    async def epochs(self) -> Sequence[str]:
        return await _in_thread(lambda: keys.epochs(self._places.keys))

    async def key_files(self) -> Sequence[KeyFile]:
        return await _in_thread(lambda: keys.key_files(self._places.keys))

    async def disks(self) -> Sequence[Disk]:
        return await _in_thread(self._disks)

    def _disks(self) -> Sequence[Disk]:
        here = self._places
        found = {}
        for folder in (here.data, here.keys, here.log):
            if folder.exists():
                usage = shutil.disk_usage(folder)
                device = folder.stat().st_dev
                found[device] = Disk(folder=str(folder), free=usage.free, size=usage.total)
        if not found:
            raise CannotSee(f"{here.data} is not there")
        return list(found.values())

    async def clocks(self) -> Clocks:
        async def look() -> Clocks:
            dsn = self._places.service_dsn
            async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
                rows = await connection.execute(
                    "SELECT clock_timestamp(), (SELECT recorded_at FROM ledger.event"
                    " ORDER BY position DESC LIMIT 1)"
                )
                here = datetime.now(UTC)
                database, newest = await rows.fetchone() or (here, None)
            return Clocks(here=here, database=database, newest=newest)

        return await _seen(look())

    async def snapshots(self) -> Sequence[tuple[UUID, str, int]]:
        async def look() -> Sequence[tuple[UUID, str, int]]:
            dsn = self._places.service_dsn
            async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
                rows = await connection.execute(
                    "SELECT stream, edition, version FROM snapshots.state ORDER BY stream"
                )
                return await rows.fetchall()

        return await _seen(look())

    async def view_rows(self) -> Sequence[ViewRows]:
        return await _seen(compared_views(self._places.service_dsn, self._ledger, self._views))


async def _seen(look: Awaitable[_Seen]) -> _Seen:
    try:
        return await look
    except Unusable as unusable:
        raise CannotSee(str(unusable)) from unusable
    except (psycopg.Error, LedgerUnavailable, OSError) as error:
        raise CannotSee(f"{type(error).__name__}: {str(error).strip()}") from error


async def _in_thread(look: Callable[[], _Seen]) -> _Seen:
    return await _seen(asyncio.to_thread(look))
