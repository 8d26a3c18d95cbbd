"""Which tree has the signed root, and what differs from it."""

from collections.abc import Iterator, Sequence

from verifier.differences import body_findings, read_differences, version_findings
from verifier.sizes import WIDTH
from verifier.sources import Service
from verifier.tiles import read_bundle, read_tile, wide_path
from verifier.tree import Tree, leaf_hash
from verifier.whole_log import WholeLog


def judge(log: WholeLog) -> bool:
    """Find what differs from the signed root. Gives whether entries have moved from their place."""
    signed, shifted, told = log.checkpoint.root, False, False
    if log.entries.whole() == signed:
        log.good = log.entries
        _tell_changed_leaves(log)
    elif log.tiles.whole() == signed:
        log.good = log.tiles
        shifted = _tell_changed_entries(log)
        told = True
    else:
        told = _judge_by_upper_tiles(log)
    if log.good is not None:
        _check_upper_tiles(log, log.good)
    order = {"reordered.time"} if told else set()
    for finding in log.passed.findings:
        if finding.says not in order:
            log.report.add(finding)
    log.report.untold += log.passed.more
    if not told:
        _tell_jumps(log)
    for start, stop in _runs(log.passed.unread):
        until = min(stop * WIDTH, log.size)
        log.report.leave("unread", position=start * WIDTH + 1, until=until)
    return shifted


def _tell_changed_leaves(log: WholeLog) -> None:
    """The entries are right: name the leaves in tiles of level 0 that are not."""
    passed = log.passed
    tiles = list(passed.other_roots)
    if passed.other_tail is not None:
        tiles.append(log.size // WIDTH)
    for tile in tiles:
        width = min(WIDTH, log.size - tile * WIDTH)
        path, kept, _ = read_tile(log.source, 0, tile, width)
        _, entries, _ = read_bundle(log.source, tile, width)
        for at, (leaf, entry) in enumerate(zip(kept or (), entries or (), strict=False)):
            if leaf != leaf_hash(entry):
                log.report.tell(
                    "changed-leaf", position=tile * WIDTH + at + 1, path=path, tile=path
                )


def _tell_changed_entries(log: WholeLog) -> bool:
    """The tiles are right: lay the bundles beside them, and name what differs."""
    passed = log.passed
    off = sorted({*passed.other_roots, *_tail_if(passed.other_tail, log.size)})
    wrong = read_differences(log.source, off[0], off[-1], log.size)
    shifted = False
    for says, position, other in wrong:
        shifted |= says in ("missing", "inserted")
        tile = (position - 1) // WIDTH
        width = min(WIDTH, log.size - tile * WIDTH)
        path = wide_path("tile/entries", tile, max(width, 1))
        log.report.tell(says, position=position, path=path, other=other)
    return shifted


def _judge_by_upper_tiles(log: WholeLog) -> bool:
    """Neither entries nor tiles of level 0 are right: perhaps those above still are."""
    row: list[bytes] = []
    count = log.size // WIDTH
    for number in range(-(-count // WIDTH)):
        _, kept, _ = read_tile(log.source, 1, number, min(WIDTH, count - number * WIDTH))
        row += kept or []
    if len(row) != count or not row:
        return False
    for lower in (log.entries, log.tiles):
        if Tree(row, lower.tail).whole() == log.checkpoint.root:
            break
    else:
        return False
    for tile, root in enumerate(row):
        if log.passed.roots[tile] != root:
            first = tile * WIDTH + 1
            path = wide_path("tile/entries", tile, WIDTH)
            log.report.tell(
                "changed-entry.range", position=first, until=first + WIDTH - 1, path=path
            )
    if lower is log.tiles and log.passed.other_tail is not None:
        first = count * WIDTH + 1
        path = wide_path("tile/entries", count, log.size % WIDTH)
        log.report.tell("changed-entry.range", position=first, until=log.size, path=path)
    log.good = Tree(row, lower.tail)
    return True


def _check_upper_tiles(log: WholeLog, good: Tree) -> None:
    level = 1
    while count := log.size >> 8 * level:
        for number in range(-(-count // WIDTH)):
            width = min(WIDTH, count - number * WIDTH)
            path, kept, why = read_tile(log.source, level, number, width)
            expected = good.row(level, number * WIDTH, width)
            if kept == expected:
                continue
            if kept is not None:
                at = next(n for n in range(width) if kept[n] != expected[n])
                why = f"hash {at} of it is not the root of what lies below"
                span = WIDTH**level
                first = (number * WIDTH + at) * span + 1
                log.report.tell(
                    "bad-tile", path=path, position=first, until=first + span - 1, why=why
                )
            else:
                log.report.tell("bad-tile", path=path, why=why)
        level += 1


def _tell_jumps(log: WholeLog) -> None:
    """A gap where an entry could not be read was told already."""
    formless = any(each.says == "changed-entry.form" for each in log.passed.findings)
    for finding in version_findings(log.passed.jumps):
        if finding.says != "missing.version" or not (log.passed.unread or formless):
            log.report.add(finding)


def tell_bodies(log: WholeLog, shifted: bool) -> None:  # noqa: FBT001
    if shifted:
        return
    shown = isinstance(log.source, Service)
    for finding in body_findings(log.passed.off_bodies, shown=shown):
        log.report.add(finding)


def tell_wrong_root(log: WholeLog) -> None:
    first, until = log.narrowed(log.size, only_kept=False)
    log.report.tell("wrong-root", position=first, until=until)


def _tail_if(tail: list[bytes] | None, size: int) -> tuple[int, ...]:
    return () if tail is None else (size // WIDTH,)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """3, 4, 5, 9 -> (3, 6), (9, 10)."""
    start = None
    for at, number in enumerate(numbers):
        if start is None:
            start = number
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield start, number + 1
            start = None
