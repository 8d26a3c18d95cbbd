"""What a batch of events does to the rows of views: new versions, and who stands on which shelf.

Pure: rows go in, rows come out. Every event that changes a row gives one version of it, also where
the next event of the same batch changes it again. A batch is written whole or not at all, and gives
the same versions wherever one batch ends and the next begins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from application.views.view import Key, Shelf, View
from domain.record import Recorded
from domain.terms import Fact

Slot = tuple[int, Key]
"""Generation and key: where a row is kept."""


@dataclass(kw_only=True)
class Kept:
    """One generation of a view, and how far it has come."""

    view: View[Any]
    generation: int
    position: int
    failed_at: int | None = None
    failure: str | None = None

    def position_after(self, batch: int) -> int:
        """How far it is after a batch whose last event is at position `batch`."""
        return max(self.position, batch) if self.failed_at is None else self.failed_at - 1


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of a row; `row` is None where there is none, or none any more."""

    row: Any
    born: int
    shelves: tuple[Shelf, ...]


NOTHING = Newest(None, 0, ())


class NewestRows:
    """The newest rows of some generations, as many as fit; the longest untouched make room.

    A generation that began empty under our eyes is known whole until one of its rows is dropped,
    so that a key that is not here is a row that does not exist.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._rows: dict[Slot, Newest] = {}
        self._whole: set[int] = set()

    def began(self, generation: int) -> None:
        self._whole.add(generation)

    def unknown(self, slots: Iterable[Slot]) -> set[Slot]:
        """Those of which only the store can say what is there."""
        return {slot for slot in slots if slot not in self._rows and slot[0] not in self._whole}

    def __getitem__(self, slot: Slot) -> Newest:
        return self._rows.get(slot, NOTHING)

    def __setitem__(self, slot: Slot, newest: Newest) -> None:
        self._rows.pop(slot, None)
        self._rows[slot] = newest

    def make_room(self) -> None:
        """Between batches: what a batch asked for must stay until it is folded."""
        while len(self._rows) > self._most:
            slot = next(iter(self._rows))
            del self._rows[slot]
            self._whole.discard(slot[0])


VersionRow = tuple[int, Key, int, int, bytes | None]
"""generation, key, valid_from, born, row"""
Standing = tuple[int, Shelf, int, Key]
"""generation, shelf, born, key"""


@dataclass(kw_only=True)
class Changes:
    """`begun` and `ended` say since and until which position a row stands on a shelf."""

    versions: list[VersionRow] = field(default_factory=list)
    begun: dict[tuple[Standing, int], int | None] = field(default_factory=dict)
    ended: list[tuple[Standing, int]] = field(default_factory=list)
    _since: dict[Standing, int] = field(default_factory=dict)

    def note(
        self, slot: Slot, position: int, before: Newest, after: Newest, body: bytes | None
    ) -> None:
        """From `position` on, what is kept at `slot` is `after`, written as `body`."""
        generation, key = slot
        self.versions.append((generation, key, position, after.born or before.born, body))
        if before.shelves == after.shelves:
            return
        for shelf in before.shelves:
            if shelf not in after.shelves:
                self._end((generation, shelf, before.born, key), position)
        for shelf in after.shelves:
            if shelf not in before.shelves:
                self._begin((generation, shelf, after.born, key), position)

    def _begin(self, standing: Standing, since: int) -> None:
        self.begun[standing, since] = None
        self._since[standing] = since

    def _end(self, standing: Standing, until: int) -> None:
        since = self._since.pop(standing, None)
        if since is None:
            self.ended.append((standing, until))
        else:
            self.begun[standing, since] = until


Touch = tuple[Kept, Recorded[Fact], tuple[Key, ...]]


class Hearing:
    """Which of these generations an event touches, and how their rows come out of it."""

    def __init__(self, kept: Iterable[Kept]) -> None:
        self._by_fact: dict[type[Fact], list[Kept]] = {}
        for each in kept:
            for fact in each.view.facts:
                self._by_fact.setdefault(fact, []).append(each)

    def touched(self, events: Iterable[Recorded[Fact]]) -> Iterator[Touch]:
        for event in events:
            for kept in self._by_fact.get(type(event.fact), ()):
                if event.position <= kept.position or kept.failure:
                    continue
                try:
                    yield kept, event, kept.view.keys(event)
                except Exception as error:  # noqa: BLE001 - whatever a view meets stops that view
                    _fail(kept, event, error)

    def fold(self, touches: Iterable[Touch], rows: NewestRows) -> Changes:
        """The changes that `touches` make to `rows`, which are brought up to date as well.

        A view that raises stops before the event; what it made of earlier ones stands.
        """
        changes = Changes()
        for kept, event, keys in touches:
            if kept.failed_at is not None and kept.failed_at <= event.position:
                continue
            try:
                made = [(key, *_made(kept.view, rows[kept.generation, key], event)) for key in keys]
            except Exception as error:  # noqa: BLE001 - whatever a view meets stops that view
                _fail(kept, event, error)
                continue
            for key, newest, body in made:
                slot = kept.generation, key
                before = rows[slot]
                if newest is not before:
                    changes.note(slot, event.position, before, newest, body)
                    rows[slot] = newest
        return changes


def _fail(kept: Kept, event: Recorded[Fact], error: Exception) -> None:
    kept.failed_at = event.position
    kept.failure = type(error).__name__


def _made(view: View[Any], before: Newest, event: Recorded[Fact]) -> tuple[Newest, bytes | None]:
    row = view.on(before.row, event)
    if row is before.row or row == before.row:
        return before, None
    if row is None:
        return NOTHING, None
    born = before.born or event.position
    return Newest(row, born, view.shelves(row)), view.form.canonical(row)
