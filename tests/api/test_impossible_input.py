"""What cannot be is refused at the doors with its reason, and leaves nothing behind."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.member.access import AccessRole
from tests.api.conftest import Told
from tests.api.in_process import Doors, doors, organisation
from tests.api.test_commands import problem
from tests.conftest import Database

Body = dict[str, Any]


async def refused(
    at: Doors, path: str, body: Body | bytes, status: int, code: str, *, version: int | None = None
) -> Any:
    """The problem that `body` gives; neither a fact nor a key in the vault stays of it."""
    authority = await at.authority()
    token = await at.token(AccessRole.OFFICER, authority)
    before = await at.house.ledger.head()
    answer = await at.give(token, path.format(id=uuid4()), body, version=version)
    said = problem(answer, status, code)
    assert await at.house.ledger.head() == before
    return said


def founding(authority: str, **more: Any) -> Body:
    return {
        "name": "Kenniskring Polderrand",
        "authority": authority,
        "municipalityCode": "gm0363",
        "region": "Polderrand",
    } | more


def test_an_id_that_nothing_has_is_not_there(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        body = {"member": str(uuid4())}
        for path in ("/circles/{id}/join-circle", "/circles/geen-nummer/join-circle"):
            await refused(at, path, body, 404, "address.unknown", version=1)

    at_the_doors(story)


def test_a_field_that_no_command_has_is_named(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        body = organisation() | {"shoeSize": 44}
        said = await refused(at, "/members", body, 400, "form.malformed")
        assert [each["pointer"] for each in said["errors"]] == ["/shoeSize"]

    at_the_doors(story)


@pytest.mark.parametrize(
    "number", ["1234567", "123456789", "1234567a", "", " 12345678", "١٢٣٤٥٦٧٨"]
)
def test_a_kvk_number_has_eight_digits(at_the_doors: Told, number: str) -> None:
    async def story(at: Doors) -> None:
        body = organisation() | {"kvkNumber": number}
        said = await refused(at, "/members", body, 409, "member.kvk-number")
        assert said["errors"][0]["pointer"] == "/kvkNumber"

    at_the_doors(story)


def test_nothing_has_happened_tomorrow(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = str(await at.authority())
        body = founding(authority, occurredAt="2999-01-01T00:00:00Z")
        said = await refused(at, "/circles", body, 409, "moment.in-the-future")
        assert said["errors"][0]["pointer"] == "/occurredAt"

    at_the_doors(story)


def test_no_contract_is_signed_of_a_project_that_nobody_registered(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        path = "/convenant-projects/{id}/sign-contract"
        contract = {"contractor": str(uuid4()), "value": 95_000_00}
        await refused(at, path, contract, 404, "address.unknown", version=0)

    at_the_doors(story)


def test_a_text_of_ten_megabytes_is_too_large(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        body = organisation("x" * 10_000_000)
        await refused(at, "/members", body, 413, "body.too-large")

    at_the_doors(story)


def test_a_text_that_is_a_document_is_malformed(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        said = await refused(at, "/members", organisation("x" * 900_000), 400, "form.malformed")
        assert [each["pointer"] for each in said["errors"]] == ["/name"]

    at_the_doors(story)


def in_a_municipality(code: str, day: str) -> dict[str, Callable[[str], Body]]:
    there = {"municipalityCode": code, "occurredAt": f"{day}T12:00:00+01:00"}
    return {
        "/circles": lambda authority: founding(authority) | there,
        "/members": lambda _: organisation() | there,
    }


@pytest.mark.parametrize("path", ["/circles", "/members"])
@pytest.mark.parametrize(
    ("where_when", "refusal", "told"),
    [
        ("gm0416 2022-01-01", "no-longer-there", "Langedijk, which ended on 2021-12-31"),
        ("gm1980 2021-12-31", "not-yet-there", "Dijk en Waard"),
        ("gm0001 2024-01-01", "not-known", "TOOI"),
        ("gm9901 2024-01-01", "of-a-sample", "sandbox"),
    ],
)
def test_a_municipality_must_have_been_there(
    at_the_doors: Told, path: str, where_when: str, refusal: str, told: str
) -> None:
    async def story(at: Doors) -> None:
        code, day = where_when.split()
        body = in_a_municipality(code, day)[path](str(await at.authority()))
        said = await refused(at, path, body, 409, f"municipality.{refusal}")
        assert said["errors"][0]["pointer"] == "/municipalityCode"
        assert told in said["detail"]

    at_the_doors(story)


def test_the_day_before_it_ended_it_was_there(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER, authority)
        for path, body in in_a_municipality("gm0416", "2021-12-31").items():
            assert (await at.give(token, path, body(str(authority)))).status_code == 201

    at_the_doors(story)


def test_a_sandbox_takes_the_municipalities_of_samples(
    sandbox_database: Database, tmp_path: Path
) -> None:
    async def story() -> None:
        async with doors(sandbox_database, tmp_path) as at:
            authority = await at.authority()
            token = await at.token(AccessRole.OFFICER, authority)
            body = founding(str(authority), municipalityCode="gm9901")
            assert (await at.give(token, "/circles", body)).status_code == 201

    asyncio.run(story())
