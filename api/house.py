"""The house as the doors see it: ports and use cases, wired by `compose` and by nobody else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.identity import TokenCheck
from application.access import Access
from application.desk import Clock, Desk
from application.erasure.erase import Eraser
from application.erasure.from_views import ViewedTexts
from application.erasure.opening import Opener
from application.identity import LocalIssuer
from application.ports import Vault, WholeLedger
from application.registers import ViewRegisters
from application.sealing.sealer import Sealer
from application.snapshots import Snapshots
from application.transparency.log import Log
from application.views.asking import Follower, Views
from domain.terms import Fact, PersonRef

API_VERSION = "1.0.0"
"""Of the interface under /v1, by the rules of semantic versioning; not of the program."""


@dataclass(frozen=True, kw_only=True)
class House:
    """One ledger, and everything that is done with it.

    `issuer` is there only where no other issuer was set. `request_key` tells a repeated request
    from a changed one. `names` has every name that an event can have, with its newest version; `recall`
    reads a stored body. `wake` says that
    there is news in the ledger: the follower of this process need not wait for its next look.
    """

    origin: str
    sandbox: bool
    ledger: WholeLedger
    vault: Vault
    sealer: Sealer
    views: Views
    follower: Follower
    snapshots: Snapshots
    registers: ViewRegisters
    access: Access
    desk: Desk
    clock: Clock
    tokens: TokenCheck
    issuer: LocalIssuer | None
    request_key: bytes
    names: Mapping[str, tuple[type[Fact], int]]
    recall: Callable[[str, int, bytes], Fact]
    wake: Callable[[], None]
    log: Log
    texts: ViewedTexts
    opener: Opener
    eraser: Eraser

    operator: PersonRef
    """Who records what the operator does at the terminal."""

    @property
    def sample_auditor(self) -> PersonRef | None:
        """In a sandbox with an issuer of its own: the auditor as whom anybody may look around."""
        return self.issuer.local_person("auditor") if self.sandbox and self.issuer else None
