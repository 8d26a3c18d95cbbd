"""Whatever happens to ledger, log and keys, in whatever order: the log's key signs one history.

Ledgers that were restored and have grown otherwise, two integrators at once on two of them, kills at
any step, folders put back from any backup: all but the one thing that nobody could know, that the log
and the keys were both put back to before the newest checkpoint.
"""

import asyncio
import os
import random
import shutil
from pathlib import Path

import pytest

from application.transparency.checkpoint import Checkpoint
from application.transparency.ports import LogRefused
from application.transparency.published_tiles import is_published
from application.transparency.tiles import Place
from domain.tree import leaf_hash, root
from infrastructure.checkpoint_signer import CheckpointSigner
from tests.infrastructure.logged import Logged, ToldEntries
from tests.infrastructure.test_integrate import Killed, killed_at
from tests.thoroughness import examples

STEPS = 40
ACTS = (
    "record", "record", "publish", "publish", "publish_killed", "publish_killed", "restore_ledger",
    "another_ledger", "publish_both", "tidy", "back_up", "restore_folder",
)  # fmt: skip


class House:
    def __init__(self, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311
        self.logged = Logged.below(folder)
        self.signed: dict[tuple[int, bytes], str] = {}
        self.ledger = self._ledger([])
        self.ledgers = [self.ledger]
        self.backups: list[Path] = []
        self.acts: list[str] = []

    def act(self) -> None:
        name = self.dice.choice(ACTS)
        self.acts.append(name)
        getattr(self, name)()

    def record(self) -> None:
        salt = f"{len(self.acts)} "
        self.ledger.tell(self.dice.choice([1, 3, 40, 200, 260, 513]), salt=salt)

    def publish(self) -> bool:
        """Whether it was not refused."""
        try:
            asyncio.run(self.logged.round(self.ledger))
        except LogRefused as refused:
            self.acts[-1] += f" ({refused.code})"
            return False
        return True

    def publish_killed(self) -> None:
        with killed_at(self.dice.randrange(40)):
            try:
                self.publish()
            except Killed:
                self.acts[-1] += " (killed)"

    def publish_both(self) -> None:
        other = self.dice.choice(self.ledgers)

        async def both() -> None:
            rounds = (self.logged.round(each) for each in (self.ledger, other))
            for ended in await asyncio.gather(*rounds, return_exceptions=True):
                assert not isinstance(ended, BaseException) or isinstance(ended, LogRefused)

        asyncio.run(both())

    def restore_ledger(self) -> None:
        """From a backup; then it grows otherwise."""
        kept = self.ledger.told[: self.dice.randrange(len(self.ledger.told) + 1)]
        self.ledger = self._ledger(kept)
        self.ledgers.append(self.ledger)
        self.record()

    def another_ledger(self) -> None:
        self.ledger = self.dice.choice(self.ledgers)

    def tidy(self) -> None:
        self.logged.folder.tidy(self._published())

    def back_up(self) -> None:
        backup = self.logged.log.parent / f"backup-{len(self.backups)}"
        for each in (self.logged.log, self.logged.keys):
            each.mkdir(mode=0o700, exist_ok=True)
            shutil.copytree(each, backup / each.name)
        self.backups.append(backup)

    def restore_folder(self) -> None:
        """One of the two, as long as the other knows the largest that was signed."""
        if not self.backups:
            return
        folder, knows = self.dice.choice(
            [(self.logged.log, self._remembered()), (self.logged.keys, self._published())]
        )
        backup = self.dice.choice(self.backups)
        if knows == self.largest() and (backup / "keys/log.key").exists():
            shutil.rmtree(folder)
            shutil.copytree(backup / folder.name, folder)

    def largest(self) -> int:
        return max((size for size, _ in self.signed), default=0)

    def require_one_history(self) -> None:
        """All that was signed, or is remembered to be, begins one ledger, which can go on."""
        if self._remembered():
            remembered = self.logged.signer.remembered()
            self.signed.setdefault((remembered.size, remembered.root), "")
        holds = (each for each in self.ledgers if self._has_signed(each))
        self.ledger = next(holds, self._ledger([]))
        assert self._has_signed(self.ledger), self.acts
        self.record()
        assert self.publish(), self.acts
        self.publish()
        self._forget_what_is_beyond_the_checkpoint()
        self.logged.require_is(self.ledger.told)

    def _forget_what_is_beyond_the_checkpoint(self) -> None:
        """Kills leave tiles there, which nobody can ask for until the log has come that far."""
        for each in list((self.logged.log / "tile").rglob("*")):
            place = each.relative_to(self.logged.log).as_posix()
            if each.is_file() and not is_published(Place.parse(place), self._published()):
                each.unlink()

    def _has_signed(self, ledger: ToldEntries) -> bool:
        leaves = [leaf_hash(each) for each in ledger.told]
        return all(
            size <= len(leaves) and root(leaves[:size]) == its_root
            for size, its_root in self.signed
        )

    def _ledger(self, entries: list[bytes]) -> ToldEntries:
        return ToldEntries(entries, page=self.dice.choice([50, 100, 300]))

    def _remembered(self) -> int:
        known = (self.logged.keys / "log.key").exists()
        return self.logged.signer.remembered().size if known else 0

    def _published(self) -> int:
        return 0 if self.logged.folder.checkpoint() is None else self.logged.checkpoint().size


@pytest.mark.parametrize("seed", range(examples(8)))
def test_one_history_is_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    house = House(tmp_path, seed)
    sign = CheckpointSigner._signed

    def noted(self: CheckpointSigner, text: str) -> bytes:
        checkpoint = Checkpoint.parse(text)
        house.signed[checkpoint.size, checkpoint.root] = text
        return sign(self, text)

    monkeypatch.setattr(CheckpointSigner, "_signed", noted)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # kills are played, and no machine is lost
    for _ in range(STEPS):
        house.act()
    house.require_one_history()
