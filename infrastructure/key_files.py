"""Secrets that this installation makes for itself, one file each, in the private folder of keys."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from infrastructure.refusals import Unusable

_FOR_OTHERS = 0o077


def secret(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """What the file `name` holds, which is made when it does not exist.

    Two processes that make it at once get the same: the file appears whole, under its name, once. A
    crash leaves either the whole file or a temporary one that is never read; what was given out
    outlives a lost machine. Raises `Unusable` when somebody else can read it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    with suppress(FileNotFoundError):
        return _read(path)
    handle, temporary = mkstemp(dir=folder, prefix=f".{name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        Path(temporary).unlink()
    _flush(folder)
    return _read(path)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(path: Path) -> bytes:
    if path.stat().st_mode & _FOR_OTHERS:
        why = "can be read by other accounts"
        raise Unusable("key-readable", str(path), why, f"chmod 600 {path}, or make a new one")
    return path.read_bytes()
