"""A circle (kenniskring) as tests tell it: seats since January 2023, and a project it heard of."""

from __future__ import annotations

from domain.circle.founding import CircleFounded
from domain.circle.meetings import AgendaItem, AgendaKind, MeetingHeld
from domain.circle.membership import (
    EntryAnswered,
    EntryGround,
    EntryOutcome,
    EntryRequested,
    MemberJoined,
)
from domain.circle.seats import RotationScheduled, SeatRole, SeatTaken, SeatVacated, Side
from domain.terms import Code, Fact, MemberId, ProjectId
from tests.given import Story, at, member, person
from tests.work import HAVIK, NOORDERDAM, registered

FIRMS = tuple(member(f"firma {number}") for number in range(1, 10))


def seat(
    number: int, on: str = "2023-01-16", *, side: Side = Side.SME, by: MemberId | None = None
) -> SeatTaken:
    who = (by or FIRMS[number - 1]) if side is Side.SME else NOORDERDAM
    return SeatTaken(
        occurred_at=at(on),
        seat=Code(f"{side}-{number}"),
        side=side,
        member=who,
        person=person(f"{side} {number} {who}"),
        roles=(SeatRole.DIRECTOR,),
    )


def vacated(number: int, on: str, *, side: Side = Side.SME) -> SeatVacated:
    return SeatVacated(occurred_at=at(on), seat=Code(f"{side}-{number}"))


def met(on: str, *about: ProjectId) -> MeetingHeld:
    """A meeting whose code is its day."""
    return MeetingHeld(
        occurred_at=at(on),
        meeting=Code(on[:10]),
        agenda=(
            AgendaItem(kind=AgendaKind.KLAAGPAAL, title="Klaagpaal"),
            *(AgendaItem(kind=AgendaKind.PROJECT, title="Werk", project=each) for each in about),
        ),
        attendance=(),
        competition_statement=True,
    )


def scheduled(on: str = "2023-03-01") -> RotationScheduled:
    return RotationScheduled(occurred_at=at(on), order=FIRMS, review_months=24)


def wish(on: str, *, eligible: bool = True) -> EntryRequested:
    """Havik asks to join."""
    return EntryRequested(occurred_at=at(on), member=HAVIK, meets_condition=eligible)


def answered(
    on: str,
    outcome: EntryOutcome,
    ground: EntryGround = EntryGround.WORKED_IN_MUNICIPALITY,
) -> EntryAnswered:
    return EntryAnswered(
        occurred_at=at(on), member=HAVIK, outcome=outcome, ground=ground, reason="zie verslag"
    )


def joined(on: str) -> MemberJoined:
    return MemberJoined(occurred_at=at(on), member=HAVIK)


def circle(
    *facts: Fact, sme: int = 7, municipal: int = 4, schedule: bool = True, start: str = "2025-01-06"
) -> Story:
    """A project that begins on `start`, and a circle that heard of it."""
    founded = CircleFounded(
        occurred_at=at("2023-01-16"),
        name="Kenniskring Noorderdam",
        authority=NOORDERDAM,
        municipality_code="gm9901",
        region="Noorderdam",
    )
    return (
        Story()
        .project(registered(start))
        .circle(
            founded,
            *(seat(number) for number in range(1, sme + 1)),
            *(seat(number, side=Side.MUNICIPAL) for number in range(1, municipal + 1)),
            *((scheduled(),) if schedule else ()),
            *facts,
        )
    )
