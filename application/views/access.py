"""Who may act in which role, and where (toegang)?

A grant is a row while it lasts; what a person might do last month is asked as of then.
"""

from dataclasses import dataclass
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key, shelf
from domain.member.access import AccessGranted, AccessRole, AccessWithdrawn
from domain.record import Recorded
from domain.terms import CircleId, Instant, MemberId, PersonRef

Heard = AccessGranted | AccessWithdrawn


@dataclass(frozen=True, kw_only=True)
class AccessRow:
    """`circle` is absent where the role holds for all of the authority (aanbestedende dienst)."""

    person: PersonRef
    authority: MemberId
    role: AccessRole
    circle: CircleId | None
    granted_at: Instant


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    fact = recorded.fact
    return (grant(fact.person, MemberId(recorded.stream), fact.role, fact.circle),)


def on(row: AccessRow | None, recorded: Recorded[Heard]) -> AccessRow | None:
    fact = recorded.fact
    match fact:
        case AccessGranted():
            return row or AccessRow(
                person=fact.person,
                authority=MemberId(recorded.stream),
                role=fact.role,
                circle=fact.circle,
                granted_at=fact.occurred_at,
            )
        case AccessWithdrawn():
            return None
        case _:
            assert_never(fact)


def shelves(row: AccessRow) -> tuple[Shelf, ...]:
    return (of_authority(row.authority),)


# ----------------------------------------------------------------------------------- how to ask


def grant(person: PersonRef, authority: MemberId, role: AccessRole, circle: CircleId | None) -> Key:
    return key(person, authority, role, circle or "everywhere")


def of_person(person: PersonRef) -> Shelf:
    return branch(person)


def of_authority(authority: MemberId) -> Shelf:
    return shelf("authority", authority)


view = View(name="access", version=1, row=AccessRow, hears=Heard, keys=keys, on=on, shelves=shelves)
