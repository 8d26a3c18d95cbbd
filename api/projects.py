"""Convenant projects (convenantprojecten): how far each came, its dossier, and the verdicts on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened, timemap_operation
from api.operations import Call, In, Operation, Parameter
from api.pages.matrix import Standing, matrix
from api.pages.names import names_of
from api.paging import rows_of
from api.problems import forbidden, unknown
from api.registers import list_operation
from api.time_travel import HEADERS, TIME, instant_parameter
from api.verdicts import VerdictsSaid, verdicts_said
from api.versions import of_dossier, of_thing
from application.access import Action, Belonging, Kind
from application.aggregates import CONVENANT_PROJECT
from application.compliance import UnknownProject, Verdicts, judge_project
from application.views import projects
from application.views.projects import ProjectRow
from application.views.view import EVERYTHING
from domain.convenant_project.knowledge import Genre, Relevance
from domain.terms import Code, Instant, Language, MemberId, ProjectId

JUDGED_AT = Parameter(
    name="judgedAt",
    where=In.QUERY,
    description="The moment at which is judged; by default when the position was recorded. A later"
    " moment judges the same record by what is due by then.",
    schema={"type": "string", "format": "date-time"},
)


@dataclass(frozen=True, kw_only=True)
class ProjectList:
    projects: tuple[ProjectRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class PartySaid:
    """`standings`: winner, bidder, invited, involved, member."""

    member: MemberId
    name: str
    standings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CellSaid:
    """From when a party could know a version, and the event that shows it; neither is never.

    `public`: because everybody could read it by then.
    """

    party: MemberId
    first_seen_at: Instant | None
    position: int | None
    standing: Standing
    public: bool


@dataclass(frozen=True, kw_only=True)
class DocumentSaid:
    """One version of a document (stuk), against every party."""

    document: Code
    version: int
    title: str
    relevance: Relevance
    genre: Genre
    counts: bool
    """Whether it counts as relevant (rule book, section 4)."""
    sha256: str
    position: int
    published_at: Instant | None
    cells: tuple[CellSaid, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentMatrix:
    """Who could know what, since when (gelijk aan de streep).

    `openingAt` is the notice or the first invitation, `cutoffAt` the last moment at which a
    document still comes in time, `deadlineAt` the close for tenders.
    """

    project: UUID
    position: int
    opening_at: Instant | None
    cutoff_at: Instant | None
    deadline_at: Instant | None
    parties: tuple[PartySaid, ...]
    documents: tuple[DocumentSaid, ...]


def operations() -> Iterator[Operation]:
    plural = CONVENANT_PROJECT.plural
    yield list_operation(
        f"/{plural}",
        "convenantProjects",
        "The convenant projects",
        _projects,
        ProjectList,
        view=projects.view,
    )
    yield Operation(
        method="GET",
        path=f"/{plural}/{{id}}",
        id="convenantProject",
        tag=plural,
        summary="One convenant project",
        handle=_project,
        parameters=TIME,
        answer=ProjectRow,
        headers=("ETag", *HEADERS),
        problems=(503,),
        versions=of_thing(CONVENANT_PROJECT),
    )
    yield Operation(
        method="GET",
        path=f"/{plural}/{{id}}/documents",
        id="convenantProjectDocuments",
        tag=plural,
        summary="Every document against every party: who could know what, since when",
        handle=_documents,
        parameters=TIME,
        answer=DocumentMatrix,
        headers=HEADERS,
        problems=(403, 503),
        versions=of_dossier,
    )
    yield Operation(
        method="GET",
        path=f"/{plural}/{{id}}/verdicts",
        id="convenantProjectVerdicts",
        tag=plural,
        summary="The verdict of every rule on a project",
        handle=_verdicts,
        parameters=(JUDGED_AT, *TIME),
        answer=VerdictsSaid,
        headers=HEADERS,
        problems=(403, 503),
        versions=of_dossier,
    )
    yield timemap_operation(CONVENANT_PROJECT)


async def _projects(call: Call) -> Response:
    async def may(row: ProjectRow) -> bool:
        told = Belonging(kind=Kind.PROJECT, authority=row.authority, circles=frozenset(row.circles))
        thing = await call.house.access.thing(row.project, told)
        return await call.house.access.may(call.person, Action.READ, thing)

    page = await rows_of(call, projects.view, EVERYTHING, may)
    said = ProjectList(projects=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _project(call: Call) -> Response:
    found = await opened(call, CONVENANT_PROJECT)
    row = await call.house.views.get(
        projects.view, projects.project(ProjectId(found.stream)), as_of=found.as_of.position
    )
    if row.entry is None:
        raise unknown()
    return found.answer(call, row.entry.row)


async def _judged(call: Call, found: Opened) -> Verdicts:
    if not found.sight.dossier:
        raise forbidden("the dossier of a project is for its authority and for auditors")
    try:
        return await judge_project(
            call.house.ledger,
            call.house.registers,
            ProjectId(found.stream),
            position=found.as_of.position,
            judged_at=instant_parameter(call, "judgedAt"),
        )
    except UnknownProject:
        raise unknown() from None


async def _verdicts(call: Call) -> Response:
    found = await opened(call, CONVENANT_PROJECT)
    verdicts = await _judged(call, found)
    return answer(verdicts_said(verdicts), headers=found.as_of.headers(call))


async def _documents(call: Call) -> Response:
    found = await opened(call, CONVENANT_PROJECT)
    said = await matrix_said(call, await _judged(call, found))
    return answer(said, headers=found.as_of.headers(call))


async def matrix_said(call: Call, verdicts: Verdicts) -> DocumentMatrix:
    """The matrix of the dossier that was judged."""
    dossier = verdicts.dossier
    parties = dossier.competitors | {party for party, _ in dossier.disclosures}
    named = [*parties, *dossier.members]
    names = await names_of(call.house.views, named, Language.EN, as_of=dossier.position)
    shown = matrix(verdicts.case, names)
    return DocumentMatrix(
        project=dossier.id,
        position=dossier.position,
        opening_at=shown.milestones.opening,
        cutoff_at=shown.milestones.cutoff,
        deadline_at=shown.milestones.deadline,
        parties=tuple(
            PartySaid(
                member=party.id,
                name=party.name,
                standings=tuple(each.removeprefix("party.") for each in party.badges),
            )
            for party in shown.parties
        ),
        documents=tuple(
            DocumentSaid(
                document=row.version[0],
                version=row.version[1],
                title=row.title,
                relevance=dossier.versions[row.version].fact.relevance,
                genre=dossier.versions[row.version].fact.genre,
                counts=row.relevant,
                sha256=dossier.versions[row.version].fact.sha256,
                position=row.position,
                published_at=None if row.everybody is None else row.everybody.at,
                cells=tuple(
                    CellSaid(
                        party=cell.party.id,
                        first_seen_at=None if cell.sight is None else cell.sight.at,
                        position=None if cell.sight is None else cell.sight.position,
                        standing=cell.standing,
                        public=cell.public,
                    )
                    for cell in row.cells
                ),
            )
            for row in shown.rows
        ),
    )
