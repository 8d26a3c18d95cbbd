"""Logs that lie ready to be changed."""

from pathlib import Path

import pytest

from tests.verifier.verified import written
from tests.verifier.written_log import Log


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return written(tmp_path / "log")


@pytest.fixture
def export(tmp_path: Path) -> Log:
    return written(tmp_path / "export", bodies=True)
