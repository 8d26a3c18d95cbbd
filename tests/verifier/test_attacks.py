"""Whoever holds the files changes them; the verifier names what was done, and where."""

import shutil
import zipfile
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from tests.verifier.verified import codes, named, uncovered, verified, written, wrong
from tests.verifier.written_log import (
    LOG,
    ORIGIN,
    Event,
    Log,
    Signer,
    checkpoint,
    note,
    proof,
    receipt,
    renumbered,
    story,
    write_tiles,
)

STRANGER = Signer(ORIGIN, seed="of somebody else")


def bundles(log: Log, entries: list[bytes], *, length: int = 256) -> None:
    """Write the bundles anew, and leave the tiles as they are."""
    for start in range(0, len(entries), length):
        part = entries[start : start + length]
        data = b"".join(len(each).to_bytes(2, "big") + each for each in part)
        number = start // 256
        end = "" if number < 2 else f".p/{len(log.events) - 512}"
        log.put(f"tile/entries/{number:03}{end}", data)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return written(tmp_path / "log")


@pytest.fixture
def export(tmp_path: Path) -> Log:
    return written(tmp_path / "export", bodies=True)


def other(event: Event) -> Event:
    return replace(event, body=b'{"vote":"bought"}')


# ------------------------------------------------------------------------------------ all is well


def test_an_untouched_log_is_right_whether_folder_unpacked_export_or_zip(
    log: Log, export: Log
) -> None:
    for place in (log.folder, export.folder, export.zipped()):
        report = verified(place, checkpoints=(checkpoint(log.entries[:300]),))
        assert wrong(report) == []
        assert not report.wrong
        assert (report.origin, report.size) == (ORIGIN, 600)


@pytest.mark.parametrize("length", [0, 1, 2, 255, 256, 257, 511, 512, 513])
def test_a_log_of_any_length_is_right(tmp_path: Path, length: int) -> None:
    made = written(
        tmp_path, length=length, bodies=length > 0, published=tuple(range(1, length, 97))
    )
    assert wrong(verified(made.folder)) == []


# ------------------------------------------------------------------- the bundles are not the tiles


def test_a_changed_entry_is_named_by_its_position(log: Log) -> None:
    entries = log.entries
    entries[299] = other(log.events[299]).entry
    bundles(log, entries)
    assert named(verified(log.folder)) == {("changed-entry", 300)}


def test_a_changed_body_is_named_by_its_position(export: Log) -> None:
    export.events[299] = other(export.events[299])
    export.write_bodies()
    assert named(verified(export.folder)) == {("changed-body", 300)}
    assert named(verified(export.zipped())) == {("changed-body", 300)}


def test_swapped_bodies_are_told_from_changed_ones(export: Log) -> None:
    first, second = export.events[9], export.events[399]
    export.events[9] = replace(first, body=second.body, salt=second.salt)
    export.events[399] = replace(second, body=first.body, salt=first.salt)
    export.write_bodies()
    report = verified(export.folder)
    assert named(report) == {("swapped-bodies", 10), ("swapped-bodies", 400)}
    assert {each.particulars["other"] for each in wrong(report)} == {10, 400}


def test_a_deleted_entry_is_missing_whether_the_rest_moved_up_or_not(log: Log) -> None:
    entries = log.entries
    del entries[299]
    bundles(log, entries)
    assert ("missing", 300) in named(verified(log.folder))
    assert codes(verified(log.folder)) == {"missing"}
    short = log.entries[256:299] + log.entries[300:512]
    bundles(log, log.entries)
    log.put("tile/entries/001", b"".join(len(e).to_bytes(2, "big") + e for e in short))
    assert named(verified(log.folder)) == {("missing", 300)}


def test_an_inserted_entry_is_named(log: Log) -> None:
    entries = log.entries
    entries.insert(299, other(log.events[299]).entry)
    bundles(log, entries[:600])
    assert ("inserted", 300) in named(verified(log.folder))
    assert codes(verified(log.folder)) <= {"inserted", "missing"}


def test_reordered_entries_are_named_with_where_they_belong(log: Log) -> None:
    entries = log.entries
    entries[9], entries[499] = entries[499], entries[9]
    bundles(log, entries)
    report = verified(log.folder)
    assert named(report) == {("reordered", 10), ("reordered", 500)}
    assert {each.particulars["other"] for each in wrong(report)} == {10, 500}


def test_an_entry_that_was_moved_past_others_is_reordered(log: Log) -> None:
    entries = log.entries
    entries.insert(420, entries.pop(99))
    bundles(log, entries)
    assert codes(verified(log.folder)) == {"reordered"}


def test_the_last_entries_are_missing_from_a_bundle_that_was_cut(log: Log) -> None:
    bundles(log, log.entries[:598])
    assert codes(verified(log.folder)) == {"missing"}
    assert named(verified(log.folder)) == {("missing", 599), ("missing", 600)}


@pytest.mark.parametrize("spoilt", [b"", b"\x00", b"\xff\xff" + b"x" * 300, b"\x00\x05abc"])
def test_a_bundle_that_cannot_be_read_is_named_and_its_events_are_not_covered(
    log: Log, spoilt: bytes
) -> None:
    log.put("tile/entries/001", spoilt)
    report = verified(log.folder)
    assert codes(report) <= {"bad-bundle", "missing"}
    assert report.wrong


def test_a_bundle_that_is_gone_is_named(log: Log) -> None:
    (log.folder / "tile/entries/001").unlink()
    report = verified(log.folder)
    assert named(report) == {("bad-bundle", 257)}
    assert "unread" in uncovered(report)


def test_a_log_without_bundles_and_tiles_is_not_right(log: Log) -> None:
    for path in ("tile/entries/001", "tile/0/001"):
        (log.folder / path).unlink()
    assert {"bad-bundle", "bad-tile"} <= codes(verified(log.folder))


# ------------------------------------------------------------------- the tiles are not the entries


def test_a_changed_leaf_is_named_by_its_position_and_its_tile(log: Log) -> None:
    tile = bytearray(log.read("tile/0/001"))
    tile[43 * 32] ^= 1
    log.put("tile/0/001", bytes(tile))
    report = verified(log.folder)
    assert named(report) == {("changed-leaf", 300)}
    assert wrong(report)[0].path == "tile/0/001"


@pytest.mark.parametrize("path", ["tile/1/000.p/2", "tile/0/001", "tile/0/002.p/88"])
def test_a_tile_that_is_gone_or_cut_is_named(log: Log, path: str) -> None:
    whole = log.read(path)
    for spoilt in (b"", whole[:-1], whole + b"\0" * 32, whole[:-32]):
        log.put(path, spoilt)
        report = verified(log.folder)
        assert codes(report) == {"bad-tile"}
        assert path in {each.path for each in wrong(report)}
    (log.folder / path).unlink()
    assert codes(verified(log.folder)) == {"bad-tile"}


def test_a_changed_upper_tile_is_named_with_what_lies_below_it(log: Log) -> None:
    tile = bytearray(log.read("tile/1/000.p/2"))
    tile[40] ^= 128
    log.put("tile/1/000.p/2", bytes(tile))
    (found,) = wrong(verified(log.folder))
    assert (found.code, found.position, found.until) == ("bad-tile", 257, 512)


def test_an_entry_changed_with_its_tile_is_narrowed_down_by_the_tile_above(log: Log) -> None:
    upper = log.read("tile/1/000.p/2")
    events = list(log.events)
    events[299] = other(events[299])
    write_tiles(log.folder, [event.entry for event in events])
    log.put("tile/1/000.p/2", upper)
    (found,) = wrong(verified(log.folder))
    assert (found.code, found.position, found.until) == ("changed-entry", 257, 512)


def test_everything_rewritten_but_not_signed_is_narrowed_down_by_earlier_checkpoints(
    tmp_path: Path,
) -> None:
    log = written(tmp_path, published=(100, 280, 310, 500))
    events = list(log.events)
    events[299] = other(events[299])
    write_tiles(log.folder, [event.entry for event in events])
    (found, *older) = [each for each in wrong(verified(log.folder)) if each.code == "wrong-root"]
    assert (found.position, found.until, older) == (281, 310, [])


def test_older_partial_tiles_are_checked_too(tmp_path: Path) -> None:
    log = written(tmp_path, published=(100, 300))
    for path, code in (
        ("tile/0/000.p/100", "bad-tile"),
        ("tile/0/001.p/44", "bad-tile"),
        ("tile/1/000.p/1", "bad-tile"),
        ("tile/entries/000.p/100", "bad-bundle"),
    ):
        whole = log.read(path)
        log.put(path, whole[:30] + bytes([whole[30] ^ 1]) + whole[31:])
        assert {(each.code, each.path) for each in wrong(verified(log.folder))} == {(code, path)}
        log.put(path, whole)


# ----------------------------------------------------------------------- the past is signed again


def forged(log: Log, events: list[Event], *signers: Signer) -> Log:
    """The same log with another past, as whoever holds the key of the log can make it."""
    folder = log.folder.with_name("forged")
    shutil.rmtree(folder, ignore_errors=True)
    return Log(folder, events, bodies=True, signers=signers or (LOG,)).write()


def test_a_rewritten_past_contradicts_a_checkpoint_that_was_kept(log: Log) -> None:
    kept = checkpoint(log.entries[:400])
    events = list(log.events)
    events[299] = other(events[299])
    made = forged(log, events)
    assert not verified(made.folder).wrong, "nobody can see this without having kept something"
    report = verified(made.folder, checkpoints=(kept,))
    assert named(report) == {("re-signed", 1)}
    narrower = (checkpoint(log.entries[:290]), checkpoint(log.entries[:310]), kept)
    found = wrong(verified(made.folder, checkpoints=narrower))
    assert {each.code for each in found} == {"re-signed"}
    assert {(each.position, each.until) for each in found} == {(291, 310)}


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events[:299] + events[300:],
        lambda events: [*events[:299], other(events[10]), *events[299:]],
        lambda events: [*events[:9], events[10], events[9], *events[11:]],
    ],
    ids=["deleted", "inserted", "reordered"],
)
def test_a_past_with_events_removed_added_or_moved_and_signed_again_is_found(
    log: Log, change: object
) -> None:
    made = forged(log, renumbered(change(log.events)))  # type: ignore[operator]
    assert not verified(made.folder).wrong
    assert "re-signed" in codes(verified(made.folder, checkpoints=(checkpoint(log.entries[:400]),)))
    assert "forked" in codes(
        verified(made.folder, checkpoints=(checkpoint(log.entries[: len(made.events)]),))
    ) or len(made.events) > len(log.events)


def test_a_careless_forger_leaves_gaps_repeats_and_moments_that_go_back(log: Log) -> None:
    gone = log.events[299]
    made = forged(log, log.events[:299] + log.events[300:])
    (found,) = wrong(verified(made.folder))
    assert found.says == "missing.version"
    assert found.particulars["aggregate"] == str(gone.aggregate)
    made = forged(log, [*log.events[:300], replace(other(gone)), *log.events[300:]])
    assert codes(verified(made.folder)) == {"inserted"}
    later = next(n for n in range(300, 600) if log.events[n].aggregate == gone.aggregate)
    events = list(log.events)
    events[299], events[later] = events[later], events[299]
    made = forged(log, events)
    assert codes(verified(made.folder)) == {"reordered"}


def test_checkpoints_that_the_log_itself_published_betray_it(tmp_path: Path) -> None:
    log = written(tmp_path, published=(100, 280, 310, 500))
    events = list(log.events)
    events[299] = other(events[299])
    write_tiles(log.folder, [event.entry for event in events])
    log.put("checkpoint", checkpoint([event.entry for event in events]))
    found = [each for each in wrong(verified(log.folder)) if each.code == "re-signed"]
    assert [(each.position, each.until) for each in found] == [(281, 310)]


def test_a_log_signed_with_another_key_of_the_same_name_is_named(tmp_path: Path) -> None:
    log = written(tmp_path, signers=(STRANGER,), keys=(STRANGER.vkey,))
    assert codes(verified(log.folder)) == {"re-signed", "bad-signature"}
    report = verified(log.folder, keys=())
    assert not report.wrong
    assert "self-vouched" in uncovered(report)


def test_two_views_of_one_size_prove_that_the_log_forked(log: Log) -> None:
    shown_to_another = checkpoint([event.entry for event in story(600, seed=2)])
    report = verified(log.folder, checkpoints=(shown_to_another,))
    assert codes(report) == {"forked"}


def test_a_restored_backup_is_smaller_than_what_was_kept(tmp_path: Path) -> None:
    backup = written(tmp_path / "backup", length=450)
    kept = checkpoint([event.entry for event in story(600)])
    report = verified(backup.folder, checkpoints=(kept,))
    (found,) = wrong(report)
    assert (found.code, found.position, found.until) == ("shrunk", 451, 600)
    backup.put("checkpoints/600", kept)
    assert codes(verified(backup.folder)) == {"shrunk"}


def test_a_checkpoint_that_was_not_put_in_its_place_yet_is_no_loss(tmp_path: Path) -> None:
    log = written(tmp_path, published=(450,))
    log.put("checkpoint", checkpoint(log.entries[:450]))
    report = verified(log.folder)
    assert not report.wrong
    assert [each.code for each in report.findings] == ["stale-checkpoint"]
    (log.folder / "tile/0/002.p/88").unlink()
    assert codes(verified(log.folder)) == {"shrunk"}


def test_a_checkpoint_of_another_log_is_no_evidence(log: Log) -> None:
    elsewhere = Signer("elsewhere.example/log")
    kept = checkpoint(log.entries, LOG, origin="elsewhere.example/log")
    assert codes(verified(log.folder, checkpoints=(kept,))) == {"other-log"}
    unsigned = checkpoint(log.entries, elsewhere)
    assert codes(verified(log.folder, checkpoints=(unsigned,))) == {"bad-signature"}


def test_the_checkpoint_of_a_key_is_that_of_its_own_log(tmp_path: Path) -> None:
    log = written(tmp_path, length=20)
    log.put("checkpoint", checkpoint(log.entries, LOG, origin="elsewhere.example/log"))
    assert "other-log" in codes(verified(log.folder))


def test_a_size_that_nobody_can_have_written_does_not_keep_the_verifier_busy(log: Log) -> None:
    text = f"{ORIGIN}\n{10**15}\n{b64encode(bytes(32)).decode()}\n"
    log.put("checkpoint", note(text, LOG))
    report = verified(log.folder)
    assert "missing" in codes(report)
    assert len(report.findings) < 1_000


# --------------------------------------------------------------------------------------- receipts


def test_a_receipt_is_kept_or_the_promise_was_broken(log: Log) -> None:
    good = receipt(log.events[299], 299)
    assert not verified(log.folder, receipts=(good,)).wrong
    events = [*log.events[:299], *log.events[300:]]
    made = forged(log, renumbered(events))
    assert named(verified(made.folder, receipts=(good,))) == {("dropped-after-receipt", 300)}
    swapped = [*log.events[:298], log.events[299], log.events[298], *log.events[300:]]
    made = forged(log, swapped)
    report = verified(made.folder, receipts=(good,))
    assert ("reordered", 300) in named(report)


def test_an_event_dropped_from_the_end_is_named_by_its_receipt(tmp_path: Path) -> None:
    events = story(600)
    short = written(tmp_path, length=580)
    report = verified(short.folder, receipts=(receipt(events[589], 589),))
    assert named(report) == {("dropped-after-receipt", 590)}


def test_a_receipt_of_this_very_minute_may_still_be_published(log: Log) -> None:
    young = replace(log.events[0], moment=datetime.now(UTC) - timedelta(seconds=2))
    report = verified(log.folder, receipts=(receipt(young, 600),))
    assert not report.wrong
    assert [each.code for each in report.findings] == ["not-yet-published"]


def test_a_receipt_that_is_none_or_signed_by_another_proves_nothing(log: Log) -> None:
    event = log.events[0]
    assert codes(verified(log.folder, receipts=(receipt(event, 0, STRANGER),))) == {"bad-signature"}
    assert codes(verified(log.folder, receipts=(checkpoint(log.entries),))) == {"bad-receipt"}
    assert codes(verified(log.folder, receipts=(b"not a note",))) == {"bad-receipt"}
    said = (
        receipt(event, 0)
        .decode()
        .partition("\n\n")[0]
        .replace(event.recorded_at, "2020-01-01T00:00:00.000000Z")
    )
    assert codes(verified(log.folder, receipts=(note(said + "\n", LOG),))) == {"bad-receipt"}


# ------------------------------------------------------------------------------------ proof files


def test_a_proof_that_was_kept_still_holds_or_names_what_changed(log: Log) -> None:
    kept = proof(log.entries[:400], 299)
    assert not verified(log.folder, proofs=(kept,)).wrong
    events = list(log.events)
    events[299] = other(events[299])
    made = forged(log, events)
    assert {("changed-entry", 300)} < named(verified(made.folder, proofs=(kept,)))
    assert "re-signed" in codes(verified(made.folder, proofs=(kept,)))


def test_a_proof_file_that_was_changed_is_no_proof(log: Log) -> None:
    kept = proof(log.entries[:400], 299)
    for spoilt in (
        kept.replace(b"index 299", b"index 298"),
        kept.replace(b"index 299\n", b"index 299\n" + b"A" * 43 + b"=\n"),
    ):
        assert codes(verified(log.folder, proofs=(spoilt,))) == {"bad-proof"}
    assert codes(verified(log.folder, proofs=(kept[:50],))) == {"bad-proof"}


# ------------------------------------------------------------------------------- exports and parts


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
