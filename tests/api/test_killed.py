"""A service that is killed under load: what it confirmed is there, what it did not can be asked again."""

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.in_process import organisation
from tests.api.served import Served, service

WRITERS = 12
AT_LEAST = 300
"""Commands that are confirmed before the service is killed."""


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kringboek-killed-"))
    folder.chmod(0o755)
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def token(data: Path, role: str) -> str:
    found = subprocess.run(
        [sys.executable, "-m", "api.cli", "token", "--data", str(data), "--role", role],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return found.stdout.strip()


class Load:
    """Writers that register organisations, each under a key of its own, until nobody answers."""

    def __init__(self, address: str, token: str) -> None:
        self.confirmed: dict[str, tuple[Any, Any]] = {}
        self.open: dict[str, Any] = {}
        self._token = token
        self._address = address
        self._numbers = count()

    async def write(self, enough: asyncio.Event) -> None:
        async with httpx.AsyncClient(base_url=self._address, timeout=20) as client:
            while True:
                key, body = f"load-{next(self._numbers)}", organisation()
                self.open[key] = body
                try:
                    answer = await self.give(client, key, body)
                except httpx.TransportError:
                    enough.set()
                    return
                assert answer.status_code == 201, answer.text
                self.confirmed[key] = body, answer.json()
                del self.open[key]
                if len(self.confirmed) >= AT_LEAST:
                    enough.set()

    async def give(self, client: httpx.AsyncClient, key: str, body: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": key}
        return await client.post("/v1/members", json=body, headers=headers)


async def killed_under_load(served: Served, load: Load) -> None:
    enough = asyncio.Event()
    writing = [asyncio.create_task(load.write(enough)) for _ in range(WRITERS)]
    await asyncio.wait_for(enough.wait(), 90)
    served.kill()
    await asyncio.gather(*writing)


async def asked_again(address: str, load: Load) -> tuple[int, int]:
    """Ask everything again that was ever asked; how many of the open orders had been stored."""
    async with httpx.AsyncClient(base_url=address, timeout=20) as client:
        for key, (body, first) in load.confirmed.items():
            again = await load.give(client, key, body)
            assert again.status_code == 201
            assert again.json() == first
            assert again.headers["idempotent-replayed"] == "true"
        stored = 0
        for key, body in load.open.items():
            found = await load.give(client, key, body)
            assert found.status_code == 201
            stored += "idempotent-replayed" in found.headers
            repeated = await load.give(client, key, body)
            assert repeated.json() == found.json()
        return stored, len(load.open)


def feed(address: str, token: str, least: int) -> list[Any]:
    """The whole feed, by its own count. Its first `least` events are waited for."""
    headers = {"Authorization": f"Bearer {token}"}
    events: list[Any] = []
    with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        while True:
            after = len(events)
            wait = 2 if after < least else 0
            page = client.get(f"/v1/events?after={after}&limit=500&wait={wait}").json()
            events += page["events"]
            if not page["events"]:
                return events


def verified(data: Path) -> Any:
    found = subprocess.run(
        [sys.executable, "-m", "api.cli", "verify", "--data", str(data), "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def seen_from_outside(served: Served, events: int, load: Load, token: str) -> Any:
    """What the verifier finds at the service's address, with every receipt that was handed out."""
    until = time.monotonic() + 60
    while (log := httpx.get(f"{served.address}/v1/log", timeout=20).json())["size"] < events:
        assert time.monotonic() < until, log
        time.sleep(0.2)
    kept = served.data.parent / "kept"
    kept.mkdir()
    (kept / "token").write_text(token)
    words = [served.address, "--key", log["keys"][0], "--token", str(kept / "token"), "--json"]
    for _, answer in load.confirmed.values():
        for receipt in answer["receipts"]:
            file = kept / str(len(words))
            file.write_text(receipt)
            words += ["--receipt", str(file)]
    found = subprocess.run(
        [sys.executable, "-m", "api.cli", "verify", *words, "--language", "en"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return json.loads(found.stdout)


@pytest.mark.timeout(300)
def test_what_was_confirmed_outlives_a_kill_and_a_restart(data: Path) -> None:
    with service(data) as served:
        officer = token(data, "officer")
        load = Load(served.address, officer)
        asyncio.run(killed_under_load(served, load))
        port = int(served.address.rpartition(":")[2])
    assert len(load.confirmed) >= AT_LEAST

    with service(data, port=port) as again:
        stored, asked = asyncio.run(asked_again(again.address, load))
        assert 0 <= stored <= asked <= WRITERS
        auditor = token(data, "auditor")
        audit = verified(data)
        events = feed(again.address, auditor, audit["size"])
        outside = seen_from_outside(again, len(events), load, auditor)
    positions = [each["sequence"] for each in events]
    assert positions == list(range(1, len(events) + 1))
    assert audit["size"] == len(events)
    assert audit["wrong"] == []
    assert outside["size"] >= len(events)
    kept = [line for line in outside["checked"] if ": the event stands at position " in line]
    assert len(kept) >= len(load.confirmed)
    numbers = [
        each["data"]["kvkNumber"]
        for each in events
        if each["type"].endswith("member-registered.v1") and "data" in each
    ]
    assert len(set(numbers)) == len(numbers)
    for body, receipt in load.confirmed.values():
        event = events[receipt["position"] - 1]
        assert event["data"]["kvkNumber"] == body["kvkNumber"]
        assert event["subject"] == receipt["id"]
        assert event["command"] == receipt["command"]

    with service(data) as quietly:
        before = feed(quietly.address, auditor, len(events))
    assert before == events
