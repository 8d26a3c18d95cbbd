"""History at the doors: replayed, compared, and asked what somebody knew."""

from itertools import pairwise
from typing import Any

import pytest

from api.comparison import part_words
from api.pages.texts import teller
from application.history.difference import differences
from application.shapes import write_instant
from domain.member.access import AccessRole
from domain.terms import Language
from tests.api.conftest import Told
from tests.api.in_process import Doors, organisation
from tests.api.neighbourhood import Neighbourhood, neighbourhood
from tests.api.test_access_at_the_doors import caught_up
from tests.api.test_commands import problem


async def steps(at: Doors, token: str, path: str, limit: int = 2) -> list[Any]:
    """Every step of a replay, page by page."""
    page = await at.get(token, f"{path}?limit={limit}")
    found: list[Any] = []
    while True:
        assert page.status_code == 200, page.text
        said = page.json()
        assert len(said["steps"]) <= limit
        found += said["steps"]
        if said["next"] is None:
            assert "next" not in page.headers.get("link", "")
            return found
        address = page.headers["link"].partition(">")[0].removeprefix("</v1")
        page = await at.get(token, address)


def test_every_kind_of_thing_is_replayed_event_by_event(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        for path in (
            f"/circles/{here.circle}",
            f"/members/{here.firm}",
            f"/convenant-projects/{here.project}",
            f"/missions/{here.mission}",
        ):
            found = await steps(at, here.officer, f"{path}/replay")
            assert [each["event"]["aggregateversion"] for each in found] == list(
                range(1, len(found) + 1)
            )
            for before, each in pairwise(found):
                expected = [one.said() for one in differences(before["state"], each["state"])]
                assert each["differences"] == expected
                assert (expected == []) is ("withheld" in each["event"])
                assert ("sentence" in each["event"]) is ("withheld" not in each["event"])
        sealed = str(await steps(at, here.officer, f"/members/{here.firm}/replay"))
        assert "ciphertext" in sealed, "the name of the person is there, and stays sealed"
        assert "Geheim" not in sealed
        joined = (await steps(at, here.officer, f"/circles/{here.circle}/replay"))[-1]
        assert {each["path"] for each in joined["differences"]} >= {
            "/aggregate/members/inside/0",
            "/registers/circles/" + str(here.circle) + "/members",
        }

    at_the_doors(story)


def test_a_replay_as_of_then_ends_then(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/convenant-projects/{here.project}/replay"
        whole = await steps(at, here.officer, path, limit=50)
        third = whole[2]["event"]["sequence"]
        then = await at.get(here.officer, f"{path}?asOf=position:{third}")
        assert then.json()["steps"] == whole[:3]
        assert then.headers["memento-datetime"]

    at_the_doors(story)


def test_what_is_withheld_does_not_show_in_the_state(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/convenant-projects/{here.project}/replay"
        seen = await steps(at, here.member, path, limit=50)
        assert seen[-1]["event"]["withheld"] is True
        assert seen[-1]["differences"] == []
        assert here.firm not in str(seen)
        assert here.firm in str(await steps(at, here.officer, path, limit=50))

    at_the_doors(story)


def test_two_moments_are_compared_part_by_part(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/convenant-projects/{here.project}"
        events = (await at.get(here.officer, f"{path}/timeline")).json()["events"]
        linked, disclosed = events[1], events[3]
        query = f"from=position:{linked['id']}&to=position:{disclosed['id']}"
        answer = await at.get(here.officer, f"{path}/comparison?{query}")
        assert answer.status_code == 200, answer.text
        said = answer.json()
        parts = {each["part"]: each["differences"] for each in said["parts"]}
        assert said["withheld"] == []
        assert said["from"] == {"position": int(linked["id"]), "recordedAt": linked["time"]}
        (given,) = parts["disclosures"]
        assert given["path"] == f"/D14~11~1{here.firm}"
        assert "before" not in given
        assert given["after"]["recipient"] == here.firm
        assert [each["path"] for each in parts["documents"]] == [
            "/documents/D14 v1",
            f"/parties/{here.firm}",
        ]
        assert parts["risks"] == []
        assert {"state", "convenant-project", "verdicts", "missions"} <= parts.keys()
        by_instant = await at.get(
            here.officer, f"{path}/comparison?from={linked['time']}&to={disclosed['time']}"
        )
        assert by_instant.json() == said
        same = await at.get(here.officer, f"{path}/comparison?from=position:{disclosed['id']}"
                            f"&to=position:{disclosed['id']}")  # fmt: skip
        assert all(each["differences"] == [] for each in same.json()["parts"])

    at_the_doors(story)


def test_a_comparison_keeps_the_dossier_to_who_may_read_it(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/convenant-projects/{here.project}/comparison?from=position:1"
        seen = (await at.get(here.member, path)).json()
        parts = {each["part"] for each in seen["parts"]}
        assert {"documents", "verdicts", "disclosures", "risks", "price"} == {*seen["withheld"]}
        assert not parts & {*seen["withheld"]}
        assert here.firm not in str(seen)

    at_the_doors(story)


def test_moments_to_compare_are_said_and_in_order(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        path = f"/circles/{here.circle}/comparison"
        whole = (await at.get(here.officer, path)).json()
        assert whole["from"] == {"position": 0, "recordedAt": None}
        assert whole["parts"][0]["differences"]
        for query in (
            "from=ooit",
            "from=position:9&to=position:8",
            "from=position:1&to=2026-01-01",
        ):
            problem(await at.get(here.officer, f"{path}?{query}"), 400, "request.parameter")
        problem(
            await at.get(here.officer, f"{path}?from=position:1&to=position:2"),
            404,
            "address.unknown",
        )

    at_the_doors(story)


def test_what_a_party_knew_is_a_question_of_its_own(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        other = (await at.give(here.officer, "/members", organisation("Havik BV"))).json()["id"]
        await caught_up(at)
        path = f"/members/{here.firm}/knowledge"
        said = (await at.get(here.officer, path)).json()
        (project,) = said["projects"]
        (item,) = project["known"]
        assert (item["document"], item["ways"][0]["route"]) == ("D14", "given")
        evidence = await at.get(here.officer, f"/events/{item['ways'][0]['position']}")
        assert evidence.json()["data"]["recipient"] == here.firm
        assert project["missed"] == []
        which = f"project={here.project}"
        theirs = (await at.get(here.officer, f"/members/{other}/knowledge?{which}")).json()
        (missed,) = theirs["projects"][0]["missed"]
        assert [each["member"] for each in missed["knownBy"]] == [here.firm]
        before = item["ways"][0]["position"] - 1
        then = (await at.get(here.officer, f"{path}?{which}&asOf=position:{before}")).json()
        assert then["projects"][0]["known"] == []
        moment = write_instant(await at.house.ledger.recorded_at(before))
        then = (await at.get(here.officer, f"{path}?{which}&knownAt={moment}")).json()
        assert (then["knownAt"], then["projects"][0]["known"]) == (moment, [])

    at_the_doors(story)


def test_what_a_party_knew_is_for_who_may_read_the_dossier(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await Neighbourhood(at).told()
        path = f"/members/{here.firm}/knowledge"
        assert (await at.get(here.member, path)).json()["projects"] == []
        which = f"{path}?project={here.project}"
        problem(await at.get(here.member, which), 403, "access.forbidden")
        elsewhere = await at.circle(here.officer, here.ours, "Elders")
        stranger = await at.token(AccessRole.MEMBER, here.ours, elsewhere, name="vreemde")
        problem(await at.get(stranger, which), 404, "address.unknown")

    at_the_doors(story)


@pytest.mark.parametrize("language", Language)
def test_every_part_of_a_comparison_has_its_word_on_the_page(language: Language) -> None:
    tell = teller(language)
    assert all(tell(f"part.{each}") for each in part_words())
