"""What is measured of a project, and how far did each indicator come from where it began?

Measurements of one indicator are few (a handful a year), so that a row holds them all.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.convenant_project.monitoring import (
    Better,
    IndicatorDefined,
    IndicatorTheme,
    MeasurementTaken,
)
from domain.record import Recorded
from domain.terms import Code, MemberId, ProjectId

Heard = IndicatorDefined | MeasurementTaken


@dataclass(frozen=True, kw_only=True)
class MeasuredValue:
    """`value` is a whole number of the indicator's unit."""

    value: int
    measured_on: date
    measured_by: tuple[MemberId, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """`measurements` by the day on which they were taken."""

    project: ProjectId
    indicator: Code
    title: str
    theme: IndicatorTheme
    unit: str
    better: Better
    baseline: int | None
    target: int | None
    measurements: tuple[MeasuredValue, ...] = ()

    @property
    def latest(self) -> MeasuredValue | None:
        return self.measurements[-1] if self.measurements else None

    @property
    def target_met(self) -> bool | None:
        """None where there is no target, or nothing was measured."""
        if self.target is None or self.latest is None:
            return None
        if self.better is Better.LOWER:
            return self.latest.value <= self.target
        return self.latest.value >= self.target

    @property
    def gain(self) -> int | None:
        """How much better than the baseline, in units; below 0 is worse, None is not known."""
        if self.baseline is None or self.latest is None:
            return None
        change = self.latest.value - self.baseline
        return -change if self.better is Better.LOWER else change


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (indicator(ProjectId(recorded.stream), recorded.fact.indicator),)


def on(row: IndicatorRow | None, recorded: Recorded[Heard]) -> IndicatorRow | None:
    fact = recorded.fact
    match fact:
        case IndicatorDefined():
            return IndicatorRow(
                project=ProjectId(recorded.stream),
                indicator=fact.indicator,
                title=fact.title,
                theme=fact.theme,
                unit=fact.unit,
                better=fact.better,
                baseline=fact.baseline,
                target=fact.target,
            )
        case MeasurementTaken():
            taken = MeasuredValue(
                value=fact.value,
                measured_on=fact.measured_on,
                measured_by=fact.measured_by,
                source=fact.source,
            )
            if row is None:
                return None
            by_day = sorted((*row.measurements, taken), key=lambda each: each.measured_on)
            return replace(row, measurements=tuple(by_day))
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def indicator(project: ProjectId, code: Code) -> Key:
    return key(project, code)


def of_project(project: ProjectId) -> Shelf:
    return branch(project)


view = View(name="project-indicators", version=1, row=IndicatorRow, hears=Heard, keys=keys, on=on)
