"""Tiles and entry bundles (c2sp.org/tlog-tiles): the whole log as files that never change.

    tile/<level>/<N>[.p/<width>]       up to 256 hashes, side by side
    tile/entries/<N>[.p/<width>]       up to 256 entries, each behind its length in two bytes

N is written in groups of three digits, all but the last behind an x: 1234067 is `x001/x234/067`. A
tile of level L holds the roots of subtrees of 256**L leaves; a narrower one is called partial, and
belongs to the sizes at which the log published a checkpoint.

Entries are bytes here. That ours are JSON is no business of the log's.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from application.transparency.strict import LARGEST, FormatError
from domain.tree import HASH_SIZE, Subtree, leaf_hash, root, root_from

HEIGHT = 8
"""Levels of the tree in one tile."""
FULL = 1 << HEIGHT
"""Hashes in a full tile, entries in a full bundle."""
LONGEST_ENTRY = (1 << 16) - 1
"""Bytes: what the length in front of an entry can say."""
_TOP_LEVEL = 7
"""The format counts levels to 63; a log of 2**63 leaves has none above this one."""
_LENGTH_SIZE = 2
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


class TileError(FormatError):
    """A path, a tile or a bundle that is not of the format.

    Codes: `bad-path`, `bad-tile`, `bad-bundle`, `too-long-entry`.
    """


# ---------------------------------------------------------------------------------------- places


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which tile of a level or which bundle, and how wide. `level` is None for a bundle.

    Raises TileError `bad-path` for a place that no log has.
    """

    level: int | None
    index: int
    width: int = FULL

    def __post_init__(self) -> None:
        level_fits = self.level is None or 0 <= self.level <= _TOP_LEVEL
        if (
            not level_fits
            or not 0 <= self.index <= LARGEST >> HEIGHT
            or not 1 <= self.width <= FULL
        ):
            raise TileError("bad-path", "no log has such a tile")

    @property
    def path(self) -> str:
        """From the log's prefix on, without a slash in front."""
        level = "entries" if self.level is None else self.level
        partial = "" if self.width == FULL else f".p/{self.width}"
        return f"tile/{level}/{written_index(self.index)}{partial}"

    @property
    def is_partial(self) -> bool:
        return self.width < FULL

    @property
    def full(self) -> "Place":
        """The same place when it is full: what is there once a partial one may be gone."""
        return Place(level=self.level, index=self.index)

    @classmethod
    def parse(cls, path: str) -> "Place":
        """From a path as `path` writes it. Raises TileError `bad-path` for every other spelling."""
        read = _PATH.fullmatch(path)
        if read is None:
            raise TileError("bad-path", "this is no path of a tile or of a bundle of entries")
        place = cls(
            level=None if read["level"] == "entries" else int(read["level"]),
            index=int(read["index"].replace("x", "").replace("/", "")),
            width=int(read["width"] or FULL),
        )
        if place.path != path:
            raise TileError("bad-path", f"this is written {place.path}")
        return place


def written_index(index: int) -> str:
    """A tile's number in groups of three digits: `x001/x234/067`."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join((*(f"x{each}" for each in groups[:-1]), groups[-1]))


def tiles_in(level: int, size: int, since: int = 0) -> Iterator[Place]:
    """The tiles of one level in a log of `size` leaves, in order.

    With `since`, only those that a log of `since` leaves did not have in this width.
    """
    return _places(level, size >> (HEIGHT * level), since >> (HEIGHT * level))


def bundles_in(size: int, since: int = 0) -> Iterator[Place]:
    """The bundles of entries in a log of `size` leaves, in order; `since` as in `tiles_in`."""
    return _places(None, size, since)


def places_in(size: int, since: int = 0) -> Iterator[Place]:
    """Every bundle and tile of a log of `size` leaves: bundles first, then levels from below."""
    yield from bundles_in(size, since)
    for level in range(levels(size)):
        yield from tiles_in(level, size, since)


def levels(size: int) -> int:
    """How many levels of tiles a log of `size` leaves has."""
    return -(-size.bit_length() // HEIGHT)


def _places(level: int | None, count: int, since: int) -> Iterator[Place]:
    if count == since:
        return
    for index in range(since >> HEIGHT, count >> HEIGHT):
        yield Place(level=level, index=index)
    if count % FULL:
        yield Place(level=level, index=count >> HEIGHT, width=count % FULL)


# ------------------------------------------------------------------------------- what is in them


def encode_tile(hashes: Sequence[bytes]) -> bytes:
    """Raises TileError `bad-tile` for no hashes, too many, or one that is no hash."""
    if not 1 <= len(hashes) <= FULL or any(len(each) != HASH_SIZE for each in hashes):
        raise TileError("bad-tile", f"a tile is from 1 up to {FULL} hashes of {HASH_SIZE} bytes")
    return b"".join(hashes)


def decode_tile(data: bytes, width: int) -> tuple[bytes, ...]:
    """The hashes of a tile of `width`. Raises TileError `bad-tile` for any other length."""
    if len(data) != width * HASH_SIZE:
        raise TileError(
            "bad-tile", f"a tile {width} wide has {width * HASH_SIZE} bytes, and this {len(data)}"
        )
    return tuple(data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE))


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Raises TileError: `bad-bundle` for none or too many, `too-long-entry` for a long one."""
    if not 1 <= len(entries) <= FULL:
        raise TileError("bad-bundle", f"a bundle is from 1 up to {FULL} entries")
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise TileError(
                "too-long-entry", f"an entry has at most {LONGEST_ENTRY} bytes, not {len(entry)}"
            )
        parts += (len(entry).to_bytes(_LENGTH_SIZE, "big"), entry)
    return b"".join(parts)


def decode_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """The entries of a bundle of `width`: as many, and nothing behind them.

    Raises TileError `bad-bundle` otherwise.
    """
    entries = []
    at = 0
    for number in range(width):
        start = at + _LENGTH_SIZE
        end = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or end > len(data):
            raise TileError("bad-bundle", f"the bundle ends before its entry {number} does")
        entries.append(data[start:end])
        at = end
    if at != len(data):
        raise TileError("bad-bundle", f"{len(data) - at} bytes follow the {width} entries")
    return tuple(entries)


# ------------------------------------------------------------------------------ the tree in them

ReadPlace = Callable[[Place], bytes]
"""Reads a tile or a bundle. A partial place that is gone may be answered from the full one: its
first bytes are the same. Raises what its keeper raises where there is neither."""


class TiledTree:
    """The tree of a published log, read from its tiles.

    `size` is a size at which tiles were written. Each tile is read once and kept as long as this
    object, so one is made for each question. Raises TileError for a tile of another length.
    """

    def __init__(self, read: ReadPlace, size: int) -> None:
        self._read = read
        self._size = size
        self._tiles: dict[tuple[int, int], tuple[bytes, ...]] = {}

    @property
    def subtree(self) -> Subtree:
        """For `domain.tree`: the proofs and roots at `size` and at every smaller size."""
        return self._subtree

    @cached_property
    def root(self) -> bytes:
        return root_from(self._subtree, self._size)

    def leaf(self, index: int) -> bytes:
        """The leaf hash at `index`. Raises ValueError for one that is not in the log."""
        return self._subtree(0, index)

    def right_edge(self, level: int) -> tuple[bytes, ...]:
        """The hashes of the partial tile at the end of a level; none where it is full or empty."""
        count = self._size >> (HEIGHT * level)
        return self._tile(level, count >> HEIGHT) if count % FULL else ()

    def _subtree(self, level: int, index: int) -> bytes:
        if index < 0 or (index + 1) << level > self._size:
            raise ValueError(f"subtree {index} of level {level} is not in a log of {self._size}")
        tile_level, above = divmod(level, HEIGHT)
        first = index << above
        hashes = self._tile(tile_level, first >> HEIGHT)
        at = first % FULL
        return hashes[at] if above == 0 else root(hashes[at : at + (1 << above)])

    def _tile(self, level: int, index: int) -> tuple[bytes, ...]:
        kept = self._tiles.get((level, index))
        if kept is None:
            width = min(FULL, (self._size >> (HEIGHT * level)) - (index << HEIGHT))
            place = Place(level=level, index=index, width=width)
            kept = decode_tile(self._read(place), width)
            self._tiles[level, index] = kept
        return kept


# --------------------------------------------------------------------------------------- growing


@dataclass(frozen=True, kw_only=True)
class Growth:
    """What entries add to a log: its new size and root, and the files to write, in this order.

    A file that exists already has these bytes, or another log was written in its place.
    """

    size: int
    root: bytes
    files: tuple[tuple[Place, bytes], ...]


def grow(read: ReadPlace, old: int, entries: Sequence[bytes]) -> Growth:
    """The log of `old` leaves with `entries` behind them.

    Reads only the partial places at the right edge of the log of `old` leaves, as it was written;
    memory grows with `entries`, so a caller gives them in portions. Raises TileError for an entry
    that is too long and for a tile or bundle that is not as it was written.
    """
    size = old + len(entries)
    if not entries:
        return Growth(size=old, root=TiledTree(read, old).root, files=())
    files = list(_bundles(read, old, entries))
    before = TiledTree(read, old)
    added: tuple[bytes, ...] = tuple(leaf_hash(entry) for entry in entries)
    for level in range(levels(size)):
        edge = before.right_edge(level)
        hashes = edge + added
        start = (old >> (HEIGHT * level)) - len(edge)
        above = []
        for place in tiles_in(level, size, old):
            at = (place.index << HEIGHT) - start
            tile = hashes[at : at + place.width]
            files.append((place, encode_tile(tile)))
            if not place.is_partial:
                above.append(root(tile))
        added = tuple(above)
    written = {place: data for place, data in files if place.level is not None}

    def read_new(place: Place) -> bytes:
        new = written.get(place)
        return read(place) if new is None else new

    return Growth(size=size, root=TiledTree(read_new, size).root, files=tuple(files))


def _bundles(read: ReadPlace, old: int, entries: Sequence[bytes]) -> Iterator[tuple[Place, bytes]]:
    kept: tuple[bytes, ...] = ()
    if old % FULL:
        edge = Place(level=None, index=old >> HEIGHT, width=old % FULL)
        kept = decode_bundle(read(edge), edge.width)
    whole = (*kept, *entries)
    start = old - len(kept)
    for place in bundles_in(start + len(whole), old):
        at = (place.index << HEIGHT) - start
        yield place, encode_bundle(whole[at : at + place.width])
