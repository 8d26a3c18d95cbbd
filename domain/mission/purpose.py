"""Purpose: the problem behind a mission, and the solutions that are kept side by side.

The first two of the nine functions look at this: whether the problem is stated and put in order of
priority, and whether there is more than one way to solve it (divergentie).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.mission.codes import require_known, require_new
from domain.terms import CircleId, Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class SolutionStanding(StrEnum):
    """What the parties do with a solution (oplossing) for now."""

    PURSUED = "pursued"  # uitgewerkt
    OPEN = "open"  # opengehouden
    SET_ASIDE = "set-aside"  # terzijde gelegd


class FeasibilityAspect(StrEnum):
    """What the market is asked before a bar is set: an ambition is discussed, not prescribed."""

    TECHNICAL_POSSIBILITY = "technical-possibility"  # technische mogelijkheden
    AVAILABILITY = "availability"  # beschikbaarheid
    AFFORDABILITY = "affordability"  # betaalbaarheid
    DEMANDS_ON_PEOPLE = "demands-on-people"  # eisen aan mensen
    DEMANDS_ON_PROCESSES = "demands-on-processes"  # eisen aan processen


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """`goal` is the state of affairs that the mission is to bring about (doelbeeld)."""

    title: str
    problem: str
    circle: CircleId
    goal: str | None = None


@dataclass(frozen=True, kw_only=True)
class MissionFounded(Fact, Purpose):
    """A mission was set up for a problem."""


@dataclass(frozen=True, kw_only=True)
class ProblemStatement:
    problem: Code
    statement: str
    stated_by: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class MissionProblemStated(Fact, ProblemStatement):
    """A problem of society (maatschappelijk probleem) behind the mission was put into words."""


@dataclass(frozen=True, kw_only=True)
class ProblemRanking:
    """`order` begins with what weighs most; a problem that is not in it has no priority yet."""

    order: tuple[Code, ...]
    reasons: str


@dataclass(frozen=True, kw_only=True)
class MissionProblemsRanked(Fact, ProblemRanking):
    """The problems were put in order of priority (prioritering), which may happen again."""


@dataclass(frozen=True, kw_only=True)
class SolutionIdea:
    """`answers` are the problems that it is a solution for."""

    solution: Code
    description: str
    answers: tuple[Code, ...]
    proposed_by: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class SolutionProposed(Fact, SolutionIdea):
    """A solution was put beside the others (oplossing)."""


@dataclass(frozen=True, kw_only=True)
class SolutionWeighing:
    solution: Code
    standing: SolutionStanding
    reasons: str


@dataclass(frozen=True, kw_only=True)
class SolutionWeighed(Fact, SolutionWeighing):
    """The parties said what they do with a solution, with their reasons."""


@dataclass(frozen=True, kw_only=True)
class FeasibilityAnalysis:
    """`url` is where the whole analysis can be read."""

    analysis: Code
    aspect: FeasibilityAspect
    conclusion: str
    analysed_by: tuple[MemberId, ...]
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class FeasibilityAnalysed(Fact, FeasibilityAnalysis):
    """It was looked into what can be done (analyse van beschikbaarheid en haalbaarheid)."""


PurposeFact = (
    MissionFounded
    | MissionProblemStated
    | MissionProblemsRanked
    | SolutionProposed
    | SolutionWeighed
    | FeasibilityAnalysed
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Aims:
    founded: bool = False
    problems: frozenset[Code] = frozenset()
    solutions: frozenset[Code] = frozenset()
    analyses: frozenset[Code] = frozenset()


def evolve(state: Aims, fact: PurposeFact) -> Aims:
    match fact:
        case MissionFounded():
            return replace(state, founded=True)
        case MissionProblemStated():
            return replace(state, problems=state.problems | {fact.problem})
        case SolutionProposed():
            return replace(state, solutions=state.solutions | {fact.solution})
        case FeasibilityAnalysed():
            return replace(state, analyses=state.analyses | {fact.analysis})
        case MissionProblemsRanked() | SolutionWeighed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class FoundMission(Command, Purpose):
    pass


@dataclass(frozen=True, kw_only=True)
class StateMissionProblem(Command, ProblemStatement):
    pass


@dataclass(frozen=True, kw_only=True)
class RankMissionProblems(Command, ProblemRanking):
    pass


@dataclass(frozen=True, kw_only=True)
class ProposeSolution(Command, SolutionIdea):
    pass


@dataclass(frozen=True, kw_only=True)
class WeighSolution(Command, SolutionWeighing):
    pass


@dataclass(frozen=True, kw_only=True)
class AnalyseFeasibility(Command, FeasibilityAnalysis):
    pass


PurposeCommand = (
    FoundMission
    | StateMissionProblem
    | RankMissionProblems
    | ProposeSolution
    | WeighSolution
    | AnalyseFeasibility
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Aims, command: PurposeCommand, moment: Moment) -> tuple[PurposeFact, ...]:
    match command:
        case FoundMission():
            require(not state.founded, "mission.known", "this mission was founded before")
            return (stated(MissionFounded, command, moment),)
        case StateMissionProblem():
            require_new(state.problems, command.problem, "problem")
            return (stated(MissionProblemStated, command, moment),)
        case RankMissionProblems():
            for each in command.order:
                require_known(state.problems, each, "problem", field="order")
            require(
                len(set(command.order)) == len(command.order),
                "mission.ranked-twice",
                "a problem has one place in the order; name each once",
                field="order",
            )
            return (stated(MissionProblemsRanked, command, moment),)
        case ProposeSolution():
            require_new(state.solutions, command.solution, "solution")
            for each in command.answers:
                require_known(state.problems, each, "problem", field="answers")
            return (stated(SolutionProposed, command, moment),)
        case WeighSolution():
            require_known(state.solutions, command.solution, "solution")
            return (stated(SolutionWeighed, command, moment),)
        case AnalyseFeasibility():
            require_new(state.analyses, command.analysis, "analysis")
            return (stated(FeasibilityAnalysed, command, moment),)
        case _:
            assert_never(command)
