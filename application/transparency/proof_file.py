"""Proof files (c2sp.org/tlog-proof): what an auditor keeps of one entry, to check without a network.

    c2sp.org/tlog-proof@v1
    [extra <base64>]
    index <decimal>
    <hash, base64>...

    <checkpoint, as it was published>

The file (bewijsbestand) holds everything but the entry itself and the policy of who checks it.
"""

from dataclasses import dataclass

from application.transparency.policy import Judged, Policy
from application.transparency.strict import LARGEST, FormatError, base64, decimal, to_base64, utf8
from domain.tree import HASH_SIZE, InvalidProof, leaf_hash, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
_LONGEST_PROOF = 63
"""Hashes: a log has fewer than 2**63 leaves."""


class ProofFileError(FormatError):
    """A file that is no proof, or a proof that does not show what it claims.

    Codes: `not-a-proof`, `bad-proof`, `quorum-not-met`.
    """


@dataclass(frozen=True, kw_only=True)
class ProofFile:
    """Leaf `index` is in the tree of the checkpoint. `checkpoint` is not opened here, only kept.

    `extra` is nobody's word: nothing authenticates it. Ours have none.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.index <= LARGEST:
            raise ProofFileError("not-a-proof", f"an index is from 0 up to {LARGEST}")
        if len(self.hashes) > _LONGEST_PROOF:
            raise ProofFileError("not-a-proof", f"a proof has at most {_LONGEST_PROOF} hashes")
        if any(len(each) != HASH_SIZE for each in self.hashes):
            raise ProofFileError("not-a-proof", f"each hash of a proof has {HASH_SIZE} bytes")
        if not self.checkpoint or self.extra == b"":
            raise ProofFileError("not-a-proof", "a proof has a checkpoint, and no empty extra line")

    def encode(self) -> bytes:
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(to_base64(each) for each in self.hashes)
        return "".join(f"{each}\n" for each in lines).encode() + b"\n" + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> "ProofFile":
        """The parts of the file, of which nothing is believed yet. Raises ProofFileError or FormatError."""
        head, blank, checkpoint = data.partition(b"\n\n")
        if not blank:
            raise ProofFileError(
                "not-a-proof", "a blank line stands between the proof and its checkpoint"
            )
        lines = utf8(head, "the proof").split("\n")
        if lines.pop(0) != HEADER:
            raise ProofFileError("not-a-proof", f"the first line of a proof is {HEADER}")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = base64(lines.pop(0).removeprefix("extra "), "the extra line")
        if not lines or not lines[0].startswith("index "):
            raise ProofFileError("not-a-proof", "an index line follows, and its word is `index`")
        index = decimal(lines.pop(0).removeprefix("index "), "the index of the proof")
        if len(lines) > _LONGEST_PROOF:
            raise ProofFileError("not-a-proof", f"a proof has at most {_LONGEST_PROOF} hashes")
        hashes = tuple(base64(each, f"hash {at} of the proof") for at, each in enumerate(lines))
        return cls(index=index, hashes=hashes, checkpoint=checkpoint, extra=extra)

    def verify(self, entry: bytes, policy: Policy) -> Judged:
        """Returns if, by `policy`, a log holds `entry` at this index.

        Raises ProofFileError: `bad-proof` where the proof leads elsewhere, `quorum-not-met` where
        too few witnesses saw the checkpoint. Raises CheckpointError, NoteError or FormatError where
        the checkpoint is not the log's.
        """
        judged = policy.judge(self.checkpoint)
        try:
            verify_inclusion(
                leaf_hash(entry),
                self.index,
                judged.checkpoint.size,
                self.hashes,
                judged.checkpoint.root,
            )
        except InvalidProof as error:
            raise ProofFileError("bad-proof", f"the entry is not at its index: {error}") from error
        if not judged.met:
            raise ProofFileError(
                "quorum-not-met",
                f"{len(judged.witnesses)} witnesses of the policy saw this checkpoint: too few",
            )
        return judged
