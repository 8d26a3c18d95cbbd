"""The Merkle tree of the transparency log: RFC 6962 arithmetic, and nothing else.

An entry's place in the ledger is its leaf's place in the tree. One root (wortel) stands for every
entry before it: an inclusion proof shows that an entry is under a root, a consistency proof that a
later root only added to an earlier one. Leaves and nodes are hashed with different first bytes, so
that no node can be passed off as a leaf.

Everywhere below `leaf` and `leaves` are leaf *hashes*; `leaf_hash` makes one from an entry. Sizes
count leaves, indices start at 0, hashes are 32 raw bytes. Proofs are verified by the algorithms of
RFC 9162, 2.1.3.2 and 2.1.4.2, which never see the tree.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_SIZE = 32

Subtree = Callable[[int, int], bytes]
"""Where hashes are kept: `subtree(level, index)` is the root of the perfect subtree over the leaves
from `index * 2**level` up to `(index + 1) * 2**level`. Tiles can answer that without the leaves."""


class InvalidProof(Exception):
    """A proof that does not show what it claims. The message says what does not fit."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The parent of two hashes, whose length the caller has checked.

    Unchecked, 31 and 33 bytes would make the same parent as 32 and 32.
    """
    return sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    """The root of a log without entries."""
    return sha256(b"").digest()


# --------------------------------------------------------------------------------------- growing


@dataclass(frozen=True, kw_only=True)
class Frontier:
    """The right edge of a tree: all that is needed to go on from here, 32 bytes per bit of `size`.

    `peaks` are the roots of the perfect subtrees from left to right, one for each bit that is set
    in `size`. Raises ValueError where they are not. A stored frontier is as good as the leaves.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"{len(self.peaks)} peaks do not make a tree of {self.size} leaves")
        if any(len(peak) != HASH_SIZE for peak in self.peaks):
            raise ValueError(f"every peak is a hash of {HASH_SIZE} bytes")

    def append(self, leaf: bytes) -> "Frontier":
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """The frontier after `leaves`, which are read once and not kept.

        Raises ValueError for a leaf that is not a hash.
        """
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            if len(leaf) != HASH_SIZE:
                raise ValueError(f"leaf {size} has {len(leaf)} bytes; a hash has {HASH_SIZE}")
            hashed, rest = leaf, size
            while rest & 1:
                hashed = node_hash(peaks.pop(), hashed)
                rest >>= 1
            peaks.append(hashed)
            size += 1
        return Frontier(size=size, peaks=tuple(peaks))

    def root(self) -> bytes:
        if not self.peaks:
            return empty_root()
        hashed = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            hashed = node_hash(peak, hashed)
        return hashed


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over `leaves`, in memory that grows with the logarithm of their number."""
    return Frontier().extend(leaves).root()


# --------------------------------------------------------------------------------------- proving


def subtrees(leaves: Sequence[bytes]) -> Subtree:
    """Subtrees that are computed from the leaves each time they are asked for."""

    def subtree(level: int, index: int) -> bytes:
        return root(leaves[index << level : (index + 1) << level])

    return subtree


def root_from(subtree: Subtree, size: int) -> bytes:
    """The root of the first `size` leaves, from what is kept of the tree."""
    return _range_root(subtree, 0, size) if size else empty_root()


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """Shows that leaf `index` is in the tree of the first `size` leaves; lowest sibling first.

    Raises ValueError for an index outside the tree, or for a tree larger than `leaves`.
    """
    _require_at_most(size, len(leaves))
    return inclusion_proof_from(subtrees(leaves), index, size)


def inclusion_proof_from(subtree: Subtree, index: int, size: int) -> tuple[bytes, ...]:
    """As `inclusion_proof`, asking for one subtree per hash and a few at the ragged right edge."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size} leaves")
    siblings = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return tuple(_range_root(subtree, *each) for each in reversed(siblings))


def consistency_proof(leaves: Sequence[bytes], old: int, new: int) -> tuple[bytes, ...]:
    """Shows that the tree of `new` leaves begins with the tree of `old` leaves.

    Empty where the sizes are equal. Raises ValueError unless `0 < old <= new <= len(leaves)`: with
    an empty log everything is consistent, so such a proof would show nothing.
    """
    _require_at_most(new, len(leaves))
    return consistency_proof_from(subtrees(leaves), old, new)


def consistency_proof_from(subtree: Subtree, old: int, new: int) -> tuple[bytes, ...]:
    """As `consistency_proof`, from what is kept of the tree."""
    if not 0 < old <= new:
        raise ValueError(f"a log of {old} leaves does not grow into one of {new}")
    needed = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            needed.append((middle, end))
            end = middle
        else:
            needed.append((start, middle))
            start = middle
    if start:
        needed.append((start, end))
    return tuple(_range_root(subtree, *each) for each in reversed(needed))


# ------------------------------------------------------------------------------------- verifying


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Returns if `proof` shows that `leaf` is number `index` under `root` of `size` leaves.

    Raises InvalidProof otherwise, whatever is wrong with it.
    """
    if not 0 <= index < size:
        raise InvalidProof(f"there is no leaf {index} in a tree of {size} leaves")
    _require_hashes((leaf, *proof))
    here, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise InvalidProof("the proof is too long for this tree")
        if here & 1 or here == last:
            hashed = node_hash(sibling, hashed)
            here, last = _to_right_child(here, last)
        else:
            hashed = node_hash(hashed, sibling)
        here, last = here >> 1, last >> 1
    if last != 0:
        raise InvalidProof("the proof is too short for this tree")
    if hashed != root:
        raise InvalidProof("the proof leads to another root")


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Returns if `proof` shows that `new_root` of `new` leaves only adds to `old_root` of `old`.

    Raises InvalidProof otherwise, also for an empty old log: that shows nothing.
    """
    if not 0 < old <= new:
        raise InvalidProof(f"a log of {old} leaves does not grow into one of {new}")
    if old == new:
        if proof:
            raise InvalidProof("trees of one size need no proof")
        if old_root != new_root:
            raise InvalidProof("trees of one size have different roots")
        return
    # An old tree that is itself a perfect subtree is left out of the proof: its root is known.
    path = (old_root, *proof) if old & (old - 1) == 0 else tuple(proof)
    if not path:
        raise InvalidProof("the proof is too short for these trees")
    _require_hashes(path)
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old_hashed = new_hashed = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise InvalidProof("the proof is too long for these trees")
        if here & 1 or here == last:
            old_hashed = node_hash(sibling, old_hashed)
            new_hashed = node_hash(sibling, new_hashed)
            here, last = _to_right_child(here, last)
        else:
            new_hashed = node_hash(new_hashed, sibling)
        here, last = here >> 1, last >> 1
    if last != 0:
        raise InvalidProof("the proof is too short for these trees")
    if old_hashed != old_root:
        raise InvalidProof("the proof leads to another old root")
    if new_hashed != new_root:
        raise InvalidProof("the proof leads to another new root")


# --------------------------------------------------------------------------------- the tree shape


def _split(size: int) -> int:
    """Leaves in the left half of a tree: the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _range_root(subtree: Subtree, start: int, end: int) -> bytes:
    """The root over a range that begins where a subtree of its size begins."""
    perfect = []
    while end - start & end - start - 1:
        level = (end - start).bit_length() - 1
        perfect.append(subtree(level, start >> level))
        start += 1 << level
    level = (end - start).bit_length() - 1
    hashed = subtree(level, start >> level)
    for left in reversed(perfect):
        hashed = node_hash(left, hashed)
    return hashed


def _to_right_child(here: int, last: int) -> tuple[int, int]:
    """Up to the first level at which `here` is a right child: between, it is a lone left one."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _require_hashes(given: Sequence[bytes]) -> None:
    for each in given:
        if len(each) != HASH_SIZE:
            raise InvalidProof(f"a hash has {HASH_SIZE} bytes, and one of these has {len(each)}")


def _require_at_most(size: int, known: int) -> None:
    if size > known:
        raise ValueError(f"a proof over {size} leaves needs them all; {known} are known")
