"""Tiles and bundles as they are published, read from the log's folder.

A partial tile may be gone once a wider one is there. Its bytes are the beginning of the wider one,
so it is cut from that, and who asks cannot tell.
"""

from collections.abc import Iterator
from dataclasses import replace

from application.transparency.ports import PublishedLog
from application.transparency.tiles import (
    FULL,
    HEIGHT,
    Place,
    ReadPlace,
    decode_bundle,
    encode_bundle,
)
from domain.tree import HASH_SIZE


class TileMissing(Exception):
    """A tile that a checkpoint of the log needs is not in the folder."""


def reading(log: PublishedLog) -> ReadPlace:
    """Reads tiles and bundles of the folder, for `TiledTree` and whoever serves or exports them.

    Raises `TileMissing`, and `TileError` for a bundle that cannot be cut. It says nothing of what
    is published: see `is_published`.
    """

    def read(place: Place) -> bytes:
        found = log.read(place.path)
        if found is not None:
            return found
        for wider in _wider(place):
            found = log.read(wider.path)
            if found is not None:
                return _cut(place, wider, found)
        raise TileMissing(place.path)

    return read


def is_published(place: Place, size: int) -> bool:
    """Whether all of a tile is under a checkpoint of `size` leaves.

    What lies in the folder beyond that was not signed yet, and may never be.
    """
    level = 0 if place.level is None else place.level
    return place.index * FULL + place.width <= size >> (HEIGHT * level)


def _wider(place: Place) -> Iterator[Place]:
    if place.is_partial:
        yield place.full
        yield from (replace(place, width=each) for each in range(place.width + 1, FULL))


def _cut(place: Place, wider: Place, data: bytes) -> bytes:
    if place.level is not None:
        return data[: place.width * HASH_SIZE]
    return encode_bundle(decode_bundle(data, wider.width)[: place.width])
