"""Who sits in a circle (zetels): seats by side and role, and the rotation (roulatie)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, PersonRef, stated

# ---------------------------------------------------------------------------------------- facts


class Side(StrEnum):
    """Whose seat it is."""

    SME = "sme"  # mkb, directie
    MUNICIPAL = "municipal"  # gemeente
    ADVISER = "adviser"  # inhoudelijk adviseur op afroep
    OTHER_CLIENT = "other-client"  # andere opdrachtgever


class SeatRole(StrEnum):
    """What the holder of a seat is at home."""

    DIRECTOR = "director"  # directie
    OPERATIONAL_DIRECTOR = "operational-director"  # operationeel directeur
    CLIENT = "client"  # ambtelijk opdrachtgever, budgethouder
    OPERATIONS_MANAGER = "operations-manager"  # manager bedrijfsvoering
    PROJECTS_LEAD = "projects-lead"  # teamleider projecten
    SUPPORT_SERVICES = "support-services"  # ondersteunende dienstverlener, zoals inkoop
    ADVISER = "adviser"


@dataclass(frozen=True, kw_only=True)
class Seat:
    seat: Code
    side: Side
    member: MemberId
    person: PersonRef
    roles: tuple[SeatRole, ...]


@dataclass(frozen=True, kw_only=True)
class SeatTaken(Fact, Seat):
    """A person sits for an organisation (zetel)."""


@dataclass(frozen=True, kw_only=True)
class SeatEnd:
    seat: Code


@dataclass(frozen=True, kw_only=True)
class SeatVacated(Fact, SeatEnd):
    """The seat is free again, by rotation or otherwise."""


@dataclass(frozen=True, kw_only=True)
class RotationPlan:
    """`order` is who makes room first; the plan is reviewed every `review_months`."""

    order: tuple[MemberId, ...]
    review_months: int


@dataclass(frozen=True, kw_only=True)
class RotationScheduled(Fact, RotationPlan):
    """The rotation schedule (roulatieschema) as it holds from now on."""


SeatingFact = SeatTaken | SeatVacated | RotationScheduled

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Seating:
    taken: frozenset[Code] = frozenset()


def evolve(state: Seating, fact: SeatingFact) -> Seating:
    match fact:
        case SeatTaken():
            return replace(state, taken=state.taken | {fact.seat})
        case SeatVacated():
            return replace(state, taken=state.taken - {fact.seat})
        case RotationScheduled():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class TakeSeat(Command, Seat):
    pass


@dataclass(frozen=True, kw_only=True)
class VacateSeat(Command, SeatEnd):
    pass


@dataclass(frozen=True, kw_only=True)
class ScheduleRotation(Command, RotationPlan):
    pass


SeatingCommand = TakeSeat | VacateSeat | ScheduleRotation

# --------------------------------------------------------------------------------------- decide


def decide(state: Seating, command: SeatingCommand, moment: Moment) -> tuple[SeatingFact, ...]:
    match command:
        case TakeSeat():
            require_new(state.taken, command.seat, "seat")
            return (stated(SeatTaken, command, moment),)
        case VacateSeat():
            require(
                command.seat in state.taken,
                "circle.unknown-seat",
                "nobody holds this seat",
                field="seat",
            )
            return (stated(SeatVacated, command, moment),)
        case ScheduleRotation():
            require(
                command.review_months > 0,
                "circle.review-months",
                "a schedule is reviewed after at least one month",
                field="reviewMonths",
            )
            return (stated(RotationScheduled, command, moment),)
        case _:
            assert_never(command)
