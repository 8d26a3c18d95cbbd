"""Who sits in a circle, since when, who makes room first, and who waits for a seat?

The row says what is; `application.circle_standing` holds it against the numbers of a day.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, View, key
from domain.circle.founding import CircleFounded
from domain.circle.membership import (
    EntryAnswered,
    EntryOutcome,
    EntryRequested,
    MemberJoined,
    MemberLeft,
)
from domain.circle.seats import (
    OptionSeatOffered,
    OptionSeatWithdrawn,
    RotationScheduled,
    SeatChooser,
    SeatHoldersChosen,
    SeatRole,
    SeatTaken,
    SeatVacated,
    Side,
)
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MemberId

Heard = (
    CircleFounded
    | SeatHoldersChosen
    | SeatTaken
    | SeatVacated
    | OptionSeatOffered
    | OptionSeatWithdrawn
    | RotationScheduled
    | EntryRequested
    | EntryAnswered
    | MemberJoined
    | MemberLeft
)


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A seat and who holds it. `since` is when the organisation first sat there without another.

    Another person for the same organisation, or a seat given up and taken again, is no rotation.
    """

    seat: Code
    side: Side
    member: MemberId
    roles: tuple[SeatRole, ...]
    since: Instant


@dataclass(frozen=True, kw_only=True)
class EntryWaiting:
    """Who asked to join; `waits` when it met the condition or was told to wait for a seat."""

    member: MemberId
    since: Instant
    waits: bool


@dataclass(frozen=True, kw_only=True)
class OptionOffer:
    seat: Code
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Who makes room first, and how often that is reviewed, in months."""

    order: tuple[MemberId, ...]
    review_months: int
    scheduled_at: Instant


@dataclass(frozen=True, kw_only=True)
class CircleCompositionRow:
    """`vacated` are seats that nobody holds, with who held them last.

    `chosen_by` is who last settled which firms sit for the market; None where nobody said.
    """

    circle: CircleId
    authority: MemberId
    seats: tuple[Holding, ...] = ()
    vacated: tuple[Holding, ...] = ()
    offers: tuple[OptionOffer, ...] = ()
    schedule: Schedule | None = None
    chosen_by: SeatChooser | None = None
    requests: tuple[EntryWaiting, ...] = ()

    @property
    def waiting(self) -> tuple[EntryWaiting, ...]:
        return tuple(each for each in self.requests if each.waits)


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (circle(CircleId(recorded.stream)),)


def on(row: CircleCompositionRow | None, recorded: Recorded[Heard]) -> CircleCompositionRow | None:
    fact = recorded.fact
    if isinstance(fact, CircleFounded):
        here = CircleId(recorded.stream)
        return row or CircleCompositionRow(circle=here, authority=fact.authority)
    if row is None:
        return None
    match fact:
        case SeatHoldersChosen():
            return replace(row, chosen_by=fact.chosen_by)
        case SeatTaken():
            return _asks_no_more(_taken(row, fact), fact.member)
        case SeatVacated():
            return _vacated(row, tuple(each for each in row.seats if each.seat == fact.seat))
        case MemberLeft():
            return _vacated(row, tuple(each for each in row.seats if each.member == fact.member))
        case OptionSeatOffered():
            offer = OptionOffer(seat=fact.seat, member=fact.member)
            return replace(row, offers=(*_without(row, fact.seat), offer))
        case OptionSeatWithdrawn():
            return replace(row, offers=_without(row, fact.seat))
        case RotationScheduled():
            schedule = Schedule(
                order=fact.order,
                review_months=fact.review_months,
                scheduled_at=fact.occurred_at,
            )
            return replace(row, schedule=schedule)
        case EntryRequested():
            asked = EntryWaiting(
                member=fact.member, since=fact.occurred_at, waits=fact.meets_condition
            )
            return replace(row, requests=(*row.requests, asked))
        case EntryAnswered():
            return _answered(row, fact)
        case MemberJoined():
            return _asks_no_more(row, fact.member)
        case _:
            assert_never(fact)


def _taken(row: CircleCompositionRow, fact: SeatTaken) -> CircleCompositionRow:
    before = [each for each in (*row.seats, *row.vacated) if each.seat == fact.seat]
    same = [each.since for each in before if each.member == fact.member]
    holding = Holding(
        seat=fact.seat,
        side=fact.side,
        member=fact.member,
        roles=fact.roles,
        since=min((*same, fact.occurred_at)),
    )
    return replace(
        row,
        offers=_without(row, fact.seat),
        seats=(*(each for each in row.seats if each.seat != fact.seat), holding),
        vacated=tuple(each for each in row.vacated if each.seat != fact.seat),
    )


def _vacated(row: CircleCompositionRow, ended: tuple[Holding, ...]) -> CircleCompositionRow:
    return replace(
        row,
        seats=tuple(each for each in row.seats if each not in ended),
        vacated=(*row.vacated, *ended),
    )


def _without(row: CircleCompositionRow, seat: Code) -> tuple[OptionOffer, ...]:
    return tuple(each for each in row.offers if each.seat != seat)


def _answered(row: CircleCompositionRow, fact: EntryAnswered) -> CircleCompositionRow:
    match fact.outcome:
        case EntryOutcome.REFUSED:
            return _asks_no_more(row, fact.member)
        case EntryOutcome.WAITING:
            told = tuple(
                replace(each, waits=True) if each.member == fact.member else each
                for each in row.requests
            )
            return replace(row, requests=told)
        case EntryOutcome.ADMITTED:
            return row
        case _:
            assert_never(fact.outcome)


def _asks_no_more(row: CircleCompositionRow, member: MemberId) -> CircleCompositionRow:
    return replace(row, requests=tuple(each for each in row.requests if each.member != member))


# ----------------------------------------------------------------------------------- how to ask


def circle(circle: CircleId) -> Key:
    return key(circle)


view = View(
    name="circle-composition",
    version=2,
    row=CircleCompositionRow,
    hears=Heard,
    keys=keys,
    on=on,
)
