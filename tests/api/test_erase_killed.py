"""An erasure whose process is killed half-way: the next one goes on, and nothing is done twice."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from domain.member.access import AccessRole
from domain.member.erasure import ErasureCompleted
from domain.sealing import KeyDestroyed
from tests.api.in_process import Doors, doors
from tests.api.planting import Garden
from tests.conftest import Database

T = TypeVar("T")

ERASE = """
import asyncio, json, sys
from api.compose import open_house, read_settings

class Postgres:
    def __init__(self, said):
        self.said = said
    def dsn(self, role):
        return self.said[role]

async def erase(said, data):
    settings = read_settings({"KRINGBOEK_DATA": data})
    async with open_house(settings, Postgres(said), durable=False) as house:
        for row in await house.texts.granted():
            await house.eraser.carry_out(row)
            print("done", row.erasure)

asyncio.run(erase(json.loads(sys.argv[1]), sys.argv[2]))
"""


def erasing(database: Database, data: Path) -> "subprocess.Popen[bytes]":
    """A process of its own that carries out what is granted."""
    dsns = {role: database.dsn(role) for role in ("kringboek_service", "kringboek_vault")}
    return subprocess.Popen(
        [sys.executable, "-c", ERASE, json.dumps(dsns), str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


def until(holds: Callable[[], Any], *, within: float = 60) -> None:
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it did not come so far"
        time.sleep(0.05)


def at(database: Database, data: Path, story: Callable[[Doors], Awaitable[T]]) -> T:
    async def inside() -> T:
        async with doors(database, data, publish=False) as opened:
            return await story(opened)

    return asyncio.run(inside())


def test_a_process_that_was_killed_is_taken_over_by_the_next(
    database: Database, tmp_path: Path
) -> None:
    async def planted(opened: Doors) -> Any:
        garden = await Garden(opened).made()
        facilitator = garden.token[AccessRole.FACILITATOR]
        said = [
            await garden.give(
                facilitator, "circles", garden.circle, "raise-complaint",
                complaint=f"K{number}", text=f"Mila {number}",
            )
            for number in range(5)
        ]  # fmt: skip
        operator = opened.house.issuer.token(opened.house.operator)  # type: ignore[union-attr]
        texts = [{"position": last - 1, "field": "text"} for last in said]
        await garden.give(
            operator, "members", garden.authority, "request-erasure", erasure="W1",
            person=str(opened.person("Mila")), ground="objection", askedBy="data-subject",
            receivedOn="2026-01-05", texts=texts,
        )  # fmt: skip
        officer = garden.token[AccessRole.PRIVACY_OFFICER]
        await garden.give(officer, "members", garden.authority, "grant-erasure", erasure="W1")
        head, _ = await opened.house.ledger.head()
        await opened.house.views.wait_for(head, within=10)
        (row,) = await opened.house.texts.granted()
        return (await opened.house.eraser.planned(row)).goes

    goes = at(database, tmp_path, planted)
    assert len(goes) == 5

    # The third key is held: the process destroys two, and waits before the next one.
    with psycopg.connect(database.superuser_dsn) as holding:
        holding.execute("SELECT FROM vault.key WHERE kid = %s FOR UPDATE", [goes[2].kid])
        process = erasing(database, tmp_path)
        try:
            with psycopg.connect(database.superuser_dsn, autocommit=True) as looking:
                until(lambda: destroyed(looking) == 2)
                until(lambda: process.poll() is not None or waits(looking))
                assert process.poll() is None, process.communicate()[1].decode()[-2000:]
        finally:
            process.kill()
            process.communicate()
        with psycopg.connect(database.superuser_dsn, autocommit=True) as looking:
            assert destroyed(looking) == 2

    async def taken_over(opened: Doors) -> list[Any]:
        (row,) = await opened.house.texts.granted()
        await opened.house.eraser.carry_out(row)
        facts = [each.fact async for each in opened.house.ledger.read()]
        keys = [each.kid for each in facts if isinstance(each, KeyDestroyed)]
        assert sorted(keys) == sorted(row.kid for row in goes), "each once"
        for kid in keys:
            assert await opened.house.vault.get(kid) is None
        return [each for each in facts if isinstance(each, ErasureCompleted)]

    (completed,) = at(database, tmp_path, taken_over)
    assert (completed.destroyed, completed.person_removed) == (5, True)


def destroyed(connection: "psycopg.Connection[Any]") -> int:
    row = connection.execute("SELECT count(*) FROM vault.key WHERE wrapped IS NULL").fetchone()
    assert row is not None
    return int(row[0])


def waits(connection: "psycopg.Connection[Any]") -> bool:
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ).fetchone()
    assert row is not None
    return bool(row[0])
