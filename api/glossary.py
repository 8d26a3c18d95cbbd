"""The words of the field for everybody: the glossary and the vocabularies, without a token."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from api.answers import EVERYBODY, answer
from api.operations import Call, Operation
from application.glossary import GLOSSARY
from application.vocabulary.published import Vocabulary, vocabularies


@dataclass(frozen=True, kw_only=True)
class GlossaryTerm:
    """A term of the field: in Dutch, in English, and what it means."""

    code: str
    nl: str
    en: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Glossary:
    terms: tuple[GlossaryTerm, ...]


@dataclass(frozen=True, kw_only=True)
class Vocabularies:
    vocabularies: tuple[Vocabulary, ...]


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/glossary",
        id="glossary",
        tag="about",
        summary="The terms of the field (woordenlijst), in Dutch and English",
        handle=_glossary,
        answer=Glossary,
        public=True,
    )
    yield Operation(
        method="GET",
        path="/vocabularies",
        id="vocabularies",
        tag="about",
        summary="The words that the record is written in, with their codes",
        description="Themes, topics, roles, services, levels, aspects and kinds of contribution"
        " first; then every closed set of words that an event may hold.",
        handle=_vocabularies,
        answer=Vocabularies,
        public=True,
    )


async def _glossary(_: Call) -> Response:
    terms = tuple(
        GlossaryTerm(code=each.code, nl=each.nl, en=each.en, meaning=each.meaning)
        for each in GLOSSARY
    )
    return answer(Glossary(terms=terms), cache=EVERYBODY)


async def _vocabularies(_: Call) -> Response:
    return answer(Vocabularies(vocabularies=vocabularies()), cache=EVERYBODY)
