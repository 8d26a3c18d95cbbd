"""What goes out of a circle and comes in: workshops, market signals, knowledge of other circles.

Knowledge is passed by one circle and received by another; each records its own half, so that what
was passed and never received can be seen.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_code, require_known, require_new
from domain.circle.topics import CircleTheme
from domain.decider import require
from domain.terms import CircleId, Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class WorkshopKind(StrEnum):
    WORKSHOP = "workshop"
    INFRALOKAAL = "infralokaal"
    SEMINAR = "seminar"


class SignalKind(StrEnum):
    """What the market feels; said of the market as a whole, never of one firm's prices."""

    PRICES = "prices"  # prijsstijgingen
    DELIVERY = "delivery"  # leverproblemen
    LABOUR = "labour"  # krapte op de arbeidsmarkt
    UNCERTAINTY = "uncertainty"  # onzekerheid
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """`host` is the organisation within which knowledge is carried over (doorwerking)."""

    workshop: Code
    kind: WorkshopKind
    theme: CircleTheme
    title: str
    host: MemberId
    participants: int


@dataclass(frozen=True, kw_only=True)
class WorkshopHeld(Fact, Workshop):
    """What the circle knows was carried over (workshop, infralokaal)."""


@dataclass(frozen=True, kw_only=True)
class MarketSignal:
    signal: Code
    kind: SignalKind
    text: str


@dataclass(frozen=True, kw_only=True)
class MarketSignalGiven(Fact, MarketSignal):
    """The market told what it feels (marktsignaal)."""


@dataclass(frozen=True, kw_only=True)
class SignalPassing:
    """`to` is a body outside the circle, such as a national association."""

    signal: Code
    to: str


@dataclass(frozen=True, kw_only=True)
class MarketSignalPassedOn(Fact, SignalPassing):
    """A signal was taken to a body that can do something with it."""


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """`to` is the circle that it is meant for; `url` where everybody can read it."""

    knowledge: Code
    to: CircleId
    subject: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class KnowledgePassed(Fact, Knowledge):
    """The circle passed knowledge to another circle."""


@dataclass(frozen=True, kw_only=True)
class KnowledgeReceipt:
    """`knowledge` is the code that the other circle, `source`, gave it."""

    source: CircleId
    knowledge: Code
    subject: str
    use: str


@dataclass(frozen=True, kw_only=True)
class KnowledgeReceived(Fact, KnowledgeReceipt):
    """The circle took in knowledge of another circle."""


ExchangeFact = (
    WorkshopHeld | MarketSignalGiven | MarketSignalPassedOn | KnowledgePassed | KnowledgeReceived
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Exchange:
    workshops: frozenset[Code] = frozenset()
    signals: frozenset[Code] = frozenset()
    passed: frozenset[Code] = frozenset()
    received: frozenset[tuple[CircleId, Code]] = frozenset()


def evolve(state: Exchange, fact: ExchangeFact) -> Exchange:
    match fact:
        case WorkshopHeld():
            return replace(state, workshops=state.workshops | {fact.workshop})
        case MarketSignalGiven():
            return replace(state, signals=state.signals | {fact.signal})
        case KnowledgePassed():
            return replace(state, passed=state.passed | {fact.knowledge})
        case KnowledgeReceived():
            return replace(state, received=state.received | {(fact.source, fact.knowledge)})
        case MarketSignalPassedOn():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class HoldWorkshop(Command, Workshop):
    pass


@dataclass(frozen=True, kw_only=True)
class GiveMarketSignal(Command, MarketSignal):
    pass


@dataclass(frozen=True, kw_only=True)
class PassOnMarketSignal(Command, SignalPassing):
    pass


@dataclass(frozen=True, kw_only=True)
class PassKnowledge(Command, Knowledge):
    pass


@dataclass(frozen=True, kw_only=True)
class ReceiveKnowledge(Command, KnowledgeReceipt):
    pass


ExchangeCommand = (
    HoldWorkshop | GiveMarketSignal | PassOnMarketSignal | PassKnowledge | ReceiveKnowledge
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Exchange, command: ExchangeCommand, moment: Moment) -> tuple[ExchangeFact, ...]:
    match command:
        case HoldWorkshop():
            require_new(state.workshops, command.workshop, "workshop")
            require(
                command.participants >= 0,
                "circle.participants",
                "participants are counted from 0",
                field="participants",
            )
            return (stated(WorkshopHeld, command, moment),)
        case GiveMarketSignal():
            require_new(state.signals, command.signal, "signal")
            return (stated(MarketSignalGiven, command, moment),)
        case PassOnMarketSignal():
            require_known(state.signals, command.signal, "signal")
            return (stated(MarketSignalPassedOn, command, moment),)
        case PassKnowledge():
            require_new(state.passed, command.knowledge, "knowledge")
            return (stated(KnowledgePassed, command, moment),)
        case ReceiveKnowledge():
            require_code(command.knowledge, "knowledge")
            require(
                (command.source, command.knowledge) not in state.received,
                "circle.knowledge-received",
                "the circle took this in before",
                field="knowledge",
            )
            return (stated(KnowledgeReceived, command, moment),)
        case _:
            assert_never(command)
