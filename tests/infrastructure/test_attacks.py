"""Everything that a superuser of the database can do to the record is named, at its position.

Triggers are off, constraints are gone; the one thing that the attacker does not have is what was
published. Where he has the log's key and folder as well, what somebody kept outside tells on him.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import AsyncConnection

from application.auditing import audit as auditing
from application.auditing.audit import audit
from application.auditing.log_files import Key
from application.auditing.whole import Audited
from application.transparency.integrate import integrate
from application.transparency.receipt import Receipt
from infrastructure.audit_processes import AuditProcesses
from infrastructure.ledger import PostgresLedger
from infrastructure.tile_folder import TileFolder
from tests.conftest import ORIGIN, Database, copied_ledger
from tests.infrastructure.attacked import (
    AT_ONCE,
    EARLIER,
    PUBLISHED,
    ROWS,
    Kept,
    attacker,
    filled,
    looked,
    rewrite,
    said,
    unlocked,
)
from tests.infrastructure.noted import MAPPER
from tests.verifier.verified import codes, verified

Hands = AsyncConnection[Any]
A_DIGIT = len(f"{ORIGIN}\n")
"""Where a checkpoint says its size."""
EVENT = "UPDATE ledger.event SET "
MOVE_DOWN = EVENT + "position = position - 1 WHERE position > %s"
MOVE_UP = EVENT + "position = position + 1 WHERE position > %s"
SWAP_BODIES = (
    EVENT + "body = other.body FROM ledger.event other"
    " WHERE (event.position, other.position) IN ((40, 400), (400, 40))"
)
SWAP_BODIES_AND_SALTS = SWAP_BODIES.replace(
    "body = other.body", "body = other.body, salt = other.salt"
)


@pytest.fixture(scope="module")
def ledger(
    cluster: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, Kept]]:
    folder = tmp_path_factory.mktemp("attacked")
    kept = Kept(log=folder / "log", keys=folder / "keys")
    with copied_ledger(cluster) as database:
        asyncio.run(filled(database, kept))
        unlocked(database)
        yield database, kept


Do = Callable[[Hands, Kept], Awaitable[object]]


def found(
    ledger: tuple[Database, Kept],
    tmp_path: Path,
    do: Do | str,
    *arguments: object,
    outside: Callable[[Kept], list[tuple[str, bytes]]] = lambda _: [],
) -> list[tuple[str, int | None]]:
    """What the audit says of a ledger and a folder to which this was done."""
    database, original = ledger
    key = str(original.signer.key)
    kept = original.copied(tmp_path)

    async def story() -> list[tuple[str, int | None]]:
        async with attacker(database) as hands:
            if isinstance(do, str):
                await hands.execute(do.encode(), arguments)
            else:
                await do(hands, kept)
            return said(await looked(hands, kept, key=key, outside=outside(original)))

    return asyncio.run(story())


def test_an_untouched_ledger_is_clean(ledger: tuple[Database, Kept], tmp_path: Path) -> None:
    assert found(ledger, tmp_path, "SELECT") == []


def test_several_processes_find_what_one_finds(
    ledger: tuple[Database, Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, kept = ledger
    monkeypatch.setattr(auditing, "ROWS_IN_PART", 256)
    key, dsn = Key.parse(str(kept.signer.key)), database.dsn("kringboek_service")

    def audited(processes: int) -> Audited:
        source = AuditProcesses(dsn, kept.log, processes=processes)
        return asyncio.run(audit(source, origin=ORIGIN, key=key))

    found = audited(2)
    assert (found.size, found.published, found.told.findings) == (ROWS, PUBLISHED, [])
    assert found == audited(1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("body = convert_to('{}', 'UTF8')", "changed-body"),
        ("salt = sha256('')", "changed-body"),
        ("body = NULL", "changed-column"),
        ("recorded_at = recorded_at + interval '1 microsecond'", "changed-column"),
        ("recorded_at = 'infinity'", "changed-column"),
        ("actor = gen_random_uuid()", "changed-column"),
        ("name = 'test.other'", "changed-column"),
        ("name = 'test,noted'", "changed-column"),
        ("name_version = 2", "changed-column"),
        ("policy = sha256('')", "changed-column"),
        ("entry = entry || ' '", "changed-entry"),
        ("entry = 'nothing'", "changed-entry"),
        ("leaf = sha256('')", "changed-leaf"),
    ],
)
def test_a_change_is_named(
    ledger: tuple[Database, Kept], tmp_path: Path, change: str, code: str
) -> None:
    """Published or, for some of them, not yet: the entry beside the columns tells."""
    position = 300 if len(change) % 2 else 620
    said_of = found(ledger, tmp_path, f"{EVENT}{change} WHERE position = %s", position)
    assert (code, position) in said_of
    others = {each for each in said_of if each != (code, position)}
    assert {code for code, _ in others} <= {"time-order", "changed-command", "changed-leaf"}


def test_a_command_that_says_something_else_is_named(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    change = "UPDATE ledger.command SET version = version + 1 WHERE first_position = 6"
    its_events = range(6, 6 + AT_ONCE)
    assert found(ledger, tmp_path, change) == [("changed-command", each) for each in its_events]
    gone = "DELETE FROM ledger.command WHERE first_position = 6"
    shutil.rmtree(tmp_path / "log")
    shutil.rmtree(tmp_path / "keys")
    assert found(ledger, tmp_path, gone) == [("missing-command", each) for each in its_events]


def test_a_deleted_event_is_missed(ledger: tuple[Database, Kept], tmp_path: Path) -> None:
    said_of = found(ledger, tmp_path, "DELETE FROM ledger.event WHERE position = 300")
    assert ("missing", 300) in said_of
    assert {code for code, _ in said_of} == {"missing", "stream-order", "missing-command"}


def test_a_deleted_event_is_missed_also_when_the_rest_moves_up(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    async def do(hands: Hands, _: Kept) -> None:
        await hands.execute("DELETE FROM ledger.event WHERE position = 300")
        await hands.execute(MOVE_DOWN, [300])

    said_of = found(ledger, tmp_path, do)
    assert [
        each for each in said_of if each[0] in {"missing", "inserted", "reordered", "forked"}
    ] == [("missing", 300)]


def test_an_inserted_event_is_named(ledger: tuple[Database, Kept], tmp_path: Path) -> None:
    async def do(hands: Hands, _: Kept) -> None:
        await hands.execute(MOVE_UP, [299])
        await hands.execute(
            "INSERT INTO ledger.event SELECT 300, gen_random_uuid(), 1, name, name_version, body,"
            " salt, recorded_at, actor, command, policy, entry, leaf FROM ledger.event"
            " WHERE position = 299"
        )
        await hands.execute(EVENT + "stream = gen_random_uuid() WHERE position = 300")
        await rewrite(hands, 300, b'{"text":"never said"}')

    said_of = found(ledger, tmp_path, do)
    assert [
        each for each in said_of if each[0] in {"missing", "inserted", "reordered", "forked"}
    ] == [("inserted", 300)]


def test_reordered_events_are_named(ledger: tuple[Database, Kept], tmp_path: Path) -> None:
    swap = EVENT + "position = 701 - position WHERE position IN (300, 401)"
    said_of = found(ledger, tmp_path, swap)
    assert [
        each for each in said_of if each[0] in {"missing", "inserted", "reordered", "forked"}
    ] == [
        ("reordered", 300),
        ("reordered", 401),
    ]


@pytest.mark.parametrize("swap", [SWAP_BODIES, SWAP_BODIES_AND_SALTS])
def test_swapped_bodies_are_named(ledger: tuple[Database, Kept], tmp_path: Path, swap: str) -> None:
    assert found(ledger, tmp_path, swap) == [("swapped-bodies", 40), ("swapped-bodies", 400)]


def test_one_event_written_anew_with_all_its_hashes_is_named(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    async def do(hands: Hands, _: Kept) -> None:
        await rewrite(hands, 300, b'{"text":"something else"}')

    assert found(ledger, tmp_path, do) == [("changed-entry", 300)]


async def _rewritten_from(hands: Hands, first: int) -> None:
    for position in range(first, ROWS + 1):
        await rewrite(hands, position, b'{"text":"another history"}')


def test_a_ledger_written_anew_from_some_point_on_is_forked_there(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    async def do(hands: Hands, _: Kept) -> None:
        await _rewritten_from(hands, 300)

    assert found(ledger, tmp_path, do) == [("forked", 300)]


def test_an_old_backup_is_shrunk(ledger: tuple[Database, Kept], tmp_path: Path) -> None:
    async def do(hands: Hands, _: Kept) -> None:
        await hands.execute("DELETE FROM ledger.event WHERE position > 500")
        await hands.execute("DELETE FROM ledger.command WHERE first_position > 500")

    assert found(ledger, tmp_path, do) == [("shrunk", 501)]


# ------------------------------------------------------------------------- with key and folder


async def _republish(hands: Hands, kept: Kept, *, forget: bool) -> None:
    """Publish what the transaction holds as if nothing had been published, with the stolen key."""
    shutil.rmtree(kept.log / "tile")
    (kept.log / "checkpoint").unlink()
    old = (kept.log / "checkpoints").rename(kept.log / "old")
    memory = (kept.keys / "log.signed").read_bytes()
    empty = b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    (kept.keys / "log.signed").write_bytes(b"%b\n0\n%b\n" % (ORIGIN.encode(), empty))
    await integrate(_Told(hands), TileFolder(kept.log), kept.signer)
    if forget:
        shutil.rmtree(old)
    else:
        (kept.keys / "log.signed").write_bytes(memory)
        shutil.rmtree(kept.log / "checkpoints")
        old.rename(kept.log / "checkpoints")


class _Told(PostgresLedger):
    """The ledger as the attacker's transaction has it, up to what was published."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    async def head(self) -> Any:
        return PUBLISHED, None

    async def entries(self, *, after: int, up_to: int) -> Any:
        rows = await self._hands.execute(
            "SELECT position, entry FROM ledger.event WHERE position > %s AND position <= %s"
            " ORDER BY position",
            [after, up_to],
        )
        yield await rows.fetchall()

    async def leaves(self, *, after: int, up_to: int) -> Any:
        rows = await self._hands.execute(
            "SELECT position, leaf FROM ledger.event WHERE position > %s AND position <= %s"
            " ORDER BY position",
            [after, up_to],
        )
        yield await rows.fetchall()


def test_a_history_that_was_signed_again_contradicts_what_was_signed(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    async def do(hands: Hands, kept: Kept) -> None:
        await _rewritten_from(hands, 200)
        await _republish(hands, kept, forget=False)

    said_of = found(ledger, tmp_path, do)
    assert said_of
    assert {code for code, _ in said_of} == {"re-signed"}


def test_where_nothing_is_left_of_it_a_checkpoint_kept_outside_tells(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    """Also when two histories are shown to two auditors: each checkpoint tells on the other."""

    async def do(hands: Hands, kept: Kept) -> None:
        await _rewritten_from(hands, 200)
        await _republish(hands, kept, forget=True)

    assert found(ledger, tmp_path, do) == []
    for each in ("log", "keys"):
        shutil.rmtree(tmp_path / each)

    def kept_by_an_auditor(original: Kept) -> list[tuple[str, bytes]]:
        return [("mine", (original.log / "checkpoints" / str(EARLIER)).read_bytes())]

    assert found(ledger, tmp_path, do, outside=kept_by_an_auditor) == [("re-signed", None)]


async def receipt_of(database: Database, kept: Kept, position: int) -> bytes:
    dsn = database.dsn("kringboek_service")
    async with await PostgresLedger.open(dsn, MAPPER, durable=False) as here:
        rows = [each async for page in here.stored(after=position - 1) for each in page]
    promised = Receipt(
        origin=ORIGIN, index=position - 1, leaf=rows[0].leaf, recorded_at=rows[0].recorded_at
    )
    return kept.signer.receipt(promised).encode()


def test_an_event_dropped_after_its_receipt_is_missed(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    database, original = ledger
    dropped = PUBLISHED + 4 * AT_ONCE + 1

    async def do(hands: Hands, _: Kept) -> None:
        await hands.execute("DELETE FROM ledger.event WHERE position >= %s", [dropped])
        await hands.execute("DELETE FROM ledger.command WHERE last_position >= %s", [dropped])

    held = asyncio.run(receipt_of(database, original, dropped))
    assert found(ledger, tmp_path, "SELECT", outside=lambda _: [("mine", held)]) == []
    for each in ("log", "keys"):
        shutil.rmtree(tmp_path / each)
    assert found(ledger, tmp_path, do, outside=lambda _: [("mine", held)]) == [
        ("dropped-after-receipt", dropped)
    ]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("tile/0/001", "bad-tile"),
        ("tile/0/002.p/88", "bad-tile"),
        ("tile/1/000.p/2", "bad-tile"),
        ("tile/entries/000", "bad-bundle"),
        ("tile/entries/002.p/88", "bad-bundle"),
        ("checkpoint", "bad-signature"),
        (f"checkpoints/{EARLIER}", "bad-signature"),
    ],
)
def test_a_changed_file_of_the_log_is_not_laid_at_the_ledgers_door(
    ledger: tuple[Database, Kept], tmp_path: Path, file: str, code: str
) -> None:
    async def do(_: Hands, kept: Kept) -> None:
        path = kept.log / file
        data = bytearray(path.read_bytes())
        data[A_DIGIT if file.startswith("checkpoint") else 40] ^= 1
        path.write_bytes(data)

    assert {code for code, _ in found(ledger, tmp_path, do)} == {code}


# ---------------------------------------------------- what the files alone tell somebody else


def told_by_files(
    ledger: tuple[Database, Kept],
    tmp_path: Path,
    do: Do,
    *,
    checkpoints: tuple[bytes, ...] = (),
    receipts: tuple[bytes, ...] = (),
) -> set[str]:
    """What the single-file verifier says of the folder, with the key that the auditor has."""
    database, original = ledger
    kept = original.copied(tmp_path)

    async def story() -> None:
        async with attacker(database) as hands:
            await do(hands, kept)

    asyncio.run(story())
    keys = (str(original.signer.key),)
    return codes(verified(kept.log, keys=keys, checkpoints=checkpoints, receipts=receipts))


def test_the_verifier_sees_another_history_beside_a_kept_checkpoint(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    _, original = ledger

    async def nothing(_: Hands, __: Kept) -> None:
        pass

    async def do(hands: Hands, kept: Kept) -> None:
        await _rewritten_from(hands, 200)
        await _republish(hands, kept, forget=True)

    mine = (original.log / "checkpoints" / str(EARLIER)).read_bytes()
    assert told_by_files(ledger, tmp_path / "sound", nothing, checkpoints=(mine,)) == set()
    assert told_by_files(ledger, tmp_path / "forked", do, checkpoints=(mine,)) == {"re-signed"}


def test_the_verifier_sees_an_old_copy_of_the_log_beside_a_kept_checkpoint(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    _, original = ledger

    async def do(_: Hands, kept: Kept) -> None:
        old = (kept.log / "checkpoints" / str(EARLIER)).read_bytes()
        (kept.log / "checkpoint").write_bytes(old)
        (kept.log / "checkpoints" / str(PUBLISHED)).unlink()

    mine = (original.log / "checkpoint").read_bytes()
    assert told_by_files(ledger, tmp_path, do, checkpoints=(mine,)) == {"shrunk"}


def test_the_verifier_sees_an_event_dropped_after_its_receipt(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    """Dropped before it was published, and the log published without it."""
    database, original = ledger
    dropped = PUBLISHED - 20
    held = asyncio.run(receipt_of(database, original, dropped))

    async def do(hands: Hands, kept: Kept) -> None:
        await hands.execute("DELETE FROM ledger.event WHERE position = %s", [dropped])
        await hands.execute(MOVE_DOWN, [dropped])
        await _republish(hands, kept, forget=True)

    found_by = told_by_files(ledger, tmp_path, do, receipts=(held,))
    assert "dropped-after-receipt" in found_by


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("tile/0/001", "changed-leaf"),
        ("tile/1/000.p/2", "bad-tile"),
        ("tile/entries/000", "changed-entry"),
        ("checkpoint", "bad-signature"),
    ],
)
def test_the_verifier_sees_a_changed_file(
    ledger: tuple[Database, Kept], tmp_path: Path, file: str, code: str
) -> None:
    async def do(_: Hands, kept: Kept) -> None:
        path = kept.log / file
        data = bytearray(path.read_bytes())
        data[A_DIGIT if file.startswith("checkpoint") else 40] ^= 1
        path.write_bytes(data)

    assert code in told_by_files(ledger, tmp_path, do)
