"""Those outside the operator whom the settings name: witnesses, and an authority for timestamps.

Both are asked about every checkpoint after it was published, each by work of its own, so that
neither waits for the other and the log waits for none.
"""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any

import structlog

from application.transparency.checkpoint import Checkpoint
from application.transparency.cosigning import Cosigning, Heard, SharedLog
from application.transparency.keys import VerifierKey
from application.transparency.policy import Log as KnownLog
from application.transparency.policy import Policy
from application.transparency.published_tiles import reading
from application.transparency.standing import Condition
from application.transparency.strict import FormatError
from application.transparency.tiles import TiledTree
from application.transparency.timestamping import Stamped, Timestamping
from domain.tree import consistency_proof_from
from infrastructure.refusals import Unusable
from infrastructure.settings import Settings
from infrastructure.timestamp_authority import HttpTimestampAuthority
from infrastructure.witness_client import HttpWitness

_WITHIN = 5.0
"""Seconds that a witness has for its answer."""
_POLICY = "KRINGBOEK_WITNESS_POLICY"
_PUBLISHED_POLICY = "policy"

_log = structlog.get_logger()


class Others:
    """Whom `settings` name for the log of `key`, whose folder is `log`; raises `Unusable`."""

    def __init__(self, settings: Settings, log: SharedLog, key: VerifierKey) -> None:
        self.policy: Policy | None = None
        self.asking: list[Cosigning | Timestamping] = []
        self._log = log
        self._tells = False
        if settings.witness_policy is not None:
            self.policy = read_policy(settings.witness_policy, key)
            self.asking.append(_cosigning(self.policy, log))
        if settings.timestamp_authority is not None:
            self.asking.append(_timestamping(settings, log))

    async def ask(self, checkpoint: Checkpoint, previous: Checkpoint | None) -> None:
        """As `application.transparency.ports.Witnesses` promises; `work` does it.

        Only who publishes asks, so the policy in the log's folder is the one by which it is done.
        """
        for each in self.asking:
            await each.ask(checkpoint, previous)
        if not self._tells:
            await asyncio.to_thread(self._tell_policy)
            self._tells = True

    def _tell_policy(self) -> None:
        if self.policy is None:
            self._log.forget(_PUBLISHED_POLICY)  # nobody gathers by it: it would seem unmet
        else:
            self._log.write({_PUBLISHED_POLICY: self.policy.encode()})

    def work(self) -> Iterator[Coroutine[Any, Any, None]]:
        """What has to run, each until it is cancelled."""
        return (each.run() for each in self.asking)


def read_policy(path: Path, key: VerifierKey) -> Policy:
    """The policy in the file; one that names no log is about the log of `key`. Raises `Unusable`."""
    cure = "Write it as docs/witness.md shows"
    try:
        policy = Policy.parse(path.read_bytes())
        if not policy.logs:
            policy = replace(policy, logs=(KnownLog(key=key),))
    except OSError as error:
        why = f"{path} cannot be read ({error.strerror})"
        raise Unusable("witness-policy", _POLICY, why, cure) from None
    except FormatError as error:
        raise Unusable("witness-policy", _POLICY, f"{path}: {error}", cure) from None
    if key not in (each.key for each in policy.logs):
        why = f"{path} names logs, and not this one, which is {key}"
        raise Unusable("witness-policy", _POLICY, why, "Put that key in a line: log <key>")
    for each in policy.witnesses:
        if each.url is not None and not each.url.startswith(("http://", "https://")):
            why = f"{path}: the address of {each.name} is not one of http or https"
            raise Unusable("witness-policy", _POLICY, why, cure)
    return policy


def _cosigning(policy: Policy, log: SharedLog) -> Cosigning:
    def prove(old: int, size: int) -> Sequence[bytes]:
        return consistency_proof_from(TiledTree(reading(log), size).subtree, old, size)

    return Cosigning(
        policy=policy,
        log=log,
        prove=prove,
        servers={
            each.name: HttpWitness(each.url, within=_WITHIN)
            for each in policy.witnesses
            if each.url is not None
        },
        clock=time,
        hear=_of_a_witness,
    )


def _timestamping(settings: Settings, log: SharedLog) -> Timestamping:
    if settings.timestamp_authority is None or settings.timestamp_ca is None:
        why = "is set without KRINGBOEK_TIMESTAMP_CA"
        cure = "Set that to a file with the certificates for which the authority is believed"
        raise Unusable("timestamp-incomplete", "KRINGBOEK_TIMESTAMP_AUTHORITY", why, cure)
    return Timestamping(
        authority=HttpTimestampAuthority(settings.timestamp_authority, settings.timestamp_ca),
        log=log,
        every=settings.timestamp_every * 60.0,
        clock=time,
        hear=_of_the_authority,
    )


def _of_a_witness(heard: Heard) -> None:
    particulars = {"witness": heard.witness, "size": heard.size}
    if heard.condition is Condition.COSIGNS:
        _log.info("witness.cosigned", **particulars)
        return
    particulars |= {"condition": heard.condition, "code": heard.code, "why": heard.why}
    if heard.condition.is_alarm:
        _log.error("witness.alarm", **particulars)
    else:
        _log.warning("witness.failed", **particulars)


def _of_the_authority(stamped: Stamped) -> None:
    if stamped.code:
        _log.warning("timestamp.failed", size=stamped.size, code=stamped.code, why=stamped.why)
    else:
        _log.info("timestamp.kept", size=stamped.size)
