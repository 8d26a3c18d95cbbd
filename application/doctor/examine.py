"""The examination: everything is looked at, also when something else cannot be."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from application.auditing.whole import Audited
from application.doctor import points
from application.doctor.kept_states import compared
from application.doctor.observed import CannotSee, Looking
from application.doctor.point import Point, cannot_tell
from application.ports import WholeLedger
from application.snapshots import KeptStates
from application.transparency.ports import PublishedLog
from application.views.asking import Views


@dataclass(frozen=True, kw_only=True)
class Patient:
    """One installation, as far as it can be opened."""

    ledger: WholeLedger
    views: Views
    kept: KeptStates
    log: PublishedLog
    looking: Looking
    sandbox: bool


async def examine(
    patient: Patient,
    audited: Callable[[], Awaitable[Audited]],
    *,
    views: Sequence[str],
    compare_rows: bool = False,
) -> AsyncIterator[Point]:
    """`audited` is the audit of `patient.ledger`; `views` are the names of those of this build.

    The points one by one, in an order in which the first that differs explains the others.
    """
    looking = patient.looking

    async def schema() -> Point:
        return points.schema(await looking.schema())

    async def rights() -> Point:
        return points.rights(await looking.rights())

    async def settings() -> Point:
        return points.settings(await looking.settings())

    async def key_files() -> Point:
        return points.key_files(await looking.key_files())

    async def disk() -> Point:
        return points.disks(await looking.disks())

    async def clock() -> Point:
        return points.clock(await looking.clocks(), sandbox=patient.sandbox)

    async def keys() -> Point:
        return points.keys(
            await looking.sealed_keys(),
            await looking.vault_keys(),
            await looking.epochs(),
            await looking.clocks(),
        )

    async def snapshots() -> Point:
        found = await looking.snapshots()
        return points.snapshots(await compared(found, patient.kept, patient.ledger))

    async def view_rows() -> Point:
        return points.view_rows(await looking.view_rows())

    for look in (schema, rights, settings, clock, disk):
        yield await _seen(look)
    async for point in _record(patient, audited, views):
        yield point
    for look in (*((view_rows,) if compare_rows else ()), snapshots, keys, key_files):
        yield await _seen(look)


async def _record(
    patient: Patient, audited: Callable[[], Awaitable[Audited]], views: Sequence[str]
) -> AsyncIterator[Point]:
    try:
        found = await patient.looking.seen(audited())
    except CannotSee as why:
        for name in ("ledger", "publication", "views"):
            yield cannot_tell(name, str(why))
        return
    yield points.ledger(found)
    yield points.publication(found, patient.log.refusal())
    try:
        yield points.views(await patient.looking.seen(patient.views.health()), views, found.size)
    except CannotSee as why:
        yield cannot_tell("views", str(why))


async def _seen(look: Callable[[], Awaitable[Point]]) -> Point:
    try:
        return await look()
    except CannotSee as why:
        return cannot_tell(look.__name__.replace("_", "-"), str(why))
