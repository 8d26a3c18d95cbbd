"""A person is forgotten: everything that is to go, nothing else, and whatever is cut off goes on."""

import asyncio
from typing import Any

import pytest

from application.erasure.erase import KeyMissing
from application.erasure.opening import Opener, TextState
from application.erasure.plan import Plan, Wish
from application.mentions import sealed_in
from application.sealing.scheme import commitment
from application.views.erasures import ErasureStanding
from domain.circle.klaagpaal import RaiseComplaint
from domain.decider import Refused
from domain.member.access import AccessRole
from domain.member.erasure import (
    ErasureAsker,
    ErasureCompleted,
    GrantErasure,
    KeepGround,
    KeptKey,
    NamePersons,
    RefuseErasure,
    RequestErasure,
    TextAt,
)
from domain.member.policy import AdoptParameters
from domain.sealing import Concern, ErasureGround, KeyCreated, KeyDestroyed, KeyId
from domain.terms import PersonRef
from tests.application.erasure_world import (
    BRAM,
    CLERK,
    DUINWEG,
    KRING,
    MILA,
    NOORDERDAM,
    NOW,
    OFFICER,
    Cut,
    Steps,
    Told,
    a_circle_in_which_people_spoke,
    granted,
    kid_at,
    readable,
)

STEPS = 6


def grounds(told: Told, plan: Plan) -> dict[str, KeepGround]:
    kids = {kid_at(told.world, position): name for name, position in told.at.items()}
    return {kids[each.row.kid]: each.ground for each in plan.stays}


def test_every_sealed_text_has_its_key_in_the_same_append() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        world = told.world
        made = {each.fact.kid: each for each in world.events if isinstance(each.fact, KeyCreated)}
        for each in world.events:
            for text in sealed_in(each.fact):
                key = made[KeyId(text.kid)]
                assert (key.command, key.stream) == (each.command, each.stream)
                kept = await world.vault.get(text.kid)
                assert kept is not None
                assert isinstance(key.fact, KeyCreated)
                assert key.fact.commitment == commitment(text.kid, kept).hex()
        assert len(made) == len(told.at)

    asyncio.run(story())


def test_a_key_says_whom_it_concerns_and_in_which_circle() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        rows = {row.kid: row for row in told.world.texts()}
        name = rows[kid_at(told.world, told.at["name"])]
        assert name.concerns(MILA) == {Concern.MENTIONED}
        assert name.concerns(CLERK) == {Concern.AUTHOR}
        assert [each.field for each in name.texts] == ["name", "contact"]
        assert name.circles == ()
        complaint = rows[kid_at(told.world, told.at["own complaint"])]
        assert complaint.concerns(MILA) == {Concern.AUTHOR}
        assert complaint.circles == (KRING,)
        assert complaint.texts == (TextAt(position=told.at["own complaint"], field="text"),)

    asyncio.run(story())


def test_what_is_kept_by_a_duty_stays_and_the_rest_goes() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        before = list(told.world.events)
        done = await told.world.eraser.carry_out(await granted(told))
        assert await readable(told) == {
            "other's complaint", "complaint about her", "elsewhere", "proposal", "clerk's notes",
        }  # fmt: skip
        assert grounds(told, done.plan) == {"proposal": KeepGround.ARCHIVES_ACT}
        assert told.world.events[: len(before)] == before, "nothing recorded was changed"
        row = told.world.request()
        assert (row.standing, row.destroyed) == (ErasureStanding.COMPLETED, 3)
        assert not row.person_removed, "something of her is kept"
        assert MILA in told.world.accounts

    asyncio.run(story())


def test_a_text_of_another_goes_when_the_request_names_it() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        texts = (TextAt(position=told.at["complaint about her"], field="text"),)
        missed = (TextAt(position=1, field="name"), TextAt(position=9_999, field="text"))
        done = await told.world.eraser.carry_out(await granted(told, texts=(*texts, *missed)))
        assert "complaint about her" not in await readable(told)
        assert done.plan.unknown == missed

    asyncio.run(story())


def test_whom_a_text_names_can_be_said_later() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        kid = kid_at(told.world, told.at["complaint about her"])
        await told.world.give(NOORDERDAM, NamePersons, CLERK, kid=str(kid), persons=[str(MILA)])
        await told.world.eraser.carry_out(await granted(told))
        assert "complaint about her" not in await readable(told)

    asyncio.run(story())


def test_in_one_circle_nothing_else_goes() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        done = await told.world.eraser.carry_out(await granted(told, circle=str(KRING)))
        assert {"name", "elsewhere"} <= await readable(told)
        assert "own complaint" not in await readable(told)
        assert not done.person_removed

    asyncio.run(story())


def test_what_was_written_down_in_office_stays() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        done = await told.world.eraser.carry_out(await granted(told, CLERK, recorder=OFFICER))
        assert await readable(told) == set(told.at)
        assert set(grounds(told, done.plan).values()) == {KeepGround.RECORDED_IN_OFFICE}

    asyncio.run(story())


def test_the_officer_may_except_a_text() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        kept = KeptKey(
            kid=kid_at(told.world, told.at["own complaint"]), ground=KeepGround.PENDING_DISPUTE
        )
        done = await told.world.eraser.carry_out(await granted(told, excepted=(kept,)))
        assert "own complaint" in await readable(told)
        assert kept in done.plan.kept

    asyncio.run(story())


def test_the_account_goes_when_the_whole_person_goes() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        done = await told.world.eraser.carry_out(await granted(told, BRAM))
        assert done.person_removed
        assert told.world.accounts == {MILA}

    asyncio.run(story())


def test_a_plan_says_what_would_go_and_touches_nothing() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        head = len(told.world.events)
        wish = Wish(authority=NOORDERDAM, person=MILA)
        plan = await told.world.eraser.planner.plan(wish, as_of=head, on=NOW.date())
        assert len(plan.goes) == 3
        assert await readable(told) == set(told.at)
        assert len(told.world.events) == head

    asyncio.run(story())


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("left", range(STEPS + 1))
def test_cut_off_between_any_two_steps_it_goes_on(left: int, after: bool) -> None:  # noqa: FBT001
    """Steps: twice destroying and recording, the account, the completion; then none is left."""

    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        world = told.world
        row = await granted(told, BRAM)
        world.steps = Steps(left=left, after=after)
        if left < STEPS:
            with pytest.raises(Cut):
                await world.eraser.carry_out(row)
            world.steps = Steps()
        for each in await world.granted():
            await world.eraser.carry_out(each)
        facts = [each.fact for each in world.events]
        destroyed = [each.kid for each in facts if isinstance(each, KeyDestroyed)]
        assert len(destroyed) == len(set(destroyed)) == 2
        (completed,) = [each for each in facts if isinstance(each, ErasureCompleted)]
        assert (completed.destroyed, completed.person_removed) == (2, True)
        assert world.accounts == {MILA}
        assert set(told.at) - await readable(told) == {"other's complaint", "complaint about her"}

    asyncio.run(story())


def test_an_account_stays_while_anything_of_the_person_is_left() -> None:
    async def story() -> None:
        for left in ("a text elsewhere", "a role"):
            told = await a_circle_in_which_people_spoke()
            whom = MILA if left == "a text elsewhere" else BRAM
            await told.world.give(
                NOORDERDAM, AdoptParameters, CLERK, adoptions=[
                    {"parameter": "retention-minutes", "value": 0, "validFrom": "2018-01-01",
                     "reason": "toets"},
                ],
            )  # fmt: skip
            told.world.roles[BRAM] = AccessRole.MEMBER
            done = await told.world.eraser.carry_out(await granted(told, whom))
            assert not done.plan.stays
            assert not done.person_removed, left

    asyncio.run(story())


def test_an_account_stays_of_who_spoke_again_after_the_grant() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        row = await granted(told, BRAM)
        await told.world.give(KRING, RaiseComplaint, BRAM, complaint="K9", text="En nog iets")
        done = await told.world.eraser.carry_out(row)
        assert len(done.plan.goes) == 2
        assert not done.person_removed
        assert BRAM in told.world.accounts

    asyncio.run(story())


def test_twice_at_once_is_once() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        row = await granted(told)
        await asyncio.gather(*(told.world.eraser.carry_out(row) for _ in range(3)))
        assert sum(isinstance(each.fact, ErasureCompleted) for each in told.world.events) == 1
        assert sum(isinstance(each.fact, KeyDestroyed) for each in told.world.events) == 3

    asyncio.run(story())


def test_a_vault_without_the_key_is_not_the_vault_of_this_ledger() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        row = await granted(told)
        kid = kid_at(told.world, told.at["name"])
        del told.world.vault._keys[kid]
        with pytest.raises(KeyMissing):
            await told.world.eraser.carry_out(row)
        assert told.world.request().standing is ErasureStanding.GRANTED

    asyncio.run(story())


def test_a_vault_that_was_put_back_loses_again_what_is_gone() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        row = await granted(told)
        copy = dict(told.world.vault._keys)
        await told.world.eraser.carry_out(row)
        told.world.vault._keys.update(copy)
        assert "own complaint" in await readable(told)
        assert await told.world.eraser.destroy_again(told.world.texts()) == 3
        assert "own complaint" not in await readable(told)
        assert await told.world.eraser.destroy_again(told.world.texts()) == 0

    asyncio.run(story())


def test_nothing_that_is_noted_says_what_was_forgotten() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        await told.world.eraser.carry_out(await granted(told))
        assert told.world.noted
        assert not any("Mila" in each or str(MILA) in each for each in told.world.noted)

    asyncio.run(story())


REQUEST: dict[str, Any] = {
    "erasure": "W1",
    "person": str(MILA),
    "ground": ErasureGround.OBJECTION,
    "askedBy": ErasureAsker.DATA_SUBJECT,
    "receivedOn": "2026-03-01",
}


ABOUT_BRAM = REQUEST | {"erasure": "W2", "person": str(BRAM)}


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([(RequestErasure, CLERK, REQUEST | {"erasure": "-"})], "member.erasure-code"),
        ([(RequestErasure, CLERK, REQUEST | {"receivedOn": "2026-03-03"})],
         "member.erasure-received-later"),
        ([(RequestErasure, CLERK, REQUEST | {"ground": ErasureGround.RETENTION_ENDED})],
         "member.erasure-ground"),
        ([(RequestErasure, CLERK, REQUEST), (RequestErasure, CLERK, REQUEST)],
         "member.erasure-known"),
        ([(GrantErasure, OFFICER, {"erasure": "W1"})], "member.unknown-erasure"),
        ([(RequestErasure, CLERK, REQUEST), (GrantErasure, CLERK, {"erasure": "W1"})],
         "member.erasure-own-request"),
        ([(RequestErasure, CLERK, REQUEST), (RefuseErasure, CLERK,
           {"erasure": "W1", "ground": KeepGround.PUBLIC_TASK})], "member.erasure-own-request"),
        ([(RequestErasure, CLERK, REQUEST), (RefuseErasure, OFFICER,
           {"erasure": "W1", "ground": KeepGround.PUBLIC_TASK}),
          (GrantErasure, OFFICER, {"erasure": "W1"})], "member.erasure-decided"),
        ([(RequestErasure, CLERK, ABOUT_BRAM), (GrantErasure, BRAM, {"erasure": "W2"})],
         "member.erasure-of-oneself"),
        ([(RequestErasure, CLERK, ABOUT_BRAM), (RefuseErasure, BRAM,
           {"erasure": "W2", "ground": KeepGround.PUBLIC_TASK})], "member.erasure-of-oneself"),
        ([(NamePersons, CLERK, {"kid": str(MILA), "persons": []})], "member.nobody-named"),
        ([(NamePersons, CLERK, {"kid": str(MILA), "persons": [str(CLERK)]})],
         "member.names-oneself"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_what_cannot_be_is_refused(
    steps: list[tuple[Any, PersonRef, dict[str, Any]]], code: str
) -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        *before, (last, by, said) = steps
        for command, who, words in before:
            await told.world.give(NOORDERDAM, command, who, **words)
        with pytest.raises(Refused) as refusal:
            await told.world.give(NOORDERDAM, last, by, **said)
        assert refusal.value.code == code

    asyncio.run(story())


def test_only_an_authority_forgets() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        with pytest.raises(Refused) as refusal:
            await told.world.give(DUINWEG, RequestErasure, CLERK, **REQUEST)
        assert refusal.value.code == "member.not-an-authority"

    asyncio.run(story())


def test_every_opening_is_told_and_not_what_was_read() -> None:
    async def story() -> None:
        told = await a_circle_in_which_people_spoke()
        world, position = told.world, told.at["own complaint"]
        opener = Opener(world.vault, world.note)
        (sealed,) = sealed_in(world.events[position - 1].fact)
        opened = await opener.open(sealed, KRING, position, BRAM)
        assert (opened.text, opened.state) == ("Ik, Mila, wacht altijd", TextState.READABLE)
        elsewhere = await opener.open(sealed, DUINWEG, position, BRAM)
        assert (elsewhere.text, elsewhere.state) == (None, TextState.UNREADABLE)
        before = await opener.open(sealed, KRING, position, BRAM, gone=True)
        assert (before.text, before.state) == (None, TextState.FORGOTTEN), "so says the record"
        await world.vault.destroy(sealed.kid)
        gone = await opener.open(sealed, KRING, position, BRAM)
        assert (gone.text, gone.state) == (None, TextState.FORGOTTEN)
        assert len(world.noted) == 4
        assert all(str(BRAM) in each and "wacht" not in each for each in world.noted)

    asyncio.run(story())
