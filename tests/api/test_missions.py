"""Missions at the doors: the board and its registers, for whom each of them is, and as of when."""

from typing import Any
from uuid import UUID

from domain.member.access import AccessRole
from domain.terms import MemberId
from tests.api.conftest import Told
from tests.api.in_process import ZUIDERDAM, Doors

LINE = {
    "level": 1,
    "readiness": 8,
    "scope": "alles van 19 kW",
    "direction": "unstated",
    "holdsFrom": "2026-01-01",
    "agreedByMarket": [],
    "agreedByAuthority": [],
}


class Mission:
    """A mission in the making: each command stands on the version that the one before left."""

    def __init__(self, at: Doors, token: str, mission: UUID) -> None:
        self.at, self.token, self.path, self.version = at, token, f"/missions/{mission}", 1

    async def give(self, command: str, **said: Any) -> None:
        answer = await self.at.give(
            self.token, f"{self.path}/{command}", said, version=self.version
        )
        assert answer.is_success, answer.text
        self.version += 1


async def founded(at: Doors, token: str, circle: UUID) -> Mission:
    head, _ = await at.house.ledger.head()
    assert await at.house.views.wait_for(head, within=10)  # whose circle it is must be known
    body = {"title": "Emissieloos bouwen", "problem": "uitstoot", "circle": str(circle)}
    answer = await at.give(token, "/missions", body)
    assert answer.status_code == 201, answer.text
    return Mission(at, token, UUID(answer.json()["id"]))


async def enforced(at: Doors, token: str, ours: MemberId, circle: UUID) -> tuple[Mission, UUID]:
    """A mission with a line, a project that it feeds, and a finding in that project."""
    project = await at.project(token, ours)
    mission = await founded(at, token, circle)
    await mission.give("agree-line", **LINE)
    await mission.give("feed-project", project=str(project), level=1)
    await mission.give(
        "check-line",
        check="C1",
        project=str(project),
        place="on-the-work",
        level=1,
        checkedBy=str(ours),
        contractor=str(ours),
        outcome="not-kept",
        summary="een dieselaggregaat draaide",
    )
    await mission.give(
        "find-line-breach",
        breach="B1",
        check="C1",
        contractor=str(ours),
        required="elektrisch",
        found="diesel",
    )
    return mission, project


def test_a_mission_is_listed_for_whoever_may_read_it(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        theirs = await at.authority(ZUIDERDAM, "Gemeente Zuiderdam")
        colleague = await at.token(AccessRole.OFFICER, theirs)
        mission = await founded(at, officer, await at.circle(officer, ours))
        (row,) = (await at.read(officer, "/missions"))["missions"]
        assert mission.path.endswith(row["mission"])
        assert row["problem"] == "uitstoot"
        assert (await at.read(colleague, "/missions"))["missions"] == []

    at_the_doors(story)


def test_a_project_under_a_mission_is_found_from_both_sides(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        mission, project = await enforced(at, officer, ours, await at.circle(officer, ours))
        (fed,) = (await at.read(officer, f"{mission.path}/projects"))["projects"]
        assert (fed["project"], fed["level"], fed["checked"]) == (str(project), 1, ["on-the-work"])
        path = f"/convenant-projects/{project}/missions"
        assert (await at.read(officer, path))["missions"] == [fed]
        await mission.give("release-project", project=str(project), reason="aanbesteed")
        (row,) = (await at.read(officer, path))["missions"]
        assert row["releasedAt"] is not None
        board = await at.read(officer, mission.path)
        assert board["projects"] == []
        assert board["openBreaches"] == ["B1"]

    at_the_doors(story)


def test_what_is_found_against_a_firm_is_not_for_the_other_firms(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        circle = await at.circle(officer, ours)
        member = await at.token(AccessRole.MEMBER, ours, circle, name="deelnemer aan de missie")
        mission, _ = await enforced(at, officer, ours, circle)
        for word, inside in (("checks", "checks"), ("breaches", "breaches")):
            (row,) = (await at.read(officer, f"{mission.path}/{word}"))[inside]
            assert row["contractor"] == str(ours)
            assert (await at.get(member, f"{mission.path}/{word}")).status_code == 403
        (line,) = (await at.read(member, f"{mission.path}/lines"))["lines"]
        assert line["line"]["scope"] == "alles van 19 kW"
        feed = (await at.get(member, "/events?limit=500")).json()
        told = {each["type"]: each for each in feed["events"] if each["subject"] in mission.path}
        assert "data" in told["nl.kringboek.mission.line-agreed.v1"]
        for kept in ("line-checked", "line-breach-found"):
            assert "data" not in told[f"nl.kringboek.mission.{kept}.v1"]

    at_the_doors(story)


def test_every_register_of_a_mission_is_there_and_travels_in_time(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        mission = await founded(at, officer, await at.circle(officer, ours))
        before, _ = await at.house.ledger.head()
        assessed = {"function": "legitimacy", "degree": "partly", "evidence": "kaders"}
        await mission.give("assess-function", **assessed, judgedBy=[str(ours)])
        await mission.give("assess-function", **assessed, judgedBy=[])
        await mission.give(
            "name-mission-condition", condition="R1", kind="budget", wording="ruimte"
        )
        await mission.give("assign-mission-condition", condition="R1", owner=str(ours))
        await mission.give(
            "agree-mission-follow-up", action="G1", kind="natura-2002", description="natura 2002"
        )
        await mission.give(
            "promise-continuity",
            promise="C1",
            promisedBy=str(ours),
            promisedTo=[str(ours)],
            content="vier jaar werk",
        )
        await mission.give(
            "set-mission-indicator", indicator="I1", description="draaiuren", unit="procent"
        )
        (promise,) = (await at.read(officer, f"{mission.path}/promises"))["promises"]
        assert promise["silent"] == [str(ours)]
        (indicator,) = (await at.read(officer, f"{mission.path}/indicators"))["indicators"]
        assert (indicator["unit"], indicator["readings"]) == ("procent", [])
        (function,) = (await at.read(officer, f"{mission.path}/functions"))["functions"]
        assert (function["number"], len(function["judgements"])) == (9, 2)
        (condition,) = (await at.read(officer, f"{mission.path}/conditions"))["conditions"]
        assert (condition["owner"], condition["metAt"]) == (str(ours), None)
        (action,) = (await at.read(officer, f"{mission.path}/follow-ups"))["actions"]
        assert action["kind"] == "natura-2002"
        for word, inside in (("functions", "functions"), ("follow-ups", "actions")):
            then = await at.read(officer, f"{mission.path}/{word}?asOf=position:{before}")
            assert then[inside] == []

    at_the_doors(story)
