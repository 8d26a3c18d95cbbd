"""What a circle decides (besluiten): proposal, options, objections, and until when it holds.

Proposals, options, objections and how each was met may name people, so those texts are sealed; the
subject, the outcome and the reasons are the public part.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_known, require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class DecisionMethod(StrEnum):
    CONSENT = "consent"
    VOTE = "vote"  # stemming


class DecisionOutcome(StrEnum):
    ADOPTED = "adopted"  # aangenomen
    REJECTED = "rejected"  # verworpen
    POSTPONED = "postponed"  # aangehouden


class ObjectionOutcome(StrEnum):
    INTEGRATED = "integrated"  # verwerkt in het voorstel
    WITHDRAWN = "withdrawn"  # ingetrokken
    OVERRULED = "overruled"  # weggestemd
    STANDS = "stands"  # blijft staan


class ReviewOutcome(StrEnum):
    KEPT = "kept"  # gehandhaafd
    REVISED = "revised"  # herzien
    WITHDRAWN = "withdrawn"  # ingetrokken


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`member` is the organisation that brought it in."""

    decision: Code
    subject: str
    member: MemberId
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class ProposalTabled(Fact, Proposal):
    """Something was put before the circle to decide on (voorstel)."""


@dataclass(frozen=True, kw_only=True)
class ProposalOption:
    decision: Code
    option: Code
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class OptionAdded(Fact, ProposalOption):
    """There is another way to decide (optie)."""


@dataclass(frozen=True, kw_only=True)
class Objection:
    """`objection` is a code within its decision."""

    decision: Code
    objection: Code
    member: MemberId
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(Fact, Objection):
    """A member objected (bezwaar)."""


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswer:
    decision: Code
    objection: Code
    outcome: ObjectionOutcome
    how: Sealed


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswered(Fact, ObjectionAnswer):
    """The circle met an objection, or let it stand."""


@dataclass(frozen=True, kw_only=True)
class VoteCount:
    """Heads; `quorum` is how many had to be `present`."""

    decision: Code
    present: int
    quorum: int
    in_favour: int
    against: int
    abstained: int


@dataclass(frozen=True, kw_only=True)
class VotesCounted(Fact, VoteCount):
    """The votes on a proposal were counted (stemming)."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`option` is the one that was chosen, where there were several."""

    decision: Code
    subject: str
    method: DecisionMethod
    outcome: DecisionOutcome
    reasons: str
    review_on: date | None = None
    option: Code | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionTaken(Fact, Decision):
    """The circle decided (besluit)."""


@dataclass(frozen=True, kw_only=True)
class DecisionReview:
    """`replaced_by` is the decision that a revised one gave way to; `review_on` the next review."""

    decision: Code
    outcome: ReviewOutcome
    reasons: str
    replaced_by: Code | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionReviewed(Fact, DecisionReview):
    """The circle looked again at a decision (herziening)."""


DecisionFact = (
    ProposalTabled
    | OptionAdded
    | ObjectionRaised
    | ObjectionAnswered
    | VotesCounted
    | DecisionTaken
    | DecisionReviewed
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """`options` and `objections` come with their decision; what was postponed is not `taken`."""

    tabled: frozenset[Code] = frozenset()
    taken: frozenset[Code] = frozenset()
    options: frozenset[tuple[Code, Code]] = frozenset()
    objections: frozenset[tuple[Code, Code]] = frozenset()

    @property
    def known(self) -> frozenset[Code]:
        return self.tabled | self.taken

    def options_of(self, decision: Code) -> frozenset[Code]:
        return frozenset(option for of, option in self.options if of == decision)

    def objections_to(self, decision: Code) -> frozenset[Code]:
        return frozenset(objection for to, objection in self.objections if to == decision)


def evolve(state: Decisions, fact: DecisionFact) -> Decisions:
    match fact:
        case ProposalTabled():
            return replace(state, tabled=state.tabled | {fact.decision})
        case OptionAdded():
            return replace(state, options=state.options | {(fact.decision, fact.option)})
        case ObjectionRaised():
            return replace(state, objections=state.objections | {(fact.decision, fact.objection)})
        case DecisionTaken():
            if fact.outcome is DecisionOutcome.POSTPONED:
                return replace(state, tabled=state.tabled | {fact.decision})
            return replace(state, taken=state.taken | {fact.decision})
        case ObjectionAnswered() | VotesCounted() | DecisionReviewed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class TableProposal(Command, Proposal):
    pass


@dataclass(frozen=True, kw_only=True)
class AddOption(Command, ProposalOption):
    pass


@dataclass(frozen=True, kw_only=True)
class RaiseObjection(Command, Objection):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerObjection(Command, ObjectionAnswer):
    pass


@dataclass(frozen=True, kw_only=True)
class CountVotes(Command, VoteCount):
    pass


@dataclass(frozen=True, kw_only=True)
class TakeDecision(Command, Decision):
    pass


@dataclass(frozen=True, kw_only=True)
class ReviewDecision(Command, DecisionReview):
    pass


DecisionCommand = (
    TableProposal
    | AddOption
    | RaiseObjection
    | AnswerObjection
    | CountVotes
    | TakeDecision
    | ReviewDecision
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Decisions, command: DecisionCommand, moment: Moment) -> tuple[DecisionFact, ...]:
    match command:
        case TableProposal():
            require_new(state.known, command.decision, "decision")
            return (stated(ProposalTabled, command, moment),)
        case AddOption():
            require_known(state.tabled, command.decision, "decision")
            require_new(state.options_of(command.decision), command.option, "option")
            return (stated(OptionAdded, command, moment),)
        case RaiseObjection():
            require_known(state.known, command.decision, "decision")
            require_new(state.objections_to(command.decision), command.objection, "objection")
            return (stated(ObjectionRaised, command, moment),)
        case AnswerObjection():
            known = state.objections_to(command.decision)
            require_known(known, command.objection, "objection")
            return (stated(ObjectionAnswered, command, moment),)
        case CountVotes():
            require_known(state.known, command.decision, "decision")
            _require_count(command)
            return (stated(VotesCounted, command, moment),)
        case TakeDecision():
            require_new(state.taken, command.decision, "decision")
            if command.option is not None:
                require_known(state.options_of(command.decision), command.option, "option")
            return (stated(DecisionTaken, command, moment),)
        case ReviewDecision():
            require_known(state.taken, command.decision, "decision")
            _require_replacement(state, command)
            return (stated(DecisionReviewed, command, moment),)
        case _:
            assert_never(command)


def _require_count(votes: CountVotes) -> None:
    cast = (votes.in_favour, votes.against, votes.abstained)
    require(
        min(*cast, votes.present, votes.quorum) >= 0,
        "circle.votes-negative",
        "heads are counted from 0",
    )
    require(
        sum(cast) <= votes.present,
        "circle.more-votes-than-heads",
        f"{sum(cast)} votes were cast by {votes.present} present; count again",
        field="present",
    )


def _require_replacement(state: Decisions, review: ReviewDecision) -> None:
    if review.outcome is ReviewOutcome.REVISED:
        require(
            review.replaced_by in state.taken - {review.decision},
            "circle.unknown-replacement",
            "name the other decision that this one gave way to, and record it first",
            field="replacedBy",
        )
        return
    require(
        review.replaced_by is None,
        "circle.no-replacement",
        "only a revised decision gives way to another; leave this out",
        field="replacedBy",
    )
