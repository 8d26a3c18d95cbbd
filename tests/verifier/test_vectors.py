"""The verifier, held to the vectors of other implementations; those to be refused matter as much."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from tests.verifier.verified import codes, uncovered, verified, wrong
from verifier.decoding import canonical
from verifier.findings import Malformed, Report
from verifier.notes import Key, open_note
from verifier.signed import Checkpoint, ProofFile
from verifier.stamps import check_timestamp
from verifier.tiles import in_path, parse_tile_path
from verifier.timestamps import Timestamp
from verifier.tree import leaf_hash, root_of, verify_consistency, verify_inclusion

VECTORS = Path(__file__).parents[1] / "data" / "vectors"
TESSERA = VECTORS / "tessera"


def read(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


INCLUSION, CONSISTENCY = read("rfc6962/inclusion.json"), read("rfc6962/consistency.json")
TREE, NOTES = read("rfc6962/tree.json"), read("c2sp/signed-note.json")
PROOFS, PATHS = read("c2sp/tlog-proof.json"), read("c2sp/tile-paths.json")


def hashes(said: list[str] | None) -> list[bytes]:
    return [b64decode(each) for each in said or []]


@pytest.mark.parametrize("name", INCLUSION)
def test_inclusion_proofs(name: str) -> None:
    case = INCLUSION[name]
    shown = verify_inclusion(
        b64decode(case["leafHash"]),
        case["leafIdx"],
        case["treeSize"],
        hashes(case["proof"]),
        b64decode(case["root"]),
    )
    assert shown is not case["wantErr"]


@pytest.mark.parametrize("name", CONSISTENCY)
def test_consistency_proofs(name: str) -> None:
    case = CONSISTENCY[name]
    shown = verify_consistency(
        case["size1"],
        case["size2"],
        hashes(case["proof"]),
        b64decode(case["root1"]),
        b64decode(case["root2"]),
    )
    assert shown is not case["wantErr"]


def test_roots() -> None:
    leaves = [leaf_hash(bytes.fromhex(each)) for each in TREE["leaf_inputs_hex"]]
    made = [root_of(leaves[:size]).hex() for size in range(9)]
    assert made == TREE["root_by_size_hex"]


# ------------------------------------------------------------------------------------------- notes


def is_opened(case: dict[str, Any]) -> bool:
    try:
        opened = open_note(case["note"].encode(), map(Key.parse, case["vkeys"]))
    except Malformed:
        return False
    return bool(opened.verified) and not opened.false


@pytest.mark.parametrize("case", NOTES["open"], ids=lambda case: case["name"])
def test_a_note_is_opened_or_refused_as_elsewhere(case: dict[str, Any]) -> None:
    assert is_opened(case) is case["ok"]
    if case["ok"]:
        opened = open_note(case["note"].encode(), map(Key.parse, case["vkeys"]))
        assert opened.text.decode() == case["text"]


@pytest.mark.parametrize("vkey", NOTES["vkey_bad"])
def test_a_key_that_is_none_is_refused(vkey: str) -> None:
    with pytest.raises(Malformed):
        Key.parse(vkey)


def test_the_example_checkpoint_is_read() -> None:
    case = read("c2sp/checkpoint-example.json")
    opened = open_note(case["note"].encode(), ())
    checkpoint = Checkpoint.parse(opened.text)
    assert (checkpoint.origin, checkpoint.size) == (case["origin"], case["size"])
    assert checkpoint.root == b64decode(case["root_b64"])
    assert opened.unknown == ("example.com/behind-the-sofa", "witness.example.com/w1")


# ------------------------------------------------------------------------------------ proof files


@pytest.mark.parametrize("case", PROOFS["marshal"], ids=lambda case: f"index-{case['index']}")
def test_a_proof_file_is_read(case: dict[str, Any]) -> None:
    proof = ProofFile.parse(case["want"].encode())
    assert proof.index == case["index"]
    assert list(proof.hashes) == hashes(case["hashes_b64"])
    assert proof.checkpoint.decode() == case["checkpoint"]
    assert (proof.extra or b"").decode() == case.get("extra_utf8", "")


@pytest.mark.parametrize("case", PROOFS["unmarshal_errors"], ids=lambda case: case[0])
def test_a_proof_file_that_is_none_is_refused(case: list[str]) -> None:
    with pytest.raises(Malformed):
        ProofFile.parse(case[1].encode())


# ------------------------------------------------------------------------------------------- tiles


def test_paths_of_tiles() -> None:
    for number, said in PATHS["index_encoding"]:
        assert in_path(number) == said
        assert parse_tile_path(f"tile/0/{said}") == ("0", number, 256)
    for path in PATHS["bad_paths"]:
        assert parse_tile_path(path) is None, path


@pytest.mark.parametrize("size", range(1, 16))
def test_the_golden_log_is_right_at_every_size(size: int, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.mkdir()
    (log / "tile").symlink_to(TESSERA / "log" / "tile")
    (log / "checkpoint").write_bytes((TESSERA / "log" / f"checkpoint.{size}").read_bytes())
    earlier = tuple(
        (TESSERA / "log" / f"checkpoint.{each}").read_bytes() for each in range(size + 1)
    )
    key = (TESSERA / "VKEY").read_text(encoding="ascii").strip()
    report = verified(log, keys=(key,), checkpoints=earlier)
    assert wrong(report) == []
    assert report.size == size
    assert "opaque" in uncovered(report)


def test_the_golden_log_cut_back_is_smaller_than_what_was_kept(tmp_path: Path) -> None:
    (tmp_path / "tile").symlink_to(TESSERA / "log" / "tile")
    (tmp_path / "checkpoint").write_bytes((TESSERA / "log" / "checkpoint.12").read_bytes())
    key = (TESSERA / "VKEY").read_text(encoding="ascii").strip()
    kept = (TESSERA / "log" / "checkpoint.15").read_bytes()
    assert codes(verified(tmp_path, keys=(key,), checkpoints=(kept,))) == {"shrunk"}


# -------------------------------------------------------------------------------------- timestamps

RFC3161 = VECTORS / "rfc3161"
AUTHORITY = tuple(x509.load_pem_x509_certificates((RFC3161 / "ca.pem").read_bytes()))


def stamped(token: bytes, over: bytes, authorities: tuple[x509.Certificate, ...]) -> Report:
    report = Report(source="")
    check_timestamp("t.tsr", token, over, logs=(), trusted=authorities, report=report)
    return report


@pytest.mark.parametrize("name", ["checkpoint.tsr", "checkpoint.openssl-chain-unsorted.tsr"])
def test_a_timestamp_is_checked_up_to_the_authority(name: str) -> None:
    token, over = (RFC3161 / name).read_bytes(), (RFC3161 / "checkpoint").read_bytes()
    report = stamped(token, over, AUTHORITY)
    assert wrong(report) == []
    assert [line for line, _ in report.checked] == ["timestamp"]
    assert "tsa-chain" in uncovered(stamped(token, over, ()))
    assert codes(stamped(token, over.replace(b"\n", b"\n\n", 1), AUTHORITY)) == {"bad-timestamp"}


def test_a_timestamp_over_the_text_stays_good_when_cosignatures_are_added() -> None:
    token, over = (RFC3161 / "checkpoint.tsr").read_bytes(), (RFC3161 / "checkpoint").read_bytes()
    later = over + f"\n\u2014 w.example {b64encode(bytes(76)).decode()}\n".encode()
    assert not stamped(token, later, AUTHORITY).wrong
    assert stamped(token, later.replace(b"1", b"2", 1), AUTHORITY).wrong


def test_a_timestamp_of_which_any_byte_that_counts_was_changed_is_refused() -> None:
    token, over = (RFC3161 / "checkpoint.tsr").read_bytes(), (RFC3161 / "checkpoint").read_bytes()
    assert Timestamp.parse(token).unchecked is None
    passed = []
    for at in range(len(token)):
        spoilt = bytearray(token)
        spoilt[at] ^= 1
        if not stamped(bytes(spoilt), over, AUTHORITY).wrong:
            passed.append(at)
    # What is left is bookkeeping around it, such as versions and algorithms that are said twice.
    assert len(passed) < 80, passed


# -------------------------------------------------------------------------------------------- JSON

JCS = VECTORS / "jcs"


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_canonical_json(name: str) -> None:
    given = json.loads((JCS / "input" / f"{name}.json").read_text(encoding="utf-8"))
    assert canonical(given) == (JCS / "output" / f"{name}.json").read_bytes().rstrip(b"\n")
