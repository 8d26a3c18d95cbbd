"""The folder of the transparency log: tiles, bundles and checkpoints, as they are served.

Every file appears whole under its name or not at all: it is written beside (`.new/`), flushed to
disk, renamed, and the folder that holds the name is flushed too. When `write` or `publish` returns,
what it wrote outlives a lost machine. A kill leaves whole files and at most a temporary one, which
`tidy` removes.

Any number of processes may share the folder. Tiles are the same whoever writes them; what changes
(`checkpoint`, its signatures) changes under a lock of the file system. Everything here blocks, for
about a millisecond per file on a good disk: call it from a thread.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from application.transparency.note import Note
from application.transparency.ports import LogRefused, Refusal
from application.transparency.published_tiles import is_published
from application.transparency.strict import FormatError
from application.transparency.tiles import FULL, Place, TileError
from application.transparency.timestamping import token_path

_CHECKPOINT = "checkpoint"
_HISTORY = "checkpoints"
_WITNESSED = "witnessed"
_KEYS = "keys"
_REFUSED = "refused"
_LOCK = ".lock"
_PUBLISHING = ".publishing"
_NEW = ".new"
_THINNED = ".thinned"
_HOUR = 3600.0
_FORGOTTEN_AFTER = _HOUR
"""Seconds after which a temporary file belongs to nobody who still lives."""
_ALL_OF_THEM = 24 * _HOUR
"""Seconds for which every checkpoint that was published is kept."""
_FOR_EVERYBODY = 0o644
"""The log is public: another account may serve its files."""


class TileFolder:
    """One log. The folder is made when something is first written to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # ------------------------------------------------------------------------------- reading

    def checkpoint(self) -> bytes | None:
        """The newest checkpoint that was published, as a note; None when there is none."""
        return self._read(_CHECKPOINT)

    def checkpoint_of(self, size: int) -> bytes | None:
        """The published checkpoint of that size, with its signatures as last known."""
        return self._read(f"{_HISTORY}/{size}")

    def witnessed(self) -> bytes | None:
        """The largest checkpoint whose quorum of witnesses was seen, as it was then."""
        return self._read(_WITNESSED)

    def read(self, path: str) -> bytes | None:
        """What lies at a tile's path, such as `tile/0/x001/234.p/7`; None when nothing does."""
        return self._read(path)

    def sizes(self) -> list[int]:
        """Every size of which a checkpoint was published, from small to large."""
        found = _entries(self.folder / _HISTORY)
        return sorted(int(each.name) for each in found if each.name.isdecimal())

    def published_at(self) -> float | None:
        """When the newest checkpoint was published, in seconds since 1970."""
        try:
            return (self.folder / _CHECKPOINT).stat().st_mtime
        except (FileNotFoundError, NotADirectoryError):
            return None

    def refusal(self) -> Refusal | None:
        """Why whoever leads the log lets it stand still, if it does."""
        said = self._read(_REFUSED)
        try:
            return None if said is None else Refusal(**json.loads(said))
        except (ValueError, TypeError):  # of a newer version, or spoiled: it was a refusal
            why, cure = "why cannot be read here", "See the lines of the process that publishes"
            return Refusal(code="log.refused", why=why, cure=cure, since=time.time())

    # ------------------------------------------------------------------------------- writing

    def write(self, files: Mapping[str, bytes]) -> None:
        """Store tiles and bundles durably. What lies there with the same bytes is left alone."""
        changed = {path: data for path, data in files.items() if self._read(path) != data}
        folders = {self._store(path, data) for path, data in changed.items()}
        for each in folders:
            _flush(each)

    def forget_strays(self, tile: str, published: int, width: int) -> None:
        """Remove what lies at `tile` and no checkpoint ever had, before `width` of it is signed.

        That is what is wider than the `published` one, and not `width` wide: an integrator that was
        killed before it signed left it.
        """
        if width < FULL:
            (self.folder / tile).unlink(missing_ok=True)
        folder = self.folder / f"{tile}.p"
        with suppress(FileNotFoundError):
            for each in folder.iterdir():
                if each.name.isdecimal() and published < int(each.name) != width:
                    each.unlink(missing_ok=True)

    def publish(self, size: int, note: bytes) -> bool:
        """Make `note` the newest checkpoint, durably; False when one as large is there already.

        Raises `LogRefused` when another tree of that size was published before.
        """
        with self._locked():
            known = self._read(f"{_HISTORY}/{size}")
            if known is not None and _text(known) != _text(note):
                raise LogRefused(
                    "log.published-differs",
                    f"a checkpoint of {size} events with another root lies in the log's folder",
                    f"Compare {self.folder / _HISTORY / str(size)} with what witnesses and auditors"
                    " keep, and restore the database that it was made of",
                )
            newest = self._read(_CHECKPOINT)
            if newest is not None and _size(newest) >= size:
                return False
            signed = note if known is None else _both(known, note)
            if signed != known:
                _flush(self._store(f"{_HISTORY}/{size}", signed))
            _flush(self._store(_CHECKPOINT, signed))
            return True

    def amend(self, size: int, change: Callable[[bytes], bytes]) -> bool:
        """Replace the signatures of the published checkpoint of `size`; False when it is not there.

        `change` gets the note as it is and gives it with more signatures; it is called under the
        folder's lock, so that nobody's signatures get lost. Raises ValueError when it changes what
        was signed.
        """
        with self._locked():
            old = self._read(f"{_HISTORY}/{size}")
            if old is None:
                return False
            new = change(old)
            if _text(new) != _text(old):
                raise ValueError("signatures may be added to a checkpoint; its text stays")
            if new != old:
                _flush(self._store(f"{_HISTORY}/{size}", new))
            newest = self._read(_CHECKPOINT)
            if newest is not None and newest != new and _text(newest) == _text(new):
                published = (self.folder / _CHECKPOINT).stat()
                _flush(self._store(_CHECKPOINT, new, moment=published.st_mtime_ns))
            return True

    def keep_witnessed(self, size: int, note: bytes) -> bool:
        """Keep a checkpoint that has its quorum, durably; False when one as good is kept already.

        A larger one is better, and of one size that with more signatures: by another policy it may
        be those that make the quorum.
        """
        with self._locked():
            kept = self.witnessed()
            if kept is not None and (_size(kept), _signatures(kept)) >= (size, _signatures(note)):
                return False
            _flush(self._store(_WITNESSED, note))
            return True

    def note_key(self, vkey: str) -> None:
        """Have `vkey` among the keys with which this log signs: those of before stay listed."""
        with self._locked():
            known = (self._read(_KEYS) or b"").decode()
            if vkey not in known.splitlines():
                _flush(self._store(_KEYS, f"{known}{vkey}\n".encode()))

    def refuse(self, refusal: Refusal | None) -> None:
        """Say for all who share the folder that the log stands still, or that it goes on."""
        if refusal is None:
            (self.folder / _REFUSED).unlink(missing_ok=True)
        else:
            self._store(_REFUSED, json.dumps(refusal.plain()).encode())

    def forget(self, path: str) -> None:
        """Remove what lies at a path, durably, if anything does."""
        with suppress(FileNotFoundError, NotADirectoryError):
            (self.folder / path).unlink()
            _flush((self.folder / path).parent)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody else is in such a block, in any process; nobody waits for it."""
        self._make(self.folder)
        with (self.folder / _PUBLISHING).open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                free = False
            else:
                free = True
            yield free

    # ------------------------------------------------------------------------------ tidying up

    def forget_partials(self, tile: str) -> None:
        """Remove the partial tiles of `tile`, once the full one is there: its bytes begin with them."""
        if (self.folder / tile).is_file():
            shutil.rmtree(self.folder / f"{tile}.p", ignore_errors=True)

    def tidy(self, size: int) -> None:
        """Remove what a kill left behind: temporary files, and partial tiles of full ones.

        Of those only what is published, under `size` leaves: beyond it a full one may be a stray.
        """
        for each in _entries(self.folder / _NEW):
            with suppress(FileNotFoundError):
                if time.time() - each.stat().st_mtime > _FORGOTTEN_AFTER:
                    Path(each).unlink()
        for partials in list((self.folder / "tile").rglob("*.p")):
            tile = partials.with_suffix("").relative_to(self.folder).as_posix()
            with suppress(TileError):
                if is_published(Place.parse(tile), size):
                    self.forget_partials(tile)
        self.thin_out(time.time())

    def thin_out(self, now: float) -> None:
        """Of the checkpoints of before yesterday keep what somebody may ask for by its signatures.

        That is the last of every hour, the last of every hour that others signed too, and all that
        have a timestamp. Roots and proofs at any size come from the tiles, and need none of these.
        What lay here when this was done for the first time stays whole: when those of an import
        were published cannot be told from their files.
        """
        if not (self.folder / _HISTORY).is_dir():
            return
        with self._locked():
            this_very_folder = (self.folder / _HISTORY).stat().st_ino
            sizes = self.sizes()
            begin = self._thinned(this_very_folder)
            if begin is None:
                done = max(sizes, default=0)
            else:
                done = self._thin_out([each for each in sizes if each > begin], now) or begin
            if done != begin:
                self._store(_THINNED, f"{done} {this_very_folder}\n".encode())

    def _thinned(self, folder: int) -> int | None:
        """Up to which size it was done; None where it was of another folder, or never."""
        try:
            size, of = map(int, (self._read(_THINNED) or b"").split())
        except ValueError:
            return None
        return size if of == folder else None

    def _thin_out(self, sizes: Sequence[int], now: float) -> int | None:
        """The last of `sizes` that is old enough; whole hours only, as each keeps its last."""
        until = (now - _ALL_OF_THEM) // _HOUR
        kept: dict[tuple[float, bool], int] = {}
        old = []
        for size in sizes:
            path = self.folder / _HISTORY / str(size)
            hour = path.stat().st_mtime // _HOUR
            if hour >= until:
                break
            old.append(size)
            kept[hour, False] = size
            if _signatures(path.read_bytes()) > 1:
                kept[hour, True] = size
        for size in set(old) - set(kept.values()):
            if not (self.folder / token_path(size)).exists():
                (self.folder / _HISTORY / str(size)).unlink()
        return max(old, default=None)

    # --------------------------------------------------------------------------- under the hood

    def _read(self, path: str) -> bytes | None:
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def _store(self, path: str, data: bytes, *, moment: int | None = None) -> Path:
        """A whole file under its name. The folder that comes back is yet to be flushed."""
        target = self.folder / path
        self._make(target.parent)
        self._make(self.folder / _NEW)
        handle, temporary = mkstemp(dir=self.folder / _NEW)
        try:
            with os.fdopen(handle, "wb") as file:
                os.fchmod(handle, _FOR_EVERYBODY)
                file.write(data)
                file.flush()
                if moment is not None:
                    os.utime(handle, ns=(moment, moment))
                os.fsync(handle)
            Path(temporary).rename(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return target.parent

    def _make(self, folder: Path) -> None:
        """The folder, and those above it, with their names on disk."""
        if folder.is_dir():
            return
        if folder != self.folder:
            self._make(folder.parent)
        folder.mkdir(mode=0o755, parents=folder == self.folder, exist_ok=True)
        _flush(folder.parent)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._make(self.folder)
        with (self.folder / _LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _text(note: bytes) -> bytes:
    """What is signed of a note."""
    return note.partition(b"\n\n")[0]


def _both(known: bytes, note: bytes) -> bytes:
    """One text with the signatures of both; `note` alone where the other is spoiled."""
    try:
        return Note.parse(known).with_signatures(Note.parse(note).signatures).encode()
    except FormatError:
        return note


def _size(note: bytes) -> int:
    """The size that a checkpoint says; 0 for what is no checkpoint, so that it can be replaced."""
    lines = note.split(b"\n", 2)
    return int(lines[1]) if len(lines) > 1 and lines[1].isdigit() else 0


def _signatures(note: bytes) -> int:
    return note.rpartition(b"\n\n")[2].count(b"\n")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
