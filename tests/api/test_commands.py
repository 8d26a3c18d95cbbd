"""Commands at the doors: carried out once, told truly, refused readably."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.member.access import AccessRole
from tests.api.conftest import Told
from tests.api.in_process import Doors, doors, organisation, project
from tests.conftest import Database


def problem(answer: Any, status: int, code: str) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["type"] == f"urn:kringboek:problem:{code}"
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    return said


def test_what_is_begun_has_an_address_a_version_and_a_receipt(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        head, _ = await at.house.ledger.head()
        answer = await at.give(token, "/members", organisation())
        assert answer.status_code == 201
        said = answer.json()
        assert answer.headers["location"] == f"/v1/members/{said['id']}"
        assert answer.headers["etag"] == '"1"'
        assert (said["firstPosition"], said["lastPosition"], said["position"]) == (head + 1,) * 3
        recorded = await at.house.ledger.load(UUID(said["id"]))
        assert recorded[0].position == head + 1
        assert recorded[0].command == UUID(said["command"])
        assert recorded[0].actor == at.person(f"{AccessRole.OFFICER} None None")
        read = await at.get(token, f"/members/{said['id']}?waitFor={said['position']}")
        assert read.json()["name"] == "Duinweg BV"
        assert read.headers["etag"] == '"1"'

    at_the_doors(story)


def test_a_command_goes_on_with_the_version_that_was_read(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        found = await at.project(token, authority)
        announce = {"channel": "tenderned", "url": None}
        path = f"/convenant-projects/{found}/announce-project"
        problem(await at.give(token, path, announce), 428, "version.missing")
        answer = await at.give(token, path, announce, version=1)
        assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
        stale = await at.give(token, path, announce, version=1)
        problem(stale, 412, "version.stale")
        assert stale.headers["etag"] == '"2"'
        weak = await at.give(token, path, announce, headers={"If-Match": 'W/"2"'})
        problem(weak, 400, "version.form")

    at_the_doors(story)


def test_the_same_order_twice_is_carried_out_once(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        body = organisation()
        first = await at.give(token, "/members", body, key="twice")
        again = await at.give(token, "/members", body, key="twice")
        assert (again.status_code, again.json()) == (201, first.json())
        assert again.headers["etag"] == first.headers["etag"]
        assert "idempotent-replayed" not in first.headers
        assert again.headers["idempotent-replayed"] == "true"
        head, _ = await at.house.ledger.head()
        assert head == first.json()["position"]
        other = await at.give(token, "/members", body | {"name": "Anders BV"}, key="twice")
        problem(other, 422, "idempotency-key.reused")

    at_the_doors(story)


def test_an_order_that_begins_something_without_a_number_begins_it_once(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        one = await at.give(token, "/convenant-projects", project(authority), key="pk")
        two = await at.give(token, "/convenant-projects", project(authority), key="pk")
        three = await at.give(token, "/convenant-projects", project(authority), key="pl")
        assert one.json()["id"] == two.json()["id"] != three.json()["id"]

    at_the_doors(story)


def test_a_repetition_has_its_first_answer_whatever_happened_since(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        found = await at.project(token, authority)
        path = f"/convenant-projects/{found}/announce-project"
        body = {"channel": "tenderned", "url": None}
        first = await at.give(token, path, body, version=1, key="since")
        await at.give(token, path, body, version=2)
        again = await at.give(token, path, body, version=1, key="since")
        assert (again.status_code, again.json()) == (200, first.json())

    at_the_doors(story)


def test_one_key_in_two_hands_is_two_orders(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        one = await at.token(AccessRole.OFFICER, name="een")
        two = await at.token(AccessRole.OFFICER, name="twee")
        assert (await at.give(one, "/members", organisation(), key="k")).is_success
        assert (await at.give(two, "/members", organisation(), key="k")).is_success

    at_the_doors(story)


def test_an_order_under_way_is_said_to_be(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        body = organisation()
        answers = await asyncio.gather(
            *(at.give(token, "/members", body, key="under-way") for _ in range(8))
        )
        done = [each for each in answers if each.is_success]
        assert done
        assert len({each.text for each in done}) == 1
        for each in answers:
            if not each.is_success:
                problem(each, 409, "command.in-progress")
                assert each.headers["retry-after"] == "1"
        assert len(done) < len(answers)
        again = await at.give(token, "/members", body, key="under-way")
        assert again.json() == done[0].json()

    at_the_doors(story)


@pytest.mark.parametrize("key", [None, "", "met spatie", "é", "x" * 256])
def test_an_order_without_a_name_of_its_own_is_refused(at_the_doors: Told, key: str | None) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        raw = [(name.encode(), text.encode()) for name, text in headers.items()]
        if key is not None:
            raw.append((b"Idempotency-Key", key.encode("latin-1")))
        answer = await at.client.post(
            "/v1/members", content=json.dumps(organisation()), headers=raw
        )
        code = "idempotency-key.missing" if key is None else "idempotency-key.form"
        problem(answer, 400, code)

    at_the_doors(story)


def test_all_that_is_wrong_is_said_at_once_and_nothing_of_what_was_sent(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        body = organisation() | {"kind": "geheim", "legalForm": 5, "kvkNumber": 12, "extra": "Jan"}
        del body["name"]
        said = problem(await at.give(token, "/members", body), 400, "form.malformed")
        assert {each["pointer"] for each in said["errors"]} == {
            "/kind",
            "/legalForm",
            "/kvkNumber",
            "/name",
            "/extra",
        }
        text = json.dumps(said)
        assert "geheim" not in text
        assert "Jan" not in text

    at_the_doors(story)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"name":1,"name":2}', b"\xff", b"[" * 5000])
def test_what_is_no_form_is_malformed(at_the_doors: Told, body: bytes) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        problem(await at.give(token, "/members", body), 400, "form.malformed")

    at_the_doors(story)


def test_what_cannot_have_happened_is_refused_with_its_own_code(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        body = organisation()
        await at.give(token, "/members", body)
        known = await at.give(token, "/members", body | {"name": "Nogmaals BV"})
        problem(known, 409, "member.known")
        late = organisation() | {"occurredAt": "2999-01-01T00:00:00Z"}
        said = problem(await at.give(token, "/members", late), 409, "moment.in-the-future")
        assert said["errors"][0]["pointer"] == "/occurredAt"

    at_the_doors(story)


def test_bodies_have_a_size_and_a_kind(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        large = json.dumps(organisation()).encode() + b" " * 1_000_001
        problem(await at.give(token, "/members", large), 413, "body.too-large")
        xml = {"Content-Type": "application/xml"}
        problem(await at.give(token, "/members", b"<a/>", headers=xml), 415, "body.media-type")

    at_the_doors(story)


def test_a_name_that_is_personal_is_sealed_before_it_is_recorded(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        body = organisation("Eenpitter Grond") | {"legalForm": "sole-trader", "kvkNumber": None}
        answer = await at.give(token, "/members", body, key="sealed")
        stored = [row async for page in at.house.ledger.stored() for row in page]
        assert b"Eenpitter" not in b"".join(row.body for row in stored)
        assert (await at.give(token, "/members", body, key="sealed")).json() == answer.json()
        read = await at.read(token, f"/members/{answer.json()['id']}")
        assert (read["name"], read["personal"]) == ("Eenpitter Grond", True)
        fact: Any = (await at.house.ledger.load(UUID(answer.json()["id"])))[0].fact
        await at.house.vault.destroy(fact.name.kid)
        gone = await at.read(token, f"/members/{answer.json()['id']}")
        assert (gone["name"], gone["personal"]) == (None, True)

    at_the_doors(story)


def test_a_sealed_value_from_outside_is_refused(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        sealed = {"kid": str(uuid4()), "field": "name", "nonce": "", "ciphertext": ""}
        said = problem(
            await at.give(token, "/members", organisation() | {"name": sealed}),
            400,
            "form.malformed",
        )
        assert [each["pointer"] for each in said["errors"]] == ["/name"]

    at_the_doors(story)


def test_addresses_that_lead_nowhere_are_problems_too(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        for path in (
            "/members/",
            "/nothing",
            "/members/no-id",
            f"/members/{uuid4()}",
            f"/members/{uuid4().hex}",
            f"/circles/{uuid4()}/nothing",
            "",
            "/",
        ):
            problem(await at.get(token, path), 404, "address.unknown")
        unknown = f"/circles/{uuid4()}/hold-meeting"
        meeting = {"meeting": "m", "agenda": [], "attendance": [], "competitionStatement": True}
        problem(await at.give(token, unknown, meeting, version=1), 404, "address.unknown")
        wrong = await at.client.delete("/v1/members")
        problem(wrong, 405, "method.not-allowed")
        assert wrong.headers["allow"] == "GET, HEAD, POST"

    at_the_doors(story)


def test_a_project_takes_no_command_of_a_circle(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        found = await at.project(token, authority)
        meeting = {"meeting": "m", "agenda": [], "attendance": [], "competitionStatement": True}
        answer = await at.give(token, f"/circles/{found}/hold-meeting", meeting, version=1)
        problem(answer, 404, "address.unknown")

    at_the_doors(story)


def test_every_answer_has_what_every_answer_has(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.AUDITOR)
        trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        for answer in (
            await at.get(token, "/me", traceparent=f"00-{trace}-00f067aa0ba902b7-01"),
            await at.get(None, "/me", traceparent=f"00-{trace}-00f067aa0ba902b7-01"),
        ):
            assert answer.headers["api-version"] == "1.0.0"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["strict-transport-security"]
            assert answer.headers["cache-control"]
            assert answer.headers["trace-id"] == trace

    at_the_doors(story)


def test_in_a_sandbox_live_commands_come_after_its_last_moment(
    sandbox_database: Database, tmp_path: Path
) -> None:
    async def story() -> None:
        async with doors(sandbox_database, tmp_path) as at:
            token = await at.token(AccessRole.OFFICER)
            await at.give(token, "/members", organisation())
            _, first = await at.house.ledger.head()
            assert first is not None
            assert await at.house.clock.now() >= first
            assert at.house.sample_auditor is not None

    asyncio.run(story())
