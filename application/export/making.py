"""What an export is made of, for whom, and what it met with."""

from dataclasses import dataclass, field
from uuid import UUID

from application.ports import WholeLedger
from application.transparency.ports import PublishedLog
from domain.terms import Instant

MOST_NAMED = 10
"""Differing positions that are told one by one; the verifier names them all."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What an export is made of.

    `keys` are the log's public keys, one vkey in each line; `verifier` is the single-file verifier
    that comes along.
    """

    origin: str
    sandbox: bool
    ledger: WholeLedger
    log: PublishedLog
    keys: bytes
    verifier: bytes


@dataclass(frozen=True, kw_only=True)
class Made:
    """When and by whom an export is made; `by` is a word for the reader, never a name."""

    at: Instant
    by: str


@dataclass(kw_only=True)
class Tally:
    """How far an export is, and what it met with on the way."""

    position: int = 0
    withheld: int = 0
    differing: int = 0
    first_differing: list[int] = field(default_factory=list)

    def differs(self, position: int) -> None:
        self.differing += 1
        if len(self.first_differing) < MOST_NAMED:
            self.first_differing.append(position)


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose part it is; `kind` is the word of the aggregate, such as `circle`."""

    kind: str
    stream: UUID
