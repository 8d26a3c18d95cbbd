"""By what is a mission's ambition measured (meetbaar maken), and what was measured since?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.mission.follow_up import MissionIndicatorMeasured, MissionIndicatorSet
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, MissionId

Heard = MissionIndicatorSet | MissionIndicatorMeasured


@dataclass(frozen=True, kw_only=True)
class MissionReading:
    measured_at: Instant
    value: int
    measured_by: MemberId
    source: str


@dataclass(frozen=True, kw_only=True)
class MissionIndicatorRow:
    """`baseline`, `target` and every reading are whole numbers of `unit`.

    `readings` are in the order in which they were measured, whenever each was recorded.
    """

    mission: MissionId
    indicator: Code
    description: str
    unit: str
    baseline: int | None
    target: int | None
    target_on: date | None
    readings: tuple[MissionReading, ...] = ()


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), recorded.fact.indicator),)


def on(row: MissionIndicatorRow | None, recorded: Recorded[Heard]) -> MissionIndicatorRow | None:
    fact = recorded.fact
    match fact:
        case MissionIndicatorSet():
            return MissionIndicatorRow(
                mission=MissionId(recorded.stream),
                indicator=fact.indicator,
                description=fact.description,
                unit=fact.unit,
                baseline=fact.baseline,
                target=fact.target,
                target_on=fact.target_on,
            )
        case MissionIndicatorMeasured():
            if row is None:
                return None
            reading = MissionReading(
                measured_at=fact.occurred_at,
                value=fact.value,
                measured_by=fact.measured_by,
                source=fact.source,
            )
            readings = sorted((*row.readings, reading), key=lambda each: each.measured_at)
            return replace(row, readings=tuple(readings))
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    return branch(mission)


view = View(
    name="mission-indicators", version=1, row=MissionIndicatorRow, hears=Heard, keys=keys, on=on
)
