"""The states of streams, kept between commands: one does not read what the last one left.

What is kept may be old: another process may have appended. That is never more than a lost moment.
Nothing is stored on an old state, because the append names the version that was decided on; and
nothing is refused on one, because whoever would refuse opens the stream afresh first.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from application.access import KINDS, Belonging, belonging, belongs_after
from application.aggregates import Aggregate
from application.ports import Ledger
from application.snapshots import EVERY, KeptStates, Snapshot
from domain.terms import Fact

MOST = 2_000
"""Streams kept: those that somebody is working on today."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A stream at a version: its state, and where it says that it belongs.

    `fresh` when it was read from the ledger just now. `kept_at` is the version of its snapshot, 0
    when it has none.
    """

    version: int
    state: Any
    told: Belonging
    fresh: bool
    kept_at: int = 0


class Streams:
    """Made once per process, on its ledger."""

    def __init__(
        self, ledger: Ledger, *, most: int = MOST, snapshots: KeptStates | None = None
    ) -> None:
        self._ledger = ledger
        self._snapshots = snapshots
        self._most = most
        self._kept: OrderedDict[tuple[str, UUID], Opened] = OrderedDict()

    async def open(self, aggregate: Aggregate, stream: UUID, *, fresh: bool = False) -> Opened:
        """The stream as it is kept, or as it is when `fresh`; version 0 when nothing began it."""
        key = aggregate.name, stream
        kept = None if fresh else self._kept.get(key)
        if kept is not None:
            return kept
        opened = await self._from_snapshot(aggregate, stream)
        if opened is not None:
            self._keep(key, opened)
            return replace(opened, fresh=True)
        recorded = await self._ledger.load(stream)
        facts = [each.fact for each in recorded]
        nothing = Opened(version=0, state=aggregate.decider.initial, told=Belonging(), fresh=True)
        told = belonging(stream, facts[:1])
        if facts and told.kind is not KINDS[aggregate.name]:
            return replace(nothing, version=len(facts), told=told)  # another aggregate's
        opened = _after(aggregate, stream, nothing, facts)
        self._keep(key, opened)
        return replace(opened, fresh=True)

    async def _from_snapshot(self, aggregate: Aggregate, stream: UUID) -> Opened | None:
        """The stream from its snapshot on; None without one whose last event the ledger has."""
        found = await self._snapshots.read(aggregate, stream) if self._snapshots else None
        if found is None:
            return None
        recorded = await self._ledger.load(stream, from_version=found.version)
        if not recorded or recorded[0].version != found.version:
            return None  # It is ahead of the stream: of a ledger that was put back, say.
        opened = Opened(
            version=found.version,
            state=found.state,
            told=found.told,
            fresh=True,
            kept_at=found.version,
        )
        return _after(aggregate, stream, opened, [each.fact for each in recorded[1:]])

    async def appended(
        self, aggregate: Aggregate, stream: UUID, before: Opened, facts: Iterable[Fact]
    ) -> None:
        """These facts were stored after what `before` says; now and then a snapshot is made."""
        opened = _after(aggregate, stream, before, facts)
        if self._snapshots is not None and opened.version - opened.kept_at >= EVERY:
            opened = replace(opened, kept_at=opened.version)
            snapshot = Snapshot(version=opened.version, state=opened.state, told=opened.told)
            await self._snapshots.write(aggregate, stream, snapshot)
        self._keep((aggregate.name, stream), opened)

    def _keep(self, key: tuple[str, UUID], opened: Opened) -> None:
        kept = self._kept.pop(key, None)
        newest = opened if kept is None or kept.version <= opened.version else kept
        if newest.version:
            self._kept[key] = newest
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


def _after(aggregate: Aggregate, stream: UUID, opened: Opened, facts: Iterable[Fact]) -> Opened:
    evolve = aggregate.decider.evolve
    version, state, told = opened.version, opened.state, opened.told
    for fact in facts:
        version += 1
        state = evolve(state, fact)
        told = belongs_after(told, stream, fact)
    return replace(opened, version=version, state=state, told=told, fresh=False)
