"""Whoever holds the files changes them; the verifier names what was done, and where."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.verifier.verified import codes, named, uncovered, verified, written, wrong
from tests.verifier.written_log import (
    ORIGIN,
    Log,
    bought,
    checkpoint,
    write_tiles,
)


def bundles(log: Log, entries: list[bytes], *, length: int = 256) -> None:
    """Write the bundles anew, and leave the tiles as they are."""
    for start in range(0, len(entries), length):
        part = entries[start : start + length]
        data = b"".join(len(each).to_bytes(2, "big") + each for each in part)
        number = start // 256
        end = "" if number < 2 else f".p/{len(log.events) - 512}"
        log.put(f"tile/entries/{number:03}{end}", data)


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
    entries[299] = bought(log.events[299]).entry
    bundles(log, entries)
    assert named(verified(log.folder)) == {("changed-entry", 300)}


def test_a_changed_body_is_named_by_its_position(export: Log) -> None:
    export.events[299] = bought(export.events[299])
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
    entries.insert(299, bought(log.events[299]).entry)
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
    events[299] = bought(events[299])
    write_tiles(log.folder, [event.entry for event in events])
    log.put("tile/1/000.p/2", upper)
    (found,) = wrong(verified(log.folder))
    assert (found.code, found.position, found.until) == ("changed-entry", 257, 512)


def test_everything_rewritten_but_not_signed_is_narrowed_down_by_earlier_checkpoints(
    tmp_path: Path,
) -> None:
    log = written(tmp_path, published=(100, 280, 310, 500))
    events = list(log.events)
    events[299] = bought(events[299])
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


def test_what_a_service_keeps_for_itself_is_told_apart_from_files_that_nobody_knows(
    log: Log,
) -> None:
    for name in ("witnesses", "timestamped", "refused", ".publishing", ".thinned", ".lock"):
        log.put(name, b"x")
    log.put(".new/checkpoint.abc", b"x")
    log.put("elsewhere/.lock", b"x")
    told = dict(verified(log.folder).uncovered)
    assert told["own-notes"]["paths"] == (
        ".lock, .new/checkpoint.abc, .publishing, .thinned, refused, ..."
    )
    assert told["files"] == {"count": 2, "paths": "elsewhere/.lock, keys"}
