"""Which missions (missies) are there, and where does the line of each stand (standlijn)?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, key, shelf
from domain.mission.line import Line, LineAgreed
from domain.mission.purpose import MissionFounded
from domain.record import Recorded
from domain.terms import CircleId, Instant, MissionId

Heard = MissionFounded | LineAgreed


@dataclass(frozen=True, kw_only=True)
class MissionRow:
    """`line` is the newest that was agreed; None while there is none."""

    mission: MissionId
    title: str
    problem: str
    circle: CircleId
    founded_at: Instant
    line: Line | None = None
    agreed_at: Instant | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (mission(MissionId(recorded.stream)),)


def on(row: MissionRow | None, recorded: Recorded[Heard]) -> MissionRow | None:
    fact = recorded.fact
    match fact:
        case MissionFounded():
            return MissionRow(
                mission=MissionId(recorded.stream),
                title=fact.title,
                problem=fact.problem,
                circle=fact.circle,
                founded_at=fact.occurred_at,
            )
        case LineAgreed():
            line = Line(
                level=fact.level,
                readiness=fact.readiness,
                scope=fact.scope,
                direction=fact.direction,
                holds_from=fact.holds_from,
                agreed_by_market=fact.agreed_by_market,
                agreed_by_authority=fact.agreed_by_authority,
            )
            return row and replace(row, line=line, agreed_at=fact.occurred_at)
        case _:
            assert_never(fact)


def shelves(row: MissionRow) -> tuple[Shelf, ...]:
    return (of_circle(row.circle),)


# ----------------------------------------------------------------------------------- how to ask


def mission(mission: MissionId) -> Key:
    return key(mission)


def of_circle(circle: CircleId) -> Shelf:
    return shelf("circle", circle)


view = View(
    name="missions", version=1, row=MissionRow, hears=Heard, keys=keys, on=on, shelves=shelves
)
