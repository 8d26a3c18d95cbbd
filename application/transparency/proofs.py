"""Proofs (bewijzen) from the published log: this event is in it, and it only ever grew.

They are computed from the tiles that everybody can fetch, so whoever does not want to ask us can
compute the same. What is answered was held against the signed root first: a spoiled tile ends in
`LogDamaged`, never in a proof that shows nothing. Everything here reads files, for some
milliseconds: call it from a thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.keys import VerifierKey, keys_in
from application.transparency.log import Log
from application.transparency.ports import PublishedLog
from application.transparency.proof_file import ProofFile
from application.transparency.published_tiles import TileMissing, reading
from application.transparency.strict import FormatError
from application.transparency.tiles import TiledTree, TileError
from domain.tree import (
    InvalidProof,
    consistency_proof_from,
    inclusion_proof_from,
    root_from,
    verify_consistency,
    verify_inclusion,
)


class NotPublished(Exception):
    """The log has not come this far, or has not begun. `size` is what is published."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the newest published checkpoint has {size} entries")
        self.size = size


class LogDamaged(Exception):
    """The folder does not hold what its checkpoint commits to. The message is for the operator."""


@dataclass(frozen=True, kw_only=True)
class Inclusion:
    """`leaf` is number `index`, from 0, in the tree of `size` leaves with this root."""

    index: int
    leaf: bytes
    size: int
    root: bytes
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, kw_only=True)
class Consistency:
    """The tree of `new` leaves begins with that of `old`."""

    old: int
    old_root: bytes
    new: int
    new_root: bytes
    hashes: tuple[bytes, ...]


class ProvenLog:
    """What is published of a log at one moment: made anew for each question."""

    def __init__(self, log: Log) -> None:
        """Raise `LogDamaged` when the newest checkpoint is not one of this log's."""
        self._log = log
        self._published: PublishedLog = log.published
        self.keys = keys_of(log)
        self._note = self._published.checkpoint()
        self.newest = self._opened(self._note)
        self._tree = TiledTree(reading(self._published), self.size)

    @property
    def size(self) -> int:
        return 0 if self.newest is None else self.newest.size

    def witnessed(self) -> Checkpoint | None:
        """The newest checkpoint that has its quorum by the log's policy; None without a policy."""
        found = self._witnessed()
        return None if found is None else found[1]

    def inclusion(self, index: int, size: int | None = None) -> Inclusion:
        """Of the leaf at `index`, in the tree of `size` leaves; the newest published by default.

        Raises `NotPublished` for what is beyond the log, ValueError for an index outside `size`,
        `LogDamaged` where the tiles do not lead to the signed root.
        """
        of = self.size if size is None else size
        if index >= self.size or of > self.size:
            raise NotPublished(self.size)
        with self._held_against_what_was_signed():
            return self._inclusion(index, of)

    def consistency(self, old: int, new: int | None = None) -> Consistency:
        """From the tree of `old` leaves, at least one, to that of `new`; raises as `inclusion`."""
        of = self.size if new is None else new
        if max(old, of) > self.size:
            raise NotPublished(self.size)
        with self._held_against_what_was_signed():
            hashes = consistency_proof_from(self._tree.subtree, old, of)
            old_root, new_root = self._root(old), self._root(of)
            verify_consistency(old, of, hashes, old_root, new_root)
        return Consistency(old=old, old_root=old_root, new=of, new_root=new_root, hashes=hashes)

    def proof_file(self, index: int) -> ProofFile:
        """What an auditor keeps of the leaf at `index`, under a witnessed checkpoint if one has it.

        Raises as `inclusion` does.
        """
        note, size = self._note, self.size
        found = self._witnessed()
        if found is not None and found[1].size > index:
            note, size = found[0], found[1].size
        if note is None:
            raise NotPublished(self.size)
        hashes = self.inclusion(index, size).hashes
        return ProofFile(index=index, hashes=hashes, checkpoint=note)

    # -------------------------------------------------------------------------- under the hood

    def _inclusion(self, index: int, size: int) -> Inclusion:
        root = self._root(size)
        leaf = self._tree.leaf(index)
        hashes = inclusion_proof_from(self._tree.subtree, index, size)
        verify_inclusion(leaf, index, size, hashes, root)
        return Inclusion(index=index, leaf=leaf, size=size, root=root, hashes=hashes)

    def _root(self, size: int) -> bytes:
        """The root of `size` leaves, shown to be the beginning of what was signed."""
        if self.newest is None or size > self.size:
            raise NotPublished(self.size)
        if size == self.size:
            return self.newest.root
        root = root_from(self._tree.subtree, size)
        proof = consistency_proof_from(self._tree.subtree, size, self.size)
        verify_consistency(size, self.size, proof, root, self.newest.root)
        return root

    def _opened(self, note: bytes | None) -> Checkpoint | None:
        if note is None:
            return None
        try:
            return open_checkpoint(note, origin=self._log.origin, log_keys=self.keys).checkpoint
        except FormatError as error:
            raise LogDamaged(f"the newest checkpoint cannot be read: {error}") from error

    def _witnessed(self) -> tuple[bytes, Checkpoint] | None:
        """What was seen to have its quorum, if it has it by the policy in force."""
        policy, note = self._log.policy, self._published.witnessed()
        if policy is None or note is None:
            return None
        try:
            judged = policy.judge(note)
        except FormatError:  # of another policy, or spoiled: nobody vouches for it now
            return None
        checkpoint = judged.checkpoint
        of_this_log = checkpoint.origin == self._log.origin and checkpoint.size <= self.size
        witnessed = judged.met and judged.witnesses and of_this_log
        return (note, checkpoint) if witnessed else None

    @contextmanager
    def _held_against_what_was_signed(self) -> Iterator[None]:
        try:
            yield
        except (InvalidProof, TileError, TileMissing) as error:
            raise LogDamaged(
                f"the tiles do not lead to the root that was signed over {self.size} entries: {error}"
            ) from error


def keys_of(log: Log) -> tuple[VerifierKey, ...]:
    """The keys with which this log signed: its own, and those of its file `keys`."""
    listed = log.published.read("keys")
    try:
        before = () if listed is None else keys_in(listed)
    except FormatError as error:
        raise LogDamaged(f"the file `keys` of the log cannot be read: {error}") from error
    own = () if log.key is None else (log.key,)
    return tuple(dict.fromkeys((*own, *before)))
