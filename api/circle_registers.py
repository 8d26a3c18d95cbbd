"""The registers of a circle: what it signed, talked about, decided, agreed, improves and passes on.

Two of them are held against a day: composition and rotation, and the reports that are overdue. The
day is `judgedAt`, else the moment that was asked for, else now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened
from api.operations import Call, In, Operation, Parameter
from api.paging import Rows
from api.problems import unknown
from api.registers import Register, register_operations
from api.time_travel import HEADERS, TIME, AsOf, instant_parameter
from api.versions import of_row
from application.access import Action, Belonging, Kind
from application.aggregates import CIRCLE
from application.circle_standing import (
    CompositionStanding,
    MeetingStanding,
    calendar_on,
    composition_on,
    parameters_of,
)
from application.views import (
    circle_agreements,
    circle_calendar,
    circle_composition,
    circle_convenant,
    circle_decisions,
    circle_improvements,
    circle_network,
    circle_topics,
    circles,
    klaagpaal,
)
from application.views.circle_agreements import CircleAgreementRow
from application.views.circle_convenant import CircleConvenantRow
from application.views.circle_decisions import CircleDecisionRow
from application.views.circle_improvements import CircleImprovementRow
from application.views.circle_network import CircleNetworkRow
from application.views.circle_topics import CircleTopicRow
from application.views.klaagpaal import KlaagpaalRow
from domain.terms import CircleId, dutch_date

JUDGED_AT = Parameter(
    name="judgedAt",
    where=In.QUERY,
    description="The moment on whose day the numbers are held against the circle; now by itself.",
    schema={"type": "string", "format": "date-time"},
)


@dataclass(frozen=True, kw_only=True)
class TopicList:
    topics: tuple[CircleTopicRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class DecisionRegister:
    decisions: tuple[CircleDecisionRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class AgreementRegister:
    agreements: tuple[CircleAgreementRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ImprovementAgenda:
    improvements: tuple[CircleImprovementRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class KlaagpaalBoard:
    """What was said stays sealed; whoever may open it does so with the keys of the vault."""

    complaints: tuple[KlaagpaalRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class CircleNetwork:
    knowledge: tuple[CircleNetworkRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class CircleCalendar:
    """`judgedOn` is the Dutch day on which a report is overdue or not."""

    judged_on: date
    meetings: tuple[MeetingStanding, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/circles/{id}/composition",
        id="circleComposition",
        tag=CIRCLE.plural,
        summary="Seats and rotation (roulatie) of a circle against the numbers of a day",
        handle=_composition,
        parameters=(JUDGED_AT, *TIME),
        answer=CompositionStanding,
        headers=HEADERS,
        problems=(503,),
        versions=of_row(CIRCLE, circle_composition.view, circle_composition.circle),
    )
    yield Operation(
        method="GET",
        path="/circles/{id}/convenant",
        id="circleConvenant",
        tag=CIRCLE.plural,
        summary="The open convenant of a circle: its nine sections, ambitions and parties",
        description="A circle may well have none: then there is no `signedAt`, and nothing in it.",
        handle=_convenant,
        parameters=TIME,
        answer=CircleConvenantRow,
        headers=HEADERS,
        problems=(503,),
        versions=of_row(CIRCLE, circle_convenant.view, circle_convenant.convenant_of),
    )
    yield from register_operations(*REGISTERS)


async def _composition(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    here, moment = CircleId(found.stream), found.as_of
    held = await call.house.views.get(
        circle_composition.view, circle_composition.circle(here), as_of=moment.position
    )
    if held.entry is None:
        raise unknown()
    row = held.entry.row
    parameters = await parameters_of(call.house.ledger, row.authority, position=moment.position)
    standing = composition_on(row, parameters, await _judged_on(call, moment))
    return answer(standing, headers=moment.headers(call))


async def _convenant(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    here, moment = CircleId(found.stream), found.as_of
    held = await call.house.views.get(
        circle_convenant.view, circle_convenant.convenant_of(here), as_of=moment.position
    )
    said = CircleConvenantRow(circle=here) if held.entry is None else held.entry.row
    return answer(said, headers=moment.headers(call))


async def _calendar(call: Call, found: Opened, page: Rows[Any]) -> Mapping[str, Any]:
    here = CircleId(found.stream)
    row = await call.house.views.get(circles.view, circles.circle(here), as_of=page.as_of.position)
    if row.entry is None:
        raise unknown()
    parameters = await parameters_of(
        call.house.ledger, row.entry.row.authority, position=page.as_of.position
    )
    day = await _judged_on(call, page.as_of)
    return {"judged_on": day, "meetings": calendar_on(page.rows, parameters, day)}


async def _judged_on(call: Call, moment: AsOf) -> date:
    asked = instant_parameter(call, "judgedAt") or moment.recorded_at
    return dutch_date(asked or await call.house.clock.now())


async def _network(call: Call, found: Opened, page: Rows[Any]) -> Mapping[str, Any]:
    """What was passed is for both; what became of it, for whoever may read where it went."""
    here = CircleId(found.stream)
    targets = frozenset(row.target for row in page.rows) - {here}
    readable = await _readable(call, targets) | {here}
    return {
        "knowledge": tuple(
            row if row.target in readable else replace(row, received=None)
            for row in page.rows
            if row.passed is not None or row.target in readable
        )
    }


async def _readable(call: Call, asked: frozenset[CircleId]) -> frozenset[CircleId]:
    known = await call.house.views.get_many(circles.view, [circles.circle(each) for each in asked])
    readable = set()
    for entry in known.entries.values():
        told = Belonging(
            kind=Kind.CIRCLE,
            authority=entry.row.authority,
            circles=frozenset({entry.row.circle}),
        )
        thing = await call.house.access.thing(entry.row.circle, told)
        if await call.house.access.may(call.person, Action.READ, thing):
            readable.add(entry.row.circle)
    return frozenset(readable)


REGISTERS = (
    Register(
        of=CIRCLE,
        word="topics",
        id="circleTopics",
        summary="What a circle talks about (onderwerpen), to improve or to innovate",
        view=circle_topics.view,
        shelf=circle_topics.of_circle,
        said=TopicList,
        inside="topics",
    ),
    Register(
        of=CIRCLE,
        word="calendar",
        id="circleCalendar",
        summary="The meetings of a circle, planned and held, and the reports that are overdue",
        view=circle_calendar.view,
        shelf=circle_calendar.of_circle,
        said=CircleCalendar,
        tell=_calendar,
        more=(JUDGED_AT,),
    ),
    Register(
        of=CIRCLE,
        word="decisions",
        id="circleDecisions",
        summary="What a circle decided (besluiten), with objections and review dates",
        view=circle_decisions.view,
        shelf=circle_decisions.of_circle,
        said=DecisionRegister,
        inside="decisions",
    ),
    Register(
        of=CIRCLE,
        word="agreements",
        id="circleAgreements",
        summary="What parties of a circle agreed on (afspraken), and how it is enforced",
        view=circle_agreements.view,
        shelf=circle_agreements.of_circle,
        said=AgreementRegister,
        inside="agreements",
    ),
    Register(
        of=CIRCLE,
        word="improvements",
        id="circleImprovements",
        summary="What a circle set out to do better (verbeteragenda, leeragenda)",
        view=circle_improvements.view,
        shelf=circle_improvements.of_circle,
        said=ImprovementAgenda,
        inside="improvements",
    ),
    Register(
        of=CIRCLE,
        word="klaagpaal",
        id="circleKlaagpaal",
        summary="What was put to the klaagpaal, sealed, and what came of it",
        view=klaagpaal.view,
        shelf=klaagpaal.of_circle,
        said=KlaagpaalBoard,
        inside="complaints",
    ),
    Register(
        of=CIRCLE,
        word="network",
        id="circleNetwork",
        summary="What a circle passed to other circles, and what it was passed",
        view=circle_network.view,
        shelf=circle_network.of_circle,
        said=CircleNetwork,
        tell=_network,
    ),
)
