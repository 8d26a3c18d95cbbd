"""The entry of an event, format 1: the bytes to which the transparency log commits.

RFC 8785 canonical JSON with exactly these keys, in this order (which is the canonical one):

    actor             pseudonym (UUID) of whoever gave the command
    aggregate         the stream's id (UUID)
    aggregateVersion  the event's place in its stream, from 1
    body              SHA-256 of salt || stored body
    command           the command's id (UUID)
    event             the stable name, such as circle.member-joined
    eventVersion      the version of that name's form, from 1
    policy            SHA-256 of the access policy's text in force
    recordedAt        UTC, six digits, Z
    schemaVersion     1

An entry is safe to publish: it holds no word of the body, and the 32 random bytes of salt keep a
small body (a vote) from being guessed. Hashes are lower-case hexadecimal, as `sha256sum` prints
them. The position is not in the entry; it is the entry's place in the log. Why each of these is
so: docs/decisions/0004-entry-format.md.

All but `recordedAt` is known before the ledger's lock is taken, so the writer prepares the two
halves around it and the database puts them together. No value here needs escaping in JSON.
"""

import hashlib
from datetime import UTC
from uuid import UUID

from domain.terms import Instant

FORMAT = 1
LONGEST_ENTRY = 65_535
"""Bytes: what the format of entry bundles (tlog-tiles) can say. Ours are far shorter."""
SALT_LENGTH = 32
TAIL = f'","schemaVersion":{FORMAT}}}'.encode()
"""What comes after the moment in every entry."""


def entry_head(
    *,
    stream: UUID,
    version: int,
    name: str,
    name_version: int,
    command: UUID,
    actor: UUID,
    policy: bytes,
    body_hash: bytes,
) -> bytes:
    """What comes before the moment."""
    return (
        f'{{"actor":"{actor}","aggregate":"{stream}","aggregateVersion":{version},'
        f'"body":"{body_hash.hex()}","command":"{command}","event":"{name}",'
        f'"eventVersion":{name_version},"policy":"{policy.hex()}","recordedAt":"'
    ).encode()


def body_hash(salt: bytes, body: bytes) -> bytes:
    """The salted hash of a stored body."""
    return hashlib.sha256(salt + body).digest()


def entry_bytes(
    *,
    stream: UUID,
    version: int,
    name: str,
    name_version: int,
    body: bytes,
    salt: bytes,
    recorded_at: Instant,
    command: UUID,
    actor: UUID,
    policy: bytes,
) -> bytes:
    """The whole entry of an event, as the database makes it. `recorded_at` is aware."""
    head = entry_head(
        stream=stream,
        version=version,
        name=name,
        name_version=name_version,
        command=command,
        actor=actor,
        policy=policy,
        body_hash=body_hash(salt, body),
    )
    return entry_of(head, recorded_at)


def entry_of(head: bytes, recorded_at: Instant) -> bytes:
    """The whole entry, from what comes before the moment. `recorded_at` is aware."""
    moment = recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    return head + moment.replace("+00:00", "Z").encode() + TAIL
