"""The registers of a project: risks, indicators, prices, lessons; and the library of all lessons.

Indicators and lessons are heard in the circle. Risks carry prices, and prices are prices: both are
for whoever may read the dossier, because a member of the circle is a competitor too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened
from api.operations import Call, In, Operation, Parameter
from api.paging import Rows, rows_of
from api.problems import bad_parameter, forbidden, unknown
from api.registers import FOR_THE_DOSSIER, Register, list_operation, register_operations
from api.time_travel import HEADERS, TIME
from api.versions import of_row
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
    yield from register_operations(*REGISTERS)
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
        versions=of_row(CONVENANT_PROJECT, project_prices.view, project_prices.project),
    )
    yield replace(
        list_operation(
            "/lessons",
            "lessons",
            "The library of lessons: drawn, reused, never reused",
            _lessons,
            LessonLibrary,
            USE,
            view=project_lessons.view,
        ),
        tag=CONVENANT_PROJECT.plural,
    )


async def _indicators(_: Call, __: Opened, page: Rows[Any]) -> Mapping[str, Any]:
    return {"indicators": tuple(map(_indicator, page.rows))}


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
    found = await opened(call, CONVENANT_PROJECT)
    if not FOR_THE_DOSSIER.may(found.sight):
        raise forbidden(FOR_THE_DOSSIER.why)
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


async def _lessons_of_project(call: Call, _: Opened, page: Rows[Any]) -> Mapping[str, Any]:
    return {"lessons": await _library(call, page.rows, page.as_of.position, _Readable(call))}


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
    lessons = await _library(call, page.rows, page.as_of.position, readable)
    said = LessonLibrary(lessons=lessons, next=page.next)
    return answer(said, headers=page.headers(call))


async def _library(
    call: Call, rows: Iterable[LessonRow], position: int, readable: _Readable
) -> tuple[LessonSaid, ...]:
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
    return tuple(said)


REGISTERS = (
    Register(
        of=CONVENANT_PROJECT,
        word="risks",
        id="convenantProjectRisks",
        summary="The risks of a project, who bears and prices each, and what came of it"
        " (risicodossier)",
        view=project_risks.view,
        shelf=project_risks.of_project,
        said=RiskRegister,
        inside="risks",
        only=FOR_THE_DOSSIER,
    ),
    Register(
        of=CONVENANT_PROJECT,
        word="indicators",
        id="convenantProjectIndicators",
        summary="What is measured of a project, against its baseline and its target (monitoring)",
        view=project_indicators.view,
        shelf=project_indicators.of_project,
        said=IndicatorResults,
        tell=_indicators,
    ),
    Register(
        of=CONVENANT_PROJECT,
        word="lessons",
        id="convenantProjectLessons",
        summary="What a project learned, and which later project uses it",
        view=project_lessons.view,
        shelf=project_lessons.of_project,
        said=LessonLibrary,
        tell=_lessons_of_project,
    ),
)
