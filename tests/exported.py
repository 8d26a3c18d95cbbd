"""Ledgers with a published log, bundles of them, and bundles that somebody laid hands on."""

import io
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from uuid import UUID

from application.export.archive import Member, zipped
from application.export.making import About, Made, Source, Tally
from application.export.part import part_of
from application.export.published import Stand, newest
from application.export.readable import Readable, every_body
from application.export.whole import whole_log
from application.transparency.integrate import integrate
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.ledger import PostgresLedger
from infrastructure.tile_folder import TileFolder
from tests.infrastructure.noted import append
from verifier.one_file import one_file

ROOT = Path(__file__).parents[1]
MADE = Made(at=datetime(2026, 11, 21, 12, tzinfo=UTC), by="a test")
STREAMS = tuple(UUID(int=number) for number in (1, 2, 3))


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A ledger with its folders, as an installation has them."""

    ledger: PostgresLedger
    data: Path

    @property
    def folder(self) -> TileFolder:
        return TileFolder(self.data / "log")

    @property
    def signer(self) -> CheckpointSigner:
        return CheckpointSigner.open(self.data / "keys", self.ledger.origin)

    async def note(self, events: int, *, publish: bool = True) -> None:
        """Record so many events, in three streams by turns and some with several at once."""
        versions = {each: len(await self.ledger.load(each)) for each in STREAMS}
        for turn, count in enumerate(_portions(events)):
            stream = STREAMS[turn % len(STREAMS)]
            words = [f"aantekening {turn} {number}" for number in range(count)]
            await self.ledger.append(append(stream, *words, expected=versions[stream]))
            versions[stream] += count
        if publish:
            await self.publish()

    async def publish(self) -> None:
        await integrate(self.ledger, self.folder, self.signer)

    @property
    def source(self) -> Source:
        return Source(
            origin=self.ledger.origin,
            sandbox=self.ledger.sandbox,
            ledger=self.ledger,
            log=self.folder,
            keys=f"{self.signer.key}\n".encode(),
            verifier=one_file().encode(),
        )

    async def bundle(
        self,
        *,
        readable: Readable = every_body,
        stand: Stand | None = None,
        made: Made = MADE,
        tally: Tally | None = None,
    ) -> bytes:
        return await packed(
            whole_log(
                self.source,
                stand or newest(self.folder),
                made,
                readable=readable,
                tally=tally or Tally(),
            )
        )

    async def part(
        self, stream: UUID, *, readable: Readable = every_body, tally: Tally | None = None
    ) -> bytes:
        about = About(kind="circle", stream=stream)
        return await packed(
            part_of(
                self.source,
                newest(self.folder),
                about,
                MADE,
                readable=readable,
                tally=tally or Tally(),
            )
        )


def _portions(events: int) -> Iterator[int]:
    for size in cycle((1, 2, 30)):
        if events < 1:
            return
        yield min(size, events)
        events -= size


async def packed(members: AsyncIterator[Member]) -> bytes:
    return b"".join([piece async for piece in zipped(members)])


def files(bundle: bytes) -> dict[str, bytes]:
    """What is in it, in its order."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        return {each.filename: archive.read(each) for each in archive.infolist()}


def repacked(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def handled(bundle: bytes, hands: Callable[[dict[str, bytes]], object]) -> bytes:
    """The bundle after somebody laid hands on what is in it."""
    members = files(bundle)
    hands(members)
    return repacked(members)
