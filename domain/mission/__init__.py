"""Mission (missie): a goal that circles pursue together, such as emission-free building.

In eight rooms: `purpose` (problem and solutions), `functions` (the nine, assessed again and again),
`line` (what is asked of everybody now: standlijn and treads), `conditions` (named, owned and met),
`market` (pilots, means, what is made and phased out), `legitimacy` (why one may count on the other),
`enforcement` (the projects that the mission feeds, and whether the line is kept in them) and
`follow_up` (actions, monitoring, evaluation); `ending` says when it is over.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from domain import sealing
from domain.decider import Decider, require, require_possible_time
from domain.mission import (
    conditions,
    ending,
    enforcement,
    follow_up,
    functions,
    legitimacy,
    line,
    market,
    purpose,
)
from domain.mission.conditions import ConditionCommand, ConditionFact, Conditions
from domain.mission.ending import Ending, EndingCommand, EndingFact, ReopenMission, require_open
from domain.mission.enforcement import Enforcement, EnforcementCommand, EnforcementFact
from domain.mission.follow_up import FollowUpCommand, FollowUpFact, FollowUps
from domain.mission.functions import FunctionCommand, FunctionFact
from domain.mission.legitimacy import Legitimacy, LegitimacyCommand, LegitimacyFact
from domain.mission.line import LineCommand, LineFact, Treads
from domain.mission.market import Market, MarketCommand, MarketFact
from domain.mission.purpose import Aims, FoundMission, PurposeCommand, PurposeFact
from domain.sealing import Keys, RecordDestruction, SealingFact
from domain.terms import Moment

MissionFact = (
    PurposeFact
    | FunctionFact
    | LineFact
    | ConditionFact
    | MarketFact
    | LegitimacyFact
    | EnforcementFact
    | FollowUpFact
    | EndingFact
)
MissionCommand = (
    PurposeCommand
    | FunctionCommand
    | LineCommand
    | ConditionCommand
    | MarketCommand
    | LegitimacyCommand
    | EnforcementCommand
    | FollowUpCommand
    | EndingCommand
)


@dataclass(frozen=True, kw_only=True)
class Mission:
    aims: Aims = Aims()
    treads: Treads = Treads()
    conditions: Conditions = Conditions()
    market: Market = Market()
    legitimacy: Legitimacy = Legitimacy()
    enforcement: Enforcement = Enforcement()
    follow_ups: FollowUps = FollowUps()
    ending: Ending = Ending()
    keys: Keys = Keys()


def evolve(state: Mission, fact: MissionFact | SealingFact) -> Mission:
    if isinstance(fact, PurposeFact):
        return replace(state, aims=purpose.evolve(state.aims, fact))
    if isinstance(fact, FunctionFact):
        return state  # a function has no state that a later assessment could contradict
    if isinstance(fact, LineFact):
        return replace(state, treads=line.evolve(state.treads, fact))
    if isinstance(fact, ConditionFact):
        return replace(state, conditions=conditions.evolve(state.conditions, fact))
    if isinstance(fact, MarketFact):
        return replace(state, market=market.evolve(state.market, fact))
    if isinstance(fact, LegitimacyFact):
        return replace(state, legitimacy=legitimacy.evolve(state.legitimacy, fact))
    if isinstance(fact, EnforcementFact):
        return replace(state, enforcement=enforcement.evolve(state.enforcement, fact))
    if isinstance(fact, FollowUpFact):
        return replace(state, follow_ups=follow_up.evolve(state.follow_ups, fact))
    if isinstance(fact, EndingFact):
        return replace(state, ending=ending.evolve(state.ending, fact))
    if isinstance(fact, SealingFact):
        return replace(state, keys=sealing.evolve(state.keys, fact))
    assert_never(fact)


def decide(
    state: Mission, command: MissionCommand | RecordDestruction, moment: Moment
) -> tuple[MissionFact | SealingFact, ...]:
    require_possible_time(command, moment)
    if isinstance(command, RecordDestruction):
        return sealing.decide(state.keys, command, moment)
    require(
        state.aims.founded or isinstance(command, FoundMission),
        "mission.unknown",
        "no mission has this id; found it first",
    )
    if isinstance(command, EndingCommand):
        if not isinstance(command, ReopenMission):
            require_open(state.ending, command, moment)
        return ending.decide(state.ending, command, moment)
    if not isinstance(command, FoundMission):
        require_open(state.ending, command, moment)
    return _decide_open(state, command, moment)


def _decide_open(
    state: Mission,
    command: PurposeCommand
    | FunctionCommand
    | LineCommand
    | ConditionCommand
    | MarketCommand
    | LegitimacyCommand
    | EnforcementCommand
    | FollowUpCommand,
    moment: Moment,
) -> tuple[MissionFact, ...]:
    """The decision of the room that the command belongs to, on a mission that is not over."""
    if isinstance(command, PurposeCommand):
        return purpose.decide(state.aims, command, moment)
    if isinstance(command, FunctionCommand):
        return functions.decide(command, moment)
    if isinstance(command, LineCommand):
        return line.decide(state.treads, command, moment)
    if isinstance(command, ConditionCommand):
        return conditions.decide(state.conditions, command, moment)
    if isinstance(command, MarketCommand):
        return market.decide(state.market, command, moment)
    if isinstance(command, LegitimacyCommand):
        return legitimacy.decide(state.legitimacy, command, moment)
    if isinstance(command, EnforcementCommand):
        return enforcement.decide(state.enforcement, state.treads, command, moment)
    if isinstance(command, FollowUpCommand):
        return follow_up.decide(state.follow_ups, state.treads, command, moment)
    assert_never(command)


mission = Decider(name="mission", initial=Mission(), decide=decide, evolve=evolve)
