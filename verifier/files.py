"""Which files a log has."""

import re
from collections.abc import Iterator, Sequence

from verifier.bodies import body_paths
from verifier.checked import BODY_FILES
from verifier.sizes import WIDTH
from verifier.trust import Given

PUBLISHED = re.compile(r"checkpoints/(0|[1-9]\d{0,17})")
TIMESTAMP_FILE = re.compile(r"timestamps/(0|[1-9]\d{0,17})\.tsr")
_KNOWN_FILES = frozenset({"checkpoint", "witnessed", "keys", "policy", "manifest.json"})
_OWN_NOTES = re.compile(r"witnesses|timestamped|refused|\.publishing|\.thinned|\.lock|\.new/.*")
"""What a service keeps for itself in the folder of its log; nothing here is concluded from it."""


def known_files(given: Given) -> frozenset[str]:
    """Files of a log by their names; the auditor's own key and policy leave those of the source out."""
    by_policy = given.policy is not None and bool(given.policy.logs)
    left_out = {"keys"} if given.keys or by_policy else set()
    return _KNOWN_FILES - left_out - ({"policy"} if given.policy is not None else set())


def is_own_note(name: str) -> bool:
    return _OWN_NOTES.fullmatch(name) is not None


def is_known(name: str, size: int, bodies: str) -> bool:
    if PUBLISHED.fullmatch(name) or TIMESTAMP_FILE.fullmatch(name):
        return True
    if bodies != BODY_FILES or not name.startswith("bodies/"):
        return False
    return any(
        name in body_paths(tile, min(WIDTH, size - tile * WIDTH))
        for tile in _numbers_in(name)
        if tile * WIDTH < size
    )


def _numbers_in(name: str) -> Iterator[int]:
    found = re.fullmatch(r"bodies/((?:x\d{3}/)*\d{3})(?:\.p/\d+)?", name)
    if found:
        yield int(found[1].replace("x", "").replace("/", ""))


def first_few(names: Sequence[str]) -> str:
    return ", ".join(sorted(names)[:5]) + (", ..." if len(names) > 5 else "")  # noqa: PLR2004
