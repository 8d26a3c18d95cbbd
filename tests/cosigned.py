"""A log in a folder, witnesses beside it that can be spoiled, and rounds of asking them."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time

from application.transparency.cosigning import Cosigning, Heard
from application.transparency.keys import Kind, SignerKey
from application.transparency.outside import WitnessFailed, WitnessHolds
from application.transparency.policy import Group, Log, Policy
from application.transparency.policy import Witness as Line
from application.transparency.published_tiles import reading
from application.transparency.standing import Standing, Witnessing, witnessing
from application.transparency.tiles import TiledTree
from application.transparency.witnessing import NotCosigned, Why, Witness
from domain.tree import consistency_proof_from
from infrastructure.witness_store import WitnessStore
from tests.infrastructure.logged import Logged, ToldEntries


def unchanged(line: str) -> str:
    return line


@dataclass(kw_only=True)
class NearWitness:
    """A witness without a network between: the decision and the store are the real ones."""

    name: str
    folder: Path
    origin: Logged
    signer: SignerKey = field(init=False)
    down: bool = False
    late: int = 0
    """Seconds by which its clock is behind."""
    kind: Kind = Kind.COSIGNATURE_V1
    change: Callable[[str], str] = unchanged
    asked: int = 0

    def __post_init__(self) -> None:
        self.signer = SignerKey.generate(f"{self.name}.example/getuige", self.kind)

    async def add_checkpoint(self, request: bytes) -> str:
        self.asked += 1
        if self.down:
            raise WitnessFailed("no-answer", "cannot be reached (Connection refused)")
        key = self.origin.signer.key
        witness = Witness(
            signer=self.signer,
            logs={key.name: [key]},
            memory=WitnessStore(self.folder),
            clock=lambda: int(time()) - self.late,
        )
        try:
            cosigned = await asyncio.to_thread(witness.add_checkpoint, request)
        except NotCosigned as refused:
            if refused.why is Why.OTHER_SIZE:
                raise WitnessHolds(refused.size) from None
            status = 422 if refused.why is Why.INCONSISTENT else 400
            raise WitnessFailed(f"answered-{status}", f"answered {status}") from None
        return self.change(cosigned.line)

    def backed_up(self) -> Path:
        backup = self.folder.with_suffix(".backup")
        shutil.copytree(self.folder, backup)
        return backup

    def restored(self, backup: Path) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(backup, self.folder)


class Neighbours:
    """A log below `folder` and three witnesses, of which two make a quorum."""

    def __init__(self, folder: Path, kind: Kind = Kind.COSIGNATURE_V1) -> None:
        self.logged = Logged.below(folder)
        self.ledger = ToldEntries()
        self.witnesses = [
            NearWitness(name=name, folder=folder / name, origin=self.logged, kind=kind)
            for name in ("noord", "oost", "west")
        ]
        names = tuple(each.name for each in self.witnesses)
        self.policy = Policy(
            logs=(Log(key=self.logged.signer.key),),
            witnesses=tuple(
                Line(name=each.name, key=each.signer.verifier, url=f"http://{each.name}.example")
                for each in self.witnesses
            ),
            groups=(Group(name="buren", threshold=2, members=names),),
            quorum="buren",
        )
        self.heard: list[Heard] = []
        self.restart()

    def restart(self, *, rest: float = 0.0) -> None:
        """A new process, which knows what lies in the folder and nothing else."""
        self.cosigning = Cosigning(
            policy=self.policy,
            log=self.logged.folder,
            prove=self._prove,
            servers={each.name: each for each in self.witnesses},
            clock=time,
            hear=self.heard.append,
            rest=rest,
        )

    def grow(self, by: int, *, salt: str = "") -> None:
        """Record and publish."""
        self.ledger.tell(by, salt=salt)
        asyncio.run(self.logged.round(self.ledger))

    def ask(self) -> float | None:
        """One round of everybody who has not cosigned."""
        return asyncio.run(self.cosigning.round())

    def grow_and_ask(self, by: int = 1) -> None:
        self.grow(by)
        self.ask()

    @property
    def size(self) -> int:
        return self.logged.checkpoint().size

    def cosigned_by(self) -> tuple[str, ...]:
        """Who cosigned the newest checkpoint, by the policy."""
        note = self.logged.folder.checkpoint()
        assert note is not None
        return self.policy.judge(note).witnesses

    @property
    def told(self) -> Witnessing:
        return witnessing(self.logged.folder, self.policy)

    def standing(self, name: str) -> Standing:
        return next(each for each in self.told.standings if each.name == name)

    def _prove(self, old: int, size: int) -> Sequence[bytes]:
        tree = TiledTree(reading(self.logged.folder), size)
        return consistency_proof_from(tree.subtree, old, size)
