"""The registers of a project: risks, indicators, prices, lessons; and the library of all lessons.

Indicators and lessons are heard in the circle. Risks carry prices, and prices are prices: both are
for whoever may read the dossier, because a member of the circle is a competitor too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened
from api.operations import Call, Handler, In, Operation, Parameter
from api.paging import PAGING, rows_of
from api.problems import bad_parameter, forbidden, unknown
from api.time_travel import HEADERS, TIME
from application.access import Action, Hidden, Kind
from application.aggregates import CONVENANT_PROJECT
from application.price_effect import PriceEffect, price_effect
from application.views import (
    project_indicators,
    project_lessons,
    project_prices,
    project_risks,
    projects,
)
from application.views.project_indicators import IndicatorRow, MeasuredValue
from application.views.project_lessons import Citation, LessonDrawing, LessonRow, LessonUse
from application.views.project_risks import RiskRow
from application.views.view import EVERYTHING
from domain.convenant_project.monitoring import Better, IndicatorTheme
from domain.terms import Code, ProjectId

USE = Parameter(
    name="use",
    where=In.QUERY,
    description="Only lessons that a later project used, that none used, or that were cited"
    " without being drawn.",
    schema={"type": "string", "enum": [str(each) for each in LessonUse]},
)


@dataclass(frozen=True, kw_only=True)
class RiskRegister:
    risks: tuple[RiskRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class IndicatorSaid:
    """Values are whole numbers of `unit`; null is not known.

    `gain` is how much better than the baseline, in units; `target_met` whether the latest
    measurement is as good as the target.
    """

    indicator: Code
    title: str
    theme: IndicatorTheme
    unit: str
    better: Better
    baseline: int | None
    target: int | None
    measurements: tuple[MeasuredValue, ...]
    target_met: bool | None
    gain: int | None


@dataclass(frozen=True, kw_only=True)
class IndicatorResults:
    indicators: tuple[IndicatorSaid, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class LessonSaid:
    """`citations` are those by projects that this reader may know of; `use` counts all."""

    project: ProjectId
    project_title: str | None
    lesson: Code
    use: LessonUse
    drawn: LessonDrawing | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class LessonLibrary:
    lessons: tuple[LessonSaid, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield _register(
        "risks",
        "convenantProjectRisks",
        "The risks of a project, who bears and prices each, and what came of it (risicodossier)",
        _risks,
        RiskRegister,
        403,
    )
    yield _register(
        "indicators",
        "convenantProjectIndicators",
        "What is measured of a project, against its baseline and its target (monitoring)",
        _indicators,
        IndicatorResults,
    )
    yield _register(
        "lessons",
        "convenantProjectLessons",
        "What a project learned, and which later project uses it",
        _lessons_of_project,
        LessonLibrary,
    )
    yield Operation(
        method="GET",
        path=f"/{CONVENANT_PROJECT.plural}/{{id}}/price",
        id="convenantProjectPrice",
        tag=CONVENANT_PROJECT.plural,
        summary="Offer against estimate against extra work (meerwerk), and failure costs",
        handle=_price,
        parameters=TIME,
        answer=PriceEffect,
        headers=HEADERS,
        problems=(403, 503),
    )
    yield Operation(
        method="GET",
        path="/lessons",
        id="lessons",
        tag=CONVENANT_PROJECT.plural,
        summary="The library of lessons: drawn, reused, never reused",
        handle=_lessons,
        parameters=(USE, *PAGING),
        answer=LessonLibrary,
        headers=HEADERS,
        problems=(503,),
    )


def _register(
    name: str, operation: str, summary: str, handle: Handler, said: type, *problems: int
) -> Operation:
    return Operation(
        method="GET",
        path=f"/{CONVENANT_PROJECT.plural}/{{id}}/{name}",
        id=operation,
        tag=CONVENANT_PROJECT.plural,
        summary=summary,
        handle=handle,
        parameters=PAGING,
        answer=said,
        headers=HEADERS,
        problems=(*problems, 503),
    )


async def _dossier(call: Call) -> Opened:
    found = await opened(call, CONVENANT_PROJECT)
    if not found.sight.dossier:
        raise forbidden("the dossier of a project is for its authority and for auditors")
    return found


async def _risks(call: Call) -> Response:
    found = await _dossier(call)
    shelf = project_risks.of_project(ProjectId(found.stream))
    page = await rows_of(call, project_risks.view, shelf, _everybody)
    said = RiskRegister(risks=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _indicators(call: Call) -> Response:
    found = await opened(call, CONVENANT_PROJECT)
    shelf = project_indicators.of_project(ProjectId(found.stream))
    page = await rows_of(call, project_indicators.view, shelf, _everybody)
    said = IndicatorResults(indicators=tuple(map(_indicator, page.rows)), next=page.next)
    return answer(said, headers=page.headers(call))


def _indicator(row: IndicatorRow) -> IndicatorSaid:
    return IndicatorSaid(
        indicator=row.indicator,
        title=row.title,
        theme=row.theme,
        unit=row.unit,
        better=row.better,
        baseline=row.baseline,
        target=row.target,
        measurements=row.measurements,
        target_met=row.target_met,
        gain=row.gain,
    )


async def _price(call: Call) -> Response:
    found = await _dossier(call)
    held = await call.house.views.get(
        project_prices.view,
        project_prices.project(ProjectId(found.stream)),
        as_of=found.as_of.position,
    )
    if held.entry is None:
        raise unknown()
    return answer(price_effect(held.entry.row), headers=found.as_of.headers(call))


class _Readable:
    """Which projects this reader may know of, asked once each."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._known: dict[UUID, bool] = {}

    async def __call__(self, project: ProjectId) -> bool:
        if project not in self._known:
            self._known[project] = await self._asked(project)
        return self._known[project]

    async def _asked(self, project: ProjectId) -> bool:
        house = self._call.house
        now = await house.views.position()
        told = await house.registers.belongings({project: Kind.PROJECT}, as_of=now)
        if project not in told:
            return False
        try:
            thing = await house.access.thing(project, told[project])
        except Hidden:
            return False
        return await house.access.may(self._call.person, Action.READ, thing)


async def _lessons_of_project(call: Call) -> Response:
    found = await opened(call, CONVENANT_PROJECT)
    shelf = project_lessons.of_project(ProjectId(found.stream))
    page = await rows_of(call, project_lessons.view, shelf, _everybody)
    said = await _library(call, page.rows, page.next, page.as_of.position, _Readable(call))
    return answer(said, headers=page.headers(call))


async def _lessons(call: Call) -> Response:
    asked = call.query("use")
    if asked is not None and asked not in set(LessonUse):
        raise bad_parameter("use", f"is one of {', '.join(LessonUse)}")
    shelf = EVERYTHING if asked is None else project_lessons.of_use(LessonUse(asked))
    readable = _Readable(call)

    async def may(row: LessonRow) -> bool:
        """Whoever may know of the project that drew it; of one that nobody drew, of a user."""
        if row.drawn is not None:
            return await readable(row.project)
        return any([await readable(each.project) for each in row.citations])

    page = await rows_of(call, project_lessons.view, shelf, may)
    said = await _library(call, page.rows, page.next, page.as_of.position, readable)
    return answer(said, headers=page.headers(call))


async def _library(
    call: Call, rows: Iterable[LessonRow], following: str | None, position: int, readable: _Readable
) -> LessonLibrary:
    listed = tuple(rows)
    works = await call.house.views.get_many(
        projects.view, sorted({projects.project(row.project) for row in listed}), as_of=position
    )
    titles: Mapping[str, str] = {key: entry.row.title for key, entry in works.entries.items()}
    said = [
        LessonSaid(
            project=row.project,
            project_title=titles.get(projects.project(row.project)),
            lesson=row.lesson,
            use=row.use,
            drawn=row.drawn,
            citations=tuple([each for each in row.citations if await readable(each.project)]),
        )
        for row in listed
    ]
    return LessonLibrary(lessons=tuple(said), next=following)


async def _everybody(_: object) -> bool:
    """Whoever was let in may read the whole register."""
    return True
