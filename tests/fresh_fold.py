"""What a view must hold as of a position, worked out afresh and as plainly as can be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from application.views.view import Key, Shelf, View, branch
from domain.record import Recorded
from domain.terms import Fact


@dataclass(frozen=True, kw_only=True)
class Held:
    """A row, the position at which it came to be and the one since which it reads like this."""

    row: Any
    born: int
    valid_from: int


def fresh_fold(
    view: View[Any], history: Iterable[Recorded[Fact]], *, as_of: int
) -> dict[Key, Held]:
    """Every row that there is as of a position."""
    held: dict[Key, Held] = {}
    for event in history:
        if event.position > as_of or type(event.fact) not in view.facts:
            continue
        for key in view.keys(event):
            before = held.pop(key, None)
            row = view.on(before.row if before else None, event)
            if row is None:
                continue
            born = before.born if before else event.position
            changed = before is None or before.row != row
            valid_from = event.position if before is None or changed else before.valid_from
            held[key] = Held(row=row, born=born, valid_from=valid_from)
    return held


def ever(view: View[Any], history: Sequence[Recorded[Fact]]) -> tuple[set[Key], set[Shelf]]:
    """Every key that ever had a row, and every shelf and branch on which one ever stood."""
    rows: dict[Key, Any] = {}
    shelves: set[Shelf] = set()
    for event in history:
        if type(event.fact) in view.facts:
            for key in view.keys(event):
                rows[key] = view.on(rows.get(key), event)
                shelves |= {*view.shelves(rows[key])} if rows[key] is not None else set()
    branches = {branch(*key.split("/")[:n]) for key in rows for n in (1, 2, 3)}
    return set(rows), shelves | branches


def on_shelf(view: View[Any], held: dict[Key, Held], shelf: Shelf) -> list[tuple[int, Key, Any]]:
    """The rows that stand on a shelf, by birth, or that are in a branch, by key."""
    if shelf.startswith("/"):
        return [(held[k].born, k, held[k].row) for k in sorted(held) if k.startswith(shelf[1:])]
    standing = [key for key, each in held.items() if shelf in view.shelves(each.row)]
    return sorted((held[k].born, k, held[k].row) for k in standing)
