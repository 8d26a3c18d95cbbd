"""The manifest of an export bundle: what it says of itself, which nothing here signs.

What is proven is proven by the checkpoint; of the manifest an import takes only what the checkpoint
or the entries say too, and the kind of ledger (real or sandbox), which it says aloud.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from uuid import UUID

from application.shapes import read_instant, write_instant
from domain.terms import Instant

FORMAT = "kringboek-export/v1"
ENTRY_FORMAT = 1
"""The only form of entries that this build reads; docs/decisions/0004-entry-format.md."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a part is about: the kind of the aggregate, its id, and how many events it has."""

    kind: str
    id: UUID
    events: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`withheld` counts the events without their body; `differing` those that did not fit.

    An event differs where the ledger does not hold what was published: its entry or its
    body is another, or it is gone. `made_by` is a word for the reader: a role, a program.
    """

    origin: str
    sandbox: bool
    size: int
    root: bytes
    subject: Subject | None
    withheld: int
    differing: int
    made_at: Instant
    made_by: str

    def to_bytes(self) -> bytes:
        subject = self.subject
        said = {
            "format": FORMAT,
            "origin": self.origin,
            "sandbox": self.sandbox,
            "entryFormat": ENTRY_FORMAT,
            "size": self.size,
            "root": b64encode(self.root).decode(),
            "subject": None
            if subject is None
            else {"kind": subject.kind, "id": str(subject.id), "events": subject.events},
            "withheld": self.withheld,
            "differing": self.differing,
            "madeAt": write_instant(self.made_at),
            "madeBy": self.made_by,
        }
        return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()


class NotAManifest(ValueError):
    """It cannot be read. `code` is that of a form that is not ours, or of one that is newer."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


def read_manifest(data: bytes) -> Manifest:
    """The manifest in `data`. Raises `NotAManifest`."""
    try:
        said = json.loads(data)
        format_, entry_format = said["format"], said["entryFormat"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAManifest("bundle.manifest", "is not the manifest of an export bundle") from None
    if format_ != FORMAT:
        raise NotAManifest("bundle.format", f"has another format than {FORMAT}")
    if entry_format != ENTRY_FORMAT:
        raise NotAManifest("bundle.entry-format", f"has other entries than format {ENTRY_FORMAT}")
    try:
        return _read(said)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotAManifest("bundle.manifest", "has a field that cannot be read") from None


def _read(said: dict[str, object]) -> Manifest:
    subject = said["subject"]
    if subject is not None:
        if not isinstance(subject, dict):
            raise TypeError
        subject = Subject(
            kind=_text(subject["kind"]),
            id=UUID(_text(subject["id"])),
            events=_count(subject["events"]),
        )
    if not isinstance(said["sandbox"], bool):
        raise TypeError
    return Manifest(
        origin=_text(said["origin"]),
        sandbox=said["sandbox"],
        size=_count(said["size"]),
        root=b64decode(_text(said["root"]), validate=True),
        subject=subject,
        withheld=_count(said["withheld"]),
        differing=_count(said["differing"]),
        made_at=read_instant(_text(said["madeAt"])),
        made_by=_text(said["madeBy"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 53:
        raise TypeError
    return value
