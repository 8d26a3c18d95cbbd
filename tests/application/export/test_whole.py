"""The bundle of a whole log: what was published, to the byte, beside what the ledger says."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from application.export.body_line import Spoken, body_line, fits, read_body_line
from application.export.layout import bodies_path, names_of_a_log
from application.export.making import Tally
from application.export.manifest import read_manifest
from application.export.published import LogIncomplete, NothingPublished, newest
from application.export.readable import no_body
from application.transparency.tiles import decode_bundle
from tests.conftest import ORIGIN, Database
from tests.exported import MADE, STREAMS, Kept, files
from tests.infrastructure.noted import ledger_of


def told(database: Database, data: Path, story: Callable[[Kept], Awaitable[None]]) -> None:
    async def inside() -> None:
        async with ledger_of(database) as ledger:
            await story(Kept(ledger=ledger, data=data))

    asyncio.run(inside())


def test_a_bundle_is_the_published_log_with_a_line_for_every_event(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(520)
        rows = [row async for page in kept.ledger.stored() for row in page]
        bundle = files(await kept.bundle())
        size = len(rows)
        assert {name for name in bundle if "/" in name} == names_of_a_log(size) | {
            f"checkpoints/{size}"
        }
        for name, data in bundle.items():
            if name.startswith(("tile/", "check")):
                assert data == (kept.data / "log" / name).read_bytes(), name
        lines = [
            line
            for number in range(-(-size // 256))
            for line in bundle[bodies_path(number)].splitlines(keepends=True)
        ]
        for row, line in zip(rows, lines, strict=True):
            assert read_body_line(line, row.position) == Spoken(row.body, row.salt)
            assert json.loads(line)["body"] == json.loads(row.body)
        said = read_manifest(bundle["manifest.json"])
        root = newest(kept.folder).checkpoint.root
        assert (said.origin, said.size, said.root) == (ORIGIN, size, root)
        assert (said.subject, said.withheld, said.differing, said.made_by) == (None, 0, 0, "a test")
        assert bundle["keys"] == f"{kept.signer.key}\n".encode()

    told(database, tmp_path, story)


def test_the_same_checkpoint_gives_the_same_bytes_but_for_who_made_it_and_when(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(30)
        stand = newest(kept.folder)
        first = await kept.bundle()
        assert await kept.bundle() == first
        await kept.note(300)  # The log goes on, and its edge of then is gone from the folder.
        assert not (kept.data / "log" / f"tile/0/000.p/{stand.size}").exists()
        assert await kept.bundle(stand=stand) == first
        later = replace(MADE, at=MADE.at + timedelta(days=1))
        again, before = files(await kept.bundle(stand=stand, made=later)), files(first)
        assert list(again) == list(before)
        different = {name for name in before if again[name] != before[name]}
        assert different == {"README.md", "manifest.json"}

    told(database, tmp_path, story)


def test_what_may_not_be_read_is_withheld_and_its_hash_is_not(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(9)
        tally = Tally()

        async def first_stream(rows: object) -> list[bool]:
            return [row.stream == STREAMS[0] for row in rows]  # type: ignore[attr-defined]

        bundle = files(await kept.bundle(readable=first_stream, tally=tally))
        rows = [row async for page in kept.ledger.stored() for row in page]
        lines = bundle["bodies/000"].splitlines(keepends=True)
        for row, line in zip(rows, lines, strict=True):
            shown = row.stream == STREAMS[0]
            assert read_body_line(line, row.position) == (
                Spoken(row.body, row.salt) if shown else Spoken(None, None)
            )
            assert (row.body in line) is shown
        withheld = sum(row.stream != STREAMS[0] for row in rows)
        assert tally.withheld == read_manifest(bundle["manifest.json"]).withheld == withheld
        entries = decode_bundle(bundle[f"tile/entries/000.p/{len(rows)}"], len(rows))
        assert list(entries) == [row.entry for row in rows]
        without = files(await kept.bundle(readable=no_body))
        assert not any(row.body in data for row in rows for data in without.values())

    told(database, tmp_path, story)


def test_a_ledger_that_was_changed_is_shown_beside_what_was_published(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(12)
        clean = files(await kept.bundle())
        with psycopg.connect(database.superuser_dsn) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("DELETE FROM ledger.event WHERE position = 3")
            connection.execute("UPDATE ledger.event SET entry = '{}' WHERE position = 5")
            connection.execute(
                "UPDATE ledger.event SET body = convert_to(E'{}\\n{}', 'UTF8') WHERE position = 7"
            )
            connection.execute("UPDATE ledger.event SET body = '{}' WHERE position = 9")
        tally = Tally()
        changed = files(await kept.bundle(tally=tally))
        assert (tally.differing, tally.first_differing) == (4, [3, 5, 7, 9])
        assert read_manifest(changed["manifest.json"]).differing == 4
        assert {n: d for n, d in changed.items() if n.startswith("tile/")} == {
            n: d for n, d in clean.items() if n.startswith("tile/")
        }
        lines = clean["bodies/000"].splitlines(keepends=True)
        kept_lines = [line for number, line in enumerate(lines, 1) if number not in (3, 7, 9)]
        found = changed["bodies/000"].splitlines(keepends=True)
        assert [line for line in found if not line.startswith(b'{"body":{},')] == kept_lines
        assert len(found) == len(kept_lines) + 1

    told(database, tmp_path, story)


def test_nothing_is_exported_before_a_checkpoint_was_published(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        with pytest.raises(NothingPublished):
            newest(kept.folder)
        await kept.publish()
        with pytest.raises(NothingPublished):  # It is the checkpoint of nothing.
            newest(kept.folder)
        await kept.note(5)
        assert newest(kept.folder).size == 5
        (kept.data / "log" / "tile" / "0" / "000.p" / "5").unlink()
        with pytest.raises(LogIncomplete, match=r"tile/0/000\.p/5"):
            await kept.bundle()

    told(database, tmp_path, story)


@pytest.mark.parametrize("body", [b"{}", b"null", b'{"a":",\\"position\\":9,\\"salt\\":null}"}'])
def test_a_line_says_the_body_to_the_byte(body: bytes) -> None:
    line = body_line(12, Spoken(body, bytes(range(32))))
    assert fits(body)
    assert read_body_line(line, 12) == Spoken(body, bytes(range(32)))
    assert read_body_line(body_line(12, Spoken(None, None)), 12) == Spoken(None, None)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b'{"body":{},"position":12,"salt":"00"}\n',
        b'{"body":{},"position":12,"salt":null}\n',
        b'{"body":null,"position":13,"salt":null}\n',
        b'{"body":null,"position":12,"salt":null}',
        b'{"body":null,"position":12,"salt":null} \n',
        b'{"body":null,"position":012,"salt":null}\n',
        b'{"position":12,"body":null,"salt":null}\n',
    ],
)
def test_a_line_that_is_not_quite_one_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"is not a line|speaks of|has a body"):
        read_body_line(line, 12)
