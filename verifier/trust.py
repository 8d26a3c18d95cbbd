"""What the auditor brings, and whose signatures count."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography import x509

from verifier.findings import Malformed, Report, Unusable
from verifier.notes import COSIGNATURE, Key, Opened, open_note
from verifier.policy import Policy
from verifier.signed import Checkpoint
from verifier.sizes import LARGEST_NOTE
from verifier.sources import Source


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the auditor brings. Texts are (name, bytes)."""

    keys: tuple[Key, ...] = ()
    policy: Policy | None = None
    checkpoints: tuple[tuple[str, bytes], ...] = ()
    receipts: tuple[tuple[str, bytes], ...] = ()
    proofs: tuple[tuple[str, bytes], ...] = ()
    authorities: tuple[x509.Certificate, ...] = ()
    workers: int = 1
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Whose signatures count, and where that was learnt."""

    logs: tuple[Key, ...]
    others: tuple[Key, ...]
    """Keys of the source that were not given: they say who signed, and count for nothing."""
    policy: Policy | None

    @property
    def keys(self) -> tuple[Key, ...]:
        witnesses = () if self.policy is None else tuple(self.policy.witnesses.values())
        return (*self.logs, *witnesses)


def trust(source: Source, given: Given, report: Report) -> Trust:
    """The keys and the policy: those that were given, else those of the source, saying so."""
    policy = given.policy
    if policy is None:
        data = None if source.is_service else optional(source, "policy")
        if data is not None:
            try:
                policy = Policy.parse(data)
                report.leave("own-policy")
            except Malformed as malformed:
                report.tell("bad-export", path="policy", why=str(malformed))
        else:
            report.leave("no-policy")
    logs = given.keys or (given.policy.logs if given.policy is not None else ())
    found = _keys_of(source, report)
    if not logs and found:
        report.leave("self-vouched")
        return Trust(logs=found, others=(), policy=policy)
    return Trust(logs=logs, others=tuple(each for each in found if each not in logs), policy=policy)


def _keys_of(source: Source, report: Report) -> tuple[Key, ...]:
    if source.is_service:
        return _keys_of_service(source)
    keys = []
    for line in (optional(source, "keys") or b"").decode("utf-8", "replace").splitlines():
        try:
            key = Key.parse(line)
        except Malformed as malformed:
            report.tell("bad-export", path="keys", why=str(malformed))
            continue
        if key.kind != COSIGNATURE:
            keys.append(key)
    return tuple(keys)


def _keys_of_service(source: Source) -> tuple[Key, ...]:
    """The keys with which the service says that its log signed."""
    keys = []
    for text in log_says(source).get("keys") or ():
        try:
            key = Key.parse(str(text))
        except Malformed:
            continue
        if key.kind != COSIGNATURE:
            keys.append(key)
    return tuple(dict.fromkeys(keys))


def log_says(source: Source) -> Mapping[str, Any]:
    """What the service tells of its log; nothing, where it is another kind of server."""
    try:
        told = json.loads(optional(source, "v1/log") or b"null")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def optional(source: Source, path: str) -> bytes | None:
    """A file that may be away, or that another kind of server does not have."""
    try:
        return source.read(path, LARGEST_NOTE)
    except (Malformed, Unusable):
        return None


def open_checkpoint(
    data: bytes, path: str, trusted: Trust, report: Report, *, quiet: bool = False
) -> tuple[Checkpoint, Opened] | None:
    """Open one, and tell what is wrong with its signatures. None: nothing that the log signed."""
    try:
        opened = open_note(data, trusted.keys)
        checkpoint = Checkpoint.parse(opened.text)
    except Malformed as malformed:
        report.tell("bad-checkpoint", path=path, why=str(malformed))
        return None
    signed = told_signatures(opened, data, path, trusted, report, quiet=quiet)
    return (checkpoint, opened) if signed else None


def told_signatures(
    opened: Opened, data: bytes, path: str, trusted: Trust, report: Report, *, quiet: bool
) -> bool:
    """Whether the log signed it; tells of every signature that is false or unknown."""
    for key in opened.false:
        report.tell("bad-signature", path=path, name=key.name)
    for key in () if quiet else opened.unsupported:
        report.tell("unsupported-key", path=path, name=key.name, is_note=True)
    if any(key in opened.verified for key in trusted.logs):
        for name in () if quiet else opened.unknown:
            report.tell("unknown-key", path=path, name=name, is_note=True)
        return True
    if not trusted.logs:
        report.tell("no-key", path=path)
    elif not any(key in opened.false for key in trusted.logs):
        mine = {key.name for key in trusted.logs}
        by = [key for key in open_note(data, trusted.others).verified if key.name in mine]
        if by:
            report.tell("re-signed.key", path=path, name=by[0].name)
        names = ", ".join(dict.fromkeys(opened.unknown)) or "-"
        report.tell("bad-signature.none", path=path, names=names)
    return False
