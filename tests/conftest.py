"""What tests may ask for: a PostgreSQL cluster for the whole run, and a database for one test.

One embedded cluster (fsync off) serves every worker of a run. Whoever needs it first starts it, the
others join it, the last one stops it; its folder belongs to the process that began the run. A run
that was killed leaves its folder behind, and the next run removes it with the server in it.

Databases are copies of a template that is migrated once per run, so a test starts with a fresh
ledger and cannot see what another test left.
"""

import asyncio
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, BinaryIO
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from infrastructure import embedded_postgres
from infrastructure.embedded_postgres import Cluster

ORIGIN = "kringboek.example/toets"
SANDBOX_ORIGIN = "kringboek.example/zandbak"

_FOLDERS = f"kringboek-tests-{os.geteuid()}-"
_folder = pytest.StashKey[Path]()
_alive = pytest.StashKey[BinaryIO]()


@dataclass(frozen=True, kw_only=True)
class Database:
    """One database of the run's cluster. The superuser may do anything; roles are the migration's."""

    cluster: Cluster
    name: str

    @property
    def superuser_dsn(self) -> str:
        return self.cluster.dsn(self.name)

    def dsn(self, role: str) -> str:
        return self.cluster.dsn(self.name, role)


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder, which the workers of xdist get from the process that began it."""
    if hasattr(config, "workerinput"):
        config.stash[_folder] = Path(config.workerinput["kringboek_folder"])
        return
    _remove_abandoned()
    folder = Path(mkdtemp(prefix=_FOLDERS))
    folder.chmod(0o711)  # PostgreSQL runs as nobody when root runs the tests
    alive = (folder / "alive").open("ab")
    fcntl.flock(alive, fcntl.LOCK_EX)
    config.stash[_folder] = folder
    config.stash[_alive] = alive


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["kringboek_folder"] = str(node.config.stash[_folder])


def pytest_unconfigure(config: pytest.Config) -> None:
    if _alive in config.stash:
        _remove(config.stash[_folder])
        config.stash[_alive].close()


def _remove_abandoned() -> None:
    """Remove the folders of runs that were killed: nobody holds their `alive` any more."""
    for folder in Path(gettempdir()).glob(f"{_FOLDERS}*"):
        if folder.stat().st_uid != os.geteuid() or not (folder / "alive").exists():
            continue
        with (folder / "alive").open("ab") as alive:
            try:
                fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            _remove(folder)


def _remove(folder: Path) -> None:
    embedded_postgres.stop_orphan(folder / "cluster")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config) -> Iterator[Cluster]:
    """The run's PostgreSQL server, shared by all workers."""
    with embedded_postgres.start(pytestconfig.stash[_folder] / "cluster", fsync=False) as started:
        yield started


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[Database]:
    """A database in which nothing was migrated."""
    with _copied(cluster, "template0") as database:
        yield database


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """A migrated, empty ledger of its own for this test."""
    template = _migrated_template(cluster, ORIGIN, sandbox=False)
    with _copied(cluster, template) as database:
        yield database


@contextmanager
def copied_ledger(cluster: Cluster) -> Iterator[Database]:
    """As the fixture `database`, for as long as whoever asks wants to keep it."""
    template = _migrated_template(cluster, ORIGIN, sandbox=False)
    with _copied(cluster, template) as database:
        yield database


@pytest.fixture
def sandbox_database(cluster: Cluster) -> Iterator[Database]:
    """As `database`, but a sandbox (zandbak): its append takes the player's clock."""
    template = _migrated_template(cluster, SANDBOX_ORIGIN, sandbox=True)
    with _copied(cluster, template) as database:
        yield database


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine; where there is none the test is skipped, but never in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("KRINGBOEK_BROWSER_REQUIRED"):
        pytest.fail("KRINGBOEK_BROWSER_REQUIRED is set and there is no chromium on the path")
    if found is None:
        pytest.skip("there is no chromium on the path; install one to test the pages")
    return found


@contextmanager
def _copied(cluster: Cluster, template: str) -> Iterator[Database]:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    yield Database(cluster=cluster, name=name)
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrated_template(cluster: Cluster, origin: str, *, sandbox: bool) -> str:
    """The name of the run's migrated database of this kind, made by the first worker to ask."""
    from infrastructure.migrate import migrate

    name = "template_sandbox" if sandbox else "template_ledger"
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        # Roles belong to the whole cluster, so two migrations at once would trip over each other.
        connection.execute("SELECT pg_advisory_lock(hashtext('kringboek templates'))")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            unfinished = f"{name}_unfinished"
            for words in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
                connection.execute(sql.SQL(words).format(sql.Identifier(unfinished)))
            asyncio.run(migrate(cluster.dsn(unfinished), origin=origin, sandbox=sandbox))
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(unfinished), sql.Identifier(name)
                )
            )
    return name
