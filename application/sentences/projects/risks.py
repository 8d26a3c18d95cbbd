"""Risks, in sentences."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.convenant_project.risks import (
    RiskClosed,
    RiskFact,
    RiskFound,
    RiskMeasureAgreed,
    RiskSessionHeld,
)
from domain.rules.wording import amount
from domain.terms import Text


def sentence(fact: RiskFact, names: Names) -> Text:
    match fact:
        case RiskSessionHeld():
            who = listed(names, fact.participants)
            return Text(
                nl=f"De risico's zijn samen doorgenomen ({fact.session}) met {who.nl}.",
                en=f"The risks were gone through together ({fact.session}) with {who.en}.",
            )
        case RiskFound():
            chance = word(fact.chance)
            return Text(
                nl=f"Risico {fact.risk}: {fact.title} ({chance.nl}); gevolg: {fact.consequence}.",
                en=f"Risk {fact.risk}: {fact.title} ({chance.en}); consequence:"
                f" {fact.consequence}.",
            )
        case RiskMeasureAgreed():
            return _measure(fact)
        case RiskClosed():
            cost = None if fact.cost is None else amount(fact.cost)
            if not fact.happened:
                return Text(
                    nl=f"Risico {fact.risk} is voorbij; het deed zich niet voor.",
                    en=f"Risk {fact.risk} is over; it did not happen.",
                )
            return Text(
                nl=f"Risico {fact.risk} deed zich voor{f' en kostte {cost.nl}' if cost else ''}.",
                en=f"Risk {fact.risk} happened{f' and cost {cost.en}' if cost else ''}.",
            )
        case _:
            assert_never(fact)


def _measure(fact: RiskMeasureAgreed) -> Text:
    bears, prices = word(fact.borne_by), word(fact.priced_by)
    price = None if fact.price is None else amount(fact.price)
    return Text(
        nl=f"Tegen risico {fact.risk}: {fact.measure}; {bears.nl} draagt het en {prices.nl}"
        f" prijst het{f' op {price.nl}' if price else ''}.",
        en=f"Against risk {fact.risk}: {fact.measure}; borne by {bears.en}, priced by {prices.en}"
        f"{f' at {price.en}' if price else ''}.",
    )
