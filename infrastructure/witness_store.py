"""What a witness remembers, as files: for each log the checkpoint that it cosigned last.

    logs/<sha-256 of the origin>              that checkpoint, as the log signed it
    logs/<sha-256 of the origin>.lock         held while it is read, compared and replaced
    evidence/<sha-256 of the origin>/<sha-256> checkpoints that contradict it

Plain files and no database: what a witness answers for is one short text, which its people can read,
compare and copy with the tools they have, and a file that is renamed into place is whole after any
crash. The lock is one of the system (flock): it ends with the process that held it, also when that
was killed, and holds between threads and processes of one machine. It does not hold on network file
systems; two machines must not share this folder.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

_MOST_EVIDENCE = 16
"""Contradicting checkpoints kept of one log: two prove it, and a thief may not fill the disk."""


class WitnessStore:
    """The memory of one witness, in `folder`; several processes on one machine may share it."""

    def __init__(self, folder: Path) -> None:
        self._logs = folder / "logs"
        self._evidence = folder / "evidence"
        for each in (self._logs, self._evidence):
            _make(each)

    @contextmanager
    def held(self, origin: str) -> Iterator["_Held"]:
        """As `application.transparency.witnessing.Memory` promises."""
        name = _name(origin)
        lock = os.open(self._logs / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield _Held(self._logs / name, self._evidence / name)
        finally:
            os.close(lock)  # and with it the lock

    def evidence(self, origin: str) -> int:
        """As `application.transparency.witnessing.Memory` promises."""
        return len(_files(self._evidence / _name(origin)))


class _Held:
    def __init__(self, path: Path, evidence: Path) -> None:
        self._path = path
        self._evidence = evidence

    @property
    def note(self) -> bytes | None:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None

    def remember(self, note: bytes) -> None:
        write_whole(self._path, note)

    def keep_evidence(self, note: bytes) -> None:
        _make(self._evidence)
        path = self._evidence / sha256(note).hexdigest()
        if not path.exists() and len(_files(self._evidence)) < _MOST_EVIDENCE:
            write_whole(path, note)


def write_whole(path: Path, data: bytes) -> None:
    """`path` now holds `data`, on disk; a crash leaves it as it was, or so, and nothing between.

    Only one writes at a time, so what a crash leaves of the new file is overwritten by the next.
    """
    new = path.with_name(f"{path.name}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync_folder(path.parent)


def _make(folder: Path) -> None:
    """The folder and those above it, on disk with their names: a memory in a lost folder is lost."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """What was renamed or made in `folder` is on disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name(origin: str) -> str:
    return sha256(origin.encode()).hexdigest()


def _files(folder: Path) -> list[Path]:
    return [each for each in folder.glob("*") if each.suffix != ".new"]
