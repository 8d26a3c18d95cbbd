"""The checkpoints that were given out: the published one, the earlier ones, and what was kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from application.auditing.findings import Finding, Told
from application.auditing.log_files import (
    WIDTH,
    BadCheckpoint,
    Checkpoint,
    Key,
    Receipt,
    checkpoint_in,
    receipt_in,
    signed_text,
    unsigned,
)
from application.auditing.reading import LogFiles

CHECKPOINT = "checkpoint"
MEMORY = "log.signed"
_EARLIER = "checkpoints"
_WITNESSED = "witnessed"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A checkpoint that lies somewhere else than under its published name."""

    path: str
    checkpoint: Checkpoint
    signed: bool


@dataclass(kw_only=True)
class Published:
    """`checkpoint` is the newest; None where nothing was published, or nothing that can be read."""

    checkpoint: Checkpoint | None = None
    path: str = CHECKPOINT
    kept: list[Kept] = field(default_factory=list)
    receipts: list[tuple[str, Receipt]] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    @property
    def size(self) -> int:
        return 0 if self.checkpoint is None else self.checkpoint.size

    @property
    def edges(self) -> frozenset[int]:
        """The tiles of which the leaves are needed.

        They are for the newest checkpoint, for those that lie ahead of it, and for receipts.
        """
        sizes = {self.size, *(each.checkpoint.size for each in self.kept)}
        tiles = {each // WIDTH for each in sizes if each >= self.size and each % WIDTH}
        return frozenset(tiles | {each.index // WIDTH for _, each in self.receipts})


def published(
    files: LogFiles,
    *,
    key: Key | None,
    origin: str,
    memory: bytes | None = None,
    outside: Iterable[tuple[str, bytes]] = (),
) -> Published:
    """What the log's folder says was published.

    `key` is the log's public key; without it signatures are not looked at. `memory` is what the
    signer remembers to have signed; `outside` are checkpoints and receipts that somebody kept, by name. A
    published checkpoint that cannot be believed is told, and the newest other one takes its place.
    """
    log = Published()
    for name in files.names(_EARLIER):
        path = f"{_EARLIER}/{name}"
        earlier = files.read(path)
        if earlier is None:  # old ones go, each hour, while the log grows
            continue
        _keep(log, path, earlier, key, origin)
        if log.kept and log.kept[-1].path == path and str(log.kept[-1].checkpoint.size) != name:
            why = f"is the checkpoint of {log.kept[-1].checkpoint.size} events"
            log.told.tell(Finding(code="bad-checkpoint", path=path, why=why))
    witnessed = files.read(_WITNESSED)
    if witnessed is not None:
        _keep(log, _WITNESSED, witnessed, key, origin)
    if memory is not None:
        _remember(log, memory, origin)
    for name, text in outside:
        _keep(log, name, text, key, origin)
    note = files.read(CHECKPOINT)  # Last: while the log grows it is the newest of all.
    newest = None if note is None else _read(log, CHECKPOINT, note, key, origin)
    if newest is None:
        _take_newest_kept(log, missing=note is None)
    else:
        log.checkpoint = newest.checkpoint
    return log


def _remember(log: Published, memory: bytes, origin: str) -> None:
    try:
        signed = unsigned(memory, origin)
    except BadCheckpoint as bad:
        why = f"{bad}. Put back what the signer remembers from a backup of the keys"
        log.told.tell(Finding(code=bad.code, path=MEMORY, why=why))
    else:
        log.kept.append(Kept(path=MEMORY, checkpoint=signed, signed=True))


def _keep(log: Published, path: str, note: bytes, key: Key | None, origin: str) -> None:
    kept = _read(log, path, note, key, origin)
    if kept is not None:
        log.kept.append(kept)


def _read(log: Published, path: str, note: bytes, key: Key | None, origin: str) -> Kept | None:
    try:
        text = signed_text(note, key)
        receipt = receipt_in(text)
        said = checkpoint_in(text) if receipt is None else receipt
    except BadCheckpoint as bad:
        why = f"{bad}. Put the file back from a copy of the log"
        log.told.tell(Finding(code=bad.code, path=path, why=why))
        return None
    if said.origin != origin:
        why = f"is of the log {said.origin}, and this ledger is {origin}"
        log.told.tell(Finding(code="other-log", path=path, why=why))
        return None
    if isinstance(said, Receipt):
        log.receipts.append((path, said))
        return None
    return Kept(path=path, checkpoint=said, signed=key is not None)


def _take_newest_kept(log: Published, *, missing: bool) -> None:
    if not log.kept:
        return
    newest = max(log.kept, key=lambda each: each.checkpoint.size)
    if newest.checkpoint.size == 0:
        return
    log.checkpoint, log.path = newest.checkpoint, newest.path
    if missing:
        why = f"is not there, and {newest.path} is. Put the file back from a copy of the log"
        log.told.tell(Finding(code="bad-checkpoint", path=CHECKPOINT, why=why))
