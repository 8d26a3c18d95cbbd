"""The klaagpaal: the standing item of every meeting where a complaint may be made safely.

A complaint is raised, talked over in a meeting, and settled: it became an improvement, a decision,
an agreement or a signal, or it was enough that it was heard. What was said is sealed throughout.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_known, require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, Moment, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class ComplaintOutcome(StrEnum):
    """What came of a complaint; the first four name what it became."""

    IMPROVEMENT = "improvement"  # verbeteractie
    DECISION = "decision"  # besluit
    AGREEMENT = "agreement"  # afspraak
    MARKET_SIGNAL = "market-signal"  # marktsignaal
    HEARD = "heard"  # gehoord; meer was niet nodig
    WITHDRAWN = "withdrawn"  # ingetrokken


@dataclass(frozen=True, kw_only=True)
class Complaint:
    complaint: Code
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class ComplaintRaised(Fact, Complaint):
    """Something was put to the klaagpaal; who said what stays within the circle."""


@dataclass(frozen=True, kw_only=True)
class ComplaintTalk:
    complaint: Code
    meeting: Code
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class ComplaintDiscussed(Fact, ComplaintTalk):
    """A meeting talked a complaint over."""


@dataclass(frozen=True, kw_only=True)
class ComplaintSettlement:
    """`became` is the code of the improvement, decision, agreement or signal; None for the others."""

    complaint: Code
    outcome: ComplaintOutcome
    became: Code | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintSettled(Fact, ComplaintSettlement):
    """The circle said what came of a complaint."""


KlaagpaalFact = ComplaintRaised | ComplaintDiscussed | ComplaintSettled

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Klaagpaal:
    raised: frozenset[Code] = frozenset()
    settled: frozenset[Code] = frozenset()


def evolve(state: Klaagpaal, fact: KlaagpaalFact) -> Klaagpaal:
    match fact:
        case ComplaintRaised():
            return replace(state, raised=state.raised | {fact.complaint})
        case ComplaintSettled():
            return replace(state, settled=state.settled | {fact.complaint})
        case ComplaintDiscussed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RaiseComplaint(Command, Complaint):
    pass


@dataclass(frozen=True, kw_only=True)
class DiscussComplaint(Command, ComplaintTalk):
    pass


@dataclass(frozen=True, kw_only=True)
class SettleComplaint(Command, ComplaintSettlement):
    pass


KlaagpaalCommand = RaiseComplaint | DiscussComplaint | SettleComplaint

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Klaagpaal,
    command: KlaagpaalCommand,
    moment: Moment,
    *,
    meetings: frozenset[Code],
    results: Mapping[ComplaintOutcome, frozenset[Code]],
) -> tuple[KlaagpaalFact, ...]:
    """`results` are the codes of whatever a complaint can have become."""
    match command:
        case RaiseComplaint():
            require_new(state.raised, command.complaint, "complaint")
            return (stated(ComplaintRaised, command, moment),)
        case DiscussComplaint():
            require_known(state.raised, command.complaint, "complaint")
            require_known(meetings, command.meeting, "meeting")
            return (stated(ComplaintDiscussed, command, moment),)
        case SettleComplaint():
            require_known(state.raised, command.complaint, "complaint")
            require(
                command.complaint not in state.settled,
                "circle.complaint-settled",
                "this complaint was settled before; raise it anew under another code",
                field="complaint",
            )
            _require_result(command, results.get(command.outcome))
            return (stated(ComplaintSettled, command, moment),)
        case _:
            assert_never(command)


def _require_result(command: SettleComplaint, possible: frozenset[Code] | None) -> None:
    if possible is None:
        require(
            command.became is None,
            "circle.no-result",
            f"a complaint that was {command.outcome} became nothing; leave this out",
            field="became",
        )
        return
    require(
        command.became in possible,
        "circle.unknown-result",
        f"this circle has no {command.outcome} under this code; record it first",
        field="became",
    )
