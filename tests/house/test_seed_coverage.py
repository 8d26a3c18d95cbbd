"""Every row of the two source documents has a place in the record, and that place exists."""

import re
from functools import cache
from pathlib import Path

import pytest

from application.aggregates import AGGREGATES
from application.glossary import GLOSSARY
from application.views.catalogue import VIEWS
from application.vocabulary.published import vocabularies
from domain.law.parameter_table import DEFINITIONS
from domain.rules.catalogue import RULES
from infrastructure.event_names import EVENT_NAMES

TEXT = (Path(__file__).parents[2] / "docs" / "seed-coverage.md").read_text(encoding="utf-8")
ROWS = {
    row: (item, targets)
    for row, item, targets in re.findall(
        r"^\| (I[01]-[0-9.]+) \| [^|]+ \| ([^|]+) \| ([^|]*) \|$", TEXT, re.MULTILINE
    )
}
NOT_YET = re.findall(
    r"^- (I[01]-[0-9.]+): (.+)$",
    TEXT.partition("## Not yet")[2].partition("\n## ")[0],
    re.MULTILINE,
)
STILL_TO_DO = 0
"""How many rows have no place yet. It may fall."""

EXPECTED = (
    *(f"I0-{number:03}" for number in range(1, 91)),
    "I0-091..103",
    *(f"I0-{number:03}" for number in range(104, 124)),
    *(f"I1-{number:03}" for number in range(1, 122)),
)


@cache
def places() -> frozenset[str]:
    """All that a row may point at, as this build has it."""
    found = {f"fact:{name}" for name in EVENT_NAMES.by_name}
    found |= {f"command:{name}" for aggregate in AGGREGATES for name in aggregate.commands}
    found |= {f"view:{each.name}" for each in VIEWS}
    found |= {f"rule:{each.id}" for each in RULES}
    found |= {f"parameter:{key}" for key in DEFINITIONS}
    found |= {f"term:{each.code}" for each in GLOSSARY}
    for vocabulary in vocabularies():
        found.add(f"vocabulary:{vocabulary.code}")
        found |= {f"vocabulary:{vocabulary.code}#{each.code}" for each in vocabulary.words}
    return frozenset(found)


def test_all_232_rows_are_there_in_order() -> None:
    assert tuple(ROWS) == EXPECTED
    assert len(EXPECTED) == 232


@pytest.mark.parametrize("row", EXPECTED)
def test_a_row_has_a_place_that_exists(row: str) -> None:
    _, said = ROWS[row]
    targets = re.findall(r"`([^`]+)`", said)
    assert targets or row in dict(NOT_YET), "it has no place, and is not among those to come"
    assert set(targets) <= places(), set(targets) - places()


def test_what_is_still_to_do_only_becomes_less() -> None:
    assert len(NOT_YET) == STILL_TO_DO
    assert {row for row, _ in NOT_YET} <= set(EXPECTED)


def test_the_eight_oddities_stand_with_the_row_that_has_them() -> None:
    listed = re.findall(
        r"^\| `([a-z0-9-]+)` \| (I[01]-\d+) \| [^|]+ \| [^|]+ \|$",
        TEXT.partition("## Oddities of the sources")[2],
        re.MULTILINE,
    )
    (odd,) = (each for each in vocabularies() if each.code == "source-anomalies")
    assert {code for code, _ in listed} == {each.code for each in odd.words}
    assert len(listed) == 8
    for code, row in listed:
        assert f"`vocabulary:source-anomalies#{code}`" in ROWS[row][1]
