"""Who is to be forgotten, what would go, and what is due (gegevenswissing, bewaartermijnen)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened
from api.operations import Call, In, Operation, Parameter, path_id
from api.paging import PAGING, rows_of
from api.problems import bad_parameter, forbidden
from api.rights import Rights
from api.time_travel import HEADERS, TIME
from application.access import Action
from application.aggregates import MEMBER
from application.circle_standing import parameters_of
from application.erasure.due import DueText, Period, due_text, periods
from application.erasure.plan import Plan, Wish
from application.views import erasures, sealed_texts
from application.views.erasures import ErasureRow
from application.views.sealed_texts import SealedTextRow
from application.views.view import EVERYTHING
from domain.member.erasure import KeepGround, TextAt
from domain.sealing import Concern, KeyId, RecordKind
from domain.terms import CircleId, MemberId, PersonRef, dutch_date

PERSON = Parameter(
    name="person",
    where=In.QUERY,
    description="Who is to be forgotten: a pseudonym of the record.",
    schema={"type": "string", "format": "uuid"},
    required=True,
)
CIRCLE = Parameter(
    name="circle",
    where=In.QUERY,
    description="In this circle alone; everywhere by default.",
    schema={"type": "string", "format": "uuid"},
)
DUE_BY = Parameter(
    name="dueBy",
    where=In.QUERY,
    description="What is due on this day at the latest; today by default.",
    schema={"type": "string", "format": "date"},
)


@dataclass(frozen=True, kw_only=True)
class ErasureList:
    erasures: tuple[ErasureRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class PlannedKey:
    """`kept_for` None: it goes. `until` is the last day of that ground, where it has one."""

    kid: KeyId
    subject: UUID
    kind: RecordKind
    texts: tuple[TextAt, ...]
    concerns: tuple[Concern, ...]
    kept_for: KeepGround | None
    until: date | None


@dataclass(frozen=True, kw_only=True)
class ErasurePlan:
    """What a request would mean today. `gone` counts the keys that were destroyed before."""

    person: PersonRef
    circle: CircleId | None
    keys: tuple[PlannedKey, ...]
    gone: int


@dataclass(frozen=True, kw_only=True)
class RetentionList:
    """`periods` hold on the day of today; `due` is what their end has come for."""

    due_by: date
    periods: tuple[Period, ...]
    due: tuple[DueText, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/members/{id}/erasures",
        id="memberErasures",
        tag=MEMBER.plural,
        summary="Who an authority was asked to forget, and what came of it (gegevenswissing)",
        handle=_erasures,
        parameters=PAGING,
        answer=ErasureList,
        headers=HEADERS,
        problems=(403, 503),
    )
    yield Operation(
        method="GET",
        path="/members/{id}/erasure-plan",
        id="memberErasurePlan",
        tag=MEMBER.plural,
        summary="What would be forgotten of a person, and what must stay with its ground",
        handle=_plan,
        parameters=(PERSON, CIRCLE, *TIME),
        answer=ErasurePlan,
        headers=HEADERS,
        problems=(403, 503),
    )
    yield Operation(
        method="GET",
        path="/members/{id}/retention",
        id="memberRetention",
        tag=MEMBER.plural,
        summary="What is to be forgotten because its retention period (bewaartermijn) ended",
        handle=_retention,
        parameters=(DUE_BY, *PAGING),
        answer=RetentionList,
        headers=HEADERS,
        problems=(403, 503),
    )


async def _erasures(call: Call) -> Response:
    found = await _opened(call)
    shelf = erasures.of_authority(MemberId(found.stream))
    page = await rows_of(call, erasures.view, shelf, _everybody)
    listed = ErasureList(erasures=tuple(page.rows), next=page.next)
    return answer(listed, headers=page.headers(call))


async def _plan(call: Call) -> Response:
    found = await _opened(call)
    asked = call.query(PERSON.name)
    if asked is None:
        raise bad_parameter(PERSON.name, "is missing: the pseudonym of a person")
    person = PersonRef(path_id(asked))
    where = call.query(CIRCLE.name)
    circle = None if where is None else CircleId(path_id(where))
    wish = Wish(authority=MemberId(found.stream), person=person, circle=circle)
    on = dutch_date(await call.house.clock.now())
    plan = await call.house.eraser.planner.plan(wish, as_of=found.as_of.position, on=on)
    planned = ErasurePlan(
        person=person, circle=circle, keys=keys_of(plan, person), gone=len(plan.gone)
    )
    return answer(planned, headers=found.as_of.headers(call))


def keys_of(plan: Plan, person: PersonRef) -> tuple[PlannedKey, ...]:
    """Every key of a plan, in the order of the record."""
    rows: list[tuple[SealedTextRow, KeepGround | None, date | None]] = [
        *((row, None, None) for row in plan.goes),
        *((each.row, each.ground, each.until) for each in plan.stays),
    ]
    return tuple(
        PlannedKey(
            kid=row.kid,
            subject=row.stream,
            kind=row.kind,
            texts=row.texts,
            concerns=tuple(sorted(row.concerns(person))),
            kept_for=ground,
            until=until,
        )
        for row, ground, until in sorted(rows, key=lambda each: each[0].texts[0].position)
    )


async def _retention(call: Call) -> Response:
    found = await _opened(call)
    authority = MemberId(found.stream)
    today = dutch_date(await call.house.clock.now())
    until = _day(call) or today
    parameters = await parameters_of(call.house.ledger, authority, position=found.as_of.position)

    async def may(row: SealedTextRow) -> bool:
        if row.gone is not None or due_text(row, parameters).due > until:
            return False
        told = await call.house.texts.belonging(row.stream, as_of=found.as_of.position)
        return told is not None and told.authority in (authority, None)

    page = await rows_of(call, sealed_texts.view, EVERYTHING, may)
    listed = RetentionList(
        due_by=until,
        periods=periods(parameters, today),
        due=tuple(due_text(row, parameters) for row in page.rows),
        next=page.next,
    )
    return answer(listed, headers=page.headers(call))


def _day(call: Call) -> date | None:
    said = call.query(DUE_BY.name)
    if said is None:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise bad_parameter(DUE_BY.name, "is a day such as 2026-03-02") from None


async def _opened(call: Call) -> Opened:
    """The authority, for whoever sees to forgetting there; 404 for who may not know of it."""
    found = await opened(call, MEMBER)
    if not await Rights(call.house, call.person).may(Action.READ_PERSON, found.stream):
        raise forbidden("what is to be forgotten is for the privacy officer and the auditor")
    return found


async def _everybody(_: object) -> bool:
    return True
