"""What a reader sees of each thing that a list names, asked once each."""

from uuid import UUID

from api.house import House
from application.access import Hidden, Kind
from application.visibility import Sight, sight
from domain.terms import PersonRef


class Sights:
    """Made for one answer to one person; what is asked twice is looked up once."""

    def __init__(self, house: House, person: PersonRef) -> None:
        self._house = house
        self._person = person
        self._known: dict[UUID, Sight | None] = {}

    async def of(self, subject: UUID, kind: Kind | None) -> Sight | None:
        """None where there is nothing of this kind, or nothing for this person.

        `kind` None is of whatever kind it is.
        """
        if subject not in self._known:
            self._known[subject] = await self._asked(subject, kind)
        return self._known[subject]

    async def _asked(self, subject: UUID, kind: Kind | None) -> Sight | None:
        house = self._house
        told = await house.registers.belongings({subject: kind}, as_of=await house.views.position())
        if subject not in told:
            return None
        try:
            thing = await house.access.thing(subject, told[subject])
        except Hidden:
            return None
        return await sight(house.access, self._person, thing)
