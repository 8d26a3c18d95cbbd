"""What a circle sets out to do better (verbeteragenda, leeragenda), by whom, before when.

An action answers three questions: who wants it, who does it, who supports it. Its conditions say
what it takes to be feasible and scalable; a small win is a step that was taken.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_known, require_new
from domain.circle.topics import TopicKind
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class ActionAgenda(StrEnum):
    IMPROVEMENT = "improvement"  # verbeteragenda
    LEARNING = "learning"  # leeragenda


class ResultKind(StrEnum):
    LEARNING = "learning"  # geleerde, learning result
    PRODUCT = "product"
    MATERIAL = "material"  # materiaal
    SERVICE = "service"  # dienst
    PROCESS = "process"  # werkwijze


class ConditionKind(StrEnum):
    """What an entrepreneur says that it takes."""

    MONEY = "money"  # geld
    MEANS = "means"  # middelen
    TIME = "time"  # tijd
    INVESTMENT = "investment"  # investering


@dataclass(frozen=True, kw_only=True)
class Improvement:
    """`wanted_by`, `owner`, `supporters`: who wants it, who does it, who supports it."""

    improvement: Code
    agenda: ActionAgenda
    kind: TopicKind
    title: str
    owner: MemberId
    due_on: date
    supporters: tuple[MemberId, ...]
    wanted_by: MemberId | None = None
    topic: Code | None = None
    complaint: Code | None = None


@dataclass(frozen=True, kw_only=True)
class ImprovementPlanned(Fact, Improvement):
    """An action came on the agenda (verbeteractie)."""


@dataclass(frozen=True, kw_only=True)
class ImprovementMove:
    improvement: Code
    due_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ImprovementMoved(Fact, ImprovementMove):
    """An action is due on another day."""


@dataclass(frozen=True, kw_only=True)
class ImprovementResult:
    improvement: Code
    kind: ResultKind
    result: str


@dataclass(frozen=True, kw_only=True)
class ImprovementDone(Fact, ImprovementResult):
    """An action is done; this is what came of it."""


@dataclass(frozen=True, kw_only=True)
class ImprovementDrop:
    improvement: Code
    reason: str


@dataclass(frozen=True, kw_only=True)
class ImprovementDropped(Fact, ImprovementDrop):
    """Nobody will do this action."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    condition: Code
    improvement: Code
    kind: ConditionKind
    member: MemberId
    text: str


@dataclass(frozen=True, kw_only=True)
class ConditionNamed(Fact, Condition):
    """A member said what an action takes (conditie)."""


@dataclass(frozen=True, kw_only=True)
class SmallWin:
    win: Code
    title: str
    improvement: Code | None = None


@dataclass(frozen=True, kw_only=True)
class SmallWinNoted(Fact, SmallWin):
    """A small step was taken (small win)."""


ImprovementFact = (
    ImprovementPlanned
    | ImprovementMoved
    | ImprovementDone
    | ImprovementDropped
    | ConditionNamed
    | SmallWinNoted
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Improvements:
    planned: frozenset[Code] = frozenset()
    ended: frozenset[Code] = frozenset()
    conditions: frozenset[Code] = frozenset()
    wins: frozenset[Code] = frozenset()


def evolve(state: Improvements, fact: ImprovementFact) -> Improvements:
    match fact:
        case ImprovementPlanned():
            return replace(state, planned=state.planned | {fact.improvement})
        case ImprovementDone() | ImprovementDropped():
            return replace(state, ended=state.ended | {fact.improvement})
        case ConditionNamed():
            return replace(state, conditions=state.conditions | {fact.condition})
        case SmallWinNoted():
            return replace(state, wins=state.wins | {fact.win})
        case ImprovementMoved():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class PlanImprovement(Command, Improvement):
    pass


@dataclass(frozen=True, kw_only=True)
class MoveImprovement(Command, ImprovementMove):
    pass


@dataclass(frozen=True, kw_only=True)
class FinishImprovement(Command, ImprovementResult):
    pass


@dataclass(frozen=True, kw_only=True)
class DropImprovement(Command, ImprovementDrop):
    pass


@dataclass(frozen=True, kw_only=True)
class NameCondition(Command, Condition):
    pass


@dataclass(frozen=True, kw_only=True)
class NoteSmallWin(Command, SmallWin):
    pass


ImprovementCommand = (
    PlanImprovement
    | MoveImprovement
    | FinishImprovement
    | DropImprovement
    | NameCondition
    | NoteSmallWin
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Improvements,
    command: ImprovementCommand,
    moment: Moment,
    *,
    topics: frozenset[Code],
    complaints: frozenset[Code],
) -> tuple[ImprovementFact, ...]:
    match command:
        case PlanImprovement():
            require_new(state.planned, command.improvement, "improvement")
            if command.topic is not None:
                require_known(topics, command.topic, "topic")
            if command.complaint is not None:
                require_known(complaints, command.complaint, "complaint")
            return (stated(ImprovementPlanned, command, moment),)
        case MoveImprovement():
            _require_open(state, command.improvement)
            return (stated(ImprovementMoved, command, moment),)
        case FinishImprovement():
            _require_open(state, command.improvement)
            return (stated(ImprovementDone, command, moment),)
        case DropImprovement():
            _require_open(state, command.improvement)
            return (stated(ImprovementDropped, command, moment),)
        case NameCondition():
            require_known(state.planned, command.improvement, "improvement")
            require_new(state.conditions, command.condition, "condition")
            return (stated(ConditionNamed, command, moment),)
        case NoteSmallWin():
            require_new(state.wins, command.win, "win")
            if command.improvement is not None:
                require_known(state.planned, command.improvement, "improvement")
            return (stated(SmallWinNoted, command, moment),)
        case _:
            assert_never(command)


def _require_open(state: Improvements, improvement: Code) -> None:
    require_known(state.planned, improvement, "improvement")
    require(
        improvement not in state.ended,
        "circle.improvement-ended",
        "this action was done or dropped before; plan a new one",
        field="improvement",
    )
