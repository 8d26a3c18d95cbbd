"""The folder of the log, and its key, as they come with an import.

Everything is written into a folder within the log's own, flushed, and then moved up, the checkpoint
last: a crash leaves what was there, or a log without a checkpoint, or this one, and each of the three
takes the import again. What lies there already must be nothing: no checkpoint but one of an empty log,
or this very one. The folder itself stays, because it may be where a disk is mounted.

A log goes on under the key that signed it. Where that key does not come along, every checkpoint gets
the signature of the key of this installation beside the ones it has: sizes and roots of one tree, so
nothing is said that was not said, and `keys` has both. Whoever relies on the log has to hear of the
new key.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import Kind, SignerKey, VerifierKey
from application.transparency.note import Note, Signature
from application.transparency.ports import LogRefused, Overtaken
from application.transparency.strict import FormatError
from application.transparency.tiles import Place, TiledTree
from domain.tree import consistency_proof_from
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.key_files import secret
from infrastructure.refusals import Unusable
from infrastructure.tile_folder import TileFolder

_KEY = "log.key"
_SIGNED = "log.signed"
_ARRIVING = ".arriving"
_CHECKPOINT = "checkpoint"
_PARTS = ("tile", "checkpoints", "timestamps", "keys", "policy", "witnessed", "refused")
"""What the folder of a log holds beside its checkpoint; nothing else in it is touched."""
_AT_ONCE = 200
"""Files that are written and flushed together."""


class Arriving(Protocol):
    """What a bundle says of its log, checked."""

    keys: tuple[VerifierKey, ...]
    signed: bytes
    checkpoint: Checkpoint

    def log_files(self) -> Iterator[tuple[str, bytes]]:
        """What the folder holds, but for the newest checkpoint and the keys."""


class ArrivingLog:
    """`log` is the folder of the log, `keys` the private one of the keys.

    `key` is the log's own private key, where that comes along, and `key_file` where it was found.
    """

    def __init__(self, log: Path, keys: Path, key_file: Path | None = None) -> None:
        self._log = log
        self._keys = keys
        self._key_file = key_file

    def require_place(self, bundle: Arriving) -> None:
        """That the log can come to lie here. Raises `Unusable`, before anything was written."""
        if self._key_file is not None:
            self._key(self._key_file, bundle)
        lies = TileFolder(self._log).checkpoint()
        if lies is not None and _text(lies) != _text(bundle.signed) and _size(lies) != 0:
            raise Unusable(
                "import-log", str(self._log), "has the checkpoints of another log",
                "Name another folder with KRINGBOEK_LOG, or another data folder with --data",
            )  # fmt: skip

    def put(self, bundle: Arriving) -> None:
        """Tiles and checkpoints in place, and the checkpoint signed by the key of this installation.

        Durable when it returns; doing so twice is the same as once. Raises `Unusable`.
        """
        self.require_place(bundle)
        arriving = self._log / _ARRIVING
        shutil.rmtree(arriving, ignore_errors=True)
        store = TileFolder(arriving)
        signer = self._signer(bundle)
        for files in _portions(self._signed_too(bundle)):
            store.write(files)
        keys = dict.fromkeys([*bundle.keys, signer.key])
        store.write({"keys": "".join(f"{key}\n" for key in keys).encode()})
        note = _with_signatures(bundle.signed, _remembered(signer, bundle, store))
        store.write({f"checkpoints/{bundle.checkpoint.size}": note})
        store.publish(bundle.checkpoint.size, note)
        self._settle(arriving)

    def _settle(self, arriving: Path) -> None:
        """Everything of the log moves up, its checkpoint when the rest is on disk."""
        for name in (_CHECKPOINT, *_PARTS):
            _remove(self._log / name)
        for name in _PARTS:
            if (arriving / name).exists():
                (arriving / name).rename(self._log / name)
        _flush(self._log)
        (arriving / _CHECKPOINT).rename(self._log / _CHECKPOINT)
        _flush(self._log)
        shutil.rmtree(arriving, ignore_errors=True)

    def _signed_too(self, bundle: Arriving) -> Iterator[tuple[str, bytes]]:
        """The files of the log, with the signature of this installation on every checkpoint."""
        own = SignerKey.parse((self._keys / _KEY).read_text("utf-8").removesuffix("\n"))
        for path, data in bundle.log_files():
            if path.startswith("checkpoints/"):
                yield path, _with_signatures(data, [own.sign(Note.parse(data).text)])
            else:
                yield path, data

    def _signer(self, bundle: Arriving) -> CheckpointSigner:
        if self._key_file is not None:
            text = self._key(self._key_file, bundle).private_text()
            # The memory before the key: a key without its memory is one that lost it.
            memory = secret(self._keys, _SIGNED, bundle.checkpoint.text().encode)
            kept = secret(self._keys, _KEY, f"{text}\n".encode)
            if kept != f"{text}\n".encode() or memory != bundle.checkpoint.text().encode():
                raise Unusable(
                    "import-key", str(self._keys / _KEY), "is there already, and is another one",
                    "Name another folder with KRINGBOEK_KEYS; a key that signed nothing but an"
                    f" empty log may be removed, together with {_SIGNED}",
                )  # fmt: skip
        return CheckpointSigner.open(self._keys, bundle.checkpoint.origin)

    def _key(self, file: Path, bundle: Arriving) -> SignerKey:
        """The key in `file`, which signed this log. Raises `Unusable`."""
        cure = "Name the log.key of the Kringboek that this bundle was made of"
        try:
            key = SignerKey.parse(file.read_text("utf-8").removesuffix("\n"))
        except (OSError, UnicodeDecodeError, FormatError) as error:
            why = f"is no private key of a log ({error})"
            raise Unusable("import-key", str(file), why, cure) from None
        if key.verifier not in bundle.keys or key.kind is not Kind.ED25519:
            raise Unusable("import-key", str(file), "did not sign this log", cure)
        memory = file.with_name(_SIGNED)
        if memory.exists():
            last = Checkpoint.parse(memory.read_text("utf-8"))
            if last.size > bundle.checkpoint.size:
                raise _not_newest(last.size, bundle)
        return key


def _remembered(
    signer: CheckpointSigner, bundle: Arriving, store: TileFolder
) -> Sequence[Signature]:
    """This installation's signature of the newest checkpoint, which its key remembers from now."""

    def read(place: Place) -> bytes:
        return store.read(place.path) or b""

    def prove(old: int) -> Sequence[bytes]:
        tree = TiledTree(read, bundle.checkpoint.size)
        return consistency_proof_from(tree.subtree, old, bundle.checkpoint.size)

    try:
        return Note.parse(signer.sign(bundle.checkpoint, prove)).signatures
    except Overtaken:
        raise _not_newest(signer.remembered().size, bundle) from None
    except LogRefused as refused:
        raise Unusable("import-log", signer.key.name, refused.why, refused.cure) from None


def _with_signatures(note: bytes, more: Sequence[Signature]) -> bytes:
    """A note with signatures behind those that it has; the same bytes where it has them all."""
    return Note.parse(note).with_signatures(more).encode()


def _not_newest(size: int, bundle: Arriving) -> Unusable:
    return Unusable(
        "import-not-newest", "the bundle", f"has {bundle.checkpoint.size} events, and the log's key"
        f" has signed {size}: what came in between would be lost, and could not be signed again",
        "Take in the newest bundle of that log, or leave its key behind",
    )  # fmt: skip


def _portions(files: Iterator[tuple[str, bytes]]) -> Iterator[Mapping[str, bytes]]:
    portion: dict[str, bytes] = {}
    for path, data in files:
        portion[path] = data
        if len(portion) == _AT_ONCE:
            yield portion
            portion = {}
    yield portion


def _text(note: bytes) -> bytes:
    return note.partition(b"\n\n")[0]


def _size(note: bytes) -> int:
    return Checkpoint.parse(Note.parse(note).text).size


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
