"""The service carries out what was granted by itself, one request apart from another."""

import asyncio

from application.erasure.standing_by import StandingBy
from application.views.erasures import ErasureStanding
from domain.member.erasure import ErasureAsker, GrantErasure, RequestErasure
from domain.sealing import ErasureGround
from tests.application.erasure_world import (
    BRAM,
    CLERK,
    NOORDERDAM,
    OFFICER,
    Steps,
    a_circle_in_which_people_spoke,
    granted,
    kid_at,
    readable,
)


def test_what_is_granted_is_done_by_whoever_stands_by_and_what_is_gone_stays_gone() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        world = told.world
        await granted(told)
        copy = dict(world.vault._keys)
        standing_by = StandingBy(world.eraser, world, world.note, look=0)
        assert await standing_by.once() == 1
        assert await standing_by.once() == 0
        world.vault._keys.update(copy)
        running = asyncio.create_task(standing_by.run())
        while "own complaint" in await readable(told):  # noqa: ASYNC110
            await asyncio.sleep(0)
        running.cancel()
        assert any("key-revived" in each for each in world.noted)

    asyncio.run(story())


def test_what_goes_wrong_is_told_and_tried_again() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        world = told.world
        await granted(told)
        world.steps = Steps(left=2)
        running = asyncio.create_task(StandingBy(world.eraser, world, world.note, look=0).run())
        while not any("interrupted" in each for each in world.noted):  # noqa: ASYNC110
            await asyncio.sleep(0)
        assert "Cut" in world.noted[-1]
        world.steps = Steps()
        while world.request().standing is not ErasureStanding.COMPLETED:  # noqa: ASYNC110
            await asyncio.sleep(0)
        running.cancel()

    asyncio.run(story())


def test_a_request_that_cannot_be_carried_out_holds_up_no_other() -> None:
    """For want of a key, say: of a record that was taken in without its own vault."""

    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        world = told.world
        await granted(told)
        await world.give(
            NOORDERDAM, RequestErasure, CLERK, erasure="W2", person=str(BRAM),
            ground=ErasureGround.OBJECTION, askedBy=ErasureAsker.DATA_SUBJECT,
            receivedOn="2026-03-01",
        )  # fmt: skip
        await world.give(NOORDERDAM, GrantErasure, OFFICER, erasure="W2")
        del world.vault._keys[kid_at(world, told.at["name"])]
        standing_by = StandingBy(world.eraser, world, world.note, look=0)
        assert await standing_by.once() == 1
        assert [row.erasure for row in await world.granted()] == ["W1"]
        assert any("interrupted" in each and "KeyMissing" in each for each in world.noted)
        for said in ("own complaint", "old proposal", "other's complaint"):
            assert not all((await world.open(told.at[said])).values()), said

    asyncio.run(story())
