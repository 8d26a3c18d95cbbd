"""Every notice says to us what it says in the XML, and nothing else."""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

import pytest

from application.notices.notice import Notice
from infrastructure.notices import read_notice
from tests.infrastructure.notices import expected_eforms, expected_ted, samples
from tests.infrastructure.notices.samples import data

EXPECTED = {**expected_ted.EXPECTED, **expected_eforms.EXPECTED}

UNLESS_STATED: Mapping[str, Any] = {
    "notice_id": None,
    "version": None,
    "procedure_id": None,
    "previous": None,
    "changes": None,
    "reference": None,
    "language": "nl",
    "dispatched_at": None,
    "published_on": None,
    "legal_basis": "32014L0024",
    "outside": None,
    "kind": None,
    "cpv_additional": (),
    "procedure": None,
    "accelerated": None,
    "estimated_value": None,
    "total_value": None,
    "deadlines": (),
    "awards": (),
    "remarks": (),
}


def seen(notice: Notice, field: str) -> Any:
    """The field as the tables write it: reasons by their place, long texts by their ends."""
    value = getattr(notice, field)
    if field == "outside" and value is not None:
        return (value.regime, value.element)
    if field == "remarks":
        return tuple((remark.code, remark.element) for remark in value)
    return value


@pytest.mark.parametrize("name", EXPECTED)
def test_a_notice_is_read_as_the_xml_says(name: str) -> None:
    notice = read_notice(data(name))
    expected = {**UNLESS_STATED, **EXPECTED[name], "sha256": sha256(data(name)).hexdigest()}
    if expected["notice_id"] is not None:
        expected["version"] = "01"
    lines, first, last = expected.pop("short_description")

    assert notice.short_description is not None
    assert len(notice.short_description.splitlines()) == lines
    assert notice.short_description.startswith(first)
    assert notice.short_description.endswith(last)
    names = {field.name for field in fields(Notice)} - {"short_description"}
    assert names == set(expected)
    assert {field: seen(notice, field) for field in names} == expected


def test_all_thirteen_published_notices_are_in_the_tables() -> None:
    assert len(samples.PUBLISHED) == 13
    assert set(samples.PUBLISHED) <= set(EXPECTED)


def test_every_example_of_the_sdk_is_in_the_tables_or_refused() -> None:
    refused = {"eforms-sdk/CEI.xml", "eforms-sdk/E2_minimal.xml"}
    assert set(samples.EXAMPLES) - set(EXPECTED) == refused


@pytest.mark.parametrize("name", [name for name, said in EXPECTED.items() if said.get("outside")])
def test_a_notice_outside_the_modelled_law_says_why_in_both_languages(name: str) -> None:
    outside = read_notice(data(name)).outside
    assert outside is not None
    assert "velt daarom geen oordelen" in outside.why.nl
    assert "gives no verdicts" in outside.why.en
