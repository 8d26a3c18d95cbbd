"""Keys, and notes with their signatures."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier.decoding import strict_base64
from verifier.findings import Malformed
from verifier.signed import Checkpoint
from verifier.sizes import LARGEST_NOTE

ED25519, COSIGNATURE, ML_DSA_44 = 0x01, 0x04, 0x06
KEY_LENGTHS = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
MOST_SIGNATURES = 64
LATEST = (1 << 63) - 1


class Unsupported(Exception):
    """This installation cannot check such a signature."""


@dataclass(frozen=True)
class Key:
    """A verifier key: who, with what algorithm, and the public key. `id` is on each signature."""

    name: str
    kind: int
    material: bytes

    @property
    def id(self) -> bytes:
        said = self.name.encode() + b"\n" + bytes([self.kind]) + self.material
        return sha256(said).digest()[:4]

    @classmethod
    def parse(cls, vkey: str) -> "Key":
        """From `<name>+<id>+<base64>` (signed-note). Raises Malformed."""
        parts = vkey.strip("\n").split("+", 2)
        if len(parts) != 3:  # noqa: PLR2004
            raise Malformed("a key is written <name>+<id>+<base64>")
        name, said, encoded = parts
        _require_name(name)
        raw = strict_base64(encoded)
        if not raw or KEY_LENGTHS.get(raw[0]) != len(raw) - 1:
            raise Malformed("a key of an unknown kind, or of the wrong length")
        key = cls(name, raw[0], raw[1:])
        if key.id.hex() != said:
            raise Malformed(f"the id in the key is {said[:20]}, and should be {key.id.hex()}")
        return key

    def verify(self, text: bytes, signature: bytes) -> int | None:
        """Returns the time (POSIX seconds) of a cosignature, None for a signature without one.

        Raises InvalidSignature or Unsupported.
        """
        if self.kind == ED25519:
            Ed25519PublicKey.from_public_bytes(self.material).verify(signature, text)
            return None
        moment = int.from_bytes(signature[:8], "big")
        if len(signature) < 8 or moment > LATEST:  # noqa: PLR2004
            raise InvalidSignature
        if self.kind == COSIGNATURE:
            message = b"cosignature/v1\ntime %d\n" % moment + text
            Ed25519PublicKey.from_public_bytes(self.material).verify(signature[8:], message)
        else:
            _verify_ml_dsa(self, text, moment, signature[8:])
        return moment


def _verify_ml_dsa(key: Key, text: bytes, moment: int, signature: bytes) -> None:
    try:
        from cryptography.hazmat.primitives.asymmetric.mldsa import (  # noqa: PLC0415
            MLDSA44PublicKey,
        )
    except ImportError:
        raise Unsupported from None
    try:
        checkpoint = Checkpoint.parse(text)
    except Malformed:
        raise InvalidSignature from None
    name, origin = key.name.encode(), checkpoint.origin.encode()
    message = b"".join(
        (
            b"subtree/v1\n\0",
            bytes([len(name)]) + name,
            struct.pack(">Q", moment),
            bytes([len(origin)]) + origin,
            struct.pack(">QQ", 0, checkpoint.size),
            checkpoint.root,
        )
    )
    try:
        MLDSA44PublicKey.from_public_bytes(key.material).verify(signature, message)
    except UnsupportedAlgorithm:
        raise Unsupported from None


def _require_name(name: str) -> None:
    if not name or "+" in name or any(each.isspace() for each in name):
        raise Malformed("the name of a key is not empty and has no space or plus")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A note whose signatures were checked against the keys that are known."""

    text: bytes
    verified: Mapping[Key, int | None]
    """Whose signature is right, and the time of a cosignature."""
    false: tuple[Key, ...]
    unsupported: tuple[Key, ...]
    unknown: tuple[str, ...]


def open_note(data: bytes, keys: Iterable[Key]) -> Opened:
    """Read a signed note. Raises Malformed; a false signature is told, not raised."""
    text, lines = note_parts(data)
    known = {(key.name, key.id): key for key in keys}
    verified: dict[Key, int | None] = {}
    false, unsupported, unknown = [], [], []
    for line in lines:
        name, key_id, signature = signature_parts(line)
        key = known.get((name, key_id))
        if key is None:
            unknown.append(name)
            continue
        try:
            verified[key] = key.verify(text, signature)
        except (InvalidSignature, ValueError):
            false.append(key)
        except Unsupported:
            unsupported.append(key)
    return Opened(
        text=text,
        verified=verified,
        false=tuple(false),
        unsupported=tuple(unsupported),
        unknown=tuple(unknown),
    )


def note_parts(data: bytes) -> tuple[bytes, list[str]]:
    if len(data) > LARGEST_NOTE:
        raise Malformed("longer than a note can be")
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    if any(each < " " and each != "\n" for each in said):
        raise Malformed("a control character in it")
    text, blank, signatures = said.rpartition("\n\n")
    if not blank or not text:
        raise Malformed("no blank line between text and signatures")
    if not signatures.endswith("\n"):
        raise Malformed("no signature, or no newline at the end")
    lines = signatures[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise Malformed(f"more than {MOST_SIGNATURES} signatures")
    return f"{text}\n".encode(), lines


def signature_parts(line: str) -> tuple[str, bytes, bytes]:
    dash, _, rest = line.partition(" ")
    name, space, encoded = rest.partition(" ")
    if dash != "\N{EM DASH}" or not space:
        raise Malformed("a signature is a dash, a name and base64")
    _require_name(name)
    raw = strict_base64(encoded)
    if len(raw) < 5:  # noqa: PLR2004
        raise Malformed("a signature of no length")
    return name, raw[:4], raw[4:]
