"""A whole log, as far as it was read."""

from verifier.findings import Report
from verifier.passing import Passed
from verifier.signed import Checkpoint
from verifier.sizes import WIDTH
from verifier.sources import Source
from verifier.tiles import read_bundle, read_tile
from verifier.tree import Tree, leaf_hash
from verifier.trust import Given, Trust


class WholeLog:
    """A log of which everything is at hand: what was read, and which tree has the signed root."""

    def __init__(
        self,
        *,
        source: Source,
        given: Given,
        trusted: Trust,
        checkpoint: Checkpoint,
        is_export: bool,
        report: Report,
    ) -> None:
        self.source = source
        self.given = given
        self.trusted = trusted
        self.checkpoint = checkpoint
        self.size = checkpoint.size
        self.is_export = is_export
        self.report = report
        self.passed = Passed()
        self.entries = self.tiles = Tree((), ())
        self.good: Tree | None = None
        """The tree that has the signed root; None where neither entries nor tiles have it."""
        self.seen: list[tuple[int, bool, bool]] = []
        """Of each earlier checkpoint its size, whether it agrees, and whether the auditor kept it."""

    def leaves(self, tile: int, tree: Tree | None = None) -> list[bytes]:
        """The leaves of a tile in a tree: by the entries, or by the tiles where those are right."""
        width = min(WIDTH, self.size - tile * WIDTH)
        if width < WIDTH:
            return (tree or self.good or self.entries).tail
        by_entries = (tree or self.good or self.entries) is self.entries
        if not by_entries or tile not in self.passed.other_roots:
            _, kept, _ = read_tile(self.source, 0, tile, width)
            if kept is not None:
                return kept
        _, entries, _ = read_bundle(self.source, tile, width)
        return [leaf_hash(each) for each in entries or ()]

    def root_at(self, size: int, tree: Tree) -> bytes:
        """The root of the first `size` leaves of a tree."""
        part = size % WIDTH
        return tree.root(size, self.leaves(size // WIDTH, tree)[:part] if part else ())

    def leaf(self, index: int) -> bytes:
        leaves = self.leaves(index // WIDTH)
        at = index % WIDTH
        return leaves[at] if at < len(leaves) else b""

    def agrees(self, kept: Checkpoint, *, is_kept: bool) -> bool:
        """Whether the log of `kept` is where this one begins."""
        agrees = self.root_at(kept.size, self.good or self.entries) == kept.root
        self.seen.append((kept.size, agrees, is_kept))
        return agrees

    def narrowed(self, size: int, *, only_kept: bool) -> tuple[int, int]:
        """Between which positions the first wrong one is, of the first `size`.

        After the last checkpoint that agrees, up to the first that does not. Where the past was
        signed again, those of the source that agree may be of the new past, and say nothing.
        """
        told = [(at, agrees) for at, agrees, kept in self.seen if kept or not only_kept]
        until = min((at for at, agrees in told if not agrees and at <= size), default=size)
        return max((at for at, agrees in told if agrees and at < until), default=0) + 1, until

    def tell_other_log(self, path: str, origin: str) -> None:
        self.report.tell("other-log", path=path, origin=origin, expected=self.checkpoint.origin)
