"""What holds for every view."""

from typing import Any, get_args

import pytest
from hypothesis import Phase, find, given, settings

from application.views import timeline
from application.views.catalogue import VIEWS
from application.views.view import View, key
from domain.circle import CircleFact
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.record import Recorded
from domain.sealing import SealingFact
from domain.terms import Fact
from tests.any_facts import FOUNDING, histories
from tests.fresh_fold import fresh_fold

SEARCH = settings(max_examples=3000, phases=[Phase.generate], derandomize=True)
UNIONS = (MemberFact, CircleFact, ProjectFact, MissionFact, SealingFact)
every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)


def test_no_two_views_have_one_name() -> None:
    assert len({view.name for view in VIEWS}) == len(VIEWS)


@every_view
def test_a_view_hears_facts_that_the_aggregates_tell(view: View[Any]) -> None:
    told = {fact for union in UNIONS for fact in get_args(union)}
    assert view.facts
    assert view.facts <= told


@every_view
def test_every_fact_that_a_view_hears_touches_a_row(view: View[Any]) -> None:
    @settings(max_examples=8, deadline=None)
    @given(histories(view.facts))
    def touches(history: list[Recorded[Fact]]) -> None:
        assert all(view.keys(event) for event in history)

    touches()


@pytest.mark.parametrize(
    ("view", "fact"),
    [
        (view, fact)
        for view in VIEWS
        if view is not timeline.view  # it has a row for every fact, see test_timeline_views
        for fact in sorted(view.facts, key=lambda each: each.__name__)
    ],
    ids=lambda either: either.__name__ if isinstance(either, type) else either.name,
)
def test_every_fact_that_a_view_hears_can_change_a_row(view: View[Any], fact: type[Fact]) -> None:
    def changes(history: list[Recorded[Fact]]) -> bool:
        before = fresh_fold(view, history[:-1], as_of=len(history))
        last = history[-1]
        was = {key: before[key].row if key in before else None for key in view.keys(last)}
        return any(view.on(row, last) != row for row in was.values())

    kinds = view.facts if len(view.facts) <= 3 else {fact, *FOUNDING} & view.facts
    find(histories(frozenset(kinds), most=7, ending_in=fact), changes, settings=SEARCH)


@every_view
def test_whatever_is_recorded_the_rows_can_be_written_and_read(view: View[Any]) -> None:
    @settings(max_examples=15, deadline=None)
    @given(histories(view.facts))
    def holds(history: list[Recorded[Fact]]) -> None:
        for held in fresh_fold(view, history, as_of=len(history)).values():
            assert view.form.recall(view.form.canonical(held.row)) == held.row

    holds()


@every_view
def test_a_row_stands_on_no_shelf_twice(view: View[Any]) -> None:
    @settings(max_examples=8, deadline=None)
    @given(histories(view.facts))
    def stands(history: list[Recorded[Fact]]) -> None:
        for held in fresh_fold(view, history, as_of=len(history)).values():
            shelves = view.shelves(held.row)
            assert len(set(shelves)) == len(shelves)

    stands()


def test_a_key_is_made_of_parts_that_cannot_run_together() -> None:
    assert key("a", "b") != key("ab")
    with pytest.raises(ValueError, match="slash"):
        key("a/b")
