"""Exports that somebody laid hands on, whole or of one subject."""

import zipfile
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from tests.verifier.verified import codes, named, uncovered, verified, written, wrong
from tests.verifier.written_log import (
    Log,
    proof,
    receipt,
    story,
)


def test_a_withheld_body_is_not_wrong_but_not_covered(tmp_path: Path) -> None:
    log = written(tmp_path, bodies=True, withheld=frozenset({5, 300}))
    report = verified(log.folder)
    assert not report.wrong
    assert dict(report.uncovered)["withheld"] == {"count": 2}


def test_a_body_line_that_is_gone_doubled_or_displaced_is_named(export: Log) -> None:
    lines = export.read("bodies/001").splitlines(keepends=True)
    export.put("bodies/001", b"".join(lines[:43] + lines[44:]))
    assert named(verified(export.folder)) == {("missing", 300)}
    export.put("bodies/001", b"".join([*lines, lines[3]]))
    assert named(verified(export.folder)) == {("inserted", 260)}
    lines[0], lines[1] = lines[1], lines[0]
    export.put("bodies/001", b"".join(lines))
    assert codes(verified(export.folder)) == {"bad-bundle"}
    (export.folder / "bodies/001").unlink()
    assert named(verified(export.folder)) == {("missing", 257)}


@pytest.mark.parametrize(
    "line",
    [
        b'{"body":{},"position":1,"salt":"' + b"A" * 64 + b'"}\n',
        b'{"body":{},"position":1,"salt":null}\n',
        b'{"body":{}, "position":1,"salt":"' + b"0" * 64 + b'"}\n',
        b'{"body":{},"position":01,"salt":"' + b"0" * 64 + b'"}\n',
        b"\n",
    ],
)
def test_a_body_line_has_one_spelling(export: Log, line: bytes) -> None:
    lines = export.read("bodies/000").splitlines(keepends=True)
    export.put("bodies/000", line + b"".join(lines[1:]))
    assert codes(verified(export.folder)) == {"bad-bundle"}


def test_a_name_that_is_twice_in_a_zip_shows_two_readers_two_things(export: Log) -> None:
    packed = export.zipped()
    with zipfile.ZipFile(packed, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("checkpoint", export.read("checkpoint"))
    assert codes(verified(packed)) == {"bad-export"}


def test_a_manifest_that_says_otherwise_is_named(export: Log) -> None:
    said = export.read("manifest.json").replace(b": 600", b": 601")
    export.put("manifest.json", said)
    assert codes(verified(export.folder)) == {"bad-export"}


SUBJECT = UUID(int=5)


@pytest.fixture
def part(tmp_path: Path) -> Log:
    return Log(tmp_path / "part", story(600)).write_part(SUBJECT)


def positions(part: Log) -> list[int]:
    return [at for at, event in enumerate(part.events, 1) if event.aggregate == SUBJECT]


def test_a_part_is_right_by_its_proofs(part: Log) -> None:
    for place in (part.folder, part.zipped()):
        report = verified(
            place, receipts=(receipt(part.events[positions(part)[3] - 1], positions(part)[3] - 1),)
        )
        assert wrong(report) == []
        assert "part-only" in uncovered(report)


def test_a_part_without_one_of_its_events_has_a_gap(part: Log) -> None:
    gone = positions(part)[3]
    for path in (f"entries/{gone}", f"bodies/{gone}", f"proofs/{gone}.tlog-proof"):
        (part.folder / path).unlink()
    assert [each.says for each in wrong(verified(part.folder))] == ["missing.version"]


def test_what_is_changed_in_a_part_is_named(part: Log) -> None:
    at = positions(part)[3]
    for path, code in (
        (f"entries/{at}", "changed-entry"),
        (f"bodies/{at}", "changed-body"),
    ):
        whole = part.read(path)
        part.put(path, whole.replace(b'"actor":"00', b'"actor":"01').replace(b'"vote"', b'"Vote"'))
        assert named(verified(part.folder)) == {(code, at)}
        (part.folder / path).unlink()
        assert ("missing", at) in named(verified(part.folder))
        part.put(path, whole)
    kept = part.read(f"proofs/{at}.tlog-proof")
    part.put(f"proofs/{at}.tlog-proof", part.read(f"proofs/{positions(part)[4]}.tlog-proof"))
    assert codes(verified(part.folder)) <= {"reordered", "bad-proof"}
    part.put(f"proofs/{at}.tlog-proof", kept.replace(b"index ", b"index 0"))
    assert named(verified(part.folder)) == {("bad-proof", at)}


def test_an_entry_of_another_subject_is_no_part_of_it(part: Log) -> None:
    stranger = next(n for n, event in enumerate(part.events, 1) if event.aggregate != SUBJECT)
    event = part.events[stranger - 1]
    part.put(f"entries/{stranger}", event.entry)
    part.put(f"proofs/{stranger}.tlog-proof", proof(part.entries, stranger - 1))
    part.put(f"bodies/{stranger}", b'{"body":null,"position":%d,"salt":null}\n' % stranger)
    assert ("bad-export", stranger) in named(verified(part.folder))


def test_an_entry_that_the_log_signed_but_is_not_in_its_form_is_named(tmp_path: Path) -> None:
    events = story(5)

    class Odd(Log):
        @property
        def entries(self) -> list[bytes]:
            made = [event.entry for event in self.events]
            made[2] = made[2].replace(b'"schemaVersion":1', b'"schemaVersion":1 ')
            return made

    report = verified(Odd(tmp_path, events).write().folder)
    assert ("changed-entry", 3) in named(report)
    assert sha256(b"").digest() != report.root
