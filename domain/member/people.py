"""People: who acts for an organisation, in which role, and for how long."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import Command, Fact, Moment, PersonRef, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class PersonRole(StrEnum):
    """What a person does for the organisation, in or around a circle."""

    DIRECTOR = "director"  # directeur
    OPERATIONS_MANAGER = "operations-manager"  # operationeel directeur, bedrijfsvoering
    PROJECT_LEADER = "project-leader"  # projectleider
    WORK_PLANNER = "work-planner"  # werkvoorbereider
    SITE_MANAGER = "site-manager"  # uitvoerder
    SUPERVISOR = "supervisor"  # toezichthouder
    BUYER = "buyer"  # inkoper
    LEAD_BUYER = "lead-buyer"
    CITY_ENGINEER = "city-engineer"  # stadsingenieur
    BUDGET_HOLDER = "budget-holder"  # budgethouder
    ADVISER = "adviser"  # inhoudelijk adviseur
    PROCESS_ADVISER = "process-adviser"  # procesadviseur


@dataclass(frozen=True, kw_only=True)
class Introduction:
    person: PersonRef
    name: Sealed
    contact: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class PersonIntroduced(Fact, Introduction):
    """A person acts for this organisation; name and contact data can be forgotten."""


@dataclass(frozen=True, kw_only=True)
class Employment:
    person: PersonRef
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class EmploymentStated(Fact, Employment):
    """A person was employed here from `since`, until and including `until` where that is known."""


@dataclass(frozen=True, kw_only=True)
class RoleTerm:
    """From `since`, until and including `until`; that is absent while it goes on."""

    person: PersonRef
    role: PersonRole
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class PersonRoleStated(Fact, RoleTerm):
    """A person has, or had, a role for this organisation; the newest word on a role counts."""


PeopleFact = PersonIntroduced | EmploymentStated | PersonRoleStated

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class People:
    introduced: frozenset[PersonRef] = frozenset()


def evolve(state: People, fact: PeopleFact) -> People:
    match fact:
        case PersonIntroduced():
            return replace(state, introduced=state.introduced | {fact.person})
        case EmploymentStated() | PersonRoleStated():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class IntroducePerson(Command, Introduction):
    pass


@dataclass(frozen=True, kw_only=True)
class StateEmployment(Command, Employment):
    pass


@dataclass(frozen=True, kw_only=True)
class StatePersonRole(Command, RoleTerm):
    pass


PeopleCommand = IntroducePerson | StateEmployment | StatePersonRole

# --------------------------------------------------------------------------------------- decide


def decide(state: People, command: PeopleCommand, moment: Moment) -> tuple[PeopleFact, ...]:
    match command:
        case IntroducePerson():
            require(
                command.person not in state.introduced,
                "member.person-known",
                "this person was introduced before",
                field="person",
            )
            return (stated(PersonIntroduced, command, moment),)
        case StateEmployment():
            require(
                command.until is None or command.until >= command.since,
                "member.employment-ends-before-it-starts",
                "the last day lies before the first",
                field="until",
            )
            return (stated(EmploymentStated, command, moment),)
        case StatePersonRole():
            require(
                command.person in state.introduced,
                "member.unknown-person",
                "nobody introduced this person to the organisation; do that first",
                field="person",
            )
            require(
                command.until is None or command.until >= command.since,
                "member.role-ends-before-it-starts",
                "the last day lies before the first",
                field="until",
            )
            return (stated(PersonRoleStated, command, moment),)
        case _:
            assert_never(command)
