"""`docs/events.md` is that of this build, and `docs/upcasting.md` reads what it says it reads."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.event_reference import DOCUMENT, SAMPLES, closed_sets, document
from domain.terms import Fact
from infrastructure.event_mapper import EventMapper, Json, Named, Names
from infrastructure.event_names import EVENT_NAMES

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / DOCUMENT).read_text(encoding="utf-8")
UPCASTING = (ROOT / "docs" / "upcasting.md").read_text(encoding="utf-8")


def test_the_catalogue_is_that_of_this_build() -> None:
    assert document(ROOT / SAMPLES) == WRITTEN, "run: python -m api.event_reference"


def test_every_event_is_in_it_once_with_its_version_and_both_sentences() -> None:
    heads = re.findall(r"^### `(.+)` version (\d+)$", WRITTEN, re.MULTILINE)
    assert sorted(heads) == sorted((each.name, str(each.version)) for each in EVENT_NAMES.entries)
    for language in ("nl", "en"):
        assert len(re.findall(rf"^- {language}: .+$", WRITTEN, re.MULTILINE)) == len(heads)


def test_no_id_of_a_sample_is_left_without_its_field() -> None:
    assert "\\<id>" not in WRITTEN
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", WRITTEN)


@pytest.mark.parametrize("fact", EVENT_NAMES.by_fact, ids=lambda fact: fact.__name__)
def test_every_word_that_an_event_may_hold_stands_with_its_field(fact: type[Fact]) -> None:
    name = EVENT_NAMES.by_fact[fact].name
    section = WRITTEN.partition(f"### `{name}` version")[2].partition("\n### ")[0]
    for words in closed_sets(fact):
        assert "one of " + ", ".join(f"`{each}`" for each in words) in section


def block(kind: str) -> str:
    (found,) = re.findall(rf"```{kind}\n(.*?)```", UPCASTING, re.DOTALL)
    return str(found)


def test_the_example_of_the_ladder_is_read_as_the_page_says() -> None:
    known: dict[str, Any] = {"dataclass": dataclass, "Fact": Fact, "Json": Json, "Named": Named}
    exec(block("python"), known)  # noqa: S102 - the page is ours
    mapper = EventMapper(Names((known["WEIGHED"],)))
    read = mapper.recall("example.weighed", 1, block("json v1").encode())
    name, version, body = mapper.store(read)
    assert (name, version) == ("example.weighed", 3)
    assert json.loads(body) == json.loads(block("json v3"))
