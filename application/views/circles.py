"""Which circles (kenniskringen) are there, and how are they doing?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import EVERYTHING, Key, Shelf, View, key, shelf
from domain.circle.convenant import ConvenantSigned
from domain.circle.founding import CircleClosed, CircleFounded, FacilitatorAppointed
from domain.circle.meetings import MeetingHeld, ReportPublished
from domain.circle.membership import MemberJoined, MemberLeft
from domain.circle.seats import SeatTaken, SeatVacated
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MemberId

Heard = (
    CircleFounded
    | FacilitatorAppointed
    | ConvenantSigned
    | MemberJoined
    | MemberLeft
    | SeatTaken
    | SeatVacated
    | MeetingHeld
    | ReportPublished
    | CircleClosed
)


@dataclass(frozen=True, kw_only=True)
class CircleRow:
    """`members`, `seats` and `meetings` are counts; who, where and when are views of their own.

    `without_report` are the meetings of which no report (verslag) was published yet.
    """

    circle: CircleId
    name: str
    authority: MemberId
    municipality_code: str
    region: str
    founded_at: Instant
    facilitator: MemberId | None = None
    convenant_signed_at: Instant | None = None
    members: int = 0
    seats: int = 0
    meetings: int = 0
    last_met_at: Instant | None = None
    without_report: tuple[Code, ...] = ()
    closed_at: Instant | None = None

    @property
    def reports(self) -> int:
        """How many meetings have a published report."""
        return self.meetings - len(self.without_report)


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (circle(CircleId(recorded.stream)),)


def on(row: CircleRow | None, recorded: Recorded[Heard]) -> CircleRow | None:
    fact = recorded.fact
    if isinstance(fact, CircleFounded):
        return CircleRow(
            circle=CircleId(recorded.stream),
            name=fact.name,
            authority=fact.authority,
            municipality_code=fact.municipality_code,
            region=fact.region,
            founded_at=fact.occurred_at,
        )
    if row is None:
        return None
    match fact:
        case FacilitatorAppointed():
            return replace(row, facilitator=fact.facilitator)
        case ConvenantSigned():
            return replace(row, convenant_signed_at=fact.occurred_at)
        case MemberJoined():
            return replace(row, members=row.members + 1)
        case MemberLeft():
            return replace(row, members=row.members - 1)
        case SeatTaken():
            return replace(row, seats=row.seats + 1)
        case SeatVacated():
            return replace(row, seats=row.seats - 1)
        case MeetingHeld():
            met = fact.occurred_at
            return replace(
                row,
                meetings=row.meetings + 1,
                last_met_at=met if row.last_met_at is None else max(met, row.last_met_at),
                without_report=(*row.without_report, fact.meeting),
            )
        case ReportPublished():
            waiting = tuple(each for each in row.without_report if each != fact.meeting)
            return replace(row, without_report=waiting)
        case CircleClosed():
            return replace(row, closed_at=fact.occurred_at)
        case _:
            assert_never(fact)


def shelves(row: CircleRow) -> tuple[Shelf, ...]:
    return EVERYTHING, of_authority(row.authority)


# ----------------------------------------------------------------------------------- how to ask


def circle(circle: CircleId) -> Key:
    return key(circle)


def of_authority(authority: MemberId) -> Shelf:
    return shelf("authority", authority)


view = View(
    name="circles", version=2, row=CircleRow, hears=Heard, keys=keys, on=on, shelves=shelves
)
