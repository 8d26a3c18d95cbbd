"""What a circle passed on and took in, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.circle.exchange import (
    ExchangeFact,
    KnowledgePassed,
    KnowledgeReceived,
    MarketSignalGiven,
    MarketSignalPassedOn,
    WorkshopHeld,
)
from domain.terms import Text


def sentence(fact: ExchangeFact, names: Names) -> Text:
    match fact:
        case WorkshopHeld():
            kind, theme, host = word(fact.kind), word(fact.theme), names(fact.host)
            return Text(
                nl=f"Bij {host} was een {kind.nl} over {theme.nl}: {fact.title}.",
                en=f"At {host} there was a {kind.en} on {theme.en}: {fact.title}.",
            )
        case MarketSignalGiven():
            kind = word(fact.kind)
            return Text(
                nl=f"Marktsignaal {fact.signal} ({kind.nl}): {fact.text}.",
                en=f"Market signal {fact.signal} ({kind.en}): {fact.text}.",
            )
        case MarketSignalPassedOn():
            return Text(
                nl=f"Marktsignaal {fact.signal} is ingebracht bij {fact.to}.",
                en=f"Market signal {fact.signal} was taken to {fact.to}.",
            )
        case KnowledgePassed():
            to = names(fact.to)
            return Text(
                nl=f"Kennis {fact.knowledge} is gedeeld met {to}: {fact.subject}.",
                en=f"Knowledge {fact.knowledge} was passed to {to}: {fact.subject}.",
            )
        case KnowledgeReceived():
            source = names(fact.source)
            return Text(
                nl=f"Kennis {fact.knowledge} van {source} is opgepakt: {fact.use}.",
                en=f"Knowledge {fact.knowledge} of {source} was taken up: {fact.use}.",
            )
        case _:
            assert_never(fact)
