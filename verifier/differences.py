"""What went wrong, and where."""

from collections import deque
from collections.abc import Iterator, Sequence

from verifier.findings import MOST_FINDINGS, Finding
from verifier.sizes import WIDTH
from verifier.sources import Source
from verifier.tiles import read_bundle, read_tile
from verifier.tree import leaf_hash

_LOOK_AHEAD = 600
"""Entries that are looked past to find where two sequences run together again."""


def read_differences(
    source: Source, first: int, last: int, size: int
) -> list[tuple[str, int, int | None]]:
    """Lay the bundles beside the tiles, which are right: code, position, and where it belongs."""

    def held() -> Iterator[bytes]:
        for tile in range(first, last + 1):
            _, kept, _ = read_tile(source, 0, tile, min(WIDTH, size - tile * WIDTH))
            yield from kept or ()

    def found() -> Iterator[bytes]:
        for tile in range(first, last + 1):
            _, entries, _ = read_bundle(source, tile, min(WIDTH, size - tile * WIDTH))
            yield from map(leaf_hash, entries or ())

    steps = []
    for step in differences(held(), found(), first * WIDTH + 1):
        steps.append(step)
        if len(steps) > MOST_FINDINGS:
            break
    return _named(steps)


Step = tuple[int, bytes | None, bytes | None]
"""A position, the leaf that should be there, and the leaf that is."""


def differences(held: Iterator[bytes], found: Iterator[bytes], position: int) -> Iterator[Step]:
    """Where two sequences of leaves differ, in memory that does not grow with them."""
    left: deque[bytes] = deque()
    right: deque[bytes] = deque()
    while True:
        for queue, more in ((left, held), (right, found)):
            while len(queue) < _LOOK_AHEAD and (leaf := next(more, None)) is not None:
                queue.append(leaf)
        if not left and not right:
            return
        while left and right and left[0] == right[0]:
            left.popleft()
            right.popleft()
            position += 1
        if not left or not right:
            if not left and not right:
                continue
            if len(left) == len(right) == 0:
                return
        past, over = _together_again(left, right)
        for at in range(max(past, over)):
            should = left[at] if at < past else None
            does = right[at] if at < over else None
            yield position + min(at, past), should, does
        for _ in range(past):
            left.popleft()
        for _ in range(over):
            right.popleft()
        position += past


def _together_again(left: Sequence[bytes], right: Sequence[bytes]) -> tuple[int, int]:
    """How many to leave out on either side, as few as possible, for the two to go on alike."""
    places: dict[bytes, int] = {}
    for at, leaf in enumerate(left):
        places.setdefault(leaf, at)
    best = (len(left), len(right))
    for over, leaf in enumerate(right):
        past = places.get(leaf)
        if past is not None and past + over < sum(best):
            best = (past, over)
    return best


def _named(steps: Sequence[Step]) -> list[tuple[str, int, int | None]]:
    """A leaf that is away in one place and turns up in another was moved."""
    should = {leaf: position for position, leaf, _ in steps if leaf is not None}
    does = {leaf for _, _, leaf in steps if leaf is not None}
    named: list[tuple[str, int, int | None]] = []
    for position, held, found in steps:
        if found is not None and found in should:
            named.append(("reordered", position, should[found]))
        elif held is not None and found is not None and held not in does:
            named.append(("changed-entry", position, None))
        elif found is not None:
            named.append(("inserted", position, None))
        elif held is not None and held not in does:
            named.append(("missing", position, None))
    return named


def version_findings(jumps: Sequence[tuple[int, bytes, int, int]]) -> Iterator[Finding]:
    """What gaps and repeats in the versions of aggregates mean, aggregate by aggregate."""
    skipped: dict[bytes, dict[int, int]] = {}
    for position, aggregate, expected, came in jumps:
        gaps = skipped.setdefault(aggregate, {})
        name = aggregate.decode()
        if came > expected:
            for version in range(expected, min(came, expected + MOST_FINDINGS)):
                gaps[version] = position
        elif came in gaps:
            del gaps[came]
            yield Finding(
                says="reordered.version", position=position,
                particulars={"versions": came, "aggregate": name},
            )  # fmt: skip
        else:
            yield Finding(
                says="inserted.version", position=position,
                particulars={"versions": came, "aggregate": name},
            )  # fmt: skip
    for aggregate, gaps in skipped.items():
        by_position: dict[int, list[int]] = {}
        for version, position in gaps.items():
            by_position.setdefault(position, []).append(version)
        for position, versions in by_position.items():
            said = f"{versions[0]}" if len(versions) == 1 else f"{versions[0]}-{versions[-1]}"
            yield Finding(
                says="missing.version", position=position,
                particulars={"versions": said, "aggregate": aggregate.decode()},
            )  # fmt: skip


def body_findings(off: Sequence[tuple[int, str, str]], *, shown: bool) -> Iterator[Finding]:
    """A body that fits another position was swapped; one that fits none was changed."""
    belongs = {expected: position for position, expected, _ in off}
    for position, _, found in off:
        other = belongs.get(found)
        if other is not None and other != position:
            yield Finding(says="swapped-bodies", position=position, particulars={"other": other})
        else:
            yield Finding(says="changed-body.shown" if shown else "changed-body", position=position)
