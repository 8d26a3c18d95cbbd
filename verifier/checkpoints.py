"""Checkpoints of earlier, of the source and of the auditor."""

from collections.abc import Sequence

from verifier.files import PUBLISHED
from verifier.findings import Malformed
from verifier.notes import note_parts
from verifier.signed import Checkpoint
from verifier.sizes import LARGEST_NOTE
from verifier.tiles import edge_root
from verifier.trust import open_checkpoint, optional
from verifier.whole_log import WholeLog


def check_published(log: WholeLog, names: Sequence[str]) -> None:
    sizes = sorted(int(each[1]) for name in names if (each := PUBLISHED.fullmatch(name)))
    agreed, off, newer = 0, [], []
    for size in sizes:
        path = f"checkpoints/{size}"
        found = _open_published(log, path, size)
        if found is None:
            continue
        if size > log.size:
            newer.append(found)
        elif log.agrees(found, is_kept=False):
            agreed += 1
        elif size == log.size and found.root != log.checkpoint.root:
            log.report.tell("forked", path=path, size=size)
        else:
            off.append(size)
    if off and log.good is not None:
        first, until = log.narrowed(off[0], only_kept=False)
        log.report.tell(
            "re-signed.source", position=first, until=until, path=f"checkpoints/{off[0]}",
            count=len(off), kept=off[0],
        )  # fmt: skip
    if newer and not _has_grown(log, newer[-1].size):
        path, kept = f"checkpoints/{newer[-1].size}", newer[-1]
        stale = edge_root(log.source, kept.size) == kept.root
        says = "stale-checkpoint" if stale else "shrunk"
        log.report.tell(says, path=path, size=log.size, kept=kept.size, is_note=stale)
    if "witnessed" in names:
        found = _open_published(log, "witnessed", None)
        if found is not None and (found.size <= log.size or not _has_grown(log, found.size)):
            compare(log, ("witnessed", found), is_kept=False)
    if agreed:
        log.report.check("published", count=agreed)


def _open_published(log: WholeLog, path: str, size: int | None) -> Checkpoint | None:
    try:
        data = log.source.read(path, LARGEST_NOTE)
    except Malformed as malformed:
        log.report.tell("bad-checkpoint", path=path, why=str(malformed))
        return None
    if data is None:
        return None
    found = open_checkpoint(data, path, log.trusted, log.report, quiet=True)
    if found is None:
        return None
    if size is not None and found[0].size != size:
        log.report.tell("bad-checkpoint.name", path=path, size=found[0].size)
        return None
    if found[0].origin != log.checkpoint.origin:
        log.tell_other_log(path, found[0].origin)
        return None
    return found[0]


def _has_grown(log: WholeLog, size: int) -> bool:
    """Whether the log went on while it was read: then it is not smaller than it was."""
    data = optional(log.source, "checkpoint")
    try:
        return data is not None and Checkpoint.parse(note_parts(data)[0]).size >= size
    except Malformed:
        return False


def check_kept(log: WholeLog) -> None:
    """Those of the auditor: from small to large, so that each narrows down the next."""
    opened = []
    for path, data in log.given.checkpoints:
        found = open_checkpoint(data, path, log.trusted, log.report)
        if found is not None:
            opened.append((path, found[0]))
    for each in sorted(opened, key=lambda each: each[1].size):
        compare(log, each)


def compare(log: WholeLog, told: tuple[str, Checkpoint], *, is_kept: bool = True) -> None:
    path, kept = told
    if kept.origin != log.checkpoint.origin:
        log.tell_other_log(path, kept.origin)
    elif kept.size > log.size:
        log.report.tell(
            "shrunk", path=path, position=log.size + 1, until=kept.size,
            size=log.size, kept=kept.size,
        )  # fmt: skip
    elif log.agrees(kept, is_kept=is_kept):
        log.report.check("kept", path=path, size=kept.size)
    elif kept.size == log.size and kept.root != log.checkpoint.root:
        log.report.tell("forked", path=path, size=kept.size)
    elif log.good is not None:
        first, until = log.narrowed(kept.size, only_kept=True)
        log.report.tell("re-signed", path=path, position=first, until=until, kept=kept.size)
