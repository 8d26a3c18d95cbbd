"""The registers of projects and organisations at the doors, and for whom each of them is."""

from typing import Any
from uuid import UUID

from domain.member.access import AccessRole
from tests.api.conftest import Told
from tests.api.in_process import Doors, organisation
from tests.api.test_commands import problem


class Project:
    """A project in the making: each command stands on the version that the one before left."""

    def __init__(self, at: Doors, token: str, project: UUID) -> None:
        self.at, self.token, self.id, self.version = at, token, project, 1
        self.path = f"/convenant-projects/{project}"

    async def give(self, command: str, **said: Any) -> None:
        answer = await self.at.give(
            self.token, f"{self.path}/{command}", said, version=self.version
        )
        assert answer.is_success, answer.text
        self.version = answer.json()["version"]


RISK = {"risk": "R1", "title": "kabels", "consequence": "vertraging", "chance": "great"}
MEASURE = {
    "risk": "R1",
    "measure": "proefsleuven",
    "borneBy": "client",
    "pricedBy": "contractor",
    "price": 600_000,
}
INDICATOR = {
    "indicator": "I1",
    "title": "omrijtijd",
    "theme": "nuisance",
    "unit": "seconden",
    "better": "lower",
    "baseline": 100,
    "target": 90,
}
LESSON = {"lesson": "L1", "title": "vooraf graven", "text": "Graaf eerst.", "kind": "improve"}


async def firm(at: Doors, token: str, name: str) -> str:
    answer = await at.give(token, "/members", organisation(name))
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def in_circle(at: Doors, officer: str, name: str) -> tuple[Project, str, Any]:
    """A project of which a circle hears, a firm in that circle, and the token of one of it."""
    authority = await at.authority()
    circle = await at.circle(officer, authority, name)
    who = await firm(at, officer, f"{name} BV")
    joined = await at.give(officer, f"/circles/{circle}/join-circle", {"member": who}, version=1)
    assert joined.is_success, joined.text
    project = Project(at, officer, await at.project(officer, authority, name))
    await project.give("link-circle", circle=str(circle))
    return project, who, await at.token(AccessRole.MEMBER, circle=circle, name=f"lid van {name}")


def test_the_risk_register_is_for_whoever_may_read_the_dossier(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        project, _, member = await in_circle(at, officer, "Risicoweg")
        await project.give("find-risk", **RISK)
        await project.give("agree-risk-measure", **MEASURE)
        (risk,) = (await at.read(officer, f"{project.path}/risks"))["risks"]
        assert (risk["measure"]["borneBy"], risk["measure"]["price"]) == ("client", 600_000)
        assert risk["ended"] is None
        problem(await at.get(member, f"{project.path}/risks"), 403, "access.forbidden")
        problem(await at.get(member, f"{project.path}/price"), 403, "access.forbidden")

    at_the_doors(story)


def test_indicator_results_are_heard_in_the_circle(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        project, who, member = await in_circle(at, officer, "Meetweg")
        await project.give("define-indicator", **INDICATOR)
        await project.give(
            "take-measurement",
            indicator="I1",
            value=85,
            measuredOn="2026-01-05",
            measuredBy=[who],
            source="telling",
        )
        (said,) = (await at.read(member, f"{project.path}/indicators"))["indicators"]
        assert (said["gain"], said["targetMet"]) == (15, True)
        assert said["measurements"][0]["measuredBy"] == [who]

    at_the_doors(story)


def test_the_price_is_held_against_the_estimate(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        authority = await at.authority()
        who = await firm(at, officer, "Prijs BV")
        project = Project(at, officer, await at.project(officer, authority, "Prijsweg"))
        await project.give(
            "make-estimate",
            amount=1_000,
            excludesVat=True,
            includesOptions=True,
            includesExtensions=True,
            includesSuppliedGoods=True,
            method="elementen",
        )
        await project.give("sign-contract", contractor=who, value=1_100)
        said = await at.read(officer, f"{project.path}/price")
        assert (said["contractOverEstimate"], said["contractOverEstimateShare"]) == (100, 1_000)
        assert (said["lowestOffer"], said["extraWork"], said["final"]) == (None, 0, 1_100)
        board = await at.read(officer, project.path)
        assert [each["step"] for each in board["steps"]] == [1, 9]

    at_the_doors(story)


def test_a_lesson_is_found_by_whether_it_was_used_again(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        authority = await at.authority()
        first, _, member = await in_circle(at, officer, "Leerweg")
        await first.give("draw-lesson", **LESSON)

        async def listed(token: str, use: str) -> list[Any]:
            found = await at.read(token, f"/lessons?use={use}&limit=200")
            return [each for each in found["lessons"] if each["project"] == str(first.id)]

        assert [each["lesson"] for each in await listed(officer, "never-reused")] == ["L1"]
        assert await listed(officer, "reused") == []
        later = Project(at, officer, await at.project(officer, authority, "Gebruikweg"))
        await later.give("cite-lesson", project=str(first.id), lesson="L1", how="gegraven")
        assert await listed(officer, "never-reused") == []
        (used,) = await listed(officer, "reused")
        assert used["projectTitle"] == "Leerweg"
        assert [each["project"] for each in used["citations"]] == [str(later.id)]
        (seen,) = await listed(member, "reused")
        assert (seen["use"], seen["citations"]) == ("reused", [])  # that project is not for it
        stranger = await at.token(AccessRole.OFFICER, await at.authority("90000157", "Elders"))
        assert await listed(stranger, "reused") == []
        of_project = await at.read(member, f"{first.path}/lessons")
        assert [each["lesson"] for each in of_project["lessons"]] == ["L1"]
        problem(await at.get(officer, "/lessons?use=sometimes"), 400, "request.parameter")

    at_the_doors(story)


def test_what_an_organisation_had_a_part_in_is_shown_as_far_as_the_reader_may(
    at_the_doors: Told,
) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        project, who, member = await in_circle(at, officer, "Dossierweg")
        await project.give("form-expert-group", members=[who])
        await project.give("invite-tenderers", recipients=[who])

        async def facts(token: str, query: str = "") -> list[str]:
            found = await at.read(token, f"/members/{who}/dossier{query}")
            return [each["fact"] for each in found["entries"]]

        everything = ["member-joined", "expert-group-formed", "invitation-sent"]
        assert await facts(officer) == everything
        assert await facts(officer, "?part=knew") == ["invitation-sent"]
        assert await facts(member) == everything[:2]  # who was invited stays in the dossier
        problem(await at.get(officer, f"/members/{who}/dossier?part=was"), 400, "request.parameter")
        stranger = await at.token(AccessRole.OFFICER, await at.authority("90000157", "Elders"))
        assert await facts(stranger) == []

    at_the_doors(story)


def test_who_is_qualified_is_found_as_a_whole_and_by_organisation(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        officer = await at.token(AccessRole.OFFICER)
        who = await firm(at, officer, "Geschikt BV")
        fit = {"kindOfWork": "riolering", "basis": "werk in 2025"}
        given = await at.give(officer, f"/members/{who}/state-qualification", fit, version=1)
        assert given.is_success, given.text
        (own,) = (await at.read(officer, f"/members/{who}/qualifications"))["qualifications"]
        assert own["kindOfWork"] == "riolering"
        listed = (await at.read(officer, "/qualifications?limit=200"))["qualifications"]
        assert own in listed
        nobody = await at.token(None, name="zonder rol")
        assert (await at.read(nobody, "/qualifications?limit=200"))["qualifications"] == []

    at_the_doors(story)
