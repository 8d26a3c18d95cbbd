"""Sealing scheme 1: how a text becomes a value that can be forgotten, and how it is read again.

AES-256-GCM. The additional data binds the ciphertext to its scheme, key, field and aggregate, so
that one that was moved elsewhere does not open. The text is padded to blocks of 64 bytes, so that
its length says little: a short name and a long one look alike. The nonce is random; a key seals
the few texts of one command or one person, far from the 2^32 at which random nonces wear out.

This is arithmetic, as SHA-256 is. Where keys live, and how they die, is the vault's business.
"""

import hashlib
import hmac
import json
import os
from base64 import b64decode, b64encode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.terms import Sealed

SCHEME = 1
BLOCK = 64
"""Bytes; also the shortest sealed text."""
_NONCE_LENGTH = 12
_END_OF_TEXT = b"\x80"
"""Padding as in ISO/IEC 7816-4: always this byte, and then zeros."""


class WrongSeal(Exception):
    """The sealed value does not belong to this key and place, or was changed."""

    code = "sealed.wrong-seal"


def seal(kid: UUID, key: bytes, field: str, aggregate: UUID, text: str) -> Sealed:
    """`text`, sealed under `key`, which the vault knows as `kid`, for one field of an aggregate."""
    nonce = os.urandom(_NONCE_LENGTH)
    padded = text.encode() + _END_OF_TEXT
    padded += bytes(-len(padded) % BLOCK)
    ciphertext = AESGCM(key).encrypt(nonce, padded, _place(kid, field, aggregate))
    return Sealed(
        kid=kid,
        field=field,
        nonce=b64encode(nonce).decode(),
        ciphertext=b64encode(ciphertext).decode(),
    )


def unseal(sealed: Sealed, key: bytes | None, field: str, aggregate: UUID) -> str | None:
    """The text, or None when the key was destroyed (`key` is what the vault gave).

    Raises `WrongSeal` when the value was changed, or was sealed for another field or aggregate.
    """
    if key is None:
        return None
    try:
        nonce = b64decode(sealed.nonce, validate=True)
        ciphertext = b64decode(sealed.ciphertext, validate=True)
        padded = AESGCM(key).decrypt(nonce, ciphertext, _place(sealed.kid, field, aggregate))
    except (InvalidTag, ValueError) as error:
        raise WrongSeal(f"field {field} of {aggregate} does not open under {sealed.kid}") from error
    return padded.rstrip(b"\0").removesuffix(_END_OF_TEXT).decode()


def commitment(kid: UUID, key: bytes) -> bytes:
    """What may be published about a key when it is made: it binds to the key and reveals nothing."""
    return hmac.digest(key, b"kringboek key commitment 1:" + kid.bytes, hashlib.sha256)


def _place(kid: UUID, field: str, aggregate: UUID) -> bytes:
    """The additional data: a canonical JSON list, so that no two places spell alike."""
    place = [SCHEME, str(kid), field, str(aggregate)]
    return json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()
