"""What was done to the events whose leaves are not the published ones, told from how they differ."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import sha256

from application.auditing.findings import Finding
from application.auditing.part import ChangedBody, Different

_MARGIN = 1_000
"""Places at the end of a list that was cut off, of which the neighbours are not known."""


def changes(
    different: Sequence[Different], differing: int, last: int, size: int
) -> Iterator[Finding]:
    """One finding per thing that was done, up to the published `size`.

    `different` are the places that differ, or the first of them: in all there are `differing`, up
    to position `last`. Rows that are not there at all are told as gaps, not here.
    """
    there = [each for each in different if each.here is not None]
    if not there:
        return
    published = {each.published: each.position for each in different}
    here = {each.here: each.position for each in there}
    moved = [each for each in there if each.here in published]
    if not moved:
        yield from _other_content(there, differing, last, size)
        return
    cut = len(different) < differing
    until = different[-1].position - (_MARGIN if cut else 0)
    # What moved over the end of what was published is neither gone nor new.
    shift = 0 if cut else published[moved[-1].here or b""] - moved[-1].position
    gone = {
        each.position
        for each in different
        if each.published not in here and each.position - shift <= size
    }
    new = {
        each.position
        for each in there
        if each.here not in published and each.position + shift <= size
    }
    changed = gone & new
    shifts = _Shifts(sorted(gone - changed), sorted(new - changed))
    for each in there:
        at = each.position
        if at > until:
            return
        if at in changed:
            yield _rewritten(at)
            continue
        if at in gone:
            why = (
                "its event is gone, and what followed has moved up. Put the rows back from a backup"
            )
            yield Finding(code="missing", position=at, why=why)
        if at in new:
            why = "was never published: it was put in between, and what followed has moved on"
            yield Finding(code="inserted", position=at, why=why)
        stood = published.get(each.here or b"")
        if stood is not None and stood - at != shifts.of(stood, at):
            why = f"here stands the event that was published at position {stood}"
            yield Finding(code="reordered", position=at, why=why)


class _Shifts:
    """How far an event moves because others were taken out or put in before it."""

    def __init__(self, gone: Sequence[int], new: Sequence[int]) -> None:
        self._gone = gone
        self._new = new

    def of(self, stood: int, stands: int) -> int:
        return bisect_left(self._gone, stood) - bisect_left(self._new, stands)


def _other_content(
    there: Sequence[Different], differing: int, last: int, size: int
) -> Iterator[Finding]:
    first = there[0].position
    if differing > 1 and last == size and differing == size - first + 1:
        why = (
            f"from here to {size} every event is another than was published: the ledger was"
            " written anew from this position on. Put the rows back from a backup"
        )
        yield Finding(code="forked", position=first, why=why)
        return
    for each in there:
        yield _rewritten(each.position)


def _rewritten(position: int) -> Finding:
    why = "the event is not the one that was published, with whatever hashes it has now"
    return Finding(code="changed-entry", position=position, why=why)


def swapped(bodies: Sequence[ChangedBody]) -> Iterator[Finding]:
    """Bodies that are not their own entry's, and are another's."""
    committed = {each.committed: each for each in bodies if each.committed}
    for each in bodies:
        for salt in {each.salt, *(other.salt for other in bodies)}:
            whose = committed.get(sha256(salt + each.body).hexdigest())
            if whose is not None and whose is not each:
                why = f"the body of position {whose.position} stands here"
                yield Finding(code="swapped-bodies", position=each.position, column="body", why=why)
                break
