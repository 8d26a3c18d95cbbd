"""Members of a bundle as the bytes of a zip, while they come.

Nothing is sought back in what went out, so the reader may be at the other end of a line; ZIP64, so
there is no largest size. The same members give the same bytes: one order, one time for all (the
earliest that a zip can say), one way to press them together. In memory are one member, and some
hundred bytes per member for the directory at the end.
"""

import asyncio
import zipfile
from collections.abc import AsyncIterable, AsyncIterator
from typing import NamedTuple

MEDIA_TYPE = "application/zip"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_LEVEL = 1
"""Of deflate: a third of the size, in less than half the time that the usual level takes (measured)."""
_AT_LEAST = 65_536
"""Bytes that go out at once, but for the last."""


class Member(NamedTuple):
    """One file of the bundle. Hashes are not `pressed`: there is nothing to gain."""

    name: str
    data: bytes
    pressed: bool = True


async def zipped(members: AsyncIterable[Member]) -> AsyncIterator[bytes]:
    """The zip of `members`, piece by piece. When `members` fails, what came out is no zip."""
    out = _Outgoing()
    archive = zipfile.ZipFile(out, "w", allowZip64=True)  # type: ignore[call-overload]
    async for member in members:
        await asyncio.to_thread(_add, archive, member)  # deflate lets go of the interpreter
        if out.size >= _AT_LEAST:
            yield out.taken()
    archive.close()
    yield out.taken()


def _add(archive: zipfile.ZipFile, member: Member) -> None:
    info = zipfile.ZipInfo(member.name, date_time=_EARLIEST)
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE
    info.compress_type = zipfile.ZIP_DEFLATED if member.pressed else zipfile.ZIP_STORED
    archive.writestr(info, member.data, compresslevel=_LEVEL)


class _Outgoing:
    """What zipfile writes to. It cannot seek or tell, so that zipfile never goes back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        return

    def taken(self) -> bytes:
        parts, self._parts, self.size = self._parts, [], 0
        return b"".join(parts)
