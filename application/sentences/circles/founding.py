"""How a circle began and ended, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.circle.founding import (
    CircleClosed,
    CircleEvaluated,
    CircleFounded,
    FacilitatorAppointed,
    FoundingFact,
    IntakeAnswered,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: FoundingFact, names: Names) -> Text:
    match fact:
        case CircleFounded():
            authority = names(fact.authority)
            return Text(
                nl=f"{authority} stelde {fact.name} in voor de regio {fact.region}.",
                en=f"{authority} founded {fact.name} for the region {fact.region}.",
            )
        case FacilitatorAppointed():
            who = names(fact.facilitator)
            return Text(
                nl=f"{who} begeleidt de kring.",
                en=f"{who} guides the circle.",
            )
        case IntakeAnswered():
            who, question = names(fact.member), word(fact.question)
            return Text(
                nl=f"{who} beantwoordde een vraag vooraf ({question.nl}).",
                en=f"{who} answered an intake question ({question.en}).",
            )
        case CircleEvaluated():
            since, until = day(fact.since), day(fact.until)
            return Text(
                nl=f"Evaluatie {fact.evaluation} van de kring over {since.nl} tot en met"
                f" {until.nl}: {fact.conclusions}.",
                en=f"Evaluation {fact.evaluation} of the circle from {since.en} to {until.en}:"
                f" {fact.conclusions}.",
            )
        case CircleClosed():
            return Text(
                nl=f"De kring is gestopt: {fact.reason}.",
                en=f"The circle closed: {fact.reason}.",
            )
        case _:
            assert_never(fact)
