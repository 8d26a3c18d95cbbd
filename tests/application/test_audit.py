"""Whatever is changed behind the ledger's back is named by its position."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from application import audit as auditing
from application.audit import Findings, audit
from application.ports import StoredEvent
from domain.tree import leaf_hash, root
from infrastructure.entry import entry_bytes
from tests.conftest import Database
from tests.infrastructure.noted import append, ledger_of

STREAMS = [UUID(int=1), UUID(int=2)]


def event(position: int) -> StoredEvent:
    """Event `position` of a ledger in which two streams take turns."""
    stream, version = STREAMS[position % 2], (position + 1) // 2
    recorded_at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=position)
    body, salt = f'{{"n":{position}}}'.encode(), bytes([position]) * 32
    entry = entry_bytes(
        stream=stream, version=version, name="test.noted", name_version=1, body=body, salt=salt,
        recorded_at=recorded_at, command=UUID(int=position), actor=UUID(int=9), policy=bytes(32),
    )  # fmt: skip
    return StoredEvent(
        position=position, stream=stream, version=version, name="test.noted", name_version=1,
        body=body, salt=salt, recorded_at=recorded_at, actor=UUID(int=9),
        command=UUID(int=position), policy=bytes(32), entry=entry, leaf=leaf_hash(entry),
    )  # fmt: skip


GOOD = tuple(event(position) for position in range(1, 13))


def audited(rows: Iterable[StoredEvent]) -> Findings:
    async def pages() -> AsyncIterator[Sequence[StoredEvent]]:
        everything = list(rows)
        for start in range(0, len(everything), 5):
            yield everything[start : start + 5]

    return asyncio.run(audit(pages()))


def wrong(rows: Iterable[StoredEvent]) -> list[tuple[int, str]]:
    return [(each.position, each.what) for each in audited(rows).wrong]


def test_an_untouched_ledger_has_its_root_and_no_findings() -> None:
    found = audited(GOOD)
    assert (found.size, found.wrong, found.untold) == (12, (), 0)
    assert found.root == root(each.leaf for each in GOOD)
    assert audited([]).root == root([])


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("name", "test.notes", "column.name"),
        ("name_version", 2, "column.name-version"),
        ("body", b'{"n":8 }', "column.body-or-salt"),
        ("salt", bytes(32), "column.body-or-salt"),
        ("recorded_at", GOOD[6].recorded_at + timedelta(microseconds=1), "column.recorded-at"),
        ("actor", UUID(int=8), "column.actor"),
        ("command", UUID(int=8), "column.command"),
        ("policy", bytes([1]) * 32, "column.policy"),
        ("leaf", bytes(32), "leaf"),
    ],
)
def test_a_changed_column_is_named_by_position(column: str, value: Any, what: str) -> None:
    changed = GOOD[6]._replace(**{column: value})
    assert wrong([*GOOD[:6], changed, *GOOD[7:]]) == [(7, what)]


def test_a_changed_stream_or_version_is_named_in_both_its_meanings() -> None:
    moved = GOOD[6]._replace(stream=UUID(int=3))
    assert wrong([*GOOD[:6], moved, *GOOD[7:]]) == [
        (7, "column.stream"),
        (7, "stream"),
        (9, "stream"),
    ]
    renumbered = GOOD[11]._replace(version=9)
    assert wrong([*GOOD[:11], renumbered]) == [(12, "column.version"), (12, "stream")]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (b"nothing", "is not JSON"),
        (b"[]", "is not an object"),
        (GOOD[6].entry.replace(b'"actor"', b'"auteur"'), "lacks actor"),
        (GOOD[6].entry[:-1] + b',"z":1}', "has z, which no entry has"),
        (GOOD[6].entry.replace(b":", b": ", 1), "is not in its canonical form"),
    ],
)
def test_an_entry_that_is_none_is_named_with_what_ails_it(entry: bytes, why: str) -> None:
    changed = GOOD[6]._replace(entry=entry, leaf=leaf_hash(entry))
    found = audited([*GOOD[:6], changed, *GOOD[7:]])
    assert (found.wrong[0].position, found.wrong[0].what, found.wrong[0].why) == (7, "entry", why)
    assert found.root != audited(GOOD).root


def test_an_event_changed_with_all_its_hashes_changes_the_root() -> None:
    entry = GOOD[6].entry.replace(b"test.noted", b"test.other")
    changed = GOOD[6]._replace(name="test.other", entry=entry, leaf=leaf_hash(entry))
    found = audited([*GOOD[:6], changed, *GOOD[7:]])
    assert found.wrong == ()
    assert found.root != audited(GOOD).root


def test_removed_and_reordered_events_are_missed_at_their_place() -> None:
    assert wrong([*GOOD[:6], *GOOD[8:]]) == [
        (9, "position"),
        (9, "stream"),
        (10, "stream"),
    ]
    assert "positions 7 to 8 are missing" in audited([*GOOD[:6], *GOOD[8:]]).wrong[0].why
    swapped = [*GOOD[:4], GOOD[5], GOOD[4], *GOOD[6:]]
    assert [each for each in wrong(swapped) if each[1] == "position"] == [
        (6, "position"),
        (5, "position"),
        (7, "position"),
    ]


def test_time_that_turns_back_is_named() -> None:
    early = GOOD[6].recorded_at - timedelta(seconds=2)
    backdated = GOOD[6]._replace(recorded_at=early)
    assert wrong([*GOOD[:6], backdated, *GOOD[7:]]) == [(7, "column.recorded-at"), (7, "order")]


def test_a_ruined_ledger_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "MOST_FINDINGS", 5)
    found = audited(each._replace(leaf=b"") for each in GOOD)
    assert (len(found.wrong), found.untold) == (5, 7)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("body = convert_to('{}', 'UTF8')", "column.body-or-salt"),
        ("salt = sha256('')", "column.body-or-salt"),
        ("recorded_at = recorded_at + interval '1 microsecond'", "column.recorded-at"),
        ("actor = gen_random_uuid()", "column.actor"),
        ("name = 'test.other'", "column.name"),
        ("entry = entry || ' '", "entry"),
    ],
)
def test_a_hand_made_update_in_the_database_is_named_by_position(
    database: Database, change: str, what: str
) -> None:
    async def story() -> tuple[Findings, Findings]:
        async with ledger_of(database) as ledger:
            for _ in range(4):
                await ledger.append(append(uuid4(), "één", "twee"))
            before = await audit(ledger.stored())
            with psycopg.connect(database.superuser_dsn) as connection:
                connection.execute("SET session_replication_role = replica")
                connection.execute(
                    b"UPDATE ledger.event SET %b WHERE position = 8" % change.encode()
                )
            return before, await audit(ledger.stored())

    before, after = asyncio.run(story())
    assert (before.size, before.wrong) == (8, ())
    assert [(each.position, each.what) for each in after.wrong] == [(8, what)]


def test_a_hand_made_removal_of_a_thousand_is_named(database: Database) -> None:
    async def story() -> Findings:
        async with ledger_of(database) as ledger:
            await ledger.append(append(uuid4(), *map(str, range(3000))))
            with psycopg.connect(database.superuser_dsn) as connection:
                connection.execute("SET session_replication_role = replica")
                connection.execute("DELETE FROM ledger.event WHERE position BETWEEN 500 AND 1999")
            return await audit(ledger.stored())

    found = asyncio.run(story())
    assert [(each.position, each.what) for each in found.wrong] == [
        (2000, "position"),
        (2000, "stream"),
    ]
    assert found.size == 3000
