"""A ledger and a vault in memory, for tests of what stands on the ports and not on PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from secrets import token_bytes
from uuid import UUID

from application.ports import Append, Appended, CommandReused, StaleVersion
from domain.record import Recorded
from domain.terms import Fact, Instant


class MemoryLedger:
    """One order, kept in a list; takes the player's clock, as the ledger of a sandbox does."""

    def __init__(self) -> None:
        self.events: list[Recorded[Fact]] = []
        self._answers: dict[UUID, tuple[bytes, Appended]] = {}

    async def append(self, append: Append, *, clock: Instant | None = None) -> Appended:
        known = await self.answered(append.command, append.request)
        if known is not None:
            return known
        assert clock is not None, "this ledger has no clock of its own"
        version = sum(each.stream == append.stream for each in self.events)
        if version != append.expected_version:
            raise StaleVersion(append.stream, append.expected_version, version)
        head, last = await self.head()
        recorded_at = clock if last is None else max(clock, last)
        for number, fact in enumerate(append.facts, start=1):
            self.events.append(
                Recorded(
                    fact=fact,
                    position=head + number,
                    stream=append.stream,
                    version=version + number,
                    recorded_at=recorded_at,
                    actor=append.actor,
                    command=append.command,
                )
            )
        answer = Appended(
            first_position=head + 1,
            last_position=head + len(append.facts),
            version=version + len(append.facts),
            recorded_at=recorded_at,
            repeated=False,
            leaves=(),  # here nothing is hashed
        )
        self._answers[append.command] = append.request, answer
        return answer

    async def answered(self, command: UUID, request: bytes) -> Appended | None:
        if command not in self._answers:
            return None
        first, answer = self._answers[command]
        if first != request:
            raise CommandReused(command)
        return Appended(
            first_position=answer.first_position,
            last_position=answer.last_position,
            version=answer.version,
            recorded_at=answer.recorded_at,
            repeated=True,
            leaves=(),
        )

    async def load(
        self, stream: UUID, *, up_to: int | None = None, from_version: int = 1
    ) -> Sequence[Recorded[Fact]]:
        of_stream = await self.load_many([stream], up_to=up_to)
        return [each for each in of_stream if each.version >= from_version]

    async def load_many(
        self, streams: Sequence[UUID], *, up_to: int | None = None
    ) -> Sequence[Recorded[Fact]]:
        return [each for each in self.events[:up_to] if each.stream in streams]

    async def read(
        self, *, after: int = 0, up_to: int | None = None
    ) -> AsyncIterator[Recorded[Fact]]:
        for each in self.events[after:up_to]:
            yield each

    async def head(self) -> tuple[int, Instant | None]:
        return len(self.events), self.events[-1].recorded_at if self.events else None

    async def recorded_at(self, position: int) -> Instant:
        return self.events[position - 1].recorded_at

    async def position_at(self, instant: Instant) -> int:
        return sum(each.recorded_at <= instant for each in self.events)


class MemoryVault:
    """Keys in a dictionary; a destroyed one stays as a tombstone."""

    def __init__(self) -> None:
        self._keys: dict[UUID, bytes | None] = {}

    async def create(self, kid: UUID) -> bytes:
        assert kid not in self._keys
        key = token_bytes(32)
        self._keys[kid] = key
        return key

    async def get(self, kid: UUID) -> bytes | None:
        return self._keys[kid]

    async def destroy(self, kid: UUID) -> None:
        self._keys[kid] = None
