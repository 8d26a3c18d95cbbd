"""The document of the interface says what is served, in the forms that are stored."""

import json
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any

import jsonschema
import pytest

from api.app import operations
from api.openapi import document
from application.aggregates import AGGREGATES
from application.spoken import spoken_schema
from domain.member.access import AccessRole
from domain.member.organisation import LegalForm, OrganisationKind
from domain.rules.rule import Outcome, Severity
from infrastructure.event_names import EVENT_NAMES
from tests.api.conftest import Told
from tests.api.in_process import Doors
from tests.api.neighbourhood import Neighbourhood
from tests.api.test_access_at_the_doors import caught_up

Json = dict[str, Any]
MOMENTS = {"time", "since", "until", "deadline"}
"""Instants whose names do not end in At."""
ASKED_ELSEWHERE = (
    "/events/stream", "/events/{position}/", "/log", "/export", "/persons/", "/sealed-texts/",
    "/members/{id}/erasure", "/members/{id}/retention", "/time",
)  # fmt: skip
"""Reads that never end, that want a published log, a person or an address, or that give files."""


@cache
def openapi() -> Json:
    names = {each.name: (each.fact, each.version) for each in EVENT_NAMES.entries}
    found: Json = json.loads(json.dumps(document(operations(), names)))
    return found


def every_operation() -> Iterator[tuple[str, str, Json]]:
    for path, methods in openapi()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def references(part: Any) -> Iterator[str]:
    match part:
        case dict():
            for key, value in part.items():
                if key == "$ref":
                    yield value
                else:
                    yield from references(value)
        case list():
            for each in part:
                yield from references(each)
        case _:
            return


def test_every_command_has_an_operation_with_its_form() -> None:
    paths = openapi()["paths"]
    schemas = openapi()["components"]["schemas"]
    for aggregate in AGGREGATES:
        for number, (name, command) in enumerate(aggregate.commands.items()):
            begins = number == 0
            path = f"/{aggregate.plural}" if begins else f"/{aggregate.plural}/{{id}}/{name}"
            operation = paths[path]["post"]
            content = operation["requestBody"]["content"]["application/json"]["schema"]
            assert content == {"$ref": f"#/components/schemas/{command.__name__}"}
            whole = spoken_schema(command, "#/components/schemas/")
            assert schemas[command.__name__]["properties"] == whole["properties"]
            names = {each["name"] for each in operation["parameters"]}
            assert names == (
                {"Idempotency-Key"} if begins else {"id", "Idempotency-Key", "If-Match"}
            )
            assert {"400", "401", "403", "409", "422"} <= operation["responses"].keys()
            assert ({"412", "428", "404"} <= operation["responses"].keys()) is not begins


def test_no_reference_leads_nowhere_and_no_part_is_left_over() -> None:
    known = {f"#/components/schemas/{name}" for name in openapi()["components"]["schemas"]}
    assert set(references(openapi())) == known


def test_422_says_one_thing_only() -> None:
    for path, _, operation in every_operation():
        if "422" in operation["responses"]:
            assert "Idempotency-Key" in {each["name"] for each in operation["parameters"]}, path


def test_every_operation_has_a_name_of_its_own_and_tells_its_version() -> None:
    names = [operation["operationId"] for _, _, operation in every_operation()]
    assert len(set(names)) == len(names)
    for path, _, operation in every_operation():
        for status, response in operation["responses"].items():
            if status.startswith(("2", "3")):
                assert "API-Version" in response["headers"], path
            else:
                assert list(response["content"]) == ["application/problem+json"], path


def test_paths_and_parameters_are_spelt_as_the_rules_say() -> None:
    for path, _, operation in every_operation():
        assert not path.endswith("/")
        assert path == path.lower()
        for each in operation.get("parameters", ()):
            if each["in"] == "query":
                assert each["name"].isalnum()
                assert each["name"][0].islower()


def test_a_name_that_ends_in_date_is_a_day() -> None:
    for name, schema in openapi()["components"]["schemas"].items():
        for field, said in schema.get("properties", {}).items():
            if field.endswith("Date"):
                assert said["format"] == "date", (name, field)
            if said.get("format") == "date-time":
                assert field.endswith("At") or field in MOMENTS, (name, field)


@pytest.mark.parametrize("words", [AccessRole, LegalForm, OrganisationKind, Outcome, Severity])
def test_a_closed_set_is_an_enum_with_every_word(words: type[StrEnum]) -> None:
    assert openapi()["components"]["schemas"][words.__name__]["enum"] == list(words)


def test_the_types_of_events_are_those_that_are_stored() -> None:
    types = openapi()["components"]["schemas"]["Event"]["properties"]["type"]["enum"]
    assert len(types) == sum(each.version for each in EVENT_NAMES.entries)
    for each in EVENT_NAMES.entries:
        assert f"nl.kringboek.{each.name}.v{each.version}" in types


def test_what_is_answered_is_what_is_documented(at_the_doors: Told) -> None:
    """Every read of a small record, held to the schema of its answer."""

    async def story(at: Doors) -> None:
        served = (await at.client.get("/v1/openapi.json")).json()
        here = await Neighbourhood(at).told()
        auditor = await at.token(AccessRole.AUDITOR, here.ours, name="lezer")
        await caught_up(at)
        held = 0
        for path, methods in served["paths"].items():
            if "get" not in methods or path.startswith(ASKED_ELSEWHERE) or path.endswith("/export"):
                continue
            answer = await at.get(auditor, here.address(path))
            assert answer.status_code == 200, (path, answer.text)
            content = methods["get"]["responses"]["200"]["content"]
            media = answer.headers["content-type"].partition(";")[0]
            assert media in content, path
            if media == "application/json":
                schema = {**content[media]["schema"], "components": served["components"]}
                jsonschema.Draft202012Validator(schema).validate(answer.json())
                held += 1
        assert held > 40
        for answer in (
            await at.give(here.officer, "/members", {}),
            await at.get(None, "/me"),
            await at.get(here.officer, "/nothing"),
        ):
            schema = {
                "$ref": "#/components/schemas/Problem",
                "components": served["components"],
            }
            jsonschema.Draft202012Validator(schema).validate(answer.json())

    at_the_doors(story)


def test_the_document_is_for_everybody(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        answer = await at.client.get("/v1/openapi.json")
        assert answer.headers["access-control-allow-origin"] == "*"
        said = answer.json()
        assert said["servers"] == [{"url": "/v1"}]
        assert said["info"]["version"] == answer.headers["api-version"]
        assert {"name", "url", "email"} <= said["info"]["contact"].keys()

    at_the_doors(story)
