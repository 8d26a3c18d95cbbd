"""The vocabularies that everybody may use: stable codes, each said in Dutch and in English.

A closed set is one that a fact holds, and nothing else will do; it comes from the facts themselves,
so none is missing. An open one lists words of the field (`field_words`) that texts are written in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from application.vocabulary import SETS, field_words, word
from application.vocabulary.field_words import Words
from domain.circle import CircleFact
from domain.circle.topics import (
    KNOWN_TOPICS,
    CircleAspect,
    CircleTheme,
    KnownTopic,
    TopicKind,
    TopicLevel,
)
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.sealing import SealingFact
from domain.terms import Sealed, Text


@dataclass(frozen=True, kw_only=True)
class Word:
    """`code` is unique within its vocabulary and never gets another meaning."""

    code: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """`closed`: a fact holds one of these words and no other. Most closed sets have a code alone."""

    code: str
    title: Text | None
    closed: bool
    words: tuple[Word, ...]


def closed_set(
    cls: type[StrEnum], code: str | None = None, title: Text | None = None
) -> Vocabulary:
    """The vocabulary of a set of words; under its own name unless another is given."""
    return Vocabulary(
        code=code or "-".join(_split(cls.__name__)),
        title=title,
        closed=True,
        words=tuple(Word(code=each.value, label=word(each)) for each in cls),
    )


def _split(name: str) -> Iterator[str]:
    part = ""
    for letter in name:
        if letter.isupper() and part:
            yield part
            part = ""
        part += letter.lower()
    yield part


def _open(code: str, nl: str, en: str, words: Words) -> Vocabulary:
    return Vocabulary(
        code=code,
        title=Text(nl=nl, en=en),
        closed=False,
        words=tuple(
            Word(code=each, label=Text(nl=label[0], en=label[1])) for each, label in words.items()
        ),
    )


def _topics_as_written() -> Vocabulary:
    """The catalogue of topics line by line, with its two oddities."""
    return Vocabulary(
        code="topics-as-written",
        title=Text(
            nl="behandelde onderwerpen zoals de bron ze schrijft",
            en="topics treated, as the source writes them",
        ),
        closed=False,
        words=tuple(
            Word(code=f"line-{row.line}", label=Text(nl=row.written, en=word(row.topic).en))
            for row in KNOWN_TOPICS
        ),
    )


def sets_of(hint: Any) -> Iterator[type[StrEnum]]:
    """The sets of words in a type, in the order of its fields."""
    if get_origin(hint) in {Union, UnionType, tuple, frozenset}:
        for each in get_args(hint):
            yield from sets_of(each)
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        yield hint
    elif isinstance(hint, type) and is_dataclass(hint) and hint is not Sealed:
        hints = get_type_hints(hint)
        for field in fields(hint):
            yield from sets_of(hints[field.name])


_FACTS = (CircleFact, MemberFact, ProjectFact, MissionFact, SealingFact)


def _ordered() -> tuple[Vocabulary, ...]:
    return (
        closed_set(CircleTheme, "themes", Text(nl="thema's", en="themes")),
        closed_set(KnownTopic, "topics", Text(nl="bekende onderwerpen", en="known topics")),
        _topics_as_written(),
        closed_set(TopicKind, "topic-kinds", Text(nl="verbeteren of vernieuwen", en="kinds of topic")),
        closed_set(TopicLevel, "levels", Text(nl="niveaus", en="levels")),
        closed_set(CircleAspect, "aspects", Text(nl="aspecten", en="aspects")),
        _open("contribution-kinds", "soorten bijdrage", "kinds of contribution",
              field_words.CONTRIBUTION_KINDS),
        _open("matters", "vraagstukken", "matters", field_words.MATTERS),
        _open("roles", "rollen", "roles", field_words.ROLES),
        _open("services", "diensten", "services", field_words.SERVICES),
        _open("goals", "doelen", "goals", field_words.GOALS),
        _open("aims", "doelen van de kenniskring", "aims of a circle", field_words.AIMS),
        _open("chances", "kansen", "chances", field_words.CHANCES),
        _open("principles", "aanbestedingsbeginselen", "principles", field_words.PRINCIPLES),
        _open("sources", "kaders", "sources of rules", field_words.SOURCES),
        _open("guidelines", "richtlijnen", "guidelines", field_words.GUIDELINES),
        _open("questions", "vragen", "questions", field_words.QUESTIONS),
        _open("programmes", "programma's", "programmes", field_words.PROGRAMMES),
        _open("source-documents", "brondocumenten", "source documents", field_words.DOCUMENTS),
        _open("chapters", "invalshoeken", "chapters", field_words.CHAPTERS),
        _open("source-anomalies", "eigenaardigheden van de bronnen", "oddities of the sources",
              field_words.ANOMALIES),
    )  # fmt: skip


_TITLED = frozenset({CircleTheme, KnownTopic, TopicKind, TopicLevel, CircleAspect})


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """All of them: those of the field first, then every other closed set by its code."""
    others = {*SETS, *sets_of(Union[_FACTS])} - _TITLED  # noqa: UP007 - of a tuple
    return (*_ordered(), *sorted(map(closed_set, others), key=lambda each: each.code))
