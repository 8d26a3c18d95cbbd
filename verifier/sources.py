"""Where the log is read from."""

import gzip
import io
import os
import re
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from verifier.findings import Malformed, Unusable
from verifier.sizes import LARGEST_FILE


class Source(Protocol):
    """Where the log is read from. `path` is as in a log's folder: `tile/0/000`."""

    label: str
    is_service: bool

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        """The whole of it; None where it is not there. Raises Malformed beyond `limit` bytes."""

    def names(self) -> Sequence[str] | None:
        """Every path in it; None where it does not tell."""

    def again(self) -> tuple[Any, ...]:
        """What another process opens it with, see `open_again`."""


class Folder:
    """A folder of tiles, or an export that was unpacked."""

    is_service = False

    def __init__(self, place: str) -> None:
        self.label = place
        self._root = Path(place)

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        try:
            with (self._root / path).open("rb", buffering=0) as file:
                # To ask for more than there is would make room for all that was asked.
                size = min(os.fstat(file.fileno()).st_size, limit)
                data = file.read(size + 1) or b""
                while len(data) <= limit and (more := file.read(limit + 1 - len(data))):
                    data += more
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as failed:
            raise Unusable("no-source", what=path, why=failed.strerror) from None
        return at_most(data, limit)

    def names(self) -> Sequence[str]:
        found = []
        for folder, _, files in os.walk(self._root):
            under = Path(folder).relative_to(self._root).as_posix()
            found += [name if under == "." else f"{under}/{name}" for name in files]
        return found

    def again(self) -> tuple[Any, ...]:
        return ("folder", self.label)


class Export:
    """An export in a zip, read where it is."""

    is_service = False

    def __init__(self, place: str) -> None:
        self.label = place
        try:
            self._zip = zipfile.ZipFile(place)
        except Exception as failed:  # noqa: BLE001  a library's word for bytes from outside
            raise Unusable("no-source", what=place, why=str(failed)) from None

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        try:
            with self._zip.open(path) as file:
                return at_most(file.read(limit + 1), limit)
        except KeyError:
            return None
        except Malformed:
            raise
        except Exception as bad:  # noqa: BLE001  as above
            raise Malformed(f"cannot be read from the zip ({bad})") from None

    def names(self) -> Sequence[str]:
        return [each.filename for each in self._zip.infolist() if not each.is_dir()]

    def again(self) -> tuple[Any, ...]:
        return ("export", self.label)


class Service:
    """A running service, over HTTP. Follows no redirect: a token goes to nobody else."""

    is_service = True
    WAITS = (0.2, 0.5, 1.0, 2.0)
    SECONDS = 30

    def __init__(self, address: str, token: str | None = None) -> None:
        self.label = address.rstrip("/")
        self._token = token
        self._opener = urllib.request.build_opener(_NoRedirect)

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        status, data = self.ask(path, limit)
        if status == 200:  # noqa: PLR2004
            return data
        if status in (404, 410):
            return None
        raise Unusable("no-source", what=f"{self.label}/{path}", why=f"HTTP {status}")

    def ask(self, path: str, limit: int, accept: str = "*/*") -> tuple[int, bytes]:
        """The status and the body. Tries again when the service is busy or away."""
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        if self._token is not None and path.startswith("v1/"):
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(f"{self.label}/{path}", headers=headers)  # noqa: S310
        why = ""
        for wait in (*self.WAITS, None):
            try:
                with self._opener.open(request, timeout=self.SECONDS) as answer:
                    data = at_most(answer.read(limit + 1), limit)
                    if answer.headers.get("Content-Encoding") == "gzip":
                        with gzip.GzipFile(fileobj=io.BytesIO(data)) as unpacked:
                            data = at_most(unpacked.read(limit + 1), limit)
                    return answer.status, data
            except urllib.error.HTTPError as refused:
                refused.close()
                if refused.code < 500 and refused.code != 429:  # noqa: PLR2004
                    return refused.code, b""
                why = f"HTTP {refused.code}"
            except (OSError, EOFError, zlib.error, urllib.error.URLError) as failed:
                why = str(failed)
            if wait is not None:
                time.sleep(wait)
        raise Unusable("no-source", what=f"{self.label}/{path}", why=why)

    def names(self) -> None:
        return None

    def again(self) -> tuple[Any, ...]:
        return ("service", self.label, self._token)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class OneFile:
    """A source of one file, whatever is asked."""

    is_service = False

    def __init__(self, label: str, data: bytes) -> None:
        self.label = label
        self._data = data

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        return self._data if path == self.label and len(self._data) <= limit else None

    def names(self) -> Sequence[str]:
        return (self.label,)

    def again(self) -> tuple[Any, ...]:
        raise NotImplementedError


def at_most(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise Malformed(f"longer than {limit} bytes")
    return data


def open_source(place: str, token: str | None) -> Source:
    """Raises Unusable."""
    if re.match(r"https?://", place):
        return Service(place, token)
    if "://" in place:
        raise Unusable("no-source", what=place, why="only http and https")
    if Path(place).is_dir():
        return Folder(place)
    return Export(place)


def open_again(said: tuple[Any, ...]) -> Source:
    """In a worker: a source of its own, as a file handle is not to be shared."""
    makers: Mapping[str, Callable[..., Source]] = {
        "folder": Folder, "export": Export, "service": Service,
    }  # fmt: skip
    return makers[said[0]](*said[1:])
