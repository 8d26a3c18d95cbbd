"""What use cases look up before they can begin, from the views."""

import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from uuid import UUID

from application.access import Belonging, Held, Kind, belonging_of_organisation
from application.views import (
    access,
    circle_members,
    circles,
    missions,
    organisations,
    projects,
    qualifications,
    undertaking_links,
)
from application.views.asking import MOST_ENTRIES, Views
from application.views.view import EVERYTHING, Row, Shelf, View, key
from domain.terms import CircleId, MemberId, PersonRef, ProjectId

_REMEMBERED_FOR = 1.0
"""Seconds after which roles are looked up anew: so long may a withdrawal in another process take."""
_CAUGHT_UP_WITHIN = 5.0
_MOST_REMEMBERED = 10_000


class ViewRegisters:
    """Looks everything up in the views, as of whatever position they hold."""

    def __init__(self, views: Views, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._views = views
        self._clock = clock
        self._roles: dict[PersonRef, tuple[frozenset[Held], float]] = {}

    # ------------------------------------------------------------------------------ for dossiers

    async def projects_of(self, authority: MemberId, *, as_of: int) -> Sequence[ProjectId]:
        """The projects of one contracting authority (aanbestedende dienst)."""
        shelf = projects.of_authority(authority)
        return [row.project async for row in self._rows(projects.view, shelf, as_of)]

    async def linked_to(self, member: MemberId, *, as_of: int) -> Sequence[MemberId]:
        """The undertakings linked to an organisation, from whichever side that was recorded."""
        shelf = undertaking_links.of_organisation(member)
        links = self._rows(undertaking_links.view, shelf, as_of)
        return [row.seen_from(member) async for row in links]

    async def qualified(self, *, as_of: int) -> Collection[MemberId]:
        """The organisations known to be fit for some kind of work, each once."""
        rows = self._rows(qualifications.view, EVERYTHING, as_of)
        return {row.member async for row in rows}

    # -------------------------------------------------------------------------------- for access

    async def held_by(self, person: PersonRef, *, as_of: int | None = None) -> frozenset[Held]:
        """The roles that a person holds, or held as of a position."""
        if as_of is not None:
            return await self._held(person, as_of)
        known = self._roles.get(person)
        if known is not None and self._clock() < known[1]:
            return known[0]
        until = self._clock() + _REMEMBERED_FOR
        roles = await self._held(person, None)
        if len(self._roles) >= _MOST_REMEMBERED:
            self._roles.clear()
        self._roles[person] = roles, until
        return roles

    async def authority_of(self, circle: CircleId) -> MemberId | None:
        """The authority that founded a circle; None for an unknown one."""
        answer = await self._views.get(circles.view, circles.circle(circle))
        return None if answer.entry is None else answer.entry.row.authority

    async def circles_of(self, member: MemberId) -> Sequence[CircleId]:
        """The circles that an organisation is in, or was in."""
        shelf = circle_members.of_organisation(member)
        return [row.circle async for row in self._rows(circle_members.view, shelf, None)]

    async def belongings(
        self, streams: Mapping[UUID, Kind | None], *, as_of: int
    ) -> Mapping[UUID, Belonging]:
        """Where each of some streams belongs; one that is not known is left out.

        None is for a stream of which the kind is not known either.
        """
        found: dict[UUID, Belonging] = {}
        for row in await self._some(circles.view, streams, Kind.CIRCLE, as_of):
            itself = frozenset({row.circle})
            found[row.circle] = Belonging(kind=Kind.CIRCLE, authority=row.authority, circles=itself)
        for project in await self._some(projects.view, streams, Kind.PROJECT, as_of):
            found[project.project] = Belonging(
                kind=Kind.PROJECT,
                authority=project.authority,
                circles=frozenset(project.circles),
            )
        for member in await self._some(organisations.view, streams, Kind.ORGANISATION, as_of):
            found[member.member] = belonging_of_organisation(member.member, member.kind)
        for mission in await self._some(missions.view, streams, Kind.MISSION, as_of):
            found[mission.mission] = Belonging(
                kind=Kind.MISSION, circles=frozenset({mission.circle})
            )
        return found

    async def changed(self, position: int) -> None:
        """Somebody here changed who holds which role: look up anew what `position` says."""
        await self._views.wait_for(position, access.view, within=_CAUGHT_UP_WITHIN)
        self._roles.clear()

    async def _held(self, person: PersonRef, as_of: int | None) -> frozenset[Held]:
        rows = self._rows(access.view, access.of_person(person), as_of)
        return frozenset(
            [Held(role=row.role, authority=row.authority, circle=row.circle) async for row in rows]
        )

    async def _some(
        self, view: View[Row], streams: Mapping[UUID, Kind | None], kind: Kind, as_of: int
    ) -> Sequence[Row]:
        keys = [key(each) for each, its in streams.items() if its in (kind, None)]
        if not keys:
            return ()
        answers = await self._views.get_many(view, keys, as_of=as_of)
        return [entry.row for entry in answers.entries.values()]

    async def _rows(self, view: View[Row], shelf: Shelf, as_of: int | None) -> AsyncIterator[Row]:
        after = None
        while True:
            page = await self._views.page(view, shelf, as_of=as_of, after=after, limit=MOST_ENTRIES)
            for entry in page.entries:
                yield entry.row
            after = page.next
            if after is None:
                return
            as_of = page.position
