"""Which bodies go into a bundle: those that whoever asks may read, and no others.

It is the rule of the feed: what an event says is for whom `application/visibility.py` shows it, by
the roles and places of now. Whose machine it is has the database, and so reads everything.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from application.access import KINDS, Access, Belonging, Hidden, Kind
from application.ports import StoredEvent
from application.visibility import Sight, sight
from domain.terms import Fact, PersonRef

Readable = Callable[[Sequence[StoredEvent]], Awaitable[Sequence[bool]]]
"""Of some events in the ledger's order: whose body goes in."""

_MOST_REMEMBERED = 20_000
"""Streams whose sight is kept: events of one stream lie together more often than not."""


async def every_body(rows: Sequence[StoredEvent]) -> Sequence[bool]:
    return [True] * len(rows)


async def no_body(rows: Sequence[StoredEvent]) -> Sequence[bool]:
    return [False] * len(rows)


class Belongings(Protocol):
    """Where things belong, as the registers have it."""

    async def belongings(
        self, streams: Mapping[UUID, Kind | None], *, as_of: int
    ) -> Mapping[UUID, Belonging]:
        """Where each of some streams belongs; one that is not known is left out.

        None is for a stream of which the kind is not known either.
        """


@dataclass(kw_only=True)
class ReadableBy:
    """The bodies that `person` may read, asked while an export goes on.

    `as_of` is a position that the registers hold, at or after the last one that is exported: what
    belongs nowhere that they know is withheld. `names` are the events' names with their facts.
    """

    access: Access
    registers: Belongings
    person: PersonRef
    as_of: int
    names: Mapping[str, tuple[type[Fact], int]]
    recall: Callable[[str, int, bytes], Fact]
    _sights: dict[UUID, Sight | None] = field(default_factory=dict)

    async def __call__(self, rows: Sequence[StoredEvent]) -> Sequence[bool]:
        await self._look_up({row.stream: row for row in rows if row.stream not in self._sights})
        return [self._sees(row, self._sights.get(row.stream)) for row in rows]

    def _sees(self, row: StoredEvent, seen: Sight | None) -> bool:
        known = self.names.get(row.name)
        if seen is None or known is None or not seen.sees_kind(known[0]):
            return False
        return seen.dossier or seen.sees(self.recall(row.name, row.name_version, row.body))

    async def _look_up(self, rows: Mapping[UUID, StoredEvent]) -> None:
        if not rows:
            return
        if len(self._sights) > _MOST_REMEMBERED:
            self._sights.clear()
        # The name of a fact about a key does not say in whose stream it stands.
        kinds = {stream: KINDS.get(row.name.partition(".")[0]) for stream, row in rows.items()}
        found = await self.registers.belongings(kinds, as_of=self.as_of)
        for stream in rows:
            self._sights[stream] = await self._sight(stream, found.get(stream))

    async def _sight(self, stream: UUID, told: Belonging | None) -> Sight | None:
        if told is None:
            return None
        try:
            return await sight(self.access, self.person, await self.access.thing(stream, told))
        except Hidden:
            return None
