"""The embedded server keeps what was committed, whoever is killed, and lets nobody else in."""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from infrastructure import embedded_postgres
from infrastructure.embedded_postgres import Cluster, start
from infrastructure.postgres_binaries import binaries_for

AS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not AS_ROOT, reason="only root hands the server to nobody")

AN_APPLICATION = """
import sys, time
from pathlib import Path
from infrastructure.embedded_postgres import start
cluster = start(Path(sys.argv[1]), fsync=False)
print(cluster.process_id, flush=True)
time.sleep(600)
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that does not exist yet, in a folder that every account may pass."""
    parent = Path(mkdtemp(prefix="kringboek-embedded-"))
    parent.chmod(0o711)
    yield parent / "data"
    embedded_postgres.stop_orphan(parent / "data")
    rmtree(parent)


def remember(cluster: Cluster, word: str) -> None:
    with psycopg.connect(cluster.dsn()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS remembered (word text PRIMARY KEY)")
        connection.execute("INSERT INTO remembered VALUES (%s)", [word])


def remembered(cluster: Cluster) -> list[str]:
    with psycopg.connect(cluster.dsn()) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM remembered")]


def is_refused(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.dsn()).close()
    except psycopg.OperationalError:
        return True
    return False


def test_a_server_that_was_stopped_starts_again_with_its_data(data: Path) -> None:
    with start(data, fsync=True) as cluster:
        remember(cluster, "kring")
    assert is_refused(cluster)
    with start(data) as cluster, psycopg.connect(cluster.dsn()) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert remembered(cluster) == ["kring"]


def test_a_killed_server_starts_again_with_its_data(data: Path) -> None:
    with start(data, fsync=False) as cluster:
        remember(cluster, "kring")
        os.kill(cluster.process_id, signal.SIGKILL)
        with start(data, fsync=False) as again:
            assert remembered(again) == ["kring"]


def test_the_orphan_of_a_killed_application_is_replaced_and_keeps_its_data(data: Path) -> None:
    words = [sys.executable, "-c", AN_APPLICATION, str(data)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as application:
        assert application.stdout is not None
        orphan = int(application.stdout.readline())
        with start(data, fsync=False) as cluster:
            assert cluster.process_id == orphan, "a server that is in use is joined"
            remember(cluster, "kring")
        application.kill()
        assert application.stdout.read() == "", "the server would hold this pipe open"
    with start(data, fsync=False) as cluster:
        assert cluster.process_id != orphan
        assert remembered(cluster) == ["kring"]


def test_the_last_user_stops_the_server_and_no_one_before(data: Path) -> None:
    first = start(data, fsync=False)
    second = start(data, fsync=False)
    first.stop()
    first.stop()
    assert not is_refused(second)
    second.stop()
    assert is_refused(second)


def test_an_interrupted_initialisation_is_begun_again(data: Path) -> None:
    (data / "postgres.unfinished" / "base").mkdir(parents=True)
    with start(data, fsync=False) as cluster:
        assert not is_refused(cluster)


def test_a_database_is_created_once(data: Path) -> None:
    with start(data, fsync=False) as cluster:
        cluster.ensure_database("kringboek")
        cluster.ensure_database("kringboek")
        with psycopg.connect(cluster.dsn("kringboek")) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("kringboek",)


def test_the_log_of_the_server_holds_no_values_of_rows(data: Path) -> None:
    with start(data, fsync=False) as cluster:
        remember(cluster, "merkteken")
        with pytest.raises(psycopg.errors.UniqueViolation, match="merkteken"):
            remember(cluster, "merkteken")
        with (
            pytest.raises(psycopg.errors.InvalidTextRepresentation),
            psycopg.connect(cluster.dsn()) as connection,
        ):
            connection.execute("SELECT 'merkteken2'::int")
    log = (data / "postgres.log").read_text()
    assert "duplicate key value" in log
    assert "merkteken" not in log.replace('"merkteken2"', "")


@only_root
def test_no_other_account_may_connect_not_even_the_servers_own(data: Path) -> None:
    with start(data, fsync=False) as cluster:
        psql = binaries_for(data, as_nobody=True) / "psql"
        nobody = pwd.getpwnam("nobody")
        tried = subprocess.run(
            [psql, cluster.dsn(), "-c", "SELECT 1"],
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert tried.returncode != 0
    assert "Peer authentication failed" in tried.stderr
