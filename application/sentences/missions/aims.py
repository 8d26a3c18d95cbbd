"""What a mission is for and what it asks of everybody now, in sentences."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.mission.line import LineAgreed, LineFact, TreadAnnounced
from domain.mission.purpose import (
    FeasibilityAnalysed,
    MissionFounded,
    MissionProblemsRanked,
    MissionProblemStated,
    PurposeFact,
    SolutionProposed,
    SolutionWeighed,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: PurposeFact | LineFact, names: Names) -> Text:
    match fact:
        case MissionFounded():
            circle = names(fact.circle)
            return Text(
                nl=f"{circle} begon de missie „{fact.title}”.",
                en=f"{circle} founded the mission “{fact.title}”.",
            )
        case MissionProblemStated():
            return Text(
                nl=f"Probleem {fact.problem} is verwoord: {fact.statement}.",
                en=f"Problem {fact.problem} was put into words: {fact.statement}.",
            )
        case MissionProblemsRanked():
            order = ", ".join(fact.order)
            return Text(
                nl=f"De problemen zijn op volgorde van prioriteit gezet: {order}.",
                en=f"The problems were put in order of priority: {order}.",
            )
        case SolutionProposed():
            return Text(
                nl=f"Oplossing {fact.solution} is naast de andere gelegd: {fact.description}.",
                en=f"Solution {fact.solution} was put beside the others: {fact.description}.",
            )
        case SolutionWeighed():
            standing = word(fact.standing)
            return Text(
                nl=f"Oplossing {fact.solution} wordt {standing.nl}: {fact.reasons}.",
                en=f"Solution {fact.solution} is {standing.en}: {fact.reasons}.",
            )
        case FeasibilityAnalysed():
            aspect = word(fact.aspect)
            return Text(
                nl=f"Analyse {fact.analysis} ({aspect.nl}): {fact.conclusion}.",
                en=f"Analysis {fact.analysis} ({aspect.en}): {fact.conclusion}.",
            )
        case LineAgreed():
            since = day(fact.holds_from)
            return Text(
                nl=f"Standlijn {fact.level} is afgesproken: {fact.scope} (TRL {fact.readiness}),"
                f" vanaf {since.nl}.",
                en=f"Line {fact.level} was agreed: {fact.scope} (TRL {fact.readiness}),"
                f" from {since.en}.",
            )
        case TreadAnnounced():
            since, told = day(fact.holds_from), listed(names, fact.told)
            return Text(
                nl=f"Trede {fact.level} is aangekondigd{_to(' aan ', told.nl)}: {fact.scope},"
                f" vanaf {since.nl}.",
                en=f"Tread {fact.level} was announced{_to(' to ', told.en)}: {fact.scope},"
                f" from {since.en}.",
            )
        case _:
            assert_never(fact)


def _to(preposition: str, whom: str) -> str:
    return preposition + whom if whom else ""
