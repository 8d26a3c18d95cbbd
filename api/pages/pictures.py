"""Pictures as inline SVG, made on the server; each stands beside a table that says the same.

Colours and sizes live in the style sheet: the pages' policy allows no style in the markup.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from api.pages.matrix import Matrix, Row, Standing
from domain.terms import DUTCH_TIME, Instant

_LABEL, _WIDTH, _RIGHT = 70, 1020, 14
"""Pixels for the labels on the left, for the axis, and beyond the last moment."""
_TOP, _LINE = 50, 28
_STEP = 56


@dataclass(frozen=True, kw_only=True)
class Dot:
    number: int
    title: str
    reached: bool


def steps(dots: Sequence[Dot], label: str) -> Markup:
    """A track of numbered dots; the reached ones are filled."""
    width = _STEP * len(dots)
    parts = [
        Markup('<line class="track" x1="{}" y1="22" x2="{}" y2="22"/>').format(
            _STEP // 2, width - _STEP // 2
        )
    ]
    for index, dot in enumerate(dots):
        x = _STEP * index + _STEP // 2
        parts.append(
            Markup(
                '<g class="{}"><title>{}</title><circle cx="{}" cy="22" r="15"/>'
                '<text x="{}" y="27">{}</text></g>'
            ).format("step reached" if dot.reached else "step", dot.title, x, x, dot.number)
        )
    return _svg("steps", width, 44, label, parts)


def bar(counts: Sequence[tuple[str, str, int]], label: str) -> Markup:
    """One bar divided by outcome; each part is (class, words, count)."""
    total = sum(count for _, _, count in counts) or 1
    parts, x = [], 0.0
    for kind, words, count in counts:
        width = 720 * count / total
        if count:
            parts.append(
                Markup(
                    '<g class="part {}"><title>{}: {}</title>'
                    '<rect x="{:.1f}" y="0" width="{:.1f}" height="28"/>'
                    '<text x="{:.1f}" y="19">{}</text></g>'
                ).format(kind, words, count, x, width, x + width / 2, count)
            )
        x += width
    return _svg("bar", 720, 28, label, parts)


def knowledge(matrix: Matrix, tell: Callable[[str], str], label: str) -> Markup | None:
    """When each party could first know each relevant version, between the first and the close.

    None when there is nothing to draw.
    """
    rows = [row for row in matrix.rows if row.relevant]
    moments = [cell.sight.at for row in rows for cell in row.cells if cell.sight is not None]
    if not moments:
        return None
    marks = [
        (tell(f"chart.{name}"), moment)
        for name, moment in (
            ("opening", matrix.milestones.opening),
            ("cutoff", matrix.milestones.cutoff),
            ("deadline", matrix.milestones.deadline),
        )
        if moment is not None
    ]
    every = [*moments, *(moment for _, moment in marks)]
    place = _axis(min(every), max(every))
    parts = [_mark(words, place(at), len(rows), index) for index, (words, at) in enumerate(marks)]
    for index, row in enumerate(rows):
        parts.append(_line(row, _TOP + _LINE * index, place))
    height = _TOP + _LINE * len(rows) + 6
    return _svg("knowledge", _LABEL + _WIDTH + _RIGHT, height, label, parts)


def _axis(first: Instant, last: Instant) -> Callable[[Instant], float]:
    span = (last - first).total_seconds() or 1.0

    def place(moment: Instant) -> float:
        return _LABEL + _WIDTH * (moment - first).total_seconds() / span

    return place


def _mark(words: str, x: float, rows: int, index: int) -> Markup:
    """A moment as a vertical line; its words are staggered so that near ones stay readable."""
    near_the_edge = x > _LABEL + _WIDTH - 60
    return Markup(
        '<g class="{5}"><line x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}"/>'
        '<text x="{0:.1f}" y="{3}">{4}</text></g>'
    ).format(
        x,
        _TOP - 8,
        _TOP + _LINE * rows,
        12 + 14 * (index % 3),
        words,
        "mark last" if near_the_edge else "mark",
    )


def _line(row: Row, y: int, place: Callable[[Instant], float]) -> Markup:
    middle = y + _LINE // 2
    dots = [
        Markup('<g class="dot {}"><title>{}: {}</title>{}</g>').format(
            cell.standing,
            cell.party.name,
            _day(cell.sight.at),
            _shape(cell.standing, place(cell.sight.at), middle),
        )
        for cell in row.cells
        if cell.sight is not None
    ]
    return Markup(
        '<g class="row"><text x="0" y="{}">{}</text><line x1="{}" y1="{}" x2="{}" y2="{}"/>{}</g>'
    ).format(middle + 4, row.label, _LABEL, middle, _LABEL + _WIDTH, middle, Markup("").join(dots))


def _shape(standing: Standing, x: float, y: int) -> Markup:
    """A triangle up, a disc or a triangle down: told apart without colour."""
    if standing is Standing.EARLY:
        return Markup('<path d="M{:.1f} {} l6 11 h-12 z"/>').format(x, y - 6)
    if standing is Standing.LATE:
        return Markup('<path d="M{:.1f} {} l6 -11 h-12 z"/>').format(x, y + 6)
    return Markup('<circle cx="{:.1f}" cy="{}" r="5"/>').format(x, y)


def _day(moment: datetime) -> str:
    return moment.astimezone(DUTCH_TIME).strftime("%Y-%m-%d")


def _svg(kind: str, width: int, height: int, label: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="picture {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(kind, width, height, label, Markup("").join(parts))
