"""What the use cases ask of the outside world, and nothing more."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.record import Recorded
from domain.terms import Fact, Instant, PersonRef


@dataclass(frozen=True, kw_only=True)
class Append:
    """The outcome of one command, ready to be stored whole or not at all.

    `expected_version` is the version of the stream that the decision was made on (0: no event
    yet). `facts` may be empty: the command's row is stored all the same. `request` is a keyed hash
    of the request, so that a reused `command` with another request is told apart.
    """

    command: UUID
    request: bytes
    stream: UUID
    expected_version: int
    facts: tuple[Fact, ...]
    actor: PersonRef
    policy: bytes
    """SHA-256 of the access policy's text in force."""


@dataclass(frozen=True, kw_only=True)
class Appended:
    """What is now durable. `first_position > last_position` when there were no facts."""

    first_position: int
    last_position: int
    version: int
    recorded_at: Instant
    repeated: bool
    """True when this command had been stored before: this is the first answer, given again."""
    leaves: tuple[bytes, ...]
    """The leaf hash of every event, in order: what the log will hold at its index."""


class StaleVersion(Exception):
    """Somebody else appended to the stream first. Nothing was stored."""

    def __init__(self, stream: UUID, expected: int, actual: int) -> None:
        super().__init__(f"stream {stream} is at version {actual}, not {expected}")
        self.stream = stream
        self.expected = expected
        self.actual = actual


class CommandReused(Exception):
    """The same command id came before with another request. Nothing was stored."""


class LedgerUnavailable(Exception):
    """The database did not answer in time.

    Whether a command that was being stored is stored is then not known: given again under the same
    id, it is carried out once.
    """


class StoredEvent(NamedTuple):
    """One row of the ledger as it lies there, for whoever checks it or publishes it.

    `leaf` is what the database says SHA-256(00 || entry) is; `salt` hides the body's hash.
    """

    position: int
    stream: UUID
    version: int
    name: str
    name_version: int
    body: bytes
    salt: bytes
    recorded_at: Instant
    actor: UUID
    command: UUID
    policy: bytes
    entry: bytes
    leaf: bytes


class Ledger(Protocol):
    """The one ordered, append-only record of facts."""

    async def append(self, append: Append, *, clock: Instant | None = None) -> Appended:
        """Store durably, or raise `StaleVersion` / `CommandReused` and store nothing.

        `LedgerUnavailable` leaves open whether it was stored.

        `clock` is the recorded time to use; only the ledger of a sandbox takes one.
        """

    async def answered(self, command: UUID, request: bytes) -> Appended | None:
        """The first answer to a command stored before, or None.

        Raises `CommandReused` for another request under the same id.
        """

    async def load(
        self, stream: UUID, *, up_to: int | None = None, from_version: int = 1
    ) -> Sequence[Recorded[Fact]]:
        """The events of one stream in order, up to and including position `up_to`.

        The first is that of `from_version`.
        """

    async def load_many(
        self, streams: Sequence[UUID], *, up_to: int | None = None
    ) -> Sequence[Recorded[Fact]]:
        """The events of several streams, in the ledger's order."""

    def read(self, *, after: int = 0, up_to: int | None = None) -> AsyncIterator[Recorded[Fact]]:
        """Every event after a position, in order, in bounded memory."""

    async def head(self) -> tuple[int, Instant | None]:
        """The last position and its recorded time; (0, None) when the ledger is empty."""

    async def recorded_at(self, position: int) -> Instant:
        """When a position was recorded; `LookupError` for one that does not exist."""

    async def position_at(self, instant: Instant) -> int:
        """The last position recorded at or before `instant`; 0 when there is none."""


class WholeLedger(Ledger, Protocol):
    """A ledger that is also read in bulk: by followers, exports and audits."""

    async def facts(self, stream: UUID) -> Sequence[Fact]:
        """The facts of one stream in order, and nothing else: what a state is folded from.

        Their number is the stream's version. Half the price of `load`.
        """

    def pages(
        self, *, after: int = 0, up_to: int | None = None
    ) -> AsyncIterator[Sequence[Recorded[Fact]]]:
        """As `read`, in pages of some hundreds of events; no page is empty."""

    def stored(
        self, *, after: int = 0, up_to: int | None = None
    ) -> AsyncIterator[Sequence[StoredEvent]]:
        """As `pages`, the rows as they lie there, unread."""

    async def stored_of(
        self, stream: UUID, *, after: int, up_to: int, most: int
    ) -> Sequence[StoredEvent]:
        """The rows of one stream after a position, up to and including another, at most `most`."""

    def entries(self, *, after: int, up_to: int) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        """Position and entry of the events between, in pages: what the transparency log takes in."""

    def leaves(self, *, after: int, up_to: int) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        """As `entries`, with the leaf hashes, which are read from the index alone."""

    async def stored_at(self, positions: Sequence[int]) -> Sequence[StoredEvent]:
        """The rows at these positions, in order; one that does not exist is left out."""


class Epoch(NamedTuple):
    """One epoch of the vault: a key that wraps keys. `living` are those that it wraps now.

    `missing`: keys are wrapped under it, and its file is not there. `number` is 0 then.
    """

    number: int
    newest: bool
    living: int
    missing: bool


class Epochs(Protocol):
    """How copies of the vault are forgotten: what they hold is wrapped by a key that is destroyed."""

    async def epochs(self) -> Sequence[Epoch]:
        """All that there are, the oldest first."""

    async def tombstones(self) -> int:
        """How many keys were destroyed."""

    async def begin_epoch(self) -> int:
        """Make a new epoch key, and wrap every living key under it; how many that were."""

    async def end_epoch(self, number: int) -> None:
        """Destroy an epoch key: what was wrapped under it opens nowhere any more."""


class Vault(Protocol):
    """The keys of sealed values. A destroyed key is a tombstone for ever."""

    async def create(self, kid: UUID) -> bytes:
        """A fresh 256-bit key under a new id; an id that exists or existed is an error."""

    async def get(self, kid: UUID) -> bytes | None:
        """The key, or None when it was destroyed; an unknown id is an error."""

    async def destroy(self, kid: UUID) -> None:
        """Forget the key for ever; doing so twice is the same as once."""
