"""Organisations (deelnemers) that the record knows, and who holds which role for an authority."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from api.answers import answer
from api.opened import Opened, opened, timemap_operation
from api.operations import Call, Operation
from api.paging import Rows, rows_of
from api.problems import unknown
from api.registers import Only, Register, list_operation, register_operations
from api.time_travel import HEADERS, TIME
from api.versions import of_thing
from application.access import Action, Thing, belonging_of_organisation
from application.aggregates import MEMBER
from application.sealing.unsealer import Unsealer
from application.views import access, organisations, undertaking_links
from application.views.access import AccessRow
from application.views.organisations import OrganisationRow
from application.views.undertaking_links import Tie
from application.views.view import EVERYTHING
from domain.member.organisation import LegalForm, OrganisationKind
from domain.terms import Instant, MemberId, Sealed


@dataclass(frozen=True, kw_only=True)
class OrganisationSaid:
    """`name` is None where it was forgotten; `personal` where it names a person, and can be.

    `ended_on` is None while the organisation is there; `successor` carries on what it did.
    """

    member: MemberId
    name: str | None
    personal: bool
    kind: OrganisationKind
    legal_form: LegalForm
    kvk_number: str | None
    small_or_medium: bool | None
    municipality_code: str | None
    registered_at: Instant
    ended_on: date | None
    successor: MemberId | None


@dataclass(frozen=True, kw_only=True)
class OrganisationList:
    members: tuple[OrganisationSaid, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class LinkSaid:
    other: MemberId
    ties: tuple[Tie, ...]


@dataclass(frozen=True, kw_only=True)
class LinkList:
    links: tuple[LinkSaid, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class AccessList:
    grants: tuple[AccessRow, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield list_operation(
        "/members",
        "members",
        "The organisations that the record knows",
        _members,
        OrganisationList,
        view=organisations.view,
    )
    yield Operation(
        method="GET",
        path="/members/{id}",
        id="member",
        tag=MEMBER.plural,
        summary="One organisation",
        handle=_member,
        parameters=TIME,
        answer=OrganisationSaid,
        headers=("ETag", *HEADERS),
        problems=(503,),
        versions=of_thing(MEMBER),
    )
    yield from register_operations(*REGISTERS)
    yield timemap_operation(MEMBER)


async def _members(call: Call) -> Response:
    house = call.house
    roles = await house.access.relations.held_by(call.person)

    async def may(row: OrganisationRow) -> bool:
        told = belonging_of_organisation(row.member, row.kind)
        bare = Thing(kind=told.kind, is_authority=told.is_authority) if told.kind else None
        if bare is not None and house.access.policy.allows(roles, Action.READ, bare):
            return True  # wherever the organisation sits
        thing = await house.access.thing(row.member, told)
        return house.access.policy.allows(roles, Action.READ, thing)

    page = await rows_of(call, organisations.view, EVERYTHING, may)
    unsealer = Unsealer(house.vault)
    said = OrganisationList(
        members=tuple([await _said(row, unsealer) for row in page.rows]), next=page.next
    )
    return answer(said, headers=page.headers(call))


async def _member(call: Call) -> Response:
    found = await opened(call, MEMBER)
    row = await call.house.views.get(
        organisations.view,
        organisations.organisation(MemberId(found.stream)),
        as_of=found.as_of.position,
    )
    if row.entry is None:
        raise unknown()
    return found.answer(call, await _said(row.entry.row, Unsealer(call.house.vault)))


async def _said(row: OrganisationRow, unsealer: Unsealer) -> OrganisationSaid:
    return OrganisationSaid(
        member=row.member,
        name=await unsealer.text(row.name, "name", row.member),
        personal=isinstance(row.name, Sealed),
        kind=row.kind,
        legal_form=row.legal_form,
        kvk_number=row.kvk_number,
        small_or_medium=row.small_or_medium,
        municipality_code=row.municipality_code,
        registered_at=row.registered_at,
        ended_on=row.ended_on,
        successor=row.successor,
    )


async def _links(_: Call, found: Opened, page: Rows[Any]) -> Mapping[str, Any]:
    member = MemberId(found.stream)
    return {
        "links": tuple(LinkSaid(other=row.seen_from(member), ties=row.ties) for row in page.rows)
    }


REGISTERS = (
    Register(
        of=MEMBER,
        word="links",
        id="memberLinks",
        summary="The undertakings linked to an organisation (verbonden ondernemingen)",
        view=undertaking_links.view,
        shelf=undertaking_links.of_organisation,
        said=LinkList,
        tell=_links,
    ),
    Register(
        of=MEMBER,
        word="access",
        id="memberAccess",
        summary="Who holds which role for an authority, and where (toegang)",
        description="As of any position: who was allowed what, then. The fact that was recorded"
        " names the policy's text by its hash.",
        view=access.view,
        shelf=access.of_authority,
        said=AccessList,
        inside="grants",
        only=Only(
            may=lambda sight: sight.access,
            why="auditors and administrators may read who holds which role",
        ),
    ),
)
