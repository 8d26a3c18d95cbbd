"""The log's pen: an Ed25519 key, and beside it what it signed last.

Two files in the private folder of keys. `log.key` is the private key, whose name is the log's
origin. `log.signed` is the text of the largest checkpoint that was ever signed. It is on disk
before a signature leaves, so whoever holds only the database, or restores an old backup of it,
cannot make this key sign a second history. Processes that share the folder share the memory, under
a lock of the file system.

The memory is made before the key, so a key without it has lost it. Restored from an old backup
together with database and log folder, nothing here can know what was signed since: only a witness
can.
"""

import fcntl
import os
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import Kind, SignerKey, VerifierKey
from application.transparency.note import Note, Signature
from application.transparency.ports import LogRefused, Overtaken, Prove
from application.transparency.receipt import Receipt
from application.transparency.strict import FormatError
from domain.tree import InvalidProof, empty_root, verify_consistency
from infrastructure.key_files import secret
from infrastructure.refusals import Unusable

_KEY = "log.key"
_SIGNED = "log.signed"
_LOCK = "log.lock"


class CheckpointSigner:
    """Made by `open`; safe to use from several threads and processes at once."""

    def __init__(self, folder: Path, key: SignerKey) -> None:
        self.key: VerifierKey = key.verifier
        self._folder = folder
        self._key_id = self.key.key_id
        self._private = Ed25519PrivateKey.from_private_bytes(key.seed)

    @classmethod
    def open(cls, folder: Path, origin: str) -> "CheckpointSigner":
        """The key of the log `origin`, which is made when there is none.

        Raises `Unusable`: `log-key-lost` where the memory is and the key is not, `log-key-spoiled`,
        `log-key-of-another`, and `key-readable`.
        """

        def make() -> bytes:
            _begin(folder, origin)
            return f"{SignerKey.generate(origin).private_text()}\n".encode()

        path = folder / _KEY
        try:
            key = SignerKey.parse(secret(folder, _KEY, make).decode().removesuffix("\n"))
        except (FormatError, UnicodeDecodeError) as error:
            why = f"is no private key of a log ({error})"
            raise Unusable("log-key-spoiled", str(path), why, "Restore it from a backup") from None
        if key.kind is not Kind.ED25519:
            why = f"is a key of kind {key.kind:02x}, and a log signs with kind 01"
            raise Unusable("log-key-spoiled", str(path), why, "Restore the log's own key")
        if key.name != origin:
            why = f"is the key of the log {key.name}, and this ledger is {origin}"
            cure = "Give this ledger folders of its own with KRINGBOEK_KEYS and KRINGBOEK_LOG"
            raise Unusable("log-key-of-another", str(path), why, cure)
        return cls(folder, key)

    def remembered(self) -> Checkpoint:
        """The largest tree that was ever signed; of size 0 for a new key. Raises `LogRefused`."""
        path = self._folder / _SIGNED
        try:
            found = _checkpoint(path.read_bytes())
        except FileNotFoundError:
            raise LogRefused(
                "log.memory-missing",
                f"{path}, in which the log's key remembers what it signed, is gone",
                "Restore it from a backup of the keys. Where there is none: when the published"
                " checkpoint is the largest that any witness or auditor has, copy it to that name."
                " A key that never signed may be removed; a new one is then made",
            ) from None
        except (FormatError, UnicodeDecodeError) as error:
            raise LogRefused(
                "log.memory-spoiled",
                f"{path}, in which the log's key remembers what it signed, cannot be read",
                "Restore it, as if it were gone",
            ) from error
        if found.origin != self.key.name:
            raise LogRefused(
                "log.memory-spoiled",
                f"{path} remembers a checkpoint of {found.origin}, and this log is {self.key.name}",
                "Restore it, as if it were gone",
            )
        return found

    def sign(self, checkpoint: Checkpoint, prove: Prove) -> bytes:
        """The signed note, once the checkpoint is remembered on disk.

        Raises `LogRefused` where the proof does not show that it extends what is remembered, and
        `Overtaken` where more is remembered than this. A crash after remembering costs nothing: the
        same checkpoint is signed again, with the same signature.
        """
        if checkpoint.origin != self.key.name:
            raise ValueError(f"the key of {self.key.name} signs no checkpoint of another log")
        with self._locked():
            last = self.remembered()
            if checkpoint.size < last.size:
                raise Overtaken
            if last.size:
                _require_extends(last, checkpoint, prove(last.size))
            if checkpoint != last:
                _write(self._folder / _SIGNED, checkpoint.text().encode())
            return self._signed(checkpoint.text())

    def receipt(self, receipt: Receipt) -> str:
        """A receipt as it is handed over: it promises, and remembers nothing."""
        return self._signed(receipt.text()).decode()

    def _signed(self, text: str) -> bytes:
        value = self._private.sign(text.encode())
        signature = Signature(name=self.key.name, key_id=self._key_id, value=value)
        return Note(text=text, signatures=(signature,)).encode()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / _LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _require_extends(last: Checkpoint, next_: Checkpoint, proof: Sequence[bytes]) -> None:
    try:
        verify_consistency(last.size, next_.size, proof, last.root, next_.root)
    except InvalidProof as error:
        raise LogRefused(
            "log.inconsistent",
            f"a tree of {next_.size} events was to be signed that does not extend the one of"
            f" {last.size}, root {b64encode(last.root).decode()}, that was signed before",
            "Run: kringboek verify. Restore the database, and the log's folder, that the signed"
            " checkpoint was made of",
        ) from error


def _begin(folder: Path, origin: str) -> None:
    """A memory of nothing for the key that is about to be made. Raises `Unusable`."""
    path = folder / _SIGNED
    nothing = Checkpoint(origin=origin, size=0, root=empty_root())
    try:
        known = _checkpoint(path.read_bytes())
    except FileNotFoundError:
        _write(path, nothing.text().encode(), only_new=True)
        return
    except (FormatError, UnicodeDecodeError):
        known = None
    if known != nothing and not (folder / _KEY).exists():  # another process may just have made it
        raise Unusable(
            "log-key-lost", str(folder / _KEY),
            f"is gone, and {path} says that it signed",
            "Restore it from a backup of the keys: a log does not go on under another key",
        )  # fmt: skip


def _checkpoint(data: bytes) -> Checkpoint:
    """From the text alone, or from a published note that somebody copied here."""
    text, _, signatures = data.decode().partition("\n\n")
    return Checkpoint.parse(f"{text}\n" if signatures else text)


def _write(path: Path, data: bytes, *, only_new: bool = False) -> None:
    """The whole file, on disk when this returns; `only_new` leaves one that is there."""
    handle, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        if only_new:
            with suppress(FileExistsError):
                os.link(temporary, path)
        else:
            Path(temporary).rename(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
