"""Export bundles over HTTP: the whole log for auditors, one subject's part for whoever may read it.

A bundle is made while it is sent, in bounded memory, and of what events say it holds what the asker
may read. Nobody's machine between here and there keeps it. What is found wrong on the way breaks the
answer off, so that half a bundle never looks like a whole one. Every export leaves a line in the log
of the service: who took what away.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from http import HTTPStatus

import structlog
from starlette.responses import Response

from api.house import House
from api.opened import opened
from api.operations import Call, Handler, In, Operation, Parameter
from api.problems import Problem, bad_parameter, forbidden
from api.time_travel import reach
from api.turns import InTurn, Turns
from application.access import RECORD, Action
from application.aggregates import AGGREGATES, Aggregate
from application.export.archive import MEDIA_TYPE, Member, zipped
from application.export.making import About, Made, Source, Tally
from application.export.part import part_of
from application.export.published import LogIncomplete, NothingPublished, Stand, newest
from application.export.readable import Readable, ReadableBy, no_body
from application.export.whole import whole_log
from application.transparency.keys import VerifierKey
from application.transparency.proofs import LogDamaged, keys_of
from verifier.one_file import one_file

BODIES = Parameter(
    name="bodies",
    where=In.QUERY,
    description="Whether to put in what events say, as far as you may read it. Their hashes are in"
    " the bundle in either case.",
    schema={"type": "boolean", "default": True},
)
_FROM = "over HTTP"

_log = structlog.get_logger()


def operations() -> Iterator[Operation]:
    turns = Turns("export", "exports")
    yield Operation(
        method="GET",
        path="/exports/whole",
        id="exportWhole",
        tag="exports",
        summary="The whole log as an export bundle, with the verifier in it",
        description="A zip, as docs/exporting.md describes it, at the newest published checkpoint.",
        handle=_whole(turns),
        parameters=(BODIES,),
        media=MEDIA_TYPE,
        headers=("Content-Disposition",),
        problems=(403, 429, 503),
    )
    for aggregate in AGGREGATES:
        yield Operation(
            method="GET",
            path=f"/{aggregate.plural}/{{id}}/export",
            id=f"export{''.join(each.capitalize() for each in aggregate.name.split('-'))}",
            tag="exports",
            summary=f"The part of the log that is about one {aggregate.title.en}, with its proofs",
            handle=_part(aggregate, turns),
            parameters=(BODIES,),
            media=MEDIA_TYPE,
            headers=("Content-Disposition",),
            problems=(429, 503),
        )


def _whole(turns: Turns) -> Handler:
    async def handle(call: Call) -> Response:
        house = call.house
        if not await house.access.may(call.person, Action.EXPORT, RECORD):
            raise forbidden("auditors may take the log away")
        bodies = _bodies(call)
        source, stand = await _ready(house)
        readable = await _readable(call, stand, bodies=bodies)
        tally = Tally()
        members = whole_log(source, stand, _made("an auditor"), readable=readable, tally=tally)
        return _sent(call, members, stand, tally, what="whole", turns=turns)

    return handle


def _part(aggregate: Aggregate, turns: Turns) -> Handler:
    async def handle(call: Call) -> Response:
        found = await opened(call, aggregate)
        bodies = _bodies(call)
        source, stand = await _ready(call.house)
        if found.recorded[0].position > stand.size:
            raise _not_yet()
        readable = await _readable(call, stand, bodies=bodies)
        tally = Tally()
        about = About(kind=aggregate.name, stream=found.stream)
        made = _made("somebody who may read it")
        members = part_of(source, stand, about, made, readable=readable, tally=tally)
        what = f"{aggregate.name}-{found.stream}"
        return _sent(call, members, stand, tally, what=what, turns=turns)

    return handle


async def source_of(house: House, own: VerifierKey | None = None) -> Source:
    """What an export of this house is made of. `own` is the log's key, where the house has it not.

    Raises `LogIncomplete` where nobody knows the log's public key.
    """
    try:
        keys = await asyncio.to_thread(keys_of, house.log)
    except LogDamaged as error:
        raise LogIncomplete(str(error)) from error
    known = dict.fromkeys([*keys, *([] if own is None else [own])])
    if not known:
        raise LogIncomplete("the public key of the log is neither in its folder nor among the keys")
    return Source(
        origin=house.origin,
        sandbox=house.sandbox,
        ledger=house.ledger,
        log=house.log.published,
        keys="".join(f"{key}\n" for key in known).encode(),
        verifier=one_file().encode(),
    )


def file_name(origin: str, what: str, size: int) -> str:
    return f"{origin.replace('/', '-')}-{what}-{size}.zip"


async def _ready(house: House) -> tuple[Source, Stand]:
    try:
        return await source_of(house), await asyncio.to_thread(newest, house.log.published)
    except NothingPublished:
        raise _not_yet() from None
    except LogIncomplete as error:
        _log.exception("export.log-incomplete", why=str(error))
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            LogIncomplete.code,
            "the files of the log are not what its checkpoint says; whoever runs this service finds"
            " in the log what is wrong",
            headers={"Retry-After": "60"},
        ) from error


def _not_yet() -> Problem:
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        NothingPublished.code,
        "no checkpoint was published of this yet; that takes seconds, so ask again",
        headers={"Retry-After": "5"},
    )


async def _readable(call: Call, stand: Stand, *, bodies: bool) -> Readable:
    if not bodies:
        return no_body
    house = call.house
    await reach(house, stand.size)
    return ReadableBy(
        access=house.access,
        registers=house.registers,
        person=call.person,
        as_of=await house.views.position(),
        names=house.names,
        recall=house.recall,
    )


def _bodies(call: Call) -> bool:
    said = call.query(BODIES.name)
    if said not in (None, "true", "false"):
        raise bad_parameter(BODIES.name, "must be true or false")
    return said != "false"


def _made(by: str) -> Made:
    return Made(at=datetime.now(UTC), by=f"{by}, {_FROM}")


def _sent(
    call: Call,
    members: AsyncIterator[Member],
    stand: Stand,
    tally: Tally,
    *,
    what: str,
    turns: Turns,
) -> Response:
    name = file_name(call.house.origin, what, stand.size)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if call.request.method == "HEAD":  # Who only asks what it would be takes nothing away.
        heading = Response(media_type=MEDIA_TYPE, headers=headers)
        del heading.headers["Content-Length"]  # Nobody knows it yet.
        return heading
    said = {"what": what, "person": str(call.person), "size": stand.size}

    async def told() -> AsyncIterator[bytes]:
        _log.info("export.begun", **said)
        try:
            async for piece in zipped(members):
                yield piece
        except LogIncomplete as error:
            _log.exception("export.broken-off", why=str(error), **said)
            raise
        if tally.differing:
            _log.error("export.differs", positions=tally.first_differing, **said)
        _log.info("export.made", withheld=tally.withheld, differing=tally.differing, **said)

    return InTurn(told(), turns, call.person, media_type=MEDIA_TYPE, headers=headers)
