"""The klaagpaal: the standing item of every meeting where a complaint may be made safely."""

from dataclasses import dataclass, replace

from domain.circle.codes import require_new
from domain.terms import Code, Command, Fact, Moment, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, kw_only=True)
class Complaint:
    complaint: Code
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class ComplaintRaised(Fact, Complaint):
    """Something was put to the klaagpaal; who said what stays within the circle."""


KlaagpaalFact = ComplaintRaised

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Klaagpaal:
    raised: frozenset[Code] = frozenset()


def evolve(state: Klaagpaal, fact: KlaagpaalFact) -> Klaagpaal:
    return replace(state, raised=state.raised | {fact.complaint})


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RaiseComplaint(Command, Complaint):
    pass


KlaagpaalCommand = RaiseComplaint

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Klaagpaal, command: KlaagpaalCommand, moment: Moment
) -> tuple[KlaagpaalFact, ...]:
    require_new(state.raised, command.complaint, "complaint")
    return (stated(ComplaintRaised, command, moment),)
