"""At which positions a resource came to read otherwise: its mementos (RFC 7089).

Between two versions the answer is the same, whenever it is asked as of then. The first is where the
thing itself began: before that there was nothing to answer, not even an empty register.
"""

from collections.abc import Callable, Sequence
from typing import Any

from api.opened import Opened, opened
from api.operations import Call, Span, Versions
from api.problems import forbidden
from api.registers import FOR_THE_DOSSIER
from api.time_travel import AsOf
from application.aggregates import CONVENANT_PROJECT, Aggregate
from application.compliance import project_dossier
from application.views.asking import MOST_ENTRIES
from application.views.view import Key, View
from domain.terms import ProjectId


async def known(call: Call, aggregate: Aggregate, span: Span) -> Opened:
    """The thing of the path as of the end of a span. Raises `Problem`."""
    return await opened(call, aggregate, AsOf(position=span.up_to))


def of_thing(aggregate: Aggregate) -> Versions:
    """Of what is told by the thing's own events."""

    async def versions(call: Call, span: Span) -> Sequence[int]:
        found = await known(call, aggregate, span)
        return span.of(each.position for each in found.recorded)

    return versions


def of_row(aggregate: Aggregate, view: View[Any], key: Callable[[Any], Key]) -> Versions:
    """Of what is told by one row of the thing."""

    async def versions(call: Call, span: Span) -> Sequence[int]:
        found = await known(call, aggregate, span)
        begun = [found.recorded[0].position]
        after = span.after
        while held := await call.house.views.history(
            view, key(found.stream), after=after, limit=MOST_ENTRIES
        ):
            begun += [each.valid_from for each in held]
            after = held[-1].valid_from
        return span.of(begun)

    return versions


async def of_dossier(call: Call, span: Span) -> Sequence[int]:
    """Of the matrix and the verdicts: whatever bears on the project can change them."""
    found = await known(call, CONVENANT_PROJECT, span)
    if not FOR_THE_DOSSIER.may(found.sight):
        raise forbidden(FOR_THE_DOSSIER.why)
    house = call.house
    dossier = await project_dossier(
        house.ledger, house.registers, ProjectId(found.stream), position=span.up_to
    )
    files = (
        dossier.project,
        *dossier.circles.values(),
        *dossier.members.values(),
        *dossier.neighbours.values(),
    )
    begun = found.recorded[0].position
    return span.of(each.position for file in files for each in file.facts if each.position >= begun)
