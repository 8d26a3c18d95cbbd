"""The registers of a circle over HTTP: seven questions, each as of any moment."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from domain.member.access import AccessRole
from domain.terms import CircleId
from tests.api.conftest import Told
from tests.api.in_process import NOORDERDAM, ZUIDERDAM, Doors, organisation
from tests.api.test_commands import problem


class Ring:
    """A circle to which commands are given one after another."""

    def __init__(self, at: Doors, token: str, circle: CircleId) -> None:
        self.at, self.token, self.circle, self.version = at, token, circle, 1

    @property
    def path(self) -> str:
        return f"/circles/{self.circle}"

    async def give(self, command: str, body: Mapping[str, Any]) -> None:
        said = await self.at.give(self.token, f"{self.path}/{command}", body, version=self.version)
        assert said.is_success, said.text
        self.version = said.json()["version"]

    async def read(self, register: str) -> Any:
        return await self.at.read(self.token, f"{self.path}/{register}")


async def ring(at: Doors, kvk: str = NOORDERDAM, name: str = "Gemeente Noorderdam") -> Ring:
    authority = await at.authority(kvk, name)
    token = await at.token(AccessRole.OFFICER, authority)
    return Ring(at, token, await at.circle(token, authority))


async def firm(at: Doors, token: str) -> str:
    return str((await at.give(token, "/members", organisation())).json()["id"])


def test_a_complaint_that_becomes_an_action_is_seen_on_both_boards(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await ring(at)
        owner = await firm(at, here.token)
        await here.give("raise-complaint", {"complaint": "k-1", "text": "de heer Duin belt nooit"})
        action = {
            "improvement": "v-1",
            "agenda": "improvement",
            "kind": "improve",
            "title": "Eén aanspreekpunt",
            "owner": owner,
            "dueOn": "2027-01-31",
            "supporters": [],
            "complaint": "k-1",
        }
        await here.give("plan-improvement", action)
        before, _ = await at.house.ledger.head()
        settlement = {"complaint": "k-1", "outcome": "improvement", "became": "v-1"}
        await here.give("settle-complaint", settlement)
        (complaint,) = (await here.read("klaagpaal"))["complaints"]
        assert (complaint["outcome"], complaint["became"]) == ("improvement", "v-1")
        assert set(complaint["text"]) == {"kid", "field", "nonce", "ciphertext"}
        assert "Duin" not in str(complaint)
        (earlier,) = (await here.read(f"klaagpaal?asOf=position:{before}"))["complaints"]
        assert earlier["outcome"] is None
        (improvement,) = (await here.read("improvements"))["improvements"]
        assert (improvement["complaint"], improvement["dueOn"]) == ("k-1", "2027-01-31")

    at_the_doors(story)


def test_an_unknown_result_is_refused_with_its_field(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await ring(at)
        await here.give("raise-complaint", {"complaint": "k-1", "text": "te laat"})
        body = {"complaint": "k-1", "outcome": "decision", "became": "b-9"}
        said = await at.give(
            here.token, f"{here.path}/settle-complaint", body, version=here.version
        )
        found = problem(said, 409, "circle.unknown-result")
        assert [each["pointer"] for each in found["errors"]] == ["/became"]
        assert (await here.read("klaagpaal"))["complaints"][0]["outcome"] is None

    at_the_doors(story)


def test_a_circle_without_a_convenant_says_so(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await ring(at)
        none = await here.read("convenant")
        assert (none["signedAt"], none["sections"], none["parties"]) == (None, [], [])
        await here.give("write-convenant-section", {"section": "framework", "text": "Aw 2012"})
        assert [each["text"] for each in (await here.read("convenant"))["sections"]] == ["Aw 2012"]
        topic = {
            "topic": "t-1",
            "title": "Stikstof",
            "kind": "improve",
            "level": "strategic",
            "aspects": ["climate"],
            "known": "nitrogen",
        }
        await here.give("raise-topic", topic)
        (raised,) = (await here.read("topics"))["topics"]
        assert (raised["known"], raised["closedAt"]) == ("nitrogen", None)

    at_the_doors(story)


def test_a_decision_and_an_agreement_are_read_with_what_was_sealed(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await ring(at)
        party = await firm(at, here.token)
        proposal = {"decision": "b-1", "subject": "Keten", "member": party, "text": "Eén keet"}
        objection = {"decision": "b-1", "objection": "1", "member": party, "text": "te duur"}
        answer = {"decision": "b-1", "objection": "1", "outcome": "integrated", "how": "gedeeld"}
        await here.give("table-proposal", proposal)
        await here.give("raise-objection", objection)
        await here.give("answer-objection", answer)
        taken = {
            "decision": "b-1",
            "subject": "Keten",
            "method": "consent",
            "outcome": "adopted",
            "reasons": "minder verkeer",
            "reviewOn": "2027-06-01",
        }
        await here.give("take-decision", taken)
        (decision,) = (await here.read("decisions"))["decisions"]
        assert (decision["outcome"], decision["reviewOn"]) == ("adopted", "2027-06-01")
        assert decision["objections"][0]["how"]["field"] == "how"
        agreed = {"agreement": "a-1", "subject": "Elektrisch", "parties": [party]}
        check = {"check": "c-1", "agreement": "a-1", "place": "work", "kept": True}
        await here.give("make-agreement", agreed)
        await here.give("check-enforcement", check)
        (agreement,) = (await here.read("agreements"))["agreements"]
        assert [each["place"] for each in agreement["checks"]] == ["work"]

    at_the_doors(story)


def test_the_seats_are_held_against_the_day_that_is_asked_for(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await ring(at)
        sits, waits = await firm(at, here.token), await firm(at, here.token)
        long_ago = "2023-02-01T09:00:00+01:00"
        seat = {
            "seat": "sme-1",
            "side": "sme",
            "member": sits,
            "person": str(UUID(int=77)),
            "roles": ["director"],
            "occurredAt": long_ago,
        }
        await here.give("take-seat", seat)
        asked = {"member": waits, "meetsCondition": True, "occurredAt": long_ago}
        await here.give("request-entry", asked)
        found = await here.read("composition?judgedAt=2025-02-01T12:00:00Z")
        assert (found["judgedOn"], found["seats"][0]["makesRoom"]) == ("2025-02-01", False)
        found = await here.read("composition?judgedAt=2025-02-01T23:30:00Z")
        assert (found["judgedOn"], found["seats"][0]["makesRoom"]) == ("2025-02-02", True)
        assert [each["member"] for each in found["waiting"]] == [waits]
        assert [each["taken"] for each in found["counts"]] == [1, 0]
        wrong = await at.get(here.token, f"{here.path}/composition?judgedAt=morgen")
        problem(wrong, 400, "request.parameter")

    at_the_doors(story)


def test_the_calendar_says_which_report_is_overdue(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await ring(at)
        met = {
            "meeting": "2026-01",
            "agenda": [],
            "attendance": [],
            "competitionStatement": True,
            "occurredAt": "2026-01-22T09:00:00+01:00",
        }
        plan = {"meeting": "2030-01", "plannedOn": "2030-01-17", "place": "Stadskantoor"}
        await here.give("hold-meeting", met)
        await here.give("plan-meeting", plan)
        for moment, late in (("2026-02-19T12:00:00Z", False), ("2026-02-20T12:00:00Z", True)):
            found = await here.read(f"calendar?judgedAt={moment}&limit=1")
            (first,) = found["meetings"]
            assert (first["meeting"], first["reportDueOn"]) == ("2026-01", "2026-02-19")
            assert first["overdue"] is late
            assert found["next"]

    at_the_doors(story)


def test_what_became_of_knowledge_is_for_those_who_may_read_where_it_went(
    at_the_doors: Told,
) -> None:
    async def story(at: Doors) -> None:
        north = await ring(at)
        south = await ring(at, ZUIDERDAM, "Gemeente Zuiderdam")
        passed = {"knowledge": "n-1", "to": str(south.circle), "subject": "Eén keet"}
        received = {
            "source": str(north.circle),
            "knowledge": "n-1",
            "subject": "Eén keet",
            "use": "in het bestek van de Kade",
        }
        await north.give("pass-knowledge", passed)
        (seen,) = (await south.read("network"))["knowledge"]
        assert (seen["passed"]["subject"], seen["received"]) == ("Eén keet", None)
        await south.give("receive-knowledge", received)
        (seen,) = (await north.read("network"))["knowledge"]
        assert seen["passed"]["subject"] == "Eén keet"
        assert seen["received"] is None
        (seen,) = (await south.read("network"))["knowledge"]
        assert seen["passed"]["subject"] == "Eén keet"
        assert seen["received"]["use"] == "in het bestek van de Kade"

    at_the_doors(story)


def test_within_one_authority_both_halves_are_seen(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        one, other = await ring(at), await ring(at)
        passed = {"knowledge": "n-1", "to": str(other.circle), "subject": "Eén keet"}
        received = {
            "source": str(one.circle),
            "knowledge": "n-1",
            "subject": "Eén keet",
            "use": "bestek",
        }
        await one.give("pass-knowledge", passed)
        await other.give("receive-knowledge", received)
        for ring_of_the_two in (one, other):
            (seen,) = (await ring_of_the_two.read("network"))["knowledge"]
            assert seen["passed"]
            assert seen["received"]

    at_the_doors(story)


@pytest.mark.parametrize(
    "register",
    [
        "convenant",
        "topics",
        "composition",
        "calendar",
        "decisions",
        "agreements",
        "improvements",
        "klaagpaal",
        "network",
    ],
)
def test_a_register_is_for_those_who_may_read_the_circle(at_the_doors: Told, register: str) -> None:
    async def story(at: Doors) -> None:
        here = await ring(at)
        stranger = await at.token(None, name="a stranger")
        problem(await at.get(stranger, f"{here.path}/{register}"), 404, "address.unknown")
        assert await here.read(register)

    at_the_doors(story)
