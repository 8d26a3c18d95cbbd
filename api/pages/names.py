"""What organisations, circles, projects and missions are called on a page."""

from collections.abc import Iterable
from uuid import UUID

from application.views import circles, missions, organisations, projects
from application.views.asking import MOST_ENTRIES, Views
from application.views.view import key
from domain.terms import Language

_SHORT = 8


class PageNames:
    """Names looked up beforehand; a sealed or unknown one is a short id."""

    def __init__(self, known: dict[UUID, str], language: Language) -> None:
        self._known = known
        self._sealed = "organisatie" if language is Language.NL else "organisation"

    def __call__(self, subject: UUID, /) -> str:
        return self._known.get(subject) or f"{self._sealed} {str(subject)[:_SHORT]}"


async def names_of(
    views: Views, subjects: Iterable[UUID], language: Language, *, as_of: int | None = None
) -> PageNames:
    """The names of `subjects`, whatever each of them is, as the record had them at a position."""
    wanted = sorted({key(each) for each in subjects})
    known: dict[UUID, str] = {}
    for start in range(0, len(wanted), MOST_ENTRIES):
        part = wanted[start : start + MOST_ENTRIES]
        for each in (await views.get_many(organisations.view, part, as_of=as_of)).entries.values():
            if isinstance(each.row.name, str):
                known[each.row.member] = each.row.name
        for found in (await views.get_many(circles.view, part, as_of=as_of)).entries.values():
            known[found.row.circle] = found.row.name
        for other in (await views.get_many(projects.view, part, as_of=as_of)).entries.values():
            known[other.row.project] = other.row.title
        for each_mission in (
            await views.get_many(missions.view, part, as_of=as_of)
        ).entries.values():
            known[each_mission.row.mission] = each_mission.row.title
    return PageNames(known, language)
