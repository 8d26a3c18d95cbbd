"""What a batch of events does to the rows of views: new versions, and who stands on which shelf.

Pure: rows go in, rows come out. Every event that changes a row gives one version of it, also where
the next event of the same batch changes it again. A batch is written whole or not at all, and gives
the same versions wherever one batch ends and the next begins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from application.views.view import Key, Shelf, View
from domain.record import Recorded
from domain.terms import Fact

Slot = tuple[int, Key]
"""Generation and key: where a row is kept."""


@dataclass(kw_only=True)
class Kept:
    """One generation of a view, and how far it was folded."""

    view: View[Any]
    generation: int
    position: int
    failed_at: int | None = None
    failure: str | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """That a generation, which the store has at `seen`, is at `position` after a batch."""

    generation: int
    seen: int
    position: int
    failed_at: int | None
    failure: str | None


class Newest(NamedTuple):
    """The newest version of a row; `row` is None where there is none, or none any more."""

    row: Any
    born: int
    shelves: tuple[Shelf, ...]


NOTHING = Newest(None, 0, ())


class NewestRows:
    """The newest rows of some generations, as many as fit; the longest untouched make room.

    Of a generation that began empty under our eyes it is also known what was never there. Keys
    leave a trace of a few bits (a Bloom filter), so that a key without a trace is new, whatever
    made room, and memory does not grow.
    """

    def __init__(self, most: int, *, trace_bytes: int = 1 << 22) -> None:
        self._most = most
        self._rows: dict[Slot, Newest] = {}
        self._empty_at_first: set[int] = set()
        self._trace = bytearray(trace_bytes)
        self._bits = trace_bytes * 8

    def began(self, generation: int) -> None:
        self._empty_at_first.add(generation)

    def unknown(self, touches: "Iterable[Touch]") -> set[Slot]:
        """Those that are touched, and of which only the store can say what is there."""
        rows, began = self._rows, self._empty_at_first
        return {
            slot
            for _, _, slots in touches
            for slot in slots
            if slot not in rows and (slot[0] not in began or self._traced(slot))
        }

    def __getitem__(self, slot: Slot) -> Newest:
        return self._rows.get(slot, NOTHING)

    def __setitem__(self, slot: Slot, newest: Newest) -> None:
        rows = self._rows
        if slot in rows:
            del rows[slot]
        elif slot[0] in self._empty_at_first:
            for bit in self._bits_of(slot):
                self._trace[bit >> 3] |= 1 << (bit & 7)
        rows[slot] = newest

    def make_room(self) -> None:
        """Between batches: what a batch asked for must stay until it is folded."""
        while len(self._rows) > self._most:
            del self._rows[next(iter(self._rows))]

    def _traced(self, slot: Slot) -> bool:
        return all(self._trace[bit >> 3] & 1 << (bit & 7) for bit in self._bits_of(slot))

    def _bits_of(self, slot: Slot) -> tuple[int, int, int]:
        """Three bits of one hash of 64."""
        whole = hash(slot)
        bits = self._bits
        return whole % bits, (whole >> 20) % bits, (whole >> 39) % bits


VersionRow = tuple[int, Key, int, int, bytes | None]
"""generation, key, valid_from, born, row"""
Standing = tuple[int, Shelf, int, Key]
"""generation, shelf, born, key"""


@dataclass(kw_only=True)
class Changes:
    """`begun` and `ended` say since and until which position a row stands on a shelf."""

    moves: list[Move] = field(default_factory=list)
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


Touch = tuple[Kept, Recorded[Fact], list[Slot]]


class Folding:
    """Folds batch after batch into generations, whose `position` moves along."""

    def __init__(self, kept: Iterable[Kept], rows: NewestRows) -> None:
        self._rows = rows
        self._moving = [each for each in kept if each.failed_at is None]
        self._by_fact: dict[type[Fact], list[Kept]] = {}
        for each in self._moving:
            for fact in each.view.facts:
                self._by_fact.setdefault(fact, []).append(each)

    @property
    def stopped(self) -> bool:
        """Whether there is nothing left that an event could be folded into."""
        return not self._moving

    def touched(self, events: Iterable[Recorded[Fact]]) -> list[Touch]:
        """What an event of these touches, each with its rows."""
        touches: list[Touch] = []
        for event in events:
            for kept in self._by_fact.get(type(event.fact), ()):
                if event.position <= kept.position or kept.failed_at is not None:
                    continue
                try:
                    slots = [(kept.generation, key) for key in kept.view.keys(event)]
                except Exception as error:  # noqa: BLE001 - whatever a view meets stops that view
                    _fail(kept, event, error)
                else:
                    touches.append((kept, event, slots))
        return touches

    def fold(self, touches: Iterable[Touch], *, last: int) -> Changes:
        """The changes of a batch that ends at position `last` and `touched` these rows.

        The rows must be known. A view that raises stops before the event; what it made of earlier
        ones stands.
        """
        changes = Changes()
        rows = self._rows
        for kept, event, slots in touches:
            if kept.failed_at is not None and kept.failed_at <= event.position:
                continue
            try:
                made = [(slot, *_made(kept.view, rows[slot], event)) for slot in slots]
            except Exception as error:  # noqa: BLE001 - whatever a view meets stops that view
                _fail(kept, event, error)
                continue
            for slot, before, newest, body in made:
                if newest is not before:
                    changes.note(slot, event.position, before, newest, body)
                    rows[slot] = newest
        changes.moves = list(self._moves(last))
        return changes

    def _moves(self, last: int) -> Iterator[Move]:
        for kept in self._moving:
            seen = kept.position
            kept.position = max(seen, last) if kept.failed_at is None else kept.failed_at - 1
            yield Move(
                generation=kept.generation,
                seen=seen,
                position=kept.position,
                failed_at=kept.failed_at,
                failure=kept.failure,
            )
        self._moving = [each for each in self._moving if each.failed_at is None]


def _fail(kept: Kept, event: Recorded[Fact], error: Exception) -> None:
    kept.failed_at = event.position
    kept.failure = type(error).__name__


def _made(
    view: View[Any], before: Newest, event: Recorded[Fact]
) -> tuple[Newest, Newest, bytes | None]:
    """What was there, what is there after the event, and how that is written."""
    old = before.row
    row = view.on(old, event)
    if row is old or row == old:
        return before, before, None
    if row is None:
        return before, NOTHING, None
    newest = Newest(row, before.born or event.position, view.shelves(row))
    return before, newest, view.form.known(row)
