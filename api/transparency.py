"""The transparency log, asked instead of computed: how far it is, and proofs of what is in it.

Whoever trusts nobody computes the same from the tiles at `/tile/...`; these are for who has no such
tool at hand. What is answered is for everybody: entries hold no word of an event, and proofs are
hashes. None of it is believed on our word: roots are signed in `/checkpoint`, and a proof is held
against the checkpoint that somebody kept.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TypeVar

import structlog
from starlette.responses import Response

from api.answers import answer
from api.languages import LANGUAGE, language_of
from api.operations import Call, In, Operation, Parameter
from api.problems import Problem, bad_parameter, unknown
from api.time_travel import whole_number
from application.transparency.log import Log
from application.transparency.ports import Refusal
from application.transparency.proofs import LogDamaged, NotPublished, ProvenLog
from application.transparency.standing import Condition, standings
from application.transparency.strict import to_base64
from domain.terms import Instant, Language

T = TypeVar("T")

_EVERYWHERE = {"Access-Control-Allow-Origin": "*"}
_FOR_A_MOMENT = "public, max-age=1"
_FOR_EVER = "public, max-age=31536000, immutable"
_STANDS_STILL = {
    Language.NL: "Het logboek staat stil tot een beheerder heeft gekeken; er wordt nog wel"
    " vastgelegd, maar niets meer ondertekend.",
    Language.EN: "The log stands still until an operator has looked; events are still recorded,"
    " and nothing more is signed.",
}

POSITION = Parameter(
    name="position",
    where=In.PATH,
    description="The `id` of the event. Its place in the log, counted from 0, is one less.",
    schema={"type": "integer", "minimum": 1},
    required=True,
)
SIZE = Parameter(
    name="size",
    where=In.QUERY,
    description="In the log of so many events; the newest published checkpoint by default.",
    schema={"type": "integer", "minimum": 1},
)
OLD = Parameter(
    name="from",
    where=In.QUERY,
    description="The size of the log that you know.",
    schema={"type": "integer", "minimum": 1},
    required=True,
)
NEW = Parameter(
    name="to",
    where=In.QUERY,
    description="The size of the later log; the newest published checkpoint by default.",
    schema={"type": "integer", "minimum": 1},
)

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class LogAddresses:
    """Where the files of the log are (c2sp.org/tlog-tiles), and what else can be asked of it."""

    checkpoint: str = "/checkpoint"
    tiles: str = "/tile/{level}/{index}"
    entries: str = "/tile/entries/{index}"
    inclusion: str = "/v1/events/{position}/inclusion{?size}"
    proof: str = "/v1/events/{position}/proof"
    consistency: str = "/v1/log/consistency{?from,to}"


@dataclass(frozen=True, kw_only=True)
class LogStandstill:
    """Why nothing is signed any more; `code` is stable."""

    code: str
    since: Instant
    explanation: str


@dataclass(frozen=True, kw_only=True)
class LogWitness:
    """A witness (getuige) of the log's policy, and the largest size that it was seen to cosign.

    `condition` says what came of asking it last; whoever wants to be sure asks the witness.
    """

    name: str
    key: str
    size: int
    condition: Condition
    since: Instant | None


@dataclass(frozen=True, kw_only=True)
class TransparencyLog:
    """The transparency log (transparantielogboek) of this ledger.

    `keys` are the vkeys with which it signed. `size`, `root` and `publishedAt` are those of the
    newest published checkpoint; `witnessedSize` is that of the newest one that the quorum of its
    witnesses cosigned, null without a policy or before the first.
    """

    origin: str
    keys: tuple[str, ...]
    size: int
    root: str | None
    published_at: Instant | None
    witnessed_size: int | None
    witnesses: tuple[LogWitness, ...]
    standstill: LogStandstill | None
    addresses: LogAddresses


@dataclass(frozen=True, kw_only=True)
class InclusionProof:
    """The event's leaf is number `index`, from 0, under `root` of `size` events (RFC 9162, 2.1.3).

    Hashes are base64, the lowest sibling first. Only a root in a signed checkpoint is the log's
    word; that of another size is what the tiles lead to.
    """

    position: int
    index: int
    leaf: str
    size: int
    root: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ConsistencyProof:
    """The log of `newSize` events begins with the one of `oldSize` (RFC 9162, 2.1.4).

    Hash by hash in base64. Hold `oldRoot` against the checkpoint that you kept.
    """

    old_size: int
    old_root: str
    new_size: int
    new_root: str
    hashes: tuple[str, ...]


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/log",
        id="transparencyLog",
        tag="log",
        summary="The transparency log: its keys, how far it is published, and where its files are",
        handle=_of_the_log,
        parameters=LANGUAGE,
        answer=TransparencyLog,
        headers=("Content-Language",),
        problems=(503,),
        public=True,
    )
    yield Operation(
        method="GET",
        path="/log/consistency",
        id="consistencyProof",
        tag="log",
        summary="A proof that the log only grew from one size to another",
        handle=_consistency,
        parameters=(OLD, NEW),
        answer=ConsistencyProof,
        problems=(404, 503),
        public=True,
    )
    yield Operation(
        method="GET",
        path="/events/{position}/inclusion",
        id="inclusionProof",
        tag="log",
        summary="A proof that an event is in the log",
        handle=_inclusion,
        parameters=(POSITION, SIZE),
        answer=InclusionProof,
        problems=(503,),
        public=True,
    )
    yield Operation(
        method="GET",
        path="/events/{position}/proof",
        id="proofFile",
        tag="log",
        summary="The proof of an event as a file to keep (bewijsbestand), with its checkpoint",
        description="In the format c2sp.org/tlog-proof. Under a checkpoint that witnesses cosigned,"
        " where there is one that holds the event. With the event's entry it can be checked for"
        " ever, without this service.",
        handle=_proof_file,
        parameters=(POSITION,),
        media="text/plain",
        headers=("Content-Disposition",),
        problems=(503,),
        public=True,
    )


async def _of_the_log(call: Call) -> Response:
    language = language_of(call)

    def told(log: ProvenLog) -> TransparencyLog:
        newest, witnessed = log.newest, log.witnessed()
        published = call.house.log.published
        # Of this process too: it may be the one whose folder or key is wrong.
        at, refusal = published.published_at(), call.house.log.look().refusal
        return TransparencyLog(
            origin=call.house.origin,
            keys=tuple(str(key) for key in log.keys),
            size=log.size,
            root=None if newest is None else to_base64(newest.root),
            published_at=None if at is None else datetime.fromtimestamp(at, UTC),
            witnessed_size=None if witnessed is None else witnessed.size,
            witnesses=tuple(_witnesses(call.house.log)),
            standstill=None if refusal is None else _standstill(refusal, language),
            addresses=LogAddresses(),
        )

    said = await _asked(call, told)
    headers = {"Content-Language": language, "Vary": "Accept-Language", **_EVERYWHERE}
    return answer(said, cache=_FOR_A_MOMENT, headers=headers)


async def _inclusion(call: Call) -> Response:
    position = _position(call)
    size = _size(call, SIZE.name)
    if size is not None and size < position:
        raise bad_parameter(SIZE.name, f"must be at least {position}, to hold that event")
    proof = await _asked(call, lambda log: log.inclusion(position - 1, size))
    said = InclusionProof(
        position=position,
        index=proof.index,
        leaf=to_base64(proof.leaf),
        size=proof.size,
        root=to_base64(proof.root),
        hashes=tuple(to_base64(each) for each in proof.hashes),
    )
    return answer(said, cache=_FOR_A_MOMENT if size is None else _FOR_EVER, headers=_EVERYWHERE)


async def _consistency(call: Call) -> Response:
    old, new = _size(call, OLD.name), _size(call, NEW.name)
    if old is None:
        raise bad_parameter(OLD.name, "is missing: say the size of the checkpoint that you kept")
    if new is not None and new < old:
        raise bad_parameter(NEW.name, f"must be at least {old}: a log does not shrink")
    proof = await _asked(call, lambda log: log.consistency(old, new))
    said = ConsistencyProof(
        old_size=proof.old,
        old_root=to_base64(proof.old_root),
        new_size=proof.new,
        new_root=to_base64(proof.new_root),
        hashes=tuple(to_base64(each) for each in proof.hashes),
    )
    return answer(said, cache=_FOR_A_MOMENT if new is None else _FOR_EVER, headers=_EVERYWHERE)


async def _proof_file(call: Call) -> Response:
    position = _position(call)
    proof = await _asked(call, lambda log: log.proof_file(position - 1))
    headers = {
        "Cache-Control": _FOR_A_MOMENT,
        "Content-Disposition": f'inline; filename="event-{position}.tlog-proof"',
        **_EVERYWHERE,
    }
    return Response(proof.encode(), media_type="text/plain; charset=utf-8", headers=headers)


async def _asked(call: Call, question: Callable[[ProvenLog], T]) -> T:
    """The answer to a question about the log, or the problem that there is none."""
    try:
        return await asyncio.to_thread(lambda: question(ProvenLog(call.house.log)))
    except NotPublished as not_yet:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "log.not-published",
            f"the newest published checkpoint has {not_yet.size} events; what was recorded since is"
            " in one within seconds, so ask again",
        ) from not_yet
    except (LogDamaged, OSError) as damaged:
        _log.error("log.damaged", why=str(damaged))
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "log.damaged",
            "the files of the log do not fit its checkpoint, so nothing is proven from them;"
            " whoever runs this service finds in the log what is wrong",
            headers={"Retry-After": "60"},
        ) from damaged


def _position(call: Call) -> int:
    said = call.request.path_params["position"]
    if not (said.isascii() and said.isdecimal() and str(int(said[:18])) == said and said != "0"):
        raise unknown()
    return int(said)


def _size(call: Call, name: str) -> int | None:
    said = call.query(name)
    return None if said is None else whole_number(name, said, least=1)


def _witnesses(log: Log) -> Iterator[LogWitness]:
    for each in () if log.policy is None else standings(log.published, log.policy):
        since = datetime.fromtimestamp(each.since, UTC) if each.since else None
        yield LogWitness(
            name=each.name,
            key=each.vkey,
            size=each.size,
            condition=each.condition,
            since=since,
        )


def _standstill(refusal: Refusal, language: Language) -> LogStandstill:
    return LogStandstill(
        code=refusal.code,
        since=datetime.fromtimestamp(refusal.since, UTC),
        explanation=_STANDS_STILL[language],
    )
