"""Replay: whatever happened, each step stands on the one before, and the last is how it is."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.aggregates import AGGREGATES, CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION, Aggregate
from application.history.difference import ABSENT, Difference, differences
from application.history.replay import replay, state_of
from application.mentions import ids_in
from domain.circle import CircleFact
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.record import Recorded
from domain.terms import Fact
from tests.any_facts import PROJECTS, histories, recorded
from tests.thoroughness import examples
from tests.work import estimated, registered

UNIONS: dict[str, Any] = {
    CIRCLE.name: CircleFact,
    MEMBER.name: MemberFact,
    CONVENANT_PROJECT.name: ProjectFact,
    MISSION.name: MissionFact,
}
each_kind = pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda each: each.name)


def one_of(history: list[Recorded[Fact]]) -> list[Recorded[Fact]]:
    """The events of the thing that the history begins with, versions dense from 1."""
    own = [each for each in history if each.stream == history[0].stream]
    return recorded(*((each.stream, each.fact) for each in own))


def everything(_: Fact) -> bool:
    return True


@each_kind
def test_pages_are_one_replay_wherever_they_end(aggregate: Aggregate) -> None:
    @settings(max_examples=examples(6), deadline=None)
    @given(histories(frozenset(get_args(UNIONS[aggregate.name])), least=1), st.integers(1, 5))
    def holds(history: list[Recorded[Fact]], page: int) -> None:
        events = one_of(history)
        whole = list(replay(aggregate, events, everything, most=len(events)))
        parts = [
            step
            for after in range(0, len(events), page)
            for step in replay(aggregate, events, everything, after=after, most=page)
        ]
        assert parts == whole
        assert whole[-1].state == state_of(aggregate, events, everything)
        assert json.loads(json.dumps(whole[-1].state)) == whole[-1].state
        before = state_of(aggregate, [], everything)
        for step, event in zip(whole, events, strict=True):
            assert step.recorded == event
            assert step.differences == differences(before, step.state)
            before = step.state

    holds()


@each_kind
def test_of_what_is_withheld_nothing_is_in_any_state(aggregate: Aggregate) -> None:
    @settings(max_examples=examples(6), deadline=None)
    @given(histories(frozenset(get_args(UNIONS[aggregate.name])), least=2), st.data())
    def holds(history: list[Recorded[Fact]], data: st.DataObject) -> None:
        events = one_of(history)
        hidden = data.draw(st.sampled_from(sorted({type(e.fact).__name__ for e in events})))

        def sees(fact: Fact) -> bool:
            return type(fact).__name__ != hidden

        steps = list(replay(aggregate, events, sees, most=len(events)))
        told = [each for each in events if sees(each.fact)]
        assert steps[-1].state == state_of(aggregate, told, everything)
        assert all(step.differences == () for step in steps if not step.visible)

    holds()


def test_a_replay_shows_what_each_event_changed() -> None:
    events = recorded(
        (PROJECTS[0], registered("2026-01-05")),
        (PROJECTS[0], estimated(1_250_000, "2026-01-06")),
    )
    first, second = replay(CONVENANT_PROJECT, events, everything, most=10)
    begun = {each.path: each for each in first.differences}
    assert begun["/aggregate/preparation/registered"] == Difference(
        path="/aggregate/preparation/registered", before=False, after=True
    )
    assert begun["/registers/projects"].before is ABSENT
    changed = [each.after for each in second.differences]
    assert "125000000" in json.dumps(changed)
    assert str(next(ids_in(events[0].fact))) in json.dumps(first.state)
