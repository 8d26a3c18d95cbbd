"""A bundle of a whole log, opened to be taken in: nothing in it is believed before it is checked.

The checks are those of the house, in the same pass that hands out the rows, so that what is written
is what was checked. They share no code with the writer of entries: an entry is read by one strict
pattern of its form, which no second spelling passes. From the entries come the leaves, from those
the tiles and the root, and the root must be that of the signed checkpoint; bodies hang on their
entries by their salted hashes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import IO
from uuid import UUID

from application.export.body_line import read_body_line
from application.export.layout import (
    CHECKPOINT,
    KEYS,
    MANIFEST,
    POLICY,
    bodies_path,
    checkpoint_path,
    is_beside,
    names_of_a_log,
)
from application.export.manifest import Manifest, NotAManifest, read_manifest
from application.export.unzipping import FETCH_AGAIN, BundleRefused, Members
from application.ports import StoredEvent
from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.keys import Kind, VerifierKey, keys_in
from application.transparency.strict import FormatError, to_base64
from application.transparency.tiles import (
    FULL,
    Place,
    TiledTree,
    bundles_in,
    decode_bundle,
    decode_tile,
    levels,
    tiles_in,
)
from domain.tree import leaf_hash, root, root_from

Unreadable = Callable[[str, int, bytes], str | None]
"""Why this build cannot read a body under its event's name and version; None where it can."""

MOST_AT_ONCE = 8_000_000
"""Bytes of bodies that are handed out together."""
_TILES_KEPT = 64

_UUID = rb"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_ENTRY = re.compile(
    rb'\{"actor":"' + _UUID + rb'","aggregate":"' + _UUID + rb'","aggregateVersion":([1-9][0-9]{0,9}),'
    rb'"body":"([0-9a-f]{64})","command":"' + _UUID + rb'","event":"([a-z0-9.-]{1,200})",'
    rb'"eventVersion":([1-9][0-9]{0,8}),"policy":"([0-9a-f]{64})",'
    rb'"recordedAt":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)",'
    rb'"schemaVersion":1\}'
)  # fmt: skip
_LARGEST_INT4 = (1 << 31) - 1
_CHANGED = (
    "This bundle was changed, or made of a changed log: ask for the original, and keep this one"
)


class Bundle:
    """The bundle in `file`, whose manifest, list of members and checkpoint are in order.

    Raises `BundleRefused`: where something does not fit, and for what no ledger can be made of, one
    subject's part and a log with withheld bodies.
    """

    def __init__(self, file: IO[bytes], unreadable: Unreadable) -> None:
        self._unreadable = unreadable
        self._members = Members(file)
        self.manifest = self._manifest()
        _require_importable(self.manifest)
        self._require_names()
        self.keys = self._keys()
        self.signed = self._members.read(CHECKPOINT)
        self.checkpoint = self._opened(CHECKPOINT, self.signed)
        self._require_checkpoint()
        self._read_kept = lru_cache(maxsize=_TILES_KEPT)(self._members_read)

    @property
    def size(self) -> int:
        return self.checkpoint.size

    def rows(self) -> Iterator[Sequence[StoredEvent]]:
        """Every event in order, in portions; the last one comes when the tree was checked whole.

        Raises `BundleRefused` at the first thing that does not fit: nothing before it is to be kept
        then. Memory grows with the number of streams.
        """
        reader = _Reader(self._unreadable)
        for place in bundles_in(self.size):
            entries = self._decoded(place)
            lines = self._members.lines(bodies_path(place.index))
            waiting: list[StoredEvent] = []
            weight = 0
            for entry in entries:
                waiting.append(reader.row(entry, next(lines, None)))
                weight += len(waiting[-1].body)
                if weight > MOST_AT_ONCE:
                    yield waiting
                    waiting, weight = [], 0
            if next(lines, None) is not None:
                raise _changed(
                    "bundle.body", bodies_path(place.index), "has more lines than events"
                )
            self._require_tile(place, [leaf_hash(entry) for entry in entries])
            if place.index * FULL + place.width == self.size:
                self._require_tree()
            if waiting:
                yield waiting

    def log_files(self) -> Iterator[tuple[str, bytes]]:
        """What the folder of a log holds, but for the newest checkpoint and the keys.

        To be asked after `rows`, which checks the tiles. Earlier checkpoints are checked here: each
        is a signed root of the same tree.
        """
        for name in sorted(self._members.names):
            if name.startswith("checkpoints/"):
                yield name, self._earlier(name)
            elif name == POLICY or name.startswith(("tile/", "timestamps/")):
                yield name, self._members.read(name)

    # ------------------------------------------------------------------------------ before the rows

    def _manifest(self) -> Manifest:
        try:
            return read_manifest(self._members.read(MANIFEST))
        except NotAManifest as error:
            cure = "Run the build of Kringboek that made it, or one as new"
            raise BundleRefused(error.code, MANIFEST, str(error), cure) from None

    def _require_names(self) -> None:
        size = self.manifest.size
        if size > len(self._members.names) * FULL:
            raise _changed("bundle.missing", MANIFEST, f"says {size} events, for which files lack")
        expected = names_of_a_log(size)
        for name in self._members.names:
            if name not in expected and not is_beside(name, size):
                raise BundleRefused(
                    "bundle.member", repr(name[:100]), "is no part of an export bundle",
                    "Ask for a bundle as `kringboek export` makes it, not unpacked and packed again",
                )  # fmt: skip
        missing = min(expected - self._members.names, default=None)
        if missing is not None:
            raise BundleRefused("bundle.missing", missing, "is not in the bundle", FETCH_AGAIN)

    def _keys(self) -> tuple[VerifierKey, ...]:
        try:
            found = keys_in(self._members.read(KEYS))
        except FormatError as error:
            raise _changed("bundle.keys", KEYS, str(error)) from None
        return tuple(
            key for key in found if key.kind is Kind.ED25519 and key.name == self.manifest.origin
        )

    def _opened(self, name: str, signed: bytes) -> Checkpoint:
        try:
            return open_checkpoint(
                signed, origin=self.manifest.origin, log_keys=self.keys
            ).checkpoint
        except FormatError as error:
            raise _changed("bundle.checkpoint", name, f"{error} ({error.code})") from None

    def _require_checkpoint(self) -> None:
        said = self.manifest
        if (self.checkpoint.size, self.checkpoint.root) != (said.size, said.root):
            raise _changed(
                "bundle.checkpoint", CHECKPOINT, "has another size or root than the manifest says"
            )

    # ------------------------------------------------------------------------------- in the rows

    def _decoded(self, place: Place) -> Sequence[bytes]:
        try:
            return decode_bundle(self._members.read(place.path), place.width)
        except FormatError as error:
            raise _changed("bundle.entries", place.path, str(error)) from None

    def _require_tile(self, bundle: Place, leaves: Sequence[bytes]) -> None:
        place = Place(level=0, index=bundle.index, width=bundle.width)
        if self._members.read(place.path) != b"".join(leaves):
            raise _changed("bundle.tile", place.path, "is not made of the entries that it is about")

    def _require_tree(self) -> None:
        """That every tile above the leaves is made of those below it, and the root of the highest."""
        for level in range(1, levels(self.size)):
            for place in tiles_in(level, self.size):
                for number, hashed in enumerate(self._tile(place)):
                    below = Place(level=level - 1, index=place.index * FULL + number)
                    if root(self._tile(below)) != hashed:
                        why = f"is not made of {below.path}"
                        raise _changed("bundle.tile", place.path, why)
        found = TiledTree(self._members_read, self.size).root
        if found != self.checkpoint.root:
            raise _changed(
                "bundle.root", CHECKPOINT,
                f"is of root {to_base64(self.checkpoint.root)}, and the entries make"
                f" {to_base64(found)}",
            )  # fmt: skip

    def _tile(self, place: Place) -> Sequence[bytes]:
        try:
            return decode_tile(self._members.read(place.path), place.width)
        except FormatError as error:
            raise _changed("bundle.tile", place.path, str(error)) from None

    def _members_read(self, place: Place) -> bytes:
        return self._members.read(place.path)

    # ------------------------------------------------------------------------------ after the rows

    def _earlier(self, name: str) -> bytes:
        signed = self._members.read(name)
        found = self._opened(name, signed)
        tree = TiledTree(self._read_kept, self.size)
        if found.size > self.size or name != checkpoint_path(found.size):
            raise _changed("bundle.checkpoint", name, "is of another size than its name")
        if found.root != root_from(tree.subtree, found.size):
            raise _changed("bundle.forked", name, "is signed, and is no earlier state of this log")
        return signed


class _Reader:
    """From an entry and its line to a row, in the order of the log."""

    def __init__(self, unreadable: Unreadable) -> None:
        self._unreadable = unreadable
        self._position = 0
        self._recorded_at = b""
        self._versions: dict[bytes, int] = {}

    def row(self, entry: bytes, line: bytes | None) -> StoredEvent:
        self._position += 1
        position = self._position
        read = _ENTRY.fullmatch(entry)
        if read is None:
            raise _changed_at(position, "bundle.entry", "has an entry that is not of format 1")
        (actor, stream, version_, body_hash, command, name_, name_version_, policy,
         recorded_at) = read.groups()  # fmt: skip
        version = int(version_)
        if version != self._versions.get(stream, 0) + 1 or version > _LARGEST_INT4:
            raise _changed_at(position, "bundle.order", f"is version {version} out of its turn")
        self._versions[stream] = version
        if recorded_at < self._recorded_at:
            raise _changed_at(position, "bundle.order", "was recorded before the event before it")
        self._recorded_at = recorded_at
        body, salt = self._spoken(position, line)
        if sha256(salt + body).hexdigest().encode() != body_hash:
            raise _changed_at(position, "bundle.body", "has a body that is not its entry's")
        name, name_version = name_.decode(), int(name_version_)
        why = self._unreadable(name, name_version, body)
        if why is not None:
            raise BundleRefused(
                "import.unreadable", f"position {position}", why,
                "Take it in with the build of Kringboek that made it, or one as new",
            )  # fmt: skip
        return StoredEvent(
            position=position,
            stream=UUID(stream.decode()),
            version=version,
            name=name,
            name_version=name_version,
            body=body,
            salt=salt,
            recorded_at=_moment(position, recorded_at),
            actor=UUID(actor.decode()),
            command=UUID(command.decode()),
            policy=bytes.fromhex(policy.decode()),
            entry=entry,
            leaf=leaf_hash(entry),
        )

    def _spoken(self, position: int, line: bytes | None) -> tuple[bytes, bytes]:
        if line is None:
            raise _changed_at(position, "bundle.body", "has no line of what it says")
        try:
            body, salt = read_body_line(line, position)
        except ValueError as error:
            raise _changed_at(position, "bundle.body", f"its line {error}") from None
        if body is None or salt is None:
            raise _withheld(f"position {position}")
        return body, salt


def _moment(position: int, text: bytes) -> datetime:
    try:
        return datetime.fromisoformat(text.decode())
    except ValueError:
        raise _changed_at(position, "bundle.entry", "was recorded on no day there is") from None


def _require_importable(manifest: Manifest) -> None:
    if manifest.subject is not None:
        raise BundleRefused(
            "import.part", MANIFEST, "is of one subject's part, of which no ledger can be made",
            "Take in a bundle of the whole log: kringboek export FILE",
        )  # fmt: skip
    if manifest.withheld:
        raise _withheld(f"{manifest.withheld:,} events")
    if manifest.size == 0:
        raise BundleRefused(
            "import.nothing", MANIFEST, "is of a log without events", "There is nothing to take in"
        )


def _withheld(where: str) -> BundleRefused:
    return BundleRefused(
        "import.withheld", where, "come without what they say, and no ledger can be made of that",
        "Take in a bundle that the operator made at the terminal, with all bodies",
    )  # fmt: skip


def _changed(code: str, where: str, why: str) -> BundleRefused:
    return BundleRefused(code, where, why, _CHANGED)


def _changed_at(position: int, code: str, why: str) -> BundleRefused:
    return _changed(code, f"position {position}", why)
