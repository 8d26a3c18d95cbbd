"""The page of one circle: its members, meetings and reports, as far as the reader may know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.pages.project import Moment, timeline
from api.pages.texts import said
from application.sentences.names import Names
from domain.circle.founding import CircleFounded
from domain.circle.meetings import MeetingHeld, ReportPublished
from domain.circle.membership import MemberJoined, MemberLeft
from domain.dossier import File
from domain.record import Recorded
from domain.rules import wording
from domain.terms import Code, Instant, Language, dutch_date


@dataclass(frozen=True, kw_only=True)
class MeetingRow:
    """`held` and `reported` are days in words; None where the reader may not know, or it is not."""

    code: Code
    held: str | None
    reported: str | None
    url: str | None


@dataclass(frozen=True, kw_only=True)
class CirclePage:
    name: str
    authority: str
    region: str
    members: tuple[tuple[UUID, str, str], ...]
    """Id, name, and since when."""
    meetings: tuple[MeetingRow, ...]
    timeline: tuple[Moment, ...]


def circle_page(recorded: Sequence[Recorded[Any]], names: Names, language: Language) -> CirclePage:
    """The circle as these facts tell it; the first of them founded it."""
    file = File(tuple(recorded))
    founded = file.of(CircleFounded)[0].fact

    def on(instant: Instant) -> str:
        return said(wording.day(dutch_date(instant)), language)

    events = sorted(recorded, key=lambda each: (each.occurred_at, each.position))
    return CirclePage(
        name=founded.name,
        authority=names(founded.authority),
        region=founded.region,
        members=tuple(
            sorted(
                ((member, names(member), on(since)) for member, since in _inside(file).items()),
                key=lambda each: each[1],
            )
        ),
        meetings=tuple(_meetings(file, language)),
        timeline=timeline(events, names, language),
    )


def _inside(file: File[Any]) -> dict[Any, Instant]:
    moves: list[Recorded[MemberJoined | MemberLeft]] = [
        *file.of(MemberJoined),
        *file.of(MemberLeft),
    ]
    inside: dict[Any, Instant] = {}
    for move in sorted(moves, key=lambda each: (each.occurred_at, each.position)):
        if isinstance(move.fact, MemberJoined):
            inside[move.fact.member] = move.occurred_at
        else:
            inside.pop(move.fact.member, None)
    return inside


def _meetings(file: File[Any], language: Language) -> Iterable[MeetingRow]:
    """The newest first. A report that is public is known even where its meeting is not."""
    held = {each.fact.meeting: each for each in file.of(MeetingHeld)}
    reports = {each.fact.meeting: each for each in file.of(ReportPublished)}

    def on(recorded: Recorded[Any] | None) -> str | None:
        if recorded is None:
            return None
        return said(wording.day(dutch_date(recorded.occurred_at)), language)

    def newest(code: Code) -> Instant:
        found: Recorded[Any] = held.get(code) or reports[code]
        return found.occurred_at

    for code in sorted({*held, *reports}, key=newest, reverse=True):
        report = reports.get(code)
        yield MeetingRow(
            code=code,
            held=on(held.get(code)),
            reported=on(report),
            url=None if report is None else report.fact.url,
        )
