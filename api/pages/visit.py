"""A visit of a page: who is looking, in which language, and how it is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from api.house import House
from api.pages.names import PageNames, names_of
from api.pages.texts import said, teller
from api.problems import Problem
from api.site import SESSION, house_of
from application.access import Hidden, belonging
from application.visibility import Sight, sight
from application.vocabulary import word
from domain.record import Recorded
from domain.rules import wording
from domain.terms import Instant, Language, PersonRef, dutch_date

LANGUAGE = "kringboek_language"

_environment = Environment(
    loader=PackageLoader("api.pages", "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


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
            back=self._address(),
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

    async def not_there(self) -> HTMLResponse:
        """For what is not there, and for what is not there for this reader."""
        return await self.answer("problem.html", status=HTTPStatus.NOT_FOUND, why="error.not-found")

    def _address(self) -> str:
        """The page itself, for whoever comes back to it."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    async def _reader(self) -> str | None:
        """The roles of whoever is signed in: a name is nothing that the service knows."""
        if self.person is None:
            return None
        held = await self.house.access.relations.held_by(self.person)
        roles = sorted({said(word(each.role), self.language) for each in held})
        return ", ".join(roles) or str(self.person)[:8]
