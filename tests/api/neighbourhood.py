"""A neighbourhood at the doors, in which every kind of thing names some of the others."""

from typing import Any
from uuid import uuid4

from domain.member.access import AccessRole
from tests.api.in_process import Doors, organisation
from tests.api.test_access_at_the_doors import caught_up
from tests.api.test_missions import LINE, founded

_told: "dict[int, Neighbourhood]" = {}


async def neighbourhood(at: Doors) -> "Neighbourhood":
    """The one that the tests of a module look at; whoever changes it tells one of its own."""
    if id(at) not in _told or _told[id(at)].at is not at:
        _told[id(at)] = await Neighbourhood(at).told()
    return _told[id(at)]


class Neighbourhood:
    """A circle, its project, a mission that feeds it and a firm that was given a document."""

    def __init__(self, at: Doors) -> None:
        self.at = at
        self.person = str(uuid4())

    def address(self, path: str) -> str:
        """A path of the document with ids of this neighbourhood.

        Of an organisation it is the authority, which has everything that one can have.
        """
        ids = {
            "circles": self.circle,
            "members": self.ours,
            "convenant-projects": self.project,
            "missions": self.mission,
            "persons": self.person,
        }
        which = ids.get(path.split("/")[1], "")
        return path.replace("{id}", str(which)).replace("{position}", "1")

    async def told(self) -> "Neighbourhood":
        at = self.at
        self.ours = await at.authority()
        self.officer = await at.token(AccessRole.OFFICER, self.ours)
        self.circle = await at.circle(self.officer, self.ours, "Kring Noord")
        self.project = await at.project(self.officer, self.ours, "Kademuur Noord")
        firm = await at.give(self.officer, "/members", organisation("Alba Infra BV"))
        self.firm = firm.json()["id"]
        path = f"/convenant-projects/{self.project}"
        await self.give(f"{path}/link-circle", 1, circle=str(self.circle))
        await self.give(
            f"{path}/add-document-version",
            2,
            document="D14",
            version=1,
            title="Ontwerp kademuur",
            sha256="ab" * 32,
            relevance="relevant",
            genre="specification",
            material=True,
            providedBy=None,
        )
        await self.give(
            f"{path}/disclose-documents",
            3,
            documents=[{"document": "D14", "version": 1}],
            recipients=[self.firm],
            channel="email",
            proof=None,
        )
        await self.give(f"/circles/{self.circle}/join-circle", 1, member=self.firm)
        await self.give(
            f"/members/{self.firm}/introduce-person", 1, person=self.person, name="Geheim"
        )
        mission = await founded(at, self.officer, self.circle)
        self.mission = mission.path.removeprefix("/missions/")
        await mission.give("agree-line", **LINE)
        await mission.give("feed-project", project=str(self.project), level=1)
        await caught_up(at)
        self.member = await at.token(AccessRole.MEMBER, self.ours, self.circle, name="toeschouwer")
        return self

    async def give(self, path: str, at: int, /, **said: Any) -> int:
        answer = await self.at.give(self.officer, path, said, version=at)
        assert answer.is_success, answer.text
        position: int = answer.json()["position"]
        return position
