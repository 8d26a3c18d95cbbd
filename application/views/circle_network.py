"""Which circle passed what knowledge to which other circle, and was it taken up?

Each half is recorded in a circle of its own, so one of the two may be missing: knowledge that was
passed and never received, or received of a circle that did not say that it passed it.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, key, shelf
from domain.circle.exchange import KnowledgePassed, KnowledgeReceived
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant

Heard = KnowledgePassed | KnowledgeReceived


@dataclass(frozen=True, kw_only=True)
class PassedHalf:
    """What the giving circle recorded."""

    subject: str
    url: str | None
    passed_at: Instant


@dataclass(frozen=True, kw_only=True)
class ReceivedHalf:
    """What the receiving circle recorded; `use` is what it does with it."""

    subject: str
    use: str
    received_at: Instant


@dataclass(frozen=True, kw_only=True)
class CircleNetworkRow:
    """From `source` to `target`; a half is None where that circle recorded nothing."""

    source: CircleId
    target: CircleId
    knowledge: Code
    passed: PassedHalf | None = None
    received: ReceivedHalf | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (passage(*_ends(recorded), recorded.fact.knowledge),)


def on(row: CircleNetworkRow | None, recorded: Recorded[Heard]) -> CircleNetworkRow | None:
    fact = recorded.fact
    source, target = _ends(recorded)
    row = row or CircleNetworkRow(source=source, target=target, knowledge=fact.knowledge)
    match fact:
        case KnowledgePassed():
            passed = PassedHalf(subject=fact.subject, url=fact.url, passed_at=fact.occurred_at)
            return replace(row, passed=passed)
        case KnowledgeReceived():
            received = ReceivedHalf(
                subject=fact.subject, use=fact.use, received_at=fact.occurred_at
            )
            return replace(row, received=received)
        case _:
            assert_never(fact)


def _ends(recorded: Recorded[Heard]) -> tuple[CircleId, CircleId]:
    here, fact = CircleId(recorded.stream), recorded.fact
    return (here, fact.to) if isinstance(fact, KnowledgePassed) else (fact.source, here)


def shelves(row: CircleNetworkRow) -> tuple[Shelf, ...]:
    ends = dict.fromkeys((row.source, row.target))
    return tuple(of_circle(each) for each in ends)


# ----------------------------------------------------------------------------------- how to ask


def passage(source: CircleId, target: CircleId, knowledge: Code) -> Key:
    return key(source, target, knowledge)


def of_circle(circle: CircleId) -> Shelf:
    """What this circle passed and what it was passed."""
    return shelf("circle", circle)


view = View(
    name="circle-network",
    version=1,
    row=CircleNetworkRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
