"""Tiles and bundles, by their paths."""

import re

from verifier.findings import Malformed
from verifier.sizes import HASH, LARGEST_BUNDLE, WIDTH
from verifier.sources import Source
from verifier.tree import hashes_in, node_hash, root_of


def in_path(number: int) -> str:
    """1234067 -> x001/x234/067 (tlog-tiles)."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def wide_path(kind: str, number: int, width: int) -> str:
    return f"{kind}/{in_path(number)}" + (f".p/{width}" if width < WIDTH else "")


_TILE = re.compile(
    r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?"
)


def parse_tile_path(path: str) -> tuple[str, int, int] | None:
    """The level (or `entries`), number and width of a path; None for what is no such path."""
    found = _TILE.fullmatch(path)
    if found is None:
        return None
    level, said, wide = found.groups()
    number = int(said.replace("x", "").replace("/", ""))
    width = int(wide) if wide else WIDTH
    if in_path(number) != said or (wide and width >= WIDTH):
        return None
    return level, number, width


def read_wide(
    source: Source, kind: str, number: int, width: int, limit: int
) -> tuple[str, bytes | None]:
    """A tile or bundle of `width`, and its path; or a wider one that took its place."""
    path = wide_path(kind, number, width)
    data = source.read(path, limit)
    if data is not None or width == WIDTH:
        return path, data
    widths = (WIDTH,) if source.is_service else (WIDTH, *range(width + 1, WIDTH))
    for wider in widths:
        data = source.read(wide_path(kind, number, wider), limit)
        if data is not None:
            return wide_path(kind, number, wider), data
    return path, None


def read_tile(
    source: Source, level: int, number: int, width: int
) -> tuple[str, list[bytes] | None, str]:
    """The path, hashes and, where there are none, what is wrong with a tile."""
    try:
        path, data = read_wide(source, f"tile/{level}", number, width, WIDTH * HASH)
    except Malformed as malformed:
        return wide_path(f"tile/{level}", number, width), None, str(malformed)
    if data is None:
        return path, None, "it is not there"
    expected = parse_tile_path(path)
    if expected is None or len(data) != expected[2] * HASH:
        return path, None, f"{len(data)} bytes, where a hash has {HASH}"
    return path, hashes_in(data[: width * HASH]), ""


def read_bundle(source: Source, number: int, width: int) -> tuple[str, list[bytes] | None, str]:
    """The path and entries of a bundle, however many there are, or what is wrong with it."""
    try:
        path, data = read_wide(source, "tile/entries", number, width, LARGEST_BUNDLE)
    except Malformed as malformed:
        return wide_path("tile/entries", number, width), None, str(malformed)
    if data is None:
        return path, None, "it is not there"
    entries, at = [], 0
    while at + 2 <= len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            break
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data):
        return path, None, "its lengths do not add up"
    wider = path != wide_path("tile/entries", number, width)
    return path, entries[:width] if wider else entries, ""


def edge_root(source: Source, size: int) -> bytes | None:
    """The root that the tiles at the right edge of a tree lead to; None where one is not there."""
    peaks: list[bytes] = []
    for level in reversed(range(8)):
        count = size >> 8 * level
        width = count % WIDTH
        if not width:
            continue
        _, row, _ = read_tile(source, level, count // WIDTH, width)
        if row is None:
            return None
        start = 0
        for bit in reversed(range(8)):
            if width >> bit & 1:
                peaks.append(root_of(row[start : start + (1 << bit)]))
                start += 1 << bit
    made = peaks.pop() if peaks else root_of(())
    while peaks:
        made = node_hash(peaks.pop(), made)
    return made
