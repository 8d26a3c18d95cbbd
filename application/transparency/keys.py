"""Keys of notes: who may sign, and how keys are written down.

    <name>+<id, 8 hex digits>+<base64(kind || public key)>               a vkey, to give away
    PRIVATE+KEY+<name>+<id, 8 hex digits>+<base64(kind || seed)>         to keep

The id is the beginning of SHA-256(name || 0A || kind || public key), so one key under two kinds is
two identities, and a signature of one kind is never read as another's. The log signs with kind 01,
witnesses with 04 or 06.
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256
from secrets import token_bytes
from typing import assert_never

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from application.transparency.cosignature import (
    cosigned_subtree,
    cosigned_text,
    time_and_signature,
    timestamped,
)
from application.transparency.note import KEY_ID_SIZE, NoteError, Signature, require_key_name
from application.transparency.strict import FormatError, base64, to_base64, utf8

SEED_SIZE = 32
"""Bytes of a private key, of every kind."""
_ED25519_SIGNATURE = 64
_ML_DSA_44_SIGNATURE = 2420
_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)
_PRIVATE = "PRIVATE+KEY+"


class Kind(IntEnum):
    """What a key signs, and with which algorithm: the byte in front of the key."""

    ED25519 = 0x01
    COSIGNATURE_V1 = 0x04
    ML_DSA_44 = 0x06

    @property
    def public_size(self) -> int:
        return 1312 if self is Kind.ML_DSA_44 else 32


@dataclass(frozen=True, kw_only=True)
class VerifierKey:
    """The public half (vkey), which says who is believed. Raises NoteError for what is no key."""

    name: str
    kind: Kind
    public: bytes

    def __post_init__(self) -> None:
        require_key_name(self.name)
        if len(self.public) != self.kind.public_size:
            raise NoteError(
                "bad-key",
                f"the key of {self.name} has {len(self.public)} bytes, "
                f"and one of its kind {self.kind.public_size}",
            )

    @property
    def key_id(self) -> bytes:
        hashed = sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public)
        return hashed.digest()[:KEY_ID_SIZE]

    def __str__(self) -> str:
        """The vkey."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """From a vkey, without a newline. Raises NoteError `bad-key` or `bad-name`, or FormatError."""
        name, key_id, kind, public = _parts(text)
        key = cls(name=name, kind=kind, public=public)
        _require_id(key, key_id)
        return key

    def verify(self, text: str, value: bytes) -> int | None:
        """As `note.Verifier` says; for a text that is no checkpoint, a cosigner's never holds."""
        try:
            return self._checked(text, value)
        except FormatError as error:
            raise NoteError("bad-signature", f"the signature of {self.name}: {error}") from error
        except InvalidSignature as error:
            raise NoteError(
                "bad-signature", f"{self.name} did not sign this text, or it was changed since"
            ) from error
        except UnsupportedAlgorithm as error:
            raise NoteError(
                "bad-key", "this machine's cryptography cannot check ML-DSA-44 signatures"
            ) from error

    def _checked(self, text: str, value: bytes) -> int | None:
        match self.kind:
            case Kind.ED25519:
                Ed25519PublicKey.from_public_bytes(self.public).verify(value, text.encode())
                return None
            case Kind.COSIGNATURE_V1:
                at, signature = time_and_signature(value, _ED25519_SIGNATURE)
                message = cosigned_text(text, at)
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
                return at
            case Kind.ML_DSA_44:
                at, signature = time_and_signature(value, _ML_DSA_44_SIGNATURE)
                message = cosigned_subtree(self.name, text, at)
                MLDSA44PublicKey.from_public_bytes(self.public).verify(signature, message)
                return at
            case _:
                assert_never(self.kind)


@dataclass(frozen=True, kw_only=True)
class SignerKey:
    """The private half. Its seed is in no `repr` and no message; `private_text` is all that tells it."""

    name: str
    kind: Kind
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        require_key_name(self.name)
        if len(self.seed) != SEED_SIZE:
            raise NoteError("bad-key", f"the seed of a private key has {SEED_SIZE} bytes")

    @classmethod
    def generate(cls, name: str, kind: Kind = Kind.ED25519) -> "SignerKey":
        """A new key from the system's randomness."""
        return cls(name=name, kind=kind, seed=token_bytes(SEED_SIZE))

    @property
    def verifier(self) -> VerifierKey:
        match self.kind:
            case Kind.ED25519 | Kind.COSIGNATURE_V1:
                public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
                raw = public.public_bytes_raw()
            case Kind.ML_DSA_44:
                raw = MLDSA44PrivateKey.from_seed_bytes(self.seed).public_key().public_bytes_raw()
            case _:
                assert_never(self.kind)
        return VerifierKey(name=self.name, kind=self.kind, public=raw)

    def sign(self, text: str, at: int | None = None) -> Signature:
        """This key's signature over the text of a note, whose newline it ends with.

        `at` is the time that a cosigning kind states, in seconds since 1970 UTC. Raises ValueError
        where a kind needs it and has it not, or the other way round; FormatError where a cosigner
        is given anything but a checkpoint.
        """
        if (at is None) != (self.kind is Kind.ED25519):
            raise ValueError("a cosigner states a time with its signature, and nobody else does")
        return Signature(
            name=self.name, key_id=self.verifier.key_id, value=self._value(text, at or 0)
        )

    def _value(self, text: str, at: int) -> bytes:
        match self.kind:
            case Kind.ED25519:
                return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
            case Kind.COSIGNATURE_V1:
                key = Ed25519PrivateKey.from_private_bytes(self.seed)
                return timestamped(at, key.sign(cosigned_text(text, at)))
            case Kind.ML_DSA_44:
                message = cosigned_subtree(self.name, text, at)
                return timestamped(at, MLDSA44PrivateKey.from_seed_bytes(self.seed).sign(message))
            case _:
                assert_never(self.kind)

    def private_text(self) -> str:
        """The key as a file keeps it, without a newline. Whoever reads this can sign as `name`."""
        encoded = to_base64(bytes([self.kind]) + self.seed)
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str) -> "SignerKey":
        """From `private_text`. Raises NoteError or FormatError, without a word of the key."""
        if not text.startswith(_PRIVATE):
            raise NoteError("bad-key", f"a private key's text begins with {_PRIVATE}")
        name, key_id, kind, seed = _parts(text.removeprefix(_PRIVATE))
        key = cls(name=name, kind=kind, seed=seed)
        _require_id(key.verifier, key_id)
        return key


def keys_in(data: bytes) -> tuple[VerifierKey, ...]:
    """The vkeys of a file with one in each line. Raises NoteError or FormatError."""
    lines = utf8(data, "the file of keys").split("\n")
    if lines.pop() != "":
        raise NoteError("bad-key", "a file of keys has one vkey in each line, ended by a newline")
    return tuple(VerifierKey.parse(each) for each in lines)


def _parts(text: str) -> tuple[str, bytes, Kind, bytes]:
    """Name, stated id, kind and key of either half. Says nothing of what the key was."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    if not _ID.fullmatch(key_id) or not encoded:
        raise NoteError(
            "bad-key", "a key is a name, eight hex digits and base64, with plus between"
        )
    raw = base64(encoded, f"the key of {name!r}")
    try:
        kind = Kind(raw[0])
    except ValueError as error:
        raise NoteError(
            "bad-key", f"the key of {name!r} is of kind {raw[0]:02x}; here 01, 04 and 06 are known"
        ) from error
    return name, bytes.fromhex(key_id), kind, raw[1:]


def _require_id(key: VerifierKey, key_id: bytes) -> None:
    if key.key_id != key_id:
        raise NoteError(
            "bad-key", f"the id of the key of {key.name} is not that of its name and key together"
        )
