"""The pages of history: one timeline for anything, its events step by step, two moments compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.comparison import compared, withheld
from api.concerning import concerning
from api.opened import opened
from api.operations import Call
from api.pages.changes import changes, ids_in_changes
from api.pages.routes import position_of
from api.pages.texts import said
from api.pages.visit import Visit
from api.paging import Rows
from api.problems import Problem
from api.registers import May
from api.sights import Sights
from api.time_travel import AsOf
from application.access import KINDS, belonging
from application.aggregates import (
    AGGREGATES,
    CIRCLE,
    CONVENANT_PROJECT,
    MEMBER,
    MISSION,
    Aggregate,
)
from application.history.replay import replay
from application.mentions import ids_in
from application.publication import PUBLISHED
from application.sealing.unsealer import Unsealer
from application.sentences import sentence
from application.views import missions, organisations
from application.views.timeline import TimelineRow
from application.vocabulary import word
from domain.record import Recorded
from domain.terms import DUTCH_TIME, Fact, MemberId, MissionId

PAGES: Mapping[str, str] = {
    CIRCLE.name: "circles",
    CONVENANT_PROJECT.name: "projects",
    MEMBER.name: "members",
    MISSION.name: "missions",
}
"""Aggregate -> the first word of its pages."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event on a timeline; `page` is that of the other thing that it was recorded of."""

    position: int
    day: str
    clock: str
    recorded: str
    sentence: str
    subject: str
    page: str | None


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What a page is about, as its reader sees it: the events that are for this reader."""

    aggregate: Aggregate
    id: UUID
    name: str
    recorded: Sequence[Recorded[Any]]

    @property
    def page(self) -> str:
        return f"/{PAGES[self.aggregate.name]}/{self.id}"


async def _thing(visit: Visit, aggregate: Aggregate, subject: UUID) -> Thing | None:
    """None where there is nothing for this reader, who may be anybody."""
    recorded = await visit.house.ledger.load(subject)
    told = belonging(subject, (each.fact for each in recorded))
    if told.kind is not KINDS[aggregate.name]:
        return None
    seen = await visit.sight(subject, recorded)
    shown = [
        each
        for each in recorded
        if isinstance(each.fact, PUBLISHED) or (seen is not None and seen.sees(each.fact))
    ]
    if not shown:
        return None
    names = await visit.names([subject])
    return Thing(aggregate=aggregate, id=subject, name=names(subject), recorded=shown)


# --------------------------------------------------------------------------------------- timeline


async def _lines(visit: Visit, subject: UUID) -> tuple[list[Line], Rows[TimelineRow]]:
    """One page of a timeline. Raises `Problem` for a cursor that is none."""
    house = visit.house
    rows = await concerning(_call(visit), subject, _may(visit))
    stored = await house.ledger.stored_at([each.position for each in rows.rows])
    facts: list[Any] = [house.recall(each.name, each.name_version, each.body) for each in stored]
    names = await visit.names({*(each.stream for each in stored), *ids_in(facts)})
    pages = {each.position: PAGES.get(each.aggregate) for each in rows.rows}
    lines = [
        Line(
            position=each.position,
            day=visit.on(fact.occurred_at),
            clock=fact.occurred_at.astimezone(DUTCH_TIME).strftime("%H:%M"),
            recorded=visit.on(each.recorded_at),
            sentence=said(sentence(fact, names), visit.language),
            subject=names(each.stream),
            page=_page(pages[each.position], each.stream, subject),
        )
        for each, fact in zip(stored, facts, strict=True)
    ]
    return lines, rows


def _page(word_of: str | None, stream: UUID, subject: UUID) -> str | None:
    return None if word_of is None or stream == subject else f"/{word_of}/{stream}"


def _may(visit: Visit) -> May:
    """Which events are for this reader; of what is withheld a page for people says nothing."""
    sights = None if visit.person is None else Sights(visit.house, visit.person)

    async def may(row: TimelineRow) -> bool:
        public = issubclass(row.kind, PUBLISHED)
        if public or sights is None:
            return public
        seen = await sights.of(row.subject, KINDS.get(row.aggregate))
        return seen is not None and seen.sees_told(row.kind, confided=row.in_confidence)

    return may


def _call(visit: Visit) -> Call:
    return Call(visit.house, visit.request, visit.person)


async def timeline_page(visit: Visit, aggregate: Aggregate, subject: UUID) -> Response:
    thing = await _thing(visit, aggregate, subject)
    if thing is None:
        return await visit.not_there()
    try:
        lines, rows = await _lines(visit, subject)
    except Problem:
        return await _wrong(visit, "error.cursor")
    return await visit.answer("timeline_page.html", thing=thing, lines=lines, next=rows.next)


# ------------------------------------------------------------------------------------------- steps


async def step_page(visit: Visit, aggregate: Aggregate, subject: UUID, number: int) -> Response:
    """Event `number`, from 1, of those that are for this reader, and what it changed."""
    thing = await _thing(visit, aggregate, subject)
    if thing is None or not 1 <= number <= len(thing.recorded):
        return await visit.not_there()
    (step,) = replay(aggregate, thing.recorded, _everything, after=number - 1, most=1)
    recorded: Recorded[Any] = step.recorded
    ids = {subject, *ids_in(recorded.fact), *ids_in_changes(step.differences)}
    names = await visit.names(ids)
    return await visit.answer(
        "step_page.html",
        thing=thing,
        number=number,
        count=len(thing.recorded),
        position=recorded.position,
        day=visit.on(recorded.occurred_at),
        recorded=visit.on(recorded.recorded_at),
        sentence=said(sentence(recorded.fact, names), visit.language),
        changes=changes(step.differences, names, visit.language, but=subject),
    )


def _everything(_: Fact) -> bool:
    return True


# -------------------------------------------------------------------------------------- comparison


async def comparison_page(visit: Visit, aggregate: Aggregate, subject: UUID) -> Response:
    """For whoever is signed in: two moments, each a day, an instant or `position:N`."""
    if visit.person is None:
        return await visit.not_there()
    thing = await _thing(visit, aggregate, subject)
    if thing is None:
        return await visit.not_there()
    asked = visit.request.query_params
    earlier, later = asked.get("from") or None, asked.get("to") or None
    try:
        until = AsOf(position=await position_of(visit.house, later))
        since = await position_of(visit.house, earlier or f"position:{thing.recorded[0].position}")
    except ValueError:
        return await _wrong(visit, "error.as-of")
    if since > until.position:
        return await _wrong(visit, "error.order")
    call = _call(visit)
    try:
        found = await opened(call, aggregate, until)
        parts = await compared(call, aggregate, found, AsOf(position=since))
    except Problem:
        return await visit.not_there()
    every = [each for found_part in parts.values() for each in found_part]
    names = await visit.names({subject, *ids_in_changes(every)})
    return await visit.answer(
        "comparison_page.html",
        thing=thing,
        since=since,
        until=until.position,
        asked_from=earlier or "",
        asked_to=later or "",
        parts=[
            (part, rows)
            for part, found_part in sorted(parts.items(), key=_weight)
            if (rows := changes(found_part, names, visit.language, but=subject))
        ],
        same=[part for part, found_part in parts.items() if not found_part],
        withheld=withheld(aggregate, found),
    )


def _weight(part: tuple[str, object]) -> int:
    """What a reader came for first: the verdicts, who knew what, the registers, and last the state."""
    return {"verdicts": 0, "documents": 1, "state": 3}.get(part[0], 2)


async def _wrong(visit: Visit, why: str) -> Response:
    return await visit.answer("problem.html", status=HTTPStatus.BAD_REQUEST, why=why)


# --------------------------------------------------------------------------- members and missions


@router.get("/members/{subject}")
async def member(request: Request, subject: UUID) -> Response:
    visit = await Visit.of(request)
    found = await visit.house.views.get(
        organisations.view, organisations.organisation(MemberId(subject))
    )
    thing = None if visit.person is None else await _thing(visit, MEMBER, subject)
    if thing is None or found.entry is None:
        return await visit.not_there()
    row = found.entry.row
    lines, rows = await _lines(visit, subject)
    unsealed = await Unsealer(visit.house.vault).text(row.name, "name", row.member)
    return await visit.answer(
        "member_page.html",
        thing=thing,
        name=unsealed or thing.name,
        row=row,
        kind=said(word(row.kind), visit.language),
        form=said(word(row.legal_form), visit.language),
        lines=lines,
        next=rows.next,
    )


@router.get("/missions/{subject}")
async def mission(request: Request, subject: UUID) -> Response:
    visit = await Visit.of(request)
    found = await visit.house.views.get(missions.view, missions.mission(MissionId(subject)))
    thing = None if visit.person is None else await _thing(visit, MISSION, subject)
    if thing is None or found.entry is None:
        return await visit.not_there()
    lines, rows = await _lines(visit, subject)
    row = found.entry.row
    names = await visit.names([row.circle, *row.projects])
    return await visit.answer(
        "mission_page.html",
        thing=thing,
        row=row,
        circle=names(row.circle),
        projects=[(each, names(each)) for each in row.projects],
        lines=lines,
        next=rows.next,
    )


def _route(aggregate: Aggregate) -> None:
    """The three pages of history of one kind of thing."""
    start = f"/{PAGES[aggregate.name]}/{{subject}}"

    async def whole(request: Request, subject: UUID) -> Response:
        return await timeline_page(await Visit.of(request), aggregate, subject)

    async def step(request: Request, subject: UUID, number: int) -> Response:
        return await step_page(await Visit.of(request), aggregate, subject, number)

    async def comparison(request: Request, subject: UUID) -> Response:
        request.path_params["id"] = str(subject)
        return await comparison_page(await Visit.of(request), aggregate, subject)

    router.add_api_route(f"{start}/timeline", whole)
    router.add_api_route(f"{start}/history/{{number}}", step)
    router.add_api_route(f"{start}/comparison", comparison)


for _each in AGGREGATES:
    _route(_each)
