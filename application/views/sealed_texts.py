"""Which texts lie under which key, whom do they concern, and is the key still there?

One row for every key that the record ever had. What the texts say stands in no view.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never
from uuid import UUID

from application.views.view import EVERYTHING, Key, Shelf, View, key, shelf
from domain.member.erasure import PersonsNamed, TextAt
from domain.record import Recorded
from domain.sealing import (
    Concern,
    ErasureGround,
    KeyCreated,
    KeyDestroyed,
    KeyId,
    RecordKind,
    Subject,
)
from domain.terms import CircleId, Code, MemberId, PersonRef, dutch_date

Heard = KeyCreated | KeyDestroyed | PersonsNamed


@dataclass(frozen=True, kw_only=True)
class Gone:
    """The position of the destruction, and by which request of which authority it was done."""

    position: int
    ground: ErasureGround
    authority: MemberId
    erasure: Code


@dataclass(frozen=True, kw_only=True)
class SealedTextRow:
    """`happened_on` is the Dutch day from which a retention period counts."""

    kid: KeyId
    stream: UUID
    kind: RecordKind
    happened_on: date
    texts: tuple[TextAt, ...]
    subjects: tuple[Subject, ...] = ()
    circles: tuple[CircleId, ...] = ()
    gone: Gone | None = None

    def concerns(self, person: PersonRef) -> frozenset[Concern]:
        return frozenset(each.concern for each in self.subjects if each.person == person)


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (of_key(recorded.fact.kid),)


def on(row: SealedTextRow | None, recorded: Recorded[Heard]) -> SealedTextRow | None:
    fact = recorded.fact
    if isinstance(fact, KeyCreated):
        return SealedTextRow(
            kid=fact.kid,
            stream=recorded.stream,
            kind=fact.kind,
            happened_on=dutch_date(fact.occurred_at),
            texts=tuple(
                TextAt(position=recorded.position - each.back, field=each.field)
                for each in fact.texts
            ),
            subjects=fact.subjects,
            circles=fact.circles,
        )
    if row is None:
        return None
    match fact:
        case KeyDestroyed():
            gone = Gone(
                position=recorded.position,
                ground=fact.ground,
                authority=fact.authority,
                erasure=fact.erasure,
            )
            return row if row.gone else replace(row, gone=gone)
        case PersonsNamed():
            named = [Subject(person=each, concern=Concern.NAMED) for each in fact.persons]
            return replace(row, subjects=tuple(dict.fromkeys([*row.subjects, *named])))
        case _:
            assert_never(fact)


def shelves(row: SealedTextRow) -> tuple[Shelf, ...]:
    persons = dict.fromkeys(of_person(each.person) for each in row.subjects)
    return (EVERYTHING, of_stream(row.stream), *persons)


# ----------------------------------------------------------------------------------- how to ask


def of_key(kid: KeyId) -> Key:
    return key(kid)


def of_person(person: PersonRef) -> Shelf:
    return shelf("person", person)


def of_stream(stream: UUID) -> Shelf:
    return shelf("stream", stream)


view = View(
    name="sealed-texts",
    version=1,
    row=SealedTextRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
