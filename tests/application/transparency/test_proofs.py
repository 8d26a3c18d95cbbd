"""Proofs from a folder: what is answered leads to what was signed, or nothing is answered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import Kind, SignerKey, VerifierKey
from application.transparency.log import Log
from application.transparency.note import Note
from application.transparency.policy import Policy
from application.transparency.proofs import LogDamaged, NotPublished, ProvenLog
from application.transparency.published_tiles import reading
from application.transparency.receipt import Receipt
from application.transparency.tiles import grow
from domain.tree import leaf_hash, root, verify_consistency, verify_inclusion
from infrastructure.tile_folder import TileFolder
from tests.application.transparency.vectors import LOG, ORIGIN, WITNESS
from tests.thoroughness import examples

ENTRIES = [f"entry {number}".encode() for number in range(600)]
LEAVES = [leaf_hash(each) for each in ENTRIES]
AT = 1_763_000_000


class Pen:
    def __init__(self, key: SignerKey) -> None:
        self._key = key

    @property
    def key(self) -> VerifierKey:
        return self._key.verifier

    def receipt(self, receipt: Receipt) -> str:
        return receipt.signed(self._key).decode()


def signed(size: int, *cosigners: SignerKey) -> bytes:
    text = Checkpoint(origin=ORIGIN, size=size, root=root(LEAVES[:size])).text()
    cosigned = (each.sign(text, AT) for each in cosigners)
    return Note(text=text, signatures=(LOG.sign(text), *cosigned)).encode()


def published(folder: Path, *sizes: int) -> TileFolder:
    store, size = TileFolder(folder), 0
    for new in sizes:
        growth = grow(reading(store), size, ENTRIES[size:new])
        store.write({place.path: data for place, data in growth.files})
        store.publish(new, signed(new))
        size = new
    return store


def proven(
    store: TileFolder, key: SignerKey | None = LOG, policy: Policy | None = None
) -> ProvenLog:
    pen = None if key is None else Pen(key)
    return ProvenLog(Log(origin=ORIGIN, published=store, pen=pen, policy=policy))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TileFolder:
    return published(tmp_path_factory.mktemp("log"), 5, 300, 600)


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_every_event_is_proven_at_every_size(store: TileFolder, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 600))
    index = data.draw(st.integers(0, size - 1))
    proof = proven(store).inclusion(index, size)
    assert (proof.leaf, proof.root) == (LEAVES[index], root(LEAVES[:size]))
    verify_inclusion(LEAVES[index], index, size, proof.hashes, root(LEAVES[:size]))


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.integers(1, 600), min_size=2, max_size=2).map(sorted))
def test_any_two_sizes_are_proven_consistent(store: TileFolder, sizes: list[int]) -> None:
    old, new = sizes
    proof = proven(store).consistency(old, new)
    assert (proof.old_root, proof.new_root) == (root(LEAVES[:old]), root(LEAVES[:new]))
    verify_consistency(old, new, proof.hashes, root(LEAVES[:old]), root(LEAVES[:new]))


def test_the_newest_checkpoint_is_what_one_means_by_default(store: TileFolder) -> None:
    assert proven(store).inclusion(3).size == 600
    assert proven(store).consistency(5).new == 600


def test_what_is_not_published_is_not_proven(store: TileFolder, tmp_path: Path) -> None:
    log = proven(store)
    questions: list[Callable[[], object]] = [
        lambda: log.inclusion(600),
        lambda: log.inclusion(3, 601),
        lambda: log.consistency(5, 601),
        lambda: log.consistency(601),
        lambda: log.proof_file(600),
    ]
    for question in questions:
        with pytest.raises(NotPublished) as refused:
            question()
        assert refused.value.size == 600
    empty = proven(TileFolder(tmp_path))
    assert (empty.newest, empty.size, empty.witnessed()) == (None, 0, None)
    with pytest.raises(NotPublished):
        empty.proof_file(0)


def test_an_index_outside_the_size_that_was_asked_for_is_the_caller_s_mistake(
    store: TileFolder,
) -> None:
    with pytest.raises(ValueError, match="no leaf 9"):
        proven(store).inclusion(9, 9)


def test_a_file_is_verified_with_nothing_but_the_entry_and_a_policy(store: TileFolder) -> None:
    policy = Policy.parse(f"log {LOG.verifier}\nquorum none\n".encode())
    for index in (0, 4, 5, 255, 256, 599):
        judged = proven(store).proof_file(index).verify(ENTRIES[index], policy)
        assert judged.checkpoint.size == 600


WITNESSED_BY_NOORD = Policy.parse(
    f"log {LOG.verifier}\nwitness noord {WITNESS.verifier}\nquorum noord\n".encode()
)


def test_a_witnessed_checkpoint_is_preferred_where_it_holds_the_event(tmp_path: Path) -> None:
    store, policy = published(tmp_path, 5, 300, 600), WITNESSED_BY_NOORD
    assert proven(store, policy=policy).witnessed() is None
    assert proven(store, policy=policy).proof_file(7).checkpoint == signed(600)
    store.keep_witnessed(300, signed(300, WITNESS))
    log = proven(store, policy=policy)
    found = log.witnessed()
    assert found is not None
    assert found.size == 300
    assert log.proof_file(299).verify(ENTRIES[299], policy).witnesses == ("noord",)
    assert log.proof_file(300).checkpoint == signed(600)
    store.keep_witnessed(600, signed(600, WITNESS))
    judged = proven(store, policy=policy).proof_file(7).verify(ENTRIES[7], policy)
    assert judged.checkpoint.size == 600


def test_without_a_policy_nothing_is_called_witnessed(tmp_path: Path) -> None:
    store = published(tmp_path, 5)
    store.keep_witnessed(5, signed(5, WITNESS))
    assert proven(store).witnessed() is None
    assert proven(store).proof_file(2).checkpoint == signed(5)


def test_what_nobody_of_the_policy_cosigned_is_not_called_witnessed(tmp_path: Path) -> None:
    store = published(tmp_path, 5)
    store.keep_witnessed(5, signed(5, WITNESS))
    nobody = Policy.parse(f"log {LOG.verifier}\nquorum none\n".encode())
    assert proven(store, policy=nobody).witnessed() is None


@pytest.mark.parametrize("note", [b"spoiled", signed(5), signed(300, WITNESS)])
def test_what_the_policy_does_not_vouch_for_here_is_not_called_witnessed(
    tmp_path: Path, note: bytes
) -> None:
    store = published(tmp_path, 5)
    store.keep_witnessed(5, note)
    log = proven(store, policy=WITNESSED_BY_NOORD)
    assert log.witnessed() is None
    assert log.proof_file(2).checkpoint == signed(5)


def test_a_spoiled_tile_proves_nothing(tmp_path: Path) -> None:
    store = published(tmp_path, 5, 300)
    whole = store.read("tile/0/000") or b""
    for spoiled in (b"\xff" + whole[1:], whole[:-1]):
        (tmp_path / "tile/0/000").write_bytes(spoiled)
        for question in (
            lambda: proven(store).inclusion(1),
            lambda: proven(store).inclusion(1, 299),
            lambda: proven(store).consistency(7),
            lambda: proven(store).proof_file(0),
        ):
            with pytest.raises(LogDamaged):
                question()
    (tmp_path / "tile/0/000").unlink()
    with pytest.raises(LogDamaged):
        proven(store).inclusion(1)


def test_a_checkpoint_of_another_key_or_origin_is_not_this_log_s(tmp_path: Path) -> None:
    store = published(tmp_path, 5)
    stranger = SignerKey(name=ORIGIN, kind=Kind.ED25519, seed=b"s" * 32)
    for key in (stranger, None):
        with pytest.raises(LogDamaged):
            proven(store, key)
    store.write({"keys": f"{LOG.verifier}\n".encode()})
    assert proven(store, None).size == 5
    assert proven(store, stranger).keys == (stranger.verifier, LOG.verifier)
    store.write({"keys": b"no key\n"})
    with pytest.raises(LogDamaged):
        proven(store)
