"""Forgetting at the doors: who asks, who decides, who reads what is held, and what is due."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any
from uuid import UUID

import jsonschema
import pytest

from api import persons
from application.erasure.holdings import Holding
from domain.member.access import AccessRole
from domain.sealing import KeyId
from domain.terms import CircleId, MemberId
from tests.api.conftest import Told
from tests.api.in_process import NOORDERDAM, ZUIDERDAM, Doors

SAID = "Ik wacht al weken op antwoord"


class Kring:
    """A circle of an authority, its people, and what one of them put to the klaagpaal."""

    def __init__(self, at: Doors, authority: MemberId, circle: CircleId) -> None:
        self.at = at
        self.authority = authority
        self.circle = circle
        self.kid: Any = None

    async def token(self, role: AccessRole | None, name: str) -> str:
        return await self.at.token(role, self.authority, name=name)

    @classmethod
    async def told(cls, at: Doors, kvk: str = NOORDERDAM) -> "Kring":
        authority = await at.authority(kvk, f"Gemeente {kvk}")
        officer = await at.token(AccessRole.OFFICER, authority, name=f"officer {kvk}")
        return cls(at, authority, await at.circle(officer, authority))

    async def complaint(self, token: str, code: str, text: str = SAID) -> UUID:
        """The key of what was said."""
        events = await self.at.house.ledger.load(self.circle)
        given = await self.at.give(
            token,
            f"/circles/{self.circle}/raise-complaint",
            {"complaint": code, "text": text},
            version=events[-1].version,
        )
        assert given.status_code == HTTPStatus.OK, given.text
        auditor = await self.token(AccessRole.AUDITOR, "auditor")
        board = await self.at.read(auditor, f"/circles/{self.circle}/klaagpaal")
        (row,) = [each for each in board["complaints"] if each["complaint"] == code]
        return UUID(row["text"]["kid"])


async def documented(at: Doors, token: str, path: str, form: str) -> Any:
    """What is there, which is of the form that the document says."""
    found = await at.read(token, path)
    served = (await at.client.get("/v1/openapi.json")).json()
    schema = {"$ref": f"#/components/schemas/{form}", "components": served["components"]}
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


def test_a_sealed_text_opens_for_whom_it_is_about_and_for_the_facilitator(
    at_the_doors: Told,
) -> None:
    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        facilitator = await here.token(AccessRole.FACILITATOR, "begeleider")
        kid = await here.complaint(facilitator, "K1")
        for token in (
            facilitator,
            await here.token(AccessRole.PRIVACY_OFFICER, "privacyfunctionaris"),
        ):
            opened = await documented(at, token, f"/sealed-texts/{kid}", "SealedTextSaid")
            assert [each["text"] for each in opened["texts"]] == [SAID]
            assert opened["texts"][0]["state"] == "readable"
            assert opened["kind"] == "klaagpaal"
        for role in (AccessRole.AUDITOR, AccessRole.MEMBER, AccessRole.ADMINISTRATOR, None):
            other = await here.token(role, f"somebody {role}")
            assert (await at.get(other, f"/sealed-texts/{kid}")).status_code == HTTPStatus.NOT_FOUND
        elsewhere = await Kring.told(at, ZUIDERDAM)
        theirs = await elsewhere.token(AccessRole.PRIVACY_OFFICER, "hun privacyfunctionaris")
        assert (await at.get(theirs, f"/sealed-texts/{kid}")).status_code == HTTPStatus.NOT_FOUND

    at_the_doors(story)


def test_from_request_to_forgotten(at_the_doors: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        mila = await here.token(AccessRole.MEMBER, "Mila")
        facilitator = await here.token(AccessRole.FACILITATOR, "begeleider")
        about_her = await here.complaint(facilitator, "K2")
        person = str(at.person("Mila"))
        administrator = at.house.issuer.token(at.house.operator)  # type: ignore[union-attr]
        officer = await here.token(AccessRole.PRIVACY_OFFICER, "privacyfunctionaris")
        auditor = await here.token(AccessRole.AUDITOR, "auditor")

        path = f"/members/{here.authority}"
        assert (
            await at.get(mila, f"/sealed-texts/{about_her}")
        ).status_code == HTTPStatus.NOT_FOUND
        await give(at, here, officer, "name-persons", kid=str(about_her), persons=[person])
        assert (await at.read(mila, f"/sealed-texts/{about_her}"))["texts"][0]["text"] == SAID

        held = await documented(at, mila, f"/persons/{person}/record?lang=en", "PersonRecord")
        texts = [each for each in held["holdings"] if each["texts"]]
        assert [each["texts"][0]["text"] for each in texts] == [SAID]
        assert texts[0]["concerns"] == ["named"]
        assert all(each["sentence"].endswith(".") for each in held["holdings"])

        plan = await documented(at, officer, f"{path}/erasure-plan?person={person}", "ErasurePlan")
        assert [(each["kid"], each["keptFor"]) for each in plan["keys"]] == [(str(about_her), None)]

        request = {
            "erasure": "W1", "person": person, "ground": "objection", "askedBy": "data-subject",
            "receivedOn": "2026-01-05",
        }  # fmt: skip
        for token in (auditor, facilitator, mila):
            refused = await try_to(at, here, token, "request-erasure", **request)
            assert refused.status_code == HTTPStatus.FORBIDDEN
        await give(at, here, administrator, "request-erasure", **request)
        assert (
            await try_to(at, here, administrator, "grant-erasure", erasure="W1")
        ).status_code == 403
        await give(at, here, officer, "grant-erasure", erasure="W1")

        await at.read(auditor, f"{path}/erasures")
        copy = PutBack(await at.house.vault.get(about_her))
        for row in await at.house.texts.granted():
            await at.house.eraser.carry_out(row)
        assert await at.house.vault.get(about_her) is None
        monkeypatch.setattr(at.house.opener, "_vault", copy)  # What is gone is not asked for.
        for token in (facilitator, mila):
            opened = await at.read(token, f"/sealed-texts/{about_her}")
            assert opened["texts"] == [opened["texts"][0] | {"state": "forgotten", "text": None}]
            assert opened["gone"]["erasure"] == "W1"
        held = await at.read(mila, f"/persons/{person}/record")
        texts = [text for each in held["holdings"] for text in each["texts"]]
        assert [(each["text"], each["state"]) for each in texts] == [(None, "forgotten")]
        (row,) = (await documented(at, auditor, f"{path}/erasures", "ErasureList"))["erasures"]
        assert (row["standing"], row["destroyed"], row["answerBy"]) == (
            "completed",
            1,
            "2026-02-05",
        )

    at_the_doors(story)


class PutBack:
    """A vault that was put back from a copy: it has the key again."""

    def __init__(self, key: bytes | None) -> None:
        assert key is not None
        self._key = key

    async def get(self, _: UUID) -> bytes:
        return self._key


def test_what_is_due_is_listed_with_the_periods(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        facilitator = await here.token(AccessRole.FACILITATOR, "begeleider")
        kid = await here.complaint(facilitator, "K3")
        officer = await here.token(AccessRole.PRIVACY_OFFICER, "privacyfunctionaris")
        path = f"/members/{here.authority}/retention"
        now = await at.read(officer, path)
        assert str(kid) not in {each["kid"] for each in now["due"]}
        months = {each["kind"]: each["months"] for each in now["periods"]}
        assert months == {
            "person": 24, "klaagpaal": 12, "reflection": 24, "minutes": 84, "project": 84,
        }  # fmt: skip
        later = await documented(at, officer, f"{path}?dueBy=2099-01-01", "RetentionList")
        (due,) = [each for each in later["due"] if each["kid"] == str(kid)]
        assert due["kind"] == "klaagpaal"
        assert due["due"] > due["happenedOn"]
        assert (await at.get(facilitator, path)).status_code == HTTPStatus.FORBIDDEN

    at_the_doors(story)


def test_somebody_else_is_nobodys_business(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        bram = await here.token(AccessRole.MEMBER, "Bram")
        person = at.person("Mila")
        assert (await at.get(bram, f"/persons/{person}/record")).status_code == HTTPStatus.NOT_FOUND
        stranger = await at.token(None, name="vreemdeling")
        own = await at.read(stranger, f"/persons/{at.person('vreemdeling')}/record")
        assert own["holdings"] == []

    at_the_doors(story)


def test_naming_somebody_opens_no_text_that_was_closed_to_who_names(at_the_doors: Told) -> None:
    """Whoever is named may read the text, so naming is for who may read it, and never oneself."""

    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        facilitator = await here.token(AccessRole.FACILITATOR, "begeleider")
        ours = str(await here.complaint(facilitator, "K4"))
        elsewhere = await Kring.told(at, ZUIDERDAM)
        theirs = str(
            await elsewhere.complaint(
                await elsewhere.token(AccessRole.FACILITATOR, "hun begeleider"), "K4"
            )
        )
        officer = await here.token(AccessRole.PRIVACY_OFFICER, "privacyfunctionaris")
        administrator = at.house.issuer.token(at.house.operator)  # type: ignore[union-attr]
        friend = at.person("vriend")

        async def code(token: str, kid: str, person: UUID) -> str:
            named = {"kid": kid, "persons": [str(person)]}
            return code_of(await try_to(at, here, token, "name-persons", **named))

        assert await code(administrator, ours, at.house.operator) == "access.forbidden"
        assert await code(administrator, theirs, friend) == "access.forbidden"
        assert await code(officer, theirs, friend) == "member.unknown-key"
        assert await code(officer, str(UUID(int=1)), friend) == "member.unknown-key"
        me = at.person("privacyfunctionaris")
        assert await code(officer, ours, me) == "member.names-oneself"
        for token in (administrator, officer, await at.token(None, name="vriend")):
            found = await at.get(token, f"/sealed-texts/{theirs}")
            assert found.status_code == HTTPStatus.NOT_FOUND

    at_the_doors(story)


def test_a_decision_speaks_of_what_is_there(at_the_doors: Told) -> None:
    """An exception or a text that is not there would be taken for one that has effect."""

    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        facilitator = await here.token(AccessRole.FACILITATOR, "begeleider")
        kid = await here.complaint(facilitator, "K5")
        (row,) = await at.house.texts.under([KeyId(kid)], as_of=await at.house.views.position())
        administrator = at.house.issuer.token(at.house.operator)  # type: ignore[union-attr]
        officer = await here.token(AccessRole.PRIVACY_OFFICER, "privacyfunctionaris")
        request = {
            "erasure": "W5", "person": str(at.person("Noa")), "ground": "objection",
            "askedBy": "data-subject", "receivedOn": "2026-01-05",
        }  # fmt: skip
        (text,) = row.texts
        for position, field in ((text.position, "how"), (text.position + 1, "text"), (10**9, "")):
            missed = {"position": position, "field": field}
            refused = await try_to(
                at, here, administrator, "request-erasure", **request, texts=[missed]
            )
            assert code_of(refused) == "member.unknown-text"
        there = {"position": text.position, "field": text.field}
        await give(at, here, administrator, "request-erasure", **request, texts=[there])
        excepted = {"ground": "pending-dispute", "until": None}
        refused = await try_to(
            at, here, officer, "grant-erasure", erasure="W5",
            kept=[excepted | {"kid": str(UUID(int=1))}],
        )  # fmt: skip
        assert code_of(refused) == "member.unknown-key"
        kept = [excepted | {"kid": str(kid)}]
        await give(at, here, officer, "grant-erasure", erasure="W5", kept=kept)

    at_the_doors(story)


def test_who_wrote_it_down_in_office_reads_it_in_office_only(at_the_doors: Told) -> None:
    """What others said is not about whoever wrote it down, whatever that person is by now."""

    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        left = await here.token(AccessRole.FACILITATOR, "vertrokken")
        kid = await here.complaint(left, "K6", "Noa klaagt over de leiding")
        assert (await at.get(left, f"/sealed-texts/{kid}")).status_code == HTTPStatus.OK
        administrator = at.house.issuer.token(at.house.operator)  # type: ignore[union-attr]
        person = str(at.person("vertrokken"))
        await give(at, here, administrator, "withdraw-access", person=person, role="facilitator")
        assert (await at.get(left, f"/sealed-texts/{kid}")).status_code == HTTPStatus.NOT_FOUND
        held = await at.read(left, f"/persons/{person}/record")
        texts = [text for each in held["holdings"] for text in each["texts"]]
        assert [(each["text"], each["state"]) for each in texts] == [(None, "withheld")]

    at_the_doors(story)


def test_nobody_keeps_the_house_busy_with_walks_through_the_record(
    at_the_doors: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(None, name="vreemdeling")
        path = f"/persons/{at.person('vreemdeling')}/record"
        going, underway = asyncio.Event(), 0

        async def slow(*_: Any, **__: Any) -> AsyncIterator[Holding]:
            nonlocal underway
            underway += 1
            await going.wait()
            nothing: list[Holding] = []
            for each in nothing:
                yield each

        monkeypatch.setattr(persons, "holdings", slow)
        asked = [asyncio.create_task(at.get(token, path)) for _ in range(2)]
        while underway < len(asked):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        refused = await at.get(token, path)
        assert (refused.status_code, code_of(refused)) == (429, "record.two-at-once")
        going.set()
        assert [(await each).status_code for each in asked] == [200, 200]
        assert (await at.get(token, path)).status_code == HTTPStatus.OK

    at_the_doors(story)


def test_who_asked_to_be_forgotten_is_no_news_for_colleagues(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await Kring.told(at)
        administrator = at.house.issuer.token(at.house.operator)  # type: ignore[union-attr]
        person = str(at.person("Iris"))
        await give(
            at, here, administrator, "request-erasure", erasure="W7", person=person,
            ground="objection", askedBy="data-subject", receivedOn="2026-01-05",
        )  # fmt: skip
        head, _ = await at.house.ledger.head()
        readers = {
            role: await here.token(role, f"leest mee als {role}")
            for role in AccessRole
            if role is not AccessRole.ADMINISTRATOR
        }
        seen = set()
        for role, token in readers.items():
            for path in (
                f"/events?after={head - 1}&limit=5",
                f"/members/{here.authority}/timeline?waitFor={head}",
                f"/members/{here.authority}/erasures",
            ):
                answer = await at.get(token, path)
                if person in answer.text:
                    seen.add((role, path.split("?")[0].split("/")[-1]))
        told = {AccessRole.AUDITOR, AccessRole.PRIVACY_OFFICER}
        assert {role for role, _ in seen} == told
        assert {path for _, path in seen} == {"events", "erasures", "timeline"}

    at_the_doors(story)


def code_of(answer: Any) -> str:
    """The code of a refusal; the status where it is none."""
    return str(answer.json().get("type", answer.status_code)).rpartition(":")[2]


async def try_to(at: Doors, here: Kring, token: str, command: str, **said: Any) -> Any:
    events = await at.house.ledger.load(here.authority)
    return await at.give(
        token, f"/members/{here.authority}/{command}", said, version=events[-1].version
    )


async def give(at: Doors, here: Kring, token: str, command: str, **said: Any) -> None:
    given = await try_to(at, here, token, command, **said)
    assert given.status_code == HTTPStatus.OK, given.text
