"""Two moments of one thing side by side: its state, its registers, its matrix and its verdicts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api import (
    circle_registers,
    circles,
    member_registers,
    members,
    missions,
    project_papers,
    project_registers,
)
from api.answers import plain_answer
from api.opened import Opened, opened
from api.operations import Call, Handler, In, Operation, Parameter, Raw
from api.problems import bad_parameter
from api.projects import matrix_said
from api.registers import FOR_THE_DOSSIER, Only, Register, rows_as_of
from api.time_travel import WAIT_FOR, AsOf, as_of, moment_said, reach
from api.timeline import camel
from api.verdicts import verdicts_said
from application.aggregates import AGGREGATES, CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION, Aggregate
from application.compliance import UnknownProject, judge_project
from application.forms import form
from application.history.difference import Difference, differences
from application.history.plain import Json
from application.history.replay import state_of
from application.shapes import write_instant
from application.views import (
    circle_composition,
    circle_convenant,
    organisations,
    project_prices,
    projects,
)
from application.views import circles as circle_view
from application.views import missions as mission_view
from application.views.view import Key, View, key
from domain.terms import ProjectId

FROM = Parameter(
    name="from",
    where=In.QUERY,
    description="The earlier moment: an instant with its offset, or `position:N`; by default before"
    " anything was recorded.",
    example="position:1",
)
TO = Parameter(
    name="to",
    where=In.QUERY,
    description="The later moment, said as `from`; by default now.",
    example="position:120",
)

_REGISTERS: Mapping[str, tuple[Register, ...]] = {
    aggregate.name: tuple(
        each
        for part in (
            circles, circle_registers, members, member_registers, project_registers,
            project_papers, missions,
        )
        for each in part.REGISTERS
        if each.of is aggregate
    )
    for aggregate in AGGREGATES
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Board:
    """A view that has one row for the thing."""

    word: str
    view: View[Any]
    key: Callable[[Any], Key] = key
    only: Only | None = None


_BOARDS: Mapping[str, tuple[_Board, ...]] = {
    CIRCLE.name: (
        _Board(word="circle", view=circle_view.view),
        _Board(word="composition", view=circle_composition.view),
        _Board(word="convenant", view=circle_convenant.view),
    ),
    MEMBER.name: (_Board(word="member", view=organisations.view),),
    CONVENANT_PROJECT.name: (
        _Board(word="convenant-project", view=projects.view),
        _Board(word="price", view=project_prices.view, only=FOR_THE_DOSSIER),
    ),
    MISSION.name: (_Board(word="mission", view=mission_view.view),),
}


def operations() -> Iterator[Operation]:
    for aggregate in AGGREGATES:
        yield Operation(
            method="GET",
            path=f"/{aggregate.plural}/{{id}}/comparison",
            id=f"{camel(aggregate.name)}Comparison",
            tag=aggregate.plural,
            summary=f"A {aggregate.title.en} at two moments: what differs, part by part",
            description="Its state, its registers and, of a project, the matrix of documents and"
            " parties and the verdicts. Parts that are not for you are named in `withheld`.",
            handle=_comparison(aggregate),
            parameters=(FROM, TO, WAIT_FOR),
            raw=Raw(name="Comparison", schema=_comparison_schema),
            problems=(503,),
        )


def _comparison(aggregate: Aggregate) -> Handler:
    async def handle(call: Call) -> Response:
        earlier, later = await _moments(call)
        found = await opened(call, aggregate, later)
        parts = await compared(call, aggregate, found, earlier)
        said = {
            "subject": str(found.stream),
            "from": _moment(earlier),
            "to": _moment(later),
            "parts": [
                {"part": word, "differences": [each.said() for each in changes]}
                for word, changes in parts.items()
            ],
            "withheld": withheld(aggregate, found),
        }
        return plain_answer(said, headers={"Ledger-Position": str(later.position)})

    return handle


async def _moments(call: Call) -> tuple[AsOf, AsOf]:
    said, until = call.query("from") or "position:0", call.query("to")
    later = await as_of(call) if until is None else await moment_said(call.house, "to", until)
    earlier = await moment_said(call.house, "from", said)
    if earlier.position > later.position:
        raise bad_parameter("from", "lies after `to`; turn them round")
    await reach(call.house, later.position)
    return earlier, later


async def compared(
    call: Call, aggregate: Aggregate, found: Opened, earlier: AsOf
) -> Mapping[str, tuple[Difference, ...]]:
    """What differs between two moments of a thing, by part; `found` is it at the later one."""
    moments = (earlier, found.as_of)
    before, after = [await _parts(call, aggregate, found, each) for each in moments]
    return {word: differences(before.get(word, {}), after[word]) for word in after}


def part_words() -> frozenset[str]:
    """What the parts of a comparison are called, of anything."""
    registers = {each.word for some in _REGISTERS.values() for each in some}
    boards = {each.word for some in _BOARDS.values() for each in some}
    return frozenset({"state", "documents", "verdicts"} | registers | boards)


def withheld(aggregate: Aggregate, found: Opened) -> list[str]:
    """The parts that are not for this reader."""
    closed = [each.word for each in _REGISTERS[aggregate.name] if not each.open_to(found.sight)]
    closed += [
        each.word
        for each in _BOARDS[aggregate.name]
        if each.only is not None and not each.only.may(found.sight)
    ]
    if aggregate is CONVENANT_PROJECT and not found.sight.dossier:
        closed += ["documents", "verdicts"]
    return closed


async def _parts(
    call: Call, aggregate: Aggregate, found: Opened, moment: AsOf
) -> Mapping[str, Json]:
    recorded = [each for each in found.recorded if each.position <= moment.position]
    parts: dict[str, Json] = {"state": state_of(aggregate, recorded, found.sight.sees)["aggregate"]}
    if not recorded:
        return parts  # there was no such thing yet
    for board in _BOARDS[aggregate.name]:
        if board.only is None or board.only.may(found.sight):
            answer = await call.house.views.get(
                board.view, board.key(found.stream), as_of=moment.position
            )
            row = answer.entry
            parts[board.word] = {} if row is None else board.view.form.write(row.row)
    for register in _REGISTERS[aggregate.name]:
        if register.open_to(found.sight):
            parts[register.word] = await rows_as_of(call, register, found, moment)
    if aggregate is CONVENANT_PROJECT and found.sight.dossier:
        parts.update(await _judged(call, found.stream, moment))
    return parts


async def _judged(call: Call, project: UUID, moment: AsOf) -> Mapping[str, Json]:
    """The matrix by party and document, and the verdicts by rule."""
    house = call.house
    try:
        verdicts = await judge_project(
            house.ledger, house.registers, ProjectId(project), position=moment.position
        )
    except (UnknownProject, LookupError):
        return {"documents": {}, "verdicts": {}}
    matrix: Json = form(type(found := await matrix_said(call, verdicts))).write(found)
    judged: Json = form(type(said := verdicts_said(verdicts))).write(said)
    return {
        "documents": {
            **{name: matrix[name] for name in ("openingAt", "cutoffAt", "deadlineAt")},
            "parties": {each["member"]: each for each in matrix["parties"]},
            "documents": {
                f"{each['document']} v{each['version']}": each
                | {"cells": {cell["party"]: cell for cell in each["cells"]}}
                for each in matrix["documents"]
            },
        },
        "verdicts": {each["rule"]: each for each in judged["verdicts"]},
    }


def _moment(moment: AsOf) -> Json:
    recorded_at = moment.recorded_at
    return {
        "position": moment.position,
        "recordedAt": None if recorded_at is None else write_instant(recorded_at),
    }


DIFFERENCES: Json = {
    "type": "array",
    "items": {
        "title": "Difference",
        "description": "One place that reads otherwise; `before` is absent for what came to be,"
        " `after` for what is gone.",
        "type": "object",
        "properties": {
            "path": {"type": "string", "description": "A JSON Pointer (RFC 6901)."},
            "before": {},
            "after": {},
        },
        "required": ["path"],
    },
}


def _comparison_schema(_: str) -> Json:
    moment: Json = {
        "type": "object",
        "properties": {
            "position": {"type": "integer", "minimum": 0},
            "recordedAt": {"type": ["string", "null"], "format": "date-time"},
        },
        "required": ["position", "recordedAt"],
    }
    part: Json = {
        "type": "object",
        "properties": {"part": {"type": "string"}, "differences": DIFFERENCES},
        "required": ["part", "differences"],
    }
    return {
        "title": "Comparison",
        "type": "object",
        "properties": {
            "subject": {"type": "string", "format": "uuid"},
            "from": moment,
            "to": moment,
            "parts": {"type": "array", "items": part},
            "withheld": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["subject", "from", "to", "parts", "withheld"],
    }
