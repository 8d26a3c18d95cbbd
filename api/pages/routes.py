"""The routes of the pages: who is looking, as of when, in which language."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.house import House
from api.pages.circle import circle_page
from api.pages.project import project_page, timeline
from api.pages.texts import said
from api.pages.visit import LANGUAGE, Visit
from application.compliance import UnknownProject, Verdicts, judge_project
from application.mentions import ids_in
from application.publication import published
from application.views import circles, missions, projects
from application.views.asking import Entry
from application.views.view import EVERYTHING, View
from application.visibility import Sight
from application.vocabulary import word
from domain.circle.founding import CircleFounded
from domain.convenant_project.preparation import ProjectRegistered
from domain.record import Recorded
from domain.terms import (
    DUTCH_TIME,
    CircleId,
    Language,
    ProjectId,
    end_of,
)

_YEAR = 365 * 24 * 3600
_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "mark.svg": "image/svg+xml",
}
_MOST_SHOWN = 200
"""Circles and projects on the front page; the API lists the rest."""

router = APIRouter(include_in_schema=False)


# ------------------------------------------------------------------------------------------ pages


@router.get("/")
async def front(request: Request) -> Response:
    visit = await Visit.of(request)
    found = [each.row for each in await _rows(visit, circles.view)]
    shown = await _visible_projects(visit)
    names = await visit.names({row.authority for row in (*found, *shown)})
    return await visit.answer(
        "front.html",
        circles=[
            {
                "id": row.circle,
                "name": row.name,
                "authority": names(row.authority),
                "region": row.region,
            }
            for row in found
        ],
        projects=[
            {
                "id": row.project,
                "title": row.title,
                "authority": names(row.authority),
                "step": row.highest_step,
                "procedure": row.procedure and said(word(row.procedure), visit.language),
            }
            for row in shown
        ],
        missions=await _visible_missions(visit),
    )


@router.get("/circles/{circle}")
async def circle(request: Request, circle: UUID) -> Response:
    visit = await Visit.of(request)
    recorded = await visit.house.ledger.load(circle)
    if not recorded or not isinstance(recorded[0].fact, CircleFounded):
        return await visit.not_there()
    shown = _seen(recorded, await visit.sight(circle, recorded))
    names = await visit.names({circle, *ids_in([each.fact for each in shown])})
    visible = [row for row in await _visible_projects(visit) if CircleId(circle) in row.circles]
    return await visit.answer(
        "circle.html",
        page=circle_page(shown, names, visit.language),
        projects=visible,
    )


@router.get("/projects/{project}")
async def project(request: Request, project: UUID) -> Response:
    visit = await Visit.of(request)
    recorded = await visit.house.ledger.load(project)
    if not recorded or not isinstance(recorded[0].fact, ProjectRegistered):
        return await visit.not_there()
    seen = await visit.sight(project, recorded)
    if seen is None or not seen.dossier:
        return await _partial_project(visit, recorded[0].fact, _seen(recorded, seen))
    as_of = request.query_params.get("asOf") or None
    try:
        position = await position_of(visit.house, as_of)
        verdicts = await judge_project(
            visit.house.ledger, visit.house.registers, ProjectId(project), position=position
        )
    except ValueError:
        return await visit.answer("problem.html", status=HTTPStatus.BAD_REQUEST, why="error.as-of")
    except UnknownProject:
        return await visit.not_there()
    names = await visit.names(_mentioned(verdicts))
    return await visit.answer(
        "project.html",
        page=project_page(verdicts, names, visit.language),
        as_of=as_of,
    )


@router.post("/language")
async def choose_language(request: Request) -> Response:
    """Remember the language, and go back to the page; only to a page of this site."""
    form = await _form(request)
    back = form.get("back", "/")
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        back = "/"
    answer = RedirectResponse(back, status_code=HTTPStatus.SEE_OTHER)
    if (wanted := form.get("language")) in set(Language):
        answer.set_cookie(LANGUAGE, str(wanted), max_age=_YEAR, path="/", samesite="lax")
    return answer


@router.get("/static/{name}")
async def static(name: str) -> Response:
    if name not in _STATIC:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    body = (files("api.pages") / "static" / name).read_bytes()
    return Response(
        body, media_type=_STATIC[name], headers={"Cache-Control": "public, max-age=3600"}
    )


# --------------------------------------------------------------------------------------- their parts


async def _rows(visit: Visit, view: View[Any]) -> tuple[Entry[Any], ...]:
    return (await visit.house.views.page(view, EVERYTHING, limit=_MOST_SHOWN)).entries


async def _visible_projects(visit: Visit) -> list[projects.ProjectRow]:
    """Those that were announced, and those whose dossier this reader may open."""
    seen: list[projects.ProjectRow] = []
    for entry in await _rows(visit, projects.view):
        row = entry.row
        if row.announced_at is not None or await visit.sight(
            row.project, await visit.house.ledger.load(row.project)
        ):
            seen.append(row)
    return seen


async def _visible_missions(visit: Visit) -> list[missions.MissionRow]:
    return [
        entry.row
        for entry in await _rows(visit, missions.view)
        if await visit.sight(entry.row.mission, await visit.house.ledger.load(entry.row.mission))
    ]


async def _partial_project(
    visit: Visit, registered: ProjectRegistered, shown: Iterable[Recorded[Any]]
) -> Response:
    events = tuple(sorted(shown, key=lambda each: (each.occurred_at, each.position)))
    if not events:
        return await visit.not_there()
    names = await visit.names(ids_in([each.fact for each in events]))
    return await visit.answer(
        "project_public.html",
        title=registered.title,
        moments=timeline(events, names, visit.language),
    )


def _seen(recorded: Sequence[Recorded[Any]], seen: Sight | None) -> Sequence[Recorded[Any]]:
    if seen is None:
        return published(recorded)
    return [each for each in recorded if seen.sees(each.fact)]


async def position_of(house: House, as_of: str | None) -> int:
    """The position that `asOf` means: a day (its end), an instant, `position:N`, or now.

    Raises `ValueError` for anything else. Never further than the registers have come.
    """
    newest = await house.views.position()
    if as_of is None:
        return newest
    if as_of.startswith("position:"):
        return min(newest, int(as_of.removeprefix("position:")))
    try:
        moment = end_of(date.fromisoformat(as_of))
    except ValueError:
        moment = datetime.fromisoformat(as_of)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=DUTCH_TIME)
    return min(newest, await house.ledger.position_at(moment))


async def _form(request: Request) -> Mapping[str, str]:
    """The fields of a small form; anything longer than a form of ours is cut off."""
    body = (await request.body())[:2_000]
    return dict(parse_qsl(body.decode("utf-8", "replace")))


def _mentioned(verdicts: Verdicts) -> set[UUID]:
    dossier = verdicts.dossier
    files = (dossier.project, *dossier.circles.values(), *dossier.members.values())
    told = {found for file in files for each in file.facts for found in ids_in(each.fact)}
    return told | {dossier.id, *dossier.circles, *dossier.members, *dossier.neighbours}
