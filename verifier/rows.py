"""The entries of one tile: their form, their order, and the versions of each aggregate."""

import operator
import re
import struct
from collections.abc import Sequence
from typing import Any

from verifier.checked import Checked
from verifier.entries import ENTRY, HEX_DIGITS, is_a_second, problem_of
from verifier.findings import Finding, Malformed
from verifier.sizes import LARGEST_BUNDLE, WIDTH
from verifier.sources import Source
from verifier.tiles import read_wide

IN_BUNDLE = re.compile(
    rb'(..)(\{"actor":"(.{36})","aggregate":"(.{36})","aggregateVersion":([1-9]\d{0,17}),'
    rb'"body":"(.{64})","command":"(.{36})","event":"[a-z][a-z0-9.-]*","eventVersion":[1-9]\d{0,8},'
    rb'"policy":"(.{64})","recordedAt":"(.{27})","schemaVersion":1\})',
    re.DOTALL,
)
"""An entry with its length before it, twice as fast, for what it leaves open: `rows_of` sees for a
whole bundle at once that the matches fill it, and that ids, hashes and moments have their form."""
_SHAPES = bytes.maketrans(b"h" + HEX_DIGITS, b"?" + b"h" * 16)
_UUID_SHAPE = b"hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"
_DIGIT_SHAPES = bytes.maketrans(b"d0123456789", b"?dddddddddd")
_MOMENT_SHAPE = b"dddd-dd-ddTdd:dd:dd.ddddddZ"
Rows = tuple[
    Sequence[Any],
    Sequence[bytes],
    Sequence[bytes],
    Sequence[bytes],
    Sequence[bytes],
    Sequence[bytes],
]
"""Columns: length or position, entry, aggregate, version, hash of the body, moment."""


def rows_of(source: Source, tile: int, width: int) -> Rows | None:
    """The fast way: a bundle in which everything fits its form, in one expression."""
    try:
        _, data = read_wide(source, "tile/entries", tile, width, LARGEST_BUNDLE)
    except Malformed:
        return None
    found = IN_BUNDLE.findall(data) if data is not None else []
    if data is None or len(found) != width:
        return None
    lengths, entries, actors, aggregates, versions, bodies, commands, policies, moments = zip(
        *found, strict=True
    )
    sizes = tuple(map(len, entries))
    whole = sum(sizes) + 2 * width == len(data)
    if not whole or b"".join(lengths) != struct.pack(f">{width}H", *sizes):
        return None
    ids = b"".join((*actors, *aggregates, *commands)).translate(_SHAPES)
    if ids != _UUID_SHAPE * (3 * width) or b"".join((*bodies, *policies)).translate(
        None, HEX_DIGITS
    ):
        return None
    if b"".join(moments).translate(_DIGIT_SHAPES) != _MOMENT_SHAPE * width:
        return None
    if not all(map(is_a_second, {each[:19] for each in moments})):
        return None
    return (
        range(tile * WIDTH + 1, tile * WIDTH + 1 + width),
        entries, aggregates, versions, bodies, moments,
    )  # fmt: skip


def rows_one_by_one(entries: Sequence[bytes], tile: int, done: Checked) -> Rows:
    """The slow way: what is in its form goes on, what is not is named."""
    kept = []
    for number, entry in enumerate(entries):
        position = tile * WIDTH + 1 + number
        why = problem_of(entry)
        found = ENTRY.fullmatch(entry)
        if why is not None or found is None:
            done.findings.append(
                Finding(says="changed-entry.form", position=position, particulars={"why": why})
            )
            continue
        kept.append((position, entry, *found.groups()))
    if not kept:
        return (), (), (), (), (), ()
    positions, *columns = zip(*kept, strict=True)
    return positions, *columns  # type: ignore[return-value]


def follow(rows: Rows, done: Checked) -> None:
    """The order of moments, and the versions of each aggregate."""
    positions, _, aggregates, versions, _, moments = rows
    if not positions:
        return
    last = done.last
    for at, (aggregate, said) in enumerate(zip(aggregates, versions, strict=True)):
        version = int(said)
        before = last.get(aggregate)
        if before == version - 1:
            last[aggregate] = version
        elif before is None:
            done.first[aggregate] = (version, positions[at])
            last[aggregate] = version
        else:
            done.jumps.append((positions[at], aggregate, before + 1, version))
            last[aggregate] = max(before, version)
    before_all = done.moments[1] if done.moments is not None else moments[0]
    if moments[0] < before_all or not all(map(operator.le, moments, moments[1:])):
        for at, moment in enumerate(moments):
            if moment < (moments[at - 1] if at else before_all):
                done.findings.append(Finding(says="reordered.time", position=positions[at]))
    done.moments = (done.moments[0] if done.moments else moments[0], moments[-1])
