"""Snapshots held to what their streams give."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from application.access import Belonging, belongs_after
from application.aggregates import Aggregate
from application.ports import WholeLedger
from application.snapshots import KeptStates, Snapshot

MOST = 200
"""Snapshots that are compared: each asks for a whole stream."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """How many there are, how many of this build, how many were compared, and what is wrong."""

    all: int
    ours: int
    compared: int
    wrong: Sequence[str]


async def compared(
    found: Sequence[tuple[UUID, str, int]], kept: KeptStates, ledger: WholeLedger
) -> Compared:
    """A snapshot that cannot be read counts as none, and is not wrong; nobody believes it."""
    editions = kept.editions
    ours = [(stream, editions[edition]) for stream, edition, _ in found if edition in editions]
    wrong = []
    sample = ours[:: len(ours) // MOST + 1]
    for stream, aggregate in sample:
        snapshot = await kept.read(aggregate, stream)
        if snapshot is not None and not await _is_right(snapshot, aggregate, stream, ledger):
            wrong.append(f"{aggregate.name} {stream}, at version {snapshot.version}")
    return Compared(all=len(found), ours=len(ours), compared=len(sample), wrong=wrong)


async def _is_right(
    snapshot: Snapshot, aggregate: Aggregate, stream: UUID, ledger: WholeLedger
) -> bool:
    facts = (await ledger.facts(stream))[: snapshot.version]
    if len(facts) < snapshot.version:
        return False  # It is ahead of its stream.
    state, told = aggregate.decider.initial, Belonging()
    for fact in facts:
        state = aggregate.decider.evolve(state, fact)
        told = belongs_after(told, stream, fact)
    return bool((state, told) == (snapshot.state, snapshot.told))
