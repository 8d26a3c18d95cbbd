"""What is signed: checkpoints, receipts, and the proofs that lead to them."""

from dataclasses import dataclass
from hashlib import sha256

from verifier.decoding import strict_base64, strict_decimal, strict_hash
from verifier.entries import MOMENT, is_a_second
from verifier.findings import Malformed
from verifier.sizes import LARGEST_NOTE


@dataclass(frozen=True)
class Checkpoint:
    """A tree head (controlepunt): the log's name, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: bytes) -> "Checkpoint":
        """From the text of a note (tlog-checkpoint). Raises Malformed."""
        lines = text.decode("utf-8").split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):  # noqa: PLR2004
            raise Malformed("at least three lines, none of them empty")
        origin, size, root = lines[:3]
        read = cls(origin, strict_decimal(size), strict_hash(root))
        if read.size == 0 and read.root != sha256().digest():
            raise Malformed("no entries, and not the root of none")
        return read


RECEIPT = "kringboek-receipt/v1"


@dataclass(frozen=True)
class Receipt:
    """What the service promised for one event (ontvangstbewijs)."""

    origin: str
    index: int
    leaf: bytes
    recorded_at: str

    @classmethod
    def parse(cls, text: bytes) -> "Receipt":
        lines = text.decode("utf-8").split("\n")
        if len(lines) != 6 or lines[0] != RECEIPT or lines[5]:  # noqa: PLR2004
            raise Malformed(f"five lines, of which the first is {RECEIPT}")
        _, origin, index, leaf, moment, _ = lines
        if (
            not origin
            or not MOMENT.fullmatch(moment.encode())
            or not is_a_second(moment[:19].encode())
        ):
            raise Malformed("no origin, or a moment in another form")
        return cls(origin, strict_decimal(index), strict_hash(leaf), moment)


PROOF = "c2sp.org/tlog-proof@v1"
LONGEST_PROOF = 63


@dataclass(frozen=True)
class ProofFile:
    """A proof (tlog-proof) that an entry is under a checkpoint; `extra` is signed by nobody."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None

    @classmethod
    def parse(cls, data: bytes) -> "ProofFile":
        """Raises Malformed. The checkpoint in it is not looked at."""
        if len(data) > LARGEST_NOTE:
            raise Malformed("longer than a proof can be")
        head, blank, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            raise Malformed("not UTF-8") from None
        if not blank or lines.pop(0) != PROOF:
            raise Malformed(f"the first line is not {PROOF}")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = strict_base64(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise Malformed("no line with the index")
        index = strict_decimal(lines.pop(0).removeprefix("index "))
        if len(lines) > LONGEST_PROOF:
            raise Malformed(f"more than {LONGEST_PROOF} hashes")
        return cls(index, tuple(map(strict_hash, lines)), checkpoint, extra)
