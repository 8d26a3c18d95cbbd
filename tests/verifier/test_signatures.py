"""Whose word counts: keys, witnesses, quorums; and what is said when nobody's does."""

from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from tests.verifier.verified import codes, uncovered, verified, written
from tests.verifier.written_log import LOG, ORIGIN, AnySigner, MlDsaSigner, Signer, checkpoint
from verifier.findings import Malformed
from verifier.notes import Key
from verifier.policy import Policy

ONE, TWO = Signer("one.example/w", 4), Signer("two.example/w", 4)
THREE = MlDsaSigner("three.example/w")
STRANGER = Signer("stranger.example/w", 4)
TWO_OF_THREE = f"""# whose witnesses count
log {LOG.vkey}
witness one {ONE.vkey} https://one.example/
witness two   {TWO.vkey}
\twitness three {THREE.vkey}
group some 2 one two three
quorum some
"""


def cosigned(folder: Path, *witnesses: AnySigner) -> Path:
    return written(folder, length=20, signers=(LOG, *witnesses)).folder


def test_every_kind_of_cosignature_counts_towards_the_quorum(tmp_path: Path) -> None:
    pairs: list[tuple[AnySigner, AnySigner]] = [(ONE, TWO), (ONE, THREE), (THREE, TWO)]
    for number, pair in enumerate(pairs):
        report = verified(cosigned(tmp_path / str(number), *pair), policy=TWO_OF_THREE)
        assert not report.wrong
        assert sum(line == "cosigned" for line, _ in report.checked) == 2
        assert any(line == "quorum" for line, _ in report.checked)


def test_too_few_and_unknown_witnesses_make_no_quorum(tmp_path: Path) -> None:
    report = verified(cosigned(tmp_path, ONE, STRANGER), policy=TWO_OF_THREE)
    assert codes(report) == {"quorum-not-met"}
    assert "unknown-key" in {each.code for each in report.findings if each.is_note}


def test_the_same_witness_twice_counts_once(tmp_path: Path) -> None:
    assert codes(verified(cosigned(tmp_path, ONE, ONE), policy=TWO_OF_THREE)) == {"quorum-not-met"}


def test_a_cosignature_moved_from_another_checkpoint_is_false(tmp_path: Path) -> None:
    folder = cosigned(tmp_path, ONE)
    good = (folder / "checkpoint").read_text()
    for witness in (TWO, THREE):
        line = witness.line(f"{ORIGIN}\n20\n{b64encode(bytes(32)).decode()}\n")
        (folder / "checkpoint").write_text(good + line)
        report = verified(folder, policy=TWO_OF_THREE)
        assert "bad-signature" in codes(report)
        assert "quorum-not-met" in codes(report)


def test_a_cosignature_of_which_the_time_was_changed_is_false(tmp_path: Path) -> None:
    folder = cosigned(tmp_path)
    good = (folder / "checkpoint").read_text()
    text = good.partition("\n\n")[0] + "\n"
    line = ONE.line(text, time=1_790_000_000)
    raw = bytearray(ONE.id + (1_790_000_001).to_bytes(8, "big"))
    raw += b64decode(line.split(" ")[2])[12:]
    (folder / "checkpoint").write_text(f"{good}\u2014 {ONE.name} {b64encode(raw).decode()}\n")
    assert "bad-signature" in codes(verified(folder, policy=TWO_OF_THREE))


def test_what_is_witnessed_goes_as_far_as_the_newest_quorum(tmp_path: Path) -> None:
    log = written(tmp_path, length=30, published=(20,))
    log.put("checkpoints/20", checkpoint(log.entries[:20], LOG, ONE, TWO))
    report = verified(log.folder, policy=TWO_OF_THREE)
    assert not report.wrong
    assert dict(report.uncovered)["unwitnessed"] == {"position": 21, "until": 30}
    fork = [*log.entries[:5], log.entries[6], *log.entries[6:20]]
    log.put("checkpoints/20", checkpoint(fork, LOG, ONE, TWO))
    assert {"quorum-not-met", "re-signed"} <= codes(verified(log.folder, policy=TWO_OF_THREE))


def test_a_policy_of_the_source_itself_is_said_to_be(tmp_path: Path) -> None:
    log = written(tmp_path, length=20, policy=TWO_OF_THREE, signers=(LOG, ONE, TWO))
    assert "own-policy" in uncovered(verified(log.folder))
    assert "own-policy" not in uncovered(verified(log.folder, policy=TWO_OF_THREE))
    log.put("policy", b"quorum nobody\n")
    assert codes(verified(log.folder)) == {"bad-export"}


def test_the_key_may_come_with_the_policy(tmp_path: Path) -> None:
    report = verified(cosigned(tmp_path, ONE, TWO), keys=(), policy=TWO_OF_THREE)
    assert not report.wrong
    assert "self-vouched" not in uncovered(report)


def test_without_any_key_nobody_vouches(tmp_path: Path) -> None:
    folder = cosigned(tmp_path)
    (folder / "keys").unlink()
    assert codes(verified(folder, keys=())) == {"no-key"}


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"\xff\xfe",
        b"kring.example/log\n1\n\n",
        checkpoint([b"a"]).replace(b"\n1\n", b"\n01\n"),
        checkpoint([b"a"]).replace("\u2014".encode(), b"-"),
    ],
)
def test_a_checkpoint_that_is_none_is_named(tmp_path: Path, spoilt: bytes) -> None:
    folder = cosigned(tmp_path)
    (folder / "checkpoint").write_bytes(spoilt)
    assert "bad-checkpoint" in codes(verified(folder))


W = f"witness a {ONE.vkey}\n"


@pytest.mark.parametrize(
    "policy",
    [
        "",
        W,
        "quorum none\nquorum none\n",
        "quorum a\n" + W,
        W + "quorum b\n",
        W + W + "quorum a\n",
        W + f"witness b {ONE.vkey}\nquorum a\n",
        f"witness none {ONE.vkey}\nquorum none\n",
        f"witness a {LOG.vkey}\nquorum a\n",
        f"log {ONE.vkey}\nquorum none\n",
        W + "group g 2 a\nquorum g\n",
        W + "group g 0 a\nquorum g\n",
        W + "group g 01 a\nquorum g\n",
        W + "group g any\nquorum g\n",
        W + "group g any a a\nquorum g\n",
        W + "group g any a\ngroup h any a\nquorum g\n",
        W + "group g any g\nquorum g\n",
        W + "group g any none\nquorum g\n",
        W + "quorum a\r\n",
        W + "witness\n quorum a\n",
        "quorum none extra\n",
        "Quorum none\n",
    ],
)
def test_a_policy_that_is_none_is_refused(policy: str) -> None:
    with pytest.raises(Malformed):
        Policy.parse(policy.encode())


def test_groups_of_groups_count_as_their_thresholds_say() -> None:
    text = W + f"witness b {TWO.vkey}\nwitness c {THREE.vkey}\n"
    text += "group inner any a b\ngroup outer all inner c\nquorum outer\n"
    policy = Policy.parse(text.encode())
    one, two, three = (Key.parse(each.vkey) for each in (ONE, TWO, THREE))
    assert policy.met([one, three])
    assert policy.met([two, three])
    assert not policy.met([one, two])
    assert not policy.met([three])
    assert Policy.parse(b"quorum none\n").met([])
