"""The audit (controle) of a ledger's rows: what was changed, removed or reordered, by position.

Every event is worked out anew from its columns: the salted hash of its body, its entry, its leaf.
The form of an entry is written down here a second time, on purpose: the checker shares no code
with the writer, so that a slip of the writer does not excuse itself.

What rows alone cannot tell: events cut off at the end, and a history that was rewritten from some
point on with all its hashes. For that the auditor compares `size` and `root` with a checkpoint
that was kept elsewhere.
"""

import json
from collections.abc import AsyncIterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from application.ports import StoredEvent
from application.shapes import write_instant
from domain.terms import Instant
from domain.tree import Frontier

MOST_FINDINGS = 1_000
"""Findings that are told one by one; a ledger with more than that needs no longer list."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong. `what` is stable (`column.recorded-at`), `why` a sentence."""

    position: int
    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What an audit found up to position `size`; `root` is the tree over the stored entries.

    Without `wrong` it is the root that the log's checkpoint of that size must have.
    """

    size: int
    root: bytes
    wrong: tuple[Finding, ...]
    untold: int
    """Findings beyond `MOST_FINDINGS`."""


async def audit(pages: AsyncIterable[Sequence[StoredEvent]]) -> Findings:
    """Check rows in the order of the ledger, from position 1 on.

    Memory grows with the number of streams, not of events.
    """
    checks = _Audit()
    async for page in pages:
        checks.take(page)
    return checks.findings()


class _Audit:
    def __init__(self) -> None:
        self._position = 0
        self._recorded_at: Instant | None = None
        self._versions: dict[UUID, int] = {}
        self._tree = Frontier()
        self._wrong: list[Finding] = []
        self._untold = 0

    def findings(self) -> Findings:
        return Findings(
            size=self._position,
            root=self._tree.root(),
            wrong=tuple(self._wrong),
            untold=self._untold,
        )

    def take(self, page: Sequence[StoredEvent]) -> None:
        leaves = []
        for row in page:
            if row.entry != _entry(row):
                self._tell(row.position, _differences(row))
            leaf = sha256(b"\0" + row.entry).digest()
            if row.leaf != leaf:
                self._tell(row.position, [("leaf", "leaf is not the hash of the entry")])
            leaves.append(leaf)
            self._place(row)
        self._tree = self._tree.extend(leaves)

    def _place(self, row: StoredEvent) -> None:
        """Its place in the order, in time and in its stream."""
        expected = self._position + 1
        if row.position > expected:
            missing = f"positions {expected} to {row.position - 1} are missing before it"
            self._tell(row.position, [("position", missing)])
        elif row.position < expected:
            self._tell(row.position, [("position", f"comes after position {self._position}")])
        self._position = row.position
        if self._recorded_at is not None and row.recorded_at < self._recorded_at:
            self._tell(row.position, [("order", "was recorded before the event that precedes it")])
        self._recorded_at = row.recorded_at
        version = self._versions.get(row.stream, 0) + 1
        if row.version != version:
            why = f"is version {row.version} of its stream where {version} should be"
            self._tell(row.position, [("stream", why)])
        self._versions[row.stream] = row.version

    def _tell(self, position: int, found: Sequence[tuple[str, str]]) -> None:
        for what, why in found:
            if len(self._wrong) < MOST_FINDINGS:
                self._wrong.append(Finding(position=position, what=what, why=why))
            else:
                self._untold += 1


def _entry(row: StoredEvent) -> bytes:
    """The entry that the row's columns make: RFC 8785, with keys in their order."""
    body = sha256(row.salt + row.body).hexdigest()
    return (
        f'{{"actor":"{row.actor}","aggregate":"{row.stream}","aggregateVersion":{row.version},'
        f'"body":"{body}","command":"{row.command}","event":"{row.name}",'
        f'"eventVersion":{row.name_version},"policy":"{row.policy.hex()}",'
        f'"recordedAt":"{write_instant(row.recorded_at)}","schemaVersion":1}}'
    ).encode()


def _differences(row: StoredEvent) -> list[tuple[str, str]]:
    """In which columns a row and its entry disagree."""
    try:
        said = json.loads(row.entry)
    except ValueError:
        return [("entry", "is not JSON")]
    if not isinstance(said, dict):
        return [("entry", "is not an object")]
    made = json.loads(_entry(row))
    found = list(_differing(made, said))
    return found or [("entry", "is not in its canonical form")]


def _differing(made: dict[str, Any], said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in sorted(made.keys() | said.keys()):
        if key not in said:
            yield "entry", f"lacks {key}"
        elif key not in made:
            yield "entry", f"has {key}, which no entry has"
        elif made[key] != said[key]:
            yield f"column.{_COLUMNS[key]}", f"{_COLUMNS[key]} is not what the entry says"


_COLUMNS = {
    "actor": "actor",
    "aggregate": "stream",
    "aggregateVersion": "version",
    "body": "body-or-salt",
    "command": "command",
    "event": "name",
    "eventVersion": "name-version",
    "policy": "policy",
    "recordedAt": "recorded-at",
    "schemaVersion": "schema-version",
}
