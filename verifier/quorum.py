"""How far the witnesses have seen the log."""

from collections.abc import Iterator, Sequence

from verifier.files import PUBLISHED
from verifier.findings import Malformed
from verifier.notes import open_note
from verifier.policy import Policy
from verifier.signed import Checkpoint, ProofFile
from verifier.trust import log_says, optional
from verifier.whole_log import WholeLog


def check_policy(log: WholeLog, names: Sequence[str] | None) -> None:
    policy = log.trusted.policy
    if policy is None:
        return
    data = optional(log.source, "checkpoint") or b""
    try:
        signed = open_note(data, log.trusted.keys).verified
    except Malformed:
        return
    if policy.met(signed):
        log.report.check("quorum", quorum=policy.name)
        return
    until = _newest_witnessed(log, policy, names)
    if until:
        log.report.tell(
            "quorum-not-met.yet",
            path="checkpoint",
            quorum=policy.name,
            until=until,
            is_note=True,
        )
        log.report.leave("unwitnessed", position=until + 1, until=log.size)
        return
    who = ", ".join(key.name for key in signed if key in policy.witnesses.values()) or "-"
    log.report.tell("quorum-not-met", path="checkpoint", quorum=policy.name, who=who)


def _newest_witnessed(log: WholeLog, policy: Policy, names: Sequence[str] | None) -> int:
    """The size of the newest earlier checkpoint with a quorum that this log agrees with, or 0."""
    for size, data in _published(log, names):
        try:
            opened = open_note(data, log.trusted.keys)
            kept = Checkpoint.parse(opened.text)
        except Malformed:
            continue
        logged = any(key in opened.verified for key in log.trusted.logs)
        same = kept.origin == log.checkpoint.origin and kept.size == size
        if logged and same and policy.met(opened.verified) and log.agrees(kept, is_kept=False):
            return size
    return 0


def _published(log: WholeLog, names: Sequence[str] | None) -> Iterator[tuple[int, bytes]]:
    """Earlier checkpoints, newest first; of a service the one in a proof that it gives."""
    if names is None:
        told = log_says(log.source).get("witnessedSize")
        size = told if isinstance(told, int) and 0 < told < log.size else 0
        data = optional(log.source, f"v1/events/{size}/proof") if size else None
        try:
            if data is not None:
                yield size, ProofFile.parse(data).checkpoint
        except Malformed:
            return
        return
    sizes = sorted(int(each[1]) for name in names if (each := PUBLISHED.fullmatch(name)))
    for size in reversed(sizes):
        if 0 < size < log.size:
            data = optional(log.source, f"checkpoints/{size}")
            if data is not None:
                yield size, data
