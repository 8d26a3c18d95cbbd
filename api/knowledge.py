"""What an organisation knew at a moment: its own question, with the events that show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.languages import LANGUAGE, language_of
from api.opened import Opened, opened
from api.operations import Call, In, Operation, Parameter, path_id
from api.pages.names import names_of
from api.pages.texts import said
from api.paging import CURSOR, cursor_at, start_of, with_next
from api.problems import forbidden, unknown
from api.registers import FOR_THE_DOSSIER
from api.sights import Sights
from api.time_travel import HEADERS, TIME, AsOf, instant_parameter
from application.access import Kind
from application.aggregates import CONVENANT_PROJECT, MEMBER
from application.compliance import UnknownProject, project_dossier
from application.history.knowledge import KnownItem, MissedItem, knowledge
from application.mentions import ids_in
from application.sentences import sentence
from application.views import timeline
from application.views.asking import MOST_ENTRIES, Place
from application.views.view import Key
from domain.dossier import Dossier
from domain.record import Recorded
from domain.terms import Instant, Language, MemberId, ProjectId

MOST_PROJECTS = 10
"""Projects in one answer: each is a dossier of its own."""

PROJECT = Parameter(
    name="project",
    where=In.QUERY,
    description="Only what it knew of this project. By default of every project of which you may"
    " read the dossier and in which it had a part.",
    schema={"type": "string", "format": "uuid"},
)
KNOWN_AT = Parameter(
    name="knownAt",
    where=In.QUERY,
    description="What it knew at this moment. `asOf` says how far the record is read: what was"
    " found out later about that moment. By default the moment of that position, or now.",
    schema={"type": "string", "format": "date-time"},
)


@dataclass(frozen=True, kw_only=True)
class HeardSaid:
    """Another event by which it came to know something: a meeting, an invitation, a letter."""

    position: int
    subject: UUID
    happened_at: Instant
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ProjectKnowledge:
    """Of one project: the versions that it knew, those that only others knew, and what it heard.

    A version that nobody knew by then is in neither list.
    """

    project: ProjectId
    title: str
    known: tuple[KnownItem, ...]
    missed: tuple[MissedItem, ...]
    heard: tuple[HeardSaid, ...]


@dataclass(frozen=True, kw_only=True)
class KnowledgeSaid:
    """`position` says how far the record was read, `knownAt` up to when things had happened."""

    member: MemberId
    position: int
    known_at: Instant
    projects: tuple[ProjectKnowledge, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path=f"/{MEMBER.plural}/{{id}}/knowledge",
        id="memberKnowledge",
        tag=MEMBER.plural,
        summary="What an organisation knew at a moment, by which route, and what only others knew",
        description="Equal at the line (gelijk aan de streep): every version of a document with the"
        " events by which it could be known, and every version that others knew and it did not."
        " For whoever may read the dossier of the project.",
        handle=_knowledge,
        parameters=(PROJECT, KNOWN_AT, *LANGUAGE, CURSOR, *TIME),
        answer=KnowledgeSaid,
        headers=(*HEADERS, "Content-Language"),
        problems=(403, 503),
    )


async def _knowledge(call: Call) -> Response:
    language = language_of(call)
    moment, place = await start_of(call)
    found = await opened(call, MEMBER, moment)
    known_at = instant_parameter(call, KNOWN_AT.name) or moment.recorded_at
    known_at = known_at or await call.house.clock.now()
    start = 0 if place is None else place.born
    asked, more = await _projects(call, found, start)
    known = tuple([
        await _of_project(call, found, ProjectId(each), known_at, language) for each in asked
    ])  # fmt: skip
    cursor = cursor_at(moment, Place(born=start + len(asked), key=Key("project"))) if more else None
    answered = KnowledgeSaid(
        member=MemberId(found.stream),
        position=moment.position,
        known_at=known_at,
        projects=known,
        next=cursor,
    )
    headers = moment.headers(call) | {"Content-Language": str(language)}
    headers["Vary"] += ", Accept-Language"
    return answer(answered, headers=with_next(headers, call, cursor))


async def _projects(call: Call, found: Opened, start: int) -> tuple[Sequence[UUID], bool]:
    """Which projects this page is about, and whether others follow. Raises `Problem`."""
    sights = Sights(call.house, call.person)
    said_project = call.query(PROJECT.name)
    if said_project is not None:
        project = path_id(said_project)
        seen = await sights.of(project, Kind.PROJECT)
        if seen is None or not seen.exists:
            raise unknown()
        if not FOR_THE_DOSSIER.may(seen):
            raise forbidden(FOR_THE_DOSSIER.why)
        return [project], False
    readable: list[UUID] = []
    for each in sorted(await _took_part_in(call, found.stream, found.as_of)):
        seen = await sights.of(each, Kind.PROJECT)
        if seen is not None and seen.dossier:
            readable.append(each)
    end = start + MOST_PROJECTS
    return readable[start:end], len(readable) > end


async def _took_part_in(call: Call, member: UUID, moment: AsOf) -> set[UUID]:
    """The projects with an event that names this organisation."""
    projects: set[UUID] = set()
    after: Place | None = None
    while True:
        page = await call.house.views.page(
            timeline.view,
            timeline.of(member),
            as_of=moment.position,
            after=after,
            limit=MOST_ENTRIES,
        )
        projects |= {
            each.row.subject
            for each in page.entries
            if each.row.aggregate == CONVENANT_PROJECT.name
        }
        if (after := page.next) is None:
            return projects


async def _of_project(
    call: Call, found: Opened, project: ProjectId, known_at: Instant, language: Language
) -> ProjectKnowledge:
    house, member = call.house, MemberId(found.stream)
    try:
        dossier = await project_dossier(
            house.ledger, house.registers, project, position=found.as_of.position, also=[member]
        )
    except UnknownProject:
        raise unknown() from None
    knew = knowledge(dossier, member, known_at)
    sights = Sights(house, call.person)
    heard: list[Recorded[Any]] = [
        each for each in knew.heard if await _may_hear(sights, dossier, each)
    ]
    names = await names_of(
        house.views,
        {*ids_in([each.fact for each in heard])},
        language,
        as_of=found.as_of.position,
    )
    registered = dossier.registration
    return ProjectKnowledge(
        project=project,
        title="" if registered is None else registered.fact.title,
        known=knew.known,
        missed=knew.missed,
        heard=tuple(
            HeardSaid(
                position=each.position,
                subject=each.stream,
                happened_at=each.occurred_at,
                sentence=said(sentence(each.fact, names), language),
            )
            for each in heard
        ),
    )


async def _may_hear(sights: Sights, dossier: Dossier, recorded: Recorded[Any]) -> bool:
    """What a circle heard is for whoever may read that circle."""
    if recorded.stream == dossier.id:
        return True
    seen = await sights.of(recorded.stream, Kind.CIRCLE)
    return seen is not None and seen.sees(recorded.fact)
