"""What the doctor is told by whoever looks: no judgements, and nothing of a secret."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from domain.terms import Instant

Seen = TypeVar("Seen")


class CannotSee(Exception):
    """This point cannot be looked at from here; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A setting that a ledger refuses: `what` is its name."""

    what: str
    why: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class SealedKeys:
    """The ids of keys as the events of the ledger tell of them."""

    sealing: frozenset[UUID]
    """Of every sealed text that stands in an event."""
    created: frozenset[UUID]
    destroyed: frozenset[UUID]


@dataclass(frozen=True, kw_only=True)
class VaultKey:
    kid: UUID
    epoch: str
    """The fingerprint of the epoch key that wraps it, in hex."""
    destroyed: bool
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeyFile:
    """A file or folder of keys and its permissions; `wanted` is what they should be."""

    path: str
    mode: int
    wanted: int


@dataclass(frozen=True, kw_only=True)
class Disk:
    folder: str
    free: int
    """Bytes."""
    size: int


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Of this process and of the database, seen at one moment, and the newest event's."""

    here: Instant
    database: Instant
    newest: Instant | None


@dataclass(frozen=True, kw_only=True)
class ViewRows:
    """How many row versions of a view were compared with a fresh building, and which differ."""

    view: str
    compared: int
    wrong: Sequence[str]


class Looking(Protocol):
    """Looks, and changes nothing that anybody reads. Everything here may raise `CannotSee`."""

    async def seen(self, look: Awaitable[Seen]) -> Seen:
        """What comes of another look, which the database or the disk may refuse."""

    async def schema(self) -> Sequence[str]:
        """Schema files of this build that were not applied, or others that were."""

    async def rights(self) -> Sequence[str]:
        """Where roles, grants, owners, constraints and triggers are not those of a new ledger."""

    async def settings(self) -> Sequence[Setting]: ...

    async def sealed_keys(self) -> SealedKeys: ...

    async def vault_keys(self) -> Sequence[VaultKey]: ...

    async def epochs(self) -> Sequence[str]:
        """The fingerprints of the epoch keys in the folder, in hex, oldest first."""

    async def key_files(self) -> Sequence[KeyFile]: ...

    async def disks(self) -> Sequence[Disk]: ...

    async def clocks(self) -> Clocks: ...

    async def snapshots(self) -> Sequence[tuple[UUID, str, int]]:
        """Stream, edition and version of every snapshot."""

    async def view_rows(self) -> Sequence[ViewRows]:
        """Every view built anew beside the live one, compared with it, and thrown away."""
