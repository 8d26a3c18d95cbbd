"""Reading: as of any moment, page by page, and one's own writes."""

import asyncio
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from uuid import UUID

import pytest

from application.shapes import write_instant
from domain.member.access import AccessRole
from tests.api.conftest import Told
from tests.api.in_process import Doors, organisation
from tests.api.test_commands import problem


def test_whoever_waits_reads_what_was_just_written(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        for _ in range(5):
            said = (await at.give(token, "/members", organisation())).json()
            path = f"/members/{said['id']}?waitFor={said['position']}"
            read = await at.get(token, path)
            assert read.status_code == 200
            assert int(read.headers["ledger-position"]) >= said["position"]

    at_the_doors(story)


def test_a_position_that_does_not_come_is_said_not_to_be_there(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        answer = await at.get(token, "/members?waitFor=99999999")
        problem(answer, 503, "position.not-yet")
        assert answer.headers["retry-after"]

    at_the_doors(story)


def test_a_register_is_read_as_it_was(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        circle = await at.circle(token, authority, "Vroeger en later")
        firm = (await at.give(token, "/members", organisation("Late Toetreder BV"))).json()
        path = f"/circles/{circle}"
        before, _ = await at.house.ledger.head()
        await asyncio.sleep(0.01)
        body = {"member": firm["id"]}
        joined = (await at.give(token, f"{path}/join-circle", body, version=1)).json()
        now = await at.read(token, f"{path}/members")
        assert [each["name"] for each in now["members"]] == ["Late Toetreder BV"]
        assert (await at.read(token, f"{path}/members?asOf=position:{before}"))["members"] == []
        assert (await at.read(token, path))["members"] == 1
        then = await at.get(token, f"{path}?asOf=position:{before}")
        assert then.json()["members"] == 0
        assert (then.headers["etag"], then.headers["ledger-position"]) == ('"1"', str(before))
        moment = await at.house.ledger.recorded_at(before)
        by_instant = await at.get(token, f"{path}?asOf={write_instant(moment)}")
        assert by_instant.json() == then.json()
        assert by_instant.headers["memento-datetime"] == then.headers["memento-datetime"]
        assert joined["version"] == 2

    at_the_doors(story)


def test_before_it_began_there_is_nothing(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        before, _ = await at.house.ledger.head()
        circle = await at.circle(token, authority)
        answer = await at.get(token, f"/circles/{circle}?asOf=position:{before}")
        problem(answer, 404, "address.unknown")
        listed = await at.read(token, f"/circles?asOf=position:{before}&limit=200")
        assert str(circle) not in {each["circle"] for each in listed["circles"]}

    at_the_doors(story)


def test_a_memento_is_found_by_the_date_that_it_was_given(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        circle = await at.circle(token, authority)
        position, _ = await at.house.ledger.head()
        await at.read(token, f"/circles/{circle}")
        first = await at.get(token, f"/circles/{circle}?asOf=position:{position}")
        date = first.headers["memento-datetime"]
        again = await at.get(token, f"/circles/{circle}", Accept_Datetime=date)
        assert int(again.headers["ledger-position"]) >= position
        earlier = parsedate_to_datetime(date) - timedelta(days=1)
        gone = await at.get(
            token, f"/circles/{circle}", Accept_Datetime=format_datetime(earlier, usegmt=True)
        )
        problem(gone, 404, "address.unknown")

    at_the_doors(story)


def test_a_timemap_has_an_address_for_every_version(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        circle = await at.circle(token, authority)
        facilitator = (await at.give(token, "/members", organisation())).json()["id"]
        body = {"facilitator": facilitator}
        path = f"/circles/{circle}"
        assert (await at.give(token, f"{path}/appoint-facilitator", body, version=1)).is_success
        await at.read(token, path)
        found = await at.get(token, f"{path}/timemap")
        assert found.headers["content-type"] == "application/link-format"
        recorded = await at.house.ledger.load(UUID(str(circle)))
        for each in recorded:
            assert f'</v1{path}?asOf=position:{each.position}>; rel="memento"' in found.text
        assert found.text.count('rel="memento"') == len(recorded) == 2
        assert f'</v1{path}/timemap>; rel="timemap"' in (await at.get(token, path)).headers["link"]

    at_the_doors(story)


def test_whoever_has_this_version_is_told_so(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        circle = await at.circle(token, authority)
        await at.read(token, f"/circles/{circle}")
        etag = (await at.get(token, f"/circles/{circle}")).headers["etag"]
        same = await at.get(token, f"/circles/{circle}", If_None_Match=etag)
        assert (same.status_code, same.content) == (304, b"")
        assert same.headers["etag"] == etag
        other = await at.get(token, f"/circles/{circle}", If_None_Match='"99"')
        assert other.status_code == 200

    at_the_doors(story)


def test_pages_are_of_one_register_whatever_is_recorded_meanwhile(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        for number in range(7):
            await at.give(token, "/members", organisation(f"Blad {number} BV"))
        whole = await at.read(token, "/members?limit=200")
        seen: list[str] = []
        page = await at.get(token, "/members?limit=3")
        while True:
            listed = page.json()
            seen += [each["member"] for each in listed["members"]]
            assert len(listed["members"]) <= 3
            if listed["next"] is None:
                assert "link" not in page.headers
                break
            await at.give(token, "/members", organisation("Tussendoor BV"))
            assert page.headers["link"].endswith('rel="next"')
            address = page.headers["link"].partition(">")[0].removeprefix("</v1")
            assert "limit=3" in address
            page = await at.get(token, address)
        assert seen == [each["member"] for each in whole["members"]]

    at_the_doors(story)


@pytest.mark.parametrize(
    "query",
    [
        "asOf=gisteren",
        "asOf=position:x",
        "asOf=position:-1",
        "asOf=2026-01-01",
        "asOf=2026-01-01T00:00:00",
        "asof=position:1",
        "waitFor=-1",
        "waitFor=1.5",
        "limit=0",
        "limit=201",
        "limit=%D9%A3",
        "cursor=x",
        "cursor=W10",
        "cursor=WzEsIngiXQ",
        "limit=1&limit=2",
        "nieuw=1",
        "access_token=x",
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused(at_the_doors: Told, query: str) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        answer = await at.get(token, f"/members?{query}")
        assert answer.status_code == 400, answer.text
        assert answer.headers["content-type"] == "application/problem+json"

    at_the_doors(story)


def test_a_moment_is_said_in_one_way(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        date = "Mon, 02 Mar 2026 09:00:00 GMT"
        both = await at.get(token, "/members?asOf=position:1", Accept_Datetime=date)
        problem(both, 400, "request.parameter")
        problem(await at.get(token, "/members", Accept_Datetime="ooit"), 400, "request.parameter")
        ahead = await at.get(token, "/members?asOf=position:99999999")
        problem(ahead, 404, "address.unknown")

    at_the_doors(story)


def test_verdicts_hang_on_position_and_moment_and_nothing_else(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        authority = await at.authority()
        token = await at.token(AccessRole.OFFICER)
        found = await at.project(token, authority)
        path = f"/convenant-projects/{found}/verdicts"
        position, _ = await at.house.ledger.head()
        first = await at.read(token, f"{path}?asOf=position:{position}")
        await at.give(token, "/members", organisation())
        again = await at.read(token, f"{path}?asOf=position:{position}")
        assert first == again
        assert first["position"] == position
        recorded_at = await at.house.ledger.recorded_at(position)
        assert first["judgedAt"] == write_instant(recorded_at)
        later = await at.read(
            token, f"{path}?asOf=position:{position}&judgedAt=2027-01-01T00:00:00Z"
        )
        assert later["judgedAt"] == "2027-01-01T00:00:00.000000Z"
        assert {each["rule"] for each in later["verdicts"]} == {
            each["rule"] for each in first["verdicts"]
        }
        assert {each["verdict"] for each in first["verdicts"]} <= {
            "pass",
            "violation",
            "warn",
            "not-applicable",
            "indeterminate",
        }
        wrong = await at.get(token, f"{path}?judgedAt=straks")
        problem(wrong, 400, "request.parameter")

    at_the_doors(story)
