"""The nine functions (innovatiestappen) of a mission, in three groups.

They are gone through "in meer of mindere mate" and in no fixed order: any of them is assessed at
any time, and again and again, so nothing here asks which one came before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.terms import Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class FunctionGroup(StrEnum):
    PROBLEM_AND_SOLUTION = "problem-and-solution"  # bepalen van probleem en oplossing
    KNOWLEDGE = "knowledge"  # kennisontwikkeling en kennisverspreiding
    CONDITIONS = "conditions"  # creëren van de benodigde condities


class MissionFunction(StrEnum):
    PROBLEM_DIRECTION = "problem-direction"  # 1 richting van het probleem
    SOLUTION_DIRECTION = "solution-direction"  # 2 richting van de oplossing
    REFLEXIVITY = "reflexivity"  # 3 reflexiviteit
    ENTREPRENEURSHIP = "entrepreneurship"  # 4 ondernemersactiviteiten
    KNOWLEDGE_DEVELOPMENT = "knowledge-development"  # 5 kennisontwikkeling
    KNOWLEDGE_DIFFUSION = "knowledge-diffusion"  # 6 kennisverspreiding
    MARKET_CREATION = "market-creation"  # 7 marktcreatie en destabilisatie
    RESOURCE_ALLOCATION = "resource-allocation"  # 8 (re)allocatie van middelen
    LEGITIMACY = "legitimacy"  # 9 legitimiteit


GROUP_OF: Mapping[MissionFunction, FunctionGroup] = {
    MissionFunction.PROBLEM_DIRECTION: FunctionGroup.PROBLEM_AND_SOLUTION,
    MissionFunction.SOLUTION_DIRECTION: FunctionGroup.PROBLEM_AND_SOLUTION,
    MissionFunction.REFLEXIVITY: FunctionGroup.PROBLEM_AND_SOLUTION,
    MissionFunction.ENTREPRENEURSHIP: FunctionGroup.KNOWLEDGE,
    MissionFunction.KNOWLEDGE_DEVELOPMENT: FunctionGroup.KNOWLEDGE,
    MissionFunction.KNOWLEDGE_DIFFUSION: FunctionGroup.KNOWLEDGE,
    MissionFunction.MARKET_CREATION: FunctionGroup.CONDITIONS,
    MissionFunction.RESOURCE_ALLOCATION: FunctionGroup.CONDITIONS,
    MissionFunction.LEGITIMACY: FunctionGroup.CONDITIONS,
}
"""The group under which the source puts each function."""


class Degree(StrEnum):
    """To what extent (in hoeverre of in welke mate) a function is fulfilled."""

    NOT = "not"  # niet
    BARELY = "barely"  # nauwelijks
    PARTLY = "partly"  # deels
    LARGELY = "largely"  # grotendeels
    FULLY = "fully"  # geheel


@dataclass(frozen=True, kw_only=True)
class FunctionAssessment:
    """`evidence` says in words what the degree rests on; `url` is where that can be read."""

    function: MissionFunction
    degree: Degree
    evidence: str
    judged_by: tuple[MemberId, ...]
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class FunctionAssessed(Fact, FunctionAssessment):
    """Parties judged to what extent a function is fulfilled."""


FunctionFact = FunctionAssessed

# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AssessFunction(Command, FunctionAssessment):
    pass


FunctionCommand = AssessFunction

# --------------------------------------------------------------------------------------- decide


def decide(command: FunctionCommand, moment: Moment) -> tuple[FunctionFact, ...]:
    """Nothing is remembered between assessments, so none can be out of order."""
    return (stated(FunctionAssessed, command, moment),)
