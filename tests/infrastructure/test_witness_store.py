"""What a witness remembers is on disk with the folders that it is in, and so is a key."""

import os
from pathlib import Path

import pytest

from infrastructure.key_files import secret
from infrastructure.witness_store import WitnessStore


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes of all that was flushed."""
    found: list[int] = []
    flush = os.fsync

    def noted(handle: int) -> None:
        found.append(os.fstat(handle).st_ino)
        flush(handle)

    monkeypatch.setattr(os, "fsync", noted)
    return found


def test_a_folder_that_was_made_is_found_again_after_a_lost_machine(
    tmp_path: Path, flushed: list[int]
) -> None:
    data = tmp_path / "data"
    store = WitnessStore(data / "witness")
    with store.held("kring.example") as held:
        held.remember(b"a checkpoint")
        held.keep_evidence(b"another")
    written = [each for each in data.rglob("*") if not each.name.endswith(".lock")]
    assert len(written) == 6
    for each in (tmp_path, data, *written):
        assert each.stat().st_ino in flushed, each


def test_a_key_that_was_made_is_found_again_after_a_lost_machine(
    tmp_path: Path, flushed: list[int]
) -> None:
    assert secret(tmp_path / "keys", "log.key", lambda: b"secret") == b"secret"
    for each in ("keys", "keys/log.key"):
        assert (tmp_path / each).stat().st_ino in flushed
