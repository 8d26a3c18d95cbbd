"""What happened to keys and to persons who asked to be forgotten, in one sentence each.

A person is never called by a name here: a request to be forgotten would tell of itself for ever.
"""

from typing import assert_never

from application.vocabulary import word
from domain.member.erasure import (
    ErasureCompleted,
    ErasureFact,
    ErasureGranted,
    ErasureRefused,
    ErasureRequested,
    PersonsNamed,
)
from domain.rules.wording import day
from domain.sealing import KeyCreated, KeyDestroyed, SealingFact
from domain.terms import Text


def of_key(fact: SealingFact) -> Text:
    match fact:
        case KeyCreated():
            return Text(
                nl="Wat hiervoor vertrouwelijk is vastgelegd, is verzegeld met een eigen sleutel.",
                en="What was recorded in confidence just before this was sealed under a key of its"
                " own.",
            )
        case KeyDestroyed():
            why = word(fact.ground)
            return Text(
                nl=f"De sleutel van een verzegelde tekst is vernietigd ({why.nl}), volgens verzoek"
                f" {fact.erasure}.",
                en=f"The key of a sealed text was destroyed ({why.en}), by request {fact.erasure}.",
            )
        case _:
            assert_never(fact)


def of_erasure(fact: ErasureFact) -> Text:
    match fact:
        case ErasureRequested():
            why, asker, received = word(fact.ground), word(fact.asked_by), day(fact.received_on)
            return Text(
                nl=f"Verzoek {fact.erasure} om een persoon te vergeten, ontvangen op {received.nl}"
                f" van {asker.nl} ({why.nl}).",
                en=f"Request {fact.erasure} to forget a person, received on {received.en} from"
                f" {asker.en} ({why.en}).",
            )
        case ErasureRefused():
            why = word(fact.ground)
            return Text(
                nl=f"Verzoek {fact.erasure} is geweigerd: {why.nl}.",
                en=f"Request {fact.erasure} was refused: {why.en}.",
            )
        case ErasureGranted():
            kept = len(fact.kept)
            return Text(
                nl=f"Verzoek {fact.erasure} is toegewezen; uitgezonderde sleutels: {kept}.",
                en=f"Request {fact.erasure} was granted; keys excepted: {kept}.",
            )
        case ErasureCompleted():
            return Text(
                nl=f"Verzoek {fact.erasure} is uitgevoerd: sleutels vernietigd {fact.destroyed},"
                f" behouden {len(fact.kept)}.",
                en=f"Request {fact.erasure} was carried out: keys destroyed {fact.destroyed},"
                f" kept {len(fact.kept)}.",
            )
        case PersonsNamed():
            return Text(
                nl="Vastgesteld is om wie een verzegelde tekst gaat; aantal personen:"
                f" {len(fact.persons)}.",
                en="It was established whom a sealed text is about; number of persons:"
                f" {len(fact.persons)}.",
            )
        case _:
            assert_never(fact)
