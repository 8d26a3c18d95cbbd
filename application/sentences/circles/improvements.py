"""What a circle set out to do better, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.circle.improvements import (
    ConditionNamed,
    ImprovementDone,
    ImprovementDropped,
    ImprovementFact,
    ImprovementMoved,
    ImprovementPlanned,
    SmallWinNoted,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: ImprovementFact, names: Names) -> Text:
    match fact:
        case ImprovementPlanned():
            who, due = names(fact.owner), day(fact.due_on)
            return Text(
                nl=f"Verbeteractie {fact.improvement}: {fact.title}; {who} zorgt ervoor,"
                f" uiterlijk op {due.nl}.",
                en=f"Action {fact.improvement}: {fact.title}; {who} sees to it, by {due.en}.",
            )
        case ImprovementMoved():
            due = day(fact.due_on)
            return Text(
                nl=f"Verbeteractie {fact.improvement} is verzet naar {due.nl}: {fact.reason}.",
                en=f"Action {fact.improvement} was moved to {due.en}: {fact.reason}.",
            )
        case ImprovementDone():
            kind = word(fact.kind)
            return Text(
                nl=f"Verbeteractie {fact.improvement} is gedaan ({kind.nl}): {fact.result}.",
                en=f"Action {fact.improvement} is done ({kind.en}): {fact.result}.",
            )
        case ImprovementDropped():
            return Text(
                nl=f"Verbeteractie {fact.improvement} vervalt: {fact.reason}.",
                en=f"Action {fact.improvement} was dropped: {fact.reason}.",
            )
        case ConditionNamed():
            who, kind = names(fact.member), word(fact.kind)
            return Text(
                nl=f"{who} noemde een conditie bij {fact.improvement} ({kind.nl}): {fact.text}.",
                en=f"{who} named a condition of {fact.improvement} ({kind.en}): {fact.text}.",
            )
        case SmallWinNoted():
            return Text(
                nl=f"Kleine winst {fact.win}: {fact.title}.",
                en=f"Small win {fact.win}: {fact.title}.",
            )
        case _:
            assert_never(fact)
