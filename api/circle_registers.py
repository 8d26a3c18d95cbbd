"""The registers of a circle: what it signed, talked about, decided, agreed, improves and passes on.

Two of them are held against a day: composition and rotation, and the reports that are overdue. The
day is `judgedAt`, else the moment that was asked for, else now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from starlette.responses import Response

from api.answers import answer
from api.opened import opened
from api.operations import Call, Handler, In, Operation, Parameter
from api.paging import PAGING, rows_of
from api.problems import unknown
from api.time_travel import HEADERS, TIME, AsOf, instant_parameter
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
    )
    yield _register(
        "topics",
        "circleTopics",
        "What a circle talks about (onderwerpen), to improve or to innovate",
        _topics,
        TopicList,
    )
    yield _register(
        "calendar",
        "circleCalendar",
        "The meetings of a circle, planned and held, and the reports that are overdue",
        _calendar,
        CircleCalendar,
        JUDGED_AT,
    )
    yield _register(
        "decisions",
        "circleDecisions",
        "What a circle decided (besluiten), with objections and review dates",
        _decisions,
        DecisionRegister,
    )
    yield _register(
        "agreements",
        "circleAgreements",
        "What parties of a circle agreed on (afspraken), and how it is enforced",
        _agreements,
        AgreementRegister,
    )
    yield _register(
        "improvements",
        "circleImprovements",
        "What a circle set out to do better (verbeteragenda, leeragenda)",
        _improvements,
        ImprovementAgenda,
    )
    yield _register(
        "klaagpaal",
        "circleKlaagpaal",
        "What was put to the klaagpaal, sealed, and what came of it",
        _klaagpaal,
        KlaagpaalBoard,
    )
    yield _register(
        "network",
        "circleNetwork",
        "What a circle passed to other circles, and what it was passed",
        _network,
        CircleNetwork,
    )


def _register(
    name: str, operation: str, summary: str, handle: Handler, said: type, *more: Parameter
) -> Operation:
    return Operation(
        method="GET",
        path=f"/circles/{{id}}/{name}",
        id=operation,
        tag=CIRCLE.plural,
        summary=summary,
        handle=handle,
        parameters=(*more, *PAGING),
        answer=said,
        headers=HEADERS,
        problems=(503,),
    )


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


async def _topics(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = circle_topics.of_circle(CircleId(found.stream))
    page = await rows_of(call, circle_topics.view, shelf, _everybody)
    said = TopicList(topics=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _calendar(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    here = CircleId(found.stream)
    page = await rows_of(call, circle_calendar.view, circle_calendar.of_circle(here), _everybody)
    row = await call.house.views.get(circles.view, circles.circle(here), as_of=page.as_of.position)
    if row.entry is None:
        raise unknown()
    parameters = await parameters_of(
        call.house.ledger, row.entry.row.authority, position=page.as_of.position
    )
    day = await _judged_on(call, page.as_of)
    said = CircleCalendar(
        judged_on=day, meetings=calendar_on(page.rows, parameters, day), next=page.next
    )
    return answer(said, headers=page.headers(call))


async def _judged_on(call: Call, moment: AsOf) -> date:
    asked = instant_parameter(call, "judgedAt") or moment.recorded_at
    return dutch_date(asked or await call.house.clock.now())


async def _decisions(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = circle_decisions.of_circle(CircleId(found.stream))
    page = await rows_of(call, circle_decisions.view, shelf, _everybody)
    said = DecisionRegister(decisions=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _agreements(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = circle_agreements.of_circle(CircleId(found.stream))
    page = await rows_of(call, circle_agreements.view, shelf, _everybody)
    said = AgreementRegister(agreements=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _improvements(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = circle_improvements.of_circle(CircleId(found.stream))
    page = await rows_of(call, circle_improvements.view, shelf, _everybody)
    said = ImprovementAgenda(improvements=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _klaagpaal(call: Call) -> Response:
    found = await opened(call, CIRCLE)
    shelf = klaagpaal.of_circle(CircleId(found.stream))
    page = await rows_of(call, klaagpaal.view, shelf, _everybody)
    said = KlaagpaalBoard(complaints=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _network(call: Call) -> Response:
    """What was passed is for both; what became of it, for whoever may read where it went."""
    found = await opened(call, CIRCLE)
    here = CircleId(found.stream)
    page = await rows_of(call, circle_network.view, circle_network.of_circle(here), _everybody)
    targets = frozenset(row.target for row in page.rows) - {here}
    readable = await _readable(call, targets) | {here}
    said = CircleNetwork(
        knowledge=tuple(
            row if row.target in readable else replace(row, received=None)
            for row in page.rows
            if row.passed is not None or row.target in readable
        ),
        next=page.next,
    )
    return answer(said, headers=page.headers(call))


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


async def _everybody(_: object) -> bool:
    """Whoever may read the circle may read its registers."""
    return True
