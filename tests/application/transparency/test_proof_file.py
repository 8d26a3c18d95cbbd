"""Proof files: what an auditor keeps."""

from base64 import b64decode
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.transparency.checkpoint import Checkpoint
from application.transparency.note import Note
from application.transparency.policy import Policy
from application.transparency.proof_file import ProofFile, ProofFileError
from application.transparency.strict import LARGEST, FormatError
from domain.tree import inclusion_proof, leaf_hash, root
from tests.application.transparency.vectors import LOG, ORIGIN, WITNESS, c2sp
from tests.thoroughness import examples

VECTORS = c2sp("tlog-proof")
ENTRIES = [f"entry {number}".encode() for number in range(11)]
LEAVES = [leaf_hash(each) for each in ENTRIES]
TEXT = Checkpoint(origin=ORIGIN, size=11, root=root(LEAVES)).text()
COSIGNED = Note(text=TEXT, signatures=(LOG.sign(TEXT), WITNESS.sign(TEXT, 5))).encode()
POLICY = Policy.parse(f"log {LOG.verifier}\nwitness w {WITNESS.verifier}\nquorum w\n".encode())

hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=8).map(tuple)
proofs = st.builds(
    ProofFile,
    index=st.integers(0, LARGEST),
    hashes=hashes,
    checkpoint=st.binary(min_size=1, max_size=60),
    extra=st.none() | st.binary(min_size=1, max_size=60),
)


def proof_of(index: int) -> ProofFile:
    return ProofFile(index=index, hashes=inclusion_proof(LEAVES, index, 11), checkpoint=COSIGNED)


def test_all_the_vectors_are_here() -> None:
    assert (len(VECTORS["marshal"]), len(VECTORS["unmarshal_errors"])) == (3, 8)


@pytest.mark.parametrize("case", VECTORS["marshal"], ids=lambda case: f"index {case['index']}")
def test_a_file_is_written_and_read_as_others_do(case: dict[str, Any]) -> None:
    extra = case.get("extra_utf8")
    proof = ProofFile(
        index=case["index"],
        hashes=tuple(b64decode(each) for each in case["hashes_b64"]),
        checkpoint=case["checkpoint"].encode(),
        extra=None if extra is None else extra.encode(),
    )
    assert proof.encode() == case["want"].encode()
    assert ProofFile.parse(case["want"].encode()) == proof


REFUSED = {
    "missing header": "not-a-proof",
    "bad extra": "not-base64",
    "missing index": "not-a-proof",
    "not a number": "not-a-number",
    "negative": "not-a-number",
    "bad hash": "not-base64",
    "hash length": "not-a-proof",
    "too large": "not-a-proof",
}


@pytest.mark.parametrize(("name", "text"), VECTORS["unmarshal_errors"], ids=list(REFUSED))
def test_a_file_that_must_be_refused_is_refused_for_its_reason(name: str, text: str) -> None:
    with pytest.raises(FormatError) as refused:
        ProofFile.parse(text.encode())
    assert refused.value.code == REFUSED[name]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("proof@v1\n", "proof@v2\n"),
        ("proof@v1\n", "proof@v1\r\n"),
        ("index 3\n", "index 03\n"),
        ("index 3\n", "index  3\n"),
        ("index 3\n", "Index 3\n"),
        ("index 3\n", "index 3\nindex 3\n"),
        ("index 3\n", "extra \nindex 3\n"),
        ("index 3\n", "extra AA==\nextra AA==\nindex 3\n"),
        ("index 3\n", f"index {LARGEST + 1}\n"),
        ("\n\n", "\n"),
    ],
)
def test_a_file_has_one_spelling(old: str, new: str) -> None:
    right = "c2sp.org/tlog-proof@v1\nindex 3\n\ncheckpoint\n"
    ProofFile.parse(right.encode())
    with pytest.raises(FormatError):
        ProofFile.parse(right.replace(old, new, 1).encode())


def test_no_proof_is_longer_than_a_tree_is_high() -> None:
    with pytest.raises(ProofFileError):
        ProofFile(index=0, hashes=(bytes(32),) * 64, checkpoint=b"c")
    longest = ProofFile(index=0, hashes=(bytes(32),) * 63, checkpoint=b"c")
    assert ProofFile.parse(longest.encode()) == longest


def test_a_proof_is_verified_by_a_policy_and_nothing_else() -> None:
    for index, entry in enumerate(ENTRIES):
        judged = ProofFile.parse(proof_of(index).encode()).verify(entry, POLICY)
        assert judged.checkpoint.size == 11
        assert judged.witnesses == ("w",)


def test_another_entry_index_or_hash_is_refused() -> None:
    proof = proof_of(3)
    for wrong, entry in (
        (proof, ENTRIES[4]),
        (replace(proof, index=4), ENTRIES[3]),
        (replace(proof, index=11), ENTRIES[3]),
        (replace(proof, hashes=proof.hashes[1:]), ENTRIES[3]),
        (replace(proof, hashes=(*proof.hashes, bytes(32))), ENTRIES[3]),
    ):
        with pytest.raises(ProofFileError) as refused:
            wrong.verify(entry, POLICY)
        assert refused.value.code == "bad-proof"


def test_a_proof_without_its_quorum_is_refused() -> None:
    unwitnessed = Note(text=TEXT, signatures=(LOG.sign(TEXT),)).encode()
    with pytest.raises(ProofFileError) as refused:
        replace(proof_of(3), checkpoint=unwitnessed).verify(ENTRIES[3], POLICY)
    assert refused.value.code == "quorum-not-met"


@settings(max_examples=examples(60), deadline=None)
@given(proofs)
def test_a_proof_is_read_back(proof: ProofFile) -> None:
    assert ProofFile.parse(proof.encode()) == proof
