"""A log in files, by a writer of the tests' own: it shares no line with the house, nor the verifier.

Everything is made the plain way, from all leaves each time.
"""

import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

ORIGIN = "kring.example/log"
BEGIN = datetime(2026, 3, 1, 11, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What an entry says, with the body and salt that lie beside it."""

    aggregate: UUID
    version: int
    moment: datetime
    body: bytes
    salt: bytes
    actor: UUID = UUID(int=9)
    command: UUID = UUID(int=7)
    name: str = "circle.member-joined"

    @property
    def recorded_at(self) -> str:
        return self.moment.isoformat(timespec="microseconds").replace("+00:00", "Z")

    @cached_property
    def entry(self) -> bytes:
        said = {
            "actor": str(self.actor),
            "aggregate": str(self.aggregate),
            "aggregateVersion": self.version,
            "body": sha256(self.salt + self.body).hexdigest(),
            "command": str(self.command),
            "event": self.name,
            "eventVersion": 1,
            "policy": "00" * 32,
            "recordedAt": self.recorded_at,
            "schemaVersion": 1,
        }
        return json.dumps(said, separators=(",", ":"), sort_keys=True).encode()


def story(length: int, seed: int = 1, aggregates: int = 17) -> list[Event]:
    """Events of a few aggregates, one every second."""
    return list(_story(length, seed, aggregates))


@cache
def _story(length: int, seed: int, aggregates: int) -> tuple[Event, ...]:
    random = Random(seed)  # noqa: S311  the same story every time
    versions: dict[int, int] = {}
    told = []
    for number in range(length):
        aggregate = random.randrange(aggregates) + 1
        versions[aggregate] = versions.get(aggregate, 0) + 1
        told.append(
            Event(
                aggregate=UUID(int=aggregate),
                version=versions[aggregate],
                moment=BEGIN + timedelta(seconds=number),
                body=b'{"n":%d,"vote":"%s"}' % (number, random.choice((b"yes", b"no"))),
                salt=random.randbytes(32),
                command=UUID(int=random.getrandbits(128)),
            )
        )
    return tuple(told)


def bought(event: Event) -> Event:
    """The same event, with something else in it."""
    return replace(event, body=b'{"vote":"bought"}')


def renumbered(events: Iterable[Event]) -> list[Event]:
    """The same with versions and moments that fit again, as a careful forger leaves them."""
    versions: dict[UUID, int] = {}
    told = []
    for number, event in enumerate(events):
        versions[event.aggregate] = versions.get(event.aggregate, 0) + 1
        moment = BEGIN + timedelta(seconds=number)
        told.append(replace(event, version=versions[event.aggregate], moment=moment))
    return told


# ------------------------------------------------------------------------------------------ hashes


def leaf(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1, level by level: a lone last node goes up as it is."""
    if not leaves:
        return sha256(b"").digest()
    row = list(leaves)
    while len(row) > 1:
        pairs = [row[at : at + 2] for at in range(0, len(row), 2)]
        row = [
            sha256(b"\x01" + b"".join(each)).digest() if len(each) == 2 else each[0]
            for each in pairs
        ]
    return row[0]


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    if len(leaves) == 1:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if index < half:
        return [*inclusion(leaves[:half], index), root(leaves[half:])]
    return [*inclusion(leaves[half:], index - half), root(leaves[:half])]


# ------------------------------------------------------------------------------------------- notes


class Signer:
    """An Ed25519 key of a log (kind 1) or a witness (kind 4), made from its name."""

    def __init__(self, name: str, kind: int = 1, seed: str = "") -> None:
        self.name = name
        self.kind = kind
        self._key = Ed25519PrivateKey.from_private_bytes(sha256((name + seed).encode()).digest())
        material = bytes([kind]) + self._key.public_key().public_bytes_raw()
        self.id = sha256(name.encode() + b"\n" + material).digest()[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64encode(material).decode()}"

    def line(self, text: str, time: int = 1_790_000_000) -> str:
        if self.kind == 1:
            signature = self._key.sign(text.encode())
        else:
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
            signature = time.to_bytes(8, "big") + self._key.sign(message)
        return f"\u2014 {self.name} {b64encode(self.id + signature).decode()}\n"


class MlDsaSigner:
    """A witness with an ML-DSA-44 key (kind 6)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._key = MLDSA44PrivateKey.from_seed_bytes(sha256(name.encode()).digest())
        material = b"\x06" + self._key.public_key().public_bytes_raw()
        self.id = sha256(name.encode() + b"\n" + material).digest()[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64encode(material).decode()}"

    def line(self, text: str, time: int = 1_790_000_000) -> str:
        origin, size, encoded = text.split("\n")[:3]
        message = b"subtree/v1\n\0" + bytes([len(self.name)]) + self.name.encode()
        message += time.to_bytes(8, "big") + bytes([len(origin)]) + origin.encode()
        message += (0).to_bytes(8, "big") + int(size).to_bytes(8, "big") + b64decode(encoded)
        signature = time.to_bytes(8, "big") + self._key.sign(message)
        return f"\u2014 {self.name} {b64encode(self.id + signature).decode()}\n"


AnySigner = Signer | MlDsaSigner
LOG = Signer(ORIGIN)


def note(text: str, *signers: AnySigner) -> bytes:
    return (text + "\n" + "".join(signer.line(text) for signer in signers)).encode()


def checkpoint(entries: Sequence[bytes], *signers: AnySigner, origin: str = ORIGIN) -> bytes:
    over = root([leaf(each) for each in entries])
    text = f"{origin}\n{len(entries)}\n{b64encode(over).decode()}\n"
    return note(text, *(signers or (LOG,)))


def receipt(event: Event, index: int, signer: Signer = LOG) -> bytes:
    hashed = b64encode(leaf(event.entry)).decode()
    text = f"kringboek-receipt/v1\n{ORIGIN}\n{index}\n{hashed}\n{event.recorded_at}\n"
    return note(text, signer)


def proof(entries: Sequence[bytes], index: int, *signers: AnySigner) -> bytes:
    path = inclusion([leaf(each) for each in entries], index)
    lines = [f"c2sp.org/tlog-proof@v1\nindex {index}\n"]
    lines += [b64encode(each).decode() + "\n" for each in path]
    return "".join(lines).encode() + b"\n" + checkpoint(entries, *signers)


# ------------------------------------------------------------------------------------------- files


def place(number: int) -> str:
    digits = f"{number:0{-(-len(str(number)) // 3) * 3}}"
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([f"x{each}" for each in groups[:-1]] + groups[-1:])


@dataclass
class Log:
    """Events, and the folder in which they lie as a log or an export."""

    folder: Path
    events: list[Event]
    signers: tuple[AnySigner, ...] = (LOG,)
    published: tuple[int, ...] = ()
    """Earlier sizes of which the checkpoint and the partial tiles are still there."""
    bodies: bool = False
    policy: str | None = None
    keys: tuple[str, ...] = (LOG.vkey,)
    withheld: frozenset[int] = field(default_factory=frozenset)

    @property
    def entries(self) -> list[bytes]:
        return [event.entry for event in self.events]

    def write(self) -> "Log":
        entries = self.entries
        for size in (*self.published, len(entries)):
            write_tiles(self.folder, entries[:size])
            self.put(f"checkpoints/{size}", checkpoint(entries[:size], *self.signers))
        self.put("checkpoint", checkpoint(entries, *self.signers))
        self.put("keys", "".join(f"{key}\n" for key in self.keys).encode())
        if self.policy is not None:
            self.put("policy", self.policy.encode())
        if self.bodies:
            self.write_bodies()
            self.write_manifest()
        return self

    def write_bodies(self) -> None:
        lines = [
            body_line(event, position, withheld=position in self.withheld)
            for position, event in enumerate(self.events, 1)
        ]
        for start in range(0, len(lines), 256):
            self.put(f"bodies/{place(start // 256)}", b"".join(lines[start : start + 256]))

    def write_manifest(self, subject: str | None = None) -> None:
        over = b64encode(root([leaf(each) for each in self.entries])).decode()
        said = {
            "format": "kringboek-export/v1",
            "origin": ORIGIN,
            "size": len(self.events),
            "root": over,
            "subject": subject,
            "madeAt": "2026-11-21T20:00:00.000000Z",
        }
        self.put("manifest.json", json.dumps(said, indent=1).encode())
        self.put("README.md", b"# read me\n")

    def write_part(self, aggregate: UUID) -> "Log":
        """Only the events of one aggregate, each with its proof."""
        entries = self.entries
        for index, event in enumerate(self.events):
            if event.aggregate == aggregate:
                self.put(f"entries/{index + 1}", event.entry)
                self.put(f"proofs/{index + 1}.tlog-proof", proof(entries, index, *self.signers))
                self.put(f"bodies/{index + 1}", body_line(event, index + 1))
        self.put("checkpoint", checkpoint(entries, *self.signers))
        self.put("keys", "".join(f"{key}\n" for key in self.keys).encode())
        self.write_manifest(str(aggregate))
        return self

    def put(self, path: str, data: bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def zipped(self) -> Path:
        target = self.folder.with_suffix(".zip")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(self.folder.rglob("*")):
                if file.is_file():
                    packed.write(file, file.relative_to(self.folder).as_posix())
        return target


def body_line(event: Event, position: int, *, withheld: bool = False) -> bytes:
    if withheld:
        return b'{"body":null,"position":%d,"salt":null}\n' % position
    return b'{"body":%s,"position":%d,"salt":"%s"}\n' % (
        event.body,
        position,
        event.salt.hex().encode(),
    )


def write_tiles(folder: Path, entries: Sequence[bytes]) -> None:
    """Every tile and bundle of a log of these entries, whole or partial."""
    row = [leaf(each) for each in entries]
    for start in range(0, len(entries), 256):
        bundle = entries[start : start + 256]
        data = b"".join(len(each).to_bytes(2, "big") + each for each in bundle)
        _put_wide(folder, "tile/entries", start // 256, len(bundle), data)
    level = 0
    while row:
        for start in range(0, len(row), 256):
            tile = row[start : start + 256]
            _put_wide(folder, f"tile/{level}", start // 256, len(tile), b"".join(tile))
        whole = len(row) // 256
        row = [root(row[at * 256 : (at + 1) * 256]) for at in range(whole)]
        level += 1


def _put_wide(folder: Path, kind: str, number: int, width: int, data: bytes) -> None:
    file = folder / kind / (place(number) + (f".p/{width}" if width < 256 else ""))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
