"""The stretch of a circle's life that a project's verdict is about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.circle.meetings import MeetingHeld
from domain.dossier import File, start_day
from domain.record import Recorded
from domain.rules.case import Case
from domain.rules.rule import Trigger
from domain.terms import Instant, Text, dutch_date

HEARD = Trigger(
    text=Text(
        nl="geen kenniskring heeft van dit project gehoord",
        en="no knowledge circle heard of this project",
    ),
    met=lambda case: bool(case.dossier.circles),
)


@dataclass(frozen=True, kw_only=True)
class Span:
    """From the project's first day, where it is known, to the last; both days included."""

    first: date | None
    last: date

    def holds(self, moment: Instant) -> bool:
        day = dutch_date(moment)
        return (self.first is None or self.first <= day) and day <= self.last


def span(case: Case) -> Span:
    return Span(first=start_day(case.dossier), last=dutch_date(case.judged_at))


def meetings(case: Case) -> tuple[tuple[File[Any], Recorded[MeetingHeld]], ...]:
    """Every meeting in the span, with the circle that held it, in the order of happening."""
    within = span(case)
    found = [
        (file, met)
        for file in case.dossier.circles.values()
        for met in file.of(MeetingHeld)
        if within.holds(met.occurred_at)
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].occurred_at, pair[1].position)))
