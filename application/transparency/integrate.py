"""Integrating (opnemen in het logboek): the ledger's newest events become a signed checkpoint.

The order is what makes it safe. Tiles are written and on disk; from those on disk, not from memory,
the new root is computed and shown to extend both the checkpoint that is published and the one that
the signer remembers; then it is signed, and remembered before that; then it is published. A kill
between any two steps leaves a log that goes on: tiles that nobody published are written over, and
what was remembered but not published is held against the ledger and published the next time.

Each round trusts nothing but the signed checkpoint and the signer's memory. Of the ledger it reads
what came since, and the last event before that: entries hold random salts, so a ledger that was
restored from a backup and has grown again since has another leaf there. An event that was changed
further back is what the audit looks for; it changes no tile and no checkpoint.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from application.ports import LedgerUnavailable
from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.ports import (
    Entries,
    LogRefused,
    Overtaken,
    Published,
    PublishedLog,
    Signer,
    TileStore,
)
from application.transparency.published_tiles import TileMissing, reading
from application.transparency.strict import FormatError
from application.transparency.tiles import (
    FULL,
    HEIGHT,
    Place,
    TiledTree,
    TileError,
    decode_bundle,
    grow,
    levels,
)
from domain.tree import (
    Frontier,
    InvalidProof,
    consistency_proof_from,
    empty_root,
    leaf_hash,
    verify_consistency,
)

MOST = 100_000
"""Events in one checkpoint, at most: after a backlog others see the log come nearer, and a kill
costs no more than this."""
_PATIENCE = 30.0
"""Seconds within which the ledger gives a page."""
_UNTIL_ENDED = 1.0
"""Seconds for a question to end that is no longer waited for."""
_T = TypeVar("_T")
_Page = Sequence[tuple[int, bytes]]
_RESTORE = (
    "Restore the database to its newest state (a replica, or point-in-time recovery), or, when those"
    " events are lost for ever, say so in public and begin a new ledger under another origin"
)


async def integrate(ledger: Entries, store: TileStore, signer: Signer) -> Published | None:
    """Bring the log to the ledger's head, or `MOST` events further; None when it was there already.

    None too while another process is at it: of two that read different ledgers, as when a database
    was split in two, one would write its tiles over those that the other signs. Memory does not
    grow with the number of events. Raises `LogRefused` when going on could end in a second history;
    nothing was signed then. Raises `LedgerUnavailable`.
    """
    try:
        with store.alone() as alone:
            return await _integrated(ledger, store, signer) if alone else None
    except (TileError, TileMissing) as error:
        raise LogRefused(
            "log.tile-spoiled",
            f"a tile of the log's folder, on which a proof rests, cannot be read: {error}",
            "Run: kringboek verify. Remove the tiles that it names, and the file `checkpoint`: they"
            " are made again from the ledger",
        ) from error


async def _integrated(ledger: Entries, store: TileStore, signer: Signer) -> Published | None:
    head, _ = await _answered(ledger.head())
    published, remembered = await asyncio.to_thread(_known, store, signer)
    signed = [each for each in (published, remembered) if each is not None and each.size]
    for each in signed:
        if head < each.size:
            raise LogRefused(
                "log.ledger-shorter",
                f"the ledger has {head} events, and a checkpoint of {each.size} was signed: this is"
                " a restored backup",
                _RESTORE,
            )
    whole = published is not None and await asyncio.to_thread(_is_whole, store, published)
    begin = published.size if whole and published is not None else 0
    await _require_signed_roots(ledger, store, begin, signed)
    end = min(head, max(begin + MOST, *(each.size for each in signed), 0))
    edge = _Edge(store=store, begin=begin, size=begin)
    async for page in _pages(ledger.entries(after=max(begin - 1, 0), up_to=end)):
        await _done(edge.take, page)
    if edge.size != end:
        raise _gap(edge.size + 1)
    if whole and published is not None and published.size == remembered.size == end:
        return None
    return await _done(_publish, edge, signer, published)


async def _done(work: Callable[..., _T], *given: object) -> _T:
    """What `work` gives, from a thread. Who is cancelled meanwhile is alone until it has ended."""
    doing = asyncio.create_task(asyncio.to_thread(work, *given))
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        raise


async def _pages(pages: AsyncIterator[_Page]) -> AsyncIterator[_Page]:
    while True:
        try:
            page = await _answered(anext(pages))
        except StopAsyncIteration:
            return
        yield page


async def _answered(answer: Awaitable[_T]) -> _T:
    """What the ledger answers; raises `LedgerUnavailable` where that takes too long.

    A connection to a database that is no more may stay silent for hours. Whoever waits for it keeps
    others from publishing meanwhile, so it is left, whether it can be ended or not.
    """

    async def asked() -> _T:
        return await answer

    asking = asyncio.create_task(asked())
    try:
        await asyncio.wait({asking}, timeout=_PATIENCE)
    except asyncio.CancelledError:
        asking.cancel()
        await asyncio.wait({asking}, timeout=_UNTIL_ENDED)
        raise
    if not asking.done():
        asking.cancel()
        raise LedgerUnavailable
    return asking.result()


def _known(store: PublishedLog, signer: Signer) -> tuple[Checkpoint | None, Checkpoint]:
    return published_checkpoint(store, signer), signer.remembered()


def published_checkpoint(store: PublishedLog, signer: Signer) -> Checkpoint | None:
    """The newest checkpoint of the folder, which the log's key signed. Raises `LogRefused`."""
    note = store.checkpoint()
    if note is None:
        return None
    try:
        opened = open_checkpoint(note, origin=signer.key.name, log_keys=[signer.key])
    except FormatError as error:
        raise LogRefused(
            "log.checkpoint-unreadable",
            f"the published checkpoint is not one that this log's key signed: {error}",
            "Put the right log.key in the folder of keys; where only the file `checkpoint` in the"
            " log's folder is spoiled, remove it: it is made anew from what the signer remembers",
        ) from error
    return opened.checkpoint


def _is_whole(store: PublishedLog, published: Checkpoint) -> bool:
    """Whether the tiles on disk give the published root, up to the bundle at the edge."""
    size = published.size
    if size == 0:
        return True
    try:
        tree = TiledTree(reading(store), size)
        if tree.root != published.root:
            return False
        if size % FULL:
            edge = Place(level=None, index=size // FULL, width=size % FULL)
            entries = decode_bundle(reading(store)(edge), edge.width)
            return [leaf_hash(entry) for entry in entries] == list(tree.right_edge(0))
    except (TileError, TileMissing):
        return False
    return True


async def _require_signed_roots(
    ledger: Entries, store: PublishedLog, begin: int, signed: Sequence[Checkpoint]
) -> None:
    """That the ledger holds what was signed, before anything is written.

    Up to `begin` the tiles hold it, and the ledger's event there must be theirs. Beyond it, and
    from the first event on where tiles are missing, every leaf is read.
    """
    if begin:
        last = TiledTree(reading(store), begin).leaf(begin - 1)
        async for page in _pages(ledger.leaves(after=begin - 1, up_to=begin)):
            if list(page) != [(begin, last)]:
                raise _differs(begin)
    tree = _frontier(store, begin)
    for each in sorted(signed, key=lambda known: known.size):
        if each.size <= begin:
            _require_prefix(store, begin, each)
            continue
        async for page in _pages(ledger.leaves(after=tree.size, up_to=each.size)):
            if page[0][0] != tree.size + 1 or page[-1][0] != tree.size + len(page):
                raise _gap(tree.size + 1)
            tree = await asyncio.to_thread(tree.extend, [leaf for _, leaf in page])
        if tree.size != each.size:
            raise _gap(tree.size + 1)
        if tree.root() != each.root:
            raise _differs(each.size)


def _require_prefix(store: PublishedLog, size: int, signed: Checkpoint) -> None:
    """That the published tiles begin with the tree that was signed."""
    tree = TiledTree(reading(store), size)
    proof = consistency_proof_from(tree.subtree, signed.size, size)
    try:
        verify_consistency(signed.size, size, proof, signed.root, tree.root)
    except InvalidProof as error:
        raise LogRefused(
            "log.published-differs",
            f"the published checkpoint of {size} events does not extend the one of {signed.size}"
            " that the signer remembers",
            "Compare both with what witnesses and auditors keep; put back the folder of the log, or"
            " of the keys, that belongs to their history",
        ) from error


def _frontier(store: PublishedLog, size: int) -> Frontier:
    subtree = TiledTree(reading(store), size).subtree
    peaks = []
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            peaks.append(subtree(level, start >> level))
            start += 1 << level
    return Frontier(size=size, peaks=tuple(peaks))


@dataclass(kw_only=True)
class _Edge:
    """A log that grows, page by page.

    Full tiles go to disk as they come; the partial ones at the right edge wait for the last page.
    """

    store: TileStore
    begin: int
    size: int
    partial: dict[Place, bytes] = field(default_factory=dict)

    def take(self, page: Sequence[tuple[int, bytes]]) -> None:
        """Entries with their positions; what is in the log already is passed over."""
        new = [(position, entry) for position, entry in page if position > self.size]
        if not new:
            return
        if new[0][0] != self.size + 1 or new[-1][0] != self.size + len(new):
            raise _gap(self.size + 1)
        growth = grow(self._read, self.size, [entry for _, entry in new])
        self._write(growth.files, partial=False)
        changed = {place: data for place, data in growth.files if place.is_partial}
        kept = set(right_edge(growth.size))
        self.partial = {p: d for p, d in (self.partial | changed).items() if p in kept}
        self.size = growth.size

    def finish(self) -> None:
        """Write what is partial."""
        self._write(self.partial.items(), partial=True)

    def _write(self, files: Iterable[tuple[Place, bytes]], *, partial: bool) -> None:
        """What lies there and was not in the log that we began from was never signed, and goes."""
        new = {place: data for place, data in files if place.is_partial is partial}
        self.store.write({place.path: data for place, data in new.items()})
        before = {place.full: place.width for place in right_edge(self.begin)}
        for place in right_edge(self.size) if partial else new:
            self.store.forget_strays(place.full.path, before.get(place.full, 0), place.width)

    def _read(self, place: Place) -> bytes:
        kept = self.partial.get(place)
        return reading(self.store)(place) if kept is None else kept


def _publish(edge: _Edge, signer: Signer, published: Checkpoint | None) -> Published | None:
    """Write the edge, then show from the disk that nothing was changed, sign, publish."""
    edge.finish()
    tree = TiledTree(reading(edge.store), edge.size)
    root = tree.root if edge.size else empty_root()

    def prove(old: int) -> Sequence[bytes]:
        return consistency_proof_from(tree.subtree, old, edge.size)

    if published is not None and published.size:
        proof = prove(published.size)
        try:
            verify_consistency(published.size, edge.size, proof, published.root, root)
        except InvalidProof as error:
            raise _differs(published.size) from error
    checkpoint = Checkpoint(origin=signer.key.name, size=edge.size, root=root)
    edge.store.note_key(str(signer.key))
    try:
        note = signer.sign(checkpoint, prove)
    except Overtaken:
        return None
    if not edge.store.publish(checkpoint.size, note):
        return None
    for each in right_edge(edge.begin):
        edge.store.forget_partials(each.full.path)
    return Published(checkpoint=checkpoint, previous=published)


def right_edge(size: int) -> Iterator[Place]:
    """The partial bundle and the partial tiles of a log of `size` leaves."""
    if size % FULL:
        yield Place(level=None, index=size // FULL, width=size % FULL)
    for level in range(levels(size)):
        index, width = divmod(size >> (HEIGHT * level), FULL)
        if width:
            yield Place(level=level, index=index, width=width)


def _differs(size: int) -> LogRefused:
    return LogRefused(
        "log.ledger-differs",
        f"the ledger's first {size} events are not those of the checkpoint that was signed over"
        f" {size}: the database was restored from a backup and has grown since, or was changed",
        _RESTORE,
    )


def _gap(position: int) -> LogRefused:
    return LogRefused(
        "log.ledger-gap",
        f"the ledger has no event at position {position}, and has later ones",
        "Run: kringboek verify. Then restore the database as it was before the event went",
    )
