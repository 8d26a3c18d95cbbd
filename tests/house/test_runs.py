"""A run of the tests cleans up after a run that was killed, and leaves a living one alone."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests import conftest

A_KILLED_RUN = """
import fcntl, os, signal, sys
from pathlib import Path
from infrastructure.embedded_postgres import start
folder = Path(sys.argv[1])
alive = (folder / "alive").open("ab")
fcntl.flock(alive, fcntl.LOCK_EX)
start(folder / "cluster", fsync=False)
os.kill(os.getpid(), signal.SIGKILL)
"""


def a_folder() -> Path:
    folder = Path(mkdtemp(prefix=conftest._FOLDERS))
    folder.chmod(0o711)
    return folder


def test_what_a_killed_run_left_is_removed_with_its_server() -> None:
    folder = a_folder()
    killed = subprocess.run([sys.executable, "-c", A_KILLED_RUN, str(folder)], check=False)
    assert killed.returncode == -9
    dsn = make_conninfo(host=str(folder / "cluster" / "socket"), user="postgres", dbname="postgres")
    psycopg.connect(dsn).close()
    conftest._remove_abandoned()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dsn)


def test_the_folder_of_a_living_run_is_left_alone() -> None:
    folder = a_folder()
    with (folder / "alive").open("ab") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        conftest._remove_abandoned()
        assert folder.exists()
    rmtree(folder)


def test_folders_of_others_are_not_looked_at() -> None:
    assert conftest._FOLDERS.endswith(f"-{os.geteuid()}-")
    folder = Path(mkdtemp(prefix="kringboek-tests-"))
    (folder / "alive").touch()
    conftest._remove_abandoned()
    assert folder.exists()
    assert folder.parent == Path(gettempdir())
    rmtree(folder)
