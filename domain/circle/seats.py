"""Who sits in a circle (zetels): seats by side and role, rotation, advisers on call, option seats.

The market chooses itself who sits for it. A seat is handed over by rotation (roulatie) as two
facts, since the one who left and the one who came each have their own history.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_known, require_new
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


class SeatChooser(StrEnum):
    """Who decided who sits for a side; the source leaves it to the market itself."""

    MARKET = "market"  # de markt zelf
    MUNICIPALITY = "municipality"  # de gemeente
    TOGETHER = "together"  # samen


class SeatEndGround(StrEnum):
    ROTATION = "rotation"  # roulatie
    STOPPED = "stopped"  # de organisatie stopte
    CHANGED_POST = "changed-post"  # de persoon kreeg ander werk
    OTHER = "other"


class Expertise(StrEnum):
    """What an adviser on call (inhoudelijk adviseur op afroep) is asked about."""

    CLIMATE = "climate"  # klimaatadviseur
    ICT = "ict"
    TRAFFIC_SAFETY = "traffic-safety"  # verkeersveiligheid
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class SeatChoice:
    """`members` are the firms that were chosen; `method` says how, such as a vote among them."""

    members: tuple[MemberId, ...]
    chosen_by: SeatChooser
    method: str


@dataclass(frozen=True, kw_only=True)
class SeatHoldersChosen(Fact, SeatChoice):
    """It was settled which firms sit for the market."""


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
    ground: SeatEndGround | None = None


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


@dataclass(frozen=True, kw_only=True)
class Adviser:
    adviser: Code
    member: MemberId
    person: PersonRef
    expertise: Expertise


@dataclass(frozen=True, kw_only=True)
class AdviserListed(Fact, Adviser):
    """An adviser may be called in, without a seat of their own."""


@dataclass(frozen=True, kw_only=True)
class AdviserCall:
    adviser: Code
    question: str


@dataclass(frozen=True, kw_only=True)
class AdviserCalled(Fact, AdviserCall):
    """An adviser was called in for a question."""


@dataclass(frozen=True, kw_only=True)
class AdviserEnd:
    adviser: Code


@dataclass(frozen=True, kw_only=True)
class AdviserReleased(Fact, AdviserEnd):
    """The adviser is no longer on call."""


@dataclass(frozen=True, kw_only=True)
class OptionSeat:
    """`member` is another client of works in the city, such as a port authority or a water company."""

    seat: Code
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class OptionSeatOffered(Fact, OptionSeat):
    """Another client may take this seat when it wants to."""


@dataclass(frozen=True, kw_only=True)
class OptionSeatEnd:
    seat: Code


@dataclass(frozen=True, kw_only=True)
class OptionSeatWithdrawn(Fact, OptionSeatEnd):
    """The offer of a seat was taken back."""


SeatingFact = (
    SeatHoldersChosen
    | SeatTaken
    | SeatVacated
    | RotationScheduled
    | AdviserListed
    | AdviserCalled
    | AdviserReleased
    | OptionSeatOffered
    | OptionSeatWithdrawn
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Seating:
    taken: frozenset[Code] = frozenset()
    advisers: frozenset[Code] = frozenset()
    options: frozenset[Code] = frozenset()


def evolve(state: Seating, fact: SeatingFact) -> Seating:
    match fact:
        case SeatTaken():
            return replace(
                state, taken=state.taken | {fact.seat}, options=state.options - {fact.seat}
            )
        case SeatVacated():
            return replace(state, taken=state.taken - {fact.seat})
        case AdviserListed():
            return replace(state, advisers=state.advisers | {fact.adviser})
        case AdviserReleased():
            return replace(state, advisers=state.advisers - {fact.adviser})
        case OptionSeatOffered():
            return replace(state, options=state.options | {fact.seat})
        case OptionSeatWithdrawn():
            return replace(state, options=state.options - {fact.seat})
        case RotationScheduled() | SeatHoldersChosen() | AdviserCalled():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class ChooseSeatHolders(Command, SeatChoice):
    pass


@dataclass(frozen=True, kw_only=True)
class TakeSeat(Command, Seat):
    pass


@dataclass(frozen=True, kw_only=True)
class VacateSeat(Command, SeatEnd):
    pass


@dataclass(frozen=True, kw_only=True)
class RotateSeat(Command, Seat):
    pass


@dataclass(frozen=True, kw_only=True)
class ScheduleRotation(Command, RotationPlan):
    pass


@dataclass(frozen=True, kw_only=True)
class ListAdviser(Command, Adviser):
    pass


@dataclass(frozen=True, kw_only=True)
class CallAdviser(Command, AdviserCall):
    pass


@dataclass(frozen=True, kw_only=True)
class ReleaseAdviser(Command, AdviserEnd):
    pass


@dataclass(frozen=True, kw_only=True)
class OfferOptionSeat(Command, OptionSeat):
    pass


@dataclass(frozen=True, kw_only=True)
class WithdrawOptionSeat(Command, OptionSeatEnd):
    pass


SeatingCommand = (
    ChooseSeatHolders
    | TakeSeat
    | VacateSeat
    | RotateSeat
    | ScheduleRotation
    | ListAdviser
    | CallAdviser
    | ReleaseAdviser
    | OfferOptionSeat
    | WithdrawOptionSeat
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Seating, command: SeatingCommand, moment: Moment) -> tuple[SeatingFact, ...]:
    match command:
        case TakeSeat():
            require_new(state.taken, command.seat, "seat")
            return (stated(SeatTaken, command, moment),)
        case VacateSeat():
            _require_taken(state, command.seat)
            return (stated(SeatVacated, command, moment),)
        case RotateSeat():
            _require_taken(state, command.seat)
            return (
                stated(SeatVacated, command, moment, ground=SeatEndGround.ROTATION),
                stated(SeatTaken, command, moment),
            )
        case ChooseSeatHolders():
            require(
                len(command.members) > 0,
                "circle.nobody-chosen",
                "name the firms that were chosen",
                field="members",
            )
            return (stated(SeatHoldersChosen, command, moment),)
        case ListAdviser():
            require_new(state.advisers, command.adviser, "adviser")
            return (stated(AdviserListed, command, moment),)
        case CallAdviser():
            require_known(state.advisers, command.adviser, "adviser")
            return (stated(AdviserCalled, command, moment),)
        case ReleaseAdviser():
            require_known(state.advisers, command.adviser, "adviser")
            return (stated(AdviserReleased, command, moment),)
        case OfferOptionSeat():
            require_new(state.options | state.taken, command.seat, "seat")
            return (stated(OptionSeatOffered, command, moment),)
        case WithdrawOptionSeat():
            require(
                command.seat in state.options,
                "circle.unknown-option-seat",
                "this seat is offered to nobody",
                field="seat",
            )
            return (stated(OptionSeatWithdrawn, command, moment),)
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


def _require_taken(state: Seating, seat: Code) -> None:
    require(seat in state.taken, "circle.unknown-seat", "nobody holds this seat", field="seat")
