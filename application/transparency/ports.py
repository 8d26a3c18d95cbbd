"""What publishing the log asks of the outside world: entries, a folder, a pen that remembers.

The folder and the pen block, for a few milliseconds at most: they are called from threads.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import VerifierKey
from domain.terms import Instant

Prove = Callable[[int], Sequence[bytes]]
"""The consistency proof from the log of so many leaves; not asked for an empty one."""


class LogRefused(Exception):
    """The log stands still until a person has looked: what it would sign might be a second history.

    `code` is stable, `cure` says what to do. Appending and reading go on meanwhile.
    """

    def __init__(self, code: str, why: str, cure: str) -> None:
        super().__init__(f"{why}. {cure}. [{code}]")
        self.code = code
        self.why = why
        self.cure = cure

    def told(self, since: float) -> "Refusal":
        """As everybody sees it."""
        return Refusal(code=self.code, why=self.why, cure=self.cure, since=since)


def unusable(error: OSError) -> LogRefused:
    """What a folder that cannot be read or written comes to."""
    return LogRefused(
        "log.folder-unusable",
        f"the log's folder, or the folder of keys, cannot be used: {error.strerror}",
        "See whether the disk is full or gone, and whether this account may write there",
    )


class Overtaken(Exception):
    """Another process published a larger checkpoint meanwhile. Nothing was signed."""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A `LogRefused` as everybody sees it; `since` is the recorded moment in seconds since 1970."""

    code: str
    why: str
    cure: str
    since: float

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a round of the integrator came to; `previous` is None for the first checkpoint."""

    checkpoint: Checkpoint
    previous: Checkpoint | None


class Entries(Protocol):
    """The ledger, as far as the log is concerned. Positions are dense from 1."""

    async def head(self) -> tuple[int, Instant | None]:
        """The last position and its recorded time; (0, None) when the ledger is empty."""

    def entries(self, *, after: int, up_to: int) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        """Position and entry of every event between, in order, in pages."""

    def leaves(self, *, after: int, up_to: int) -> AsyncIterator[Sequence[tuple[int, bytes]]]:
        """As `entries`, with the leaf hashes: the database made those, and reads them faster."""


class PublishedLog(Protocol):
    """The folder, for whoever serves it, proves from it or exports it."""

    def checkpoint(self) -> bytes | None:
        """The newest checkpoint that was published, as a note; None when there is none."""

    def checkpoint_of(self, size: int) -> bytes | None:
        """The published checkpoint of that size, with its signatures as last known."""

    def witnessed(self) -> bytes | None:
        """The largest checkpoint whose quorum of witnesses was seen, as it was then; None before.

        A policy may have changed since, so whoever relies on it judges it again.
        """

    def keep_witnessed(self, size: int, note: bytes) -> bool:
        """Keep a checkpoint that has its quorum; False when one as large, and signed by as many, is."""

    def read(self, path: str) -> bytes | None:
        """What lies at a path; `integrate.reading` also answers for partial tiles that went."""

    def sizes(self) -> Sequence[int]:
        """Every size of which a checkpoint was published, from small to large."""

    def published_at(self) -> float | None:
        """When the newest checkpoint was published, in seconds since 1970."""

    def refusal(self) -> Refusal | None:
        """Why whoever leads the log lets it stand still, if it does."""

    def amend(self, size: int, change: Callable[[bytes], bytes]) -> bool:
        """Replace the signatures of the checkpoint of `size`, in the newest too if it is that one.

        `change` gets the note and gives it with more signatures, under a lock, so that nobody's get
        lost. False when none of that size was published; ValueError when the text is not the same.
        """


class TileStore(PublishedLog, Protocol):
    """The folder, for whoever writes it. What a method wrote is on disk when it returns."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Store files, each whole or not at all; what lies there with the same bytes stays."""

    def forget_strays(self, tile: str, published: int, width: int) -> None:
        """Remove what lies at a tile that is wider than the `published` one and not `width` wide."""

    def forget_partials(self, tile: str) -> None:
        """Remove the partial tiles of a tile, if the full one is there."""

    def note_key(self, vkey: str) -> None:
        """Have a key among those with which this log signs, before it signs with it."""

    def publish(self, size: int, note: bytes) -> bool:
        """Make a note the newest checkpoint; False when one as large is there already."""

    def refuse(self, refusal: Refusal | None) -> None:
        """Say for all who share the folder that the log stands still, or that it goes on."""

    def alone(self) -> AbstractContextManager[bool]:
        """A block, and whether nobody else is in one, in any process that shares the folder.

        Nobody is waited for, so it does not block.
        """

    def tidy(self, size: int) -> None:
        """Remove what a kill left behind under the published log of `size` leaves.

        Also old checkpoints that nobody has a reason to ask for.
        """


class Signer(Protocol):
    """The log's key, and a memory of what it signed that does not lie in the database."""

    @property
    def key(self) -> VerifierKey:
        """Its public half, whose name is the log's origin."""

    def remembered(self) -> Checkpoint:
        """The largest tree that was ever signed; of size 0 for a new key. Raises `LogRefused`."""

    def sign(self, checkpoint: Checkpoint, prove: Prove) -> bytes:
        """The signed note, once the checkpoint is remembered on disk.

        Raises `LogRefused` where the proof does not show that it extends what is remembered, and
        `Overtaken` where more is remembered than this.
        """


class Witnesses(Protocol):
    """Those outside the operator who cosign. They are asked after a checkpoint was published."""

    async def ask(self, checkpoint: Checkpoint, previous: Checkpoint | None) -> None:
        """Gather cosignatures of a published checkpoint, however long that takes.

        Never two at once; what is published meanwhile is asked afterwards, the newest only.
        `previous` is what was published before it here, and no promise of what a witness knows.
        """
