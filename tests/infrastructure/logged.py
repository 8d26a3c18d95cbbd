"""A log in a folder, entries to take in, and the same log computed from scratch to hold it against."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.integrate import integrate
from application.transparency.ports import Published
from application.transparency.published_tiles import is_published
from application.transparency.tiles import Place, decode_bundle, decode_tile
from domain.terms import Instant
from domain.tree import leaf_hash, root
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.tile_folder import TileFolder

ORIGIN = "kringboek.example/toets"


class ToldEntries:
    """A ledger that is a list of entries, read in pages as short as is asked."""

    def __init__(self, entries: Iterable[bytes] = (), *, page: int = 100) -> None:
        self.told = list(entries)
        self.asked: list[tuple[str, int, int]] = []
        self._page = page

    def tell(self, how_many: int, *, salt: str = "") -> None:
        start = len(self.told)
        self.told += (f"entry {salt}{start + each}".encode() for each in range(how_many))

    async def head(self) -> tuple[int, Instant | None]:
        return len(self.told), None

    async def entries(
        self, *, after: int, up_to: int
    ) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        self.asked.append(("entries", after, up_to))
        for start in range(after, up_to, self._page):
            end = min(start + self._page, up_to)
            yield list(enumerate(self.told[start:end], start + 1))

    async def leaves(self, *, after: int, up_to: int) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        self.asked.append(("leaves", after, up_to))
        for start in range(after, up_to, self._page):
            end = min(start + self._page, up_to)
            yield [(at, leaf_hash(e)) for at, e in enumerate(self.told[start:end], start + 1)]


@dataclass(frozen=True, kw_only=True)
class Logged:
    """A log's two folders. Everything is opened anew for each round, as after a restart."""

    log: Path
    keys: Path

    @classmethod
    def below(cls, folder: Path) -> "Logged":
        return cls(log=folder / "log", keys=folder / "keys")

    @property
    def folder(self) -> TileFolder:
        return TileFolder(self.log)

    @property
    def signer(self) -> CheckpointSigner:
        return CheckpointSigner.open(self.keys, ORIGIN)

    async def round(self, ledger: ToldEntries) -> Published | None:
        return await integrate(ledger, self.folder, self.signer)

    def checkpoint(self) -> Checkpoint:
        note = self.folder.checkpoint()
        assert note is not None
        return open_checkpoint(note, origin=ORIGIN, log_keys=[self.signer.key]).checkpoint

    def require_is(self, entries: Sequence[bytes]) -> None:
        """The published log is that of `entries`, and so is every file of it, to the last byte."""
        checkpoint = self.checkpoint()
        leaves = [leaf_hash(each) for each in entries]
        assert (checkpoint.size, checkpoint.root) == (len(entries), root(leaves))
        assert checkpoint == self.signer.remembered()
        found = {
            path.relative_to(self.log).as_posix()
            for path in (self.log / "tile").rglob("*")
            if path.is_file()
        }
        for name in found:
            place = Place.parse(name)
            assert is_published(place, len(entries)), name
            assert self._content(place) == expected(place, leaves, entries), name
        assert paths_of(len(entries)) <= found

    def _content(self, place: Place) -> tuple[bytes, ...]:
        data = (self.log / place.path).read_bytes()
        decode = decode_bundle if place.level is None else decode_tile
        return decode(data, place.width)


def expected(place: Place, leaves: Sequence[bytes], entries: Sequence[bytes]) -> tuple[bytes, ...]:
    """What a tile or bundle holds, by its definition."""
    places = range(place.index * 256, place.index * 256 + place.width)
    if place.level is None:
        return tuple(entries[at] for at in places)
    span = 256**place.level
    return tuple(root(leaves[at * span : (at + 1) * span]) for at in places)


def paths_of(size: int) -> set[str]:
    """The files that a log of `size` entries must have, counted anew."""
    found = set()
    count, level = size, 0
    while count:
        widths = [(each, 256) for each in range(count // 256)]
        widths += [(count // 256, count % 256)] if count % 256 else []
        for index, width in widths:
            found.add(Place(level=level, index=index, width=width).path)
            if level == 0:
                found.add(Place(level=None, index=index, width=width).path)
        count, level = count // 256, level + 1
    return found
