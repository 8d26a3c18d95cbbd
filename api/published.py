"""What everybody may read without a token: the rules, and what was published."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from api.answers import EVERYBODY, answer
from api.operations import Call, Operation
from api.paging import PAGING, rows_of
from api.time_travel import HEADERS
from api.verdicts import RulesSaid, rules_said
from application.views import circle_meetings, circles, documents, projects, publications
from application.views.circle_meetings import CircleMeetingRow
from application.views.publications import PublicationRow
from application.views.view import EVERYTHING
from domain.convenant_project.preparation import PublicChannel
from domain.rules.catalogue import RULES
from domain.terms import CircleId, Code, Instant, ProjectId


@dataclass(frozen=True, kw_only=True)
class PublishedDocument:
    """A version of a document that everybody could read, since when and where."""

    project: ProjectId
    project_title: str | None
    document: Code
    version: int
    title: str | None
    sha256: str | None
    published_at: Instant
    channel: PublicChannel
    url: str | None


@dataclass(frozen=True, kw_only=True)
class PublishedDocuments:
    documents: tuple[PublishedDocument, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class PublicReport:
    """The report (verslag) of a meeting (bijeenkomst), and where everybody can read it."""

    circle: CircleId
    circle_name: str | None
    meeting: Code
    held_at: Instant
    published_at: Instant
    url: str


@dataclass(frozen=True, kw_only=True)
class PublicReports:
    reports: tuple[PublicReport, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/rules",
        id="rules",
        tag="about",
        summary="The rules by which projects are judged",
        description="Each with its sources, the days on which it is law, and what it asks for.",
        handle=_rules,
        answer=RulesSaid,
        public=True,
    )
    yield Operation(
        method="GET",
        path="/publications/documents",
        id="publishedDocuments",
        tag="publications",
        summary="Documents that everybody could read, since when and where",
        handle=_documents,
        parameters=PAGING,
        answer=PublishedDocuments,
        headers=HEADERS,
        problems=(503,),
        public=True,
    )
    yield Operation(
        method="GET",
        path="/publications/reports",
        id="publishedReports",
        tag="publications",
        summary="Reports of meetings (verslagen) that everybody can read",
        handle=_reports,
        parameters=PAGING,
        answer=PublicReports,
        headers=HEADERS,
        problems=(503,),
        public=True,
    )


async def _rules(_: Call) -> Response:
    return answer(rules_said(RULES), cache=EVERYBODY)


async def _documents(call: Call) -> Response:
    async def everything(_: PublicationRow) -> bool:
        return True

    page = await rows_of(call, publications.view, EVERYTHING, everything)
    views, position = call.house.views, page.as_of.position
    versions = await views.get_many(
        documents.view,
        [documents.version_of(each.project, each.document, each.version) for each in page.rows],
        as_of=position,
    )
    works = await views.get_many(
        projects.view, sorted({projects.project(each.project) for each in page.rows}),
        as_of=position,
    )  # fmt: skip
    said = []
    for row in page.rows:
        found = versions.entries.get(documents.version_of(row.project, row.document, row.version))
        work = works.entries.get(projects.project(row.project))
        said.append(
            PublishedDocument(
                project=row.project,
                project_title=None if work is None else work.row.title,
                document=row.document,
                version=row.version,
                title=None if found is None else found.row.title,
                sha256=None if found is None else found.row.sha256,
                published_at=row.published_at,
                channel=row.channel,
                url=row.url,
            )
        )
    listed = PublishedDocuments(documents=tuple(said), next=page.next)
    return answer(listed, cache=EVERYBODY, headers=page.headers(call))


async def _reports(call: Call) -> Response:
    async def published(row: CircleMeetingRow) -> bool:
        return row.report is not None

    page = await rows_of(call, circle_meetings.view, EVERYTHING, published)
    known = await call.house.views.get_many(
        circles.view, sorted({circles.circle(each.circle) for each in page.rows}),
        as_of=page.as_of.position,
    )  # fmt: skip
    said = []
    for row in page.rows:
        circle = known.entries.get(circles.circle(row.circle))
        if row.report is not None:
            said.append(
                PublicReport(
                    circle=row.circle,
                    circle_name=None if circle is None else circle.row.name,
                    meeting=row.meeting,
                    held_at=row.held_at,
                    published_at=row.report.published_at,
                    url=row.report.url,
                )
            )
    listed = PublicReports(reports=tuple(said), next=page.next)
    return answer(listed, cache=EVERYBODY, headers=page.headers(call))
