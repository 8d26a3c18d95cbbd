"""A PostgreSQL of our own, for whoever has none: started with the first user, stopped by the last.

It lives in the data folder and nowhere else: `postgres/` (the cluster), `socket/` (its only door,
a unix socket in a private folder), `postgres.log` (what it says; never row values), and two lock
files, with the configuration. `postgres.lock` is held while somebody starts or stops the server, `postgres.users` for as
long as a process uses it. The kernel drops both locks when a process dies, however it dies: so a
server whose users are all gone is an orphan, which the next start stops before it starts afresh,
and a server that has users is joined.

Run by root, the server itself runs as `nobody`, and root neither writes in `postgres/` nor sends a
signal of its own to a process named there. Only the account that started the server may connect, as
any role of the database (peer authentication with a map); the bootstrap superuser is `postgres`, as
in the official image, so that both are set up by the same migration.

The configuration is written at every start; what an operator wants otherwise is said with ALTER
SYSTEM, which is kept.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, BinaryIO, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from infrastructure.data_folder import prepared
from infrastructure.postgres_binaries import MAJOR, binaries_for
from infrastructure.refusals import Unusable

SUPERUSER = "postgres"
_START_WITHIN = 120.0
"""Seconds: a server that was killed may first have to replay what it had written ahead."""
_RETRY_WITHIN = 10.0
"""Seconds in which a server that gave up at once is tried again."""
_STOP_WITHIN = 30.0

_CONFIGURATION = """\
# Written by Kringboek at every start. Say what you want otherwise with ALTER SYSTEM.
data_directory = '{data}/postgres'
hba_file = '{data}/pg_hba.conf'
ident_file = '{data}/pg_ident.conf'
listen_addresses = ''
unix_socket_directories = '{data}/socket'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
# Values of rows, which may name people, stay out of the log.
log_error_verbosity = terse
log_min_error_statement = panic
log_checkpoints = off
"""
_WITHOUT_SAFETY = "fsync = off\nfull_page_writes = off\n"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running server that this process uses. `stop()`, or leave the `with` block, when done."""

    data: Path
    users: BinaryIO

    @property
    def process_id(self) -> int:
        """The process id of the server, which other users may have stopped and started since."""
        return _process_id(self.data)

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """What psycopg needs to connect to `database` as the role `user`."""
        return make_conninfo(host=str(self.data / "socket"), dbname=database, user=user)

    def ensure_database(self, name: str) -> None:
        """Create the database unless it exists."""
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server if nobody else uses it. Doing so twice is the same as once."""
        if self.users.closed:
            return
        with _starting_or_stopping(self.data), self.users:
            if _nobody_else(self.users):
                _stop_server(self.data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()


def start(data: Path, *, fsync: bool = True) -> Cluster:
    """Start, or join, the server of the folder `data`, which is made when it does not exist.

    `fsync=False` may lose or corrupt everything in a crash of the machine, though nothing when a
    process is killed: for tests only. Raises `Unusable` when the folder or the programs cannot be
    used. A kill at any moment leaves a folder that can be started again with every committed
    transaction in it.
    """
    data = prepared(data)
    with _starting_or_stopping(data), ExitStack() as undo:
        users = undo.enter_context((data / "postgres.users").open("ab"))
        alone = _nobody_else(users)
        if alone:
            _stop_server(data)
        if alone or not _version(data):
            _start_server(data, fsync=fsync)
        if _version(data) // 10_000 != MAJOR:
            why = f"a server of another version than {MAJOR} runs on it"
            cure = "Stop the older Kringboek that uses this folder"
            raise Unusable("postgres-version", str(data), why, cure)
        fcntl.flock(users, fcntl.LOCK_SH)
        undo.pop_all()
    return Cluster(data=data, users=users)


def stop_orphan(data: Path) -> None:
    """Stop the server of a folder that nobody uses any more; without one, do nothing."""
    if (data / "postgres.users").exists():
        with _starting_or_stopping(data), (data / "postgres.users").open("ab") as users:
            if _nobody_else(users):
                _stop_server(data)


@contextmanager
def _starting_or_stopping(data: Path) -> Iterator[None]:
    with (data / "postgres.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _nobody_else(users: BinaryIO) -> bool:
    """Whether no living process uses the server; if so, `users` holds the lock alone."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _pid_file(data: Path) -> Path:
    return data / "postgres" / "postmaster.pid"


def _process_id(data: Path) -> int:
    return int(_pid_file(data).read_text().split("\n", 1)[0])


def _version(data: Path) -> int:
    """The version number of this folder's server; 0 when none answers.

    A pid file alone proves nothing: its process may be long gone and its number given to another.
    """
    dsn = make_conninfo(host=str(data / "socket"), dbname="postgres", user=SUPERUSER)
    try:
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version_num')::int, current_setting('data_directory')"
            ).fetchone()
    except psycopg.OperationalError:
        return 0
    return int(row[0]) if row and Path(row[1]) == data / "postgres" else 0


def _stop_server(data: Path) -> None:
    """Stop the server of this folder, if one runs. What was committed is on disk afterwards."""
    if not _version(data):
        return
    _run(["/bin/sh", "-c", f"kill -INT {_process_id(data)}"], data).wait(_STOP_WITHIN)
    deadline = time.monotonic() + _STOP_WITHIN
    while _pid_file(data).exists():
        if time.monotonic() > deadline:
            raise _failed("postgres-does-not-stop", data, f"still runs after {_STOP_WITHIN:.0f} s")
        time.sleep(0.02)


def _start_server(data: Path, *, fsync: bool) -> None:
    binaries = binaries_for(data, as_nobody=bool(_account()))
    _initialise(data, binaries)
    _configure(data, fsync=fsync)
    _launch(data, binaries)


def _initialise(data: Path, binaries: Path) -> None:
    """Make the cluster in a folder beside its place, and move it there whole."""
    home, unfinished = data / "postgres", data / "postgres.unfinished"
    _private(data / "socket")
    if not home.exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        _private(unfinished)
        # Sorting by code point in every build, on every machine: no view may differ by locale.
        words = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        words += [
            "--locale=C",
            "--auth=reject",
            f"--username={SUPERUSER}",
            f"--pgdata={unfinished}",
        ]
        status = _run([str(binaries / "initdb"), *words], data).wait(timeout=_START_WITHIN)
        if status != 0:
            raise _failed("postgres-does-not-start", data, f"initdb ended with status {status}")
        unfinished.rename(home)
    written_by = (home / "PG_VERSION").read_text().strip()
    if written_by != str(MAJOR):
        why = f"was written by PostgreSQL {written_by}, not {MAJOR}"
        cure = "Export with the Kringboek that wrote it, and set DATA to a new folder"
        raise Unusable("data-of-other-version", str(home), why, cure)


def _configure(data: Path, *, fsync: bool) -> None:
    ours = _CONFIGURATION.format(data=str(data).replace("'", "''"))
    account = pwd.getpwuid(os.geteuid()).pw_name
    for name, words in (
        ("postgresql.conf", ours + ("" if fsync else _WITHOUT_SAFETY)),
        ("pg_hba.conf", "local all all peer map=kringboek\n"),
        ("pg_ident.conf", f'kringboek "{account}" all\n'),
    ):
        (data / name).write_text(words, encoding="utf-8")
        (data / name).chmod(0o644)


def _launch(data: Path, binaries: Path) -> None:
    """Start the server and wait until it answers.

    The children of a killed postmaster hold its shared memory for a moment, and a server started
    in that moment gives up at once: so it is tried again.
    """
    begun = time.monotonic()
    words = [str(binaries / "postgres"), f"--config-file={data / 'postgresql.conf'}"]
    server = _run(words, data)
    while not _version(data):
        waited = time.monotonic() - begun
        if server.poll() is not None:
            if waited > _RETRY_WITHIN:
                why = f"the server ended with status {server.returncode}"
                raise _failed("postgres-does-not-start", data, why)
            time.sleep(0.5)
            server = _run(words, data)
        elif waited > _START_WITHIN:
            server.kill()
            why = f"the server did not answer within {_START_WITHIN:.0f} s"
            raise _failed("postgres-does-not-start", data, why)
        time.sleep(0.05)
    # A killed server that nobody reaps keeps its process id, and would seem to hold the folder.
    Thread(target=server.wait, name="reap-postgres", daemon=True).start()


def _run(words: Sequence[str | Path], data: Path) -> "subprocess.Popen[bytes]":
    """A program with no secrets in its environment, out of reach of the terminal's Ctrl-C.

    Its output goes to a file: a pipe would be held open by the server's children.
    """
    with (data / "postgres.log").open("ab") as log:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            start_new_session=True,
            **_account(),
        )


def _account() -> dict[str, Any]:
    """Whom the server runs as: nobody, when we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _private(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    if account := _account():
        os.chown(folder, account["user"], account["group"])


def _failed(code: str, data: Path, why: str) -> Unusable:
    log = data / "postgres.log"
    said = log.read_text(errors="replace").splitlines()[-3:]
    return Unusable(code, str(data), why, f"See {log}, which ends with: {' / '.join(said)}")
