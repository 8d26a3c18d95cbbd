"""Who gives the commands of the scenarios: somebody who would be allowed to in a real record."""

import asyncio
from pathlib import Path
from uuid import UUID

import pytest

from application.access import Access, Held, action_of, belonging, policy_in_force
from application.scenarios.play import command_id, play
from application.scenarios.words import script
from application.sealing.sealer import Sealer
from domain.circle.founding import CircleFounded
from domain.circle.membership import MemberJoined
from domain.member.access import AccessGranted
from domain.terms import CircleId, Fact, MemberId, PersonRef
from infrastructure.scenario_file import read_scenario
from tests.memory_ledger import MemoryLedger, MemoryVault

SCENARIOS = Path(__file__).parents[2] / "scenarios"


class Told:
    """What the steps so far say about who holds which role, and where things belong."""

    def __init__(self) -> None:
        self.held: dict[PersonRef, set[Held]] = {}
        self.facts: dict[UUID, list[Fact]] = {}
        self.founders: dict[CircleId, MemberId] = {}
        self.circles: dict[MemberId, set[CircleId]] = {}

    async def held_by(self, person: PersonRef, *, as_of: int | None = None) -> frozenset[Held]:  # noqa: ARG002
        return frozenset(self.held.get(person, ()))

    async def authority_of(self, circle: CircleId) -> MemberId | None:
        return self.founders.get(circle)

    async def circles_of(self, member: MemberId) -> set[CircleId]:
        return self.circles.get(member, set())

    async def changed(self, position: int) -> None:
        pass

    def on(self, stream: UUID, fact: Fact) -> None:
        self.facts.setdefault(stream, []).append(fact)
        match fact:
            case AccessGranted(person=person, role=role, circle=circle):
                place = Held(role=role, authority=MemberId(stream), circle=circle)
                self.held.setdefault(person, set()).add(place)
            case CircleFounded(authority=authority):
                self.founders[CircleId(stream)] = authority
            case MemberJoined(member=member):
                self.circles.setdefault(member, set()).add(CircleId(stream))
            case _:
                pass


@pytest.mark.parametrize(
    ("file", "authorities"),
    [
        ("s01-lindenstraat.yaml", ["noorderdam"]),
        ("s02-riolering-havenkwartier.yaml", ["noorderdam"]),
        ("sample-circle.yaml", ["noorderdam"]),
        ("electrification.yaml", ["noorderdam"]),
        ("circle-year.yaml", ["noorderdam", "duindrecht"]),
        ("westhaven-kade.yaml", ["zuiderhaven"]),
    ],
)
def test_every_step_is_given_by_somebody_whom_the_access_policy_allows_it(
    file: str, authorities: list[str]
) -> None:
    """But for the two with which any record begins: its authority, and its administrator.

    Another authority begins in the same way; its administrator is named after it.
    """
    scenario = read_scenario(SCENARIOS / file)

    async def refused() -> list[str]:
        ledger, told, found = MemoryLedger(), Told(), []
        await play(scenario, ledger, Sealer(MemoryVault()), policy=b"")
        access = Access(policy=policy_in_force(), relations=told)
        for line in script(scenario).lines:
            command = command_id(scenario, line.step.id)
            facts = [each.fact for each in ledger.events if each.command == command]
            known = belonging(line.stream, told.facts.get(line.stream) or facts)
            thing = await access.thing(line.stream, known)
            if not await access.may(line.actor, action_of(line.command), thing):
                found.append(line.step.id)
            for fact in facts:
                told.on(line.stream, fact)
        return found

    first, *others = authorities
    begun = [first, "access-administrator"]
    for each in others:
        begun += [each, f"{each}-administrator"]
    assert asyncio.run(refused()) == begun
