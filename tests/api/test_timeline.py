"""Timelines at the doors: everything about one thing, in order, each in a sentence, for whom it is."""

from typing import Any
from uuid import UUID

import pytest

from domain.member.access import AccessRole
from tests.api.conftest import Told
from tests.api.in_process import Doors
from tests.api.neighbourhood import Neighbourhood, neighbourhood
from tests.api.test_access_at_the_doors import caught_up
from tests.api.test_commands import problem


def kinds(said: Any) -> list[str]:
    return [each["type"].split(".")[-2] for each in said["events"]]


def test_a_timeline_crosses_circle_project_and_mission(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/convenant-projects/{here.project}/timeline"
        project = await at.read(here.officer, path)
        assert kinds(project) == [
            "project-registered",
            "circle-linked",
            "document-version-added",
            "document-disclosed",
            "project-fed",
        ]
        positions = [each["sequence"] for each in project["events"]]
        assert positions == sorted(positions)
        assert kinds(await at.read(here.officer, f"/circles/{here.circle}/timeline")) == [
            "circle-founded",
            "circle-linked",
            "member-joined",
            "mission-founded",
        ]
        assert kinds(await at.read(here.officer, f"/members/{here.firm}/timeline")) == [
            "member-registered",
            "document-disclosed",
            "member-joined",
            "person-introduced",
            "key-created",
        ]
        mission = await at.read(here.officer, f"/missions/{here.mission}/timeline")
        assert kinds(mission) == ["mission-founded", "line-agreed", "project-fed"]

    at_the_doors(story)


def test_what_is_not_for_a_reader_is_withheld_or_not_there_at_all(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/convenant-projects/{here.project}/timeline"
        seen = await at.read(here.member, path)
        withheld = [each for each in seen["events"] if each.get("withheld")]
        assert [each["type"].split(".")[-2] for each in withheld] == ["document-disclosed"]
        assert not withheld[0].keys() & {"data", "salt", "sentence"}
        feed = (await at.get(here.member, f"/events/{withheld[0]['id']}")).json()
        assert feed == withheld[0], "the feed says neither more nor less"
        firm = await at.read(here.member, f"/members/{here.firm}/timeline")
        assert kinds(firm) == [
            "member-registered",
            "member-joined",
            "person-introduced",
            "key-created",
        ]

    at_the_doors(story)


@pytest.mark.parametrize(
    ("query", "header", "expected"),
    [
        ("", "", "Alba Infra BV trad toe"),
        ("&lang=en", "nl", "Alba Infra BV joined"),
        ("", "fr, en-GB;q=0.8, nl;q=0.3", "Alba Infra BV joined"),
        ("", "en;q=0, nl;q=x", "Alba Infra BV trad toe"),
    ],
)
def test_each_event_is_told_in_the_language_of_the_reader(
    at_the_doors: Told, query: str, header: str, expected: str
) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        head, _ = await at.house.ledger.head()
        path = f"/circles/{here.circle}/timeline?waitFor={head}{query}"
        answer = await at.get(here.officer, path, Accept_Language=header)
        sentences = [each["sentence"] for each in answer.json()["events"]]
        assert any(expected in each for each in sentences), sentences
        language = "en" if "joined" in expected else "nl"
        assert answer.headers["content-language"] == language
        wrong = await at.get(here.officer, f"/circles/{here.circle}/timeline?lang=fr")
        problem(wrong, 400, "request.parameter")

    at_the_doors(story)


def test_pages_follow_each_other_and_travel(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/convenant-projects/{here.project}/timeline"
        whole = (await at.read(here.officer, path))["events"]
        page = await at.get(here.officer, f"{path}?limit=2")
        found: list[Any] = []
        while True:
            found += page.json()["events"]
            if page.json()["next"] is None:
                break
            link = page.headers["link"]
            assert link.endswith('rel="next"')
            page = await at.get(here.officer, link.partition(">")[0].removeprefix("</v1"))
        assert found == whole
        then = await at.get(here.officer, f"{path}?asOf=position:{whole[1]['sequence']}")
        assert then.json()["events"] == whole[:2]
        assert then.headers["ledger-position"] == whole[1]["id"]
        assert then.headers["memento-datetime"]
        before = int(whole[0]["id"]) - 1
        problem(
            await at.get(here.officer, f"{path}?asOf=position:{before}"), 404, "address.unknown"
        )

    at_the_doors(story)


def test_nobody_reads_the_timeline_of_what_is_not_there_for_them(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await Neighbourhood(at).told()
        elsewhere = await at.circle(here.officer, here.ours, "Elders")
        stranger = await at.token(AccessRole.MEMBER, here.ours, elsewhere, name="vreemde")
        await caught_up(at)
        for path in (
            f"/convenant-projects/{here.project}",
            f"/missions/{here.mission}",
            f"/circles/{here.project}",
            f"/circles/{UUID(int=7)}",
            f"/persons/{UUID(int=7)}",
        ):
            problem(await at.get(stranger, f"{path}/timeline"), 404, "address.unknown")

    at_the_doors(story)


def test_of_a_person_is_told_what_the_reader_may_see(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/persons/{here.person}/timeline"
        said = await at.read(here.officer, path)
        assert kinds(said) == ["person-introduced"]
        assert "Geheim" not in str(said)

    at_the_doors(story)


def test_what_came_of_a_finding_stands_on_the_timeline_of_the_firm(at_the_doors: Told) -> None:
    """The sanction and its end repeat the finding's code, and name no firm."""

    async def story(at: Doors) -> None:
        here = await Neighbourhood(at).told()
        path = f"/circles/{here.circle}"
        await here.give(
            f"{path}/make-agreement",
            2,
            agreement="A-1",
            parties=[here.firm],
            subject="één keet per werk",
            until=None,
        )
        finding = {"agreement": "A-1", "finding": "F-1"}
        await here.give(f"{path}/find-free-rider", 3, **finding, member=here.firm, text="een keet")
        await here.give(f"{path}/impose-sanction", 5, **finding, kind="warning", text="eerste keer")
        await here.give(f"{path}/settle-finding", 7, **finding, how="rechtgezet", upheld=True)
        timeline = f"/members/{here.firm}/timeline"
        whole = await at.read(here.officer, timeline)
        assert [each for each in kinds(whole) if each != "key-created"][-4:] == [
            "agreement-made",
            "free-rider-found",
            "sanction-imposed",
            "finding-settled",
        ]
        sequence = [each["sequence"] for each in whole["events"]]
        assert sequence == sorted(set(sequence))
        for limit in range(1, len(sequence) + 1):
            page = await at.get(here.officer, f"{timeline}?limit={limit}")
            found: list[Any] = []
            while True:
                found += page.json()["events"]
                if page.json()["next"] is None:
                    break
                assert len(page.json()["events"]) == limit
                link = page.headers["link"].partition(">")[0].removeprefix("</v1")
                page = await at.get(here.officer, link)
            assert found == whole["events"], limit
        then = await at.get(here.officer, f"{timeline}?asOf=position:{sequence[-1] - 1}")
        assert then.json()["events"] == whole["events"][:-1]
        mapped = await at.get(here.officer, f"/timemap?of=/v1{timeline}")
        assert [f"position:{each}>" in mapped.text for each in sequence] == [True] * len(sequence)

    at_the_doors(story)
