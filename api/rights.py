"""Whether somebody may do one thing with streams that a list names, asked once each."""

from uuid import UUID

from api.house import House
from application.access import Action, Hidden
from domain.terms import PersonRef


class Rights:
    """Made for one answer to one person."""

    def __init__(self, house: House, person: PersonRef) -> None:
        self._house = house
        self._person = person
        self._known: dict[tuple[Action, UUID], bool] = {}

    async def may(self, action: Action, stream: UUID) -> bool:
        """False also where there is no such stream."""
        asked = action, stream
        if asked not in self._known:
            self._known[asked] = await self._asked(action, stream)
        return self._known[asked]

    async def _asked(self, action: Action, stream: UUID) -> bool:
        house = self._house
        told = await house.registers.belongings({stream: None}, as_of=await house.views.position())
        if stream not in told:
            return False
        try:
            thing = await house.access.thing(stream, told[stream])
        except Hidden:
            return False
        return await house.access.may(self._person, action, thing)
