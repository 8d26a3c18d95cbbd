"""Who was told what, in sentences."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.convenant_project.knowledge import (
    DocumentDisclosed,
    DocumentPublished,
    DocumentVersionAdded,
    DocumentWithdrawn,
    InvolvementRegistered,
    KnowledgeFact,
    MeasureTaken,
)
from domain.terms import Text


def sentence(fact: KnowledgeFact, names: Names) -> Text:
    match fact:
        case DocumentVersionAdded():
            genre = word(fact.genre)
            return Text(
                nl=f"{fact.document} v{fact.version} „{fact.title}” bestaat ({genre.nl}).",
                en=f"{fact.document} v{fact.version} “{fact.title}” exists ({genre.en}).",
            )
        case DocumentWithdrawn():
            return Text(
                nl=f"{fact.document} v{fact.version} is ingetrokken.",
                en=f"{fact.document} v{fact.version} was withdrawn.",
            )
        case DocumentDisclosed():
            return _disclosed(fact, names)
        case DocumentPublished():
            where = word(fact.channel)
            return Text(
                nl=f"{fact.document} v{fact.version} staat {where.nl} voor iedereen.",
                en=f"{fact.document} v{fact.version} stands {where.en} for everybody.",
            )
        case InvolvementRegistered():
            who, kind = names(fact.member), word(fact.kind)
            return Text(
                nl=f"De betrokkenheid van {who} is vastgelegd ({kind.nl}).",
                en=f"The involvement of {who} was registered ({kind.en}).",
            )
        case MeasureTaken():
            who, kind = names(fact.member), word(fact.kind)
            return Text(
                nl=f"Maatregel vanwege de betrokkenheid van {who}: {kind.nl}.",
                en=f"Measure because of the involvement of {who}: {kind.en}.",
            )
        case _:
            assert_never(fact)


def _disclosed(fact: DocumentDisclosed, names: Names) -> Text:
    who, channel = names(fact.recipient), word(fact.channel)
    if fact.proof is None:
        proof = Text(nl="zonder bewijs van ontvangst", en="without proof of receipt")
    else:
        shown = word(fact.proof)
        proof = Text(nl=f"bewijs: {shown.nl}", en=f"proof: {shown.en}")
    return Text(
        nl=f"{who} kreeg {fact.document} v{fact.version} {channel.nl} ({proof.nl}).",
        en=f"{who} was given {fact.document} v{fact.version} {channel.en} ({proof.en}).",
    )
