"""Monitoring: what is measured of a project, in which unit, from which starting point.

A value is a whole number of the indicator's `unit`; the unit is chosen small enough for that
(minutes, kilograms, hundredths of a percent). Firms, authority and facilitator measure together.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.codes import require_known, require_new, require_said
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, dutch_date, stated

# ---------------------------------------------------------------------------------------- facts


class IndicatorTheme(StrEnum):
    """What an indicator is about: the contributions of a convenant, and the nuisance of works."""

    SUSTAINABILITY = "sustainability"  # duurzaamheid en circulariteit
    CLIMATE = "climate"  # klimaatbestendige inrichting
    SAFETY = "safety"  # veiligheid en gezondheid
    DIGITAL = "digital"  # digitalisering, BIM en VISI
    FAILURE_COSTS = "failure-costs"  # faalkosten
    YOUTH = "youth"  # aantrekkelijk voor de jeugd
    SOCIAL_RETURN = "social-return"  # social return (SROI)
    LOCAL_EMPLOYMENT = "local-employment"  # lokale werkgelegenheid
    COLLABORATION = "collaboration"  # samenwerking
    NUISANCE = "nuisance"  # hinder (BLVC)
    PRICE = "price"  # prijs en planning


class Better(StrEnum):
    LOWER = "lower"  # lager is beter
    HIGHER = "higher"  # hoger is beter


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`baseline` (nulmeting) and `target` (streefwaarde) are whole numbers of `unit`."""

    indicator: Code
    title: str
    theme: IndicatorTheme
    unit: str
    better: Better
    baseline: int | None = None
    target: int | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorDefined(Fact, Indicator):
    """It is agreed what is measured, and from where."""


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """`value` is a whole number of the indicator's unit; `measured_by` who measured together."""

    indicator: Code
    value: int
    measured_on: date
    measured_by: tuple[MemberId, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class MeasurementTaken(Fact, Measurement):
    """An indicator was measured (meting)."""


MonitoringFact = IndicatorDefined | MeasurementTaken

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    indicators: frozenset[Code] = frozenset()


def evolve(state: Monitoring, fact: MonitoringFact) -> Monitoring:
    match fact:
        case IndicatorDefined():
            return replace(state, indicators=state.indicators | {fact.indicator})
        case MeasurementTaken():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class DefineIndicator(Command, Indicator):
    pass


@dataclass(frozen=True, kw_only=True)
class TakeMeasurement(Command, Measurement):
    pass


MonitoringCommand = DefineIndicator | TakeMeasurement

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Monitoring, command: MonitoringCommand, moment: Moment
) -> tuple[MonitoringFact, ...]:
    match command:
        case DefineIndicator():
            require_new(state.indicators, command.indicator, "indicator")
            require_said(command.unit, "unit")
            return (stated(IndicatorDefined, command, moment),)
        case TakeMeasurement():
            require_known(state.indicators, command.indicator, "indicator")
            require(
                command.measured_on <= dutch_date(moment.now),
                "project.measured-later",
                "a measurement is recorded when it was taken",
                field="measuredOn",
            )
            require(
                bool(command.measured_by),
                "project.measured-by-nobody",
                "name at least one organisation that measured",
                field="measuredBy",
            )
            return (stated(MeasurementTaken, command, moment),)
        case _:
            assert_never(command)
