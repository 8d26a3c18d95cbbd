"""What differs between two pieces of plain JSON, place by place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from application.history.plain import Json, text

_MOST_COMPARED = 500
"""Items of a list that are compared with each other; longer ones are paired in their order."""


class _Absent:
    """There is nothing at this place, which is not the same as null."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Any = _Absent()


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One place that reads otherwise. `path` is a JSON Pointer (RFC 6901).

    In a list the place is that of after, or of before where it was taken out. `before` is `ABSENT`
    for what came to be, `after` for what is gone.
    """

    path: str
    before: Json
    after: Json

    def said(self) -> dict[str, Json]:
        """As JSON: a side that is absent is left out."""
        sides = {"before": self.before, "after": self.after}
        return {"path": self.path} | {k: v for k, v in sides.items() if v is not ABSENT}


def differences(before: Json, after: Json) -> tuple[Difference, ...]:
    """Every difference, as deep as both sides have the same shape; none for equal JSON."""
    return tuple(_differences("", before, after))


def pointer(name: str | int) -> str:
    """One step of a JSON Pointer."""
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def _differences(path: str, before: Json, after: Json) -> Iterator[Difference]:
    if before is after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted({*before, *after}):
            there, here = before.get(name, ABSENT), after.get(name, ABSENT)
            yield from _differences(path + pointer(name), there, here)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _in_lists(path, before, after)
    elif before != after or type(before) is not type(after):  # 1 is not true
        yield Difference(path=path, before=before, after=after)


def _in_lists(path: str, before: Sequence[Json], after: Sequence[Json]) -> Iterator[Difference]:
    old, new = [text(each) for each in before], [text(each) for each in after]
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    for i1, i2, j1, j2 in _changed(old, new, start):
        paired = min(i2 - i1, j2 - j1)
        for step in range(paired):
            yield from _differences(path + pointer(j1 + step), before[i1 + step], after[j1 + step])
        for gone in range(i1 + paired, i2):
            yield Difference(path=path + pointer(gone), before=before[gone], after=ABSENT)
        for come in range(j1 + paired, j2):
            yield Difference(path=path + pointer(come), before=ABSENT, after=after[come])


def _changed(
    old: Sequence[str], new: Sequence[str], start: int
) -> Iterator[tuple[int, int, int, int]]:
    if max(len(old), len(new)) - start > _MOST_COMPARED:
        yield start, len(old), start, len(new)
        return
    matcher = SequenceMatcher(None, old[start:], new[start:], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            yield start + i1, start + i2, start + j1, start + j2
