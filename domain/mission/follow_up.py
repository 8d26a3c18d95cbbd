"""Follow-up: actions that follow from a mission, what is watched, and looking back at the line.

Two slips of the source are kept as they stand: "natura 2002", and an evaluation "ná 1-2" of which
nobody wrote the unit.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.mission.codes import require_known, require_new
from domain.mission.line import Treads, require_agreed
from domain.terms import Code, Command, Fact, MemberId, Moment, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class FollowUpKind(StrEnum):
    """The follow-up actions (gevolg-acties) that the source names, with "etc." behind them."""

    CHARGING_INFRASTRUCTURE = "charging-infrastructure"  # laadinfra
    CHARGING_HUB = "charging-hub"  # laad-hubs
    MATERIALS_HUB = "materials-hub"  # hubs voor depot en hergebruik van materialen
    NEXT_TREADS = "next-treads"  # vaststellen volgende tredes
    ENVIRONMENTAL_ZONES = "environmental-zones"  # betekenis van milieuzones
    NATURA_2002 = "natura-2002"  # zo in de bron; bedoeld is vermoedelijk Natura 2000
    OTHER = "other"


class FollowUpEnding(StrEnum):
    DONE = "done"  # gedaan
    DROPPED = "dropped"  # vervallen


class MonitoringMethod(StrEnum):
    """The tools that the source offers for steering in time (bijsturen)."""

    REFLEXIVE_MONITORING = "reflexive-monitoring"  # reflexieve monitoring
    IMPROVEMENT_AGENDA = "improvement-agenda"  # verbeteragenda
    SMALL_WINS = "small-wins"
    PROCESS_MONITORING = "process-monitoring"  # procesmonitoring


class TermUnit(StrEnum):
    """The unit of a term; the source leaves one out."""

    MONTHS = "months"
    YEARS = "years"
    UNSTATED = "unstated"


class LineAdvice(StrEnum):
    """What an evaluation says of the line (standlijn)."""

    RAISE = "raise"  # verhogen
    KEEP = "keep"  # handhaven
    LOWER = "lower"  # verlagen


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    action: Code
    kind: FollowUpKind
    description: str
    owner: MemberId | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MissionFollowUpAgreed(Fact, FollowUp):
    """An action that follows from the mission was agreed (gevolg-actie)."""


@dataclass(frozen=True, kw_only=True)
class FollowUpEnd:
    action: Code
    ending: FollowUpEnding
    result: str


@dataclass(frozen=True, kw_only=True)
class MissionFollowUpEnded(Fact, FollowUpEnd):
    """A follow-up action was done, or dropped."""


@dataclass(frozen=True, kw_only=True)
class IndicatorDefinition:
    """Whole numbers of `unit`; choose the unit so that they can be whole."""

    indicator: Code
    description: str
    unit: str
    baseline: int | None = None
    target: int | None = None
    target_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MissionIndicatorSet(Fact, IndicatorDefinition):
    """It was settled by what the ambition is measured (meetbaar maken)."""


@dataclass(frozen=True, kw_only=True)
class IndicatorReading:
    """`value` is in the unit of the indicator."""

    indicator: Code
    value: int
    measured_by: MemberId
    source: str


@dataclass(frozen=True, kw_only=True)
class MissionIndicatorMeasured(Fact, IndicatorReading):
    """An indicator was measured."""


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    """`reflections` may name people and are sealed; `adjusted` says what is done otherwise now."""

    method: MonitoringMethod
    took_part: tuple[MemberId, ...]
    adjusted: str | None = None
    reflections: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class MissionMonitored(Fact, Monitoring):
    """Firms, municipality or facilitator looked how the mission goes (monitoring)."""


@dataclass(frozen=True, kw_only=True)
class EvaluationTerm:
    """`wording` is kept as it was written, such as "ná 1-2 evaluatie".

    `at_least` and `at_most` are the numbers in it, in `unit`.
    """

    wording: str
    at_least: int
    at_most: int
    unit: TermUnit


@dataclass(frozen=True, kw_only=True)
class MissionEvaluationTermSet(Fact, EvaluationTerm):
    """It was settled after what time the line is evaluated."""


@dataclass(frozen=True, kw_only=True)
class LineEvaluation:
    evaluation: Code
    level: int
    conclusion: str
    advice: LineAdvice
    took_part: tuple[MemberId, ...]
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class MissionEvaluated(Fact, LineEvaluation):
    """The parties looked back at a line together, and said what becomes of it (evaluatie)."""


FollowUpFact = (
    MissionFollowUpAgreed
    | MissionFollowUpEnded
    | MissionIndicatorSet
    | MissionIndicatorMeasured
    | MissionMonitored
    | MissionEvaluationTermSet
    | MissionEvaluated
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class FollowUps:
    actions: frozenset[Code] = frozenset()
    ended: frozenset[Code] = frozenset()
    indicators: frozenset[Code] = frozenset()
    evaluations: frozenset[Code] = frozenset()


def evolve(state: FollowUps, fact: FollowUpFact) -> FollowUps:
    match fact:
        case MissionFollowUpAgreed():
            return replace(state, actions=state.actions | {fact.action})
        case MissionFollowUpEnded():
            return replace(state, ended=state.ended | {fact.action})
        case MissionIndicatorSet():
            return replace(state, indicators=state.indicators | {fact.indicator})
        case MissionEvaluated():
            return replace(state, evaluations=state.evaluations | {fact.evaluation})
        case MissionIndicatorMeasured() | MissionMonitored() | MissionEvaluationTermSet():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AgreeMissionFollowUp(Command, FollowUp):
    pass


@dataclass(frozen=True, kw_only=True)
class EndMissionFollowUp(Command, FollowUpEnd):
    pass


@dataclass(frozen=True, kw_only=True)
class SetMissionIndicator(Command, IndicatorDefinition):
    pass


@dataclass(frozen=True, kw_only=True)
class MeasureMissionIndicator(Command, IndicatorReading):
    pass


@dataclass(frozen=True, kw_only=True)
class MonitorMission(Command, Monitoring):
    pass


@dataclass(frozen=True, kw_only=True)
class SetMissionEvaluationTerm(Command, EvaluationTerm):
    pass


@dataclass(frozen=True, kw_only=True)
class EvaluateMission(Command, LineEvaluation):
    pass


FollowUpCommand = (
    AgreeMissionFollowUp
    | EndMissionFollowUp
    | SetMissionIndicator
    | MeasureMissionIndicator
    | MonitorMission
    | SetMissionEvaluationTerm
    | EvaluateMission
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: FollowUps, treads: Treads, command: FollowUpCommand, moment: Moment
) -> tuple[FollowUpFact, ...]:
    match command:
        case AgreeMissionFollowUp():
            require_new(state.actions, command.action, "action")
            return (stated(MissionFollowUpAgreed, command, moment),)
        case EndMissionFollowUp():
            require_known(state.actions, command.action, "action")
            require(
                command.action not in state.ended,
                "mission.action-ended",
                f"action {command.action} ended before; agree the next under its own code",
                field="action",
            )
            return (stated(MissionFollowUpEnded, command, moment),)
        case SetMissionIndicator():
            require_new(state.indicators, command.indicator, "indicator")
            return (stated(MissionIndicatorSet, command, moment),)
        case MeasureMissionIndicator():
            require_known(state.indicators, command.indicator, "indicator")
            return (stated(MissionIndicatorMeasured, command, moment),)
        case MonitorMission():
            return (stated(MissionMonitored, command, moment),)
        case SetMissionEvaluationTerm():
            require(
                0 <= command.at_least <= command.at_most,
                "mission.evaluation-term",
                "a term runs from its least to its most; write 1 and 2 for 1-2",
                field="atMost",
            )
            return (stated(MissionEvaluationTermSet, command, moment),)
        case EvaluateMission():
            require_new(state.evaluations, command.evaluation, "evaluation")
            require_agreed(treads, command.level)
            return (stated(MissionEvaluated, command, moment),)
        case _:
            assert_never(command)
