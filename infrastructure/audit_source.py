"""What an audit on the operator's own machine has at hand: the ledger, its log, the log's key."""

from dataclasses import dataclass
from pathlib import Path

from psycopg import OperationalError

from infrastructure.audit_processes import AuditProcesses
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.existing_ledger import existing_ledger
from infrastructure.refusals import Unusable

_KEY = "log.key"
_SIGNED = "log.signed"


@dataclass(frozen=True, kw_only=True)
class AuditSource:
    """`key` is the log's public key as a vkey, `memory` what its signer remembers to have signed.

    Both are None where this machine does not have the folder of keys.
    """

    rows: AuditProcesses
    origin: str
    key: str | None
    memory: bytes | None


async def opened_source(dsn: str, log: Path, keys: Path) -> AuditSource:
    """Reads, and makes nothing. Raises `Unusable`: no ledger, or a key that is not its log's."""
    try:
        existing = await existing_ledger(dsn)
    except OperationalError as error:
        why = f"does not let the service in: {str(error).strip().splitlines()[-1]}"
        cure = "See whether PostgreSQL runs, and whether kringboek migrate made the ledger"
        raise Unusable("ledger-unreachable", "the ledger's database", why, cure) from error
    if existing is None:
        why, cure = "holds no ledger", "Run: kringboek migrate"
        raise Unusable("ledger-missing", "the database", why, cure)
    key = None
    if (keys / _KEY).exists() and (keys / _SIGNED).exists():
        key = str(CheckpointSigner.open(keys, existing.origin).key)
    memory = (keys / _SIGNED).read_bytes() if (keys / _SIGNED).exists() else None
    return AuditSource(
        rows=AuditProcesses(dsn, log), origin=existing.origin, key=key, memory=memory
    )
