"""The files of the log as the audit reads them: tlog-tiles, tlog-checkpoint and signed-note, again.

The checker shares no code with the writer (`application/transparency/`).
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from application.auditing.reading import LogFiles

WIDTH = 256
"""Hashes in a full tile, and entries in a full bundle."""
HASH = 32
_ED25519 = b"\x01"
_SIGNATURE = re.compile("— ([^ ]+) ([A-Za-z0-9+/]+={0,2})")


class BadCheckpoint(Exception):
    """Not a checkpoint, or not signed by the log. `code` is that of the finding."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Key:
    """The log's public key, as its vkey says it."""

    name: str
    id: bytes
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "Key":
        """Raises ValueError for anything but an Ed25519 key under its own id."""
        name, number, data = vkey.strip().split("+", 2)
        typed = base64.b64decode(data, validate=True)
        id_ = sha256(name.encode() + b"\n" + typed).digest()[:4]
        if typed[:1] != _ED25519 or len(typed) != 1 + HASH or number != id_.hex():
            raise ValueError(f"{vkey!r} is not the Ed25519 key of a log")
        return cls(name=name, id=id_, public=typed[1:])


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """Size and root as a signed file says them."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The log's word that an event has this place and leaf."""

    origin: str
    index: int
    leaf: bytes


def signed_text(note: bytes, key: Key | None) -> str:
    """The text of a note that `key` signed; None looks at no signature. Raises `BadCheckpoint`."""
    try:
        text, blank, signatures = note.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        raise BadCheckpoint("bad-checkpoint", "is not UTF-8") from None
    lines = signatures[:-1].split("\n")
    if not blank or not signatures.endswith("\n"):
        raise BadCheckpoint("bad-checkpoint", "is not a signed note")
    if any(_SIGNATURE.fullmatch(line) is None for line in lines):
        raise BadCheckpoint("bad-checkpoint", "has a line that is no signature")
    text += "\n"
    if key is not None:
        _require_signed(text, [_signature(line) for line in lines], key)
    return text


def _require_signed(text: str, lines: Iterable[tuple[str, bytes]], key: Key) -> None:
    ours = [value[4:] for name, value in lines if name == key.name and value[:4] == key.id]
    if not ours:
        raise BadCheckpoint("bad-signature", "is not signed by the key of this log")
    for value in ours:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(value, text.encode())
        except InvalidSignature:
            why = "has a signature of the log that is not right"
            raise BadCheckpoint("bad-signature", why) from None


def checkpoint_in(text: str) -> Checkpoint:
    """Raises `BadCheckpoint`."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not lines[0]:  # noqa: PLR2004 - and the end of the last
        raise BadCheckpoint("bad-checkpoint", "does not have three lines")
    root = _base64(lines[2], "the root")
    if len(root) != HASH:
        raise BadCheckpoint("bad-checkpoint", "has no root of 32 bytes")
    return Checkpoint(origin=lines[0], size=_decimal(lines[1]), root=root)


def receipt_in(text: str) -> Receipt | None:
    """None for a text that is no receipt. Raises `BadCheckpoint` for one that cannot be read."""
    first, *lines = text.split("\n")
    if first != "kringboek-receipt/v1":
        return None
    if len(lines) != 5 or lines[-1]:  # noqa: PLR2004 - and the end of the last
        raise BadCheckpoint("bad-checkpoint", "is a receipt without its five lines")
    leaf = _base64(lines[2], "the leaf")
    return Receipt(origin=lines[0], index=_decimal(lines[1]), leaf=leaf)


def _decimal(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text):
        raise BadCheckpoint("bad-checkpoint", "has a number that is not in decimal")
    return int(text)


def unsigned(text: bytes, origin: str) -> Checkpoint:
    """The checkpoint of `origin` in a file that nobody signed. Raises `BadCheckpoint`."""
    try:
        whole = text.decode()
    except UnicodeDecodeError:
        raise BadCheckpoint("bad-checkpoint", "is not UTF-8") from None
    said, _, signatures = whole.partition("\n\n")
    found = checkpoint_in(f"{said}\n" if signatures else whole)
    if found.origin != origin:
        raise BadCheckpoint("bad-checkpoint", f"is of the log {found.origin}")
    return found


def _signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE.fullmatch(line)
    return ("", b"") if found is None else (found[1], _base64(found[2], "a signature"))


def _base64(text: str, what: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise BadCheckpoint("not-base64", f"{what} is not base64") from None
    if base64.b64encode(raw).decode() != text:
        raise BadCheckpoint("not-base64", f"{what} is not base64 as it is written")
    return raw


# --------------------------------------------------------------------------------------- tiles


def path(level: int | None, index: int, width: int = WIDTH) -> str:
    """The path of a tile; of an entry bundle for the level None."""
    groups = f"{index:03}"
    parts = []
    while len(groups) > 3:  # noqa: PLR2004 - digits in a group
        groups, last = groups[:-3], groups[-3:]
        parts.append(last)
    parts.append(groups.rjust(3, "0"))
    *before, last = reversed(parts)
    shown = "/".join([*(f"x{each}" for each in before), last])
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{'entries' if level is None else level}/{shown}{partial}"


def widths(level: int, size: int) -> Iterator[tuple[int, int]]:
    """The tiles of one level of a log of `size` entries: index and width."""
    hashes = size >> (8 * level)
    for index in range(-(-hashes // WIDTH)):
        yield index, min(WIDTH, hashes - index * WIDTH)


def tile(files: LogFiles, level: int, index: int, width: int) -> bytes | None:
    """What lies there; while the log grows a partial tile gives way to the full one."""
    found = files.read(path(level, index, width))
    if found is None and width < WIDTH:
        found = files.read(path(level, index))
        return None if found is None else found[: HASH * width]
    return found


def bundle(files: LogFiles, index: int, width: int) -> bytes | None:
    """As `tile`, an entry bundle."""
    found = files.read(path(None, index, width))
    if found is None and width < WIDTH:
        found = files.read(path(None, index))
        entries = None if found is None else bundled(found)
        return None if entries is None else in_bundle(entries[:width])
    return found


def in_bundle(entries: Sequence[bytes]) -> bytes:
    lengths = (len(each).to_bytes(2, "big") for each in entries)
    return b"".join(chain.from_iterable(zip(lengths, entries, strict=True)))


def bundled(whole: bytes) -> list[bytes] | None:
    """The entries of a bundle; None where it ends in the middle of one."""
    entries, at = [], 0
    while at < len(whole):
        length = int.from_bytes(whole[at : at + 2], "big")
        at += 2 + length
        if at > len(whole):
            return None
        entries.append(whole[at - length : at])
    return entries


def parents(hashes: bytes) -> bytes:
    """The hashes one level up; of a lone last one nothing."""
    whole = len(hashes) // 64 * 64
    return b"".join([sha256(b"\1" + hashes[at : at + 64]).digest() for at in range(0, whole, 64)])


def tile_root(hashes: bytes) -> bytes:
    """The root over the 256 hashes of a full tile."""
    while len(hashes) > HASH:
        hashes = parents(hashes)
    return hashes


class Tree:
    """The tree over full tiles of 256 leaves, of which the roots are given, one after another."""

    def __init__(self, tiles: bytes) -> None:
        self._levels = [tiles]
        while len(self._levels[-1]) > HASH:
            self._levels.append(parents(self._levels[-1]))

    def root(self, size: int, edge: bytes) -> bytes:
        """The root over the first `size` leaves; `edge` are those after the last full tile."""
        count = size // WIDTH
        peaks, start = [], 0
        for level in reversed(range(count.bit_length())):
            if count >> level & 1:
                at = HASH * (start >> level)
                peaks.append(self._levels[level][at : at + HASH])
                start += 1 << level
        found: list[bytes] = []
        while edge:
            if len(edge) // HASH & 1:
                found.append(edge[-HASH:])
            edge = parents(edge)
        peaks += reversed(found)
        if not peaks:
            return sha256(b"").digest()
        hashed = peaks.pop()
        while peaks:
            hashed = sha256(b"\1" + peaks.pop() + hashed).digest()
        return hashed

    def levels(self, size: int) -> Iterator[tuple[int, bytes]]:
        """The hashes of the tiles of level 1 and up, of a log of `size` entries."""
        level = 1
        while size >> 8 * level:
            yield level, self._levels[8 * (level - 1)][: HASH * (size >> 8 * level)]
            level += 1
