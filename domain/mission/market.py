"""The market: pilots, the means that go to the mission, and the market made and unmade.

What a mission creates (marktcreatie) takes something else away: markets and means that keep the old
way of working alive are phased out (destabilisatie).
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.mission.codes import require_amount, require_known, require_new
from domain.terms import Code, Command, Euro, Fact, MemberId, Moment, ProjectId, stated

# ---------------------------------------------------------------------------------------- facts


class PilotOutcome(StrEnum):
    ADOPTED = "adopted"  # overgenomen in de gewone werkwijze
    CONTINUED = "continued"  # vervolgd in een nieuwe proef
    STOPPED = "stopped"  # gestopt


class ResourceKind(StrEnum):
    """What is given to a mission, or taken from the old way of working (middelen)."""

    MONEY = "money"  # geld
    PEOPLE = "people"  # personeel
    EQUIPMENT = "equipment"  # materieel
    OTHER = "other"  # andere middelen


@dataclass(frozen=True, kw_only=True)
class PilotPlan:
    """`project` is the work in which it is tried, where it is tried in one."""

    pilot: Code
    subject: str
    parties: tuple[MemberId, ...]
    project: ProjectId | None = None


@dataclass(frozen=True, kw_only=True)
class PilotStarted(Fact, PilotPlan):
    """Parties began to try something out (experiment, pilotproject)."""


@dataclass(frozen=True, kw_only=True)
class PilotResult:
    pilot: Code
    outcome: PilotOutcome
    lessons: str


@dataclass(frozen=True, kw_only=True)
class PilotEnded(Fact, PilotResult):
    """A pilot ended, with what was learned in it."""


@dataclass(frozen=True, kw_only=True)
class Resources:
    kind: ResourceKind
    description: str
    provided_by: MemberId
    amount: Euro | None = None


@dataclass(frozen=True, kw_only=True)
class ResourcesAllocated(Fact, Resources):
    """Means were given to the mission (allocatie van middelen, budgettaire ruimte)."""


@dataclass(frozen=True, kw_only=True)
class OldResources:
    """`amount` is what the old way of working loses."""

    kind: ResourceKind
    description: str
    withdrawn_by: MemberId
    amount: Euro | None = None


@dataclass(frozen=True, kw_only=True)
class ResourcesWithdrawn(Fact, OldResources):
    """Means were taken from the old way of working (lineaire praktijken)."""


@dataclass(frozen=True, kw_only=True)
class MarketCondition:
    measure: str
    taken_by: tuple[MemberId, ...]
    holds_from: date


@dataclass(frozen=True, kw_only=True)
class MarketConditionCreated(Fact, MarketCondition):
    """Something was done so that a market for the new way of working arises (marktcreatie)."""


@dataclass(frozen=True, kw_only=True)
class PhaseOut:
    practice: str
    measure: str
    taken_by: tuple[MemberId, ...]
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class PracticePhasedOut(Fact, PhaseOut):
    """It was settled that an old practice is no longer asked for (destabilisatie)."""


MarketFact = (
    PilotStarted
    | PilotEnded
    | ResourcesAllocated
    | ResourcesWithdrawn
    | MarketConditionCreated
    | PracticePhasedOut
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Market:
    pilots: frozenset[Code] = frozenset()
    ended: frozenset[Code] = frozenset()


def evolve(state: Market, fact: MarketFact) -> Market:
    match fact:
        case PilotStarted():
            return replace(state, pilots=state.pilots | {fact.pilot})
        case PilotEnded():
            return replace(state, ended=state.ended | {fact.pilot})
        case (
            ResourcesAllocated()
            | ResourcesWithdrawn()
            | MarketConditionCreated()
            | PracticePhasedOut()
        ):
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class StartPilot(Command, PilotPlan):
    pass


@dataclass(frozen=True, kw_only=True)
class EndPilot(Command, PilotResult):
    pass


@dataclass(frozen=True, kw_only=True)
class AllocateResources(Command, Resources):
    pass


@dataclass(frozen=True, kw_only=True)
class WithdrawResources(Command, OldResources):
    pass


@dataclass(frozen=True, kw_only=True)
class CreateMarketCondition(Command, MarketCondition):
    pass


@dataclass(frozen=True, kw_only=True)
class PhaseOutPractice(Command, PhaseOut):
    pass


MarketCommand = (
    StartPilot
    | EndPilot
    | AllocateResources
    | WithdrawResources
    | CreateMarketCondition
    | PhaseOutPractice
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Market, command: MarketCommand, moment: Moment) -> tuple[MarketFact, ...]:
    match command:
        case StartPilot():
            require_new(state.pilots, command.pilot, "pilot")
            return (stated(PilotStarted, command, moment),)
        case EndPilot():
            require_known(state.pilots, command.pilot, "pilot")
            require(
                command.pilot not in state.ended,
                "mission.pilot-ended",
                f"pilot {command.pilot} ended before; start the next under a code of its own",
                field="pilot",
            )
            return (stated(PilotEnded, command, moment),)
        case AllocateResources():
            require_amount(command.amount, field="amount")
            return (stated(ResourcesAllocated, command, moment),)
        case WithdrawResources():
            require_amount(command.amount, field="amount")
            return (stated(ResourcesWithdrawn, command, moment),)
        case CreateMarketCondition():
            return (stated(MarketConditionCreated, command, moment),)
        case PhaseOutPractice():
            return (stated(PracticePhasedOut, command, moment),)
        case _:
            assert_never(command)
