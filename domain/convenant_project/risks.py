"""Risks: what may go wrong, found together, and who bears and prices what is done about it.

A risk analysis (risicoanalyse) is held with both sides. A measure (beheersmaatregel) names who
carries the risk and who puts a price on it, so that no tenderer prices what another one bears.
"""

from dataclasses import dataclass, replace
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


class RiskSide(StrEnum):
    """Who bears or prices a risk; a contractor is not known by name before the award."""

    CLIENT = "client"  # opdrachtgever
    CONTRACTOR = "contractor"  # opdrachtnemer
    SHARED = "shared"  # samen
    INSURER = "insurer"  # verzekeraar
    NOBODY = "nobody"  # niemand; het risico wordt niet geprijsd


class Chance(StrEnum):
    SMALL = "small"  # klein
    MIDDLING = "middling"  # middelmatig
    GREAT = "great"  # groot


@dataclass(frozen=True, kw_only=True)
class RiskSession:
    session: Code
    participants: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class RiskSessionHeld(Fact, RiskSession):
    """Client and market looked for risks together (gezamenlijke risicoanalyse)."""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """`session` is None where it was found outside a joint session; `exposure` in cents."""

    risk: Code
    title: str
    consequence: str
    chance: Chance
    exposure: Euro | None = None
    session: Code | None = None


@dataclass(frozen=True, kw_only=True)
class RiskFound(Fact, Risk):
    """Something that may go wrong was put on the list."""


@dataclass(frozen=True, kw_only=True)
class RiskMeasure:
    """`price` in cents is what the measure costs; None where nobody put a price on it."""

    risk: Code
    measure: str
    borne_by: RiskSide
    priced_by: RiskSide
    price: Euro | None = None


@dataclass(frozen=True, kw_only=True)
class RiskMeasureAgreed(Fact, RiskMeasure):
    """What is done about a risk, by whom it is borne and priced; the newest one counts."""


@dataclass(frozen=True, kw_only=True)
class RiskEnd:
    """`happened`: what was feared came true; `cost` in cents is what that came to."""

    risk: Code
    happened: bool
    cost: Euro | None = None
    remarks: str | None = None


@dataclass(frozen=True, kw_only=True)
class RiskClosed(Fact, RiskEnd):
    """The risk is behind the project, whether it happened or not."""


RiskFact = RiskSessionHeld | RiskFound | RiskMeasureAgreed | RiskClosed

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Risks:
    sessions: frozenset[Code] = frozenset()
    found: frozenset[Code] = frozenset()
    closed: frozenset[Code] = frozenset()


def evolve(state: Risks, fact: RiskFact) -> Risks:
    match fact:
        case RiskSessionHeld():
            return replace(state, sessions=state.sessions | {fact.session})
        case RiskFound():
            return replace(state, found=state.found | {fact.risk})
        case RiskClosed():
            return replace(state, closed=state.closed | {fact.risk})
        case RiskMeasureAgreed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class HoldRiskSession(Command, RiskSession):
    pass


@dataclass(frozen=True, kw_only=True)
class FindRisk(Command, Risk):
    pass


@dataclass(frozen=True, kw_only=True)
class AgreeRiskMeasure(Command, RiskMeasure):
    pass


@dataclass(frozen=True, kw_only=True)
class CloseRisk(Command, RiskEnd):
    pass


RiskCommand = HoldRiskSession | FindRisk | AgreeRiskMeasure | CloseRisk

# --------------------------------------------------------------------------------------- decide


def decide(state: Risks, command: RiskCommand, moment: Moment) -> tuple[RiskFact, ...]:
    match command:
        case HoldRiskSession():
            require_new(state.sessions, command.session, "session")
            require(
                bool(command.participants),
                "project.nobody-there",
                "name who took part",
                field="participants",
            )
            return (stated(RiskSessionHeld, command, moment),)
        case FindRisk():
            require_new(state.found, command.risk, "risk")
            require_said(command.title, "title")
            require_amount(command.exposure, "exposure")
            if command.session is not None:
                require_known(state.sessions, command.session, "session")
            return (stated(RiskFound, command, moment),)
        case AgreeRiskMeasure():
            _require_open(state, command.risk)
            require_amount(command.price, "price")
            require(
                command.price is None or command.priced_by is not RiskSide.NOBODY,
                "project.priced-by-nobody",
                "there is a price; name who put it there",
                field="pricedBy",
            )
            return (stated(RiskMeasureAgreed, command, moment),)
        case CloseRisk():
            _require_open(state, command.risk)
            require_amount(command.cost, "cost")
            require(
                command.cost is None or command.happened,
                "project.cost-of-nothing",
                "a risk that did not happen has no cost",
                field="cost",
            )
            return (stated(RiskClosed, command, moment),)
        case _:
            assert_never(command)


def _require_open(state: Risks, risk: Code) -> None:
    require_known(state.found, risk, "risk")
    require(
        risk not in state.closed,
        "project.risk-closed",
        "this risk was closed; record a new one under its own code",
        field="risk",
    )
