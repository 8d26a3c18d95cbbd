"""Who may do what: recorded grants and the policy's text, and nothing else.

What a person may do follows from three values: the roles that the person holds by recorded facts,
where the thing belongs by recorded facts, and the text in `policies/kringboek.cedar`. So "who was
allowed this, then, by which text" is asked of the record as of a position, as any other question.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NewType, Protocol
from uuid import UUID

from cedarpy import Entities, PolicySet, is_authorized

from application.aggregates import CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION
from domain.circle.founding import CircleFounded, FoundCircle
from domain.convenant_project.preparation import CircleLinked, ProjectRegistered, RegisterProject
from domain.member.access import AccessRole, GrantAccess, WithdrawAccess
from domain.member.erasure import GrantErasure, NamePersons, RefuseErasure, RequestErasure
from domain.member.organisation import MemberRegistered, OrganisationKind, RegisterMember
from domain.member.people import IntroducePerson
from domain.member.policy import AdoptBandSet, AdoptParameters
from domain.mission.purpose import FoundMission, MissionFounded
from domain.terms import CircleId, Command, Fact, MemberId, PersonRef


class Action(StrEnum):
    """What the policy speaks about; its text says what each is."""

    READ = "read"
    READ_DOSSIER = "read-dossier"
    READ_ACCESS = "read-access"
    READ_OPERATION = "read-operation"
    EXPORT = "export"
    WRITE = "write"
    SET_POLICY = "set-policy"
    INTRODUCE = "introduce"
    GRANT = "grant"
    OPEN = "open"
    READ_PERSON = "read-person"
    REQUEST_ERASURE = "request-erasure"
    DECIDE_ERASURE = "decide-erasure"


class Kind(StrEnum):
    """What the policy calls a thing."""

    CIRCLE = "Circle"
    ORGANISATION = "Organisation"
    PROJECT = "Project"
    MISSION = "Mission"
    RECORD = "Record"


Place = NewType("Place", str)
"""Where a role is held: a whole authority, or one circle of it."""


def place(authority: MemberId, circle: CircleId | None = None) -> Place:
    """A circle is a place of its own authority only: another authority cannot grant access to it."""
    return Place(f"authority/{authority}" if circle is None else f"circle/{authority}/{circle}")


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role, and the authority that gave it; in one circle, or everywhere where that is absent."""

    role: AccessRole
    authority: MemberId
    circle: CircleId | None = None

    @property
    def place(self) -> Place:
        return place(self.authority, self.circle)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What somebody wants to read or write, as far as the policy cares."""

    kind: Kind
    own: frozenset[Place] = frozenset()
    seen_by: frozenset[Place] = frozenset()
    is_authority: bool = False


RECORD = Thing(kind=Kind.RECORD)
"""The record as a whole."""


class Forbidden(Exception):
    """This person may know of the thing, but not do this."""


class Hidden(Exception):
    """For this person the thing does not exist."""


class Policy:
    """The text in force. Raises `ValueError` when it is not a policy."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sha256 = sha256(text.encode()).digest()
        self._parsed = PolicySet.from_str(text)
        self._allows = lru_cache(maxsize=10_000)(self._evaluate)

    def allows(self, roles: frozenset[Held], action: Action, thing: Thing) -> bool:
        """Whether the text permits it. The same three always give the same answer."""
        return self._allows(roles, action, thing)

    def _evaluate(self, roles: frozenset[Held], action: Action, thing: Thing) -> bool:
        asked = {
            "principal": {"type": "Person", "id": "asking"},
            "action": {"type": "Action", "id": str(action)},
            "resource": {"type": str(thing.kind), "id": "asked"},
        }
        result = is_authorized(asked, self._parsed, Entities.from_json_str(_json(roles, thing)))
        if result.diagnostics.errors:
            raise ValueError(f"the access policy does not evaluate: {result.diagnostics.errors}")
        return result.allowed


def policy_in_force() -> Policy:
    """The policy that this build carries."""
    return Policy((files("application") / "policies" / "kringboek.cedar").read_text("utf-8"))


def _json(roles: frozenset[Held], thing: Thing) -> str:
    person = {
        str(role): _places(held.place for held in roles if held.role is role) for role in AccessRole
    }
    about = {
        "own": _places(thing.own),
        "seenBy": _places(thing.seen_by),
        "isAuthority": thing.is_authority,
    }
    return json.dumps(
        [
            {"uid": {"type": "Person", "id": "asking"}, "attrs": person, "parents": []},
            {"uid": {"type": str(thing.kind), "id": "asked"}, "attrs": about, "parents": []},
        ]
    )


def _places(places: Iterable[Place]) -> list[Any]:
    return [{"__entity": {"type": "Place", "id": each}} for each in sorted(places)]


# ----------------------------------------------------------------------- what a command asks for

_ACTIONS: Mapping[type[Command], Action] = {
    AdoptParameters: Action.SET_POLICY,
    AdoptBandSet: Action.SET_POLICY,
    IntroducePerson: Action.INTRODUCE,
    GrantAccess: Action.GRANT,
    WithdrawAccess: Action.GRANT,
    RequestErasure: Action.REQUEST_ERASURE,
    NamePersons: Action.DECIDE_ERASURE,
    GrantErasure: Action.DECIDE_ERASURE,
    RefuseErasure: Action.DECIDE_ERASURE,
}

KINDS: Mapping[str, Kind] = {
    CIRCLE.name: Kind.CIRCLE,
    MEMBER.name: Kind.ORGANISATION,
    CONVENANT_PROJECT.name: Kind.PROJECT,
    MISSION.name: Kind.MISSION,
}


def action_of(command: type[Command]) -> Action:
    return _ACTIONS.get(command, Action.WRITE)


# --------------------------------------------------------------------- where a thing belongs


class Relations(Protocol):
    """What the record says about who and where. `as_of` None is now, within a second or so."""

    async def held_by(self, person: PersonRef, *, as_of: int | None = None) -> frozenset[Held]:
        """The roles that a person holds."""

    async def authority_of(self, circle: CircleId) -> MemberId | None:
        """The authority that founded a circle; None for an unknown circle."""

    async def circles_of(self, member: MemberId) -> Iterable[CircleId]:
        """The circles that an organisation is in, or was in."""

    async def changed(self, position: int) -> None:
        """Somebody here changed who holds which role: answer with what `position` says from now."""


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """Where a stream says that it belongs: an authority, and circles of whatever authority.

    `kind` is None for a stream that nothing began.
    """

    kind: Kind | None = None
    authority: MemberId | None = None
    circles: frozenset[CircleId] = frozenset()
    is_authority: bool = False


def belonging(stream: UUID, facts: Iterable[Fact | Command]) -> Belonging:
    """What the facts of one stream, or the command that begins it, say about where it belongs."""
    told = Belonging()
    for fact in facts:
        told = belongs_after(told, stream, fact)
    return told


def belongs_after(told: Belonging, stream: UUID, fact: Fact | Command) -> Belonging:
    """Where a stream belongs once it says `fact` as well."""
    match fact:
        case CircleFounded() | FoundCircle():
            itself = frozenset({CircleId(stream)})
            return Belonging(kind=Kind.CIRCLE, authority=fact.authority, circles=itself)
        case ProjectRegistered() | RegisterProject():
            return Belonging(kind=Kind.PROJECT, authority=fact.authority)
        case CircleLinked():
            return replace(told, circles=told.circles | {fact.circle})
        case MissionFounded() | FoundMission():
            return Belonging(kind=Kind.MISSION, circles=frozenset({fact.circle}))
        case MemberRegistered():
            return belonging_of_organisation(MemberId(stream), fact.kind)
        case RegisterMember():
            return Belonging(kind=Kind.ORGANISATION)
        case _:
            return told


def belonging_of_organisation(member: MemberId, kind: OrganisationKind) -> Belonging:
    """A contracting authority (aanbestedende dienst) belongs to itself, and others to nobody."""
    if kind is OrganisationKind.CONTRACTING_AUTHORITY:
        return Belonging(kind=Kind.ORGANISATION, authority=member, is_authority=True)
    return Belonging(kind=Kind.ORGANISATION)


@dataclass(frozen=True, kw_only=True)
class Access:
    """The policy in force, asked about what the record says."""

    policy: Policy
    relations: Relations
    _founded_by: dict[CircleId, MemberId] = field(default_factory=dict)

    async def thing(self, stream: UUID, told: Belonging) -> Thing:
        """The thing of a stream, from where it says that it belongs; `Hidden` when nowhere."""
        kind = told.kind
        if kind is None:
            raise Hidden
        circles = told.circles
        if kind is Kind.ORGANISATION:
            circles |= set(await self.relations.circles_of(MemberId(stream)))
        authority = told.authority
        founders = {
            circle: authority if circle == stream else await self._founder(circle)
            for circle in circles
        }
        if kind is Kind.MISSION:
            authority = next(iter(founders.values()), None)
        seen = {
            each
            for circle, founder in founders.items()
            if founder is not None
            for each in (place(founder), place(founder, circle))
        }
        own = set() if authority is None else {place(authority)}
        if authority is not None and kind is not Kind.ORGANISATION:
            own |= {place(authority, circle) for circle, by in founders.items() if by == authority}
        return Thing(
            kind=kind,
            own=frozenset(own),
            seen_by=frozenset(own | seen),
            is_authority=told.is_authority,
        )

    async def may(self, person: PersonRef, action: Action, thing: Thing) -> bool:
        return self.policy.allows(await self.relations.held_by(person), action, thing)

    async def require(self, person: PersonRef, action: Action, thing: Thing) -> None:
        """Raises `Forbidden`, or `Hidden` where the person may not even know that it exists."""
        roles = await self.relations.held_by(person)
        if self.policy.allows(roles, action, thing):
            return
        raise Forbidden if self.policy.allows(roles, Action.READ, thing) else Hidden

    async def _founder(self, circle: CircleId) -> MemberId | None:
        """Who founded a circle never changes, so it is remembered."""
        found = self._founded_by.get(circle) or await self.relations.authority_of(circle)
        if found is not None:
            self._founded_by[circle] = found
        return found
