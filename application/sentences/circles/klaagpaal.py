"""What was put to the klaagpaal, in one sentence each; never what was said."""

from typing import assert_never

from application.vocabulary import word
from domain.circle.klaagpaal import (
    ComplaintDiscussed,
    ComplaintRaised,
    ComplaintSettled,
    KlaagpaalFact,
)
from domain.terms import Text


def sentence(fact: KlaagpaalFact) -> Text:
    match fact:
        case ComplaintRaised():
            return Text(
                nl=f"Bij de klaagpaal is {fact.complaint} ingebracht.",
                en=f"{fact.complaint} was put to the klaagpaal.",
            )
        case ComplaintDiscussed():
            return Text(
                nl=f"Klacht {fact.complaint} is besproken in bijeenkomst {fact.meeting}.",
                en=f"Complaint {fact.complaint} was talked over in meeting {fact.meeting}.",
            )
        case ComplaintSettled():
            outcome, became = word(fact.outcome), f" {fact.became}" if fact.became else ""
            return Text(
                nl=f"Klacht {fact.complaint} is afgehandeld: {outcome.nl}{became}.",
                en=f"Complaint {fact.complaint} was settled: {outcome.en}{became}.",
            )
        case _:
            assert_never(fact)
