"""The market's say beforehand, in sentences."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.convenant_project.early_market import (
    ConsultationHeld,
    ConsultationPlanned,
    DistinctionInvited,
    EarlyInvolvementChosen,
    EarlyMarketFact,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: EarlyMarketFact, names: Names) -> Text:
    match fact:
        case EarlyInvolvementChosen():
            form = word(fact.form)
            return Text(
                nl=f"De markt denkt vooraf mee, in deze vorm: {form.nl}; {fact.reasons}.",
                en=f"The market has a say beforehand, in this form: {form.en}; {fact.reasons}.",
            )
        case ConsultationPlanned():
            how, when, count = word(fact.method), day(fact.planned_on), len(fact.questions)
            return Text(
                nl=f"Consultatie {fact.consultation} is gepland op {when.nl}, {how.nl}; aantal"
                f" vragen: {count}.",
                en=f"Consultation {fact.consultation} is planned for {when.en}, {how.en}; number of"
                f" questions: {count}.",
            )
        case ConsultationHeld():
            who = listed(names, fact.participants)
            return Text(
                nl=f"Consultatie {fact.consultation} is gehouden met {who.nl or 'niemand'}:"
                f" {fact.outcome}.",
                en=f"Consultation {fact.consultation} was held with {who.en or 'nobody'}:"
                f" {fact.outcome}.",
            )
        case DistinctionInvited():
            ways = [word(each) for each in fact.ways]
            return Text(
                nl="Inschrijvers kunnen zich onderscheiden:"
                f" {', '.join(each.nl for each in ways)}; {fact.how}.",
                en=f"Tenderers can stand out: {', '.join(each.en for each in ways)}; {fact.how}.",
            )
        case _:
            assert_never(fact)
