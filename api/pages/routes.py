"""The routes of the pages: who is looking, as of when, in which language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.house import House
from api.pages.circle import circle_page
from api.pages.names import PageNames, names_of
from api.pages.project import project_page, timeline
from api.pages.texts import said, teller
from api.problems import Problem
from api.site import SESSION, house_of
from application.access import Hidden, belonging
from application.compliance import UnknownProject, Verdicts, judge_project
from application.mentions import ids_in
from application.publication import published
from application.views import circles, missions, projects
from application.views.asking import Entry
from application.views.view import EVERYTHING, View
from application.visibility import Sight, sight
from application.vocabulary import word
from domain.circle.founding import CircleFounded
from domain.convenant_project.preparation import ProjectRegistered
from domain.record import Recorded
from domain.rules import wording
from domain.terms import (
    DUTCH_TIME,
    CircleId,
    Instant,
    Language,
    PersonRef,
    ProjectId,
    dutch_date,
    end_of,
)

LANGUAGE = "kringboek_language"
_YEAR = 365 * 24 * 3600
_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "mark.svg": "image/svg+xml",
}
_MOST_SHOWN = 200
"""Circles and projects on the front page; the API lists the rest."""

_environment = Environment(
    loader=PackageLoader("api.pages", "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request of a page: whose it is, and in which language it is answered."""

    house: House
    request: Request
    person: PersonRef | None
    language: Language

    @classmethod
    async def of(cls, request: Request) -> "Visit":
        house = house_of(request)
        token = request.cookies.get(SESSION)
        person = None
        if token is not None:
            try:
                person = await house.tokens.person(token)
            except Problem:
                person = None  # an old session is no session
        wanted = request.cookies.get(LANGUAGE)
        language = Language(wanted) if wanted in set(Language) else Language.NL
        return cls(house=house, request=request, person=person, language=language)

    async def names(self, subjects: Iterable[UUID]) -> PageNames:
        return await names_of(self.house.views, subjects, self.language)

    async def sight(self, stream: UUID, recorded: Iterable[Recorded[Any]]) -> Sight | None:
        """What this reader sees of the thing of `stream`; None where there is nothing to see."""
        if self.person is None:
            return None
        access = self.house.access
        try:
            thing = await access.thing(stream, belonging(stream, (e.fact for e in recorded)))
        except Hidden:
            return None
        seen = await sight(access, self.person, thing)
        return seen if seen.exists else None

    def on(self, instant: Instant) -> str:
        return said(wording.day(dutch_date(instant)), self.language)

    async def answer(
        self, template: str, *, status: HTTPStatus = HTTPStatus.OK, **shown: Any
    ) -> HTMLResponse:
        head, _ = await self.house.ledger.head()
        other = Language.EN if self.language is Language.NL else Language.NL
        text = _environment.get_template(template).render(
            t=teller(self.language),
            said=lambda words: said(words, self.language),
            on=self.on,
            language=self.language,
            other_language=other,
            path=self.request.url.path,
            sandbox=self.house.sandbox,
            reader=await self._reader(),
            offer=self.person is None and self.house.sample_auditor is not None,
            origin=self.house.origin,
            head=head,
            **shown,
        )
        # What a page shows hangs on who looks, as of now: nobody in between may keep it.
        return HTMLResponse(
            text, status_code=status, headers={"Cache-Control": "private, no-store"}
        )

    async def _reader(self) -> str | None:
        """The roles of whoever is signed in: a name is nothing that the service knows."""
        if self.person is None:
            return None
        held = await self.house.access.relations.held_by(self.person)
        roles = sorted({said(word(each.role), self.language) for each in held})
        return ", ".join(roles) or str(self.person)[:8]


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
        return await _not_there(visit)
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
        return await _not_there(visit)
    seen = await visit.sight(project, recorded)
    if seen is None or not seen.dossier:
        return await _partial_project(visit, recorded[0].fact, _seen(recorded, seen))
    as_of = request.query_params.get("asOf") or None
    try:
        position = await _position(visit.house, as_of)
        verdicts = await judge_project(
            visit.house.ledger, visit.house.registers, ProjectId(project), position=position
        )
    except ValueError:
        return await visit.answer("problem.html", status=HTTPStatus.BAD_REQUEST, why="error.as-of")
    except UnknownProject:
        return await _not_there(visit)
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
        return await _not_there(visit)
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


async def _not_there(visit: Visit) -> Response:
    return await visit.answer("problem.html", status=HTTPStatus.NOT_FOUND, why="error.not-found")


async def _position(house: House, as_of: str | None) -> int:
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
