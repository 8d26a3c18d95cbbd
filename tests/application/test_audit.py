"""The audit's own reading of entries, tiles and trees, held to the writers it shares no code with."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.auditing import audit as auditing
from application.auditing.audit import ROWS_IN_PART, Work, audit, ranges
from application.auditing.entry_form import departures, leaf_of, made
from application.auditing.fast import built
from application.auditing.findings import MOST_FINDINGS, Finding, Told
from application.auditing.log_files import (
    BadCheckpoint,
    Key,
    Tree,
    bundled,
    checkpoint_in,
    in_bundle,
    path,
    signed_text,
    tile_root,
    widths,
)
from application.auditing.part import Part
from application.auditing.reading import CommandFault, Page, Row
from application.auditing.whole import Audited
from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import SignerKey
from application.transparency.note import Note
from application.transparency.tiles import Place, encode_bundle, tiles_in
from domain.tree import leaf_hash, root
from infrastructure.entry import entry_bytes

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
STREAMS = [UUID(int=1, version=4), UUID(int=2, version=4)]


def row(position: int) -> Row:
    """Event `position` of a ledger in which two streams take turns."""
    stream, version = STREAMS[position % 2], (position + 1) // 2
    recorded_at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(microseconds=position)
    body, salt = f'{{"n":{position}}}'.encode(), bytes([position % 256]) * 32
    entry = entry_bytes(
        stream=stream, version=version, name="test.noted", name_version=1, body=body, salt=salt,
        recorded_at=recorded_at, command=UUID(int=position), actor=UUID(int=9), policy=bytes(32),
    )  # fmt: skip
    return Row(
        position=position, stream=str(stream), version=version, name="test.noted", name_version=1,
        body=body, salt=salt, recorded=(recorded_at - EPOCH) // timedelta(microseconds=1),
        actor=str(UUID(int=9)), command=str(UUID(int=position)), policy=bytes(32), entry=entry,
        leaf=leaf_hash(entry),
    )  # fmt: skip


def page(rows: Sequence[Row]) -> Page:
    def numbers(name: str, length: int) -> bytes:
        return b"".join(getattr(each, name).to_bytes(length, "big", signed=True) for each in rows)

    def texts(name: str) -> str:
        return ",".join(getattr(each, name) for each in rows)

    return Page(
        regular=True, first=rows[0].position, last=rows[-1].position, rows=len(rows),
        positions=numbers("position", 8), versions=numbers("version", 4),
        name_versions=numbers("name_version", 4), recorded=numbers("recorded", 8),
        body_lengths=b"".join(len(each.body or b"").to_bytes(4, "big") for each in rows),
        streams=texts("stream"), actors=texts("actor"), commands=texts("command"),
        names=texts("name"), policies=b"".join(each.policy or b"" for each in rows),
        salted=b"".join((each.salt or b"") + (each.body or b"") for each in rows),
        entry_lengths=b"".join(len(each.entry or b"").to_bytes(4, "big") for each in rows),
        entries=b"".join(each.entry or b"" for each in rows),
        leaves=b"".join(each.leaf or b"" for each in rows),
    )  # fmt: skip


GOOD = [row(position) for position in range(1, 13)]


def codes(changed: Row, published: bytes | None = None) -> list[tuple[str, str | None]]:
    return [(each.code, each.column) for each in departures(changed, published)]


def test_the_quick_look_and_the_careful_one_make_the_writers_entries() -> None:
    found = built(page(GOOD), 1)
    assert found is not None
    assert found.entries == [each.entry for each in GOOD]
    assert found.leaves == [each.leaf for each in GOOD]
    assert [made(each) for each in GOOD] == [each.entry for each in GOOD]
    assert [codes(each) for each in GOOD] == [[]] * 12


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("stream", str(UUID(int=3)), ("changed-column", "stream")),
        ("version", 9, ("changed-column", "version")),
        ("name", "test.notes", ("changed-column", "name")),
        ("name_version", 2, ("changed-column", "name-version")),
        ("body", b'{"n":8 }', ("changed-body", "body-or-salt")),
        ("salt", bytes(32), ("changed-body", "body-or-salt")),
        ("salt", bytes(31), ("changed-column", "body-or-salt")),
        ("recorded", 0, ("changed-column", "recorded-at")),
        ("recorded", 2**62, ("changed-column", "recorded-at")),
        ("actor", str(UUID(int=8)), ("changed-column", "actor")),
        ("command", str(UUID(int=8)), ("changed-column", "command")),
        ("policy", bytes([1]) * 32, ("changed-column", "policy")),
        ("leaf", bytes(32), ("changed-leaf", "leaf")),
        ("leaf", None, ("changed-column", "leaf")),
        ("body", None, ("changed-column", "body")),
    ],
)
def test_whatever_departs_is_seen_quickly_and_named_carefully(
    column: str, value: Any, code: tuple[str, str]
) -> None:
    changed = GOOD[6]._replace(**{column: value})
    assert codes(changed) == [code]
    if value is not None and len(changed.salt or b"") == 32:
        assert built(page([*GOOD[:6], changed, *GOOD[7:]]), 1) is None


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (b"nothing", "is not JSON"),
        (b"[]", "is not an object"),
        ((GOOD[6].entry or b"").replace(b'"actor"', b'"auteur"'), "lacks actor"),
        ((GOOD[6].entry or b"")[:-1] + b',"z":1}', "has z, which no entry has"),
        ((GOOD[6].entry or b"").replace(b":", b": ", 1), "is not in its canonical form"),
    ],
)
def test_an_entry_that_is_none_is_named_with_what_ails_it(entry: bytes, why: str) -> None:
    changed = GOOD[6]._replace(entry=entry, leaf=leaf_of(entry))
    found = list(departures(changed, None))
    assert (found[0].code, found[0].position) == ("changed-entry", 7)
    assert why in found[0].why
    assert codes(changed, GOOD[6].entry) == [("changed-entry", None)], (
        "the columns are not to blame"
    )


def test_a_ruined_ledger_does_not_fill_the_memory() -> None:
    told = Told()
    told.tell_all(Finding(code="missing", why="", position=at) for at in range(MOST_FINDINGS + 7))
    assert (len(told.findings), told.untold) == (MOST_FINDINGS, 7)


@pytest.mark.parametrize("last", [0, 1, ROWS_IN_PART, ROWS_IN_PART + 1, 10 * ROWS_IN_PART + 5])
def test_parts_lie_side_by_side_from_end_to_end(last: int) -> None:
    parts = ranges(last)
    assert (parts[0][0], parts[-1][1]) == (None, None)
    assert [up_to for _, up_to in parts[:-1]] == [after for after, _ in parts[1:]]
    assert all(after is not None and after % 65536 == 0 for after, _ in parts[1:])


# --------------------------------------------------------------------------- files of the log


@given(st.integers(0, 10**9), st.sampled_from([None, 0, 1, 5]), st.integers(1, 256))
def test_paths_are_those_of_the_writer(index: int, level: int | None, width: int) -> None:
    assert path(level, index, width) == Place(level=level, index=index, width=width).path


@given(st.integers(0, 2_000_000), st.integers(0, 2))
def test_the_tiles_of_a_level_are_those_of_the_writer(size: int, level: int) -> None:
    expected = [(each.index, each.width) for each in tiles_in(level, size)]
    assert list(widths(level, size)) == expected


LEAVES = [sha256(str(each).encode()).digest() for each in range(2100)]


@given(st.integers(0, 2100))
def test_the_tree_is_that_of_the_vectors(size: int) -> None:
    tiles = b"".join(tile_root(b"".join(LEAVES[at : at + 256])) for at in range(0, 2048, 256))
    edge = b"".join(LEAVES[size // 256 * 256 : size])
    assert Tree(tiles).root(size, edge) == root(LEAVES[:size])


@given(st.lists(st.binary(max_size=600), min_size=1, max_size=5))
def test_bundles_are_read_as_they_are_written(entries: list[bytes]) -> None:
    assert in_bundle(entries) == encode_bundle(entries)
    assert bundled(encode_bundle(entries)) == entries


def test_a_checkpoint_is_read_as_it_is_written_and_no_bit_of_it_can_change() -> None:
    signer = SignerKey.generate("kringboek.example/toets")
    key = Key.parse(str(signer.verifier))
    said = Checkpoint(origin=signer.name, size=12, root=root(LEAVES[:12]))
    note = Note(text=said.text(), signatures=(signer.sign(said.text()),)).encode()
    found = checkpoint_in(signed_text(note, key))
    assert (found.origin, found.size, found.root) == (said.origin, said.size, said.root)
    for place in range(len(note) * 8):
        changed = bytearray(note)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(BadCheckpoint):
            signed_text(bytes(changed), key)
    other = Key.parse(str(SignerKey.generate(signer.name).verifier))
    with pytest.raises(BadCheckpoint, match="not signed by the key"):
        signed_text(note, other)


def test_findings_can_be_read_by_programs() -> None:
    finding = Finding(code="missing", why="is gone", position=3)
    assert json.loads(json.dumps(finding.plain())) == {
        "code": "missing",
        "position": 3,
        "why": "is gone",
    }


# ------------------------------------------------------------------------------- in parts


class Shown:
    """Rows in memory, in pages as short as is asked; no log was published of them."""

    def __init__(self, rows: Sequence[Row], *, page: int) -> None:
        self._rows = sorted(rows, key=lambda each: each.position)
        self._page = page
        self.files = NoFiles()

    async def pages(self, after: int | None, up_to: int | None) -> AsyncIterator[Page]:
        inside = [
            each
            for each in self._rows
            if (after is None or each.position > after)
            and (up_to is None or each.position <= up_to)
        ]
        for start in range(0, len(inside), self._page):
            yield page(inside[start : start + self._page])

    async def rows(self, first: int, last: int) -> Sequence[Row]:
        return [each for each in self._rows if first <= each.position <= last]

    async def last(self) -> int:
        return self._rows[-1].position

    async def command_faults(self, _: int) -> Sequence[CommandFault]:
        return []

    async def carry_out(self, works: Sequence[Work]) -> AsyncIterator[Part]:
        for work in works:
            yield await work(self, self.files)


class NoFiles:
    def read(self, _: str) -> bytes | None:
        return None

    def names(self, _: str) -> Sequence[str]:
        return []


MANY = [row(position) for position in range(1, 1301)]


def audited(rows: Sequence[Row], *, page: int) -> Audited:
    return asyncio.run(audit(Shown(rows, page=page), origin="kringboek.example/toets", key=None))


@pytest.mark.parametrize("size", [1, 100, 256, 2048])
def test_however_pages_and_parts_are_cut_the_same_is_found(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(auditing, "ROWS_IN_PART", 512)
    whole = audited(MANY, page=size)
    assert (whole.size, whole.told.findings) == (1300, [])
    assert whole.root == root([each.leaf or b"" for each in MANY])
    holed = [each for each in MANY if each.position not in {1, 512, 513, 514, 900}]
    found = audited(holed, page=size)
    assert found.root is None
    assert [each.position for each in found.told.findings if each.code == "missing"] == [
        1,
        512,
        900,
    ]
    assert [each.position for each in found.told.findings if each.code == "stream-order"] == [
        3,
        515,
        516,
        902,
    ]
    early = MANY[700]._replace(recorded=0)
    backwards = audited([*MANY[:700], early, *MANY[701:]], page=size)
    assert [(each.code, each.position) for each in backwards.told.findings] == [
        ("changed-column", 701),
        ("time-order", 701),
    ]


@given(st.lists(st.datetimes(), min_size=1, max_size=4))
def test_moments_are_written_quickly_as_they_are_written_carefully(moments: list[datetime]) -> None:
    rows = []
    for at, each in enumerate(moments, start=1):
        recorded = (each.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
        changed = row(at)._replace(recorded=recorded)
        entry = made(changed) or b""
        assert each.isoformat(timespec="microseconds").encode() + b"Z" in entry
        rows.append(changed._replace(entry=entry, leaf=leaf_of(entry)))
    assert built(page(rows), 1) is not None
