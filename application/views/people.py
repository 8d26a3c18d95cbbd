"""For which organisations does a person act, and who acts for an organisation?"""

from dataclasses import dataclass
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key, shelf
from domain.member.people import PersonIntroduced
from domain.record import Recorded
from domain.terms import Instant, MemberId, PersonRef, Sealed

Heard = PersonIntroduced


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    person: PersonRef
    member: MemberId
    name: Sealed
    contact: Sealed | None
    introduced_at: Instant


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (person_at(recorded.fact.person, MemberId(recorded.stream)),)


def on(_: PersonRow | None, recorded: Recorded[Heard]) -> PersonRow | None:
    fact = recorded.fact
    match fact:
        case PersonIntroduced():
            return PersonRow(
                person=fact.person,
                member=MemberId(recorded.stream),
                name=fact.name,
                contact=fact.contact,
                introduced_at=fact.occurred_at,
            )
        case _:
            assert_never(fact)


def shelves(row: PersonRow) -> tuple[Shelf, ...]:
    return (of_organisation(row.member),)


# ----------------------------------------------------------------------------------- how to ask


def person_at(person: PersonRef, member: MemberId) -> Key:
    return key(person, member)


def of_person(person: PersonRef) -> Shelf:
    return branch(person)


def of_organisation(member: MemberId) -> Shelf:
    return shelf("organisation", member)


view = View(name="people", version=1, row=PersonRow, hears=Heard, keys=keys, on=on, shelves=shelves)
