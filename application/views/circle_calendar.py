"""When does a circle meet, did it, and is the report (verslag) of it public yet?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.circle.meetings import (
    MeetingCalledOff,
    MeetingHeld,
    MeetingPlanned,
    ReportPublished,
)
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant

Heard = MeetingPlanned | MeetingCalledOff | MeetingHeld | ReportPublished


@dataclass(frozen=True, kw_only=True)
class CircleCalendarRow:
    """A meeting that was held without a plan has no `planned_on`.

    `published_at` is when any report of it first was public.
    """

    circle: CircleId
    meeting: Code
    planned_on: date | None = None
    place: str | None = None
    called_off_at: Instant | None = None
    called_off_because: str | None = None
    held_at: Instant | None = None
    published_at: Instant | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (meeting_of(CircleId(recorded.stream), recorded.fact.meeting),)


def on(row: CircleCalendarRow | None, recorded: Recorded[Heard]) -> CircleCalendarRow | None:
    fact = recorded.fact
    if isinstance(fact, MeetingPlanned | MeetingHeld):
        row = row or CircleCalendarRow(circle=CircleId(recorded.stream), meeting=fact.meeting)
    if row is None:
        return None
    match fact:
        case MeetingPlanned():
            return replace(
                row,
                planned_on=fact.planned_on,
                place=fact.place,
                called_off_at=None,
                called_off_because=None,
            )
        case MeetingCalledOff():
            return replace(row, called_off_at=fact.occurred_at, called_off_because=fact.reason)
        case MeetingHeld():
            return replace(row, held_at=fact.occurred_at)
        case ReportPublished():
            first = min(row.published_at or fact.occurred_at, fact.occurred_at)
            return replace(row, published_at=first)
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def meeting_of(circle: CircleId, meeting: Code) -> Key:
    return key(circle, meeting)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


view = View(name="circle-calendar", version=1, row=CircleCalendarRow, hears=Heard, keys=keys, on=on)
