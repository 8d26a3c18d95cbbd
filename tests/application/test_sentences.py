"""Every fact can be told, in both languages, and every word of a closed set has its words."""

from dataclasses import replace
from enum import StrEnum
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest

from application.sentences import sentence
from application.vocabulary import word
from domain.member.organisation import MemberRegistered
from domain.terms import Fact, Sealed
from tests.samples import FACTS, sample


def names(subject: UUID, /) -> str:
    return f"<{subject.hex[:4]}>"


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_every_fact_has_a_sentence_in_dutch_and_in_english(fact: type[Fact]) -> None:
    said = sentence(sample(fact), names)
    assert said.nl.endswith(".")
    assert said.en.endswith(".")
    assert said.nl != said.en
    assert "_" not in said.nl + said.en, "a name of the code, not a word"


def enums(hint: Any) -> set[type[StrEnum]]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {hint}
    found = {each for part in get_args(hint) for each in enums(part)}
    if hasattr(hint, "__dataclass_fields__"):
        found |= {each for part in get_type_hints(hint).values() for each in enums(part)}
    return found


WORDS = sorted(
    (value for cls in {each for fact in FACTS for each in enums(fact)} for value in cls),
    key=lambda value: (type(value).__name__, value),
)


@pytest.mark.parametrize("value", WORDS, ids=lambda value: f"{type(value).__name__} {value}")
def test_every_word_that_a_fact_may_hold_is_said_in_both_languages(value: StrEnum) -> None:
    said = word(value)
    assert said.nl
    assert said.en


def test_a_sealed_name_is_not_told() -> None:
    secret = Sealed(kid=UUID(int=1), field="name", nonce="AA==", ciphertext="c2VjcmV0")
    said = sentence(replace(sample(MemberRegistered), name=secret), names)
    assert "afgeschermde naam" in said.nl
    assert "c2VjcmV0" not in said.nl + said.en
