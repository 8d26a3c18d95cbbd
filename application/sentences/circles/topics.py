"""What a circle talked about, in one sentence each."""

from typing import assert_never

from application.vocabulary import word
from domain.circle.topics import TopicClosed, TopicDiscussed, TopicFact, TopicRaised
from domain.terms import Text


def sentence(fact: TopicFact) -> Text:
    match fact:
        case TopicRaised():
            kind, level = word(fact.kind), word(fact.level)
            return Text(
                nl=f"Onderwerp {fact.topic} ({kind.nl}, {level.nl}): {fact.title}.",
                en=f"Topic {fact.topic} ({kind.en}, {level.en}): {fact.title}.",
            )
        case TopicDiscussed():
            return Text(
                nl=f"Onderwerp {fact.topic} is besproken in bijeenkomst {fact.meeting}.",
                en=f"Topic {fact.topic} was discussed in meeting {fact.meeting}.",
            )
        case TopicClosed():
            return Text(
                nl=f"Onderwerp {fact.topic} is afgerond: {fact.result}.",
                en=f"Topic {fact.topic} was closed: {fact.result}.",
            )
        case _:
            assert_never(fact)
