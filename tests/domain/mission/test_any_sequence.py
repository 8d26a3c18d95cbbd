"""What holds in a mission whatever commands are given, in whatever order; replay equals live.

`tests/domain/test_machines.py` asks of every aggregate what is asked of each; here is what a mission
must keep of its own, with commands that hang together so that they reach deep.
"""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import UnionType
from typing import Any, get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.decider import Refused, fold
from domain.mission import MissionCommand, MissionFact, mission
from domain.mission.conditions import ConditionCommand
from domain.mission.ending import EndingCommand
from domain.mission.enforcement import EnforcementCommand
from domain.mission.follow_up import FollowUpCommand
from domain.mission.legitimacy import LegitimacyCommand
from domain.mission.line import AgreeLine, LineAgreed
from domain.mission.market import MarketCommand
from domain.mission.purpose import FoundMission, PurposeCommand
from domain.sealing import SealingFact
from domain.terms import Moment
from tests.any_facts import any_of
from tests.given import ACTOR

SEQUENCES = int(os.environ.get("KRINGBOEK_FUZZ", "0"))
"""How many sequences `make fuzz` wants; 0 in an ordinary run, which is always the same."""
COMMANDS = get_args(MissionCommand)
CODE = re.compile(r"(mission|moment)(\.[a-z]+(-[a-z]+)*)")
ROOMS: tuple[UnionType, ...] = (
    PurposeCommand,
    ConditionCommand,
    MarketCommand,
    LegitimacyCommand,
    EnforcementCommand,
    FollowUpCommand,
    EndingCommand,
)
_any_command = st.one_of(*(any_of(each) for each in COMMANDS))


def _of_one_room(room: UnionType) -> st.SearchStrategy[list[Any]]:
    """Some commands that hang together, so that one finds what another left."""
    return st.lists(st.one_of(*(any_of(each) for each in get_args(room))), min_size=1, max_size=12)


class AnyMission(RuleBasedStateMachine):
    """Commands of any kind at a clock that only goes forward.

    Most are said to happen now: one from before a closing is the exception, as it is in life.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 1, 8, 9, tzinfo=UTC)
        self.state = mission.initial
        self.facts: list[MissionFact | SealingFact] = []

    @rule(command=any_of(FoundMission))
    @precondition(lambda self: not self.state.aims.founded)
    def begin(self, command: FoundMission) -> None:
        self._give(command)

    @rule(commands=st.sampled_from(ROOMS).flatmap(_of_one_room))
    @precondition(lambda self: self.state.aims.founded)
    def now_happens(self, commands: list[Any]) -> None:
        for each in commands:
            self._give(replace(each, occurred_at=None))

    @rule(command=_any_command)
    def once_happened(self, command: Any) -> None:
        self._give(command)

    @rule(command=any_of(AgreeLine))
    @precondition(lambda self: self.state.aims.founded)
    def climb(self, command: AgreeLine) -> None:
        self._give(replace(command, level=self.state.treads.level + 1))

    @rule(hours=st.integers(1, 72))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def _give(self, command: Any) -> None:
        refusal: Refused | None = None
        facts: tuple[MissionFact | SealingFact, ...] = ()
        try:
            facts = mission.decide(self.state, command, Moment(now=self.now, actor=ACTOR))
        except Refused as refused:
            refusal = refused
        if refusal is not None:
            assert CODE.fullmatch(refusal.code), refusal.code
            assert refusal.why
            return
        assert facts, "an accepted command leaves a fact"
        for fact in facts:
            assert fact.occurred_at <= self.now
            self.state = mission.evolve(self.state, fact)
            self.facts.append(fact)

    @invariant()
    def replay_equals_live(self) -> None:
        assert fold(mission, self.facts) == self.state

    @invariant()
    def nothing_is_there_before_the_mission(self) -> None:
        assert self.state.aims.founded or self.state == mission.initial

    @invariant()
    def what_goes_on_is_part_of_what_there_is(self) -> None:
        state = self.state
        assert state.enforcement.fed <= state.enforcement.projects
        assert state.enforcement.open <= state.enforcement.breaches
        assert state.conditions.met <= state.conditions.named
        assert state.market.ended <= state.market.pilots
        assert state.follow_ups.ended <= state.follow_ups.actions
        assert state.enforcement.checks or not state.enforcement.breaches
        assert state.enforcement.projects or not state.enforcement.checks

    @invariant()
    def treads_are_climbed_one_by_one(self) -> None:
        agreed = [each.level for each in self.facts if isinstance(each, LineAgreed)]
        assert agreed == list(range(1, len(agreed) + 1))
        assert self.state.treads.level == len(agreed)


TestAnyMission = AnyMission.TestCase
TestAnyMission.settings = settings(
    max_examples=SEQUENCES or 40, stateful_step_count=30, deadline=None, derandomize=not SEQUENCES
)
