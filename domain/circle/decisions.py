"""What a circle decides (besluiten): by consent or by vote, and until when it holds."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.circle.codes import require_new
from domain.terms import Code, Command, Fact, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class DecisionMethod(StrEnum):
    CONSENT = "consent"
    VOTE = "vote"  # stemming


class DecisionOutcome(StrEnum):
    ADOPTED = "adopted"  # aangenomen
    REJECTED = "rejected"  # verworpen
    POSTPONED = "postponed"  # aangehouden


@dataclass(frozen=True, kw_only=True)
class Decision:
    decision: Code
    subject: str
    method: DecisionMethod
    outcome: DecisionOutcome
    reasons: str
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionTaken(Fact, Decision):
    """The circle decided (besluit)."""


DecisionFact = DecisionTaken

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Decisions:
    taken: frozenset[Code] = frozenset()


def evolve(state: Decisions, fact: DecisionFact) -> Decisions:
    return replace(state, taken=state.taken | {fact.decision})


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class TakeDecision(Command, Decision):
    pass


DecisionCommand = TakeDecision

# --------------------------------------------------------------------------------------- decide


def decide(state: Decisions, command: DecisionCommand, moment: Moment) -> tuple[DecisionFact, ...]:
    require_new(state.taken, command.decision, "decision")
    return (stated(DecisionTaken, command, moment),)
