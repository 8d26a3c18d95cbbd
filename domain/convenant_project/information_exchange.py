"""Information exchange: the digital standards by which both sides work (BIM, VISI), and its use."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.codes import require_new, require_said
from domain.decider import require, require_form
from domain.terms import SHA256, Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class ExchangeStandard(StrEnum):
    BIM = "bim"  # bouwwerkinformatiemodel
    VISI = "visi"  # open standaard voor communicatie in de bouw
    GIS = "gis"  # geografische informatie
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class ExchangeTerms:
    """`edition` of the standard or framework; `parties` who work by it."""

    standard: ExchangeStandard
    edition: str
    purpose: str
    parties: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExchangeAgreed(Fact, ExchangeTerms):
    """The project works by this standard from now on."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """`sha256` of what was sent, in lower-case hexadecimals, where that was kept."""

    exchange: Code
    standard: ExchangeStandard
    sender: MemberId
    recipients: tuple[MemberId, ...]
    subject: str
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class InformationExchanged(Fact, Exchange):
    """A model or message went from one party to others."""


ExchangeFact = ExchangeAgreed | InformationExchanged

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Exchanges:
    agreed: frozenset[ExchangeStandard] = frozenset()
    exchanges: frozenset[Code] = frozenset()


def evolve(state: Exchanges, fact: ExchangeFact) -> Exchanges:
    match fact:
        case ExchangeAgreed():
            return replace(state, agreed=state.agreed | {fact.standard})
        case InformationExchanged():
            return replace(state, exchanges=state.exchanges | {fact.exchange})
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AgreeExchange(Command, ExchangeTerms):
    pass


@dataclass(frozen=True, kw_only=True)
class ExchangeInformation(Command, Exchange):
    pass


ExchangeCommand = AgreeExchange | ExchangeInformation

# --------------------------------------------------------------------------------------- decide


def decide(state: Exchanges, command: ExchangeCommand, moment: Moment) -> tuple[ExchangeFact, ...]:
    match command:
        case AgreeExchange():
            require_said(command.edition, "edition")
            return (stated(ExchangeAgreed, command, moment),)
        case ExchangeInformation():
            require_new(state.exchanges, command.exchange, "exchange")
            require(
                command.standard in state.agreed,
                "project.exchange-not-agreed",
                "this project does not work by that standard; agree on it first",
                field="standard",
            )
            require(
                bool(command.recipients),
                "project.recipients",
                "name at least one recipient",
                field="recipients",
            )
            if command.sha256 is not None:
                require_form(
                    command.sha256,
                    SHA256,
                    "project.sha256",
                    "is not a SHA-256; write 64 lower-case hexadecimals",
                    field="sha256",
                )
            return (stated(InformationExchanged, command, moment),)
        case _:
            assert_never(command)
