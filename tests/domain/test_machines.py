"""Whatever is asked, in whatever order: facts that can be kept and replayed, or a readable refusal.

Hypothesis gives each aggregate commands made from their type hints, good and bad. The short run is
the same at every build; `make fuzz` plays thousands of sequences, each time others.
"""

import os
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from application.access import belonging
from application.aggregates import AGGREGATES, Aggregate
from application.snapshots import Snapshot, StateCodec
from domain.decider import Refused, fold
from domain.terms import Command, Fact, Moment
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from tests.any_commands import any_command
from tests.given import ACTOR, NOW

SEQUENCES = int(os.environ.get("KRINGBOEK_FUZZ", "0"))
"""How many sequences per aggregate `make fuzz` wants; 0 in an ordinary run."""

HOW_OFTEN = settings(
    max_examples=SEQUENCES or 25,
    stateful_step_count=60 if SEQUENCES else 40,
    derandomize=not SEQUENCES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
MAPPER = EventMapper(EVENT_NAMES)
STREAM = UUID(int=7)
CODECS = {each.name: StateCodec(each, names=[], code="") for each in AGGREGATES}


def require_readable(refused: Refused) -> None:
    assert CODE.fullmatch(refused.code), refused.code
    assert refused.why.strip()


class Life(RuleBasedStateMachine):
    """One aggregate from nothing on. `carried_out` has the commands that led to facts, of all lives."""

    aggregate: Aggregate
    carried_out: set[type[Command]]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.state: Any = self.aggregate.decider.initial
        self.facts: list[Fact] = []

    def give(self, command: Command) -> None:
        self.now += timedelta(minutes=1)
        try:
            facts = self.aggregate.decider.decide(
                self.state, command, Moment(now=self.now, actor=ACTOR)
            )
        except Refused as refused:
            require_readable(refused)
            return
        begins = type(command) is self.aggregate.taken[0]
        assert begins is (not self.facts), "it is begun once, and before anything else"
        for fact in facts:
            assert fact.occurred_at <= self.now
            name, version, body = MAPPER.store(fact)
            recalled = MAPPER.recall(name, version, body)
            assert recalled == fact
            assert MAPPER.store(recalled) == (name, version, body)
            self.state = self.aggregate.decider.evolve(self.state, fact)
            self.facts.append(fact)
        if facts:
            self.carried_out.add(type(command))

    def teardown(self) -> None:
        assert fold(self.aggregate.decider, self.facts) == self.state
        told = belonging(STREAM, self.facts)
        snapshot = Snapshot(version=len(self.facts), state=self.state, told=told)
        codec = CODECS[self.aggregate.name]
        assert codec.read(STREAM, len(self.facts), codec.write(STREAM, snapshot)) == snapshot


def life_of(kind: Aggregate) -> type[Life]:
    """The machine of an aggregate, with a rule for each of its commands."""
    first, *rest = kind.taken
    begin = initialize(tries=st.lists(any_command(first), max_size=3))(_begin)
    rules = {f"give_{each.__name__}": rule(command=any_command(each))(_giving()) for each in rest}
    return type(
        f"{kind.name}_life",
        (Life,),
        {"aggregate": kind, "carried_out": set(), "begin": begin, **rules},
    )


def _begin(self: Life, tries: list[Command]) -> None:
    for command in tries:
        self.give(command)


def _giving() -> Any:
    def giving(self: Life, command: Command) -> None:
        self.give(command)

    return giving


@pytest.mark.timeout(0 if SEQUENCES else 120)
@pytest.mark.parametrize("kind", AGGREGATES, ids=lambda kind: kind.name)
def test_nothing_but_facts_or_refusals_comes_of_any_commands(kind: Aggregate) -> None:
    life = life_of(kind)
    run_state_machine_as_test(life, settings=HOW_OFTEN)
    never = [each.__name__ for each in kind.taken if each not in life.carried_out]
    assert len(never) < len(kind.taken) * 2 / 3, f"this run says little: never came to {never}"
