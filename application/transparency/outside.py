"""What the log asks of others: witnesses that cosign, and authorities that tell the time.

None of them is believed on its word. What they answer is checked against keys that the operator
wrote down, and whoever is down, slow or wrong costs a cosignature or a timestamp, and nothing else.
"""

from typing import Protocol

from domain.terms import Instant


class WitnessFailed(Exception):
    """A witness gave no cosignature.

    `code` is stable: `no-answer`, or `answered-<status>`. The message is ours, and safe to log.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class WitnessHolds(Exception):
    """The witness says that it last cosigned another size, or another root for this one (409)."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the witness last cosigned {size} entries")
        self.size = size


class AskedWitness(Protocol):
    """The server of a witness."""

    async def add_checkpoint(self, request: bytes) -> str:
        """The signature lines of its answer, of which nothing was checked.

        `request` is an encoded `AddCheckpoint`. Raises `WitnessHolds` or `WitnessFailed`, within
        seconds.
        """


class AuthorityFailed(Exception):
    """There is no timestamp. `code` is stable; the message is ours, and safe to log."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class TimestampAuthority(Protocol):
    """An authority for timestamps (tijdstempels, RFC 3161), and whom we believe as such."""

    async def stamp(self, data: bytes) -> tuple[bytes, Instant]:
        """A token over `data`, verified, and the time that it states; raises `AuthorityFailed`."""
