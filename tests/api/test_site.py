"""What is not under /v1: whether it lives, signing in, and that nothing slips out between."""

import asyncio
from io import StringIO
from pathlib import Path
from uuid import uuid5

import pytest
import structlog

from domain.member.access import AccessRole
from infrastructure.logs import configure_logs
from infrastructure.settings import LogFormat, LogLevel
from tests.api.conftest import Told
from tests.api.in_process import Doors, doors, organisation
from tests.api.test_commands import problem
from tests.conftest import Database


def test_it_lives_and_is_ready(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        alive = await at.client.get("/healthz")
        assert (alive.status_code, alive.text) == (200, "ok\n")
        ready = await at.client.get("/readyz")
        assert ready.json()["status"] == "ready"

    at_the_doors(story)


def test_without_its_database_it_lives_and_is_not_ready(database: Database, tmp_path: Path) -> None:
    async def story() -> None:
        async with doors(database, tmp_path) as at:
            await at.house.ledger.close()  # type: ignore[attr-defined]
            assert (await at.client.get("/healthz")).status_code == 200
            problem(await at.client.get("/readyz"), 503, "service.not-ready")

    asyncio.run(story())


def test_a_sign_in_link_works_once(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        assert at.house.issuer is not None
        await at.token(AccessRole.AUDITOR, name="controleur")
        code = at.house.issuer.sign_in_code(at.person("controleur"))
        first = await at.client.get(f"/sign-in?code={code}")
        assert (first.status_code, first.headers["location"]) == (303, "/")
        cookie = first.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        token = cookie.partition("=")[2].partition(";")[0]
        assert (await at.get(token, "/me")).json()["person"] == str(at.person("controleur"))
        at.client.cookies.clear()
        for wrong in (code, "x", ""):
            problem(await at.client.get(f"/sign-in?code={wrong}"), 410, "sign-in.used")

    at_the_doors(story)


def test_a_session_is_not_a_token(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.AUDITOR)
        cookie = {"Cookie": f"kringboek_session={token}"}
        answer = await at.client.get("/v1/me", headers=cookie)
        problem(answer, 401, "token.missing")

    at_the_doors(story)


def test_a_real_record_has_no_sample_auditor(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        answer = await at.client.post("/sign-in/sample-auditor")
        problem(answer, 404, "address.unknown")

    at_the_doors(story)


def test_in_a_sandbox_anybody_may_look_around_as_the_auditor(
    sandbox_database: Database, tmp_path: Path
) -> None:
    async def story() -> None:
        async with doors(sandbox_database, tmp_path) as at:
            mine = {"Origin": "http://kring.example", "Sec-Fetch-Site": "same-origin"}
            answer = await at.client.post("/sign-in/sample-auditor", headers=mine)
            assert answer.status_code == 303
            theirs = {"Origin": "http://kwaad.example", "Sec-Fetch-Site": "cross-site"}
            for path in ("/sign-in/sample-auditor", "/sign-out"):
                refused = await at.client.post(path, headers=theirs)
                problem(refused, 403, "access.forbidden")
            out = await at.client.post("/sign-out", headers=mine)
            assert 'kringboek_session=""' in out.headers["set-cookie"]

    asyncio.run(story())


def test_a_fault_of_ours_says_nothing_but_where_to_look(
    at_the_doors: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = StringIO()
    configure_logs(LogFormat.JSON, LogLevel.INFO, log)

    async def story(at: Doors) -> None:
        async def broken(*_: object, **__: object) -> None:
            raise RuntimeError("a secret of the machine room")

        token = await at.token(AccessRole.AUDITOR)
        monkeypatch.setattr(type(at.house.views), "position", broken)
        answer = await at.get(token, "/circles")
        problem(answer, 500, "service.fault")
        assert "secret" not in answer.text
        assert answer.headers["trace-id"]

    try:
        at_the_doors(story)
    finally:
        structlog.reset_defaults()
    assert "request.failed" in log.getvalue()
    assert "RuntimeError" in log.getvalue()
    assert "secret" not in log.getvalue()


def test_an_order_that_is_under_way_is_in_progress(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER, name="elders bezig")
        command = uuid5(at.person("elders bezig"), "bezig")
        with at.house.desk._claims.here(command):
            answer = await at.give(token, "/members", organisation(), key="bezig")
            problem(answer, 409, "command.in-progress")
        assert (await at.give(token, "/members", organisation(), key="bezig")).is_success

    at_the_doors(story)
