"""When did a circle meet, about what, and where can everybody read the report (verslag)?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.circle.meetings import (
    AgendaItem,
    Attendance,
    MeetingHeld,
    ReportPublished,
    SensitiveTalkNoted,
)
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, ProjectId

Heard = MeetingHeld | ReportPublished | SensitiveTalkNoted


@dataclass(frozen=True, kw_only=True)
class PublishedReport:
    """The newest report; `first_published_at` is from when there was any."""

    url: str
    projects: tuple[ProjectId, ...]
    published_at: Instant
    first_published_at: Instant


@dataclass(frozen=True, kw_only=True)
class CircleMeetingRow:
    """`sensitive_talks` counts the notes that a meeting touched on what may not be discussed."""

    circle: CircleId
    meeting: Code
    held_at: Instant
    agenda: tuple[AgendaItem, ...]
    attendance: tuple[Attendance, ...]
    competition_statement: bool
    report: PublishedReport | None = None
    sensitive_talks: int = 0


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (meeting_of(CircleId(recorded.stream), recorded.fact.meeting),)


def on(row: CircleMeetingRow | None, recorded: Recorded[Heard]) -> CircleMeetingRow | None:
    fact = recorded.fact
    if isinstance(fact, MeetingHeld):
        return CircleMeetingRow(
            circle=CircleId(recorded.stream),
            meeting=fact.meeting,
            held_at=fact.occurred_at,
            agenda=fact.agenda,
            attendance=fact.attendance,
            competition_statement=fact.competition_statement,
        )
    if row is None:
        return None
    match fact:
        case ReportPublished():
            earlier = row.report.first_published_at if row.report else fact.occurred_at
            report = PublishedReport(
                url=fact.url,
                projects=fact.projects,
                published_at=fact.occurred_at,
                first_published_at=min(earlier, fact.occurred_at),
            )
            return replace(row, report=report)
        case SensitiveTalkNoted():
            return replace(row, sensitive_talks=row.sensitive_talks + 1)
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def meeting_of(circle: CircleId, meeting: Code) -> Key:
    return key(circle, meeting)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


view = View(
    name="circle-meetings",
    version=1,
    row=CircleMeetingRow,
    hears=Heard,
    keys=keys,
    on=on,
)
