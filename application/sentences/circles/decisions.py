"""What a circle decided, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.circle.decisions import (
    DecisionFact,
    DecisionReviewed,
    DecisionTaken,
    ObjectionAnswered,
    ObjectionRaised,
    OptionAdded,
    ProposalTabled,
    VotesCounted,
)
from domain.terms import Text


def sentence(fact: DecisionFact, names: Names) -> Text:
    match fact:
        case ProposalTabled():
            who = names(fact.member)
            return Text(
                nl=f"{who} bracht voorstel {fact.decision} in: {fact.subject}.",
                en=f"{who} tabled proposal {fact.decision}: {fact.subject}.",
            )
        case OptionAdded():
            return Text(
                nl=f"Bij voorstel {fact.decision} kwam optie {fact.option}.",
                en=f"Option {fact.option} was added to proposal {fact.decision}.",
            )
        case ObjectionRaised():
            who = names(fact.member)
            return Text(
                nl=f"{who} maakte bezwaar {fact.objection} bij {fact.decision}.",
                en=f"{who} raised objection {fact.objection} to {fact.decision}.",
            )
        case ObjectionAnswered():
            outcome = word(fact.outcome)
            return Text(
                nl=f"Bezwaar {fact.objection} is beantwoord: {outcome.nl}.",
                en=f"Objection {fact.objection} was answered: {outcome.en}.",
            )
        case VotesCounted():
            return Text(
                nl=f"Stemming over {fact.decision}: {fact.in_favour} voor, {fact.against}"
                f" tegen, {fact.abstained} onthoudingen.",
                en=f"Vote on {fact.decision}: {fact.in_favour} in favour, {fact.against}"
                f" against, {fact.abstained} abstained.",
            )
        case DecisionTaken():
            outcome, method = word(fact.outcome), word(fact.method)
            return Text(
                nl=f"Besluit {fact.decision} over {fact.subject}: {outcome.nl} ({method.nl}).",
                en=f"Decision {fact.decision} on {fact.subject}: {outcome.en} ({method.en}).",
            )
        case DecisionReviewed():
            outcome = word(fact.outcome)
            return Text(
                nl=f"Besluit {fact.decision} is opnieuw bezien: {outcome.nl}.",
                en=f"Decision {fact.decision} was reviewed: {outcome.en}.",
            )
        case _:
            assert_never(fact)
