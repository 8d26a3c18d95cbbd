"""Site: what was written down on the work itself, day by day (bouwplaats).

Daily reports and findings may name people and are sealed; what kind they are, and how many working
days they cost, is not.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.codes import require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class SiteRecordKind(StrEnum):
    DAILY_REPORT = "daily-report"  # dagrapport
    INSPECTION = "inspection"  # keuring
    DEVIATION = "deviation"  # afwijking
    INSTRUCTION = "instruction"  # aanwijzing van de directie
    STANDSTILL = "standstill"  # stilstand
    SNAG = "snag"  # opleverpunt


@dataclass(frozen=True, kw_only=True)
class SiteRecord:
    """`written_by` the organisation; `lost_days` working days that the work stood still."""

    record: Code
    kind: SiteRecordKind
    written_by: MemberId
    text: Sealed
    lost_days: int = 0


@dataclass(frozen=True, kw_only=True)
class SiteRecordKept(Fact, SiteRecord):
    """Something was written down on the work."""


@dataclass(frozen=True, kw_only=True)
class SiteSettlement:
    record: Code
    how: Sealed


@dataclass(frozen=True, kw_only=True)
class SiteRecordSettled(Fact, SiteSettlement):
    """What was written down was dealt with, such as a snag after delivery."""


SiteFact = SiteRecordKept | SiteRecordSettled

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Site:
    kept: frozenset[Code] = frozenset()
    settled: frozenset[Code] = frozenset()


def evolve(state: Site, fact: SiteFact) -> Site:
    match fact:
        case SiteRecordKept():
            return replace(state, kept=state.kept | {fact.record})
        case SiteRecordSettled():
            return replace(state, settled=state.settled | {fact.record})
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class KeepSiteRecord(Command, SiteRecord):
    pass


@dataclass(frozen=True, kw_only=True)
class SettleSiteRecord(Command, SiteSettlement):
    pass


SiteCommand = KeepSiteRecord | SettleSiteRecord

# --------------------------------------------------------------------------------------- decide


def decide(state: Site, command: SiteCommand, moment: Moment) -> tuple[SiteFact, ...]:
    match command:
        case KeepSiteRecord():
            require_new(state.kept, command.record, "record")
            require(
                command.lost_days >= 0,
                "project.count",
                "a number of days is 0 or more",
                field="lostDays",
            )
            return (stated(SiteRecordKept, command, moment),)
        case SettleSiteRecord():
            require(
                command.record in state.kept - state.settled,
                "project.no-open-record",
                "this project has no open site record under that code",
                field="record",
            )
            return (stated(SiteRecordSettled, command, moment),)
        case _:
            assert_never(command)
