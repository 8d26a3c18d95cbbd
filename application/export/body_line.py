"""The line that says what an event says: its stored body to the byte, its position, its salt.

    {"body":<the stored bytes>,"position":<decimal>,"salt":"<64 hex digits>"}

The hash of salt and body stands in the event's entry. Where a body is withheld both are null and
the entry stays: the tree does not change. The body is not written anew, because its hash is that of
the bytes, not of what they mean; so the line is read from its end, whose form is fixed.
"""

import re
from hashlib import sha256
from typing import NamedTuple

_HEAD = b'{"body":'
_TAIL = re.compile(rb',"position":([1-9][0-9]{0,15}),"salt":(?:"([0-9a-f]{64})"|null)\}\n')
_LONGEST_TAIL = 120


class Spoken(NamedTuple):
    """What an event says; both None where that is withheld."""

    body: bytes | None
    salt: bytes | None


WITHHELD = Spoken(None, None)


def fits(body: bytes) -> bool:
    """Whether a body is one line. Canonical JSON always is; what somebody put in its place may not."""
    return b"\n" not in body and b"\r" not in body


def is_of(entry: bytes, body: bytes, salt: bytes) -> bool:
    """Whether this body, under this salt, is the one that its entry commits to."""
    return f'"body":"{sha256(salt + body).hexdigest()}"'.encode() in entry


def body_line(position: int, spoken: Spoken) -> bytes:
    """The line of the event at `position`. Its body `fits`."""
    if spoken.body is None or spoken.salt is None:
        return b'{"body":null,"position":%d,"salt":null}\n' % position
    return b'%b%b,"position":%d,"salt":"%b"}\n' % (
        _HEAD, spoken.body, position, spoken.salt.hex().encode(),
    )  # fmt: skip


def read_body_line(line: bytes, position: int) -> Spoken:
    """What the event at `position` says. Raises ValueError, saying what is wrong with the line."""
    tail = _TAIL.search(line, max(len(line) - _LONGEST_TAIL, len(_HEAD)))
    if not line.startswith(_HEAD) or tail is None or tail.end() != len(line):
        raise ValueError("is not a line of body, position and salt")
    if int(tail[1]) != position:
        raise ValueError(f"speaks of position {int(tail[1])}")
    body = line[len(_HEAD) : tail.start()]
    if tail[2] is not None:
        return Spoken(body, bytes.fromhex(tail[2].decode()))
    if body != b"null":
        raise ValueError("has a body without its salt")
    return WITHHELD
