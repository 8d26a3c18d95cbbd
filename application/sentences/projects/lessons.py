"""Failure costs, prices and lessons, in sentences."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.convenant_project.lessons import (
    ElectricSurchargeSet,
    FailureCostFound,
    FairPriceExplained,
    LessonCited,
    LessonDrawn,
    LessonFact,
)
from domain.rules.wording import amount, percentage
from domain.terms import Text


def sentence(fact: LessonFact, names: Names) -> Text:
    match fact:
        case FailureCostFound():
            value, phase = amount(fact.amount), word(fact.phase)
            return Text(
                nl=f"Faalkosten in de {phase.nl}: {value.nl} ({fact.cause}).",
                en=f"Failure costs in the {phase.en}: {value.en} ({fact.cause}).",
            )
        case FairPriceExplained():
            return Text(
                nl=f"Waarom de prijs eerlijk is: {fact.basis}.",
                en=f"Why the price is a fair one: {fact.basis}.",
            )
        case ElectricSurchargeSet():
            extra = amount(fact.amount) if fact.amount is not None else percentage(fact.share or 0)
            return Text(
                nl=f"Opslag voor elektrisch materieel ({fact.equipment}): {extra.nl};"
                f" {fact.method}.",
                en=f"Surcharge for electric equipment ({fact.equipment}): {extra.en};"
                f" {fact.method}.",
            )
        case LessonDrawn():
            kind = word(fact.kind)
            return Text(
                nl=f"Geleerd ({kind.nl}): {fact.title}.",
                en=f"Learned ({kind.en}): {fact.title}.",
            )
        case LessonCited():
            source = names(fact.project)
            return Text(
                nl=f"Dit project gebruikt les {fact.lesson} van {source}: {fact.how}.",
                en=f"This project uses lesson {fact.lesson} of {source}: {fact.how}.",
            )
        case _:
            assert_never(fact)
