"""Who sits where in a circle (zetels)? A seat is a row while somebody holds it."""

from dataclasses import dataclass
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key, shelf
from domain.circle.seats import SeatRole, SeatTaken, SeatVacated, Side
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MemberId, PersonRef

Heard = SeatTaken | SeatVacated


@dataclass(frozen=True, kw_only=True)
class CircleSeatRow:
    circle: CircleId
    seat: Code
    side: Side
    member: MemberId
    person: PersonRef
    roles: tuple[SeatRole, ...]
    since: Instant


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (seat_in(CircleId(recorded.stream), recorded.fact.seat),)


def on(_: CircleSeatRow | None, recorded: Recorded[Heard]) -> CircleSeatRow | None:
    fact = recorded.fact
    match fact:
        case SeatTaken():
            return CircleSeatRow(
                circle=CircleId(recorded.stream),
                seat=fact.seat,
                side=fact.side,
                member=fact.member,
                person=fact.person,
                roles=fact.roles,
                since=fact.occurred_at,
            )
        case SeatVacated():
            return None
        case _:
            assert_never(fact)


def shelves(row: CircleSeatRow) -> tuple[Shelf, ...]:
    return of_organisation(row.member), of_person(row.person)


# ----------------------------------------------------------------------------------- how to ask


def seat_in(circle: CircleId, seat: Code) -> Key:
    return key(circle, seat)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


def of_organisation(member: MemberId) -> Shelf:
    return shelf("organisation", member)


def of_person(person: PersonRef) -> Shelf:
    return shelf("person", person)


view = View(
    name="circle-seats",
    version=1,
    row=CircleSeatRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
