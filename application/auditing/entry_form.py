"""The entry of an event, format 1, written down a second time, and how a row departs from it.

The checker shares no code with the writer (`infrastructure/entry.py`), so that a slip of the writer
does not excuse itself. Nothing here is fast: it is for rows that do not fit.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from application.auditing.findings import Finding
from application.auditing.reading import Row

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - it only ever becomes text, with a Z of its own
BODY = "body-or-salt"
_COLUMNS = {
    "actor": "actor",
    "aggregate": "stream",
    "aggregateVersion": "version",
    "body": BODY,
    "command": "command",
    "event": "name",
    "eventVersion": "name-version",
    "policy": "policy",
    "recordedAt": "recorded-at",
    "schemaVersion": "schema-version",
}
_HASH = 32


def moment(recorded: int) -> str:
    """Microseconds since 2000 as an entry writes them, without the Z. Raises OverflowError."""
    return (EPOCH + timedelta(microseconds=recorded)).isoformat(timespec="microseconds")


def leaf_of(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def _values(row: Row) -> dict[str, Any] | None:
    """What the row's columns say, by the entry's keys; None for columns that say nothing."""
    if row.salt is None or row.body is None or row.recorded is None or row.policy is None:
        return None
    if None in row or len(row.salt) != _HASH:
        return None
    try:
        recorded_at = moment(row.recorded)
    except OverflowError:
        recorded_at = "never"
    return {
        "actor": row.actor,
        "aggregate": row.stream,
        "aggregateVersion": row.version,
        "body": sha256(row.salt + row.body).hexdigest(),
        "command": row.command,
        "event": row.name,
        "eventVersion": row.name_version,
        "policy": row.policy.hex(),
        "recordedAt": f"{recorded_at}Z",
        "schemaVersion": 1,
    }


def made(row: Row) -> bytes | None:
    """The entry that the row's columns make; None for columns that make none."""
    values = _values(row)
    return None if values is None else _written(values)


def _written(values: dict[str, Any]) -> bytes:
    """RFC 8785 of values that need no more escaping than JSON asks for anywhere."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def departures(row: Row, published: bytes | None) -> Iterator[Finding]:
    """Where a row disagrees with itself; with the published entry, which of the two was changed.

    A row that agrees with itself and not with what was published says nothing here: what that
    means, only its neighbours tell.
    """
    at = row.position
    if row.entry is None or row.leaf is None:
        for column in ("entry", "leaf"):
            if getattr(row, column) is None:
                why = "is empty. Put the rows back from a backup"
                yield Finding(code="changed-column", position=at, column=column, why=why)
        return
    values = _values(row)
    built = None if values is None else _written(values)
    if values is None:
        empty = [name for name, value in row._asdict().items() if value is None]
        for column in empty or [BODY]:
            why = f"{column} is empty, or not as long as it was"
            yield Finding(code="changed-column", position=at, column=column, why=why)
    elif built != row.entry:
        if published is not None and row.entry != published:
            why = "the entry is not the one that was published"
            yield Finding(code="changed-entry", position=at, why=why)
        yield from _differences(at, values, published or row.entry)
    if row.leaf != leaf_of(row.entry) and (published is None or row.leaf != leaf_of(published)):
        why = "the leaf is not the hash of the entry"
        yield Finding(code="changed-leaf", position=at, column="leaf", why=why)


def committed_body(entry: bytes) -> str:
    """The salted hash of a body that an entry commits to; empty where it says none."""
    try:
        said = json.loads(entry)
    except (ValueError, RecursionError):
        return ""
    body = said.get("body") if isinstance(said, dict) else None
    return body if isinstance(body, str) else ""


def _differences(at: int, values: dict[str, Any], entry: bytes) -> Iterator[Finding]:
    """In which columns a row and its entry disagree."""
    if _written(values) == entry:
        return
    try:
        said = json.loads(entry)
    except (ValueError, RecursionError):
        yield Finding(code="changed-entry", position=at, why="the entry is not JSON")
        return
    if not isinstance(said, dict):
        yield Finding(code="changed-entry", position=at, why="the entry is not an object")
        return
    found = list(_differing(at, values, said))
    why = "the entry is not in its canonical form"
    yield from found or [Finding(code="changed-entry", position=at, why=why)]


def _differing(at: int, built: dict[str, Any], said: dict[str, Any]) -> Iterator[Finding]:
    for key in sorted(built.keys() | said.keys()):
        if key not in said:
            yield Finding(code="changed-entry", position=at, why=f"the entry lacks {key}")
        elif key not in built:
            why = f"the entry has {key}, which no entry has"
            yield Finding(code="changed-entry", position=at, why=why)
        elif built[key] != said[key]:
            column = _COLUMNS[key]
            code = "changed-body" if column == BODY else "changed-column"
            why = f"{column} is not what the entry says"
            yield Finding(code=code, position=at, column=column, why=why)
