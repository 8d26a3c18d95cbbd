"""The audit of a part of the ledger: positions that one process reads, in bounded memory.

Parts begin and end where tiles do, so that what they say of the tree can be laid side by side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from application.auditing import log_files
from application.auditing.entry_form import committed_body, departures, leaf_of, made
from application.auditing.fast import built
from application.auditing.findings import Finding, Told
from application.auditing.log_files import HASH, WIDTH, bundled, in_bundle, path, tile_root
from application.auditing.reading import LedgerRows, LogFiles, Page, Row

MOST_KEPT = 20_000
"""Places that differ from the published log of which more is kept than that they do."""
MOST_BODIES = 100


class Different(NamedTuple):
    """A place at which the ledger's leaf is not the published one; None where there is no row."""

    position: int
    here: bytes | None
    published: bytes


class ChangedBody(NamedTuple):
    """A body that is not its entry's, kept to see whether it is another's."""

    position: int
    salt: bytes
    body: bytes
    committed: str


@dataclass(kw_only=True)
class Part:
    """What one part of the ledger says. Tiles are those of 256 leaves, by their index."""

    told: Told = field(default_factory=Told)
    rows: int = 0
    first: int | None = None
    last: int | None = None
    recorded: tuple[int, int] | None = None
    first_versions: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Of each stream, with the position of its first event here."""
    last_versions: dict[str, int] = field(default_factory=dict)
    tiles: dict[int, bytes] = field(default_factory=dict)
    """The root over each tile that has all its rows."""
    edges: dict[int, bytes] = field(default_factory=dict)
    """The leaves at the start of tiles that do not, and of those that were asked for."""
    asked: dict[int, bytes] = field(default_factory=dict)
    """All leaves of the tiles that were asked for, zeros where there is no row."""
    disputed: dict[int, bytes] = field(default_factory=dict)
    """The hashes in the file of each tile that is not the ledger's."""
    different: list[Different] = field(default_factory=list)
    differing: int = 0
    last_different: int = 0
    bodies: list[ChangedBody] = field(default_factory=list)


async def check_part(
    rows: LedgerRows,
    files: LogFiles,
    *,
    published: int,
    after: int | None,
    up_to: int | None,
    edges: frozenset[int] = frozenset(),
    progress: Callable[[int], None] | None = None,
) -> Part:
    """Check the rows after one position up to another; None is without end.

    `published` is the size of the checkpoint that the files are held to, 0 for none; `after` is a
    multiple of 256. Of the tiles `edges` the leaves are kept. `progress` hears how many rows each page had.
    """
    check = _Check(rows, files, published, after or 0, edges)
    async for page in rows.pages(after, up_to):
        await check.take(page)
        if progress is not None:
            progress(page.rows)
    check.flush()
    return check.part


class _Check:
    def __init__(
        self,
        rows: LedgerRows,
        files: LogFiles,
        published: int,
        after: int,
        edges: frozenset[int],
    ) -> None:
        self._edges = edges
        self.part = Part()
        self._rows = rows
        self._files = files
        self._published = published
        self._next = after + 1
        self._tile = after // WIDTH
        self._leaves: list[bytes | None] = []
        self._entries: list[bytes] = []
        self._bundle: tuple[int, list[bytes | None]] = (-1, [])

    async def take(self, page: Page) -> None:
        first = self._next
        found = built(page, first)
        if found is None:
            await self._explain(page)
            return
        self._place(first, found.streams, found.versions)
        self._time(first, found.recorded)
        self._stand(first, found.leaves, found.entries)

    # ------------------------------------------------------------------------- rows that depart

    async def _explain(self, page: Page) -> None:
        told = self.part.told
        before = len(told.findings) + told.untold
        leaps = page.first > self._next
        for row in await self._rows.rows(page.first, page.last):
            self._explain_row(row)
        if len(told.findings) + told.untold == before and not leaps:
            why = f"something up to position {page.last} does not fit its hashes"
            told.tell(Finding(code="unexplained", position=page.first, why=why))

    def _explain_row(self, row: Row) -> None:
        published = self._published_entry(row.position)
        self.part.told.tell_all(departures(row, published))
        entry = row.entry or b""
        reference = published or entry
        if row.salt is not None and row.body is not None and len(self.part.bodies) < MOST_BODIES:
            said = made(row)
            committed = committed_body(reference)
            if said is not None and committed_body(said) != committed:
                self.part.bodies.append(ChangedBody(row.position, row.salt, row.body, committed))
        expected = self._next
        if row.position < expected:
            why = (
                "there is no such position in a ledger"
                if row.position < 1
                else f"comes after position {expected - 1}; there are two of it"
            )
            self.part.told.tell(Finding(code="inserted", position=row.position, why=why))
            return
        self._place(row.position, [row.stream or ""], [row.version or 0])
        if row.recorded is not None:
            self._time(row.position, [row.recorded])
        self._stand(row.position, [leaf_of(entry)], [entry if len(entry) < 1 << 16 else b""])

    def _published_entry(self, position: int) -> bytes | None:
        """The entry at a position as it was published, if bundle and tile say the same of it."""
        tile, slot = divmod(position - 1, WIDTH)
        width = min(WIDTH, self._published - tile * WIDTH)
        if not 0 <= slot < width:
            return None
        if self._bundle[0] != tile:
            hashes = log_files.tile(self._files, 0, tile, width) or b""
            entries = bundled(log_files.bundle(self._files, tile, width) or b"") or []
            right = [
                each if leaf_of(each) == hashes[HASH * at : HASH * (at + 1)] else None
                for at, each in enumerate(entries)
            ]
            self._bundle = (tile, right)
        right = self._bundle[1]
        return right[slot] if slot < len(right) else None

    # ----------------------------------------------------------------- order, streams and time

    def _place(self, first: int, streams: Sequence[str], versions: Sequence[int]) -> None:
        """The rows from position `first` on are the next of this part, each of its stream."""
        part = self.part
        if part.first is None:
            part.first = first  # Whether rows are missing before it, the part before it tells.
        elif first > self._next:
            part.told.tell(gap(self._next, first - 1))
        part.rows += len(streams)
        self._next = first + len(streams)
        part.last = self._next - 1
        lasts = part.last_versions
        for at, (stream, version) in enumerate(zip(streams, versions, strict=True)):
            last = lasts.get(stream)
            if last is None:
                part.first_versions[stream] = version, first + at
            elif version != last + 1:
                part.told.tell(out_of_stream(first + at, version, last + 1))
            lasts[stream] = version

    def _time(self, first: int, recorded: Sequence[int]) -> None:
        part = self.part
        began, last = part.recorded or (recorded[0], recorded[0])
        for at, each in enumerate(recorded):
            if each < last:
                part.told.tell(out_of_time(first + at))
            last = each
        part.recorded = (began, last)

    # --------------------------------------------------------------------------------- tiles

    def _stand(self, first: int, leaves: Sequence[bytes], entries: Sequence[bytes]) -> None:
        """Put consecutive rows in their tiles."""
        at = 0
        while at < len(leaves):
            tile, slot = divmod(first + at - 1, WIDTH)
            if tile != self._tile:
                self.flush()
                self._tile = tile
            lacking = slot - len(self._leaves)
            self._leaves += [None] * lacking
            self._entries += [b""] * lacking
            run = WIDTH - slot
            self._leaves += leaves[at : at + run]
            self._entries += entries[at : at + run]
            at += run

    def flush(self) -> None:
        """The tile that was being filled is as full as it gets."""
        leaves, part = self._leaves, self.part
        if not leaves:
            return
        start = leaves[: leaves.index(None)] if None in leaves else leaves
        hashes = b"".join([each for each in start if each])
        width = max(0, min(WIDTH, self._published - self._tile * WIDTH))
        if len(hashes) == HASH * WIDTH:
            part.tiles[self._tile] = tile_root(hashes)
        if len(hashes) != HASH * WIDTH or self._tile in self._edges:
            part.edges[self._tile] = hashes
        if self._tile in self._edges:
            part.asked[self._tile] = b"".join([each or bytes(HASH) for each in leaves])
        if width:
            self._compare(width, hashes)
        self._leaves, self._entries = [], []

    def _compare(self, width: int, hashes: bytes) -> None:
        tile = path(0, self._tile, width)
        bundle = path(None, self._tile, width)
        there = log_files.tile(self._files, 0, self._tile, width)
        bundle_there = log_files.bundle(self._files, self._tile, width)
        whole = len(hashes) >= HASH * width
        if not (whole and there == hashes[: HASH * width]):
            self._differ(tile, there, width)
        if not (whole and bundle_there == in_bundle(self._entries[:width])):
            self._differ_bundle(bundle, bundle_there, there or b"", width)

    def _differ(self, tile: str, there: bytes | None, width: int) -> None:
        part = self.part
        if there is None or len(there) != HASH * width:
            why = "is not there" if there is None else "is not as long as it should be"
            part.told.tell(Finding(code="bad-tile", path=tile, why=f"{why}. {CURE}"))
            return
        part.disputed[self._tile] = there
        for slot in range(width):
            here = self._leaves[slot] if slot < len(self._leaves) else None
            published = there[HASH * slot : HASH * (slot + 1)]
            if here != published:
                position = self._tile * WIDTH + slot + 1
                part.differing += 1
                part.last_different = position
                if len(part.different) < MOST_KEPT:
                    part.different.append(Different(position, here, published))

    def _differ_bundle(self, bundle: str, there: bytes | None, hashes: bytes, width: int) -> None:
        """An entry that hashes neither to the ledger's leaf nor to the published one is nobody's."""
        tell = self.part.told.tell
        if there is None:
            tell(Finding(code="bad-bundle", path=bundle, why=f"is not there. {CURE}"))
            return
        entries = bundled(there)
        if entries is None or len(entries) != width:
            why = f"does not hold {width} entries. {CURE}"
            tell(Finding(code="bad-bundle", path=bundle, why=why))
            return
        for slot, entry in enumerate(entries):
            leaf = leaf_of(entry)
            here = self._leaves[slot] if slot < len(self._leaves) else None
            if leaf not in (here, hashes[HASH * slot : HASH * (slot + 1)]):
                position = self._tile * WIDTH + slot + 1
                why = f"holds another entry than was published. {CURE}"
                tell(Finding(code="bad-bundle", path=bundle, position=position, why=why))


CURE = "Put the file back from a copy of the log; the events themselves are in the ledger"


def gap(first: int, last: int) -> Finding:
    which = f"position {first} is" if first == last else f"positions {first} to {last} are"
    why = f"{which} missing. Put the rows back from a backup"
    return Finding(code="missing", position=first, why=why)


def out_of_stream(position: int, version: int, expected: int) -> Finding:
    why = f"is version {version} of its stream where {expected} should be"
    return Finding(code="stream-order", position=position, why=why)


def out_of_time(position: int) -> Finding:
    why = "was recorded before the event that precedes it"
    return Finding(code="time-order", position=position, why=why)
