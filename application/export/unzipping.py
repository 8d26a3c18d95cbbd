"""A zip of somebody else, opened without believing it.

Before anything is read, the whole list of members is held against what a bundle may have: names of a
closed set, each once, none larger than a log can make it, none encrypted or pressed in a way that we
do not write, no two lying over each other (one megabyte that says it is a petabyte). Nothing is ever
unpacked to a path that the zip names. What is read then is never more than was said.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import IO

from application.export.layout import LONGEST_LINE, largest

_MOST_DIRECTORY = 256 << 20
"""Bytes of the list of members: enough for a log of twenty million events."""
_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_SIZE_IN_END64 = 8
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30


class BundleRefused(Exception):
    """A bundle that is not taken. `code` is stable, `where` a member or a position, `cure` what to do."""

    def __init__(self, code: str, where: str, why: str, cure: str) -> None:
        super().__init__(f"{where}: {why}. {cure}. [{code}]")
        self.code = code
        self.where = where
        self.why = why
        self.cure = cure


FETCH_AGAIN = "Fetch the bundle again and compare its SHA-256 with that of whoever made it"


class Members:
    """The members of the zip in `file`, which can be sought in. Raises `BundleRefused`."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            _require_short_directory(file)
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, struct.error, OSError, ValueError) as error:
            raise BundleRefused(
                "bundle.not-whole", "the file", f"is no zip, or was cut off ({error})", FETCH_AGAIN
            ) from None
        self._infos: Mapping[str, zipfile.ZipInfo] = {}
        self._look_through()

    @property
    def names(self) -> AbstractSet[str]:
        return self._infos.keys()

    def read(self, name: str) -> bytes:
        """A whole member, which is as long as was said. Raises `BundleRefused`."""
        info = self._info(name)
        try:
            return self._zip.read(info)
        except _SPOILED as error:
            raise _spoiled(name, error) from None

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member one by one, each with its newline."""
        try:
            with self._zip.open(self._info(name)) as member:
                while line := member.readline(LONGEST_LINE + 1):
                    if len(line) > LONGEST_LINE:
                        raise BundleRefused(
                            "bundle.too-large", name, "has a line that no body makes", FETCH_AGAIN
                        )
                    yield line
        except _SPOILED as error:
            raise _spoiled(name, error) from None

    def _info(self, name: str) -> zipfile.ZipInfo:
        found = self._infos.get(name)
        if found is None:
            raise BundleRefused("bundle.missing", name, "is not in the bundle", FETCH_AGAIN)
        return found

    def _look_through(self) -> None:
        infos: dict[str, zipfile.ZipInfo] = {}
        end = 0
        for info in sorted(self._zip.infolist(), key=lambda each: each.header_offset):
            name = info.orig_filename
            if infos.setdefault(name, info) is not info:
                raise _odd(name, "is in the zip twice")
            if info.flag_bits & _ENCRYPTED or info.compress_type not in _PRESSED:
                raise _odd(name, "is encrypted, or pressed in a way that no bundle is")
            if info.header_offset < end:
                raise _odd(name, "lies over another member")
            end = info.header_offset + _LOCAL_HEADER + info.compress_size
            if info.file_size > largest(name):
                raise BundleRefused(
                    "bundle.too-large", _shown(name), "is larger than any log makes it",
                    "Do not unpack this file: it was made to fill a disk",
                )  # fmt: skip
        if end > self._zip.start_dir:
            raise _odd("the last member", "lies over the list of members")
        self._infos = infos


_PRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SPOILED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError)


def _spoiled(name: str, error: Exception) -> BundleRefused:
    return BundleRefused(
        "bundle.spoiled", name, f"cannot be read ({type(error).__name__})", FETCH_AGAIN
    )


def _odd(name: str, why: str) -> BundleRefused:
    return BundleRefused(
        "bundle.member", _shown(name), why, "Ask for a bundle as `kringboek export` makes it"
    )


def _shown(name: str) -> str:
    """A name of somebody else's, fit for a terminal."""
    return repr(name[:100])


def _require_short_directory(file: IO[bytes]) -> None:
    """That the list of members fits in memory, before `zipfile` reads all of it.

    Raises ValueError or struct.error for what is no zip of ours, whose end has no comment.
    """
    end_at = file.seek(-_END.size, 2)
    mark, *_, size, _, comment = _END.unpack(file.read(_END.size))
    if mark != b"PK\5\6" or comment:
        raise ValueError("its end is missing")
    # zipfile believes the ZIP64 end wherever there is one, so that is asked too.
    end64_at = end_at - _LOCATOR.size - _END64.size
    if end64_at >= 0:
        file.seek(end64_at)
        end64, locator = file.read(_END64.size), file.read(_LOCATOR.size)
        if locator.startswith(b"PK\6\7"):
            size = max(size, _END64.unpack(end64)[_SIZE_IN_END64])
    if size > _MOST_DIRECTORY:
        raise BundleRefused(
            "bundle.too-large", "the list of members", "is larger than that of any log we know",
            "Do not unpack this file: it was made to fill a memory",
        )  # fmt: skip
    file.seek(0)
