"""How the contract is cut, and why: what the law asks before an award procedure starts.

The estimate (raming), lots (percelen) or clustering, the reasons for each choice (motivering), and
what is required of whoever bids.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import (
    Code,
    Command,
    Euro,
    Fact,
    Moment,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class MotivationSubject(StrEnum):
    """Which choice a motivation (motivering) gives the reasons for."""

    PROCEDURE_CHOICE = "procedure-choice"
    INVITEE_SELECTION = "invitee-selection"
    NUMBER_INVITED = "number-invited"
    CLUSTERING = "clustering"
    NO_LOTS = "no-lots"
    NOT_SPLIT = "not-split"  # waarom opdrachten terecht apart zijn
    LOWEST_PRICE = "lowest-price"
    TURNOVER = "turnover"  # omzeteis
    URGENCY = "urgency"
    GUIDE_DEVIATION = "guide-deviation"  # afwijking van de Gids Proportionaliteit


class MotivationAspect(StrEnum):
    """What a motivation goes into; clustering must go into the first three (Aw 1.5(1))."""

    MARKET_ACCESS = "market-access"  # samenstelling van de markt, toegang voor het mkb
    ORGANISATION_AND_RISK = "organisation-and-risk"  # gevolgen en risico's voor beide kanten
    COHERENCE = "coherence"  # mate van samenhang
    TRANSACTION_COST = "transaction-cost"
    COMPETENCE = "competence"
    MARKET_KNOWLEDGE = "market-knowledge"
    CIRCLE_MEMBERSHIP = "circle-membership"
    SEAT_IN_REGION = "seat-in-region"
    WORKED_IN_MUNICIPALITY = "worked-in-municipality"


class RequirementKind(StrEnum):
    TURNOVER = "turnover"  # omzet
    REFERENCE_WORK = "reference-work"  # referentie
    CERTIFICATE = "certificate"  # keurmerk
    LOCALITY = "locality"  # vestiging of ervaring in de regio
    CIRCLE_MEMBERSHIP = "circle-membership"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The value of the contract as Aw 2.15 and 2.16 count it; None is what nobody said."""

    amount: Euro
    excludes_vat: bool
    includes_options: bool | None
    includes_extensions: bool | None
    includes_supplied_goods: bool | None  # wat de dienst zelf ter beschikking stelt
    method: str


@dataclass(frozen=True, kw_only=True)
class EstimateMade(Fact, Estimate):
    """An estimate (raming); the newest one before the notice counts."""


@dataclass(frozen=True, kw_only=True)
class Lot:
    lot: Code
    title: str
    value: Euro
    european_procedure: bool


@dataclass(frozen=True, kw_only=True)
class Lots:
    lots: tuple[Lot, ...]


@dataclass(frozen=True, kw_only=True)
class LotsDivided(Fact, Lots):
    """The contract was divided into lots (percelen)."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContractsClustered(Fact, Cluster):
    """Contracts were combined into one (samenvoegen, Aw 1.5)."""


@dataclass(frozen=True, kw_only=True)
class Motivation:
    """`in_tender_documents`: the reasons stand in the tender documents (aanbestedingsstukken).

    `recorded_original`: where reasons of before this record are registered, such as a case number.
    """

    subject: MotivationSubject
    text: str
    aspects: tuple[MotivationAspect, ...] = ()
    in_tender_documents: bool
    recorded_original: str | None = None


@dataclass(frozen=True, kw_only=True)
class MotivationGiven(Fact, Motivation):
    """The reasons for a choice; dated by when they were written."""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """`amount` for a turnover or a reference value; `lot` where it holds for one lot only."""

    requirement: Code
    kind: RequirementKind
    text: str
    amount: Euro | None = None
    lot: Code | None = None


@dataclass(frozen=True, kw_only=True)
class RequirementSet(Fact, Requirement):
    """A condition that a tenderer must meet (geschiktheidseis)."""


DesignFact = EstimateMade | LotsDivided | ContractsClustered | MotivationGiven | RequirementSet


# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class ContractDesign:
    lots: frozenset[Code] = frozenset()


def evolve(state: ContractDesign, fact: DesignFact) -> ContractDesign:
    match fact:
        case LotsDivided():
            return replace(state, lots=frozenset(lot.lot for lot in fact.lots))
        case EstimateMade() | ContractsClustered() | MotivationGiven() | RequirementSet():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class MakeEstimate(Command, Estimate):
    pass


@dataclass(frozen=True, kw_only=True)
class DivideIntoLots(Command, Lots):
    pass


@dataclass(frozen=True, kw_only=True)
class ClusterContracts(Command, Cluster):
    pass


@dataclass(frozen=True, kw_only=True)
class GiveMotivation(Command, Motivation):
    pass


@dataclass(frozen=True, kw_only=True)
class SetRequirement(Command, Requirement):
    pass


DesignCommand = MakeEstimate | DivideIntoLots | ClusterContracts | GiveMotivation | SetRequirement


# --------------------------------------------------------------------------------------- decide


def decide(state: ContractDesign, command: DesignCommand, moment: Moment) -> tuple[DesignFact, ...]:
    match command:
        case MakeEstimate():
            _require_amount(command.amount, "amount")
            return (stated(EstimateMade, command, moment),)
        case DivideIntoLots():
            return _divide(command, moment)
        case ClusterContracts():
            require(
                len(command.parts) > 1,
                "project.cluster-of-one",
                "a cluster combines at least two contracts",
                field="parts",
            )
            return (stated(ContractsClustered, command, moment),)
        case GiveMotivation():
            require(
                bool(command.text.strip()),
                "project.empty-motivation",
                "write the reasons",
                field="text",
            )
            return (stated(MotivationGiven, command, moment),)
        case SetRequirement():
            require(
                command.lot is None or command.lot in state.lots,
                "project.unknown-lot",
                "the contract has no such lot",
                field="lot",
            )
            if command.amount is not None:
                _require_amount(command.amount, "amount")
            return (stated(RequirementSet, command, moment),)
        case _:
            assert_never(command)


def _divide(command: DivideIntoLots, moment: Moment) -> tuple[DesignFact, ...]:
    codes = [lot.lot for lot in command.lots]
    require(
        bool(codes) and len(set(codes)) == len(codes),
        "project.lots",
        "name at least one lot, each under its own code",
        field="lots",
    )
    for lot in command.lots:
        _require_amount(lot.value, "lots.value")
    return (stated(LotsDivided, command, moment),)


def _require_amount(amount: Euro, field: str) -> None:
    require(amount >= 0, "project.amount", "an amount in cents is 0 or more", field=field)
