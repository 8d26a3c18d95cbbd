"""What is asked of one range of the log, and what came of it."""

from dataclasses import dataclass, field

from verifier.findings import Finding
from verifier.sizes import WIDTH

NO_BODIES, BODY_FILES, SHOWN_EVENTS = "none", "files", "shown"


@dataclass(frozen=True, kw_only=True)
class Range:
    """Tiles `start` up to `stop` of a log of `size` entries, and what is to be looked at."""

    start: int
    stop: int
    size: int
    bodies: str
    opaque: bool


@dataclass(kw_only=True)
class Checked:
    """What came of one range."""

    range: Range
    roots: bytearray = field(default_factory=bytearray)
    """Per full tile the root over its entries, or over its tile where those cannot be read."""
    tail: list[bytes] = field(default_factory=list)
    """The leaves of a last tile that is not full."""
    other_roots: dict[int, bytes] = field(default_factory=dict)
    """Where a tile of level 0 differs from the entries: its own root."""
    other_tail: list[bytes] | None = None
    unread: list[int] = field(default_factory=list)
    """Tiles of which only the hashes could be read."""
    findings: list[Finding] = field(default_factory=list)
    off_bodies: list[tuple[int, str, str]] = field(default_factory=list)
    """Position, hash that the entry gives, hash of the body."""
    first: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    """Per aggregate its first version in this range, and where."""
    last: dict[bytes, int] = field(default_factory=dict)
    jumps: list[tuple[int, bytes, int, int]] = field(default_factory=list)
    """Position, aggregate, version that should come, version that came."""
    moments: tuple[bytes, bytes] | None = None
    bodies: int = 0
    withheld: int = 0
    absent: int = 0
    """Tiles of which neither leaves nor entries are there."""


def of_tile(code: str, path: str, tile: int, width: int, why: str) -> Finding:
    first = tile * WIDTH + 1
    return Finding(
        says=code, position=first, until=first + width - 1, path=path, particulars={"why": why}
    )
