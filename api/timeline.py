"""Timelines (tijdlijnen): everything that happened to one thing, wherever it was recorded.

A thing's own events are all there, as in the feed: what is not for the reader is withheld, and its
hash stays. An event of something else that names it is there only where the reader may see what it
says, because that it names this thing is already part of what it says.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.answers import plain_answer
from api.concerning import concerning, versions_of
from api.happenings import Json, cloud_event
from api.languages import LANGUAGE, language_of
from api.operations import Call, Handler, Operation, Raw, Span, Versions
from api.pages.names import names_of
from api.pages.texts import said
from api.paging import PAGING, Rows
from api.problems import unknown
from api.registers import May
from api.sights import Sights
from api.time_travel import HEADERS
from api.versions import known
from application.access import KINDS
from application.aggregates import AGGREGATES, Aggregate
from application.mentions import ids_in
from application.sentences import sentence
from application.views.timeline import TimelineRow
from domain.terms import Fact, Language

_WHAT_IS_SHOWN = (
    "Its own events are all there; the content of what is not for you is withheld, its hash is not."
    " Events of other things that name it are there where you may see what they say."
)


def operations() -> Iterator[Operation]:
    for aggregate in AGGREGATES:
        yield _operation(
            f"/{aggregate.plural}/{{id}}/timeline",
            f"{camel(aggregate.name)}Timeline",
            aggregate.plural,
            f"Everything that happened to a {aggregate.title.en}, wherever it was recorded",
            _handler(aggregate),
            _WHAT_IS_SHOWN,
            _versions(aggregate),
        )
    yield _operation(
        "/persons/{id}/timeline",
        "personTimeline",
        "persons",
        "Everything that is recorded of a person, as far as you may see it",
        _of_a_person,
        "A person is a random id; what names or reaches the person is sealed, and stays so.",
    )


def camel(name: str) -> str:
    """`convenant-project` -> `convenantProject`."""
    first, *rest = name.split("-")
    return first + "".join(each.capitalize() for each in rest)


def _operation(  # noqa: PLR0917 - one argument for each thing that differs
    path: str,
    name: str,
    tag: str,
    summary: str,
    handle: Handler,
    description: str,
    versions: Versions | None = None,
) -> Operation:
    return Operation(
        method="GET",
        path=path,
        id=name,
        tag=tag,
        summary=summary,
        description=description,
        handle=handle,
        parameters=(*LANGUAGE, *PAGING),
        raw=Raw(name="Timeline", schema=_schema),
        headers=(*HEADERS, "Content-Language"),
        problems=(503,),
        versions=versions,
    )


def _versions(aggregate: Aggregate) -> Versions:
    async def versions(call: Call, span: Span) -> Sequence[int]:
        found = await known(call, aggregate, span)
        return await versions_of(call, found.stream, span)

    return versions


def _handler(aggregate: Aggregate) -> Handler:
    async def handle(call: Call) -> Response:
        subject, kind = call.id, KINDS[aggregate.name]
        sights = Sights(call.house, call.person)
        page = await concerning(call, subject, _visible(sights, subject))
        seen = await sights.of(subject, kind)
        if seen is None or not seen.exists:
            raise unknown()
        then = await call.house.registers.belongings({subject: kind}, as_of=page.as_of.position)
        if subject not in then:
            raise unknown()
        return await _answer(call, page, sights)

    return handle


async def _of_a_person(call: Call) -> Response:
    sights = Sights(call.house, call.person)
    page = await concerning(call, call.id, _visible(sights, None))
    if not page.rows and page.next is None:
        raise unknown()
    return await _answer(call, page, sights)


def _visible(sights: Sights, subject: UUID | None) -> May:
    """Whether an event is on the reader's timeline of `subject`, withheld or not."""

    async def may(row: TimelineRow) -> bool:
        return row.subject == subject or await _seen(sights, row)

    return may


async def _seen(sights: Sights, row: TimelineRow) -> bool:
    seen = await sights.of(row.subject, KINDS.get(row.aggregate))
    return seen is not None and seen.sees_told(row.kind, confided=row.in_confidence)


async def _answer(call: Call, page: Rows[TimelineRow], sights: Sights) -> Response:
    language = language_of(call)
    shown = [row.position for row in page.rows if await _seen(sights, row)]
    positions = [row.position for row in page.rows]
    events = await told(call, positions, frozenset(shown), language, as_of=page.as_of.position)
    headers = page.headers(call) | {"Content-Language": str(language)}
    headers["Vary"] += ", Accept-Language"
    return plain_answer({"events": events, "next": page.next}, headers=headers)


async def told(
    call: Call,
    positions: Sequence[int],
    shown: frozenset[int],
    language: Language,
    *,
    as_of: int,
) -> list[Json]:
    """The events at these positions, with a sentence for each of those that are `shown`."""
    house = call.house
    stored = await house.ledger.stored_at(positions)
    facts: dict[int, Fact] = {
        row.position: house.recall(row.name, row.name_version, row.body)
        for row in stored
        if row.position in shown
    }
    named = {*ids_in([*facts.values()])}
    names = await names_of(house.views, named, language, as_of=as_of)
    events = []
    for row in stored:
        fact: Any = facts.get(row.position)
        event = cloud_event(house, row, visible=fact is not None)
        if fact is not None:
            event["sentence"] = said(sentence(fact, names), language)
        events.append(event)
    return events


def _schema(refs: str) -> Json:
    """The schema of a page of a timeline."""
    event: Json = {
        "allOf": [{"$ref": f"{refs}Event"}],
        "type": "object",
        "properties": {
            "sentence": {
                "type": "string",
                "description": "What happened, for people. Absent where the content is withheld.",
            }
        },
    }
    return {
        "title": "Timeline",
        "type": "object",
        "properties": {
            "events": {"type": "array", "items": event},
            "next": {
                "type": ["string", "null"],
                "description": "The cursor of the next page; null on the last one.",
            },
        },
        "required": ["events", "next"],
    }
