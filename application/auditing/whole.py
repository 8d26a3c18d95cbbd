"""The parts of an audit laid side by side: streams, the tree, and the checkpoints that were given out.

Which of two is right when the ledger and a tile disagree is settled by the tree: the one that leads
to the root that was signed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from application.auditing import log_files
from application.auditing.changes import changes, swapped
from application.auditing.findings import Finding, Told
from application.auditing.log_files import (
    HASH,
    WIDTH,
    Checkpoint,
    Tree,
    bundled,
    in_bundle,
    path,
    tile_root,
    widths,
)
from application.auditing.part import CURE, Part, gap, out_of_stream, out_of_time
from application.auditing.published import CHECKPOINT, MEMORY, Kept, Published
from application.auditing.reading import LogFiles


@dataclass(frozen=True, kw_only=True)
class Audited:
    """What an audit found of `size` positions.

    `root` is the root of the tree over them; None where the rows are not one for each position.
    `published` is the size of the newest checkpoint, None without one.
    """

    size: int
    root: bytes | None
    published: int | None
    told: Told


def judged(parts: Sequence[Part], log: Published, files: LogFiles) -> Audited:
    """What the parts, in the order of their positions, say together."""
    whole = _merged(parts)
    size = whole.last or 0
    told = Told(findings=[*log.told.findings], untold=log.told.untold)
    told.take(whole.told)
    root = _root(whole, size) if whole.rows == size else None
    if log.checkpoint is not None:
        _Against(whole, size, log.checkpoint, files, told).judge(log)
    told.tell_all(_broken_promises(whole, log))
    return Audited(
        size=size,
        root=root,
        published=None if log.checkpoint is None else log.checkpoint.size,
        told=_with_swapped(told, whole),
    )


# --------------------------------------------------------------------------------------- parts


def _merged(parts: Sequence[Part]) -> Part:
    """One part of all of them, checked where they meet."""
    whole = Part()
    told = whole.told
    for part in parts:
        if part.first is None:
            told.take(part.told)
            continue
        expected = (whole.last or 0) + 1
        if part.first > expected:
            told.tell(gap(expected, part.first - 1))
        if whole.recorded and part.recorded and part.recorded[0] < whole.recorded[1]:
            told.tell(out_of_time(part.first))
        for stream, (version, position) in part.first_versions.items():
            last = whole.last_versions.get(stream, 0)
            if version != last + 1:
                told.tell(out_of_stream(position, version, last + 1))
        told.take(part.told)
        _add(whole, part)
    return whole


def _add(whole: Part, part: Part) -> None:
    whole.rows += part.rows
    whole.first = whole.first or part.first
    whole.last = part.last
    whole.recorded = part.recorded or whole.recorded
    whole.last_versions |= part.last_versions
    whole.tiles |= part.tiles
    whole.edges |= part.edges
    whole.asked |= part.asked
    whole.disputed |= part.disputed
    whole.different += part.different
    whole.differing += part.differing
    whole.last_different = part.last_different or whole.last_different
    whole.bodies += part.bodies


def _root(whole: Part, size: int) -> bytes | None:
    tiles = _first_tiles(whole.tiles, size // WIDTH)
    edge = whole.edges.get(size // WIDTH, b"")
    edge = edge[: size % WIDTH * HASH]
    if tiles is None or len(edge) != size % WIDTH * HASH:
        return None
    return Tree(tiles).root(size, edge)


def _first_tiles(tiles: Mapping[int, bytes], count: int) -> bytes | None:
    """The roots of the first tiles; None when one is lacking."""
    found = [tiles.get(each, b"") for each in range(count)]
    return b"".join(found) if all(found) else None


def _broken_promises(whole: Part, log: Published) -> Iterator[Finding]:
    """Receipts for events that are not where the log said."""
    for path_, receipt in log.receipts:
        tile, slot = divmod(receipt.index, WIDTH)
        if whole.asked.get(tile, b"")[HASH * slot : HASH * (slot + 1)] != receipt.leaf:
            why = (
                f"promises an event at position {receipt.index + 1} that is not there: it was taken"
                " out after the receipt was given. Put the rows back from a backup"
            )
            yield Finding(
                code="dropped-after-receipt", position=receipt.index + 1, path=path_, why=why
            )


def _with_swapped(told: Told, whole: Part) -> Told:
    """A body that is known to be another's is told as that, not as changed."""
    found = {each.position: each for each in swapped(whole.bodies)}
    findings: list[Finding] = []
    for each in told.findings:
        known = found.get(each.position)
        if known is None or each.code != "changed-body":
            findings.append(each)
        else:
            findings.append(known)
    findings.sort(key=lambda each: (each.position is None, each.position or 0))
    return Told(findings=findings, untold=told.untold)


# ------------------------------------------------------------------------------ the published log


class _Against:
    """The ledger against the published log: `told` hears what differs."""

    def __init__(
        self, whole: Part, size: int, checkpoint: Checkpoint, files: LogFiles, told: Told
    ) -> None:
        self._whole = whole
        self._size = size
        self._checkpoint = checkpoint
        self._files = files
        self._told = told
        self._wrong: set[int] = set()
        """Tiles of which the file is wrong."""

    def judge(self, log: Published) -> None:
        published = self._checkpoint.size
        if self._size < published:
            why = (
                f"the ledger ends at position {self._size}, and {published} events were published:"
                " it was cut off, or an old backup was put back. Put back a newer one"
            )
            self._told.tell(Finding(code="shrunk", position=self._size + 1, why=why))
        settled = self._settled()
        if settled is None:
            self._forked(log.path)
            self._tell_changes(self._whole.disputed)
            return
        tiles, edge = settled
        tree = Tree(tiles)
        right = self._judge_disputed(tiles, edge)
        self._tell_changes(right)
        self._higher_tiles(tree)
        self._narrower()
        self._kept(tree, log.kept)

    def _settled(self) -> tuple[bytes, bytes] | None:
        """The roots of the full tiles, and the leaves after them, that lead to the signed root.

        The ledger is asked first, then the tiles of leaves, then the tiles above them.
        """
        count, left = divmod(self._checkpoint.size, WIDTH)
        here = _first_tiles(self._whole.tiles, count)
        edge_here = self._whole.edges.get(count, b"")[: HASH * left]
        edge_there = self._leaves(count, left) if left else b""
        there = [self._tile_there(each) for each in range(count)]
        above = b"".join(
            log_files.tile(self._files, 1, *each) or b""
            for each in widths(1, self._checkpoint.size)
        )
        for tiles in (here, b"".join(there) if all(there) else None, above):
            for edge in (edge_here, edge_there):
                if tiles is None or len(tiles) != HASH * count or len(edge) != HASH * left:
                    continue
                if Tree(tiles).root(self._checkpoint.size, edge) == self._checkpoint.root:
                    return tiles, edge
        return None

    def _tile_there(self, tile: int) -> bytes:
        """The root over a tile's file; what is not disputed is as the ledger has it."""
        if tile in self._whole.disputed:
            return tile_root(self._whole.disputed[tile])
        if tile in self._whole.tiles:
            return self._whole.tiles[tile]
        hashes = self._leaves(tile, WIDTH)
        return tile_root(hashes) if hashes else b""

    def _leaves(self, tile: int, width: int) -> bytes:
        hashes = log_files.tile(self._files, 0, tile, width) or b""
        return hashes if len(hashes) == HASH * width else b""

    def _judge_disputed(self, tiles: bytes, edge: bytes) -> list[int]:
        """Tells which files of disputed tiles are wrong; those that are right come back."""
        right = []
        for tile, hashes in self._whole.disputed.items():
            if len(hashes) == HASH * WIDTH:
                is_right = tile_root(hashes) == tiles[HASH * tile : HASH * (tile + 1)]
            else:
                is_right = hashes == edge
            if is_right:
                right.append(tile)
            else:
                self._wrong.add(tile)
                name = path(0, tile, len(hashes) // HASH)
                why = f"does not lead to the root of the checkpoint. {CURE}"
                self._told.tell(Finding(code="bad-tile", path=name, why=why))
        return right

    def _tell_changes(self, right: Iterable[int]) -> None:
        tiles = set(right)
        kept = [each for each in self._whole.different if (each.position - 1) // WIDTH in tiles]
        all_right = len(kept) == len(self._whole.different)
        self._told.tell_all(
            changes(
                kept,
                self._whole.differing if all_right else len(kept),
                self._whole.last_different if all_right or not kept else kept[-1].position,
                self._checkpoint.size,
            )
        )

    def _higher_tiles(self, tree: Tree) -> None:
        """The tiles above the leaves are what is worked out from the leaves."""
        for level, hashes in tree.levels(self._checkpoint.size):
            for index, width in widths(level, self._checkpoint.size):
                name = path(level, index, width)
                there = log_files.tile(self._files, level, index, width)
                start = HASH * WIDTH * index
                if there != hashes[start : start + HASH * width]:
                    why = "is not there" if there is None else "is not what its leaves give"
                    why = f"{why}. {CURE}"
                    self._told.tell(Finding(code="bad-tile", path=name, why=why))

    def _narrower(self) -> None:
        """Partial tiles of before, which are served as long as they lie there."""
        size = self._checkpoint.size
        for level in (None, *range(size.bit_length() // 8 + 1)):
            index, width = divmod(size >> 8 * (level or 0), WIDTH)
            for name in self._files.names(f"{path(level, index)}.p"):
                if not name.isdecimal() or int(name) >= width:
                    continue
                narrow = path(level, index, int(name))
                there = self._files.read(narrow)
                if there is not None and not self._begins(level, index, width, there, int(name)):
                    code = "bad-bundle" if level is None else "bad-tile"
                    why = f"is not what the newer one begins with. {CURE}"
                    self._told.tell(Finding(code=code, path=narrow, why=why))

    def _begins(self, level: int | None, index: int, width: int, there: bytes, narrow: int) -> bool:
        if level is not None:
            newer = log_files.tile(self._files, level, index, width) or b""
            return newer[: HASH * narrow] == there
        entries = bundled(log_files.bundle(self._files, index, width) or b"") or []
        return in_bundle(entries[:narrow]) == there

    # ------------------------------------------------------------------------------- checkpoints

    def _forked(self, signed: str) -> None:
        why = (
            "neither the ledger nor the tiles lead to the root that was signed: this is another"
            " history. Compare with a checkpoint that was kept elsewhere, and put back a backup"
        )
        self._told.tell(Finding(code="forked", path=signed, why=why))

    def _kept(self, tree: Tree, others: Iterable[Kept]) -> None:
        """Every other checkpoint that was given out says the same of its own size."""
        for kept in others:
            checkpoint = kept.checkpoint
            if checkpoint.size > self._checkpoint.size:
                self._beyond(kept)
                continue
            tile, width = divmod(checkpoint.size, WIDTH)
            edge = self._start_of(tile, width)
            if edge is None:
                continue  # its tile is told to be wrong
            if tree.root(checkpoint.size, edge) != checkpoint.root:
                self._told.tell(_contradicts(kept))

    def _beyond(self, kept: Kept) -> None:
        """A checkpoint of more than was published: the ledger must have what it says."""
        size = kept.checkpoint.size
        root = _root(self._whole, size) if size <= self._size else None
        if root != kept.checkpoint.root:
            if size > self._size:
                why = (
                    f"says that {size} events were published, and the ledger has {self._size}: it"
                    " was cut off, or an old backup was put back. Put back a newer one"
                )
                self._told.tell(Finding(code="shrunk", path=kept.path, why=why))
            else:
                self._told.tell(_contradicts(kept))
        elif kept.path != MEMORY:  # The signer remembers before it publishes.
            why = (
                f"is of {self._checkpoint.size} events, and {kept.path} of {size}: put back the"
                " newer one, or start the service, which publishes it anew"
            )
            self._told.tell(Finding(code="stale-checkpoint", path=CHECKPOINT, why=why))

    def _start_of(self, tile: int, width: int) -> bytes | None:
        if not width:
            return b""
        if tile in self._wrong:
            return None
        whole = min(WIDTH, self._checkpoint.size - tile * WIDTH)
        hashes = self._leaves(tile, whole)
        return hashes[: HASH * width] if hashes else None


def _contradicts(kept: Kept) -> Finding:
    if kept.signed:
        why = (
            f"is signed, and says another root of the first {kept.checkpoint.size} events than the"
            " newest checkpoint: the log was written anew and signed again"
        )
        return Finding(code="re-signed", path=kept.path, why=why)
    why = f"says another root of the first {kept.checkpoint.size} events than was published"
    return Finding(code="forked", path=kept.path, why=why)


def not_covered() -> Iterator[str]:
    """What no hash covers, for whoever reads that nothing is wrong."""
    yield "ledger.command.request, the keyed hash by which a repeated command is known"
    yield "rows of ledger.command without events (a command that was carried out and recorded none)"
    yield "what the views, the snapshots and the vault hold: see kringboek doctor"
