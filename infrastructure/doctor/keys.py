"""Which keys the events speak of, which the vault holds, and who can read the files of keys."""

import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import LiteralString
from uuid import UUID

from psycopg import AsyncConnection

from application.doctor.observed import KeyFile, SealedKeys, VaultKey
from infrastructure.vault import fingerprint

_EPOCH = re.compile(r"vault-epoch-\d{4}\.key")
_IN_EVENTS: LiteralString = r"""
SELECT DISTINCT e.name, m[1] FROM ledger.event e,
    regexp_matches(encode(e.body, 'escape'), '"kid":"([0-9a-f-]{36})"', 'g') AS m
WHERE position('\x226b696422'::bytea IN e.body) > 0
"""
"""The bytes are those of "kid" with its quotes: most events hold none, and are passed over."""


async def sealed_keys(dsn: str) -> SealedKeys:
    """Read as text, so that an event that this build cannot read is looked at too."""
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        rows = await (await connection.execute(_IN_EVENTS)).fetchall()
    found: dict[str, set[UUID]] = {"sealing.key-created": set(), "sealing.key-destroyed": set()}
    sealing: set[UUID] = set()
    for name, kid in rows:
        found.get(name, sealing).add(UUID(kid))
    return SealedKeys(
        sealing=frozenset(sealing),
        created=frozenset(found["sealing.key-created"]),
        destroyed=frozenset(found["sealing.key-destroyed"]),
    )


async def vault_keys(dsn: str) -> Sequence[VaultKey]:
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        rows = await connection.execute(
            "SELECT kid, encode(epoch, 'hex'), destroyed_at IS NOT NULL, created_at FROM vault.key"
        )
        return [
            VaultKey(kid=kid, epoch=epoch, destroyed=destroyed, created_at=created_at)
            for kid, epoch, destroyed, created_at in await rows.fetchall()
        ]


def epochs(folder: Path) -> Sequence[str]:
    """The fingerprints of the epoch keys, whoever else can read them."""
    if not folder.exists():
        return []
    files = sorted(each for each in folder.iterdir() if _EPOCH.fullmatch(each.name))
    return [fingerprint(each.read_bytes()).hex() for each in files]


def key_files(folder: Path) -> Sequence[KeyFile]:
    """The folder and its files. A lock holds no secret."""
    if not folder.exists():
        return []
    found = [KeyFile(path=str(folder), mode=_mode(folder), wanted=0o700)]
    found += [
        KeyFile(path=str(each), mode=_mode(each), wanted=0o600)
        for each in sorted(folder.iterdir())
        if each.is_file() and each.suffix != ".lock"
    ]
    return found


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
