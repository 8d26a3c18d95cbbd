"""Surroundings: the street and its people (omgeving), their nuisance, safety, and work for them.

A nuisance plan goes by the four letters of BLVC. Residents are named by group, never by name; what
they said may name people and is sealed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.codes import require_amount, require_new, require_said
from domain.decider import require
from domain.terms import (
    BasisPoints,
    Code,
    Command,
    Euro,
    Fact,
    MemberId,
    Moment,
    Sealed,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class StakeholderKind(StrEnum):
    RESIDENTS = "residents"  # bewoners
    BUSINESSES = "businesses"  # bedrijven en winkeliers
    ROAD_USERS = "road-users"  # weggebruikers
    NETWORK_OPERATOR = "network-operator"  # netbeheerder
    EMERGENCY_SERVICES = "emergency-services"  # hulpdiensten
    INTEREST_GROUP = "interest-group"  # belangenvereniging


class StakeholderPhase(StrEnum):
    """What stakeholders have a say in."""

    DESIGN = "design"  # ontwerp
    LAYOUT = "layout"  # inrichting
    EXECUTION = "execution"  # uitvoering
    MAINTENANCE = "maintenance"  # onderhoud


class NuisanceAspect(StrEnum):
    ACCESSIBILITY = "accessibility"  # bereikbaarheid
    LIVEABILITY = "liveability"  # leefbaarheid
    SAFETY = "safety"  # veiligheid
    COMMUNICATION = "communication"  # communicatie


class SafetyEvent(StrEnum):
    UNSAFE_SITUATION = "unsafe-situation"  # onveilige situatie
    NEAR_MISS = "near-miss"  # bijna-ongeval
    ACCIDENT = "accident"  # ongeval
    LOST_TIME_ACCIDENT = "lost-time-accident"  # ongeval met verzuim


class SocialReturnKind(StrEnum):
    JOB = "job"  # baan
    APPRENTICESHIP = "apprenticeship"  # leerwerkplek
    PLACEMENT = "placement"  # stage
    SCHOOL = "school"  # samenwerking met scholen en opleidingen
    SOCIAL_PURCHASE = "social-purchase"  # inkoop bij een sociale onderneming


@dataclass(frozen=True, kw_only=True)
class StakeholderTalk:
    """`group` is who they are together: a street, an association. `said` may name people."""

    group: str
    kind: StakeholderKind
    phase: StakeholderPhase
    how: str
    outcome: str | None = None
    said: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class StakeholdersHeard(Fact, StakeholderTalk):
    """Those who live or work there had a say, and what came of it."""


@dataclass(frozen=True, kw_only=True)
class NuisanceMeasure:
    """`indicator` is the code under which the project measures whether it works."""

    aspect: NuisanceAspect
    measure: str
    indicator: Code | None = None


@dataclass(frozen=True, kw_only=True)
class NuisancePlan:
    measures: tuple[NuisanceMeasure, ...]
    document: Code | None = None


@dataclass(frozen=True, kw_only=True)
class NuisancePlanSet(Fact, NuisancePlan):
    """How nuisance is kept small (BLVC-plan); the newest one counts."""


@dataclass(frozen=True, kw_only=True)
class SafetyPlan:
    coordinator: MemberId
    measures: tuple[str, ...]
    document: Code | None = None


@dataclass(frozen=True, kw_only=True)
class SafetyPlanSet(Fact, SafetyPlan):
    """Safety and health during the work (V&G-plan), and who co-ordinates it."""


@dataclass(frozen=True, kw_only=True)
class SafetyReport:
    """`lost_days`: calendar days of absence known so far."""

    report: Code
    event: SafetyEvent
    account: Sealed
    lost_days: int = 0


@dataclass(frozen=True, kw_only=True)
class SafetyReported(Fact, SafetyReport):
    """Something happened on the work, or nearly did."""


@dataclass(frozen=True, kw_only=True)
class SocialReturnTerms:
    """`share` of the contract sum, or a fixed `amount`; `local` what is asked of local jobs."""

    share: BasisPoints | None = None
    amount: Euro | None = None
    local: str | None = None


@dataclass(frozen=True, kw_only=True)
class SocialReturnAgreed(Fact, SocialReturnTerms):
    """What the work is to give back in work and training (SROI)."""


@dataclass(frozen=True, kw_only=True)
class SocialReturn:
    """`people` who worked or learned, of whom `local_people` from the region; `value` in cents."""

    kind: SocialReturnKind
    delivered_by: MemberId
    people: int
    local_people: int = 0
    value: Euro | None = None
    with_school: str | None = None


@dataclass(frozen=True, kw_only=True)
class SocialReturnDelivered(Fact, SocialReturn):
    """People found work or training through the project."""


SurroundingsFact = (
    StakeholdersHeard
    | NuisancePlanSet
    | SafetyPlanSet
    | SafetyReported
    | SocialReturnAgreed
    | SocialReturnDelivered
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    safety_reports: frozenset[Code] = frozenset()


def evolve(state: Surroundings, fact: SurroundingsFact) -> Surroundings:
    match fact:
        case SafetyReported():
            return replace(state, safety_reports=state.safety_reports | {fact.report})
        case (
            StakeholdersHeard()
            | NuisancePlanSet()
            | SafetyPlanSet()
            | SocialReturnAgreed()
            | SocialReturnDelivered()
        ):
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class HearStakeholders(Command, StakeholderTalk):
    pass


@dataclass(frozen=True, kw_only=True)
class SetNuisancePlan(Command, NuisancePlan):
    pass


@dataclass(frozen=True, kw_only=True)
class SetSafetyPlan(Command, SafetyPlan):
    pass


@dataclass(frozen=True, kw_only=True)
class ReportSafety(Command, SafetyReport):
    pass


@dataclass(frozen=True, kw_only=True)
class AgreeSocialReturn(Command, SocialReturnTerms):
    pass


@dataclass(frozen=True, kw_only=True)
class DeliverSocialReturn(Command, SocialReturn):
    pass


SurroundingsCommand = (
    HearStakeholders
    | SetNuisancePlan
    | SetSafetyPlan
    | ReportSafety
    | AgreeSocialReturn
    | DeliverSocialReturn
)

# --------------------------------------------------------------------------------------- decide

WHOLE = 10_000
"""Basis points."""


def decide(
    state: Surroundings, command: SurroundingsCommand, moment: Moment
) -> tuple[SurroundingsFact, ...]:
    match command:
        case HearStakeholders():
            require_said(command.group, "group")
            return (stated(StakeholdersHeard, command, moment),)
        case SetNuisancePlan():
            _require_measures(command.measures)
            return (stated(NuisancePlanSet, command, moment),)
        case SetSafetyPlan():
            _require_measures(command.measures)
            return (stated(SafetyPlanSet, command, moment),)
        case ReportSafety():
            require_new(state.safety_reports, command.report, "report")
            _require_count(command.lost_days, "lostDays")
            return (stated(SafetyReported, command, moment),)
        case AgreeSocialReturn():
            _require_terms(command)
            return (stated(SocialReturnAgreed, command, moment),)
        case DeliverSocialReturn():
            _require_count(command.people, "people")
            require(
                0 <= command.local_people <= command.people,
                "project.local-people",
                "those from the region are part of all, and no fewer than 0",
                field="localPeople",
            )
            require_amount(command.value, "value")
            return (stated(SocialReturnDelivered, command, moment),)
        case _:
            assert_never(command)


def _require_measures(measures: tuple[object, ...]) -> None:
    require(
        bool(measures), "project.no-measures", "a plan has at least one measure", field="measures"
    )


def _require_count(count: int, field: str) -> None:
    require(count >= 0, "project.count", "a number of people or days is 0 or more", field=field)


def _require_terms(command: AgreeSocialReturn) -> None:
    require(
        command.share is not None or command.amount is not None or command.local is not None,
        "project.no-terms",
        "say what is agreed: a share of the sum, an amount, or what is asked of local jobs",
        field="share",
    )
    require(
        command.share is None or 0 <= command.share <= WHOLE,
        "project.share",
        f"a share is from 0 to {WHOLE} hundredths of a percent",
        field="share",
    )
    require_amount(command.amount, "amount")
