"""What is known of an organisation: what it is fit for, who acts for it, where it had a part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened
from api.operations import Call, In, Operation, Parameter
from api.paging import Rows, rows_of
from api.problems import bad_parameter
from api.registers import May, Register, list_operation, register_operations
from api.sights import Sights
from application.access import KINDS, Action, belonging_of_organisation
from application.aggregates import MEMBER
from application.views import member_dossier, organisations, people, qualifications
from application.views.member_dossier import FACTS, DossierEntryRow, Part
from application.views.people import PersonRow
from application.views.qualifications import QualificationRow
from application.views.view import EVERYTHING
from domain.terms import Instant, MemberId, PersonRef

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


@dataclass(frozen=True, kw_only=True)
class PersonSaid:
    """A person is a random id. Names are not told here: they are sealed, and can be forgotten."""

    person: PersonRef
    introduced_at: Instant
    has_contact: bool


@dataclass(frozen=True, kw_only=True)
class PersonList:
    people: tuple[PersonSaid, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield replace(
        list_operation(
            "/qualifications",
            "qualifications",
            "Which organisations are known to be fit for which kind of work",
            _qualifications,
            QualificationList,
            view=qualifications.view,
        ),
        tag=MEMBER.plural,
    )
    yield from register_operations(*REGISTERS)


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


def _part(call: Call) -> str | None:
    asked = call.query("part")
    if asked is not None and asked not in set(Part):
        raise bad_parameter("part", f"is one of {', '.join(Part)}")
    return asked


def _may_know(call: Call, found: Opened) -> May:
    member, asked = MemberId(found.stream), _part(call)
    sights = Sights(call.house, call.person)

    async def may(row: DossierEntryRow) -> bool:
        if asked is not None and asked not in row.part_of(member):
            return False
        seen = await sights.of(row.subject, KINDS[row.aggregate])
        return seen is not None and seen.sees_kind(FACTS[row.fact])

    return may


async def _people(_: Call, __: Opened, page: Rows[PersonRow]) -> Mapping[str, Any]:
    return {
        "people": tuple(
            PersonSaid(
                person=row.person,
                introduced_at=row.introduced_at,
                has_contact=row.contact is not None,
            )
            for row in page.rows
        )
    }


async def _dossier(_: Call, found: Opened, page: Rows[DossierEntryRow]) -> Mapping[str, Any]:
    entries = tuple(
        DossierEntry(
            position=row.position,
            aggregate=row.aggregate,
            subject=row.subject,
            fact=row.fact,
            parts=row.part_of(MemberId(found.stream)),
            happened_at=row.happened_at,
        )
        for row in page.rows
    )
    return {"entries": entries}


REGISTERS = (
    Register(
        of=MEMBER,
        word="qualifications",
        id="memberQualifications",
        summary="The kinds of work that an organisation is known to be fit for",
        view=qualifications.view,
        shelf=qualifications.of_member,
        said=QualificationList,
        inside="qualifications",
    ),
    Register(
        of=MEMBER,
        word="dossier",
        id="memberDossier",
        summary="What an organisation joined, said, got to know, decided and did",
        description="In the circles, projects and missions that you may read; what belongs to a"
        " project's dossier, only where that is for you.",
        view=member_dossier.view,
        shelf=member_dossier.of_member,
        said=MemberDossier,
        tell=_dossier,
        may=_may_know,
        more=(PART,),
    ),
    Register(
        of=MEMBER,
        word="people",
        id="memberPeople",
        summary="The people who act for an organisation, without their names",
        view=people.view,
        shelf=people.of_organisation,
        said=PersonList,
        tell=_people,
    ),
)
