"""Who you are here, and which roles you hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from api.answers import answer
from api.operations import Call, Operation
from domain.member.access import AccessRole
from domain.terms import CircleId, MemberId


@dataclass(frozen=True, kw_only=True)
class RoleSaid:
    """In one circle, or for all of the authority where `circle` is absent."""

    role: AccessRole
    authority: MemberId
    circle: CircleId | None


@dataclass(frozen=True, kw_only=True)
class Me:
    """`person` is your pseudonym in the record: what an administrator grants a role to."""

    person: UUID
    roles: tuple[RoleSaid, ...]


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/me",
        id="me",
        tag="about",
        summary="Your pseudonym in the record, and your roles",
        handle=_me,
        answer=Me,
    )


async def _me(call: Call) -> Response:
    held = await call.house.access.relations.held_by(call.person)
    roles = [
        RoleSaid(role=each.role, authority=each.authority, circle=each.circle) for each in held
    ]
    order = sorted(roles, key=lambda each: (each.role, str(each.authority), str(each.circle)))
    return answer(Me(person=call.person, roles=tuple(order)))
