"""One range of the log."""

import os
from hashlib import sha256
from multiprocessing import parent_process
from threading import Thread
from typing import Any

from verifier.bodies import check_body_file
from verifier.checked import BODY_FILES, SHOWN_EVENTS, Checked, Range, of_tile
from verifier.rows import follow, rows_of, rows_one_by_one
from verifier.shown import check_shown
from verifier.sizes import HASH, WIDTH
from verifier.sources import Source, open_again
from verifier.tiles import read_bundle, read_tile
from verifier.tree import root_of

UNREADABLE = b"\0" * HASH
"""Stands for the root of a subtree that could not be made: no SHA-256 that anybody knows gives it."""
_source: Source | None = None


def begin_worker(said: tuple[Any, ...]) -> None:
    global _source  # noqa: PLW0603  one per process, which is what a worker is
    Thread(target=_end_with_parent, daemon=True).start()
    _source = open_again(said)


def _end_with_parent() -> None:
    """A parent that was killed sends nobody home: its workers would wait for it for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def check_in_worker(asked: Range) -> Checked:
    if _source is None:
        raise RuntimeError("a worker without a source")
    return check_range(_source, asked)


def check_range(source: Source, asked: Range) -> Checked:
    """Recompute one range. Reads each of its files once where all is well."""
    done = Checked(range=asked)
    for tile in range(asked.start, asked.stop):
        width = min(WIDTH, asked.size - tile * WIDTH)
        _check_tile(source, asked, tile, width, done)
    return done


def _check_tile(source: Source, asked: Range, tile: int, width: int, done: Checked) -> None:
    path, entries, why = None, None, ""
    rows = rows_of(source, tile, width) if not asked.opaque else None
    if rows is None:
        path, entries, why = read_bundle(source, tile, width)
        if entries is None:
            done.findings.append(of_tile("bad-bundle", path, tile, width, why))
    else:
        entries = list(rows[1])
    tile_path, kept, wrong = read_tile(source, 0, tile, width)
    if kept is None:
        done.findings.append(of_tile("bad-tile", tile_path, tile, width, wrong))
    done.absent += kept is None and entries is None
    leaves = kept if entries is None else [sha256(b"\0" + each).digest() for each in entries]
    if entries is None:
        done.unread.append(tile)
    _hold(done, tile, width, leaves, leaves if kept is None else kept)
    if entries is None or asked.opaque:
        return
    if rows is None:
        rows = rows_one_by_one(entries, tile, done)
    follow(rows, done)
    if asked.bodies == BODY_FILES:
        check_body_file(source, tile, width, rows[4], done)
    elif asked.bodies == SHOWN_EVENTS:
        check_shown(source, tile, entries, done)


def _hold(
    done: Checked, tile: int, width: int, leaves: list[bytes] | None, kept: list[bytes] | None
) -> None:
    """Note the leaves by the entries, and where the tile says something else, those too."""
    whole = leaves is not None and len(leaves) == width
    if width < WIDTH:
        done.tail = leaves if whole and leaves is not None else [UNREADABLE] * width
        if kept is not None and kept != done.tail:
            done.other_tail = kept
        return
    root = root_of(leaves) if whole and leaves is not None else UNREADABLE
    done.roots += root
    if kept is not None and kept is not leaves and kept != leaves:
        done.other_roots[tile] = root_of(kept)
