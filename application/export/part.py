"""One subject's part of the log: its events, each with the proof that the log holds it.

A proof stands on the checkpoint alone, so whoever has this part checks it without the rest of the
log. That no event of the subject is missing in between is shown by the versions, which the entries
hold; that none came after the last one shown, before the checkpoint, is not proven by a part.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import lru_cache, partial
from uuid import UUID

from application.export.archive import Member
from application.export.body_line import WITHHELD, Spoken, body_line, fits, is_of
from application.export.layout import MANIFEST, README, body_of, entry_of, proof_of
from application.export.making import About, Made, Source, Tally
from application.export.manifest import Manifest, Subject
from application.export.published import LogIncomplete, Stand, tile
from application.export.readable import Readable
from application.export.readme import readme_of_a_part
from application.export.whole import beside
from application.ports import StoredEvent, WholeLedger
from application.transparency.ports import PublishedLog
from application.transparency.proof_file import ProofFile
from application.transparency.strict import FormatError
from application.transparency.tiles import FULL, Place, TiledTree, decode_bundle
from domain.tree import inclusion_proof_from

_AT_ONCE = 200
"""Rows that are read at once."""
_TILES_KEPT = 64
"""Of 8 KiB; events of one subject lie near each other, and share the tiles above them."""


async def part_of(
    source: Source, stand: Stand, about: About, made: Made, *, readable: Readable, tally: Tally
) -> AsyncIterator[Member]:
    """The members of the part of one subject, in the order of its events."""
    yield Member(README, readme_of_a_part(source, stand, about, made))
    for member in beside(source, stand):
        yield member
    proofs = _Proofs(source.log, stand)
    events = 0
    async for rows in _rows_of(source.ledger, about.stream, stand.size):
        for row, shown in zip(rows, await readable(rows), strict=True):
            entry, proof = await asyncio.to_thread(proofs.of, row.position)
            if entry != row.entry or not (fits(row.body) and is_of(entry, row.body, row.salt)):
                tally.differs(row.position)
            spoken = Spoken(row.body, row.salt) if shown and fits(row.body) else WITHHELD
            tally.withheld += spoken is WITHHELD
            events += 1
            tally.position = row.position
            yield Member(entry_of(row.position), entry)
            yield Member(body_of(row.position), body_line(row.position, spoken))
            yield Member(proof_of(row.position), proof)
    manifest = Manifest(
        origin=source.origin,
        sandbox=source.sandbox,
        size=stand.size,
        root=stand.checkpoint.root,
        subject=Subject(kind=about.kind, id=about.stream, events=events),
        withheld=tally.withheld,
        differing=tally.differing,
        made_at=made.at,
        made_by=made.by,
    )
    yield Member(MANIFEST, manifest.to_bytes())


async def _rows_of(
    ledger: WholeLedger, stream: UUID, size: int
) -> AsyncIterator[Sequence[StoredEvent]]:
    after = 0
    while rows := await ledger.stored_of(stream, after=after, up_to=size, most=_AT_ONCE):
        yield rows
        after = rows[-1].position


class _Proofs:
    """Entries and inclusion proofs as of one checkpoint, read from the log's files. It blocks."""

    def __init__(self, log: PublishedLog, stand: Stand) -> None:
        self._stand = stand
        self._read = lru_cache(maxsize=_TILES_KEPT)(partial(tile, log))
        self._bundle: tuple[int, Sequence[bytes]] = (-1, ())

    def of(self, position: int) -> tuple[bytes, bytes]:
        """The entry that was published at a position, and its tlog-proof file."""
        try:
            return self._entry(position), self._proof(position)
        except FormatError as error:
            raise LogIncomplete(f"the entry at position {position}: {error}") from error

    def _entry(self, position: int) -> bytes:
        number, within = divmod(position - 1, FULL)
        if self._bundle[0] != number:
            width = min(FULL, self._stand.size - number * FULL)
            data = self._read(Place(level=None, index=number, width=width))
            self._bundle = number, decode_bundle(data, width)
        return self._bundle[1][within]

    def _proof(self, position: int) -> bytes:
        tree = TiledTree(self._read, self._stand.size)
        hashes = inclusion_proof_from(tree.subtree, position - 1, self._stand.size)
        proof = ProofFile(index=position - 1, hashes=hashes, checkpoint=self._stand.signed)
        return proof.encode()
