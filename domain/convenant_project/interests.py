"""Who has influence on the procedure, what each of them declared, and what was done about it.

Aw 1.10b: a conflict of interest (belangenconflict) is prevented, seen and set right.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import (
    Command,
    Fact,
    MemberId,
    Moment,
    PersonRef,
    Sealed,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class ProjectRole(StrEnum):
    """Roles with influence on the outcome of an award procedure."""

    EVALUATOR = "evaluator"  # beoordelaar
    BUYER = "buyer"  # inkoper
    SECRETARY = "secretary"  # secretaris van de expertgroep
    ADVISER = "adviser"
    PROCESS_ADVISER = "process-adviser"  # procesadviseur
    MARKET_EXPERT = "market-expert"  # lid van de expertgroep namens de markt


@dataclass(frozen=True, kw_only=True)
class Assignment:
    person: PersonRef
    role: ProjectRole
    organisation: MemberId


@dataclass(frozen=True, kw_only=True)
class PersonAssigned(Fact, Assignment):
    """From now on this person has influence on the procedure."""


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """`interest`: the person has an interest that could sway the outcome; `detail` says which."""

    person: PersonRef
    interest: bool
    detail: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class DeclarationSigned(Fact, Declaration):
    """A declaration about interests (belangenverklaring, Aw 1.10b)."""


class InterestRemedy(StrEnum):
    RECUSAL = "recusal"  # terugtreden
    REPLACEMENT = "replacement"  # vervanging
    SCREENING = "screening"  # afscherming


@dataclass(frozen=True, kw_only=True)
class InterestMeasure:
    person: PersonRef
    remedy: InterestRemedy


@dataclass(frozen=True, kw_only=True)
class InterestHandled(Fact, InterestMeasure):
    """What was done about a declared interest."""


InterestFact = PersonAssigned | DeclarationSigned | InterestHandled


# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Interests:
    interested: frozenset[PersonRef] = frozenset()


def evolve(state: Interests, fact: InterestFact) -> Interests:
    match fact:
        case DeclarationSigned():
            if fact.interest:
                return replace(state, interested=state.interested | {fact.person})
            return state
        case PersonAssigned() | InterestHandled():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AssignPerson(Command, Assignment):
    pass


@dataclass(frozen=True, kw_only=True)
class SignDeclaration(Command, Declaration):
    pass


@dataclass(frozen=True, kw_only=True)
class HandleInterest(Command, InterestMeasure):
    pass


InterestCommand = AssignPerson | SignDeclaration | HandleInterest


# --------------------------------------------------------------------------------------- decide


def decide(state: Interests, command: InterestCommand, moment: Moment) -> tuple[InterestFact, ...]:
    match command:
        case AssignPerson():
            return (stated(PersonAssigned, command, moment),)
        case SignDeclaration():
            return (stated(DeclarationSigned, command, moment),)
        case HandleInterest():
            require(
                command.person in state.interested,
                "project.no-interest-declared",
                "this person declared no interest",
                field="person",
            )
            return (stated(InterestHandled, command, moment),)
        case _:
            assert_never(command)
