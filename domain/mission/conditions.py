"""The conditions (randvoorwaarden) without which a mission cannot be realised.

The source names eight, with "o.a." before them: so there is a kind for any other, and one kind may
come more than once. Each condition is named, has an owner, and is met; it may lapse again.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.mission.codes import require_amount, require_known, require_new
from domain.terms import BasisPoints, Code, Command, Euro, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class MissionConditionKind(StrEnum):
    SPECIFICATION_TEXTS = "specification-texts"  # bestekteksten in het moederbestek
    STANDARD_REQUEST = "standard-request"  # standaard uitvragen
    ENFORCEMENT = "enforcement"  # handhaving, geen freeriders
    BUDGET = "budget"  # budgettaire ruimte
    FAIR_PRICE = "fair-price"  # eerlijke prijs, met de opslag
    MONITORING_AND_EVALUATION = "monitoring-and-evaluation"  # monitoring en evaluatie
    MULTI_YEAR_AGREEMENT = "multi-year-agreement"  # meerjarige samenwerkingsovereenkomst
    FOLLOW_UP_ACTIONS = "follow-up-actions"  # gevolg-acties
    OTHER = "other"  # de lijst van de bron is niet uitputtend


@dataclass(frozen=True, kw_only=True)
class ConditionName:
    condition: Code
    kind: MissionConditionKind
    wording: str


@dataclass(frozen=True, kw_only=True)
class MissionConditionNamed(Fact, ConditionName):
    """A condition was named (randvoorwaarde benoemd)."""


@dataclass(frozen=True, kw_only=True)
class ConditionOwner:
    condition: Code
    owner: MemberId
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MissionConditionAssigned(Fact, ConditionOwner):
    """An organisation took it upon itself to see that a condition is met (eigenaar)."""


@dataclass(frozen=True, kw_only=True)
class ConditionEvidence:
    condition: Code
    evidence: str
    judged_by: tuple[MemberId, ...]
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class MissionConditionMet(Fact, ConditionEvidence):
    """A condition was found to be met (vervuld)."""


@dataclass(frozen=True, kw_only=True)
class ConditionLoss:
    condition: Code
    reason: str


@dataclass(frozen=True, kw_only=True)
class MissionConditionLapsed(Fact, ConditionLoss):
    """A condition that was met no longer is (vervallen)."""


@dataclass(frozen=True, kw_only=True)
class Surcharge:
    """The surcharge (opslag) on diesel: a share of the price, or an amount `per` something.

    Where neither is given, only the way to work it out was settled; `basis` says how.
    """

    equipment: str
    basis: str
    holds_from: date
    determined_by: tuple[MemberId, ...]
    share: BasisPoints | None = None
    amount: Euro | None = None
    per: str | None = None


@dataclass(frozen=True, kw_only=True)
class MissionSurchargeDetermined(Fact, Surcharge):
    """It was settled what clean equipment may cost more (eerlijke prijs)."""


@dataclass(frozen=True, kw_only=True)
class SpecificationDraft:
    """`level` is the line that the text is written for; `shared_with` had it before everybody."""

    specification: Code
    level: int
    subject: str
    shared_with: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class SpecificationDrafted(Fact, SpecificationDraft):
    """A text for the mother specification (moederbestek) was written and shown to some."""


@dataclass(frozen=True, kw_only=True)
class SpecificationPublication:
    specification: Code
    url: str


@dataclass(frozen=True, kw_only=True)
class SpecificationPublished(Fact, SpecificationPublication):
    """From here on everybody could read the text of the specification."""


ConditionFact = (
    MissionConditionNamed
    | MissionConditionAssigned
    | MissionConditionMet
    | MissionConditionLapsed
    | MissionSurchargeDetermined
    | SpecificationDrafted
    | SpecificationPublished
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Conditions:
    named: frozenset[Code] = frozenset()
    met: frozenset[Code] = frozenset()
    specifications: frozenset[Code] = frozenset()


def evolve(state: Conditions, fact: ConditionFact) -> Conditions:
    match fact:
        case MissionConditionNamed():
            return replace(state, named=state.named | {fact.condition})
        case MissionConditionMet():
            return replace(state, met=state.met | {fact.condition})
        case MissionConditionLapsed():
            return replace(state, met=state.met - {fact.condition})
        case SpecificationDrafted():
            return replace(state, specifications=state.specifications | {fact.specification})
        case MissionConditionAssigned() | MissionSurchargeDetermined() | SpecificationPublished():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class NameMissionCondition(Command, ConditionName):
    pass


@dataclass(frozen=True, kw_only=True)
class AssignMissionCondition(Command, ConditionOwner):
    pass


@dataclass(frozen=True, kw_only=True)
class FindMissionConditionMet(Command, ConditionEvidence):
    pass


@dataclass(frozen=True, kw_only=True)
class FindMissionConditionLapsed(Command, ConditionLoss):
    pass


@dataclass(frozen=True, kw_only=True)
class DetermineMissionSurcharge(Command, Surcharge):
    pass


@dataclass(frozen=True, kw_only=True)
class DraftSpecification(Command, SpecificationDraft):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishSpecification(Command, SpecificationPublication):
    pass


ConditionCommand = (
    NameMissionCondition
    | AssignMissionCondition
    | FindMissionConditionMet
    | FindMissionConditionLapsed
    | DetermineMissionSurcharge
    | DraftSpecification
    | PublishSpecification
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Conditions, command: ConditionCommand, moment: Moment
) -> tuple[ConditionFact, ...]:
    match command:
        case NameMissionCondition():
            require_new(state.named, command.condition, "condition")
            return (stated(MissionConditionNamed, command, moment),)
        case AssignMissionCondition():
            require_known(state.named, command.condition, "condition")
            return (stated(MissionConditionAssigned, command, moment),)
        case FindMissionConditionMet():
            require_known(state.named, command.condition, "condition")
            return (stated(MissionConditionMet, command, moment),)
        case FindMissionConditionLapsed():
            require_known(state.named, command.condition, "condition")
            require(
                command.condition in state.met,
                "mission.condition-not-met",
                f"condition {command.condition} is not met, so it cannot lapse",
                field="condition",
            )
            return (stated(MissionConditionLapsed, command, moment),)
        case DetermineMissionSurcharge():
            require_amount(command.amount, field="amount")
            require_amount(command.share, field="share")
            return (stated(MissionSurchargeDetermined, command, moment),)
        case DraftSpecification():
            require_new(state.specifications, command.specification, "specification")
            return (stated(SpecificationDrafted, command, moment),)
        case PublishSpecification():
            require_known(state.specifications, command.specification, "specification")
            return (stated(SpecificationPublished, command, moment),)
        case _:
            assert_never(command)
