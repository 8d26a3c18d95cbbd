"""What the audit asks of the ledger and of the log's folder: bytes as they lie there, unread."""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple, Protocol


class Page(NamedTuple):
    """Rows in the order of their positions, column by column.

    Numbers are big-endian and of fixed length; `recorded` counts microseconds since the first of
    January 2000, UTC. Texts are separated by commas. `salted` is the salt and the body of every
    event, `entries` are one after another.

    `regular` says that no column of any row is empty, and that salts, policies and leaves have 32
    bytes each. Where it is False the rest says nothing.
    """

    regular: bool
    first: int
    last: int
    rows: int
    positions: bytes
    versions: bytes
    name_versions: bytes
    recorded: bytes
    body_lengths: bytes
    streams: str
    actors: str
    commands: str
    names: str
    policies: bytes
    salted: bytes
    entry_lengths: bytes
    entries: bytes
    leaves: bytes


class Row(NamedTuple):
    """One row; whatever its table no longer demands may be None."""

    position: int
    stream: str | None
    version: int | None
    name: str | None
    name_version: int | None
    body: bytes | None
    salt: bytes | None
    recorded: int | None
    actor: str | None
    command: str | None
    policy: bytes | None
    entry: bytes | None
    leaf: bytes | None


class CommandFault(NamedTuple):
    """A command whose row and events do not say the same, told at one of its events."""

    position: int
    missing: bool
    why: str


class LedgerRows(Protocol):
    """The ledger's rows, read by somebody who believes nothing of them."""

    def pages(self, after: int | None, up_to: int | None) -> AsyncIterator[Page]:
        """The rows between two positions; None is without end. No page is empty."""

    async def rows(self, first: int, last: int) -> Sequence[Row]:
        """The rows between two positions, these included."""

    async def last(self) -> int:
        """The last position, but for one that cannot be: more than rows fit in the table."""

    async def command_faults(self, most: int) -> Sequence[CommandFault]:
        """Where the first answers to commands disagree with the events."""


class LogFiles(Protocol):
    """The folder of the log, read as anybody could."""

    def read(self, path: str) -> bytes | None:
        """What the file `path` holds (`tile/0/000`); None where there is none."""

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files in a folder, sorted; none where there is no such folder."""
