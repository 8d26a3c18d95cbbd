"""One bit, anywhere in the rows of events or in a file of the log, and the audit says so.

`make flips` tries ten thousand. A bit that no row can hold (half a character, a moment beyond the
calendar) is drawn again: the database itself refuses it. The test ends with the columns and files
in which a bit was changed; every byte of them is covered.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from psycopg import AsyncConnection, DataError

from infrastructure.embedded_postgres import Cluster
from tests.conftest import Database, copied_ledger
from tests.infrastructure.attacked import ROWS, Kept, attacker, filled, looked, unlocked

CHANGES = int(os.environ.get("KRINGBOEK_FLIPS", "60"))
COLUMNS = {
    "position": "int8", "stream": "uuid", "version": "int4", "name": "text",
    "name_version": "int4", "body": "bytea", "salt": "bytea", "recorded_at": "timestamptz",
    "actor": "uuid", "command": "uuid", "policy": "bytea", "entry": "bytea", "leaf": "bytea",
}  # fmt: skip
NOT_COVERED = {".lock", ".publishing", "keys"}
"""Files beside the log that say nothing of it: a lock, who publishes, and the key to check with."""


@pytest.fixture(scope="module")
def ledger(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, Kept]]:
    folder = tmp_path_factory.mktemp("flipped")
    kept = Kept(log=folder / "log", keys=folder / "keys")
    with copied_ledger(cluster) as database:
        asyncio.run(filled(database, kept))
        unlocked(database)
        yield database, kept


def flipped(value: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(value) * 8)
    changed = bytearray(value)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


async def flip_row(hands: AsyncConnection[Any], dice: random.Random) -> str:
    """Change one bit of one column as PostgreSQL sends it; which column."""
    column = dice.choice(list(COLUMNS))
    position = dice.randint(1, ROWS)
    kind = COLUMNS[column]
    sent = {
        "int8": f"int8send({column})", "int4": f"int4send({column})", "uuid": f"uuid_send({column})",
        "timestamptz": f"timestamptz_send({column})", "text": f"convert_to({column}, 'UTF8')",
        "bytea": column,
    }[kind]  # fmt: skip
    rows = await hands.execute(
        f"SELECT {sent} FROM ledger.event WHERE position = %s".encode(),  # noqa: S608
        [position],
    )
    ((value,),) = await rows.fetchall()
    changed = flipped(value, dice)
    new: object = changed
    if kind in {"int8", "int4"}:
        new = int.from_bytes(changed, "big", signed=True)
    elif kind == "uuid":
        new = UUID(bytes=changed)
    elif kind == "text":
        new = changed.decode()
    elif kind == "timestamptz":
        new = int.from_bytes(changed, "big", signed=True)
    to = (
        "'2000-01-01 00:00:00+00'::timestamptz + make_interval(secs => %s::numeric / 1000000)"
        if kind == "timestamptz"
        else f"%s::{kind}"
    )
    await hands.execute(
        f"UPDATE ledger.event SET {column} = {to} WHERE position = %s".encode(),  # noqa: S608
        [new, position],
    )
    rows = await hands.execute(
        f"SELECT {sent} = %s FROM ledger.event"  # noqa: S608
        " WHERE position = %s".encode(),
        [changed, new if column == "position" else position],
    )
    if await rows.fetchall() != [(True,)]:
        raise DataError(f"{column} does not hold {changed!r}")
    return column


def test_no_bit_of_a_row_of_the_log_can_change_unseen(
    ledger: tuple[Database, Kept], tmp_path: Path
) -> None:
    database, original = ledger
    kept = original.copied(tmp_path)
    key = str(original.signer.key)
    dice = random.Random(4)  # noqa: S311
    files = sorted(
        each for each in kept.log.rglob("*") if each.is_file() and each.name not in NOT_COVERED
    )
    files.append(kept.keys / "log.signed")
    changed: Counter[str] = Counter()

    async def story() -> None:
        async with attacker(database) as hands:
            assert not (await looked(hands, kept, key=key)).told
            while changed.total() < CHANGES:
                if dice.random() < 0.5:
                    try:
                        where = await flip_row(hands, dice)
                    except (DataError, UnicodeDecodeError):
                        await hands.rollback()
                        continue
                    found = await looked(hands, kept, key=key)
                    await hands.rollback()
                else:
                    path = dice.choice(files)
                    where = path.relative_to(tmp_path).as_posix()
                    before = path.read_bytes()
                    path.write_bytes(flipped(before, dice))
                    found = await looked(hands, kept, key=key)
                    path.write_bytes(before)
                assert found.told, f"a bit of {where} was changed, and nobody saw it"
                changed[where] += 1

    asyncio.run(story())
    for where, times in sorted(changed.items()):
        print(f"{times:6} {where}")  # noqa: T201
    print("not covered: none of these; beside them lie", ", ".join(sorted(NOT_COVERED)))  # noqa: T201
