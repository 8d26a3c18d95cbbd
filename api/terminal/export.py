"""`kringboek export`: the log, or one subject's part of it, as one file."""

import argparse
import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from api.compose import Settings, find_postgres, log_key, open_house
from api.exports import source_of
from api.house import House
from api.terminal.words import ProgressLine, Said, an_id, give, tell
from application.access import KINDS, belonging
from application.aggregates import CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION, Aggregate
from application.export.archive import Member, zipped
from application.export.making import About, Made, Source, Tally
from application.export.part import part_of
from application.export.published import (
    LogIncomplete,
    NothingPublished,
    Stand,
    has_its_quorum,
    newest,
)
from application.export.readable import every_body, no_body
from application.export.whole import whole_log

SUBJECTS = {
    "circle": CIRCLE,
    "project": CONVENANT_PROJECT,
    "member": MEMBER,
    "mission": MISSION,
}
_BY = "the operator, at the terminal"


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Write the bundle, whole or not at all; exit code 1 when the ledger is not what was published."""
    target = _free(Path(said.file))
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres, follow=False) as house:
            try:
                stand = await asyncio.to_thread(newest, house.log.published)
                source = await source_of(house, log_key(settings, house.origin))
                tally = Tally()
                members = await _members(house, source, stand, tally, said)
                digest = await _write(target, members, tally, stand.size)
                witnessed = await asyncio.to_thread(has_its_quorum, source.log, stand)
            except (NothingPublished, LogIncomplete) as error:
                raise Said(f"{error}.\n  {error.cure}.\n  [{error.code}]") from error
    finally:
        postgres.stop()
    give(f"{digest}  {target}")
    return _told(tally, stand, witnessed=witnessed)


async def _members(
    house: House, source: Source, stand: Stand, tally: Tally, said: argparse.Namespace
) -> AsyncIterator[Member]:
    readable = no_body if said.without_bodies else every_body
    made = Made(at=datetime.now(UTC), by=_BY)
    for word, aggregate in SUBJECTS.items():
        text = getattr(said, word)
        if text is not None:
            about = await _about(house, aggregate, text, stand)
            return part_of(source, stand, about, made, readable=readable, tally=tally)
    return whole_log(source, stand, made, readable=readable, tally=tally)


async def _about(house: House, aggregate: Aggregate, text: str, stand: Stand) -> About:
    stream = an_id(text, aggregate.title.en)
    recorded = await house.ledger.load(stream, up_to=stand.size)
    told = belonging(stream, (each.fact for each in recorded))
    if told.kind is not KINDS[aggregate.name]:
        raise Said(f"the log knows no {aggregate.title.en} {stream} up to event {stand.size:,}")
    return About(kind=aggregate.name, stream=stream)


async def _write(target: Path, members: AsyncIterator[Member], tally: Tally, size: int) -> str:
    """The bundle under its name, on disk; gives its SHA-256."""
    line = ProgressLine("Events")
    digest = sha256()
    reached = 0
    with _appearing(target) as file:
        async for piece in zipped(members):
            await asyncio.to_thread(file.write, piece)
            digest.update(piece)
            if tally.position != reached:
                reached = tally.position
                line(reached, size)
    return digest.hexdigest()


@contextmanager
def _appearing(target: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is complete and on disk, and never that of another."""
    try:
        handle, temporary = mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise Said(f"{target.parent} cannot be written to ({error.strerror})") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(handle)
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise _exists(target) from None
    finally:
        Path(temporary).unlink()


def _free(target: Path) -> Path:
    if target.exists():
        raise _exists(target)
    return target


def _exists(target: Path) -> Said:
    return Said(
        f"{target} is there already.\n  An export overwrites nothing: give another name."
        "\n  [export.exists]"
    )


def _told(tally: Tally, stand: Stand, *, witnessed: bool) -> int:
    tell(f"At checkpoint {stand.size:,} of {stand.checkpoint.origin}.")
    if not witnessed:
        tell(
            "Its witnesses have not cosigned this checkpoint yet, or too few of them, which an auditor"
            " will be told. A new export, some seconds after the last event, has their signatures."
        )
    if tally.withheld:
        tell(f"{tally.withheld:,} events are in it without what they say.")
    if not tally.differing:
        return 0
    first = ", ".join(f"{each:,}" for each in tally.first_differing)
    tell(
        f"The ledger is not what was published: {tally.differing:,} events differ or are gone,"
        f" beginning with {first}.\n  The bundle shows what was published next to what the ledger"
        " says now. Keep it, and run: kringboek verify.\n  [export.differs]"
    )
    return 1
