"""How a circle looked back, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from domain.circle.learning import (
    ExemplaryPracticeNamed,
    HealthChecked,
    LearningFact,
    PhaseReviewed,
    ReflectionHeld,
)
from domain.terms import Text


def sentence(fact: LearningFact, names: Names) -> Text:
    match fact:
        case ReflectionHeld():
            return Text(
                nl=f"De kring hield reflectie {fact.reflection}.",
                en=f"The circle held reflection {fact.reflection}.",
            )
        case PhaseReviewed():
            return Text(
                nl=f"Fase {fact.phase} is bezien:"
                f" {f'verder met {fact.next_phase}' if fact.next_phase else 'nog niet verder'}.",
                en=f"Phase {fact.phase} was reviewed:"
                f" {f'on to {fact.next_phase}' if fact.next_phase else 'not on yet'}.",
            )
        case HealthChecked():
            who = names(fact.member)
            return Text(
                nl=f"{who} gaf aan hoe de kring ervoor staat ({fact.check}).",
                en=f"{who} said how the circle is doing ({fact.check}).",
            )
        case ExemplaryPracticeNamed():
            return Text(
                nl=f"Exemplarische praktijk {fact.practice}: {fact.title}.",
                en=f"Exemplary practice {fact.practice}: {fact.title}.",
            )
        case _:
            assert_never(fact)
