"""Mementos at the doors (RFC 7089): the gate, the map, and what every answer says of its place."""

import re
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from api.app import operations
from api.time_travel import AS_OF
from tests.api.conftest import Told
from tests.api.in_process import Doors
from tests.api.neighbourhood import neighbourhood
from tests.api.test_commands import problem

MEMENTO = re.compile(r'<([^>]+)>; rel="memento"; datetime="([^"]+)"')
LONG_AGO = "Mon, 02 Mar 1998 09:00:00 GMT"
WITHOUT_A_MAP = {
    "/members/{id}/knowledge",
    "/members/{id}/retention",
    "/persons/{id}/timeline",
    "/publications/documents",
    "/publications/reports",
}
"""Questions that travel by `asOf` and have no versions: they cross other resources."""


def ours(path: str) -> bool:
    return path.split("/")[1] in {
        "circles", "members", "convenant-projects", "missions", "lessons", "qualifications",
        "publications",
    } or path == "/persons/{id}/timeline"  # fmt: skip


def test_whatever_travels_in_time_has_mementos() -> None:
    travelling = {
        each.path
        for each in operations()
        if AS_OF in each.parameters and ours(each.path) and not each.path.endswith("/timemap")
    }
    mapped = {each.path for each in operations() if each.versions is not None}
    assert travelling - mapped <= WITHOUT_A_MAP | {
        each for each in travelling if "/erasure" in each
    }


MAPPED = (
    "/circles",
    "/circles/{id}",
    "/circles/{id}/members",
    "/circles/{id}/composition",
    "/circles/{id}/timeline",
    "/members/{id}",
    "/convenant-projects/{id}",
    "/convenant-projects/{id}/documents",
    "/convenant-projects/{id}/verdicts",
    "/convenant-projects/{id}/disclosures",
    "/convenant-projects/{id}/replay",
    "/missions/{id}",
    "/missions/{id}/lines",
)


def test_between_two_mementos_an_answer_does_not_change(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        for path in MAPPED:
            await holds(at, here.officer, here.address(path))

    async def holds(at: Doors, officer: str, address: str) -> None:
        mapped = await at.get(officer, f"/timemap?of=/v1{address}")
        assert mapped.status_code == 200, mapped.text
        assert mapped.headers["content-type"].startswith("application/link-format")
        mementos = MEMENTO.findall(mapped.text)
        positions = [int(each.rpartition(":")[2]) for each, _ in mementos]
        assert positions == sorted(set(positions)) != []
        head, _ = await at.house.ledger.head()
        bodies = {}
        for position in range(max(1, positions[-1] - 8), head + 1):
            answer = await at.get(officer, f"{address}?asOf=position:{position}")
            bodies[position] = _what_it_says(answer.json()) if answer.is_success else None
        for position, body in bodies.items():
            if position - 1 in bodies and position not in positions:
                assert body == bodies[position - 1], (address, position)
        last = await at.get(officer, mementos[-1][0].removeprefix("/v1"))
        assert last.headers["memento-datetime"] == mementos[-1][1]

    at_the_doors(story)


def _what_it_says(said: object) -> object:
    """An answer without the position and the moment that it was asked about."""
    if isinstance(said, dict):
        asked = {"position", "judgedAt", "judgedOn", "next"}
        return {name: value for name, value in said.items() if name not in asked}
    return said


def test_the_gate_leads_to_what_there_was_at_a_date(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        resource = f"/v1/circles/{here.circle}/members"
        gate = f"/timegate?of={quote(resource, safe='')}"
        newest = await at.get(here.officer, gate)
        assert (newest.status_code, newest.content) == (302, b"")
        assert "accept-datetime" in newest.headers["vary"].lower()
        links = newest.headers["link"]
        assert f'<{resource}>; rel="original"' in links
        assert 'rel="timemap"; type="application/link-format"' in links
        memento = await at.get(here.officer, newest.headers["location"].removeprefix("/v1"))
        assert [each["member"] for each in memento.json()["members"]] == [here.firm]
        assert f'<{resource}>; rel="original"' in memento.headers["link"]
        date = memento.headers["memento-datetime"]
        again = await at.get(here.officer, gate, Accept_Datetime=date)
        assert again.status_code == 302
        before = await at.get(here.officer, gate, Accept_Datetime=LONG_AGO)
        mapped = await at.get(here.officer, f"/timemap?of={resource}")
        first, first_date = MEMENTO.findall(mapped.text)[0]
        assert before.headers["location"] == first, "a date before the first leads to the first"
        later = format_datetime(parsedate_to_datetime(first_date) + timedelta(days=9), usegmt=True)
        after = await at.get(here.officer, gate, Accept_Datetime=later)
        assert after.headers["location"] == newest.headers["location"]

    at_the_doors(story)


def test_what_was_negotiated_says_where_it_lies(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        recorded_at = await at.house.ledger.recorded_at((await at.house.ledger.head())[0])
        date = format_datetime(recorded_at.replace(microsecond=0), usegmt=True)
        path = f"/circles/{here.circle}"
        answer = await at.get(here.officer, path, Accept_Datetime=date)
        where = answer.headers["content-location"]
        assert where == f"/v1{path}?asOf=position:{answer.headers['ledger-position']}"
        same = await at.get(here.officer, where.removeprefix("/v1"))
        assert same.json() == answer.json()
        assert same.headers["memento-datetime"] == answer.headers["memento-datetime"]
        assert "content-location" not in (await at.get(here.officer, path)).headers

    at_the_doors(story)


def test_a_query_that_is_part_of_the_question_stays_part_of_it(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        resource = f"/v1/members/{here.firm}/dossier?part=joined&asOf=position:1&limit=2"
        answer = await at.get(here.officer, f"/timegate?of={quote(resource, safe='')}")
        assert re.fullmatch(
            rf"/v1/members/{here.firm}/dossier\?part=joined&asOf=position:\d+",
            answer.headers["location"],
        )

    at_the_doors(story)


def test_the_gate_opens_to_nothing_that_is_not_there(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await neighbourhood(at)
        for of in (
            "/v1/circles/00000000-0000-4000-8000-000000000000",
            f"/v1/missions/{here.circle}",
            "/v1/events",
            "/v1/nothing",
            "/elsewhere",
            "http://[",
        ):
            for door in ("timegate", "timemap"):
                answer = await at.get(here.officer, f"/{door}?of={quote(of, safe='')}")
                assert answer.status_code in {400, 404}, (of, answer.text)
        closed = f"/v1/convenant-projects/{here.project}/verdicts"
        problem(await at.get(here.member, f"/timemap?of={closed}"), 403, "access.forbidden")
        problem(await at.get(here.officer, "/timegate"), 400, "request.parameter")
        unknown = "/timegate?of=/v1/circles?quux=1"
        problem(await at.get(here.officer, unknown), 400, "request.parameter")

    at_the_doors(story)
