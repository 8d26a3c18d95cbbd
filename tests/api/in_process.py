"""The doors on a real database, without a socket: a small neighbourhood to give commands in."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from api.app import create_app
from api.compose import open_house, read_settings
from api.house import House
from application.first_access import Terminal
from domain.member.access import AccessRole
from domain.terms import CircleId, MemberId, PersonRef
from tests.conftest import Database

NOORDERDAM = "90000001"
ZUIDERDAM = "90000002"

Answer = httpx.Response


@dataclass(frozen=True, kw_only=True)
class DatabaseOfTests:
    """A database of the run's cluster, as the composition root wants it."""

    database: Database

    @property
    def owner_dsn(self) -> str:
        return self.database.superuser_dsn

    def dsn(self, role: str) -> str:
        return self.database.dsn(role)

    def stop(self) -> None:
        return


@dataclass(kw_only=True)
class Doors:
    """A client at the doors of a house. `as_(role)` gives the token of somebody in that role."""

    house: House
    client: httpx.AsyncClient
    keys: "count[int]" = field(default_factory=count)
    positions: dict[str, int] = field(default_factory=dict)

    @property
    def terminal(self) -> Terminal:
        return Terminal(
            ledger=self.house.ledger,
            access=self.house.access,
            clock=self.house.clock,
            operator=self.house.operator,
            sandbox=self.house.sandbox,
        )

    async def authority(self, kvk: str = NOORDERDAM, name: str = "Gemeente Noorderdam") -> MemberId:
        return await self.terminal.register_authority(kvk, name)

    def person(self, name: str) -> PersonRef:
        assert self.house.issuer is not None
        return self.house.issuer.local_person(name)

    async def token(
        self,
        role: AccessRole | None,
        authority: MemberId | None = None,
        circle: CircleId | None = None,
        name: str | None = None,
    ) -> str:
        """A token of a person who holds this role and no other; the record knows by now."""
        person = self.person(name or f"{role} {authority} {circle}")
        if role is not None:
            granted = await self.terminal.grant(
                authority or await self.authority(), person, role, circle
            )
            if granted is not None:
                await self.house.access.relations.changed(granted.last_position)
        assert self.house.issuer is not None
        return self.house.issuer.token(person)

    async def give(
        self,
        token: str | None,
        path: str,
        body: Mapping[str, Any] | bytes,
        *,
        key: str | None = None,
        version: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """A command, under a key of its own unless one is given."""
        said = {
            "Content-Type": "application/json",
            "Idempotency-Key": key or f"key-{next(self.keys)}",
        }
        if token is not None:
            said["Authorization"] = f"Bearer {token}"
        if version is not None:
            said["If-Match"] = f'"{version}"'
        said |= headers or {}
        if isinstance(body, bytes):
            return await self.client.post(f"/v1{path}", content=body, headers=said)
        return await self.client.post(f"/v1{path}", json=dict(body), headers=said)

    async def get(self, token: str | None, path: str, **headers: str) -> Answer:
        said = {name.replace("_", "-"): text for name, text in headers.items()}
        if token is not None:
            said["Authorization"] = f"Bearer {token}"
        return await self.client.get(f"/v1{path}", headers=said)

    async def read(self, token: str, path: str) -> Any:
        """What is there, once the registers hold everything recorded so far."""
        head, _ = await self.house.ledger.head()
        joint = "&" if "?" in path else "?"
        answer = await self.get(token, f"{path}{joint}waitFor={head}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def circle(self, token: str, authority: MemberId, name: str = "Kring") -> CircleId:
        found = await self.give(
            token,
            "/circles",
            {
                "name": name,
                "authority": str(authority),
                "municipalityCode": "gm0363",
                "region": "Noord",
            },
        )
        assert found.status_code == 201, found.text
        return CircleId(UUID(found.json()["id"]))

    async def project(self, token: str, authority: MemberId, title: str = "Kademuur") -> UUID:
        found = await self.give(token, "/convenant-projects", project(authority, title))
        assert found.status_code == 201, found.text
        return UUID(found.json()["id"])


def project(authority: MemberId, title: str = "Kademuur") -> dict[str, Any]:
    """The body that registers a project."""
    return {
        "title": title,
        "authority": str(authority),
        "kind": "works",
        "object": "herstel",
        "location": "Kade",
        "cpv": "45241000-8",
        "underConvenant": True,
    }


_kvk_numbers = count(10_000_000)


def organisation(name: str = "Duinweg BV") -> dict[str, Any]:
    """The body that registers an organisation under a number of its own."""
    return {
        "name": name,
        "kind": "contractor",
        "legalForm": "private-limited",
        "kvkNumber": str(next(_kvk_numbers)),
    }


@asynccontextmanager
async def doors(database: Database, data: Path, *, publish: bool = True) -> AsyncIterator[Doors]:
    """The doors of the ledger in `database`, with keys in `data`.

    `publish=False` is without what a service does by itself: publishing, and what was granted.
    """
    settings = read_settings({"KRINGBOEK_DATA": str(data)})
    postgres = DatabaseOfTests(database=database)
    async with open_house(settings, postgres, publish=publish, durable=False) as house:
        await house.follower.catch_up()
        transport = httpx.ASGITransport(app=create_app(house), raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://kring.example", timeout=30
        ) as client:
            yield Doors(house=house, client=client)
