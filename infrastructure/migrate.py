"""All DDL there is: it brings a database to the schema of this build, run by the owner.

There are two parts: the ledger with what stands on it (`schema/`), and the vault (`schema/vault/`),
which may have a database to itself. The numbered files of a part are applied once each, in order,
every one in a transaction of its own together with its row in `kringboek.schema_version`: a crash
leaves whole files, and the next run goes on after them. Two migrations of one database wait for each other. A file that was
applied and has changed since is refused, because the database is then not what it seems.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from psycopg import AsyncConnection, errors
from psycopg.rows import TupleRow

from infrastructure.entry import FORMAT
from infrastructure.refusals import Unusable

_Connection = AsyncConnection[TupleRow]
_SCHEMA = files("infrastructure") / "schema"
_LEDGER = "ledger"
_VAULT = "vault"
_FOLDERS: Mapping[str, Traversable] = {_LEDGER: _SCHEMA, _VAULT: _SCHEMA / "vault"}
_VERSIONS = """
    CREATE SCHEMA IF NOT EXISTS kringboek;
    CREATE TABLE IF NOT EXISTS kringboek.schema_version (
        part text NOT NULL,
        number integer NOT NULL,
        file text NOT NULL,
        sha256 bytea NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (part, number)
    );
"""
_ATTEMPTS = 20
_REAL_CLOCK = {"{{clock_parameter}}": "", "{{clock}}": "clock_timestamp()"}
_PLAYERS_CLOCK = {
    "{{clock_parameter}}": ",\n    clock timestamptz",
    "{{clock}}": "coalesce(clock, clock_timestamp())",
}


@dataclass(frozen=True, kw_only=True)
class _File:
    number: int
    name: str
    text: str

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()


async def migrate(owner_dsn: str, *, origin: str, sandbox: bool, vault: bool = True) -> None:
    """Bring the database to this build's schema; doing so twice is the same as once.

    `origin` and `sandbox` are chosen when the ledger is made. Later they must be the same, or
    `Unusable` (`ledger-origin`, `ledger-sandbox`) is raised and nothing was changed; so it is with
    a schema file that has changed (`schema-changed`) or that a newer build applied (`schema-newer`).
    `vault=False` leaves the vault out, for whoever gives it another database (`migrate_vault`).
    The connecting user is a superuser, or owns the database and may create roles.
    """
    marks = _PLAYERS_CLOCK if sandbox else _REAL_CLOCK
    async with _alone(owner_dsn) as connection:
        todo = await _to_apply(connection, _LEDGER)
        if not any(each.number == 1 for each in todo):
            await _check_origin(connection, origin, sandbox=sandbox)
        await _ensure_roles(connection)
        for each in todo:
            async with _applying(connection, _LEDGER, each, marks):
                if each.number == 1:
                    await connection.execute(
                        "INSERT INTO ledger.origin (origin, sandbox, entry_format)"
                        " VALUES (%s, %s, %s)",
                        [origin, sandbox, FORMAT],
                    )
    if vault:
        await migrate_vault(owner_dsn)


async def migrate_vault(owner_dsn: str) -> None:
    """As `migrate`, for the vault alone."""
    async with _alone(owner_dsn) as connection:
        todo = await _to_apply(connection, _VAULT)
        await _ensure_roles(connection)
        for each in todo:
            async with _applying(connection, _VAULT, each, {}):
                pass


async def not_applied(owner_dsn: str, *, vault: bool) -> list[str]:
    """The schema files of this build that this database lacks, or what else is not this build's."""
    found = []
    async with await AsyncConnection.connect(owner_dsn, autocommit=True) as connection:
        for part in (_LEDGER, _VAULT) if vault else (_LEDGER,):
            try:
                lacking = await _to_apply(connection, part)
            except Unusable as unusable:
                found.append(f"{part}: {unusable.what} {unusable.why}")
            else:
                found += [f"{part}: {each.name} was not applied" for each in lacking]
    return found


@asynccontextmanager
async def _alone(owner_dsn: str) -> AsyncIterator[_Connection]:
    """A connection to the database; other migrations of it wait until this one is closed."""
    async with await AsyncConnection.connect(owner_dsn, autocommit=True) as connection:
        await connection.execute("SELECT pg_advisory_lock(5310721, 2)")
        yield connection


async def _to_apply(connection: _Connection, part: str) -> list[_File]:
    """The files of `part` that were not applied yet, in order, once those that were are checked."""
    known = {each.number: each for each in _files(part)}
    for number, file, sha256 in await _applied(connection, part):
        if number not in known:
            raise Unusable(
                "schema-newer", file, "was applied by a newer build of Kringboek",
                "Run the build that applied it, or a later one",
            )  # fmt: skip
        if known.pop(number).sha256 != sha256:
            raise Unusable(
                "schema-changed", file, "has changed since it was applied to this database",
                "Run the build that made this database; before v0.1.0, make a new one",
            )  # fmt: skip
    return [known[number] for number in sorted(known)]


async def _applied(connection: _Connection, part: str) -> list[tuple[int, str, bytes]]:
    found = await connection.execute("SELECT to_regclass('kringboek.schema_version')")
    if await found.fetchone() == (None,):
        return []
    rows = await connection.execute(
        "SELECT number, file, sha256 FROM kringboek.schema_version WHERE part = %s", [part]
    )
    return [(number, file, sha256) async for number, file, sha256 in rows]


def _files(part: str) -> Iterator[_File]:
    for each in _FOLDERS[part].iterdir():
        if match := re.fullmatch(r"(\d{4})_\w+\.sql", each.name):
            yield _File(number=int(match[1]), name=each.name, text=each.read_text("utf-8"))


async def _check_origin(connection: _Connection, origin: str, *, sandbox: bool) -> None:
    rows = await connection.execute("SELECT origin, sandbox FROM ledger.origin")
    found_origin, found_sandbox = await rows.fetchone() or (None, None)
    if found_origin != origin:
        raise Unusable(
            "ledger-origin", "KRINGBOEK_ORIGIN", f"this database is the ledger {found_origin}",
            "Set the origin that the ledger was made with, or name another database",
        )  # fmt: skip
    if found_sandbox != sandbox:
        kind = "a sandbox" if found_sandbox else "no sandbox"
        raise Unusable(
            "ledger-sandbox", origin, f"this ledger was made as {kind}, and stays so",
            "Name another database",
        )  # fmt: skip


async def _ensure_roles(connection: _Connection) -> None:
    """Make what roles are lacking. Another database of the cluster may be doing the same."""
    words = (_SCHEMA / "roles.sql").read_text("utf-8").encode()
    for attempt in range(_ATTEMPTS):
        try:
            await connection.execute(words)
        except (errors.DuplicateObject, errors.UniqueViolation, errors.InternalError_):
            if attempt == _ATTEMPTS - 1:
                raise
            await asyncio.sleep(0.05)
        else:
            return


@asynccontextmanager
async def _applying(
    connection: _Connection, part: str, file: _File, marks: Mapping[str, str]
) -> AsyncIterator[None]:
    """Apply one file as the owner of the tables, with what the block does, or not at all."""
    text = file.text
    for mark, words in marks.items():
        text = text.replace(mark, words)
    async with connection.transaction():
        await connection.execute("SET LOCAL ROLE kringboek_owner")
        await connection.execute(_VERSIONS)
        await connection.execute(text.encode())
        await connection.execute(
            "INSERT INTO kringboek.schema_version (part, number, file, sha256)"
            " VALUES (%s, %s, %s, %s)",
            [part, file.number, file.name, file.sha256],
        )
        yield
