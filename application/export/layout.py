"""What lies where in an export bundle: a closed set of names, and how large each may be.

Whoever writes a bundle and whoever reads one stand on this page. A whole log has, for exactly the
size of its checkpoint, the tiles and entry bundles of tlog-tiles and beside every entry bundle the
bodies of its events; one subject's part has the entry, body and proof of each of its events instead.
Every other name is refused, so no name leads out of the folder into which a bundle is unpacked.
"""

import re

from application.transparency.tiles import (
    FULL,
    LONGEST_ENTRY,
    bundles_in,
    places_in,
    written_index,
)
from domain.tree import HASH_SIZE

README = "README.md"
MANIFEST = "manifest.json"
VERIFIER = "kringboek_verify.py"
CHECKPOINT = "checkpoint"
KEYS = "keys"
POLICY = "policy"

LARGEST_TEXT = 1_000_000
"""Bytes of everything that is neither a tile nor a bundle nor bodies."""
LONGEST_BODY = 4_000_000
"""Bytes of one stored body: a command has at most a million, and sealing makes it longer."""
LONGEST_LINE = LONGEST_BODY + 200

_TOP = frozenset({README, MANIFEST, VERIFIER, CHECKPOINT, KEYS, POLICY})
_NUMBER = r"(?:0|[1-9][0-9]{0,15})"
_BESIDE = re.compile(rf"checkpoints/{_NUMBER}|timestamps/{_NUMBER}\.tsr", re.ASCII)


def bodies_path(number: int) -> str:
    """The bodies of entry bundle `number`, however full that is."""
    return f"bodies/{written_index(number)}"


def checkpoint_path(size: int) -> str:
    return f"checkpoints/{size}"


def timestamp_path(size: int) -> str:
    return f"timestamps/{size}.tsr"


def entry_of(position: int) -> str:
    return f"entries/{position}"


def body_of(position: int) -> str:
    return f"bodies/{position}"


def proof_of(position: int) -> str:
    return f"proofs/{position}.tlog-proof"


def names_of_a_log(size: int) -> frozenset[str]:
    """Every tile, bundle and file of bodies that a whole log of `size` entries has."""
    return frozenset(place.path for place in places_in(size)) | {
        bodies_path(place.index) for place in bundles_in(size)
    }


def is_beside(name: str, size: int) -> bool:
    """Whether `name` may lie in the bundle of a log of `size` entries, beside what must be there."""
    if name in _TOP:
        return True
    if not _BESIDE.fullmatch(name):
        return False
    return int("".join(filter(str.isdecimal, name))) <= size


def largest(name: str) -> int:
    """Bytes that a member under this name may have at most, by what a log can hold."""
    if name.startswith("tile/entries/"):
        return FULL * (2 + LONGEST_ENTRY)
    if name.startswith("tile/"):
        return FULL * HASH_SIZE
    if name.startswith("bodies/"):
        return FULL * LONGEST_LINE
    return LARGEST_TEXT
