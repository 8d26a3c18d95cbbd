"""Practice: what an organisation can do, did before, shares with others, and where it has a stake.

Works in a municipality are the single entry condition of a circle (CIR-11). Members use each
other's competence and capacity, and share resources. An interest in a project may name people and
is sealed; that there is a conflict is not.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require, require_form
from domain.municipalities import require_municipality
from domain.terms import (
    CODE,
    Code,
    Command,
    Fact,
    MemberId,
    Moment,
    ProjectId,
    Sealed,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class SharedResourceKind(StrEnum):
    EQUIPMENT = "equipment"  # materieel
    CHARGING = "charging"  # laadvoorziening
    DEPOT = "depot"  # opslag, hub voor hergebruik
    PEOPLE = "people"  # vakmensen
    KNOWLEDGE = "knowledge"  # kennis
    SPACE = "space"  # ruimte, locatie
    SYSTEM = "system"  # digitaal systeem


@dataclass(frozen=True, kw_only=True)
class WorkReference:
    work: str
    municipality_code: str
    completed_on: date


@dataclass(frozen=True, kw_only=True)
class WorkReferenced(Fact, WorkReference):
    """Evidence of a work in a municipality: the single entry condition of a circle (CIR-11)."""


@dataclass(frozen=True, kw_only=True)
class Qualification:
    kind_of_work: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class QualificationStated(Fact, Qualification):
    """The organisation is known to be fit for a kind of work, in a circle or not (PRC-11)."""


@dataclass(frozen=True, kw_only=True)
class Competence:
    """`evidence`: a certificate, a work, who vouches for it."""

    subject: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class CompetenceStated(Fact, Competence):
    """The organisation is good at something that others can use (competentie)."""


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """`people`: how many full-time, from `since` until and including `until`."""

    kind_of_work: str
    people: int
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class CapacityStated(Fact, Capacity):
    """How many people the organisation has for a kind of work in a period (capaciteit)."""


@dataclass(frozen=True, kw_only=True)
class SharedResource:
    """`shared_with`: these only; everybody in the circle where it is empty."""

    resource: Code
    kind: SharedResourceKind
    title: str
    terms: str
    shared_with: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResourceShared(Fact, SharedResource):
    """Others may use something of this organisation (gedeelde hulpbron)."""


@dataclass(frozen=True, kw_only=True)
class ResourceEnd:
    resource: Code
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResourceWithdrawn(Fact, ResourceEnd):
    """What was shared is shared no longer."""


@dataclass(frozen=True, kw_only=True)
class ProjectInterest:
    """`conflict`: the interest clashes with that of the project."""

    project: ProjectId
    interest: Sealed
    conflict: bool


@dataclass(frozen=True, kw_only=True)
class InterestDeclared(Fact, ProjectInterest):
    """The organisation said which interest it has in a project; the newest word counts."""


PracticeFact = (
    WorkReferenced
    | QualificationStated
    | CompetenceStated
    | CapacityStated
    | ResourceShared
    | ResourceWithdrawn
    | InterestDeclared
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Practice:
    resources: frozenset[Code] = frozenset()
    withdrawn: frozenset[Code] = frozenset()


def evolve(state: Practice, fact: PracticeFact) -> Practice:
    match fact:
        case ResourceShared():
            return replace(state, resources=state.resources | {fact.resource})
        case ResourceWithdrawn():
            return replace(state, withdrawn=state.withdrawn | {fact.resource})
        case (
            WorkReferenced()
            | QualificationStated()
            | CompetenceStated()
            | CapacityStated()
            | InterestDeclared()
        ):
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class ReferenceWork(Command, WorkReference):
    pass


@dataclass(frozen=True, kw_only=True)
class StateQualification(Command, Qualification):
    pass


@dataclass(frozen=True, kw_only=True)
class StateCompetence(Command, Competence):
    pass


@dataclass(frozen=True, kw_only=True)
class StateCapacity(Command, Capacity):
    pass


@dataclass(frozen=True, kw_only=True)
class ShareResource(Command, SharedResource):
    pass


@dataclass(frozen=True, kw_only=True)
class WithdrawResource(Command, ResourceEnd):
    pass


@dataclass(frozen=True, kw_only=True)
class DeclareInterest(Command, ProjectInterest):
    pass


PracticeCommand = (
    ReferenceWork
    | StateQualification
    | StateCompetence
    | StateCapacity
    | ShareResource
    | WithdrawResource
    | DeclareInterest
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Practice, command: PracticeCommand, moment: Moment) -> tuple[PracticeFact, ...]:
    match command:
        case ReferenceWork():
            require_municipality(
                command.municipality_code,
                command.completed_on,
                malformed="member.municipality-code",
            )
            return (stated(WorkReferenced, command, moment),)
        case StateQualification():
            return (stated(QualificationStated, command, moment),)
        case StateCompetence():
            return (stated(CompetenceStated, command, moment),)
        case StateCapacity():
            require(
                command.people >= 0,
                "member.capacity",
                "a number of people is 0 or more",
                field="people",
            )
            require(
                command.until >= command.since,
                "member.capacity-ends-before-it-starts",
                "the last day lies before the first",
                field="until",
            )
            return (stated(CapacityStated, command, moment),)
        case ShareResource():
            _require_new_resource(state, command.resource)
            return (stated(ResourceShared, command, moment),)
        case WithdrawResource():
            require(
                command.resource in state.resources - state.withdrawn,
                "member.resource-not-shared",
                "this organisation shares nothing under that code",
                field="resource",
            )
            return (stated(ResourceWithdrawn, command, moment),)
        case DeclareInterest():
            return (stated(InterestDeclared, command, moment),)
        case _:
            assert_never(command)


def _require_new_resource(state: Practice, resource: Code) -> None:
    require_form(
        resource,
        CODE,
        "member.resource-code",
        "is not a code; use letters, digits, dots and hyphens",
        field="resource",
    )
    require(
        resource not in state.resources,
        "member.resource-known",
        f"the code {resource} is in use; choose another",
        field="resource",
    )
