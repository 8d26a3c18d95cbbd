"""Receipts and proofs that the auditor kept."""

from datetime import UTC, datetime

from verifier.checkpoints import compare
from verifier.entries import ENTRY
from verifier.findings import Malformed
from verifier.notes import open_note
from verifier.signed import ProofFile, Receipt
from verifier.sizes import WIDTH
from verifier.tiles import read_bundle
from verifier.tree import verify_inclusion
from verifier.trust import open_checkpoint, told_signatures
from verifier.whole_log import WholeLog

PUBLISHED_WITHIN = 60
"""Seconds after which an event of a receipt must be under a checkpoint (the promise is 5)."""


def check_receipt(log: WholeLog, path: str, data: bytes) -> None:
    try:
        opened = open_note(data, log.trusted.logs)
        receipt = Receipt.parse(opened.text)
    except Malformed as malformed:
        log.report.tell("bad-receipt", path=path, why=str(malformed))
        return
    if not told_signatures(opened, data, path, log.trusted, log.report, quiet=True):
        return
    position = receipt.index + 1
    if receipt.origin != log.checkpoint.origin:
        log.tell_other_log(path, receipt.origin)
    elif receipt.index >= log.size:
        _tell_beyond(log, path, receipt)
    elif log.leaf(receipt.index) != receipt.leaf:
        other = _position_of(log, receipt.leaf)
        says = "dropped-after-receipt" if other is None else "reordered.receipt"
        log.report.tell(says, path=path, position=position, other=other)
    elif (held := _recorded_at(log, receipt.index)) not in (None, receipt.recorded_at):
        log.report.tell(
            "bad-receipt.time",
            path=path,
            position=position,
            said=receipt.recorded_at,
            held=held,
        )
    else:
        log.report.check("receipt", path=path, position=position)


def _tell_beyond(log: WholeLog, path: str, receipt: Receipt) -> None:
    moment = datetime.fromisoformat(receipt.recorded_at)
    young = (datetime.now(UTC) - moment).total_seconds() < PUBLISHED_WITHIN
    later = receipt.recorded_at.encode() < log.passed.moment
    position = receipt.index + 1
    if young and not later:
        log.report.tell("not-yet-published", path=path, position=position, is_note=True)
    else:
        log.report.tell(
            "dropped-after-receipt.end", path=path, position=position,
            moment=receipt.recorded_at, size=log.size,
        )  # fmt: skip


def _position_of(log: WholeLog, leaf: bytes) -> int | None:
    """The position at which a leaf stands, wherever."""
    for tile in range(-(-log.size // WIDTH)):
        leaves = log.leaves(tile)
        if leaf in leaves:
            return tile * WIDTH + leaves.index(leaf) + 1
    return None


def _recorded_at(log: WholeLog, index: int) -> str | None:
    tile = index // WIDTH
    _, entries, _ = read_bundle(log.source, tile, min(WIDTH, log.size - tile * WIDTH))
    at = index % WIDTH
    found = ENTRY.fullmatch(entries[at]) if entries and at < len(entries) else None
    return None if found is None else found[4].decode()


def check_proof(log: WholeLog, path: str, data: bytes) -> None:
    try:
        proof = ProofFile.parse(data)
    except Malformed as malformed:
        log.report.tell("bad-proof", path=path, why=str(malformed))
        return
    found = open_checkpoint(proof.checkpoint, path, log.trusted, log.report)
    if found is None:
        return
    kept, opened = found
    position = proof.index + 1
    before = len(log.report.findings)
    compare(log, (path, kept))
    agrees = len(log.report.findings) == before
    if kept.origin != log.checkpoint.origin or proof.index >= log.size:
        return
    policy = log.trusted.policy
    if policy is not None and not policy.met(opened.verified):
        log.report.tell(
            "quorum-not-met.proof",
            path=path,
            quorum=policy.name,
            is_note=log.given.policy is None,
        )
    if verify_inclusion(log.leaf(proof.index), proof.index, kept.size, proof.hashes, kept.root):
        log.report.check("proof", path=path, position=position)
    elif agrees:
        log.report.tell("bad-proof.path", path=path, position=position)
    else:
        log.report.tell("changed-entry.proof", path=path, position=position)
