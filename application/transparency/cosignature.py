"""Cosignatures (c2sp.org/tlog-cosignature): a witness says what it saw, and when.

A cosignature (medeondertekening) states that its maker found this checkpoint consistent with every
earlier one it saw of the same log. It is a time of eight bytes followed by a signature, and what is
signed differs by kind:

- `cosignature/v1` (Ed25519) signs the time and the whole text of the checkpoint;
- `subtree/v1` (ML-DSA-44) signs the cosigner's name, the time, and origin, size and root. It leaves
  the extension lines out: nobody vouches for those. A log may sign its own checkpoints with it.
"""

import struct

from application.transparency.checkpoint import Checkpoint
from application.transparency.strict import LARGEST, FormatError

_SUBTREE_LABEL = b"subtree/v1\n\x00"
_LONGEST_NAME = 255
_TIME = struct.Struct(">Q")


class CosignatureError(FormatError):
    """What cannot be cosigned, or no cosignature. Codes: `bad-time`, `bad-cosignature`."""


def cosigned_text(text: str, at: int) -> bytes:
    """What an Ed25519 cosigner signs: `at` in seconds since 1970 UTC, and the checkpoint's text.

    Raises CosignatureError or FormatError where `text` is no checkpoint, which nobody should cosign.
    """
    _require_time(at)
    Checkpoint.parse(text)
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosigned_subtree(name: str, text: str, at: int) -> bytes:
    """What an ML-DSA-44 cosigner called `name` signs, over the whole tree of a checkpoint's text.

    `at` may be 0: then the cosigner does not say that it saw no larger tree.
    """
    _require_time(at)
    checkpoint = Checkpoint.parse(text)
    return b"".join(
        (
            _SUBTREE_LABEL,
            _short(name, "the name of a cosigner"),
            _TIME.pack(at),
            _short(checkpoint.origin, "the origin"),
            struct.pack(">QQ", 0, checkpoint.size),
            checkpoint.root,
        )
    )


def timestamped(at: int, signature: bytes) -> bytes:
    """The value of a cosignature's line, behind the key id."""
    _require_time(at)
    return _TIME.pack(at) + signature


def time_and_signature(value: bytes, length: int) -> tuple[int, bytes]:
    """The parts of a cosignature whose own signature has `length` bytes. Raises CosignatureError."""
    if len(value) != _TIME.size + length:
        raise CosignatureError(
            "bad-cosignature",
            f"a cosignature of this kind has {_TIME.size + length} bytes, and this {len(value)}",
        )
    (at,) = _TIME.unpack_from(value)
    _require_time(at)
    return at, value[_TIME.size :]


def _require_time(at: int) -> None:
    if not 0 <= at <= LARGEST:
        raise CosignatureError("bad-time", f"a time is from 0 up to {LARGEST} seconds")


def _short(text: str, what: str) -> bytes:
    encoded = text.encode()
    if not 1 <= len(encoded) <= _LONGEST_NAME:
        raise CosignatureError("bad-cosignature", f"{what} has from 1 up to {_LONGEST_NAME} bytes")
    return bytes([len(encoded)]) + encoded
