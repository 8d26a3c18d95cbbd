"""What was signed in a circle, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.circle.convenant import (
    AmbitionSet,
    ConvenantFact,
    ConvenantPartyJoined,
    ConvenantPartyLeft,
    ConvenantSectionWritten,
    ConvenantSigned,
)
from domain.terms import Text


def sentence(fact: ConvenantFact, names: Names) -> Text:
    match fact:
        case ConvenantSigned():
            parties = listed(names, fact.parties)
            return Text(
                nl=f"{parties.nl} tekenden het {'open ' if fact.open_entry else ''}convenant.",
                en=f"{parties.en} signed the {'open ' if fact.open_entry else ''}convenant.",
            )
        case ConvenantSectionWritten():
            section = word(fact.section)
            return Text(
                nl=f'Onderdeel "{section.nl}" van het convenant is geschreven.',
                en=f'Section "{section.en}" of the convenant was written.',
            )
        case AmbitionSet():
            theme = word(fact.theme)
            return Text(
                nl=f"Ambitie {fact.ambition} ({theme.nl}) uit {fact.source}: {fact.text}.",
                en=f"Ambition {fact.ambition} ({theme.en}) from {fact.source}: {fact.text}.",
            )
        case ConvenantPartyJoined():
            who = names(fact.member)
            return Text(
                nl=f"{who} sloot zich aan bij het convenant.",
                en=f"{who} joined the convenant.",
            )
        case ConvenantPartyLeft():
            who = names(fact.member)
            return Text(
                nl=f"{who} stopte met het convenant.",
                en=f"{who} left the convenant.",
            )
        case _:
            assert_never(fact)
