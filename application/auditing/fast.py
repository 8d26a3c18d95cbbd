"""The quick look: whether every row of a page says what its entry says, and hashes to its leaf.

A ledger of a million events is worked out anew in seconds only if nothing is made per column. So
the entries are built from the raw columns of a whole page, and compared with the stored ones in one
go. What departs is only seen to depart here; `entry_form.py` says how.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import repeat
from struct import pack, unpack
from typing import NamedTuple

from application.auditing.entry_form import moment
from application.auditing.reading import Page

_HASH = 32
_DAY = 86_400_000_000
"""Microseconds."""


class Built(NamedTuple):
    """What a page turned out to hold."""

    versions: Sequence[int]
    streams: Sequence[str]
    recorded: Sequence[int]
    entries: list[bytes]
    leaves: list[bytes]


def built(page: Page, first: int) -> Built | None:
    """The page's entries and leaves, worked out from its columns.

    None where a row departs from its entry or leaf, or where positions do not run on from `first`.
    """
    count = page.rows
    if not page.regular or (page.first, page.last) != (first, first + count - 1):
        return None
    if page.positions != pack(f">{count}q", *range(first, first + count)):
        return None
    versions = unpack(f">{count}i", page.versions)
    recorded = unpack(f">{count}q", page.recorded)
    streams, names = page.streams.split(","), page.names.split(",")
    actors, commands = page.actors.split(","), page.commands.split(",")
    if not len(streams) == len(names) == len(actors) == len(commands) == count:
        return None
    entries: list[bytes] = []
    leaves: list[bytes] = []
    salted, start = page.salted, 0
    name_versions = unpack(f">{count}i", page.name_versions)
    lengths = unpack(f">{count}i", page.body_lengths)
    try:
        columns = zip(
            versions, streams, names, name_versions, _moments(recorded), actors, commands,
            lengths, _policies(page), strict=False,
        )  # fmt: skip
        for version, stream, name, name_version, at, actor, command, length, policy in columns:
            end = start + _HASH + length
            entry = (
                f'{{"actor":"{actor}","aggregate":"{stream}","aggregateVersion":{version},'
                f'"body":"{sha256(salted[start:end]).hexdigest()}","command":"{command}",'
                f'"event":"{name}","eventVersion":{name_version},"policy":"{policy}",'
                f'"recordedAt":"{at}Z","schemaVersion":1}}'
            ).encode()
            start = end
            entries.append(entry)
            leaves.append(sha256(b"\0" + entry).digest())
    except OverflowError:  # a moment beyond the year 9999
        return None
    if b"".join(entries) != page.entries or b"".join(leaves) != page.leaves:
        return None
    if pack(f">{count}i", *map(len, entries)) != page.entry_lengths:
        return None
    return Built(versions, streams, recorded, entries, leaves)


def _moments(recorded: Sequence[int]) -> Iterator[str]:
    """As `entry_form.moment`, a day's words and a second's made once. Raises OverflowError."""
    seconds = _seconds()
    noted_day, day = None, ""
    last, text = None, ""
    for each in recorded:
        if each != last:
            last = each
            on, within = divmod(each, _DAY)
            if on != noted_day:
                noted_day, day = on, moment(on * _DAY)[:11]
            second, micro = divmod(within, 1_000_000)
            text = f"{day}{seconds[second]}{micro:06}"
        yield text


@cache
def _seconds() -> list[str]:
    """The seconds of a day: `23:59:59.` is the last."""
    return [f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}." for at in range(_DAY // 1_000_000)]


def _policies(page: Page) -> Iterator[str]:
    """Policies change a few times in the life of a ledger."""
    first = page.policies[:_HASH]
    if page.policies == first * page.rows:
        return repeat(first.hex())
    whole = page.policies
    return (whole[at : at + _HASH].hex() for at in range(0, len(whole), _HASH))
