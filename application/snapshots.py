"""Snapshots: the state of a long stream at a version, kept beside the ledger and no part of it.

A snapshot is believed only by the build that made it: its edition is a fingerprint of the code that
folds, of the types of the state and of the names and versions of the events. A hash binds it to its
stream, version and edition, so that a damaged row, or one in the wrong place, counts as none.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol, get_args, get_type_hints
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from application.access import Belonging
from application.aggregates import AGGREGATES, Aggregate

EVERY = 100
"""Events after which a stream is kept anew.

Reading a hundred events costs about as much as the round trip that fetches a snapshot; and one write
in a hundred is lost beside a hundred flushes of the ledger.
"""
_HASH = sha256().digest_size


class Snapshots(Protocol):
    """Where snapshots lie. What fails here is logged and never raised: it is only a cache."""

    async def get(self, stream: UUID, edition: str) -> tuple[int, bytes] | None:
        """The version and bytes that this edition put, or None."""

    async def put(self, stream: UUID, edition: str, version: int, state: bytes) -> None:
        """Keep this, instead of whatever was kept of the stream. A crash may lose it."""

    async def discard(self) -> None:
        """Throw all of them away."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A state, and where the stream said that it belongs, after the event of `version`."""

    version: int
    state: Any
    told: Belonging


class StateCodec:
    """The bytes of one aggregate's snapshots: a hash, then JSON in which equal states are equal."""

    def __init__(
        self, aggregate: Aggregate, *, names: Iterable[tuple[str, int]], code: str
    ) -> None:
        """`names` are those of all events, with their versions; `code` tells builds apart."""
        state = type(aggregate.decider.initial)
        both: Any = tuple.__class_getitem__((state, Belonging))
        self._adapter: TypeAdapter[tuple[Any, Belonging]] = TypeAdapter(both)
        told = [aggregate.name, code, sorted(names), _described(state), _described(Belonging)]
        self.edition = sha256(json.dumps(told).encode()).hexdigest()

    def write(self, stream: UUID, snapshot: Snapshot) -> bytes:
        body = _text([snapshot.state, snapshot.told]).encode()
        return self._seal(stream, snapshot.version, body) + body

    def read(self, stream: UUID, version: int, stored: bytes) -> Snapshot | None:
        """What `write` wrote for this stream and version; None for any other bytes."""
        body = stored[_HASH:]
        if stored[:_HASH] != self._seal(stream, version, body):
            return None
        try:
            state, told = self._adapter.validate_json(body, strict=True)
        except ValidationError:
            return None
        return Snapshot(version=version, state=state, told=told)

    def _seal(self, stream: UUID, version: int, body: bytes) -> bytes:
        return sha256(f"{self.edition} {stream} {version} ".encode() + body).digest()


class KeptStates:
    """The snapshots of every aggregate, written and read. Made once per process."""

    def __init__(
        self, snapshots: Snapshots, *, names: Iterable[tuple[str, int]], code: str
    ) -> None:
        named = tuple(names)
        self._snapshots = snapshots
        self._codecs = {each.name: StateCodec(each, names=named, code=code) for each in AGGREGATES}

    @property
    def editions(self) -> Mapping[str, Aggregate]:
        """The editions that this build believes, and of which aggregate each is."""
        return {self._codecs[each.name].edition: each for each in AGGREGATES}

    async def read(self, aggregate: Aggregate, stream: UUID) -> Snapshot | None:
        codec = self._codecs[aggregate.name]
        found = await self._snapshots.get(stream, codec.edition)
        return None if found is None else codec.read(stream, *found)

    async def write(self, aggregate: Aggregate, stream: UUID, snapshot: Snapshot) -> None:
        codec = self._codecs[aggregate.name]
        state = codec.write(stream, snapshot)
        await self._snapshots.put(stream, codec.edition, snapshot.version, state)


def _text(value: Any) -> str:
    return json.dumps(
        value, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value, key=_text)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    raise TypeError(f"a state holds {type(value).__name__}, which a snapshot cannot say")


def _described(hint: Any) -> Any:
    """What a type is made of, down to its dataclasses' fields."""
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return [str(hint), *([each.name, _described(hints[each.name])] for each in fields(hint))]
    return [str(hint), *map(_described, get_args(hint))]
