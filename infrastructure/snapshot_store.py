"""Snapshots in PostgreSQL: what the port `application.snapshots.Snapshots` promises.

Nothing waits for the disk here, and nothing fails: without a snapshot the stream is read whole.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from uuid import UUID

import psycopg
import structlog
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

PATIENCE = 2.0
"""Seconds: by then the stream itself would have been read."""

_log = structlog.get_logger()


class PostgresSnapshots:
    """On a pool of the service's role, whose connections commit by themselves."""

    def __init__(self, pool: "AsyncConnectionPool[AsyncConnection[Any]]") -> None:
        self._pool = pool

    async def get(self, stream: UUID, edition: str) -> tuple[int, bytes] | None:
        with _only_logged("snapshots.not-read"):
            async with asyncio.timeout(PATIENCE), self._pool.connection() as connection:
                cursor = connection.cursor(binary=True)
                await cursor.execute(
                    "SELECT version, state FROM snapshots.state WHERE stream = %s AND edition = %s",
                    [stream, edition],
                    prepare=True,
                )
                found = await cursor.fetchone()
                return None if found is None else (found[0], found[1])
        return None

    async def put(self, stream: UUID, edition: str, version: int, state: bytes) -> None:
        with _only_logged("snapshots.not-written"):
            async with (
                asyncio.timeout(PATIENCE),
                self._pool.connection() as connection,
                connection.transaction(),
            ):
                await connection.execute("SET LOCAL synchronous_commit = off")
                await connection.execute(
                    "INSERT INTO snapshots.state (stream, version, edition, state)"
                    " VALUES (%s, %s, %s, %s) ON CONFLICT (stream) DO UPDATE SET"
                    " version = EXCLUDED.version, edition = EXCLUDED.edition,"
                    " state = EXCLUDED.state",
                    [stream, version, edition, state],
                )

    async def discard(self) -> None:
        with _only_logged("snapshots.not-discarded"):
            async with self._pool.connection() as connection:
                await connection.execute("DELETE FROM snapshots.state")


def code_fingerprint() -> str:
    """Of the source that folds states: another text may fold another state from the same facts."""
    digest = sha256()
    for package in ("domain", "application"):
        for path, source in _sources(files(package), package):
            digest.update(f"{path} {len(source)} ".encode() + source)
    return digest.hexdigest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _sources(each, f"{path}/{each.name}")
        elif each.name.endswith(".py"):
            yield f"{path}/{each.name}", each.read_bytes()


@contextmanager
def _only_logged(event: str) -> Iterator[None]:
    try:
        yield
    except (psycopg.Error, PoolTimeout, TimeoutError) as error:
        _log.warning(event, why=str(error))
