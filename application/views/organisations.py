"""Which organisations does the record know (register van organisaties)?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import EVERYTHING, Key, Shelf, View, key, shelf
from domain.member.organisation import (
    LegalForm,
    MemberRegistered,
    OrganisationKind,
    OrganisationRetired,
)
from domain.record import Recorded
from domain.terms import Instant, MemberId, Sealed

Heard = MemberRegistered | OrganisationRetired


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """A sealed name is handed on as it is: whoever may read it has the key.

    `ended_on` is None while the organisation is there; `successor` carries on what it did.
    """

    member: MemberId
    name: str | Sealed
    kind: OrganisationKind
    legal_form: LegalForm
    kvk_number: str | None
    small_or_medium: bool | None
    municipality_code: str | None
    registered_at: Instant
    ended_on: date | None = None
    successor: MemberId | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (organisation(MemberId(recorded.stream)),)


def on(row: OrganisationRow | None, recorded: Recorded[Heard]) -> OrganisationRow | None:
    fact = recorded.fact
    match fact:
        case MemberRegistered():
            return OrganisationRow(
                member=MemberId(recorded.stream),
                name=fact.name,
                kind=fact.kind,
                legal_form=fact.legal_form,
                kvk_number=fact.kvk_number,
                small_or_medium=fact.small_or_medium,
                municipality_code=fact.municipality_code,
                registered_at=fact.occurred_at,
            )
        case OrganisationRetired():
            return row and replace(row, ended_on=fact.ended_on, successor=fact.successor)
        case _:
            assert_never(fact)


def shelves(row: OrganisationRow) -> tuple[Shelf, ...]:
    return EVERYTHING, of_kind(row.kind)


# ----------------------------------------------------------------------------------- how to ask


def organisation(member: MemberId) -> Key:
    return key(member)


def of_kind(kind: OrganisationKind) -> Shelf:
    return shelf("kind", kind)


view = View(
    name="organisations",
    version=2,
    row=OrganisationRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
