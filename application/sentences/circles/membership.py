"""Who joined and who left a circle, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.circle.membership import (
    EntryAnswered,
    EntryEvidenceGiven,
    EntryRequested,
    LeaveAnswered,
    LeaveRequested,
    MemberJoined,
    MemberLeft,
    MembershipFact,
)
from domain.rules.wording import amount, day
from domain.terms import Text


def sentence(fact: MembershipFact, names: Names) -> Text:
    match fact:
        case EntryRequested():
            who = names(fact.member)
            return Text(
                nl=f"{who} vroeg om toetreding.",
                en=f"{who} asked to join.",
            )
        case EntryEvidenceGiven():
            who, done = names(fact.member), day(fact.completed_on)
            return Text(
                nl=f"{who} toonde een werk in de gemeente: {fact.work}, gereed op {done.nl}.",
                en=f"{who} showed a work in the municipality: {fact.work}, completed on {done.en}.",
            )
        case EntryAnswered():
            who, outcome, ground = names(fact.member), word(fact.outcome), word(fact.ground)
            return Text(
                nl=f"Het verzoek van {who} is beantwoord: {outcome.nl} ({ground.nl}).",
                en=f"The request of {who} was answered: {outcome.en} ({ground.en}).",
            )
        case MemberJoined():
            who = names(fact.member)
            return Text(
                nl=f"{who} trad toe.",
                en=f"{who} joined.",
            )
        case MemberLeft():
            who = names(fact.member)
            return Text(
                nl=f"{who} trad uit.",
                en=f"{who} left.",
            )
        case LeaveRequested():
            who = names(fact.member)
            return Text(
                nl=f"{who} vroeg om uittreding.",
                en=f"{who} asked to leave.",
            )
        case LeaveAnswered():
            who, outcome, penalty = names(fact.member), word(fact.outcome), amount(fact.penalty)
            return Text(
                nl=f"Het verzoek van {who} om uit te treden is beantwoord: {outcome.nl}, kosten"
                f" {penalty.nl}.",
                en=f"The request of {who} to leave was answered: {outcome.en}, at {penalty.en}.",
            )
        case _:
            assert_never(fact)
