"""Whoever owns the database, the log's folder and its key does what he likes: see what it costs him.

The real ledger, integrator, signer and export; the verifier gets what an auditor has, which is a
file, the key and what was kept. Rows are changed as the database's superuser, with entries that fit.
"""

import json
import shutil
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from application.transparency.keys import SignerKey
from application.transparency.receipt import Receipt
from domain.tree import empty_root, leaf_hash
from tests.application.export.test_whole import told
from tests.conftest import Database
from tests.exported import Kept
from tests.verifier.verified import codes, named, verified
from verifier.findings import Report

EVENTS = 40
Rows = list[dict[str, Any]]
COLUMNS = (
    "position", "stream", "version", "name", "name_version", "body", "salt", "recorded_at",
    "actor", "command", "policy", "entry",
)  # fmt: skip


@dataclass
class Operator:
    """All powers at once: the superuser of the database, the folder of the log, and its key."""

    kept: Kept
    database: Database
    folder: Path

    def rows(self) -> Rows:
        with psycopg.connect(self.database.superuser_dsn, row_factory=dict_row) as connection:
            said = ", ".join(COLUMNS)
            query = f"SELECT {said} FROM ledger.event ORDER BY position"  # noqa: S608  ours
            return connection.execute(query.encode()).fetchall()

    def write(self, rows: Rows) -> None:
        said, values = ", ".join(COLUMNS), ", ".join(f"%({name})s" for name in COLUMNS)
        query = f"INSERT INTO ledger.event ({said}) VALUES ({values})"  # noqa: S608  ours
        with psycopg.connect(self.database.superuser_dsn) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("DELETE FROM ledger.event")
            connection.cursor().executemany(query.encode(), rows)

    def forget_what_was_signed(self) -> None:
        """A log without a past: no folder, and a signer that remembers nothing."""
        shutil.rmtree(self.kept.data / "log")
        origin = self.kept.ledger.origin
        text = f"{origin}\n0\n{b64encode(empty_root()).decode()}\n"
        (self.kept.data / "keys" / "log.signed").write_text(text)

    async def exported(self) -> Path:
        packed = self.folder / "export.zip"
        packed.write_bytes(await self.kept.bundle())
        return packed

    def signed(self) -> bytes:
        return (self.kept.data / "log" / "checkpoint").read_bytes()

    def promised(self, row: dict[str, Any]) -> bytes:
        private = (self.kept.data / "keys" / "log.key").read_text().strip()
        promise = Receipt(
            origin=self.kept.ledger.origin,
            index=row["position"] - 1,
            leaf=leaf_hash(row["entry"]),
            recorded_at=row["recorded_at"],
        )
        return promise.signed(SignerKey.parse(private))

    async def verdict(self, **more: Any) -> Report:
        return verified(await self.exported(), keys=(str(self.kept.signer.key),), **more)


def fitting(rows: Rows) -> Rows:
    """The rows with positions, versions, moments and entries that fit, as a careful forger's do."""
    versions: dict[object, int] = {}
    moments = sorted(row["recorded_at"] for row in rows)
    made = []
    for position, (row, moment) in enumerate(zip(rows, moments, strict=True), 1):
        version = versions[row["stream"]] = versions.get(row["stream"], 0) + 1
        said = moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        entry = {
            "actor": str(row["actor"]),
            "aggregate": str(row["stream"]),
            "aggregateVersion": version,
            "body": sha256(row["salt"] + row["body"]).hexdigest(),
            "command": str(row["command"]),
            "event": row["name"],
            "eventVersion": row["name_version"],
            "policy": row["policy"].hex(),
            "recordedAt": said,
            "schemaVersion": 1,
        }
        written = json.dumps(entry, separators=(",", ":"), sort_keys=True).encode()
        made.append(
            row
            | {"position": position, "version": version, "recorded_at": moment, "entry": written}
        )
    return made


CHANGES: dict[str, Callable[[Rows], Rows]] = {
    "changed": lambda rows: [*rows[:19], rows[19] | {"body": b'{"bought":true}'}, *rows[20:]],
    "deleted": lambda rows: [*rows[:19], *rows[20:]],
    "inserted": lambda rows: [*rows[:19], rows[18] | {"salt": bytes(32)}, *rows[19:]],
    "reordered": lambda rows: [*rows[:19], rows[20], rows[19], *rows[21:]],
}


def test_the_past_rewritten_and_signed_again_is_betrayed_by_what_was_kept(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(EVENTS // 2 - 4)
        operator = Operator(kept, database, tmp_path)
        early = operator.signed()
        await kept.note(EVENTS // 2 + 4)
        late, honest = operator.signed(), operator.rows()
        receipts = tuple(map(operator.promised, honest))
        assert not (await operator.verdict(checkpoints=(early, late), receipts=receipts)).wrong
        for what, change in CHANGES.items():
            operator.write(fitting(change(honest)))
            operator.forget_what_was_signed()
            await kept.publish()
            assert not (await operator.verdict()).wrong, "who kept nothing has nothing to show"
            by_checkpoint = await operator.verdict(checkpoints=(early, late))
            expected = {"deleted": "shrunk", "inserted": "re-signed"}.get(what, "forked")
            assert codes(by_checkpoint) == {expected}, what
            by_receipt = await operator.verdict(receipts=receipts)
            assert codes(by_receipt) <= {"dropped-after-receipt", "reordered"}
            assert min(position or 0 for _, position in named(by_receipt)) == 20, what

    told(database, tmp_path, story)


def test_what_does_not_fit_the_published_log_is_named_by_its_position(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(EVENTS)
        operator = Operator(kept, database, tmp_path)
        honest = operator.rows()
        first, second = honest[4], honest[29]
        swapped = [dict(row) for row in honest]
        for row, other in ((swapped[4], second), (swapped[29], first)):
            row |= {"body": other["body"], "salt": other["salt"]}
        operator.write(swapped)
        report = await operator.verdict()
        assert named(report) == {("swapped-bodies", 5), ("swapped-bodies", 30)}
        operator.write([*honest[:9], honest[9] | {"body": b"{}"}, *honest[10:]])
        assert named(await operator.verdict()) == {("changed-body", 10)}

    told(database, tmp_path, story)


def test_a_restored_backup_two_views_and_a_drop_after_the_receipt(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(EVENTS - 10)
        operator = Operator(kept, database, tmp_path)
        backup = operator.rows()
        await kept.note(10)
        kept_elsewhere, promised = operator.signed(), operator.promised(operator.rows()[-1])
        operator.write(backup)
        operator.forget_what_was_signed()
        await kept.publish()
        restored = await operator.verdict(checkpoints=(kept_elsewhere,), receipts=())
        assert named(restored) == {("shrunk", EVENTS - 9)}
        await kept.note(10)
        regrown = await operator.verdict(checkpoints=(kept_elsewhere,), receipts=(promised,))
        assert named(regrown) == {("forked", None), ("dropped-after-receipt", EVENTS)}

    told(database, tmp_path, story)
