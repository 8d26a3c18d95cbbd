"""The folder of the log for the audit: what `LogFiles` promises, on a folder."""

from collections.abc import Sequence
from pathlib import Path


class AuditFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str) -> bytes | None:
        try:
            return (self._folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def names(self, folder: str) -> Sequence[str]:
        try:
            return sorted(each.name for each in (self._folder / folder).iterdir() if each.is_file())
        except (FileNotFoundError, NotADirectoryError):
            return []
