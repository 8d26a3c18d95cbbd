"""Logs that lie ready to be changed."""

from pathlib import Path

import pytest

from tests.verifier.verified import written
from tests.verifier.written_log import Log
from verifier.one_file import one_file


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return written(tmp_path / "log")


@pytest.fixture
def export(tmp_path: Path) -> Log:
    return written(tmp_path / "export", bodies=True)


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """The one file that an auditor gets, in a folder with nothing else."""
    file = tmp_path / "alone" / "kringboek_verify.py"
    file.parent.mkdir()
    file.write_text(one_file(), "utf-8")
    return file
