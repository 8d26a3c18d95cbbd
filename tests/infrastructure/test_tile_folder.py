"""The folder of the log: whole files or none, and signatures that nobody loses."""

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import SignerKey
from application.transparency.note import Note, Signature
from application.transparency.ports import LogRefused, Refusal
from domain.tree import leaf_hash
from infrastructure.tile_folder import TileFolder

KEY = SignerKey.generate("kringboek.example/toets")


@pytest.fixture
def folder(tmp_path: Path) -> TileFolder:
    return TileFolder(tmp_path / "log")


def note(size: int, of: bytes = b"") -> bytes:
    text = Checkpoint(origin=KEY.name, size=size, root=leaf_hash(of)).text()
    return Note(text=text, signatures=(KEY.sign(text),)).encode()


def cosigned(data: bytes, name: str) -> bytes:
    more = Signature(name=name, key_id=b"1234", value=name.encode())
    return Note.parse(data).with_signatures([more]).encode()


def test_a_folder_that_is_not_there_has_nothing(folder: TileFolder) -> None:
    assert folder.checkpoint() is None
    assert folder.checkpoint_of(3) is None
    assert folder.read("tile/0/000") is None
    assert folder.published_at() is None
    assert folder.refusal() is None
    assert not folder.folder.exists()


def test_everybody_may_read_what_is_written(folder: TileFolder) -> None:
    folder.write({"tile/0/x001/234.p/7": b"tile", "tile/entries/000": b"bundle"})
    path = folder.folder / "tile/0/x001/234.p/7"
    assert folder.read("tile/0/x001/234.p/7") == b"tile"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o755
    assert list((folder.folder / ".new").iterdir()) == []


def test_what_is_there_already_is_left_alone_and_what_differs_is_not(folder: TileFolder) -> None:
    folder.write({"tile/0/000": b"one"})
    before = (folder.folder / "tile/0/000").stat().st_ino
    folder.write({"tile/0/000": b"one"})
    assert (folder.folder / "tile/0/000").stat().st_ino == before
    folder.write({"tile/0/000": b"two"})
    assert folder.read("tile/0/000") == b"two"


def test_a_file_is_flushed_before_it_has_its_name_and_its_name_after(
    folder: TileFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write({"tile/0/000.p/1": b"the folders are there"})
    acts = []
    for owner, name in ((os, "fsync"), (Path, "rename")):
        act = getattr(owner, name)

        def noted(*given: object, act: Any = act, name: str = name) -> Any:
            acts.append(name)
            return act(*given)

        monkeypatch.setattr(owner, name, noted)
    folder.write({"tile/0/000.p/2": b"x", "tile/0/000.p/3": b"y"})
    assert acts == ["fsync", "rename", "fsync", "rename", "fsync"]


def test_the_newest_checkpoint_never_becomes_an_older_one(folder: TileFolder) -> None:
    assert folder.publish(5, note(5))
    assert folder.publish(9, note(9))
    assert not folder.publish(7, note(7))
    assert not folder.publish(9, note(9))
    assert folder.checkpoint() == note(9)
    assert (folder.checkpoint_of(5), folder.checkpoint_of(9)) == (note(5), note(9))


@pytest.mark.parametrize("spoiled", [False, True])
def test_what_is_published_again_has_the_signature_that_it_came_with(
    folder: TileFolder, *, spoiled: bool
) -> None:
    """The newest was removed, as a cure, and this size was published before: by another key, say."""
    folder.publish(5, note(5))
    history = folder.folder / "checkpoints/5"
    (folder.folder / "checkpoint").unlink()
    if spoiled:
        history.write_bytes(history.read_bytes()[:-3])
    other = SignerKey.generate(KEY.name)
    text = Note.parse(note(5)).text
    assert folder.publish(5, Note(text=text, signatures=(other.sign(text),)).encode())
    found = folder.checkpoint() or b""
    assert found == folder.checkpoint_of(5)
    keys = {each.key_id for each in Note.parse(found).signatures}
    assert keys == {other.verifier.key_id} | (set() if spoiled else {KEY.verifier.key_id})


def test_two_trees_of_one_size_are_not_published(folder: TileFolder) -> None:
    folder.publish(5, note(5))
    with pytest.raises(LogRefused, match=r"log\.published-differs"):
        folder.publish(5, note(5, b"otherwise"))
    assert folder.checkpoint() == note(5)


def test_a_cosignature_is_added_to_the_checkpoint_of_its_size(folder: TileFolder) -> None:
    folder.publish(5, note(5))
    folder.publish(9, note(9))
    moment = folder.published_at()
    assert folder.amend(5, lambda old: cosigned(old, "getuige"))
    assert folder.checkpoint_of(5) == cosigned(note(5), "getuige")
    assert folder.checkpoint() == note(9)
    assert folder.amend(9, lambda old: cosigned(old, "getuige"))
    assert folder.checkpoint() == folder.checkpoint_of(9) == cosigned(note(9), "getuige")
    assert folder.published_at() == moment
    assert not folder.amend(7, lambda old: cosigned(old, "getuige"))
    with pytest.raises(ValueError, match="its text stays"):
        folder.amend(9, lambda _: note(10))
    assert not folder.publish(9, note(9))
    assert folder.checkpoint() == cosigned(note(9), "getuige")


def test_cosignatures_that_come_at_once_are_all_kept(folder: TileFolder) -> None:
    folder.publish(5, note(5))
    names = [f"getuige-{number}" for number in range(12)]

    def add(name: str) -> None:
        TileFolder(folder.folder).amend(5, lambda old: cosigned(old, name))

    threads = [threading.Thread(target=add, args=(name,)) for name in names]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    found = folder.checkpoint()
    assert found is not None
    assert {each.name for each in Note.parse(found).signatures} == {KEY.name, *names}


def test_keys_are_listed_once_and_for_ever(folder: TileFolder) -> None:
    for vkey in ("one", "two", "one"):
        folder.note_key(vkey)
    assert folder.read("keys") == b"one\ntwo\n"


def test_a_refusal_is_seen_by_all_until_it_is_over(folder: TileFolder) -> None:
    refusal = Refusal(code="log.x", why="why", cure="cure", since=1.5)
    folder.publish(1, note(1))
    folder.refuse(refusal)
    assert TileFolder(folder.folder).refusal() == refusal
    folder.refuse(None)
    folder.refuse(None)
    assert TileFolder(folder.folder).refusal() is None


@pytest.mark.parametrize("said", [b"", b"{", b"[1]", b'{"code": "log.x", "newer": 1}'])
def test_a_refusal_that_cannot_be_read_is_one(folder: TileFolder, said: bytes) -> None:
    folder.publish(1, note(1))
    (folder.folder / "refused").write_bytes(said)
    refusal = folder.refusal()
    assert refusal is not None
    assert refusal.code == "log.refused"


def test_what_is_witnessed_is_kept_with_the_most_signatures(folder: TileFolder) -> None:
    one, two = cosigned(note(5), "noord"), cosigned(cosigned(note(5), "noord"), "oost")
    assert [folder.keep_witnessed(5, each) for each in (one, two, one, two)] == [
        True,
        True,
        False,
        False,
    ]
    assert not folder.keep_witnessed(4, two)
    assert folder.witnessed() == two
    assert folder.keep_witnessed(6, note(6))


def test_a_file_is_forgotten_if_it_is_there(folder: TileFolder) -> None:
    folder.forget("policy")
    folder.write({"policy": b"quorum none\n"})
    folder.forget("policy")
    assert folder.read("policy") is None


NOW = 1_800_000_000.0
HOUR = 3600.0


def publish_at(folder: TileFolder, moments: dict[int, float]) -> None:
    for size, ago in moments.items():
        folder.publish(size, note(size))
        os.utime(folder.folder / "checkpoints" / str(size), (NOW - ago, NOW - ago))


def test_of_checkpoints_of_before_yesterday_the_last_of_each_hour_stays(folder: TileFolder) -> None:
    publish_at(folder, {1: 99 * HOUR, 2: 99 * HOUR})
    folder.thin_out(NOW)
    folder.thin_out(NOW)
    assert folder.sizes() == [1, 2], "what was there before is nobody's to thin out"
    third, fourth, yesterday = 30 * HOUR, 29 * HOUR, 23 * HOUR
    publish_at(
        folder, dict.fromkeys((3, 4, 5, 6), third) | {7: fourth} | dict.fromkeys((8, 9), yesterday)
    )
    folder.amend(4, lambda old: cosigned(old, "getuige"))
    os.utime(folder.folder / "checkpoints/4", (NOW - third, NOW - third))
    folder.write({"timestamps/3.tsr": b"token"})
    folder.thin_out(NOW)
    assert folder.sizes() == [1, 2, 3, 4, 6, 7, 8, 9]
    folder.thin_out(NOW)
    assert folder.sizes() == [1, 2, 3, 4, 6, 7, 8, 9]
    folder.thin_out(NOW + 2 * HOUR)
    assert folder.sizes() == [1, 2, 3, 4, 6, 7, 9]
    assert folder.checkpoint() == note(9) == folder.checkpoint_of(9)


def test_checkpoints_of_another_folder_are_not_thinned_out(folder: TileFolder) -> None:
    """As after an import, where all came at one moment."""
    folder.publish(1, note(1))
    folder.thin_out(NOW)
    (folder.folder / "checkpoints").rename(folder.folder / "before")
    (folder.folder / "checkpoint").unlink()
    publish_at(folder, dict.fromkeys((3, 4, 5), 99 * HOUR))
    folder.thin_out(NOW)
    folder.thin_out(NOW)
    assert folder.sizes() == [3, 4, 5]


def test_strays_go_and_what_is_no_tile_is_left_alone(folder: TileFolder) -> None:
    """As some file systems leave a file that was removed while somebody read it."""
    folder.write(dict.fromkeys(("tile/0/000.p/7", "tile/0/000.p/9", "tile/0/000.p/12"), b"x"))
    folder.write(dict.fromkeys(("tile/0/000", "tile/0/000.p/.nfs0001"), b"x"))
    folder.forget_strays("tile/0/000", 7, 12)
    found = {each.name for each in (folder.folder / "tile/0").rglob("*") if each.is_file()}
    assert found == {"7", "12", ".nfs0001"}


def test_tidying_leaves_what_was_published(folder: TileFolder) -> None:
    folder.write(dict.fromkeys(("tile/0/000", "tile/0/000.p/7", "tile/0/001.p/9"), b"x"))
    folder.write(dict.fromkeys(("tile/1/000", "tile/1/000.p/1"), b"a stray, and what is published"))
    (folder.folder / ".new" / "of-somebody-who-lives").touch()
    folder.tidy(256 + 9)
    found = {
        each.relative_to(folder.folder).as_posix()
        for each in folder.folder.rglob("*")
        if each.is_file()
    }
    assert found == {
        "tile/0/000", "tile/0/001.p/9", "tile/1/000", "tile/1/000.p/1", ".new/of-somebody-who-lives"
    }  # fmt: skip
