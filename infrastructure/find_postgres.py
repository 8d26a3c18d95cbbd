"""Which PostgreSQL this process uses: the operator's, or one of our own.

In this order: `DATABASE_URL`; else an embedded server of the wheel's programs; else one of the
programs that `pg_ctl` on the path belongs to. All three are the same version and the same dialect.
"""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infrastructure.postgres_binaries import MAJOR
from infrastructure.refusals import Unusable
from infrastructure.settings import Settings

if TYPE_CHECKING:
    from infrastructure.embedded_postgres import Cluster

DATABASE = "kringboek"
"""The database that an embedded server holds."""
SERVICE = "kringboek_service"
VAULT = "kringboek_vault"
"""The roles that a process connects as; `schema/roles.sql` says what each may do."""


class Postgres(Protocol):
    """A PostgreSQL to use until `stop`."""

    @property
    def owner_dsn(self) -> str:
        """Connects as whoever may create and change tables: for `migrate` and nothing else."""

    def dsn(self, role: str) -> str:
        """Connects with the rights of `role`, which the migration created."""

    def stop(self) -> None:
        """Leave it; an embedded server that nobody else uses stops."""


@dataclass(frozen=True, kw_only=True)
class GivenPostgres:
    """The operator's server. A login that is not the role itself takes the role on.

    For that it is a member of the role (GRANT ... WITH INHERIT FALSE, SET TRUE), and can put the
    role off again; separate logins, with `vault_url`, are the stronger wall.
    """

    url: str
    owner_url: str
    vault_url: str

    @property
    def owner_dsn(self) -> str:
        return self.owner_url

    def dsn(self, role: str) -> str:
        url = self.vault_url if role == VAULT else self.url
        said = conninfo_to_dict(url)
        if said.get("user") == role:
            return url
        return make_conninfo(url, options=f"{said.get('options') or ''} -c role={role}".strip())

    def stop(self) -> None:
        return


@dataclass(frozen=True, kw_only=True)
class EmbeddedPostgres:
    """Our own server: the account that started it may connect as any role."""

    cluster: "Cluster"

    @property
    def owner_dsn(self) -> str:
        return self.cluster.dsn(DATABASE)

    def dsn(self, role: str) -> str:
        return self.cluster.dsn(DATABASE, role)

    def stop(self) -> None:
        self.cluster.stop()


def find_postgres(settings: Settings) -> Postgres:
    """The PostgreSQL that `settings` lead to; an embedded one is running when this returns.

    Raises `Unusable` when there is none, when it is of another version, or when psycopg would have
    to do its work in pure Python, which is some ten times slower.
    """
    if psycopg.pq.__impl__ == "python":
        why = "is installed without its compiled part"
        raise Unusable("psycopg-pure-python", "psycopg", why, "Install psycopg[binary]")
    if settings.database_url is not None:
        _require_version(settings.database_url)
        return GivenPostgres(
            url=settings.database_url,
            owner_url=settings.owner_database_url or settings.database_url,
            vault_url=settings.vault_database_url or settings.database_url,
        )
    if sys.platform == "win32":
        why = "the embedded server needs unix sockets, which Windows does not have"
        cure = f"Set DATABASE_URL to a PostgreSQL {MAJOR} server, or use WSL"
        raise Unusable("embedded-postgres-platform", "PostgreSQL", why, cure)
    from infrastructure.embedded_postgres import start  # noqa: PLC0415  Windows cannot import it

    cluster = start(settings.data)
    cluster.ensure_database(DATABASE)
    return EmbeddedPostgres(cluster=cluster)


def _require_version(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        # libpq's message names host, port, user and database, and never the password.
        why = f"no connection ({str(error).strip()})"
        cure = "Start the server, or correct DATABASE_URL"
        raise Unusable("database-unreachable", "DATABASE_URL", why, cure) from None
    if found != MAJOR:
        why = f"the server is PostgreSQL {found}"
        cure = f"Kringboek needs PostgreSQL {MAJOR}: the one dialect it is tested with"
        raise Unusable("postgres-version", "DATABASE_URL", why, cure)
