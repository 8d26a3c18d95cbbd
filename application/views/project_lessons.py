"""What did projects learn, and which lesson was used again by which later project (geleerde)?"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from application.views.view import EVERYTHING, Key, Shelf, View, branch, key, shelf
from domain.convenant_project.lessons import LessonCited, LessonDrawn, LessonKind
from domain.record import Recorded
from domain.terms import Code, Instant, ProjectId

Heard = LessonDrawn | LessonCited


class LessonUse(StrEnum):
    REUSED = "reused"  # hergebruikt
    NEVER_REUSED = "never-reused"  # nooit hergebruikt
    UNKNOWN = "unknown"  # aangehaald, maar door dat project nooit getrokken


@dataclass(frozen=True, kw_only=True)
class LessonDrawing:
    title: str
    text: str
    kind: LessonKind
    step: int | None
    drawn_at: Instant


@dataclass(frozen=True, kw_only=True)
class Citation:
    """Which project uses it, for what, since when."""

    project: ProjectId
    how: str
    cited_at: Instant


@dataclass(frozen=True, kw_only=True)
class LessonRow:
    """`drawn` is None where a project cites what nobody recorded."""

    project: ProjectId
    lesson: Code
    drawn: LessonDrawing | None = None
    citations: tuple[Citation, ...] = ()

    @property
    def use(self) -> LessonUse:
        if self.drawn is None:
            return LessonUse.UNKNOWN
        return LessonUse.REUSED if self.citations else LessonUse.NEVER_REUSED


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    fact = recorded.fact
    match fact:
        case LessonDrawn():
            return (lesson(ProjectId(recorded.stream), fact.lesson),)
        case LessonCited():
            return (lesson(fact.project, fact.lesson),)
        case _:
            assert_never(fact)


def on(row: LessonRow | None, recorded: Recorded[Heard]) -> LessonRow | None:
    fact = recorded.fact
    match fact:
        case LessonDrawn():
            drawing = LessonDrawing(
                title=fact.title,
                text=fact.text,
                kind=fact.kind,
                step=fact.step,
                drawn_at=fact.occurred_at,
            )
            before = row or LessonRow(project=ProjectId(recorded.stream), lesson=fact.lesson)
            return replace(before, drawn=drawing)
        case LessonCited():
            by = ProjectId(recorded.stream)
            if by == fact.project:
                return row  # a project that cites itself is no later project
            before = row or LessonRow(project=fact.project, lesson=fact.lesson)
            cited = Citation(project=by, how=fact.how, cited_at=fact.occurred_at)
            return replace(before, citations=(*before.citations, cited))
        case _:
            assert_never(fact)


def shelves(row: LessonRow) -> tuple[Shelf, ...]:
    return EVERYTHING, of_use(row.use)


# ----------------------------------------------------------------------------------- how to ask


def lesson(project: ProjectId, code: Code) -> Key:
    return key(project, code)


def of_project(project: ProjectId) -> Shelf:
    """What this project learned."""
    return branch(project)


def of_use(use: LessonUse) -> Shelf:
    return shelf("use", use)


view = View(
    name="project-lessons",
    version=1,
    row=LessonRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
