"""A database that lasts as long as somebody plays with it, beside the one that is kept."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from infrastructure.find_postgres import Postgres
from infrastructure.refusals import Unusable

_PREFIX = "kringboek_play_"


@dataclass(frozen=True, kw_only=True)
class OtherDatabase:
    """The same server, another database."""

    server: Postgres
    name: str

    @property
    def owner_dsn(self) -> str:
        return make_conninfo(self.server.owner_dsn, dbname=self.name)

    def dsn(self, role: str) -> str:
        return make_conninfo(self.server.dsn(role), dbname=self.name)

    def stop(self) -> None:
        return


@contextmanager
def throw_away(server: Postgres) -> Iterator[OtherDatabase]:
    """An empty database of `server`, which is dropped when the block ends.

    A kill leaves it behind; the next one drops those whose maker is gone. Raises `Unusable` when
    the login may not make databases.
    """
    name = f"{_PREFIX}{os.getpid()}_{token_hex(4)}"
    with psycopg.connect(server.owner_dsn, autocommit=True) as connection:
        # Held for as long as the database is in use: this is how others see that it is.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        try:
            _drop_abandoned(connection)
            _run(connection, "CREATE DATABASE {} TEMPLATE template0", name)
        except psycopg.errors.InsufficientPrivilege:
            why = "its login may not make a database to play in"
            cure = "Name a sandbox with --into, or set KRINGBOEK_OWNER_DATABASE_URL"
            raise Unusable("database-not-made", "DATABASE_URL", why, cure) from None
        try:
            yield OtherDatabase(server=server, name=name)
        finally:
            _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _drop_abandoned(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "WITH found AS MATERIALIZED"
        " (SELECT datname FROM pg_database WHERE starts_with(datname, %s))"
        " SELECT datname FROM found WHERE pg_try_advisory_lock(hashtext(datname))",
        [_PREFIX],
    )
    for (name,) in rows.fetchall():
        _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _run(connection: psycopg.Connection, words: str, name: str) -> None:
    connection.execute(sql.SQL(words).format(sql.Identifier(name)))
