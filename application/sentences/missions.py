"""What happened in a mission, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from domain.mission import LineAgreed, MissionFact, MissionFounded
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: MissionFact, names: Names) -> Text:
    match fact:
        case MissionFounded():
            circle = names(fact.circle)
            return Text(
                nl=f"{circle} begon de missie „{fact.title}”.",
                en=f"{circle} founded the mission “{fact.title}”.",
            )
        case LineAgreed():
            since = day(fact.holds_from)
            return Text(
                nl=f"Standlijn {fact.level} is afgesproken: {fact.scope} (TRL {fact.readiness}),"
                f" vanaf {since.nl}.",
                en=f"Line {fact.level} was agreed: {fact.scope} (TRL {fact.readiness}),"
                f" from {since.en}.",
            )
        case _:
            assert_never(fact)
