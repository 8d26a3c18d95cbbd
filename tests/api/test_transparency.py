"""The transparency log at the doors: anybody may ask, and need not believe the answer."""

import asyncio
from base64 import b64decode
from pathlib import Path
from typing import Any

from application.ports import StoredEvent
from application.transparency.checkpoint import open_checkpoint
from application.transparency.keys import VerifierKey
from application.transparency.note import Note
from application.transparency.policy import Log as KnownLog
from application.transparency.policy import Policy, Witness
from application.transparency.ports import Refusal
from application.transparency.proof_file import ProofFile
from domain.member.access import AccessRole
from domain.tree import leaf_hash, root, verify_consistency, verify_inclusion
from infrastructure.tile_folder import TileFolder
from tests.api.conftest import Told
from tests.api.in_process import Doors, organisation
from tests.api.test_commands import problem
from tests.application.transparency.vectors import WITNESS


async def stored(at: Doors) -> list[StoredEvent]:
    return [row async for page in at.house.ledger.stored() for row in page]


async def said(at: Doors, path: str, **headers: str) -> Any:
    answer = await at.get(None, path, **headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


async def published(at: Doors) -> list[StoredEvent]:
    """All events so far, once a checkpoint holds them."""
    if not await stored(at):
        officer = await at.token(AccessRole.OFFICER)
        for _ in range(3):
            await at.give(officer, "/members", organisation())
    rows = await stored(at)
    for _ in range(200):
        if (await said(at, "/log"))["size"] >= len(rows):
            return rows
        await asyncio.sleep(0.05)
    raise AssertionError("no checkpoint was published in ten seconds")


def test_the_log_says_how_far_it_is_and_by_which_key(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        rows = await published(at)
        told = await said(at, "/log")
        key = VerifierKey.parse(told["keys"][0])
        note = await at.client.get(told["addresses"]["checkpoint"])
        opened = open_checkpoint(note.content, origin=told["origin"], log_keys=[key]).checkpoint
        assert (told["size"], b64decode(told["root"])) == (opened.size, opened.root)
        assert opened.root == root(leaf_hash(row.entry) for row in rows[: opened.size])
        assert told["witnessedSize"] is None
        assert told["standstill"] is None

    at_the_doors(story)


def test_every_event_can_be_proven_without_a_token_and_without_trust(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        rows = await published(at)
        leaves = [leaf_hash(row.entry) for row in rows]
        for size in {1, len(rows) - 1, len(rows)}:
            proof = await said(at, f"/events/{size}/inclusion?size={size}")
            assert proof["position"] == size
            assert proof["index"] == size - 1
            assert b64decode(proof["leaf"]) == leaves[size - 1]
            hashes = [b64decode(each) for each in proof["hashes"]]
            verify_inclusion(leaves[size - 1], size - 1, size, hashes, root(leaves[:size]))
            proof = await said(at, f"/log/consistency?from={size}&to={len(rows)}")
            hashes = [b64decode(each) for each in proof["hashes"]]
            assert b64decode(proof["oldRoot"]) == root(leaves[:size])
            verify_consistency(size, len(rows), hashes, root(leaves[:size]), root(leaves))
        newest = await said(at, "/events/1/inclusion")
        assert newest["size"] >= len(rows)
        assert (await said(at, "/log/consistency?from=1"))["newSize"] >= len(rows)

    at_the_doors(story)


def test_the_file_to_keep_is_checked_with_the_key_and_the_entry_alone(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        rows = await published(at)
        keys = (await said(at, "/log"))["keys"]
        policy = Policy.parse(f"log {keys[0]}\nquorum none\n".encode())
        for row in (rows[0], rows[-1]):
            answer = await at.get(None, f"/events/{row.position}/proof")
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "text/plain; charset=utf-8"
            assert f"event-{row.position}.tlog-proof" in answer.headers["content-disposition"]
            proof = ProofFile.parse(answer.content)
            assert proof.index == row.position - 1
            assert proof.verify(row.entry, policy).checkpoint.size >= len(rows)

    at_the_doors(story)


def test_what_witnesses_saw_is_told_and_is_what_a_file_is_under(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        rows = await published(at)
        log = at.house.log
        assert isinstance(log.published, TileFolder)
        assert log.key is not None
        note = Note.parse(log.published.checkpoint() or b"")
        cosigned = note.with_signatures([WITNESS.sign(note.text, 1_763_000_000)]).encode()
        policy = Policy(
            logs=(KnownLog(key=log.key),),
            witnesses=(Witness(name="noord", key=WITNESS.verifier),),
            quorum="noord",
        )
        log.policy = policy
        before = await said(at, "/log")
        log.published.keep_witnessed(len(rows), cosigned)
        after = await said(at, "/log")
        file = await at.get(None, "/events/1/proof")
        log.policy = None
        assert before["witnessedSize"] is None
        assert [each["name"] for each in after["witnesses"]] == ["noord"]
        assert after["witnessedSize"] == len(rows)
        judged = ProofFile.parse(file.content).verify(rows[0].entry, policy)
        assert judged.witnesses == ("noord",)

    at_the_doors(story)


def test_what_was_asked_for_by_size_never_changes_and_the_newest_does(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        await published(at)
        for path in ("/events/1/inclusion", "/log/consistency?from=1"):
            newest = await at.get(None, path)
            assert "max-age=1" in newest.headers["cache-control"].split(", ")
        for path in ("/events/1/inclusion?size=2", "/log/consistency?from=1&to=2"):
            assert "immutable" in (await at.get(None, path)).headers["cache-control"]

    at_the_doors(story)


def test_what_is_not_in_the_log_yet_says_so(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        await published(at)
        for path in (
            "/events/1000000/inclusion",
            "/events/1000000/proof",
            "/events/1/inclusion?size=1000000",
            "/log/consistency?from=1&to=1000000",
        ):
            problem(await at.get(None, path), 404, "log.not-published")

    at_the_doors(story)


def test_what_cannot_be_asked_is_refused_with_the_name_of_the_parameter(
    at_the_doors: Told,
) -> None:
    async def story(at: Doors) -> None:
        for path, name in (
            ("/log/consistency", "from"),
            ("/log/consistency?from=0", "from"),
            ("/log/consistency?from=-1", "from"),
            ("/log/consistency?from=3&to=2", "to"),
            ("/log/consistency?from=3&to=x", "to"),
            ("/events/3/inclusion?size=2", "size"),
            ("/events/3/inclusion?size=0", "size"),
            ("/events/3/inclusion?asOf=position:2", "asOf"),
            ("/log?lang=fr", "lang"),
        ):
            answer = await at.get(None, path)
            said = problem(answer, 400, "request.parameter")
            assert [each["name"] for each in said["errors"]] == [name]
        for path in ("/events/0/proof", "/events/01/proof", "/events/x/inclusion"):
            problem(await at.get(None, path), 404, "address.unknown")

    at_the_doors(story)


def test_a_log_that_stands_still_says_so_in_the_reader_s_language(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        await published(at)
        folder = at.house.log.published
        assert isinstance(folder, TileFolder)
        folder.refuse(Refusal(code="log.ledger-shorter", why="x", cure="y", since=1_770_000_000.5))
        dutch = await said(at, "/log?lang=nl")
        english = await said(at, "/log?lang=en")
        folder.refuse(None)
        assert dutch["standstill"]["code"] == "log.ledger-shorter"
        assert dutch["standstill"]["since"] == "2026-02-02T02:40:00.500000Z"
        assert dutch["standstill"]["explanation"].startswith("Het logboek staat stil")
        assert english["standstill"]["explanation"].startswith("The log stands still")
        answer = await at.get(None, "/log", accept_language="en")
        assert answer.headers["content-language"] == "en"

    at_the_doors(story)


def test_what_stops_this_process_alone_is_told_too(at_the_doors: Told) -> None:
    """It found another key, or cannot write: then the folder does not say so."""

    async def story(at: Doors) -> None:
        await published(at)
        for code in ("log.two-keys", "log.folder-unusable"):
            at.house.log.stopped = Refusal(code=code, why="why", cure="cure", since=1.0)
            told = await said(at, "/log")
            at.house.log.stopped = None
            assert told["standstill"]["code"] == code
        at.house.log.look()

    at_the_doors(story)


def test_a_folder_that_cannot_be_read_is_told_and_is_no_fault_of_the_service(
    at_the_doors: Told, tmp_path: Path
) -> None:
    async def story(at: Doors) -> None:
        log = at.house.log
        kept, log.published = log.published, TileFolder(tmp_path)
        (tmp_path / "checkpoint").symlink_to("checkpoint")
        answers = [await at.get(None, each) for each in ("/log", "/events/1/proof")]
        log.published = kept
        for answer in answers:
            problem(answer, 503, "log.damaged")
            assert str(tmp_path) not in answer.text

    at_the_doors(story)


def test_files_that_do_not_fit_what_was_signed_prove_nothing(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        rows = await published(at)
        folder = at.house.log.published
        assert isinstance(folder, TileFolder)
        path = f"tile/0/000.p/{len(rows)}"
        whole = folder.read(path)
        assert whole is not None
        folder.write({path: bytes(len(whole))})
        answers = [
            await at.get(None, each)
            for each in ("/events/1/proof", "/events/1/inclusion", "/log/consistency?from=1")
        ]
        folder.write({path: whole})
        for answer in answers:
            problem(answer, 503, "log.damaged")
            assert str(folder.folder) not in answer.text

    at_the_doors(story)
