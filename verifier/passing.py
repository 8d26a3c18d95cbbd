"""All ranges of a log, put together."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from verifier.checked import Checked, Range
from verifier.findings import MOST_FINDINGS, Finding
from verifier.ranges import begin_worker, check_in_worker, check_range
from verifier.sizes import WIDTH
from verifier.sources import Source
from verifier.tree import hashes_in
from verifier.trust import Given

TILES_PER_RANGE = 64
"""Tiles that a worker checks in one go: 16,384 events, a perfect subtree."""


@dataclass(kw_only=True)
class Passed:
    """The ranges of a log put together."""

    roots: list[bytes] = field(default_factory=list)
    tail: list[bytes] = field(default_factory=list)
    other_roots: dict[int, bytes] = field(default_factory=dict)
    other_tail: list[bytes] | None = None
    unread: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    off_bodies: list[tuple[int, str, str]] = field(default_factory=list)
    versions: dict[bytes, int] = field(default_factory=dict)
    jumps: list[tuple[int, bytes, int, int]] = field(default_factory=list)
    moment: bytes = b""
    bodies: int = 0
    withheld: int = 0
    more: int = 0
    """Findings that were not kept."""
    ends_at: int | None = None
    """After so many entries nothing was there any more, for so long that reading on was stopped."""

    def take(self, done: Checked) -> None:
        self.roots += hashes_in(bytes(done.roots))
        self.tail = done.tail
        self.other_roots |= done.other_roots
        self.other_tail = done.other_tail
        self.unread += done.unread
        self._keep(self.findings, done.findings)
        self._keep(self.off_bodies, done.off_bodies)
        self._keep(self.jumps, done.jumps)
        self.bodies += done.bodies
        self.withheld += done.withheld
        for aggregate, (version, position) in done.first.items():
            before = self.versions.get(aggregate, 0)
            if version != before + 1:
                self._keep(self.jumps, [(position, aggregate, before + 1, version)])
            self.versions[aggregate] = max(before, done.last[aggregate])
        if done.moments is not None:
            if done.moments[0] < self.moment:
                first = done.range.start * WIDTH + 1
                self._keep(self.findings, [Finding(says="reordered.time", position=first)])
            self.moment = done.moments[1]

    def _keep(self, kept: list[Any], more: Sequence[Any]) -> None:
        room = max(0, 20 * MOST_FINDINGS - len(kept))
        kept += more[:room]
        self.more += max(0, len(more) - room)


_FEW_RANGES = 3
"""So few that a second process costs more than it brings."""


def pass_over(source: Source, size: int, bodies: str, *, opaque: bool, given: Given) -> Passed:
    """Recompute everything, with as many processes as were asked for."""
    tiles = -(-size // WIDTH)
    asked = (
        Range(
            start=at, stop=min(at + TILES_PER_RANGE, tiles), size=size, bodies=bodies, opaque=opaque
        )
        for at in range(0, tiles, TILES_PER_RANGE)
    )
    many = tiles > _FEW_RANGES * TILES_PER_RANGE
    passed = Passed()
    for done in _in_order(source, asked, given.workers if many else 1):
        passed.take(done)
        if done.absent == done.range.stop - done.range.start and many:
            passed.ends_at = done.range.start * WIDTH
            break
        if given.progress is not None:
            given.progress(min(done.range.stop * WIDTH, size), size)
    return passed


def _in_order(source: Source, asked: Iterator[Range], workers: int) -> Iterator[Checked]:
    if workers == 1:
        yield from (check_range(source, each) for each in asked)
        return
    pool = ProcessPoolExecutor(workers, initializer=begin_worker, initargs=(source.again(),))
    waiting: deque[Future[Checked]] = deque()
    try:
        for each in asked:
            waiting.append(pool.submit(check_in_worker, each))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
