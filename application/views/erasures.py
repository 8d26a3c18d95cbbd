"""Who was to be forgotten, what was decided, and was it done?"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key, shelf
from domain.law.calendar import add_months
from domain.member.erasure import (
    ErasureAsker,
    ErasureCompleted,
    ErasureGranted,
    ErasureRefused,
    ErasureRequested,
    KeepGround,
    KeptKey,
    TextAt,
)
from domain.record import Recorded
from domain.sealing import ErasureGround
from domain.terms import CircleId, Code, MemberId, PersonRef

Heard = ErasureRequested | ErasureRefused | ErasureGranted | ErasureCompleted
_MONTHS_TO_ANSWER = 1
"""AVG 12(3); two more where it is complex, which whoever asked is told within the month."""


class ErasureStanding(StrEnum):
    ASKED = "asked"  # nog niet beslist
    REFUSED = "refused"  # geweigerd
    GRANTED = "granted"  # toegewezen, wordt uitgevoerd
    COMPLETED = "completed"  # uitgevoerd


@dataclass(frozen=True, kw_only=True)
class ErasureRow:
    """`answer_by` is the last day for a decision; `granted_at` the position that says what goes.

    `kept` are the keys that were excepted, and at the end all that stayed.
    """

    authority: MemberId
    erasure: Code
    person: PersonRef
    circle: CircleId | None
    ground: ErasureGround
    asked_by: ErasureAsker
    received_on: date
    answer_by: date
    texts: tuple[TextAt, ...]
    standing: ErasureStanding = ErasureStanding.ASKED
    refused_for: KeepGround | None = None
    granted_at: int | None = None
    kept: tuple[KeptKey, ...] = ()
    destroyed: int = 0
    person_removed: bool = False


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (of_request(MemberId(recorded.stream), recorded.fact.erasure),)


def on(row: ErasureRow | None, recorded: Recorded[Heard]) -> ErasureRow | None:
    fact = recorded.fact
    if isinstance(fact, ErasureRequested):
        return ErasureRow(
            authority=MemberId(recorded.stream),
            erasure=fact.erasure,
            person=fact.person,
            circle=fact.circle,
            ground=fact.ground,
            asked_by=fact.asked_by,
            received_on=fact.received_on,
            answer_by=add_months(fact.received_on, _MONTHS_TO_ANSWER),
            texts=fact.texts,
        )
    if row is None:
        return None
    match fact:
        case ErasureRefused():
            return replace(row, standing=ErasureStanding.REFUSED, refused_for=fact.ground)
        case ErasureGranted():
            return replace(
                row,
                standing=ErasureStanding.GRANTED,
                granted_at=recorded.position,
                kept=fact.kept,
            )
        case ErasureCompleted():
            return replace(
                row,
                standing=ErasureStanding.COMPLETED,
                kept=fact.kept,
                destroyed=fact.destroyed,
                person_removed=fact.person_removed,
            )
        case _:
            assert_never(fact)


def shelves(row: ErasureRow) -> tuple[Shelf, ...]:
    return (of_standing(row.standing),)


# ----------------------------------------------------------------------------------- how to ask


def of_request(authority: MemberId, erasure: Code) -> Key:
    return key(authority, erasure)


def of_authority(authority: MemberId) -> Shelf:
    return branch(authority)


def of_standing(standing: ErasureStanding) -> Shelf:
    return shelf("standing", standing)


view = View(
    name="erasures", version=1, row=ErasureRow, hears=Heard, keys=keys, on=on, shelves=shelves
)
