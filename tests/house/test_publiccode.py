"""The card by which other authorities find this software says what the standard asks for."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "tests" / "data" / "publiccode" / "publiccode.schema.json"


@pytest.fixture(scope="module")
def card() -> Any:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=FormatChecker())


def test_the_card_fits_the_schema_of_the_standard(card: Any, validator: Draft7Validator) -> None:
    assert [error.message for error in validator.iter_errors(card)] == []


@pytest.mark.parametrize("field", ["name", "url", "legal", "maintenance", "localisation"])
def test_the_schema_notices_a_missing_field(
    card: Any, validator: Draft7Validator, field: str
) -> None:
    without = {name: value for name, value in card.items() if name != field}
    assert not validator.is_valid(without)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_description_keeps_to_its_lengths(card: Any, language: str) -> None:
    words = card["description"][language]
    assert set(words) == {"genericName", "shortDescription", "longDescription", "features"}
    assert len(words["genericName"]) <= 35
    assert len(words["shortDescription"]) <= 150
    assert 500 <= len(words["longDescription"]) <= 10_000
    assert all(len(feature) <= 100 for feature in words["features"])


def test_the_card_and_the_package_name_the_same_licence(card: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert card["legal"]["license"] == project["license"] == "EUPL-1.2"
    assert (
        (ROOT / "LICENSE")
        .read_text(encoding="utf-8")
        .startswith("European Union Public Licence v. 1.2\n")
    )
