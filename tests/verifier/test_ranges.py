"""A log that is read in ranges by several processes is judged as one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.verifier.verified import named, verified, written, wrong
from tests.verifier.written_log import LOG, Log, checkpoint, story, write_tiles
from verifier import passing
from verifier.findings import Report, Unusable
from verifier.notes import Key
from verifier.sources import open_source
from verifier.trust import Given
from verifier.verifying import verify


@pytest.fixture(autouse=True)
def ranges_of_one_tile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "TILES_PER_RANGE", 1)
    monkeypatch.setattr(passing, "_FEW_RANGES", 0)


def in_processes(place: Path) -> Report:
    return verify(open_source(str(place), None), Given(keys=(Key.parse(LOG.vkey),), workers=2))


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    log = written(tmp_path / "log", length=900, bodies=True)
    for place in (log.folder, log.zipped()):
        assert in_processes(place).findings == []
        assert in_processes(place).checked == verified(place).checked
    log.events[299] = replace(log.events[299], body=b"{}")
    log.write_bodies()
    tile = log.read("tile/0/002")
    log.put("tile/0/002", b"\0" * 32 + tile[32:])
    for report in (in_processes(log.folder), verified(log.folder)):
        assert named(report) == {("changed-body", 300), ("changed-leaf", 513)}


def test_order_and_versions_are_followed_across_ranges(tmp_path: Path) -> None:
    events = story(600)
    log = Log(tmp_path / "one", events[:256] + events[257:]).write()
    (found,) = wrong(verified(log.folder))
    assert found.says == "missing.version"
    events[256] = replace(events[256], moment=events[255].moment - timedelta(seconds=1))
    log = Log(tmp_path / "two", events).write()
    assert named(verified(log.folder)) == {("reordered", 257)}


def test_a_worker_that_cannot_go_on_says_why(tmp_path: Path) -> None:
    log = written(tmp_path / "log", length=600)
    path = log.folder / "tile/entries/001"
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(Unusable):
        in_processes(log.folder)


def test_tiles_of_the_third_level_are_checked(tmp_path: Path) -> None:
    entries = [number.to_bytes(4, "big") for number in range(65_536 + 300)]
    write_tiles(tmp_path, entries)
    log = Log(tmp_path, [])
    log.put("checkpoint", checkpoint(entries))
    earlier = tuple(checkpoint(entries[:size]) for size in (256, 65_536))
    assert not verified(tmp_path, checkpoints=earlier).wrong
    top = log.read("tile/2/000.p/1")
    log.put("tile/2/000.p/1", top[:-1] + bytes([top[-1] ^ 1]))
    (found,) = wrong(verified(tmp_path))
    assert (found.code, found.path) == ("bad-tile", "tile/2/000.p/1")
    assert (found.position, found.until) == (1, 65_536)
