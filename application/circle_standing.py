"""How a circle stands on a day against the numbers that were meant for it.

Composition (seats by side, roles, rotation) and the calendar (reports that are overdue) are views;
here they are held against the dated parameters, which the circle's authority may have adopted. The
same row, numbers and day always give the same answer. Nothing here is a verdict: the rules judge a
project, this tells a secretary what to do next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from application.ports import Ledger
from application.views.circle_calendar import CircleCalendarRow
from application.views.circle_composition import CircleCompositionRow, EntryWaiting, Holding
from domain.circle.seats import SeatChooser, SeatRole, Side
from domain.law.calendar import add_months, add_working_days
from domain.law.coverage import NotCovered
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import Parameters, parameters_in_force, recorded_adoptions
from domain.terms import CircleId, Code, Instant, MemberId, dutch_date

MUNICIPAL_ROLES = (
    SeatRole.OPERATIONAL_DIRECTOR,
    SeatRole.CLIENT,
    SeatRole.OPERATIONS_MANAGER,
    SeatRole.PROJECTS_LEAD,
    SeatRole.SUPPORT_SERVICES,
)
"""The five roles that the municipal seats together cover; one person may cover two."""


async def parameters_of(ledger: Ledger, authority: MemberId, *, position: int) -> Parameters:
    """The numbers as the authority had adopted them by `position`."""
    return parameters_in_force(recorded_adoptions(await ledger.load(authority, up_to=position)))


# ------------------------------------------------------------------------------------ composition


@dataclass(frozen=True, kw_only=True)
class SeatCount:
    """How many seats of a side are taken, and how many are meant."""

    side: Side
    taken: int
    at_least: int
    at_most: int
    within: bool


@dataclass(frozen=True, kw_only=True)
class SeatStanding:
    """`rotates_on` is the last day before the seat is held too long; None for other sides.

    `makes_room`: it is held too long while a firm waits, so by the rule it is to be given up.
    """

    seat: Code
    side: Side
    member: MemberId
    roles: tuple[SeatRole, ...]
    since: Instant
    rotates_on: date | None
    makes_room: bool


@dataclass(frozen=True, kw_only=True)
class WaitingFirm:
    member: MemberId
    since: Instant


@dataclass(frozen=True, kw_only=True)
class CompositionStanding:
    """`next_to_go` are those who hold an SME seat, in the order of the rotation schedule.

    `schedule_review_on` is None where there is no schedule. `market_chose` is None where nobody
    said who chose. `not_directors` are SME seats whose holder is no director at home.
    """

    circle: CircleId
    judged_on: date
    counts: tuple[SeatCount, ...]
    seats: tuple[SeatStanding, ...]
    not_directors: tuple[Code, ...]
    roles_missing: tuple[SeatRole, ...]
    offered: tuple[Code, ...]
    market_chose: bool | None
    next_to_go: tuple[MemberId, ...]
    schedule_review_on: date | None
    waiting: tuple[WaitingFirm, ...]


def composition_on(
    row: CircleCompositionRow, parameters: Parameters, day: date
) -> CompositionStanding:
    """The seats of a circle against the numbers of `day`."""
    months = parameters.at(ParameterKey.SEAT_ROTATION, day).value
    waiting = row.waiting
    sme = [each for each in row.seats if each.side is Side.SME]
    municipal = [each for each in row.seats if each.side is Side.MUNICIPAL]
    covered = {role for each in municipal for role in each.roles}
    schedule = row.schedule
    sitting = {each.member for each in sme}
    return CompositionStanding(
        circle=row.circle,
        judged_on=day,
        counts=(
            _count(
                Side.SME,
                len(sme),
                parameters.at(ParameterKey.SME_SEATS_AT_LEAST, day).value,
                parameters.at(ParameterKey.SME_SEATS_AT_MOST, day).value,
            ),
            _count(
                Side.MUNICIPAL,
                len(municipal),
                parameters.at(ParameterKey.MUNICIPAL_SEATS_AT_LEAST, day).value,
                parameters.at(ParameterKey.MUNICIPAL_SEATS_AT_MOST, day).value,
            ),
        ),
        seats=tuple(
            _seat(each, months, day, waiting)
            for each in sorted(row.seats, key=lambda each: (each.side, each.seat))
        ),
        not_directors=tuple(
            sorted(each.seat for each in sme if SeatRole.DIRECTOR not in each.roles)
        ),
        roles_missing=tuple(role for role in MUNICIPAL_ROLES if role not in covered),
        offered=tuple(each.seat for each in row.offers),
        market_chose=None if row.chosen_by is None else row.chosen_by is SeatChooser.MARKET,
        next_to_go=()
        if schedule is None
        else tuple(each for each in schedule.order if each in sitting),
        schedule_review_on=None
        if schedule is None
        else add_months(dutch_date(schedule.scheduled_at), schedule.review_months),
        waiting=tuple(WaitingFirm(member=each.member, since=each.since) for each in waiting),
    )


def _count(side: Side, taken: int, at_least: int, at_most: int) -> SeatCount:
    return SeatCount(
        side=side,
        taken=taken,
        at_least=at_least,
        at_most=at_most,
        within=at_least <= taken <= at_most,
    )


def _seat(held: Holding, months: int, day: date, waiting: tuple[EntryWaiting, ...]) -> SeatStanding:
    last = add_months(dutch_date(held.since), months) if held.side is Side.SME else None
    return SeatStanding(
        seat=held.seat,
        side=held.side,
        member=held.member,
        roles=held.roles,
        since=held.since,
        rotates_on=last,
        makes_room=last is not None and last < day and len(waiting) > 0,
    )


# --------------------------------------------------------------------------------------- calendar


@dataclass(frozen=True, kw_only=True)
class MeetingStanding:
    """`report_due_on` is None before the meeting, and where the calendar of that year is unknown.

    `overdue`: the report is not public though the day has passed.
    """

    meeting: Code
    planned_on: date | None
    place: str | None
    called_off_at: Instant | None
    held_at: Instant | None
    report_due_on: date | None
    published_at: Instant | None
    overdue: bool


def calendar_on(
    rows: Iterable[CircleCalendarRow], parameters: Parameters, day: date
) -> tuple[MeetingStanding, ...]:
    """The meetings of a circle, with the reports that are overdue on `day`."""
    return tuple(_meeting(row, parameters, day) for row in rows)


def _meeting(row: CircleCalendarRow, parameters: Parameters, day: date) -> MeetingStanding:
    due = None if row.held_at is None else _report_due(dutch_date(row.held_at), parameters)
    return MeetingStanding(
        meeting=row.meeting,
        planned_on=row.planned_on,
        place=row.place,
        called_off_at=row.called_off_at,
        held_at=row.held_at,
        report_due_on=due,
        published_at=row.published_at,
        overdue=row.published_at is None and due is not None and due < day,
    )


def _report_due(held: date, parameters: Parameters) -> date | None:
    try:
        within = parameters.at(ParameterKey.REPORT_PUBLICATION, held).value
        return add_working_days(held, within)
    except NotCovered:
        return None
