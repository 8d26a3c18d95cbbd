"""Any facts at all, in any order: strategies for property tests.

Facts are made from their own type hints, over a handful of organisations, circles, projects and
codes, so that they meet. No decider looked at them: what stands on facts must bear more than what a
decider would let through.
"""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from hypothesis import strategies as st

from domain.circle import CircleFact
from domain.circle.agreements import AgreementMade, FreeRiderFound
from domain.circle.convenant import ConvenantSigned
from domain.circle.decisions import ObjectionRaised, ProposalTabled
from domain.circle.founding import CircleFounded
from domain.circle.improvements import ImprovementPlanned
from domain.circle.klaagpaal import ComplaintRaised
from domain.circle.meetings import MeetingHeld
from domain.circle.membership import EntryRequested
from domain.circle.seats import OptionSeatOffered, SeatTaken
from domain.convenant_project import ProjectFact
from domain.convenant_project.knowledge import DocumentVersionAdded
from domain.convenant_project.preparation import CircleLinked, ProjectRegistered
from domain.member import MemberFact
from domain.member.erasure import ErasureRequested
from domain.member.organisation import MemberRegistered
from domain.mission import MissionFact
from domain.mission.conditions import MissionConditionMet, MissionConditionNamed
from domain.mission.enforcement import LineBreachFound, ProjectFed
from domain.mission.purpose import MissionFounded
from domain.record import Recorded
from domain.sealing import KeyCreated, KeyId, SealingFact
from domain.terms import (
    CircleId,
    Code,
    Fact,
    MemberId,
    MissionId,
    PersonRef,
    ProjectId,
    Sealed,
)

_NAMES = UUID("00000000-0000-5000-8000-00000000a11f")


def _ids(kind: str, how_many: int) -> list[UUID]:
    return [uuid5(_NAMES, f"{kind} {number}") for number in range(how_many)]


MEMBERS, CIRCLES, PROJECTS, PEOPLE, MISSIONS = (
    _ids("member", 3),
    _ids("circle", 2),
    _ids("project", 2),
    _ids("person", 2),
    _ids("mission", 1),
)
STREAMS = {
    MemberFact: MEMBERS,
    CircleFact: CIRCLES,
    ProjectFact: PROJECTS,
    MissionFact: MISSIONS,
    SealingFact: CIRCLES,
}
_FIRST = datetime(2026, 1, 1, 9, tzinfo=UTC)
_SEALED = st.builds(
    Sealed,
    kid=st.sampled_from(PEOPLE),
    field=st.just("name"),
    nonce=st.just("bm9uY2U="),
    ciphertext=st.sampled_from(["dmVyemVnZWxk", "Z2VoZWlt"]),
)
_OF_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    MemberId: st.sampled_from(MEMBERS),
    CircleId: st.sampled_from(CIRCLES),
    ProjectId: st.sampled_from(PROJECTS),
    MissionId: st.sampled_from(MISSIONS),
    KeyId: st.sampled_from(PEOPLE),
    PersonRef: st.sampled_from(PEOPLE),
    Code: st.sampled_from(["A", "B-1"]),
    Sealed: _SEALED,
    UUID: st.sampled_from(MEMBERS),
    str: st.sampled_from(["", "weg en riool", 'één \u2028 \U0001f6a7 "lijn"\n']),
    bool: st.booleans(),
    int: st.integers(1, 3),
    date: st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    datetime: st.integers(0, 9).map(lambda days: _FIRST + timedelta(days=days)),
}  # fmt: skip


def _of(hint: Any) -> st.SearchStrategy[Any]:
    if hint in _OF_TYPE:
        return _OF_TYPE[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of([st.none() if each is type(None) else _of(each) for each in arguments])
    if origin is tuple:
        return st.lists(_of(arguments[0]), max_size=2).map(tuple)
    if origin is frozenset:
        return st.frozensets(_of(arguments[0]), max_size=2)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if hasattr(hint, "__supertype__"):
        return _of(hint.__supertype__)
    if is_dataclass(hint) and isinstance(hint, type):
        return any_of(hint)
    raise TypeError(f"nothing is known of {hint}")


def any_of(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Any value of a dataclass of the domain."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{each.name: _of(hints[each.name]) for each in fields(cls)})


FOUNDING: tuple[type[Fact], ...] = (
    MemberRegistered,
    CircleFounded,
    MeetingHeld,
    ConvenantSigned,
    SeatTaken,
    OptionSeatOffered,
    EntryRequested,
    ComplaintRaised,
    ProposalTabled,
    ObjectionRaised,
    AgreementMade,
    FreeRiderFound,
    ImprovementPlanned,
    ProjectRegistered,
    CircleLinked,
    DocumentVersionAdded,
    MissionFounded,
    MissionConditionNamed,
    MissionConditionMet,
    ProjectFed,
    LineBreachFound,
    KeyCreated,
    ErasureRequested,
)
"""What founds something comes often enough that there is something for the rest to change."""


def histories(
    facts: frozenset[type[Fact]],
    *,
    least: int = 0,
    most: int = 40,
    ending_in: type[Fact] | None = None,
) -> st.SearchStrategy[list[Recorded[Fact]]]:
    """Recorded facts of these kinds, positions dense from 1; the last one of a kind, if given."""
    told = {
        fact: st.tuples(st.sampled_from(streams), any_of(fact))
        for union, streams in STREAMS.items()
        for fact in get_args(union)
        if fact in facts
    }
    founding = [told[fact] for fact in FOUNDING if fact in told]
    any_told = st.lists(st.one_of(*founding, *told.values()), min_size=least, max_size=most)
    if ending_in is None:
        return any_told.map(lambda told: recorded(*told))
    return st.tuples(any_told, told[ending_in]).map(lambda ended: recorded(*ended[0], ended[1]))


def recorded(*told: tuple[UUID, Fact]) -> list[Recorded[Fact]]:
    """These facts of these streams, in this order, from position 1 on."""
    versions: dict[UUID, int] = {}
    facts = []
    for position, (stream, fact) in enumerate(told, start=1):
        versions[stream] = versions.get(stream, 0) + 1
        facts.append(
            Recorded(
                fact=fact,
                position=position,
                stream=stream,
                version=versions[stream],
                recorded_at=_FIRST + timedelta(days=30, seconds=position),
                actor=PersonRef(PEOPLE[0]),
                command=uuid5(_NAMES, str(position)),
            )
        )
    return facts
