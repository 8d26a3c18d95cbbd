"""The log at the doors: what was recorded comes back as a receipt, a checkpoint and tiles."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.note import Verifier
from application.transparency.ports import Refusal
from application.transparency.receipt import Receipt, open_receipt
from application.transparency.tiles import Place, decode_bundle, decode_tile
from domain.member.access import AccessRole
from domain.tree import leaf_hash, root
from infrastructure.tile_folder import TileFolder
from tests.api.conftest import Told
from tests.api.in_process import Doors, organisation
from tests.api.test_commands import problem
from tests.conftest import ORIGIN


def key_of(at: Doors) -> Verifier:
    key = at.house.log.key
    assert key is not None
    return key


async def checkpoint_of(at: Doors, size: int) -> Checkpoint:
    """The newest checkpoint, once it has `size` events; well within the promised five seconds."""
    async with asyncio.timeout(5):
        while True:
            answer = await at.client.get("/checkpoint")
            if answer.status_code == 200:
                opened = open_checkpoint(answer.content, origin=ORIGIN, log_keys=[key_of(at)])
                if opened.checkpoint.size >= size:
                    return opened.checkpoint
            await asyncio.sleep(0.05)


def receipts_in(at: Doors, answer: httpx.Response) -> list[Receipt]:
    return [
        open_receipt(each.encode(), origin=ORIGIN, log_keys=(key_of(at),))
        for each in answer.json()["receipts"]
    ]


async def tile(at: Doors, place: Place) -> tuple[bytes, ...]:
    answer = await at.client.get(f"/{place.path}")
    assert answer.status_code == 200, place.path
    assert answer.headers["content-type"] == "application/octet-stream"
    decode = decode_bundle if place.level is None else decode_tile
    return decode(answer.content, place.width)


def test_a_receipt_is_kept_by_the_next_checkpoint(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        answer = await at.give(token, "/members", organisation(), key="bewaard")
        said = answer.json()
        receipts = receipts_in(at, answer)
        assert [each.index for each in receipts] == list(
            range(said["firstPosition"] - 1, said["lastPosition"])
        )
        again = await at.give(token, "/members", json.loads(answer.request.content), key="bewaard")
        assert again.headers["idempotent-replayed"] == "true"
        assert again.json() == said
        checkpoint = await checkpoint_of(at, said["lastPosition"])
        width = checkpoint.size
        leaves = await tile(at, Place(level=0, index=0, width=width))
        entries = await tile(at, Place(level=None, index=0, width=width))
        assert [leaf_hash(each) for each in entries] == list(leaves)
        assert root(leaves) == checkpoint.root
        for each in receipts:
            assert leaves[each.index] == each.leaf
            entry = json.loads(entries[each.index])
            assert entry["recordedAt"] == each.text().splitlines()[-1]
            assert entry["aggregate"] == said["id"]

    at_the_doors(story)


def test_everybody_may_read_the_log_from_anywhere(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        await at.authority()
        size = (await checkpoint_of(at, 1)).size
        for path, media, cache in (
            ("/checkpoint", "text/plain; charset=utf-8", "no-cache"),
            ("/kringboek_verify.py", "text/x-python; charset=utf-8", "no-cache"),
            (f"/tile/0/000.p/{size}", "application/octet-stream", "public, max-age=31536000, immutable"),
        ):  # fmt: skip
            got = await at.client.get(path)
            assert got.status_code == 200
            assert got.headers["content-type"] == media
            assert got.headers["cache-control"] == cache
            assert got.headers["access-control-allow-origin"] == "*"
            head = await at.client.head(path)
            assert head.status_code == 200
            assert head.headers["content-length"] == str(len(got.content))
            known = {"If-None-Match": f'"other", W/{got.headers["etag"]}'}
            same = await at.client.get(path, headers=known)
            if same.headers["etag"] == got.headers["etag"]:  # a checkpoint may be newer by now
                assert (same.status_code, same.content) == (304, b"")
            assert (await at.client.post(path)).status_code == 405

    at_the_doors(story)


@pytest.mark.parametrize(
    "path",
    [
        "/tile/0/001",
        "/tile/0/000",  # not full yet
        "/tile/0/000.p/255",
        "/tile/0/000.p/256",
        "/tile/0/000.p/0",
        "/tile/0/000.p/01",
        "/tile/1/000.p/1",
        "/tile/00/000.p/1",
        "/tile/0/0.p/1",
        "/tile/0/x000/000.p/1",
        "/tile/entries/000/000",
        "/tile/entries/../checkpoint",
        "/tile/",
        "/tile/0/%2e%2e/%2e%2e/keys/log.key",
        "/checkpoints/1",
        "/keys",
        "/refused",
    ],
)
def test_what_no_checkpoint_covers_and_what_is_no_tile_is_not_there(
    at_the_doors: Told, path: str
) -> None:
    async def story(at: Doors) -> None:
        await at.authority()
        assert (await checkpoint_of(at, 1)).size < 200
        answer = await at.client.get(path)
        assert answer.status_code == 404
        assert "immutable" not in answer.headers.get("cache-control", "")

    at_the_doors(story)


def test_a_narrower_tile_is_the_beginning_of_the_wider_one(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.OFFICER)
        for _ in range(3):
            await at.give(token, "/members", organisation())
        head, _ = await at.house.ledger.head()
        size = (await checkpoint_of(at, head)).size
        for level in (0, None):
            whole = await tile(at, Place(level=level, index=0, width=size))
            for width in range(1, size):
                assert await tile(at, Place(level=level, index=0, width=width)) == whole[:width]

    at_the_doors(story)


@pytest.mark.parametrize(
    ("accepted", "coded"),
    [
        ("gzip", True),
        ("identity, GZIP ; q=0.5", True),
        ("br, gzip;q=1.0", True),
        ("identity", False),
        ("gzip;q=0, identity", False),
        ("br, gzip; q=0.000", False),
    ],
)
def test_bundles_are_compressed_for_who_asks(
    at_the_doors: Told, accepted: str, *, coded: bool
) -> None:
    async def story(at: Doors) -> None:
        await at.authority()
        size = (await checkpoint_of(at, 1)).size
        path = Place(level=None, index=0, width=size).path
        plain = await at.client.get(f"/{path}", headers={"Accept-Encoding": "identity"})
        asked = {"Accept-Encoding": accepted}
        got = await at.client.get(f"/{path}", headers=asked)
        assert got.headers.get("content-encoding") == ("gzip" if coded else None)
        assert got.headers["vary"] == "Accept-Encoding"
        assert got.content == plain.content, "what was compressed is what was not"
        assert (got.headers["etag"] != plain.headers["etag"]) is coded
        assert got.headers["content-type"] == "application/octet-stream"
        head = await at.client.head(f"/{path}", headers=asked)
        assert head.headers["content-length"] == got.headers["content-length"]
        known = asked | {"If-None-Match": got.headers["etag"]}
        assert (await at.client.get(f"/{path}", headers=known)).status_code == 304
        tile_of_hashes = await at.client.get(f"/tile/0/000.p/{size}", headers=asked)
        assert "content-encoding" not in tile_of_hashes.headers

    at_the_doors(story)


@pytest.mark.parametrize("level", [0, None])
def test_a_tile_that_lost_bytes_is_not_given_away_as_one_that_never_changes(
    at_the_doors: Told, level: int | None
) -> None:
    async def story(at: Doors) -> None:
        await at.authority()
        place = Place(level=level, index=0, width=(await checkpoint_of(at, 1)).size)
        folder = at.house.log.published
        assert isinstance(folder, TileFolder)
        whole = folder.read(place.path)
        assert whole is not None
        folder.write({place.path: whole[:-1]})
        answer = await at.client.get(f"/{place.path}")
        folder.write({place.path: whole})
        problem(answer, 503, "log.damaged")
        assert "immutable" not in answer.headers.get("cache-control", "")
        assert str(folder.folder) not in answer.text

    at_the_doors(story)


def test_the_metrics_say_how_far_the_log_is_and_that_it_stands_still(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        token = await at.token(AccessRole.AUDITOR)
        head, _ = await at.house.ledger.head()
        size = (await checkpoint_of(at, head)).size
        figures = await metrics(at, token)
        assert figures["kringboek_log_size"] == size
        assert figures["kringboek_log_behind"] == 0
        assert figures['kringboek_log_refused{code=""}'] == 0
        assert 0 <= figures["kringboek_log_checkpoint_age_seconds"] < 60
        at.house.log.stopped = Refusal(code="log.x", why="why", cure="cure", since=1.0)
        figures = await metrics(at, token)
        assert figures['kringboek_log_refused{code="log.x"}'] == 1
        officer = await at.token(AccessRole.OFFICER)
        answer = await at.give(officer, "/members", organisation())
        assert (answer.status_code, answer.json()["receipts"]) == (201, [])
        at.house.log.stopped = None
        at.house.log.look()

    at_the_doors(story)


async def metrics(at: Doors, token: str) -> dict[str, Any]:
    answer = await at.client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    return {
        name: float(value)
        for line in answer.text.splitlines()
        if not line.startswith("#")
        for name, _, value in [line.rpartition(" ")]
    }
