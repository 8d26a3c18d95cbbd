"""What is known of an organisation: the kinds of work it is fit for, and where it had a part."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.opened import opened
from api.operations import Call, In, Operation, Parameter
from api.paging import PAGING, rows_of
from api.problems import bad_parameter
from api.time_travel import HEADERS
from application.access import KINDS, Action, Hidden, Kind, belonging_of_organisation
from application.aggregates import MEMBER
from application.views import member_dossier, organisations, qualifications
from application.views.member_dossier import FACTS, DossierEntryRow, Part
from application.views.qualifications import QualificationRow
from application.views.view import EVERYTHING
from application.visibility import Sight, sight
from domain.terms import Instant, MemberId

PART = Parameter(
    name="part",
    where=In.QUERY,
    description="Only what it joined, left, said, got to know, decided or did.",
    schema={"type": "string", "enum": [str(each) for each in Part]},
)


@dataclass(frozen=True, kw_only=True)
class QualificationList:
    qualifications: tuple[QualificationRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class DossierEntry:
    """`subject` is the circle, project or mission of it; the event is found at `position`."""

    position: int
    aggregate: str
    subject: UUID
    fact: str
    parts: tuple[Part, ...]
    happened_at: Instant


@dataclass(frozen=True, kw_only=True)
class MemberDossier:
    entries: tuple[DossierEntry, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/qualifications",
        id="qualifications",
        tag=MEMBER.plural,
        summary="Which organisations are known to be fit for which kind of work",
        handle=_qualifications,
        parameters=PAGING,
        answer=QualificationList,
        headers=HEADERS,
        problems=(503,),
    )
    yield Operation(
        method="GET",
        path=f"/{MEMBER.plural}/{{id}}/qualifications",
        id="memberQualifications",
        tag=MEMBER.plural,
        summary="The kinds of work that an organisation is known to be fit for",
        handle=_qualifications_of,
        parameters=PAGING,
        answer=QualificationList,
        headers=HEADERS,
        problems=(503,),
    )
    yield Operation(
        method="GET",
        path=f"/{MEMBER.plural}/{{id}}/dossier",
        id="memberDossier",
        tag=MEMBER.plural,
        summary="What an organisation joined, said, got to know, decided and did",
        description="In the circles, projects and missions that you may read; what belongs to a"
        " project's dossier, only where that is for you.",
        handle=_dossier,
        parameters=(PART, *PAGING),
        answer=MemberDossier,
        headers=HEADERS,
        problems=(503,),
    )


async def _qualifications(call: Call) -> Response:
    house = call.house
    known: dict[MemberId, bool] = {}

    async def may(row: QualificationRow) -> bool:
        if row.member not in known:
            held = await house.views.get(organisations.view, organisations.organisation(row.member))
            known[row.member] = False
            if held.entry is not None:
                told = belonging_of_organisation(row.member, held.entry.row.kind)
                thing = await house.access.thing(row.member, told)
                known[row.member] = await house.access.may(call.person, Action.READ, thing)
        return known[row.member]

    page = await rows_of(call, qualifications.view, EVERYTHING, may)
    said = QualificationList(qualifications=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


async def _qualifications_of(call: Call) -> Response:
    found = await opened(call, MEMBER)
    shelf = qualifications.of_member(MemberId(found.stream))
    page = await rows_of(call, qualifications.view, shelf, _everybody)
    said = QualificationList(qualifications=tuple(page.rows), next=page.next)
    return answer(said, headers=page.headers(call))


class _Sights:
    """What this reader sees of each circle, project and mission, asked once each."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._known: dict[UUID, Sight | None] = {}

    async def of(self, subject: UUID, kind: Kind) -> Sight | None:
        if subject not in self._known:
            self._known[subject] = await self._asked(subject, kind)
        return self._known[subject]

    async def _asked(self, subject: UUID, kind: Kind) -> Sight | None:
        house = self._call.house
        told = await house.registers.belongings({subject: kind}, as_of=await house.views.position())
        if subject not in told:
            return None
        try:
            thing = await house.access.thing(subject, told[subject])
        except Hidden:
            return None
        return await sight(house.access, self._call.person, thing)


async def _dossier(call: Call) -> Response:
    found = await opened(call, MEMBER)
    member = MemberId(found.stream)
    asked = call.query("part")
    if asked is not None and asked not in set(Part):
        raise bad_parameter("part", f"is one of {', '.join(Part)}")
    sights = _Sights(call)

    async def may(row: DossierEntryRow) -> bool:
        if asked is not None and asked not in row.part_of(member):
            return False
        seen = await sights.of(row.subject, KINDS[row.aggregate])
        return seen is not None and seen.sees_kind(FACTS[row.fact])

    page = await rows_of(call, member_dossier.view, member_dossier.of_member(member), may)
    entries = tuple(
        DossierEntry(
            position=row.position,
            aggregate=row.aggregate,
            subject=row.subject,
            fact=row.fact,
            parts=row.part_of(member),
            happened_at=row.happened_at,
        )
        for row in page.rows
    )
    said = MemberDossier(entries=entries, next=page.next)
    return answer(said, headers=page.headers(call))


async def _everybody(_: object) -> bool:
    """Whoever may read the organisation may read this of it."""
    return True
