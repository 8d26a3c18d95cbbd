"""Access: whom an authority lets into the record, in which role and where."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import CircleId, Command, Fact, Moment, PersonRef, stated

# ---------------------------------------------------------------------------------------- facts


class AccessRole(StrEnum):
    """What a person may do in the record; the access policy says what each allows."""

    AUDITOR = "auditor"
    OFFICER = "officer"  # ambtenaar die een project leidt
    FACILITATOR = "facilitator"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy-officer"  # privacyfunctionaris


@dataclass(frozen=True, kw_only=True)
class Grant:
    person: PersonRef
    role: AccessRole
    circle: CircleId | None = None


@dataclass(frozen=True, kw_only=True)
class AccessGranted(Fact, Grant):
    """A person may act in a role: in one circle, or in all of this authority where it is absent."""


@dataclass(frozen=True, kw_only=True)
class AccessWithdrawn(Fact, Grant):
    """The same grant ended."""


AccessFact = AccessGranted | AccessWithdrawn

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Grants:
    held: frozenset[tuple[PersonRef, AccessRole, CircleId | None]] = frozenset()


def evolve(state: Grants, fact: AccessFact) -> Grants:
    match fact:
        case AccessGranted():
            return replace(state, held=state.held | {(fact.person, fact.role, fact.circle)})
        case AccessWithdrawn():
            return replace(state, held=state.held - {(fact.person, fact.role, fact.circle)})
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class GrantAccess(Command, Grant):
    pass


@dataclass(frozen=True, kw_only=True)
class WithdrawAccess(Command, Grant):
    pass


AccessCommand = GrantAccess | WithdrawAccess

# --------------------------------------------------------------------------------------- decide


def decide(state: Grants, command: AccessCommand, moment: Moment) -> tuple[AccessFact, ...]:
    match command:
        case GrantAccess():
            if (command.person, command.role, command.circle) in state.held:
                return ()
            return (stated(AccessGranted, command, moment),)
        case WithdrawAccess():
            require(
                (command.person, command.role, command.circle) in state.held,
                "member.access-not-granted",
                "this person does not hold that role here",
                field="person",
            )
            return (stated(AccessWithdrawn, command, moment),)
        case _:
            assert_never(command)
