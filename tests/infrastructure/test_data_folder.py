"""Every folder that cannot be used is refused before anything is done, with what to do about it."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from infrastructure.data_folder import prepared
from infrastructure.embedded_postgres import start
from infrastructure.refusals import Unusable

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")


@pytest.fixture
def parent() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="kringboek-folder-"))
    folder.chmod(0o711)
    yield folder
    rmtree(folder)


def refusal_of(data: Path) -> Unusable:
    with pytest.raises(Unusable) as refused:
        prepared(data)
    return refused.value


def test_a_folder_that_does_not_exist_is_made(parent: Path) -> None:
    assert prepared(parent / "a" / "b") == (parent / "a" / "b").resolve()
    assert (parent / "a" / "b").is_dir()


@only_root
def test_root_is_refused_a_folder_under_a_private_folder(parent: Path) -> None:
    private = parent / "thuis"
    private.mkdir(mode=0o700)
    refused = refusal_of(private / "data")
    assert refused.code == "data-under-private-folder"
    assert str(private) in refused.why
    assert f"chmod o+x {private.resolve()}" in refused.cure


@only_root
def test_root_is_refused_the_folder_of_another_account(parent: Path) -> None:
    (parent / "data").mkdir()
    os.chown(parent / "data", pwd.getpwnam("nobody").pw_uid, -1)
    assert refusal_of(parent / "data").code == "data-not-ours"


def test_a_folder_that_everybody_may_write_is_refused(parent: Path) -> None:
    (parent / "data").mkdir()
    (parent / "data").chmod(0o777)
    assert refusal_of(parent / "data").code == "data-open-to-all"


def test_a_file_is_not_a_folder(parent: Path) -> None:
    (parent / "data").write_text("")
    assert refusal_of(parent / "data").code == "data-not-a-folder"
    assert refusal_of(parent / "data" / "below").code == "data-not-writable"


def test_a_path_too_long_for_a_socket_is_refused(parent: Path) -> None:
    assert refusal_of(parent / ("l" * 90)).code == "data-path-too-long"


def test_data_of_another_postgres_is_refused(parent: Path) -> None:
    home = prepared(parent / "data") / "postgres"
    home.mkdir()
    (home / "PG_VERSION").write_text("17\n")
    with pytest.raises(Unusable, match="data-of-other-version") as refused:
        start(parent / "data", fsync=False)
    assert "PostgreSQL 17" in refused.value.why
