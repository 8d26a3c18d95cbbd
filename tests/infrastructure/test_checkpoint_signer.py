"""The log's pen: it remembers before it signs, and never signs two histories."""

import os
import stat
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.keys import Kind, SignerKey
from application.transparency.ports import LogRefused, Overtaken, Prove
from application.transparency.receipt import Receipt, open_receipt
from domain.tree import consistency_proof, leaf_hash, root
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.refusals import Unusable

ORIGIN = "kringboek.example/toets"
LEAVES = [leaf_hash(str(number).encode()) for number in range(40)]


def opened(folder: Path) -> CheckpointSigner:
    return CheckpointSigner.open(folder / "keys", ORIGIN)


def tree(size: int, leaves: Sequence[bytes] = LEAVES) -> Checkpoint:
    return Checkpoint(origin=ORIGIN, size=size, root=root(leaves[:size]))


def proof(size: int, leaves: Sequence[bytes] = LEAVES) -> Prove:
    return lambda old: consistency_proof(leaves, old, size)


def refusal(folder: Path) -> str:
    with pytest.raises(Unusable) as refused:
        opened(folder)
    return refused.value.code


def test_the_key_is_private_and_stays_the_same(tmp_path: Path) -> None:
    key = opened(tmp_path).key
    assert (key.name, key.kind) == (ORIGIN, Kind.ED25519)
    assert opened(tmp_path).key == key
    for name in ("log.key", "log.signed"):
        assert stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_what_it_signs_is_a_checkpoint_that_its_key_opens(tmp_path: Path) -> None:
    signer = opened(tmp_path)
    for size in (0, 3, 3, 8, 40):
        note = signer.sign(tree(size), proof(size))
        found = open_checkpoint(note, origin=ORIGIN, log_keys=[signer.key])
        assert found.checkpoint == tree(size) == opened(tmp_path).remembered()
        assert signer.sign(tree(size), proof(size)) == note


def test_it_signs_no_second_history(tmp_path: Path) -> None:
    signer = opened(tmp_path)
    signer.sign(tree(10), proof(10))
    other = [*LEAVES[:9], leaf_hash(b"otherwise"), *LEAVES[10:]]
    for size in (10, 11, 40):
        with pytest.raises(LogRefused, match=r"log\.inconsistent"):
            signer.sign(tree(size, other), proof(size, other))
        with pytest.raises(LogRefused, match=r"log\.inconsistent"):
            signer.sign(tree(size, other), lambda _: ())
    with pytest.raises(Overtaken):
        signer.sign(tree(9), proof(9))
    with pytest.raises(Overtaken):
        signer.sign(tree(0), proof(0))
    with pytest.raises(ValueError, match="another log"):
        signer.sign(Checkpoint(origin="elders", size=11, root=root(LEAVES[:11])), proof(11))
    assert signer.remembered() == tree(10)


def test_it_has_remembered_before_it_signs(tmp_path: Path) -> None:
    signer = opened(tmp_path)
    with (
        mock.patch.object(signer, "_signed", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        signer.sign(tree(7), proof(7))
    assert opened(tmp_path).remembered() == tree(7)


def test_what_it_remembers_is_flushed_with_its_name_before_it_signs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = opened(tmp_path)
    acts = []
    for owner, name in ((os, "fsync"), (Path, "rename"), (signer, "_signed")):
        act = getattr(owner, name)

        def noted(*given: object, act: Any = act, name: str = name) -> Any:
            acts.append(name)
            return act(*given)

        monkeypatch.setattr(owner, name, noted)
    signer.sign(tree(7), proof(7))
    assert acts == ["fsync", "rename", "fsync", "_signed"]


def test_of_two_histories_at_once_one_is_signed(tmp_path: Path) -> None:
    """Many at the same memory, each with a tree of its own that extends what was signed first."""
    opened(tmp_path).sign(tree(5), proof(5))
    signed, refused = [], []

    def sign(number: int) -> None:
        leaves = [*LEAVES[:5], *(leaf_hash(f"{number} {at}".encode()) for at in range(5))]
        try:
            signed.append(opened(tmp_path).sign(tree(10, leaves), proof(10, leaves)))
        except LogRefused:
            refused.append(number)

    threads = [threading.Thread(target=sign, args=(each,)) for each in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(signed), len(refused)) == (1, 7)


def test_a_receipt_promises_and_is_not_remembered(tmp_path: Path) -> None:
    signer = opened(tmp_path)
    receipt = Receipt(
        origin=ORIGIN,
        index=6,
        leaf=LEAVES[6],
        recorded_at=datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=UTC),
    )
    note = signer.receipt(receipt)
    assert open_receipt(note.encode(), origin=ORIGIN, log_keys=(signer.key,)) == receipt
    assert note.encode() == receipt.signed(
        SignerKey.parse((tmp_path / "keys" / "log.key").read_text().strip())
    )
    assert signer.remembered().size == 0


# -------------------------------------------------------------------------- keys that do not fit


def test_a_key_of_another_log_is_refused(tmp_path: Path) -> None:
    CheckpointSigner.open(tmp_path / "keys", "kringboek.example/anders")
    assert refusal(tmp_path) == "log-key-of-another"


def test_a_lost_key_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    opened(tmp_path).sign(tree(7), proof(7))
    (tmp_path / "keys" / "log.key").unlink()
    assert refusal(tmp_path) == "log-key-lost"
    assert not (tmp_path / "keys" / "log.key").exists()


def test_a_key_that_was_never_made_because_of_a_kill_is_made(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / "keys" / "log.key").unlink()
    assert opened(tmp_path).remembered().size == 0


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / "keys" / "log.key").chmod(0o644)
    assert refusal(tmp_path) == "key-readable"


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+x", "ééé"])
def test_a_spoiled_key_is_refused_and_not_told(tmp_path: Path, text: str) -> None:
    opened(tmp_path)
    (tmp_path / "keys" / "log.key").write_text(text, encoding="latin-1")
    assert refusal(tmp_path) == "log-key-spoiled"


def test_a_witnesss_key_is_not_the_logs(tmp_path: Path) -> None:
    opened(tmp_path)
    key = SignerKey.generate(ORIGIN, Kind.COSIGNATURE_V1)
    (tmp_path / "keys" / "log.key").write_text(key.private_text())
    assert refusal(tmp_path) == "log-key-spoiled"


@pytest.mark.parametrize("text", ["", "x\n1\n", "x\n1\n" + "A" * 43 + "=\n", "kringboek\xff"])
def test_a_spoiled_memory_is_no_memory(tmp_path: Path, text: str) -> None:
    signer = opened(tmp_path)
    (tmp_path / "keys" / "log.signed").write_text(text, encoding="latin-1")
    with pytest.raises(LogRefused, match=r"log\.memory-spoiled"):
        signer.sign(tree(3), proof(3))
    (tmp_path / "keys" / "log.signed").unlink()
    with pytest.raises(LogRefused, match=r"log\.memory-missing"):
        signer.sign(tree(3), proof(3))
