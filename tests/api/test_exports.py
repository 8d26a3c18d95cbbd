"""Export bundles at the doors: who may take what away, and what is in it."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from api import exports
from application.export.archive import Member, zipped
from application.export.body_line import read_body_line
from application.export.manifest import read_manifest
from application.export.opening import Bundle
from application.export.published import NothingPublished, Stand, newest
from application.export.unzipping import BundleRefused
from application.ports import StoredEvent
from application.transparency.ports import PublishedLog
from domain.member.access import AccessRole
from infrastructure.tile_folder import TileFolder
from tests.api.conftest import Told
from tests.api.in_process import ZUIDERDAM, Answer, Doors
from tests.application.export.test_verified import verified
from tests.exported import files


async def published(at: Doors) -> Stand:
    """The newest checkpoint, once it has everything that was recorded, as the views have."""
    head, _ = await at.house.ledger.head()
    assert await at.house.views.wait_for(head, within=10)
    for _ in range(100):
        try:
            stand = newest(at.house.log.published)
        except NothingPublished:
            await asyncio.sleep(0.1)
            continue
        if stand.size >= head:
            return stand
        await asyncio.sleep(0.1)
    raise AssertionError("no checkpoint was published in ten seconds")


async def rows_of(at: Doors) -> list[StoredEvent]:
    return [row async for page in at.house.ledger.stored() for row in page]


def shown(bundle: dict[str, bytes]) -> dict[int, Any]:
    """What each event of a bundle says, by its position; None where that is withheld."""
    found = {}
    for name, data in bundle.items():
        if name.startswith("bodies/"):
            for line in data.splitlines(keepends=True):
                said = json.loads(line)
                read_body_line(line, said["position"])
                found[said["position"]] = said["body"]
    return found


def bundle_of(answer: Answer) -> dict[str, bytes]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "private, no-store"
    return files(answer.content)


def test_the_whole_log_is_for_auditors_and_what_it_says_is_what_they_may_read(
    at_the_doors: Told, tmp_path: Path
) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        theirs = await at.authority(ZUIDERDAM, "Gemeente Zuiderdam")
        officer = await at.token(AccessRole.OFFICER, ours)
        colleague = await at.token(AccessRole.OFFICER, theirs)
        own = await at.circle(officer, ours, "Van ons")
        await at.project(officer, ours)
        foreign = await at.circle(colleague, theirs, "Van hen")
        tokens = {
            role: await at.token(role, ours, own if role is AccessRole.FACILITATOR else None)
            for role in AccessRole
        }
        nobody = await at.token(None, name="niemand")
        stand = await published(at)
        for role, token in [*tokens.items(), (None, nobody)]:
            answer = await at.get(token, "/exports/whole")
            expected = 200 if role is AccessRole.AUDITOR else 403
            assert answer.status_code == expected, role
        assert (await at.get(None, "/exports/whole")).status_code == 401

        with capture_logs() as said:
            answer = await at.get(tokens[AccessRole.AUDITOR], "/exports/whole")
            headers = {"Authorization": f"Bearer {tokens[AccessRole.AUDITOR]}"}
            asked = await at.client.head("/v1/exports/whole", headers=headers)
        assert (asked.status_code, asked.content) == (200, b"")
        assert asked.headers["content-type"] == "application/zip"
        bundle = bundle_of(answer)
        name = f"{at.house.origin.replace('/', '-')}-whole-{stand.size}.zip"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        rows = await rows_of(at)
        bodies = shown(bundle)
        assert list(bodies) == list(range(1, stand.size + 1))
        for row in rows:
            if bodies[row.position] is not None:
                assert bodies[row.position] == json.loads(row.body)
        seen = {row.stream for row in rows if bodies[row.position] is not None}
        withheld = {row.stream for row in rows if bodies[row.position] is None}
        assert own in seen
        assert foreign in withheld - seen
        manifest = read_manifest(bundle["manifest.json"])
        count = sum(each is None for each in bodies.values())
        assert (manifest.size, manifest.withheld) == (stand.size, count)
        assert 0 < count < stand.size
        person = str(at.person(f"{AccessRole.AUDITOR} {ours} None"))
        taken = [each for each in said if each["event"] == "export.made"]
        assert [(each["person"], each["what"], each["withheld"]) for each in taken] == [
            (person, "whole", count)
        ]
        packed = tmp_path / name
        packed.write_bytes(answer.content)
        code, report = verified(packed, at.house.log.key)
        assert (code, report["findings"]) == (0, [])
        with pytest.raises(BundleRefused, match=r"import\.withheld"):
            Bundle(io.BytesIO(answer.content), lambda *_: None)

    at_the_doors(story)


def test_a_part_is_for_whoever_may_read_the_subject(at_the_doors: Told, tmp_path: Path) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        own = await at.circle(officer, ours, "Eigen")
        other = await at.circle(officer, ours, "Ander")
        expected = {
            AccessRole.AUDITOR: 200,
            AccessRole.OFFICER: 200,
            AccessRole.FACILITATOR: 200,
            AccessRole.MEMBER: 200,
            None: 404,
        }
        tokens = {
            role: await at.token(role, ours, own, name=f"van deze kring {role}")
            for role in expected
        }
        stand = await published(at)
        for role, status in expected.items():
            token = tokens[role]
            assert (await at.get(token, f"/circles/{own}/export")).status_code == status, role
            foreign = await at.get(token, f"/circles/{other}/export")
            assert foreign.status_code == 404, role
            for path in (f"/circles/{uuid4()}/export", f"/missions/{own}/export"):
                assert (await at.get(token, path)).status_code == 404
        assert (await at.get(None, f"/circles/{own}/export")).status_code == 401
        answer = await at.get(officer, f"/circles/{own}/export")
        name = f"{at.house.origin.replace('/', '-')}-circle-{own}-{stand.size}.zip"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        part = bundle_of(answer)
        rows = [row for row in await rows_of(at) if row.stream == own]
        assert shown(part) == {row.position: json.loads(row.body) for row in rows}
        packed = tmp_path / name
        packed.write_bytes(answer.content)
        code, report = verified(packed, at.house.log.key)
        assert (code, report["findings"]) == (0, [])

    at_the_doors(story)


def test_a_sealed_text_withholds_nothing_else(at_the_doors: Told) -> None:
    """The fact of its key stands in whatever stream that is, and its name does not say which."""

    async def story(at: Doors) -> None:
        ours = await at.authority()
        circle = await at.circle(await at.token(AccessRole.OFFICER, ours), ours)
        facilitator = await at.token(AccessRole.FACILITATOR, ours)
        complaint = {"complaint": "K1", "text": "Wij wachten"}
        said = await at.give(
            facilitator, f"/circles/{circle}/raise-complaint", complaint, version=1
        )
        assert said.is_success, said.text
        await published(at)
        auditor = await at.token(AccessRole.AUDITOR, ours)
        rows = [row for row in await rows_of(at) if row.stream == circle]
        assert rows[-1].name == "sealing.key-created"
        for token, withheld in ((auditor, 0), (facilitator, 1)):
            bodies = shown(bundle_of(await at.get(token, f"/circles/{circle}/export")))
            assert [bodies[row.position] for row in rows].count(None) == withheld

    at_the_doors(story)


def test_what_is_of_the_dossier_stays_out_of_a_members_part(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        officer = await at.token(AccessRole.OFFICER, ours)
        circle = await at.circle(officer, ours)
        found = await at.project(officer, ours)
        path = f"/convenant-projects/{found}"
        link = {"circle": str(circle)}
        assert (await at.give(officer, f"{path}/link-circle", link, version=1)).is_success
        estimate = {
            "amount": 125_000,
            "excludesVat": True,
            "includesOptions": True,
            "includesExtensions": None,
            "includesSuppliedGoods": None,
            "method": "elementen",
        }
        made = await at.give(officer, f"{path}/make-estimate", estimate, version=2)
        assert made.is_success, made.text
        stand = await published(at)
        member = await at.token(AccessRole.MEMBER, ours, circle, name="deelnemer")
        for token, seen in ((member, False), (officer, True)):
            bundle = bundle_of(await at.get(token, f"{path}/export"))
            bodies = shown(bundle)
            facts = {
                row.name: bodies[row.position]
                for row in await rows_of(at)
                if row.stream == found and row.position <= stand.size
            }
            assert facts["convenant-project.project-registered"] is not None
            assert (facts["convenant-project.estimate-made"] is not None) is seen
            whole = await at.get(token, f"{path}/export?bodies=false")
            assert set(shown(bundle_of(whole)).values()) == {None}
        assert (await at.get(member, f"{path}/export?bodies=ja")).status_code == 400
        assert (await at.get(member, f"{path}/export?body=false")).status_code == 400

    at_the_doors(story)


def test_before_anything_was_published_one_is_asked_to_come_again(
    at_the_doors: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_: PublishedLog) -> Stand:
        raise NothingPublished

    async def story(at: Doors) -> None:
        auditor = await at.token(AccessRole.AUDITOR)
        monkeypatch.setattr(exports, "newest", nothing)
        answer = await at.get(auditor, "/exports/whole")
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:kringboek:problem:export.nothing-published"
        assert answer.headers["retry-after"] == "5"

    at_the_doors(story)


def test_half_a_bundle_never_looks_like_a_whole_one(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        auditor = await at.token(AccessRole.AUDITOR)
        stand = await published(at)
        folder = at.house.log.published
        assert isinstance(folder, TileFolder)
        tile = folder.folder / "tile" / "0" / "000.p" / str(stand.size)
        aside = tile.with_name("aside")
        tile.rename(aside)
        try:
            with capture_logs() as said:
                answer = await at.get(auditor, "/exports/whole")
        finally:
            aside.rename(tile)
        assert "export.broken-off" in {each["event"] for each in said}
        with pytest.raises(BundleRefused, match=r"bundle\.not-whole"):
            Bundle(io.BytesIO(answer.content), lambda *_: None)

    at_the_doors(story)


def test_only_so_many_go_out_at_once(at_the_doors: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(at: Doors) -> None:
        ours = await at.authority()
        first, second, third = [
            await at.token(AccessRole.AUDITOR, ours, name=f"controleur {number}")
            for number in range(3)
        ]
        await published(at)
        going, underway = asyncio.Event(), 0

        async def slow(members: AsyncIterator[Member]) -> AsyncIterator[bytes]:
            nonlocal underway
            underway += 1
            await going.wait()
            async for piece in zipped(members):
                yield piece

        monkeypatch.setattr(exports, "zipped", slow)
        path = "/exports/whole?bodies=false"
        asked = [asyncio.create_task(at.get(each, path)) for each in (first, first, second, second)]
        while underway < len(asked):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        for token, status, code in (
            (first, 429, "export.two-at-once"), (third, 503, "export.too-many")
        ):  # fmt: skip
            refused = await at.get(token, path)
            assert (refused.status_code, refused.headers["retry-after"]) == (status, "30")
            assert refused.json()["type"].endswith(code)
        asked.pop().cancel()  # Who went away has no turn any more.
        await asyncio.sleep(0)
        going.set()
        assert (await at.get(third, path)).status_code == 200
        assert [(await each).status_code for each in asked] == [200] * 3

    at_the_doors(story)
