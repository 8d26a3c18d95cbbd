"""Folding batches: wherever a batch ends, the same versions come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from application.views import circle_members, circles
from application.views.catalogue import VIEWS
from application.views.view import Key, Shelf, View, key, shelf
from domain.circle.founding import CircleFounded
from domain.record import Recorded
from domain.terms import Fact, MemberId
from infrastructure.view_batch import NOTHING, Changes, Folding, Kept, NewestRows, Slot, Touch
from tests.any_facts import MEMBERS, histories, recorded
from tests.fresh_fold import fresh_fold
from tests.given import NOW
from tests.thoroughness import examples

ALL_FACTS = frozenset[type[Fact]]().union(*(view.facts for view in VIEWS))


def kept_of(views: Sequence[View[Any]]) -> list[Kept]:
    return [Kept(view=view, generation=number, position=0) for number, view in enumerate(views, 1)]


def folded(
    kept: Sequence[Kept], history: Sequence[Recorded[Fact]], cuts: Sequence[int]
) -> tuple[list[Any], dict[Any, int | None]]:
    """All versions, and all stays on shelves with their end, of a history taken in by batches."""
    rows = NewestRows(10**6)
    versions: list[Any] = []
    stays: dict[Any, int | None] = {}
    edges = [0, *sorted(cuts), len(history)]
    folding = Folding(kept, rows)
    for start, stop in pairwise(edges):
        changes = folding.fold(folding.touched(history[start:stop]), last=stop)
        _apply(changes, versions, stays)
    return versions, stays


def _apply(changes: Changes, versions: list[Any], stays: dict[Any, int | None]) -> None:
    versions += changes.versions
    for standing, until in changes.ended:
        open_ones = [stay for stay, end in stays.items() if stay[0] == standing and end is None]
        assert len(open_ones) == 1, "a stay that ends is one that began"
        stays[open_ones[0]] = until
    stays.update(changes.begun)


@settings(max_examples=examples(30), deadline=None)
@given(histories(ALL_FACTS, most=60), st.lists(st.integers(0, 60), max_size=6))
def test_where_a_batch_ends_makes_no_difference(
    history: list[Recorded[Fact]], cuts: list[int]
) -> None:
    cuts = [min(cut, len(history)) for cut in cuts]
    assert folded(kept_of(VIEWS), history, cuts) == folded(kept_of(VIEWS), history, [])


@settings(max_examples=examples(30), deadline=None)
@given(histories(ALL_FACTS, most=60), st.data())
def test_the_versions_hold_what_a_fresh_fold_gives(
    history: list[Recorded[Fact]], data: st.DataObject
) -> None:
    kept = kept_of(VIEWS)
    as_of = data.draw(st.integers(0, len(history)))
    versions, stays = folded(kept, history, [len(history) // 2])
    for each in kept:
        newest: dict[Key, tuple[int, bytes | None]] = {}
        for generation, name, valid_from, _, body in versions:
            if generation == each.generation and valid_from <= as_of:
                newest[name] = valid_from, body
        held = fresh_fold(each.view, history, as_of=as_of)
        assert {
            name: (at, each.view.form.recall(body)) for name, (at, body) in newest.items() if body
        } == {name: (row.valid_from, row.row) for name, row in held.items()}
        standing = {
            (where, born, name)
            for ((generation, where, born, name), since), until in stays.items()
            if generation == each.generation and since <= as_of and (until is None or as_of < until)
        }
        assert standing == {
            (where, row.born, name)
            for name, row in held.items()
            for where in each.view.shelves(row.row)
        }


@dataclass(frozen=True, kw_only=True)
class NamedRow:
    name: str


def fragile(bad: str) -> View[NamedRow]:
    """A view of circles by name that cannot bear one name."""

    def on(_: NamedRow | None, recorded: Recorded[CircleFounded]) -> NamedRow:
        if recorded.fact.name == bad:
            raise KeyError(bad)
        return NamedRow(name=recorded.fact.name)

    def keys(recorded: Recorded[CircleFounded]) -> tuple[Key, ...]:
        return (key(recorded.stream),)

    def shelves(row: NamedRow) -> tuple[Shelf, ...]:
        return (shelf("named", row.name),)

    return View(
        name="fragile",
        version=1,
        row=NamedRow,
        hears=CircleFounded,
        keys=keys,
        on=on,
        shelves=shelves,
    )


@settings(max_examples=examples(30), deadline=None)
@given(
    histories(circles.view.facts | circle_members.view.facts, most=30),
    st.lists(st.integers(0, 30), max_size=3),
)
def test_a_view_that_fails_stops_before_the_event_and_the_others_go_on(
    history: list[Recorded[Fact]], cuts: list[int]
) -> None:
    bad = "weg en riool"
    failing = [
        each.position
        for each in history
        if isinstance(each.fact, CircleFounded) and each.fact.name == bad
    ]
    kept = kept_of([fragile(bad), circles.view])
    versions, _ = folded(kept, history, [min(cut, len(history)) for cut in cuts])
    first, second = kept
    assert first.failed_at == (failing[0] if failing else None)
    assert first.failure == ("KeyError" if failing else None)
    assert first.position == (failing[0] - 1 if failing else len(history))
    assert all(at <= first.position for generation, _, at, _, _ in versions if generation == 1)
    assert second.failure is None
    assert [row[1:] for row in versions if row[0] == 2] == [
        row[1:] for row in folded(kept_of([circles.view]), history, [])[0]
    ]


def test_rows_that_make_room_are_asked_for_again_and_others_are_known_to_be_new() -> None:
    rows = NewestRows(1)
    rows.began(1)
    for generation in (1, 2):
        for name in ("a", "b"):
            rows[generation, key(name)] = NOTHING
    rows.make_room()
    slots = {(generation, key(name)) for generation in (1, 2) for name in ("a", "b", "c")}
    kept, new = {(2, key("b"))}, {(1, key("c"))}
    assert rows.unknown(touching(slots)) == slots - kept - new


def test_a_full_trace_asks_for_what_it_need_not_and_forgets_nothing() -> None:
    rows = NewestRows(1, trace_bytes=4)
    rows.began(1)
    names = [key(number) for number in range(200)]
    for name in names:
        rows[1, name] = NOTHING
    rows.make_room()
    unknown = rows.unknown(touching({(1, name) for name in names}))
    assert {(1, name) for name in names[:-1]} <= unknown


def touching(slots: set[Slot]) -> list[Touch]:
    """An event that touches all of these."""
    (event,) = recorded((MEMBERS[0], any_founded()))
    return [(kept_of([circles.view])[0], event, sorted(slots))]


def any_founded() -> CircleFounded:
    return CircleFounded(
        occurred_at=NOW,
        name="Wegen",
        authority=MemberId(MEMBERS[0]),
        municipality_code="gm0363",
        region="Noord",
    )
