"""What did a circle decide (besluiten), on which grounds, and when does it look again?

Proposals, options and objections are handed on as they are kept: sealed.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.circle.decisions import (
    DecisionFact,
    DecisionMethod,
    DecisionOutcome,
    DecisionReviewed,
    DecisionTaken,
    ObjectionAnswered,
    ObjectionOutcome,
    ObjectionRaised,
    OptionAdded,
    ProposalTabled,
    ReviewOutcome,
    VotesCounted,
)
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MemberId, Sealed


@dataclass(frozen=True, kw_only=True)
class DecisionOption:
    option: Code
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class ObjectionMade:
    """`outcome` and `how` are None while nobody answered it."""

    objection: Code
    member: MemberId
    text: Sealed
    raised_at: Instant
    outcome: ObjectionOutcome | None = None
    how: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class VoteResult:
    """Heads. `quorate`: as many were present as had to be."""

    present: int
    quorum: int
    in_favour: int
    against: int
    abstained: int

    @property
    def quorate(self) -> bool:
        return self.present >= self.quorum


@dataclass(frozen=True, kw_only=True)
class ReviewHeld:
    outcome: ReviewOutcome
    reasons: str
    replaced_by: Code | None
    reviewed_at: Instant


@dataclass(frozen=True, kw_only=True)
class CircleDecisionRow:
    """From the proposal on; `outcome` is None while nothing was decided.

    `review_on` is the day of the next review, None where none is planned.
    """

    circle: CircleId
    decision: Code
    subject: str
    tabled_at: Instant | None = None
    tabled_by: MemberId | None = None
    proposal: Sealed | None = None
    options: tuple[DecisionOption, ...] = ()
    objections: tuple[ObjectionMade, ...] = ()
    votes: VoteResult | None = None
    method: DecisionMethod | None = None
    outcome: DecisionOutcome | None = None
    option: Code | None = None
    reasons: str | None = None
    decided_at: Instant | None = None
    review_on: date | None = None
    reviews: tuple[ReviewHeld, ...] = ()

    @property
    def in_force(self) -> bool:
        """Adopted, and neither revised nor withdrawn since."""
        adopted = self.outcome is DecisionOutcome.ADOPTED
        return adopted and all(each.outcome is ReviewOutcome.KEPT for each in self.reviews)


def keys(recorded: Recorded[DecisionFact]) -> tuple[Key, ...]:
    return (decision_of(CircleId(recorded.stream), recorded.fact.decision),)


def on(row: CircleDecisionRow | None, recorded: Recorded[DecisionFact]) -> CircleDecisionRow | None:
    fact = recorded.fact
    if isinstance(fact, ProposalTabled | DecisionTaken):
        row = row or CircleDecisionRow(
            circle=CircleId(recorded.stream), decision=fact.decision, subject=fact.subject
        )
    if row is None:
        return None
    match fact:
        case ProposalTabled():
            return replace(
                row, tabled_at=fact.occurred_at, tabled_by=fact.member, proposal=fact.text
            )
        case OptionAdded():
            added = DecisionOption(option=fact.option, text=fact.text)
            return replace(row, options=(*row.options, added))
        case ObjectionRaised():
            made = ObjectionMade(
                objection=fact.objection,
                member=fact.member,
                text=fact.text,
                raised_at=fact.occurred_at,
            )
            return replace(row, objections=(*row.objections, made))
        case ObjectionAnswered():
            return replace(row, objections=tuple(_answered(each, fact) for each in row.objections))
        case VotesCounted():
            votes = VoteResult(
                present=fact.present,
                quorum=fact.quorum,
                in_favour=fact.in_favour,
                against=fact.against,
                abstained=fact.abstained,
            )
            return replace(row, votes=votes)
        case DecisionTaken():
            return replace(
                row,
                subject=fact.subject,
                method=fact.method,
                outcome=fact.outcome,
                option=fact.option,
                reasons=fact.reasons,
                decided_at=fact.occurred_at,
                review_on=fact.review_on,
            )
        case DecisionReviewed():
            held = ReviewHeld(
                outcome=fact.outcome,
                reasons=fact.reasons,
                replaced_by=fact.replaced_by,
                reviewed_at=fact.occurred_at,
            )
            return replace(row, reviews=(*row.reviews, held), review_on=fact.review_on)
        case _:
            assert_never(fact)


def _answered(made: ObjectionMade, answer: ObjectionAnswered) -> ObjectionMade:
    if made.objection != answer.objection:
        return made
    return replace(made, outcome=answer.outcome, how=answer.how)


# ----------------------------------------------------------------------------------- how to ask


def decision_of(circle: CircleId, decision: Code) -> Key:
    return key(circle, decision)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


view = View(
    name="circle-decisions",
    version=1,
    row=CircleDecisionRow,
    hears=DecisionFact,
    keys=keys,
    on=on,
)
