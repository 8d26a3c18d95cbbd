"""Settings under which a ledger would not be one, and which it therefore refuses to start with.

Each of them was found to lose events, or to let them be changed, without an error at the time.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection, pq

from infrastructure.refusals import Unusable

_OLDEST_SERVER = 140_000
_YES = frozenset({"y", "yes", "t", "true", "on", "1"})
_ASKED = """
    SELECT name, setting FROM pg_settings WHERE name IN ('server_version_num', 'server_encoding',
        'default_transaction_isolation', 'fsync', 'full_page_writes', 'synchronous_commit')
"""
_MAY_CHANGE = """
    SELECT current_user, EXISTS (
        SELECT FROM pg_class WHERE oid = to_regclass('ledger.event')
            AND has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
"""


async def refuse_settings(connection: AsyncConnection[Any], *, durable: bool) -> None:
    """Raise `Unusable` for the first setting of process, server or role that a ledger must refuse.

    `durable=False` allows the guarantees of the disk to be off: tests and throw-away sandboxes.
    """
    for refusal in await refused_settings(connection, durable=durable):
        raise refusal


async def refused_settings(
    connection: AsyncConnection[Any], *, durable: bool
) -> Sequence[Unusable]:
    """As `refuse_settings`, all of them and none raised."""
    server = dict(await (await connection.execute(_ASKED)).fetchall())
    found = list(refusals(os.environ, server, pq.__impl__, durable=durable))
    role, may_change = await (await connection.execute(_MAY_CHANGE)).fetchone() or ("", True)
    if may_change:
        why, cure = "may change the ledger behind its back", "Log in as kringboek_service"
        found.append(Unusable("ledger-role", f"the role {role}", why, cure))
    return found


def refusals(
    environment: Mapping[str, str], server: Mapping[str, str], driver: str, *, durable: bool
) -> Iterator[Unusable]:
    """Everything to refuse in the process's environment, the server's settings and the driver."""
    if environment.get("POSTGRES_ENABLE_DB_FUNCTIONS", "").lower() in _YES:
        yield Unusable(
            "ledger-without-lock", "POSTGRES_ENABLE_DB_FUNCTIONS",
            "lets the eventsourcing library append without a lock, and whoever follows the ledger "
            "then misses about one event in a hundred",
            "Unset it",
        )  # fmt: skip
    if driver == "python":
        yield Unusable(
            "ledger-driver", "psycopg", "runs without its compiled part, several times slower",
            "Install psycopg[binary]",
        )  # fmt: skip
    if int(server["server_version_num"]) < _OLDEST_SERVER:
        yield Unusable(
            "ledger-server-version", "PostgreSQL", "is older than 14", "Use PostgreSQL 18"
        )
    wanted = {"server_encoding": "UTF8", "default_transaction_isolation": "read committed"}
    if durable:
        wanted |= {"fsync": "on", "full_page_writes": "on"}
    for name, right in wanted.items():
        if server[name] != right:
            yield _server_setting(name, server[name], right)
    if durable and server["synchronous_commit"] in ("off", "local"):
        # `local` confirms before a standby has it: after a failover the event is gone.
        yield _server_setting("synchronous_commit", server["synchronous_commit"], "on")


def _server_setting(name: str, found: str, right: str) -> Unusable:
    why = f"is {found}, and a ledger could then lose what it confirmed"
    return Unusable("ledger-server-setting", name, why, f"ALTER SYSTEM SET {name} = '{right}'")
