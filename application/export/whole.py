"""The whole log as a bundle: what was published, to the byte, and beside it what the events say.

Tiles and entries are copied from the log as it was published, not made anew, and the bodies come
from the ledger. So a bundle that is made after somebody changed the ledger still shows what was
signed before, next to what the ledger says now, and the verifier names the difference. What differs
is also counted here, for whoever makes the bundle to hear of at once.

Nothing is held but one bundle of 256 events and a page of the ledger's rows. The same checkpoint
gives the same bytes, but for the manifest and the README, which say who made it and when.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence

from application.export.archive import Member
from application.export.body_line import WITHHELD, Spoken, body_line, fits, is_of
from application.export.layout import (
    CHECKPOINT,
    KEYS,
    MANIFEST,
    POLICY,
    README,
    VERIFIER,
    bodies_path,
    checkpoint_path,
    timestamp_path,
)
from application.export.making import Made, Source, Tally
from application.export.manifest import Manifest
from application.export.published import Stand, tile
from application.export.readable import Readable
from application.export.readme import readme_of_a_log
from application.ports import StoredEvent, WholeLedger
from application.transparency.strict import FormatError
from application.transparency.tiles import FULL, Place, bundles_in, decode_bundle, levels, tiles_in


async def whole_log(
    source: Source, stand: Stand, made: Made, *, readable: Readable, tally: Tally
) -> AsyncIterator[Member]:
    """The members of the bundle at `stand`, in their order. Raises `LogIncomplete`.

    The manifest comes last, because it counts.
    """
    yield Member(README, readme_of_a_log(source, stand, made))
    for member in beside(source, stand):
        yield member
    rows = _Rows(source.ledger, stand.size)
    for place in bundles_in(stand.size):
        data = await asyncio.to_thread(tile, source.log, place)
        yield Member(place.path, data)
        found = await rows.up_to(place.index * FULL + place.width)
        yield Member(bodies_path(place.index), await _bodies(place, data, found, readable, tally))
    for level in range(levels(stand.size)):
        for place in tiles_in(level, stand.size):
            data = await asyncio.to_thread(tile, source.log, place)
            yield Member(place.path, data, pressed=False)
    manifest = Manifest(
        origin=source.origin,
        sandbox=source.sandbox,
        size=stand.size,
        root=stand.checkpoint.root,
        subject=None,
        withheld=tally.withheld,
        differing=tally.differing,
        made_at=made.at,
        made_by=made.by,
    )
    yield Member(MANIFEST, manifest.to_bytes())


def beside(source: Source, stand: Stand) -> Iterator[Member]:
    """What both kinds of bundle have: checkpoints, keys, policy, timestamps, the verifier."""
    log = source.log
    yield Member(VERIFIER, source.verifier)
    yield Member(CHECKPOINT, stand.signed)
    yield Member(KEYS, source.keys)
    policy = log.read(POLICY)
    if policy is not None:
        yield Member(POLICY, policy)
    for size in log.sizes():
        if size > stand.size:
            break
        # Cosignatures may have come since: the checkpoint that is stood on is one and the same.
        signed = stand.signed if size == stand.size else log.checkpoint_of(size)
        if signed is not None:
            yield Member(checkpoint_path(size), signed)
        timestamp = log.read(timestamp_path(size))
        if timestamp is not None:
            yield Member(timestamp_path(size), timestamp)


async def _bodies(
    place: Place, bundle: bytes, rows: Sequence[StoredEvent], readable: Readable, tally: Tally
) -> bytes:
    """A line for every event of a bundle that the ledger has."""
    first = place.index * FULL + 1
    try:
        published: Sequence[bytes | None] = decode_bundle(bundle, place.width)
    except FormatError:
        published = [None] * place.width
    lines = []
    found = {row.position for row in rows}
    for position in range(first, first + place.width):
        if position not in found:
            tally.differs(position)
    for row, shown in zip(rows, await readable(rows), strict=True):
        as_published = row.entry == published[row.position - first]
        if not (as_published and fits(row.body) and is_of(row.entry, row.body, row.salt)):
            tally.differs(row.position)
        if not fits(row.body):
            continue  # It would be read as other lines: better to miss it, as the verifier will.
        tally.withheld += not shown
        lines.append(body_line(row.position, Spoken(row.body, row.salt) if shown else WITHHELD))
    tally.position = first + place.width - 1
    return b"".join(lines)


class _Rows:
    """The ledger's rows in order, taken from its pages in portions of our own size."""

    def __init__(self, ledger: WholeLedger, size: int) -> None:
        self._pages = ledger.stored(up_to=size)
        self._waiting: list[StoredEvent] = []

    async def up_to(self, position: int) -> Sequence[StoredEvent]:
        """Those up to `position` that were not taken before."""
        while not self._waiting or self._waiting[-1].position < position:
            page = await anext(self._pages, None)
            if page is None:
                break
            self._waiting += page
        count = sum(row.position <= position for row in self._waiting)
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken
