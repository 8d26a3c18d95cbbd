"""What the record holds about a person (inzage), and a sealed text for whom it is about."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic_core import to_json
from starlette.responses import Response

from api.answers import JSON, KEEP_NOT, answer
from api.languages import LANGUAGE, language_of
from api.operations import Call, Handler, Operation
from api.pages.names import names_of
from api.pages.texts import said
from api.problems import unknown
from api.rights import Rights
from api.time_travel import HEADERS, TIME, as_of
from api.turns import InTurn, Turns
from application.access import Action
from application.erasure.holdings import Holding, Reader, holdings
from application.erasure.opening import OpenedText
from application.erasure.plan import is_about
from application.forms import form
from application.mentions import ids_in, sealed_in
from application.sentences import AnyFact, sentence
from application.views.asking import Views
from application.views.sealed_texts import Gone, SealedTextRow
from domain.sealing import Concern, KeyId, RecordKind
from domain.terms import Instant, Language, MemberId, PersonRef


@dataclass(frozen=True, kw_only=True)
class HoldingSaid:
    """An event that is about the person, `concerns` says how; `subject` is whose history it is in.

    `texts` are the sealed texts of the event that are about the person.
    """

    position: int
    subject: UUID
    recorded_at: Instant
    happened_at: Instant
    concerns: tuple[Concern, ...]
    sentence: str
    texts: tuple[OpenedText, ...]


@dataclass(frozen=True, kw_only=True)
class PersonRecord:
    person: PersonRef
    holdings: tuple[HoldingSaid, ...]


@dataclass(frozen=True, kw_only=True)
class SealedTextSaid:
    """Texts that were sealed together, opened. `gone` says when and why they were forgotten."""

    kid: UUID
    subject: UUID
    kind: RecordKind
    happened_on: date
    texts: tuple[OpenedText, ...]
    gone: Gone | None


def operations() -> Iterator[Operation]:
    turns = Turns("record", "answers")
    yield Operation(
        method="GET",
        path="/persons/{id}/record",
        id="personRecord",
        tag="persons",
        summary="Everything that the record holds about a person (inzage, GDPR art. 15)",
        description="For the person, and for the privacy officer of the authority whose record it"
        " is. Every event is looked at, so this takes seconds on a large record.",
        handle=_record(turns),
        parameters=(*LANGUAGE, *TIME),
        answer=PersonRecord,
        headers=HEADERS,
        problems=(429, 503),
    )
    yield Operation(
        method="GET",
        path="/sealed-texts/{id}",
        id="sealedText",
        tag="persons",
        summary="What was sealed under one key, opened for whom it is about",
        description="`{id}` is the `kid` of a sealed value. For whoever it concerns, the"
        " facilitator of the circle, the officer of the project, and the privacy officer. Every"
        " opening is logged, without the text.",
        handle=_sealed_text,
        parameters=TIME,
        answer=SealedTextSaid,
        headers=HEADERS,
        problems=(503,),
    )


def _record(turns: Turns) -> Handler:
    async def handle(call: Call) -> Response:
        house, person = call.house, PersonRef(call.id)
        rights = Rights(house, call.person)
        moment, language = await as_of(call), language_of(call)
        if person != call.person and not await _sees_persons(call, rights):
            raise unknown()

        async def sees(stream: UUID) -> bool:
            return await rights.may(Action.READ_PERSON, stream)

        async def opens(stream: UUID) -> bool:
            return await rights.may(Action.OPEN, stream)

        found = holdings(
            house.ledger,
            house.texts,
            house.opener,
            person,
            Reader(person=call.person, sees=sees, opens=opens),
            as_of=moment.position,
        )
        return InTurn(
            written(call, person, found, language),
            turns,
            call.person,
            media_type=JSON,
            headers={"Cache-Control": KEEP_NOT, **moment.headers(call)},
        )

    return handle


async def written(
    call: Call, person: PersonRef, found: AsyncIterator[Holding], language: Language
) -> AsyncIterator[bytes]:
    """The form of `PersonRecord`, piece by piece."""
    yield b'{"person":' + to_json(person) + b',"holdings":['
    first = True
    async for each in found:
        line = to_json(form(HoldingSaid).write(await said_of(call.house.views, each, language)))
        yield line if first else b"," + line
        first = False
    yield b"]}"


async def said_of(views: Views, each: Holding, language: Language) -> HoldingSaid:
    fact: AnyFact = each.recorded.fact  # type: ignore[assignment]
    names = await names_of(views, ids_in(fact), language)
    return HoldingSaid(
        position=each.recorded.position,
        subject=each.recorded.stream,
        recorded_at=each.recorded.recorded_at,
        happened_at=each.recorded.occurred_at,
        concerns=each.concerns,
        sentence=said(sentence(fact, names), language),
        texts=each.texts,
    )


async def _sees_persons(call: Call, rights: Rights) -> bool:
    """Whether the reader sees persons of any authority; which events of theirs is asked of each."""
    held = await call.house.access.relations.held_by(call.person)
    return any([await rights.may(Action.READ_PERSON, MemberId(each.authority)) for each in held])


async def _sealed_text(call: Call) -> Response:
    moment = await as_of(call)
    rows = await call.house.texts.under([KeyId(call.id)], as_of=moment.position)
    if not rows:
        raise unknown()
    row = rows[0]
    if not await _may_open(call, row):
        raise unknown()
    (now,) = await call.house.texts.under([row.kid], as_of=await call.house.views.position())
    texts: list[OpenedText] = []
    for position in dict.fromkeys(each.position for each in row.texts):
        async for recorded in call.house.ledger.read(after=position - 1, up_to=position):
            texts += [
                await call.house.opener.open(
                    sealed, row.stream, position, call.person, gone=now.gone is not None
                )
                for sealed in sealed_in(recorded.fact)
                if sealed.kid == row.kid
            ]
    opened = SealedTextSaid(
        kid=row.kid,
        subject=row.stream,
        kind=row.kind,
        happened_on=row.happened_on,
        texts=tuple(texts),
        gone=row.gone,
    )
    return answer(opened, headers=moment.headers(call))


async def _may_open(call: Call, row: SealedTextRow) -> bool:
    if await is_about(call.house.texts, row, call.person):
        return True
    return await Rights(call.house, call.person).may(Action.OPEN, row.stream)
