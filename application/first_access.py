"""The first access to a record: given by whoever stands at the machine, recorded like any other.

Somebody has to be the first administrator (beheerder), and nobody is there to grant it. So the
operator at the terminal may record that one grant for an authority that has no administrator. From
then on an administrator grants the rest. In a sandbox the operator may always become one.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from application.access import Access, Action, belonging
from application.aggregates import MEMBER
from application.desk import Clock
from application.execute import Order, execute
from application.ports import Appended, Ledger
from domain.decider import fold
from domain.member import Member
from domain.member.access import AccessRole, GrantAccess
from domain.member.organisation import LegalForm, OrganisationKind, RegisterMember
from domain.terms import CircleId, Command, MemberId, PersonRef, member_id_of_kvk


class NotYours(Exception):
    """The authority has an administrator, who is somebody else."""


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """What the operator at the terminal may record; `operator` is who that is in the record."""

    ledger: Ledger
    access: Access
    clock: Clock
    operator: PersonRef
    sandbox: bool

    async def register_authority(self, kvk_number: str, name: str) -> MemberId:
        """Make a contracting authority (aanbestedende dienst) known, unless it is."""
        authority = member_id_of_kvk(kvk_number)
        if (await self._member(authority)).identity.organisation is None:
            await self._give(
                authority,
                RegisterMember(
                    kvk_number=kvk_number,
                    name=name,
                    kind=OrganisationKind.CONTRACTING_AUTHORITY,
                    legal_form=LegalForm.PUBLIC_BODY,
                ),
            )
        return authority

    async def grant(
        self,
        authority: MemberId,
        person: PersonRef,
        role: AccessRole,
        circle: CircleId | None = None,
    ) -> Appended | None:
        """See to it that a person holds a role; None when that was so. Raises `NotYours`."""
        found = await self._member(authority)
        if (person, role, circle) in found.grants.held:
            return None
        if role is not AccessRole.ADMINISTRATOR or person != self.operator:
            await self._become_administrator(authority, found)
        elif not self._may_begin(found):
            raise NotYours
        return await self._give(authority, GrantAccess(person=person, role=role, circle=circle))

    async def first_administrator(self, authority: MemberId, person: PersonRef) -> Appended:
        """Make a person the first administrator. Raises `NotYours` when there is one."""
        if not self._may_begin(await self._member(authority)):
            raise NotYours
        return await self._give(
            authority, GrantAccess(person=person, role=AccessRole.ADMINISTRATOR)
        )

    async def _become_administrator(self, authority: MemberId, found: Member) -> None:
        recorded = await self.ledger.load(authority)
        thing = await self.access.thing(
            authority, belonging(authority, (each.fact for each in recorded))
        )
        if await self.access.may(self.operator, Action.GRANT, thing):
            return
        if not self._may_begin(found):
            raise NotYours
        await self._give(
            authority, GrantAccess(person=self.operator, role=AccessRole.ADMINISTRATOR)
        )

    def _may_begin(self, found: Member) -> bool:
        return self.sandbox or not any(
            role is AccessRole.ADMINISTRATOR for _, role, _ in found.grants.held
        )

    async def _member(self, authority: MemberId) -> Member:
        state: Member = fold(
            MEMBER.decider, [each.fact for each in await self.ledger.load(authority)]
        )
        return state

    async def _give(self, stream: UUID, command: Command) -> Appended:
        command_id = uuid4()
        return await execute(
            self.ledger,
            Order(
                aggregate=MEMBER,
                stream=stream,
                command=command,
                command_id=command_id,
                request=command_id.bytes * 2,
                actor=self.operator,
                policy=self.access.policy.sha256,
            ),
            now=await self.clock.now(),
        )
