"""The feed: every event in order, without a gap, resumable, and checkable to the byte."""

import asyncio
import json
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any

import pytest
import rfc8785

from api.happenings import type_of
from application.ports import StoredEvent
from domain.member.access import AccessRole
from tests.api.conftest import Told
from tests.api.in_process import Doors, organisation
from tests.api.test_commands import problem


async def stored(at: Doors) -> list[StoredEvent]:
    return [row async for page in at.house.ledger.stored() for row in page]


async def walked(at: Doors, token: str, limit: int) -> list[dict[str, Any]]:
    """The whole feed, page by page, by its own links."""
    head, _ = await at.house.ledger.head()
    assert await at.house.views.wait_for(head, within=10)
    seen: list[dict[str, Any]] = []
    path = f"/events?limit={limit}"
    while True:
        answer = await at.get(token, path)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["events"]) <= limit
        seen += page["events"]
        if not page["events"]:
            assert page["next"] == head
            return seen
        path = answer.headers["link"].partition(">")[0].removeprefix("</v1")


def test_the_feed_has_every_event_once_in_order_whatever_the_page(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        for _ in range(4):
            await at.give(officer, "/members", organisation())
        rows = await stored(at)
        for limit in (1, 3, 500):
            seen = await walked(at, officer, limit)
            assert [each["sequence"] for each in seen] == list(range(1, len(rows) + 1))
            assert [each["id"] for each in seen] == [str(row.position) for row in rows]
            assert [each["type"] for each in seen] == [
                type_of(row.name, row.name_version) for row in rows
            ]

    at_the_doors(story)


def test_what_is_shown_hashes_to_what_stands_in_the_log(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        auditor = await at.token(AccessRole.AUDITOR)
        shown = 0
        for event, row in zip(await walked(at, auditor, 500), await stored(at), strict=True):
            assert json.loads(row.entry)["body"] == event["bodyhash"]
            if "data" in event:
                shown += 1
                body = rfc8785.dumps(event["data"])
                assert body == row.body
                assert sha256(bytes.fromhex(event["salt"]) + body).hexdigest() == event["bodyhash"]
        assert shown

    at_the_doors(story)


def test_an_event_is_a_cloud_event(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        position = (await at.give(officer, "/members", organisation())).json()["position"]
        await walked(at, officer, 500)
        event = (await at.get(officer, f"/events/{position}")).json()
        assert event["specversion"] == "1.0"
        assert event["type"] == "nl.kringboek.member.member-registered.v1"
        assert event["source"].startswith("urn:nld:kringboek:")
        assert event["time"].endswith("Z")
        assert all(name.isalnum() and name.islower() for name in event)
        for unknown in (0, position + 1, "x", "01", "1.0"):
            problem(await at.get(officer, f"/events/{unknown}"), 404, "address.unknown")

    at_the_doors(story)


def test_whoever_waits_for_news_gets_it_as_it_comes(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        head, _ = await at.house.ledger.head()
        waiting = asyncio.create_task(at.get(officer, f"/events?after={head}&wait=20"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        await at.give(officer, "/members", organisation())
        answer = await asyncio.wait_for(waiting, 5)
        assert [each["sequence"] for each in answer.json()["events"]] == [head + 1]
        nothing = await at.get(officer, f"/events?after={head + 1}&wait=1")
        assert nothing.json() == {"events": [], "next": head + 1}

    at_the_doors(story)


@pytest.mark.parametrize("query", ["after=-1", "limit=0", "limit=501", "wait=31", "after=x"])
def test_the_feed_refuses_what_it_cannot_do(at_the_doors: Told, query: str) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        problem(await at.get(officer, f"/events?{query}"), 400, "request.parameter")

    at_the_doors(story)


def test_the_stream_tells_the_same_and_goes_on_after_the_last_that_was_heard(
    at_the_doors: Told,
) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        for _ in range(3):
            await at.give(officer, "/members", organisation())
        feed = await walked(at, officer, 500)
        last = len(feed)
        heard = await _heard(at, officer, {"Last-Event-ID": str(last - 2)}, 2)
        assert heard == feed[-2:]
        wrong = await at.get(officer, "/events/stream", Last_Event_ID="x")
        problem(wrong, 400, "request.parameter")

    at_the_doors(story)


async def _heard(at: Doors, token: str, headers: dict[str, str], many: int) -> list[Any]:
    """The first events of the stream.

    Spoken to as a server would: the client of these tests waits for the end of an answer, and a
    stream has none.
    """
    lines: list[str] = []
    enough = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200
        lines.extend(message.get("body", b"").decode().splitlines())
        if sum(each.startswith("data: ") for each in lines) >= many:
            enough.set()

    said = {"Authorization": f"Bearer {token}"} | headers
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/v1/events/stream",
        "raw_path": b"/v1/events/stream",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), text.encode()) for name, text in said.items()],
        "client": ("127.0.0.1", 1),
        "server": ("kring.example", 80),
    }
    transport: Any = at.client._transport
    await asyncio.wait_for(transport.app(scope, receive, send), 10)
    data = [json.loads(each.removeprefix("data: ")) for each in lines if each.startswith("data:")]
    ids = [each.removeprefix("id: ") for each in lines if each.startswith("id:")]
    assert ids == [each["id"] for each in data]
    return data


def test_a_reader_at_the_heels_of_writers_misses_nothing(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        start, _ = await at.house.ledger.head()

        async def write() -> None:
            for _ in range(10):
                await at.give(officer, "/members", organisation())

        async def follow() -> AsyncIterator[int]:
            after = start
            while after < start + 60:
                page = (await at.get(officer, f"/events?after={after}&wait=5&limit=7")).json()
                for each in page["events"]:
                    yield each["sequence"]
                after = page["next"]

        writing = asyncio.gather(*(write() for _ in range(6)))
        seen = [position async for position in follow()]
        await writing
        assert seen == list(range(start + 1, start + 61))

    at_the_doors(story)
