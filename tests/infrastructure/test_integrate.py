"""A round of the integrator: the log grows to the ledger, or stands still and says why.

The folder and the key are real; the ledger is a list, so that it can be killed, cut and restored.
"""

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import combinations, count
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.ports import LedgerUnavailable
from application.transparency import integrate as integrating
from application.transparency.checkpoint import Checkpoint
from application.transparency.integrate import integrate
from application.transparency.ports import LogRefused
from domain.tree import consistency_proof, leaf_hash, root, verify_consistency
from infrastructure.tile_folder import TileFolder
from tests.infrastructure.logged import Logged, ToldEntries
from tests.thoroughness import examples


@pytest.fixture(autouse=True)
def no_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kills are played here, and no machine is lost: flushing would only take time."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def logged(tmp_path: Path) -> Logged:
    return Logged.below(tmp_path)


def taken_in(logged: Logged, ledger: ToldEntries) -> Checkpoint | None:
    published = asyncio.run(logged.round(ledger))
    return None if published is None else published.checkpoint


def refused(logged: Logged, ledger: ToldEntries) -> str:
    """The code of the refusal; nothing was signed and nothing published."""
    before = logged.folder.checkpoint(), signed(logged)
    with pytest.raises(LogRefused) as refusal:
        asyncio.run(logged.round(ledger))
    assert before == (logged.folder.checkpoint(), signed(logged))
    return refusal.value.code


def signed(logged: Logged) -> bytes | None:
    path = logged.keys / "log.signed"
    return path.read_bytes() if path.exists() else None


# ------------------------------------------------------------------------------------- growing


@settings(
    max_examples=examples(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    batches=st.lists(st.sampled_from([0, 1, 2, 7, 100, 255, 256, 257, 600]), max_size=5),
    page=st.sampled_from([1, 99, 256, 1000]),
)
def test_however_it_grew_the_log_is_the_one_computed_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, batches: list[int], page: int
) -> None:
    logged = Logged.below(tmp_path_factory.mktemp("grown"))
    ledger = ToldEntries(page=page)
    for batch in (0, *batches):
        ledger.tell(batch)
        taken_in(logged, ledger)
        logged.require_is(ledger.told)
        assert logged.folder.checkpoint_of(len(ledger.told)) == logged.folder.checkpoint()


def test_an_empty_log_is_published_once(logged: Logged) -> None:
    published = taken_in(logged, ToldEntries())
    assert published is not None
    assert (published.size, published.root) == (0, root([]))
    assert taken_in(logged, ToldEntries()) is None


def test_a_log_of_three_levels_has_all_its_tiles(logged: Logged) -> None:
    ledger = ToldEntries(page=5000)
    ledger.tell(65_536 + 300)
    taken_in(logged, ledger)
    assert (logged.log / "tile/2/000.p/1").read_bytes() == root(
        [leaf_hash(each) for each in ledger.told[:65_536]]
    )
    ledger.tell(3)
    taken_in(logged, ledger)
    assert logged.checkpoint().root == root([leaf_hash(each) for each in ledger.told])


def test_only_what_came_since_is_read(logged: Logged) -> None:
    ledger = ToldEntries()
    ledger.tell(500)
    taken_in(logged, ledger)
    ledger.asked.clear()
    ledger.tell(10)
    taken_in(logged, ledger)
    assert {after for _, after, _ in ledger.asked} == {499}


def test_partial_tiles_stay_until_the_full_one_is_there(logged: Logged) -> None:
    ledger = ToldEntries()
    for batch in (200, 50):
        ledger.tell(batch)
        taken_in(logged, ledger)
    assert {each.name for each in (logged.log / "tile/0/000.p").iterdir()} == {"200", "250"}
    ledger.tell(7)
    taken_in(logged, ledger)
    assert not (logged.log / "tile/0/000.p").exists()
    assert not (logged.log / "tile/entries/000.p").exists()
    assert (logged.log / "tile/0/000").stat().st_size == 8192


# ------------------------------------------------------------------------------------ being killed


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_at(step: int) -> Iterator[None]:
    """Every act on the disk from number `step` on does not happen. Raises Killed at the first."""
    steps = count()

    def dying(act: object) -> object:
        def done(*arguments: object, **named: object) -> object:
            if next(steps) >= step:
                raise Killed
            return act(*arguments, **named)  # type: ignore[operator]

        return done

    with (
        mock.patch.object(os, "fsync", dying(os.fsync)),
        mock.patch.object(os, "link", dying(os.link)),
        mock.patch.object(Path, "rename", dying(Path.rename)),
        mock.patch.object(Path, "unlink", dying(Path.unlink)),
        mock.patch.object(shutil, "rmtree", dying(shutil.rmtree)),
    ):
        yield


def test_killed_at_any_step_it_goes_on_and_signs_one_history(tmp_path: Path) -> None:
    """Kills in the first round, and in one that fills a tile; then the ledger goes on."""
    steps_seen = 0
    for step in count():
        logged = Logged.below(tmp_path / str(step))
        ledger = ToldEntries()
        kills = 0
        history = []
        for batch in (40, 230):
            ledger.tell(batch)
            with killed_at(step):
                try:
                    taken_in(logged, ledger)
                except Killed:
                    kills += 1
            history += [read for read in (remembered(logged), published(logged)) if read]
            ledger.tell(3)
            assert taken_in(logged, ledger) is not None
            logged.require_is(ledger.told)
            history.append(logged.checkpoint())
        require_one_history(history, ledger.told)
        steps_seen = step
        if not kills:
            break
    assert steps_seen > 30, "fewer steps than one file has were seen"


def remembered(logged: Logged) -> Checkpoint | None:
    if not (logged.keys / "log.key").exists():
        return None
    return logged.signer.remembered()


def published(logged: Logged) -> Checkpoint | None:
    return None if logged.folder.checkpoint() is None else logged.checkpoint()


def require_one_history(history: list[Checkpoint], entries: list[bytes]) -> None:
    leaves = [leaf_hash(each) for each in entries]
    for one, other in combinations(sorted(history, key=lambda each: each.size), 2):
        if one.size:
            proof = consistency_proof(leaves, one.size, other.size)
            verify_consistency(one.size, other.size, proof, one.root, other.root)


def test_tiles_that_nobody_signed_are_written_over_when_the_ledger_was_restored(
    logged: Logged,
) -> None:
    """Killed before signing, then an older backup that was never published beyond: all is well."""
    ledger = ToldEntries()
    ledger.tell(100)
    taken_in(logged, ledger)
    ahead = ToldEntries(ledger.told)
    ahead.tell(420, salt="lost ")
    with mock.patch.object(type(logged.signer), "sign", side_effect=Killed), pytest.raises(Killed):
        taken_in(logged, ahead)
    assert (logged.log / "tile/0/002.p/8").exists()
    logged.folder.tidy(100)
    ledger.tell(60, salt="kept ")
    taken_in(logged, ledger)
    logged.folder.tidy(160)
    assert not (logged.log / "tile/0/000").exists()
    assert {each.name for each in (logged.log / "tile/0/000.p").iterdir()} == {"100", "160"}
    ledger.tell(420, salt="kept ")
    taken_in(logged, ledger)
    logged.require_is(ledger.told)


# ------------------------------------------------------------------------------- restored backups


def test_a_ledger_that_is_shorter_than_the_log_is_refused_until_it_is_whole(
    logged: Logged,
) -> None:
    ledger = ToldEntries()
    ledger.tell(300)
    taken_in(logged, ledger)
    assert refused(logged, ToldEntries(ledger.told[:299])) == "log.ledger-shorter"
    ledger.tell(5)
    assert taken_in(logged, ledger) is not None


@pytest.mark.parametrize("grown", [1, 57, 300])
def test_a_restored_ledger_that_has_grown_past_the_log_is_refused(
    logged: Logged, grown: int
) -> None:
    ledger = ToldEntries()
    ledger.tell(300)
    taken_in(logged, ledger)
    restored = ToldEntries(ledger.told[:299])
    restored.tell(grown, salt="otherwise ")
    assert refused(logged, restored) == "log.ledger-differs"


def test_what_was_signed_and_not_published_binds_as_well(logged: Logged) -> None:
    """Killed between remembering and publishing; then the database comes from a backup."""
    ledger = ToldEntries()
    ledger.tell(100)
    taken_in(logged, ledger)
    ledger.tell(50)
    with (
        mock.patch.object(type(logged.folder), "publish", side_effect=Killed),
        pytest.raises(Killed),
    ):
        taken_in(logged, ledger)
    assert (logged.checkpoint().size, logged.signer.remembered().size) == (100, 150)
    assert refused(logged, ToldEntries(ledger.told[:120])) == "log.ledger-shorter"
    restored = ToldEntries(ledger.told[:120])
    restored.tell(90, salt="otherwise ")
    assert refused(logged, restored) == "log.ledger-differs"
    ledger.tell(60)
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


def test_a_folder_from_a_backup_is_brought_up_to_date(logged: Logged, tmp_path: Path) -> None:
    ledger = ToldEntries()
    ledger.tell(300)
    taken_in(logged, ledger)
    shutil.copytree(logged.log, tmp_path / "backup")
    ledger.tell(300)
    taken_in(logged, ledger)
    shutil.rmtree(logged.log)
    (tmp_path / "backup").rename(logged.log)
    other = ToldEntries(ledger.told[:300])
    other.tell(300, salt="otherwise ")
    assert refused(logged, other) == "log.ledger-differs"
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


def test_a_folder_that_is_gone_is_made_again_from_the_ledger(logged: Logged) -> None:
    ledger = ToldEntries()
    ledger.tell(700)
    taken_in(logged, ledger)
    shutil.rmtree(logged.log)
    other = ToldEntries([b"otherwise", *ledger.told[1:]])
    other.tell(1)
    assert refused(logged, other) == "log.ledger-differs"
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


@pytest.mark.parametrize(
    ("restored", "outcome"),
    [
        ("ledger", "log.ledger-differs"),
        ("log", "goes on"),
        ("keys", "goes on"),
        ("log keys", "goes on"),
        ("ledger log", "log.ledger-differs"),
        ("ledger keys", "log.ledger-differs"),
        # Nothing that is left here knows better. Whoever kept a later checkpoint does: a witness.
        ("ledger log keys", "goes on"),
    ],
)
def test_whatever_of_one_backup_is_put_back_there_is_one_history_as_long_as_one_part_knows_it(
    logged: Logged, tmp_path: Path, restored: str, outcome: str
) -> None:
    ledger = ToldEntries()
    ledger.tell(300)
    taken_in(logged, ledger)
    backup = {name: tmp_path / f"backup-{name}" for name in ("log", "keys")}
    for name, folder in backup.items():
        shutil.copytree(getattr(logged, name), folder)
    ledger.tell(100)
    taken_in(logged, ledger)
    for name in set(restored.split()) & set(backup):
        shutil.rmtree(getattr(logged, name))
        backup[name].rename(getattr(logged, name))
    if "ledger" in restored:
        ledger = ToldEntries(ledger.told[:300])
        if outcome != "goes on":
            ledger.tell(50, salt="otherwise ")
            assert refused(logged, ledger) == "log.ledger-shorter"
    ledger.tell(150, salt="otherwise ")
    if outcome == "goes on":
        assert taken_in(logged, ledger) is not None
        logged.require_is(ledger.told)
    else:
        assert refused(logged, ledger) == outcome


def test_a_tile_that_is_spoiled_further_inside_is_made_again_without_its_checkpoint(
    logged: Logged,
) -> None:
    """The cure for what the audit finds: remove the tile and the file `checkpoint`."""
    ledger = ToldEntries()
    ledger.tell(700)
    taken_in(logged, ledger)
    for each in ("tile/0/000", "tile/entries/001", "checkpoint"):
        (logged.log / each).unlink()
    ledger.tell(1)
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


@pytest.mark.parametrize("tile", ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"])
@pytest.mark.parametrize("spoiled", [None, slice(-1), slice(0)])
def test_a_tile_that_is_lost_or_spoiled_at_the_edge_is_made_again(
    logged: Logged, tile: str, spoiled: slice | None
) -> None:
    ledger = ToldEntries()
    ledger.tell(300)
    taken_in(logged, ledger)
    path = logged.log / tile
    whole = path.read_bytes()
    path.unlink()
    if spoiled is not None:
        path.write_bytes(whole[spoiled])
    assert taken_in(logged, ledger) is None
    logged.require_is(ledger.told)
    path.write_bytes(bytes(len(whole)))
    ledger.tell(400)
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


@pytest.mark.parametrize("spoiled", [None, b"spoiled"])
def test_a_spoiled_tile_on_which_a_proof_rests_is_told_with_its_cure(
    logged: Logged, spoiled: bytes | None
) -> None:
    ledger = ToldEntries()
    ledger.tell(100)
    taken_in(logged, ledger)
    old = signed(logged)
    assert old is not None
    ledger.tell(600)
    taken_in(logged, ledger)
    (logged.keys / "log.signed").write_bytes(old)
    tile = logged.log / "tile/0/000"
    tile.unlink()
    if spoiled is not None:
        tile.write_bytes(spoiled)
    assert refused(logged, ledger) == "log.tile-spoiled"
    tile.unlink(missing_ok=True)
    (logged.log / "checkpoint").unlink()
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


def test_a_signer_whose_memory_is_older_than_the_log_goes_on_from_the_log(
    logged: Logged,
) -> None:
    ledger = ToldEntries()
    ledger.tell(100)
    taken_in(logged, ledger)
    old = signed(logged)
    ledger.tell(100)
    taken_in(logged, ledger)
    assert old is not None
    (logged.keys / "log.signed").write_bytes(old)
    assert refused(logged, ToldEntries(ledger.told[:150])) == "log.ledger-shorter"
    assert taken_in(logged, ledger) is None
    assert logged.signer.remembered().size == 200
    logged.require_is(ledger.told)


def test_a_folder_of_another_history_than_the_signer_remembers_is_refused(
    logged: Logged, tmp_path: Path
) -> None:
    """As when the folder of a test installation, with the same key, was put in its place."""
    one, other = ToldEntries(), ToldEntries()
    one.tell(100)
    taken_in(logged, one)
    elsewhere = Logged(log=tmp_path / "elsewhere", keys=tmp_path / "keys-elsewhere")
    elsewhere.keys.mkdir(mode=0o700)
    for name, content in (
        ("log.key", (logged.keys / "log.key").read_bytes()),
        ("log.signed", _nothing_signed(logged)),
    ):
        (elsewhere.keys / name).write_bytes(content)
        (elsewhere.keys / name).chmod(0o600)
    other.tell(150, salt="otherwise ")
    taken_in(elsewhere, other)
    shutil.rmtree(logged.log)
    elsewhere.log.rename(logged.log)
    assert refused(logged, other) == "log.published-differs"
    assert refused(logged, one) == "log.ledger-shorter"


def _nothing_signed(logged: Logged) -> bytes:
    nothing = Checkpoint(origin=logged.signer.key.name, size=0, root=root([]))
    return nothing.text().encode()


def test_without_the_signers_memory_nothing_is_signed_until_it_is_put_back(
    logged: Logged,
) -> None:
    ledger = ToldEntries()
    ledger.tell(10)
    taken_in(logged, ledger)
    (logged.keys / "log.signed").unlink()
    ledger.tell(10)
    assert refused(logged, ledger) == "log.memory-missing"
    # The cure that the refusal tells: the published checkpoint, where nobody has a larger one.
    shutil.copy(logged.log / "checkpoint", logged.keys / "log.signed")
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


def test_the_key_is_listed_before_it_signs_and_no_other_is(logged: Logged, tmp_path: Path) -> None:
    """A process with a folder of keys of its own is not believed for lying beside the log."""
    ledger = ToldEntries()
    ledger.tell(10)
    with (
        mock.patch.object(type(logged.signer), "sign", side_effect=Killed),
        pytest.raises(Killed),
    ):
        taken_in(logged, ledger)
    listed = f"{logged.signer.key}\n".encode()
    assert logged.folder.read("keys") == listed
    taken_in(logged, ledger)
    ledger.tell(10)
    stranger = Logged(log=logged.log, keys=tmp_path / "keys-of-another")
    assert stranger.signer.key != logged.signer.key
    assert refused(stranger, ledger) == "log.checkpoint-unreadable"
    assert logged.folder.read("keys") == listed


def test_a_checkpoint_that_somebody_else_signed_is_refused(logged: Logged) -> None:
    ledger = ToldEntries()
    ledger.tell(10)
    taken_in(logged, ledger)
    note = logged.folder.checkpoint()
    assert note is not None
    (logged.log / "checkpoint").write_bytes(note.replace(b"\n10\n", b"\n11\n"))
    ledger.tell(10)
    assert refused(logged, ledger) == "log.checkpoint-unreadable"
    (logged.log / "checkpoint").unlink()  # the cure that the refusal tells
    assert taken_in(logged, ledger) is not None
    logged.require_is(ledger.told)


def test_a_gap_in_the_ledger_is_refused(logged: Logged) -> None:
    class Gappy(ToldEntries):
        async def entries(self, *, after: int, up_to: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
            async for page in super().entries(after=after, up_to=up_to):
                yield [each for each in page if each[0] != 7]

    ledger = Gappy()
    taken_in(logged, ledger)
    ledger.tell(10)
    assert refused(logged, ledger) == "log.ledger-gap"


# --------------------------------------------------------------------------------- two at once


def test_two_integrators_at_once_publish_one_log(logged: Logged) -> None:
    """As when the lead was lost and not yet known to be: the lock of the files is what counts."""
    ledger = ToldEntries(page=64)

    async def at_once() -> None:
        for _ in range(12):
            ledger.tell(37)
            await asyncio.gather(
                *(integrate(ledger, logged.folder, logged.signer) for _ in range(3))
            )

    asyncio.run(at_once())
    logged.require_is(ledger.told)


@pytest.mark.parametrize("behind", [100, 200, 400])
def test_who_reads_another_ledger_writes_over_nothing_that_is_being_signed(
    logged: Logged, behind: int
) -> None:
    """A database that was split in two, and a leader of each half: one of them is too late."""
    turned_away = []

    class Interrupted(ToldEntries):
        async def entries(self, *, after: int, up_to: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
            async for page in super().entries(after=after, up_to=up_to):
                if page[0][0] > behind:
                    turned_away.append(await logged.round(other))
                yield page

    ledger = Interrupted()
    ledger.tell(50)
    taken_in(logged, ledger)
    other = ToldEntries(ledger.told)
    other.tell(700, salt="otherwise ")
    ledger.tell(700)
    assert taken_in(logged, ledger) is not None
    assert set(turned_away) == {None}
    logged.require_is(ledger.told)
    assert refused(logged, other) == "log.ledger-differs"


def test_a_ledger_that_stays_silent_keeps_nobody_from_publishing(
    logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a connection does to a database that was replaced by another."""
    monkeypatch.setattr(integrating, "_PATIENCE", 0.05)
    ended = asyncio.Event()

    class Silent(ToldEntries):
        async def entries(self, *, after: int, up_to: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
            async for page in super().entries(after=after, up_to=up_to):
                yield page
                while not ended.is_set():
                    with suppress(asyncio.CancelledError):  # nor can it be ended
                        await ended.wait()

    silent, ledger = Silent(), ToldEntries()
    silent.tell(300)
    ledger.tell(300)

    async def story() -> None:
        with pytest.raises(LedgerUnavailable):
            await logged.round(silent)
        assert await logged.round(ledger) is not None
        ended.set()

    asyncio.run(story())
    logged.require_is(ledger.told)


def test_who_is_stopped_in_the_middle_of_writing_is_alone_until_it_is_done(logged: Logged) -> None:
    ledger = ToldEntries()
    ledger.tell(300)
    acts = []

    async def story() -> None:
        writing, go_on = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()
        publish = type(logged.folder).publish

        def slowly(self: TileFolder, size: int, note: bytes) -> bool:
            loop.call_soon_threadsafe(writing.set)
            assert go_on.wait(10)
            acts.append("published")
            return publish(self, size, note)

        with mock.patch.object(type(logged.folder), "publish", slowly):
            stopped = asyncio.create_task(logged.round(ledger))
            await writing.wait()
            stopped.cancel()
            await asyncio.sleep(0)
            with logged.folder.alone() as alone:
                assert not alone
            go_on.set()
            with suppress(asyncio.CancelledError):
                await stopped
        with logged.folder.alone() as alone:
            assert alone
        assert acts == ["published"]

    asyncio.run(story())
    logged.require_is(ledger.told)
