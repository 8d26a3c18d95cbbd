"""Canonical JSON (RFC 8785): the writer of facts, and the library that entries are held to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from application.forms import form

VECTORS = Path(__file__).parents[1] / "data" / "vectors" / "jcs"
NAMES = ("arrays", "french", "structures", "unicode", "values", "weird")


@dataclass(frozen=True, kw_only=True)
class Said:
    said: str


@dataclass(frozen=True, kw_only=True)
class Counted:
    counted: int


def canonical(name: str) -> bytes:
    return (VECTORS / "output" / f"{name}.json").read_bytes()


def leaves(value: Any) -> Iterator[Any]:
    """Every name and every scalar, in the order in which they are written."""
    match value:
        case dict():
            for key, each in value.items():
                yield key
                yield from leaves(each)
        case list():
            for each in value:
                yield from leaves(each)
        case _:
            yield value


def test_all_the_vectors_are_here() -> None:
    assert sorted(each.stem for each in (VECTORS / "input").iterdir()) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_entries_are_held_to_writes_the_vectors(name: str) -> None:
    given = json.loads((VECTORS / "input" / f"{name}.json").read_bytes())
    assert rfc8785.dumps(given) == canonical(name)


@pytest.mark.parametrize("name", NAMES)
def test_facts_spell_text_and_numbers_as_the_vectors_do(name: str) -> None:
    """A fact has its own keys, in order, and no fractions; its text may be anybody's."""
    whole = canonical(name)
    at = 0
    for each in leaves(json.loads(whole)):
        if isinstance(each, str):
            spelled = form(Said).canonical(Said(said=each))[len('{"said":') : -1]
        elif isinstance(each, int) and not isinstance(each, bool):
            spelled = form(Counted).canonical(Counted(counted=each))[len('{"counted":') : -1]
        else:
            continue
        at = whole.index(spelled, at) + len(spelled)
    assert at
