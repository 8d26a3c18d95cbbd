"""Registers of one thing: each is described once, and read, compared and dated by that description."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened
from api.operations import Call, Handler, Operation, Parameter, Span, Versions
from api.paging import PAGING, Rows, rows_of
from api.problems import forbidden
from api.time_travel import HEADERS, AsOf
from application.aggregates import Aggregate
from application.forms import form
from application.views.asking import MOST_ENTRIES, Entry, Place
from application.views.view import EVERYTHING, Shelf, View
from application.visibility import Sight

May = Callable[[Any], Awaitable[bool]]
"""Whether a row is for this reader."""


@dataclass(frozen=True, kw_only=True)
class Only:
    """Whom a register is for; `why` is told to everybody else who may know of the thing."""

    may: Callable[[Sight], bool]
    why: str


FOR_THE_DOSSIER = Only(
    may=lambda sight: sight.dossier,
    why="the dossier of a project is for its authority and for auditors",
)


async def everybody(_: object) -> bool:
    """Whoever may read the thing may read the whole register."""
    return True


def _all_rows(_: Call, __: Opened) -> May:
    return everybody


@dataclass(frozen=True, kw_only=True)
class Register:
    """A register of one thing of a kind, at `/{plural}/{id}/{word}`.

    It holds the rows on a shelf of a view, in a list called `inside` of the class `said`. Where
    that class says more than the rows, `tell` gives its fields. `may` makes the test that rows
    must pass to be for this reader; `only` is asked before that, of the register as a whole.
    """

    of: Aggregate
    word: str
    id: str
    summary: str
    view: View[Any]
    shelf: Callable[[Any], Shelf]
    said: type[Any]
    inside: str = ""
    tell: Callable[[Call, Opened, Rows[Any]], Awaitable[Mapping[str, Any]]] | None = None
    may: Callable[[Call, Opened], May] = _all_rows
    only: Only | None = None
    more: tuple[Parameter, ...] = ()
    description: str = ""

    def open_to(self, sight: Sight) -> bool:
        return self.only is None or self.only.may(sight)


def register_operations(*registers: Register) -> Iterator[Operation]:
    """The operation of each register."""
    for each in registers:
        yield Operation(
            method="GET",
            path=f"/{each.of.plural}/{{id}}/{each.word}",
            id=each.id,
            tag=each.of.plural,
            summary=each.summary,
            description=each.description,
            handle=_reader(each),
            parameters=(*each.more, *PAGING),
            answer=each.said,
            headers=HEADERS,
            problems=(503,) if each.only is None else (403, 503),
            versions=_versions(each),
        )


def _versions(register: Register) -> Versions:
    async def versions(call: Call, span: Span) -> Sequence[int]:
        found = await opened(call, register.of, AsOf(position=span.up_to))
        if register.only is not None and not register.open_to(found.sight):
            raise forbidden(register.only.why)
        changed = await changes(call, register.view, register.shelf(found.stream), span)
        return span.of([found.recorded[0].position, *changed])

    return versions


async def changes(call: Call, view: View[Any], shelf: Shelf, span: Span) -> Sequence[int]:
    """The positions at which what stands on a shelf changed."""
    return await call.house.views.changes(
        view, shelf, after=span.after, up_to=span.up_to, newest=span.newest, limit=span.limit
    )


def _reader(register: Register) -> Handler:
    async def handle(call: Call) -> Response:
        found = await opened(call, register.of)
        if register.only is not None and not register.open_to(found.sight):
            raise forbidden(register.only.why)
        shelf = register.shelf(found.stream)
        page = await rows_of(call, register.view, shelf, register.may(call, found))
        parts: Mapping[str, Any] = (
            {register.inside: tuple(page.rows)}
            if register.tell is None
            else await register.tell(call, found, page)
        )
        return answer(register.said(**parts, next=page.next), headers=page.headers(call))

    return handle


def list_operation(
    path: str,
    name: str,
    summary: str,
    handle: Handler,
    said: type,
    *more: Parameter,
    view: View[Any],
) -> Operation:
    """A list that is of no one thing, such as all circles: what stands in a view."""

    async def versions(call: Call, span: Span) -> Sequence[int]:
        return await changes(call, view, EVERYTHING, span)

    return Operation(
        method="GET",
        path=path,
        id=name,
        tag=path.split("/")[1],
        summary=summary,
        handle=handle,
        parameters=(*more, *PAGING),
        answer=said,
        headers=HEADERS,
        problems=(503,),
        versions=versions,
    )


async def rows_as_of(
    call: Call, register: Register, found: Opened, moment: AsOf
) -> Mapping[str, Any]:
    """The whole register at a moment as this reader would read it, by the keys of its rows.

    What is told of a register in more words than its rows comes under the names of its fields.
    """
    shelf, may = register.shelf(found.stream), register.may(call, found)
    entries: list[Entry[Any]] = []
    after: Place | None = None
    while True:
        page = await call.house.views.page(
            register.view, shelf, as_of=moment.position, after=after, limit=MOST_ENTRIES
        )
        entries += [each for each in page.entries if await may(each.row)]
        if (after := page.next) is None:
            break
    if register.tell is None:
        own = f"{found.stream}/"
        write = register.view.form.write
        return {each.key.removeprefix(own): write(each.row) for each in entries}
    rows = Rows(as_of=moment, rows=[each.row for each in entries], next=None)
    said = register.said(**await register.tell(call, found, rows), next=None)
    written: dict[str, Any] = form(register.said).write(said)
    del written["next"]
    return written
