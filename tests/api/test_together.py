"""Two processes at one ledger: neither decides, refuses or remembers what the other made untrue.

Each house of these tests keeps what a process keeps: states of streams, roles, checked tokens.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from domain.member.access import AccessRole
from tests.api.in_process import Doors, doors, organisation
from tests.api.test_commands import problem
from tests.conftest import Database

ANNOUNCE = {"channel": "tenderned", "url": None}


@asynccontextmanager
async def two(database: Database, data: Path) -> AsyncIterator[tuple[Doors, Doors]]:
    """Two processes with the same keys, as all processes of one service have."""
    async with doors(database, data) as one, doors(database, data) as other:
        yield one, other


def told(database: Database, data: Path, story: Callable[[Doors, Doors], Awaitable[None]]) -> None:
    async def inside() -> None:
        async with two(database, data) as (one, other):
            await story(one, other)

    asyncio.run(inside())


def test_a_version_that_the_other_made_is_known(database: Database, tmp_path: Path) -> None:
    async def story(one: Doors, other: Doors) -> None:
        authority = await one.authority()
        token = await one.token(AccessRole.OFFICER)
        found = await one.project(token, authority)
        path = f"/convenant-projects/{found}/announce-project"
        assert (await other.give(token, path, ANNOUNCE, version=1, key="1")).is_success
        assert (await one.give(token, path, ANNOUNCE, version=2, key="2")).is_success
        assert (await other.give(token, path, ANNOUNCE, version=3, key="3")).is_success
        stale = await one.give(token, path, ANNOUNCE, version=3, key="4")
        problem(stale, 412, "version.stale")
        assert stale.headers["etag"] == '"4"'
        assert (await one.give(token, path, ANNOUNCE, version=4, key="5")).is_success

    told(database, tmp_path, story)


def test_nothing_is_refused_for_what_the_other_has_done_since(
    database: Database, tmp_path: Path
) -> None:
    async def story(one: Doors, other: Doors) -> None:
        authority = await one.authority()
        token = await one.token(AccessRole.OFFICER)
        circle = await one.circle(token, authority)
        firm = (await one.give(token, "/members", organisation())).json()["id"]
        path = f"/circles/{circle}"
        body = {"member": firm}
        assert (await one.give(token, f"{path}/join-circle", body, version=1, key="a")).is_success
        assert (
            await other.give(token, f"{path}/leave-circle", body, version=2, key="b")
        ).is_success
        again = await one.give(token, f"{path}/join-circle", body, version=3, key="c")
        assert again.status_code == 200, again.text
        twice = await other.give(token, f"{path}/join-circle", body, version=4, key="d")
        problem(twice, 409, "circle.member-known")

    told(database, tmp_path, story)


def test_one_order_given_to_both_at_once_is_carried_out_once(
    database: Database, tmp_path: Path
) -> None:
    async def story(one: Doors, other: Doors) -> None:
        await one.authority()
        token = await one.token(AccessRole.OFFICER)
        await other.house.access.relations.changed(0)
        for number in range(10):
            body = organisation()
            first, second = await asyncio.gather(
                one.give(token, "/members", body, key=f"k{number}"),
                other.give(token, "/members", body, key=f"k{number}"),
            )
            assert first.status_code == second.status_code == 201, (first.text, second.text)
            assert first.json() == second.json()
            replayed = ["idempotent-replayed" in each.headers for each in (first, second)]
            assert sorted(replayed) == [False, True]
            recorded = await one.house.ledger.load(UUID(first.json()["id"]))
            assert len(recorded) == 1

    told(database, tmp_path, story)


def test_an_order_with_a_confidence_is_sealed_once(database: Database, tmp_path: Path) -> None:
    async def story(one: Doors, other: Doors) -> None:
        await one.authority()
        token = await one.token(AccessRole.OFFICER)
        body = organisation("Eenpitter") | {"legalForm": "sole-trader", "kvkNumber": None}
        answers = await asyncio.gather(
            one.give(token, "/members", body, key="k"), other.give(token, "/members", body, key="k")
        )
        done = [each for each in answers if each.is_success]
        for each in answers:
            if not each.is_success:
                problem(each, 409, "command.in-progress")
        assert done
        again = await other.give(token, "/members", body, key="k")
        assert again.json() == done[0].json()

    told(database, tmp_path, story)


def test_access_that_the_other_withdrew_ends_within_a_second_or_two(
    database: Database, tmp_path: Path
) -> None:
    async def story(one: Doors, other: Doors) -> None:
        authority = await one.authority()
        administrator = await one.token(AccessRole.ADMINISTRATOR, authority, name="beheerder")
        token = await one.token(AccessRole.OFFICER, authority, name="vertrekt")
        assert (await other.give(token, "/members", organisation(), key="a")).is_success
        grant = {"person": str(one.person("vertrekt")), "role": "officer", "circle": None}
        version = len(await one.house.ledger.load(authority))
        path = f"/members/{authority}/withdraw-access"
        gone = await one.give(administrator, path, grant, version=version)
        assert gone.is_success, gone.text
        problem(await one.give(token, "/members", organisation(), key="b"), 403, "access.forbidden")
        async with asyncio.timeout(10):
            number = 0
            while True:
                number += 1
                answer = await other.give(token, "/members", organisation(), key=f"c{number}")
                if answer.status_code == 403:
                    return
                await asyncio.sleep(0.1)

    told(database, tmp_path, story)
