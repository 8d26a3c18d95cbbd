"""Legitimacy (legitimiteit): why firms may count on the mission, and the mission on firms.

A client that respects their continuity, and firms that guarantee the equipment asked for, make each
other an attractive prospect: each of the two stands here, and whether the other answers it shows.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.mission.codes import require_amount, require_known, require_new
from domain.terms import Code, Command, Euro, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class LegitimacyPart(StrEnum):
    """The three parts that the source names, with "zoals" before them."""

    POLICY_FRAMEWORK = "policy-framework"  # heldere beleids- en uitvoeringskaders
    MULTI_YEAR_AGREEMENTS = "multi-year-agreements"  # meerjarenovereenkomsten
    AGREEMENTS_ENFORCED = "agreements-enforced"  # handhaven van gemaakte afspraken


@dataclass(frozen=True, kw_only=True)
class LegitimacyAct:
    part: LegitimacyPart
    act: str
    done_by: tuple[MemberId, ...]
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class LegitimacyStrengthened(Fact, LegitimacyAct):
    """Something was done so that the mission is seen as rightful and urgent."""


@dataclass(frozen=True, kw_only=True)
class MultiYearTerms:
    """`greatest_value` and `greatest_quantity` are what may at most be asked under it.

    `reason_for_term` says why it runs longer than four years, where it does.
    """

    agreement: Code
    title: str
    parties: tuple[MemberId, ...]
    starts_on: date
    ends_on: date
    greatest_value: Euro | None = None
    greatest_quantity: str | None = None
    reason_for_term: str | None = None


@dataclass(frozen=True, kw_only=True)
class MultiYearAgreementMade(Fact, MultiYearTerms):
    """A multi-year cooperation agreement was made (samenwerkingsovereenkomst, SOK)."""


@dataclass(frozen=True, kw_only=True)
class Continuity:
    """`agreement` is the multi-year agreement that it rests on, where it rests on one."""

    promise: Code
    promised_by: MemberId
    promised_to: tuple[MemberId, ...]
    content: str
    agreement: Code | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ContinuityPromised(Fact, Continuity):
    """A client (opdrachtgever) promised continuity as a condition for investments."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """`promise` is the promise of continuity that it answers, where it answers one."""

    guarantee: Code
    guaranteed_by: MemberId
    equipment: str
    promise: Code | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class DeploymentGuaranteed(Fact, Deployment):
    """A firm guaranteed that it deploys the equipment that is asked for (inzetgarantie)."""


LegitimacyFact = (
    LegitimacyStrengthened | MultiYearAgreementMade | ContinuityPromised | DeploymentGuaranteed
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Legitimacy:
    agreements: frozenset[Code] = frozenset()
    promises: frozenset[Code] = frozenset()
    guarantees: frozenset[Code] = frozenset()


def evolve(state: Legitimacy, fact: LegitimacyFact) -> Legitimacy:
    match fact:
        case MultiYearAgreementMade():
            return replace(state, agreements=state.agreements | {fact.agreement})
        case ContinuityPromised():
            return replace(state, promises=state.promises | {fact.promise})
        case DeploymentGuaranteed():
            return replace(state, guarantees=state.guarantees | {fact.guarantee})
        case LegitimacyStrengthened():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class StrengthenLegitimacy(Command, LegitimacyAct):
    pass


@dataclass(frozen=True, kw_only=True)
class MakeMultiYearAgreement(Command, MultiYearTerms):
    pass


@dataclass(frozen=True, kw_only=True)
class PromiseContinuity(Command, Continuity):
    pass


@dataclass(frozen=True, kw_only=True)
class GuaranteeDeployment(Command, Deployment):
    pass


LegitimacyCommand = (
    StrengthenLegitimacy | MakeMultiYearAgreement | PromiseContinuity | GuaranteeDeployment
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Legitimacy, command: LegitimacyCommand, moment: Moment
) -> tuple[LegitimacyFact, ...]:
    match command:
        case StrengthenLegitimacy():
            return (stated(LegitimacyStrengthened, command, moment),)
        case MakeMultiYearAgreement():
            require_new(state.agreements, command.agreement, "agreement")
            require_amount(command.greatest_value, field="greatestValue")
            require(
                command.starts_on <= command.ends_on,
                "mission.term",
                "an agreement ends on or after the day on which it starts",
                field="endsOn",
            )
            return (stated(MultiYearAgreementMade, command, moment),)
        case PromiseContinuity():
            require_new(state.promises, command.promise, "promise")
            if command.agreement is not None:
                require_known(state.agreements, command.agreement, "agreement")
            return (stated(ContinuityPromised, command, moment),)
        case GuaranteeDeployment():
            require_new(state.guarantees, command.guarantee, "guarantee")
            if command.promise is not None:
                require_known(state.promises, command.promise, "promise")
            return (stated(DeploymentGuaranteed, command, moment),)
        case _:
            assert_never(command)
