"""Bodies that lie beside the log."""

import re
from binascii import unhexlify
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from verifier.checked import Checked, of_tile
from verifier.entries import HEX_DIGITS
from verifier.findings import Finding, Malformed
from verifier.sizes import HASH, LARGEST_BODIES, WIDTH
from verifier.sources import Source
from verifier.tiles import in_path, wide_path

BODY_LINE = re.compile(rb'\{"body":(.*),"position":([1-9]\d{0,17}),"salt":(null|"[0-9a-f]{64}")\}')
_LINE_START, _LINE_END = b'{"body":', b'"}'
_SALT_AT = -64 - len(_LINE_END)


class BodyLine(NamedTuple):
    """A body with its salt, or neither where it is withheld."""

    position: int
    hash: str | None

    @classmethod
    def parse(cls, line: bytes) -> "BodyLine":
        """Raises Malformed."""
        found = BODY_LINE.fullmatch(line)
        if found is None:
            raise Malformed("a line that is not body, position and salt")
        body, position, salt = found.groups()
        if salt == b"null":
            if body != b"null":
                raise Malformed("a body without salt")
            return cls(int(position), None)
        return cls(int(position), sha256(unhexlify(salt[1:-1]) + body).hexdigest())


def body_paths(tile: int, width: int) -> tuple[str, ...]:
    path = wide_path("bodies", tile, width)
    return (path,) if width == WIDTH else (f"bodies/{in_path(tile)}", path)


def check_body_file(
    source: Source, tile: int, width: int, expected: Sequence[bytes], done: Checked
) -> None:
    path, data = "", None
    for path in body_paths(tile, width):
        try:
            data = source.read(path, LARGEST_BODIES)
        except Malformed as malformed:
            done.findings.append(of_tile("bad-bundle", path, tile, width, str(malformed)))
            return
        if data is not None:
            break
    if data is None:
        done.findings.append(of_tile("missing.body", body_paths(tile, width)[0], tile, width, ""))
        return
    first = tile * WIDTH + 1
    made = _body_hashes(data, first, width) if len(expected) == width else None
    if made is not None and made == unhexlify(b"".join(expected)):
        done.bodies += width
    else:
        _check_body_lines(path, data, first=first, width=width, expected=expected, done=done)


def _body_hashes(data: bytes, first: int, width: int) -> bytes | None:
    """The fast way: the hash of every body, one after another; None when a line is otherwise."""
    digits = len(str(first))
    lines = data.split(b"\n")
    if lines.pop() or len(lines) != width or len(str(first + width - 1)) != digits:
        return None
    middle = b',"position":%d,"salt":"'
    cut = _SALT_AT - len(middle % first)
    if (
        [line[: len(_LINE_START)] for line in lines] != [_LINE_START] * width
        or [line[-len(_LINE_END) :] for line in lines] != [_LINE_END] * width
        or [line[cut:_SALT_AT] for line in lines]
        != list(map(middle.__mod__, range(first, first + width)))
    ):
        return None
    salts = b"".join([line[_SALT_AT : -len(_LINE_END)] for line in lines])
    if salts.translate(None, HEX_DIGITS):
        return None
    raw, start = unhexlify(salts), len(_LINE_START)
    return b"".join(
        [
            sha256(raw[at : at + HASH] + line[start:cut]).digest()
            for at, line in zip(range(0, len(raw), HASH), lines, strict=True)
        ]
    )


def _check_body_lines(
    path: str, data: bytes, *, first: int, width: int, expected: Sequence[bytes], done: Checked
) -> None:
    """The slow way, which names what is wrong."""
    lines = data.split(b"\n")
    if lines.pop():
        done.findings.append(
            Finding(says="bad-bundle", path=path, particulars={"why": "no newline at its end"})
        )
    hashes_of = {first + at: each.decode() for at, each in enumerate(expected)}
    whole = len(expected) == width
    seen: set[int] = set()
    for number, line in enumerate(lines):
        try:
            read = BodyLine.parse(line)
        except Malformed as malformed:
            done.findings.append(
                Finding(
                    says="bad-bundle",
                    position=first + number,
                    path=path,
                    particulars={"why": str(malformed)},
                )
            )
            seen.add(first + number)
            continue
        if read.position in seen or not first <= read.position < first + width:
            done.findings.append(Finding(says="inserted.body", position=read.position, path=path))
            continue
        seen.add(read.position)
        if read.position != first + number and len(lines) == width:
            done.findings.append(
                Finding(
                    says="bad-bundle", position=read.position, path=path,
                    particulars={"why": f"its line stands where that of position {first + number} should"},
                )
            )  # fmt: skip
        if read.hash is None:
            done.withheld += 1
        elif whole and read.hash != hashes_of[read.position]:
            done.off_bodies.append((read.position, hashes_of[read.position], read.hash))
        elif whole:
            done.bodies += 1
    done.findings += [
        Finding(says="missing.body", position=position, path=path)
        for position in range(first, first + width)
        if position not in seen
    ]
