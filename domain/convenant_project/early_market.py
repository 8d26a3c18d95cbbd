"""Early market: in which form the market has a say beforehand, and the room that it is given.

The form (marktconsultatie, bouwteam, clusteren, meerjarige overeenkomst) is chosen before the
preparation begins, with the reasons; a consultation has its own plan. The request leaves room to
stand out (onderscheidend vermogen) in one or more of five ways.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.codes import (
    require_amount,
    require_known,
    require_new,
    require_said,
)
from domain.decider import require
from domain.terms import Code, Command, Euro, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class EarlyForm(StrEnum):
    """How the market takes part in the preparation."""

    MARKET_CONSULTATION = "market-consultation"  # marktconsultatie
    BUILDING_TEAM = "building-team"  # bouwteam
    CLUSTERING = "clustering"  # clusteren van werken
    MULTI_YEAR_AGREEMENT = "multi-year-agreement"  # meerjarige raam- of samenwerkingsovereenkomst


class ConsultationMethod(StrEnum):
    WRITTEN = "written"  # schriftelijk
    PLENARY = "plenary"  # plenaire bijeenkomst
    INDIVIDUAL = "individual"  # gesprekken een op een
    CIRCLE = "circle"  # in de kenniskring


class Distinction(StrEnum):
    """In what a tenderer may stand out (onderscheidend vermogen)."""

    TECHNICAL = "technical"  # technisch
    QUALITATIVE = "qualitative"  # kwalitatief
    FINANCIAL = "financial"  # financieel
    INNOVATIVE = "innovative"  # innovatief
    PROCESS = "process"  # procesmatig


@dataclass(frozen=True, kw_only=True)
class EarlyInvolvement:
    """`challenges`: what the authority is open about beforehand (uitdagingen).

    `most_value` in cents and `most_years` bound a multi-year agreement, and nothing else.
    """

    form: EarlyForm
    reasons: str
    challenges: tuple[str, ...] = ()
    most_value: Euro | None = None
    most_years: int | None = None


@dataclass(frozen=True, kw_only=True)
class EarlyInvolvementChosen(Fact, EarlyInvolvement):
    """The form in which the market helps to prepare was chosen, with its reasons."""


@dataclass(frozen=True, kw_only=True)
class ConsultationPlan:
    """`open_to_all`: whoever wants may answer; `results_public`: everybody reads what came of it."""

    consultation: Code
    method: ConsultationMethod
    questions: tuple[str, ...]
    planned_on: date
    open_to_all: bool
    results_public: bool


@dataclass(frozen=True, kw_only=True)
class ConsultationPlanned(Fact, ConsultationPlan):
    """How the market will be asked, what, and when (consultatieplan)."""


@dataclass(frozen=True, kw_only=True)
class ConsultationOutcome:
    """`report` is the document of this project that holds what was said, if there is one."""

    consultation: Code
    participants: tuple[MemberId, ...]
    outcome: str
    report: Code | None = None


@dataclass(frozen=True, kw_only=True)
class ConsultationHeld(Fact, ConsultationOutcome):
    """The market was asked: who answered, and what it came to."""


@dataclass(frozen=True, kw_only=True)
class DistinctionRoom:
    """`ways` in which a tenderer may stand out, and `how` the request asks for it."""

    ways: tuple[Distinction, ...]
    how: str


@dataclass(frozen=True, kw_only=True)
class DistinctionInvited(Fact, DistinctionRoom):
    """The request gives room to stand out; the newest one counts."""


EarlyMarketFact = (
    EarlyInvolvementChosen | ConsultationPlanned | ConsultationHeld | DistinctionInvited
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class EarlyMarket:
    planned: frozenset[Code] = frozenset()
    held: frozenset[Code] = frozenset()


def evolve(state: EarlyMarket, fact: EarlyMarketFact) -> EarlyMarket:
    match fact:
        case ConsultationPlanned():
            return replace(state, planned=state.planned | {fact.consultation})
        case ConsultationHeld():
            return replace(state, held=state.held | {fact.consultation})
        case EarlyInvolvementChosen() | DistinctionInvited():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class ChooseEarlyInvolvement(Command, EarlyInvolvement):
    pass


@dataclass(frozen=True, kw_only=True)
class PlanConsultation(Command, ConsultationPlan):
    pass


@dataclass(frozen=True, kw_only=True)
class HoldConsultation(Command, ConsultationOutcome):
    pass


@dataclass(frozen=True, kw_only=True)
class InviteDistinction(Command, DistinctionRoom):
    pass


EarlyMarketCommand = (
    ChooseEarlyInvolvement | PlanConsultation | HoldConsultation | InviteDistinction
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: EarlyMarket, command: EarlyMarketCommand, moment: Moment
) -> tuple[EarlyMarketFact, ...]:
    match command:
        case ChooseEarlyInvolvement():
            _require_bounds(command)
            return (stated(EarlyInvolvementChosen, command, moment),)
        case PlanConsultation():
            require_new(state.planned, command.consultation, "consultation")
            require(
                bool(command.questions),
                "project.no-questions",
                "a consultation asks at least one question",
                field="questions",
            )
            return (stated(ConsultationPlanned, command, moment),)
        case HoldConsultation():
            require_known(state.planned, command.consultation, "consultation")
            require(
                command.consultation not in state.held,
                "project.consultation-held",
                "the outcome of this consultation was recorded before; plan another",
                field="consultation",
            )
            return (stated(ConsultationHeld, command, moment),)
        case InviteDistinction():
            require(
                bool(command.ways) and len(set(command.ways)) == len(command.ways),
                "project.ways",
                "name at least one of the five ways, and none of them twice",
                field="ways",
            )
            return (stated(DistinctionInvited, command, moment),)
        case _:
            assert_never(command)


def _require_bounds(command: ChooseEarlyInvolvement) -> None:
    require_said(command.reasons, "reasons")
    require_amount(command.most_value, "mostValue")
    require(
        command.most_years is None or command.most_years > 0,
        "project.years",
        "an agreement runs for at least one year",
        field="mostYears",
    )
    bounded = command.most_value is not None or command.most_years is not None
    require(
        not bounded or command.form is EarlyForm.MULTI_YEAR_AGREEMENT,
        "project.bounds",
        "only a multi-year agreement has a greatest value and a number of years",
        field="form",
    )
