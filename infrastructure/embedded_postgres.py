"""A PostgreSQL of our own, for whoever has none: started with the first user, stopped by the last.

It lives in the data folder and nowhere else: `postgres/` (the cluster), `socket/` (its only door,
a unix socket in a private folder), `postgres.log` (what it says; never row values), and two lock
files. `postgres.lock` is held while somebody starts or stops the server, `postgres.users` for as
long as a process uses it. The kernel drops both locks when a process dies, however it dies: so a
server whose users are all gone is an orphan, which the next start stops before it starts afresh,
and a server that has users is joined.

Run by root, the server itself runs as `nobody`. Only the account that started it may connect, as
any role of the database (peer authentication with a map); the bootstrap superuser is `postgres`,
as in the official image, so that both are set up by the same migration.

`postgresql.conf`, `pg_hba.conf` and `pg_ident.conf` are written at every start; what an operator
wants otherwise is said with ALTER SYSTEM, which is kept.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from infrastructure.postgres_binaries import MAJOR, binaries_for, private_folder_above
from infrastructure.refusals import Unusable

SUPERUSER = "postgres"
_START_WITHIN = 120.0
"""Seconds: a server that was killed may first have to replay what it had written ahead."""
_RETRY_WITHIN = 10.0
"""Seconds in which a server that gave up at once is tried again."""
_STOP_WITHIN = 30.0
_SOCKET_NAME_LIMIT = 103
"""Bytes of a unix socket's path: 107 on Linux, 103 on macOS."""

_CONFIGURATION = """\
# Written by Kringboek at every start. Say what you want otherwise with ALTER SYSTEM.
listen_addresses = ''
unix_socket_directories = '{socket}'
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
_WITHOUT_SAFETY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running server that this process uses. `stop()`, or leave the `with` block, when done."""

    data: Path
    users: BinaryIO
    server: "subprocess.Popen[bytes] | None"
    """The server, when this process started it: its parent has to reap it."""

    @property
    def socket(self) -> Path:
        """The private folder of the unix socket."""
        return self.data / "socket"

    @property
    def process_id(self) -> int:
        """The process id of the server, which other users may have stopped and started since."""
        return int(_pid_file(self.data).read_text().split("\n", 1)[0])

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """What psycopg needs to connect to `database` as the role `user`."""
        return make_conninfo(host=str(self.socket), dbname=database, user=user)

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
        with _starting_or_stopping(self.data):
            if _locked(self.users, fcntl.LOCK_EX):
                _stop_server(self.data)
                if self.server is not None:
                    self.server.wait(_STOP_WITHIN)
            self.users.close()

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

    `fsync=False` may lose or corrupt everything in a crash of the machine: for tests only. Raises
    `Unusable` when the folder or the programs cannot be used. A kill at any moment leaves a folder
    that can be started again with every committed transaction in it.
    """
    data = data.absolute()
    as_nobody = _prepare(data)
    account: dict[str, Any] = _nobody() if as_nobody else {}
    with _starting_or_stopping(data):
        users = (data / "postgres.users").open("ab")
        server = None
        alone = _locked(users, fcntl.LOCK_EX)
        if alone:
            _stop_server(data)
        if alone or not _answers(data):
            binaries = binaries_for(data, as_nobody=as_nobody)
            _initialise(data, binaries, account)
            _configure(data, fsync=fsync)
            server = _launch(data, binaries, account)
        fcntl.flock(users, fcntl.LOCK_SH)
    return Cluster(data=data, users=users, server=server)


def stop_orphan(data: Path) -> None:
    """Stop the server of a folder that nobody uses any more; without one, do nothing."""
    if (data / "postgres.users").exists():
        with _starting_or_stopping(data), (data / "postgres.users").open("ab") as users:
            if _locked(users, fcntl.LOCK_EX):
                _stop_server(data)


def _prepare(data: Path) -> bool:
    """Make the folder and check it; whether the server must run as `nobody`."""
    if sys.platform == "win32":
        raise Unusable(
            "embedded-postgres-platform",
            "PostgreSQL",
            "the embedded server needs unix sockets, which Windows does not have",
            f"Set DATABASE_URL to a PostgreSQL {MAJOR} server, or use WSL",
        )
    try:
        with suppress(FileExistsError):
            data.mkdir(parents=True)
            data.chmod(0o755)
        (data / "socket").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Unusable(
            "data-not-writable", str(data), f"cannot be made or written ({error.strerror})",
            "Set DATA to a folder that this account may write",
        ) from error  # fmt: skip
    status = data.stat()
    if status.st_uid != os.geteuid() or status.st_mode & 0o002:
        raise Unusable(
            "data-not-ours", str(data), "belongs to another account, or everybody may write in it",
            "Set DATA to a folder of this account alone: chown it, and chmod o-w",
        )  # fmt: skip
    if len(os.fsencode(data / "socket" / ".s.PGSQL.5432")) > _SOCKET_NAME_LIMIT:
        raise Unusable(
            "data-path-too-long", str(data), "a unix socket below it would have too long a name",
            "Set DATA to a folder with a shorter path",
        )  # fmt: skip
    as_root = os.geteuid() == 0
    private = private_folder_above(data / "postgres") if as_root else None
    if private is not None:
        raise Unusable(
            "data-under-private-folder", str(data),
            f"PostgreSQL runs as nobody when root starts it, and may not enter {private}",
            f"Set DATA to a folder elsewhere, such as /var/lib/kringboek, or chmod o+x {private}",
        )  # fmt: skip
    return as_root


def _nobody() -> dict[str, Any]:
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def _starting_or_stopping(data: Path) -> Iterator[None]:
    with (data / "postgres.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _locked(file: BinaryIO, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _pid_file(data: Path) -> Path:
    return data / "postgres" / "postmaster.pid"


def _answers(data: Path) -> bool:
    """Whether the server of this folder accepts connections; its pid file alone proves nothing."""
    try:
        dsn = make_conninfo(host=str(data / "socket"), dbname="postgres", user=SUPERUSER)
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version_num')::int, current_setting('data_directory')"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and row[0] // 10_000 == MAJOR and Path(row[1]) == data / "postgres"


def _stop_server(data: Path) -> None:
    """Stop the server of this folder, if one runs. What was committed is on disk afterwards."""
    if not _answers(data):
        return
    os.kill(int(_pid_file(data).read_text().split("\n", 1)[0]), signal.SIGINT)
    deadline = time.monotonic() + _STOP_WITHIN
    while _pid_file(data).exists():
        if time.monotonic() > deadline:
            raise Unusable(
                "postgres-does-not-stop", str(data), f"still running after {_STOP_WITHIN:.0f} s",
                "Look in postgres.log of that folder",
            )  # fmt: skip
        time.sleep(0.02)


def _initialise(data: Path, binaries: Path, account: dict[str, Any]) -> None:
    """Make the cluster in a folder beside its place and move it there whole."""
    home, unfinished = data / "postgres", data / "postgres.unfinished"
    if not home.exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        _give(unfinished, account)
        # Sorting by code point in every build, on every machine: no view may differ by locale.
        words = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        words += [
            "--locale=C",
            "--auth=reject",
            f"--username={SUPERUSER}",
            f"--pgdata={unfinished}",
        ]
        done = _run([binaries / "initdb", *words], data, account).wait(timeout=120)
        if done != 0:
            raise _failed(data, f"initdb ended with status {done}")
        unfinished.rename(home)
    _give(data / "socket", account)
    of_home = (home / "PG_VERSION").read_text().strip()
    if of_home != str(MAJOR):
        raise Unusable(
            "data-of-other-version", str(home), f"was written by PostgreSQL {of_home}, not {MAJOR}",
            "Export with the Kringboek that wrote it, and set DATA to a new folder",
        )  # fmt: skip


def _configure(data: Path, *, fsync: bool) -> None:
    home = data / "postgres"
    ours = _CONFIGURATION.format(socket=str(data / "socket").replace("'", "''"))
    (home / "postgresql.conf").write_text(ours + ("" if fsync else _WITHOUT_SAFETY))
    (home / "pg_hba.conf").write_text("local all all peer map=kringboek\n")
    account = pwd.getpwuid(os.geteuid()).pw_name
    (home / "pg_ident.conf").write_text(f'kringboek "{account}" all\n')


def _launch(data: Path, binaries: Path, account: dict[str, Any]) -> "subprocess.Popen[bytes]":
    """Start the server and wait until it answers.

    The children of a killed postmaster hold its shared memory for a moment, and a server started
    in that moment gives up: so it is tried again until the time is over.
    """
    begun = time.monotonic()
    words = [binaries / "postgres", "-D", data / "postgres"]
    server = _run(words, data, account)
    while not _answers(data):
        waited = time.monotonic() - begun
        if server.poll() is not None:
            if waited > _RETRY_WITHIN:
                raise _failed(data, f"the server ended with status {server.returncode}")
            time.sleep(0.5)
            server = _run(words, data, account)
        elif waited > _START_WITHIN:
            server.kill()
            raise _failed(data, f"the server did not answer within {_START_WITHIN:.0f} s")
        time.sleep(0.05)
    return server


def _run(words: list[Any], data: Path, account: dict[str, Any]) -> "subprocess.Popen[bytes]":
    """A program with no secrets in its environment, out of reach of the terminal's Ctrl-C.

    Its output goes to a file: a pipe would be held open by the server's children.
    """
    with (data / "postgres.log").open("ab") as log:
        return subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"}, start_new_session=True, **account,
        )  # fmt: skip


def _give(folder: Path, account: dict[str, Any]) -> None:
    if account:
        os.chown(folder, account["user"], account["group"])


def _failed(data: Path, why: str) -> Unusable:
    said = (data / "postgres.log").read_text(errors="replace").splitlines()[-5:]
    return Unusable("postgres-does-not-start", str(data), why, "It said: " + " / ".join(said))
