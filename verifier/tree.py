"""The tree (RFC 6962)."""

from collections.abc import Sequence
from hashlib import sha256

from verifier.sizes import HASH, WIDTH


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def root_of(row: Sequence[bytes]) -> bytes:
    """The root over a row of hashes, which are leaves or the roots of equal perfect subtrees."""
    if not row:
        return sha256().digest()
    level = list(row)
    while len(level) > 1:
        odd = level[-1:] if len(level) & 1 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    return level[0]


def hashes_in(joined: bytes) -> list[bytes]:
    return [joined[at : at + HASH] for at in range(0, len(joined), HASH)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether `path` shows that `leaf` is number `index` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(each) != HASH for each in (leaf, *path)):
        return False
    here, last, made = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            made = node_hash(sibling, made)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and made == root


def verify_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether `path` shows that the tree of `new` begins with that of `old` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps or any(len(each) != HASH for each in steps):
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old_made = new_made = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old_made, new_made = node_hash(sibling, old_made), node_hash(sibling, new_made)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new_made = node_hash(new_made, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and old_made == old_root and new_made == new_root


class Tree:
    """The tree above the tiles of level 0: one root per full tile, and the leaves after them."""

    def __init__(self, roots: Sequence[bytes], tail: Sequence[bytes]) -> None:
        self.size = WIDTH * len(roots) + len(tail)
        self.tail = list(tail)
        self._rows = [list(roots)]
        while len(self._rows[-1]) > 1:
            row = self._rows[-1]
            pairs = zip(row[::2], row[1::2], strict=False)
            self._rows.append([node_hash(left, right) for left, right in pairs])

    def root(self, size: int, part: Sequence[bytes]) -> bytes:
        """The root of the first `size` leaves, of which `part` are those after the full tiles."""
        tiles = size // WIDTH
        peaks, start = [], 0
        for level in reversed(range(tiles.bit_length())):
            if tiles >> level & 1:
                peaks.append(self._rows[level][start >> level])
                start += 1 << level
        if part or not peaks:
            peaks.append(root_of(part))
        made = peaks.pop()
        while peaks:
            made = node_hash(peaks.pop(), made)
        return made

    def whole(self) -> bytes:
        return self.root(self.size, self.tail)

    def row(self, level: int, start: int, count: int) -> list[bytes]:
        """Hashes of a tile of `level` (1 or more)."""
        return self._rows[8 * (level - 1)][start : start + count]
