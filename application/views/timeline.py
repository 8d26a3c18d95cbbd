"""What happened to anything, wherever it was recorded: in its own stream, or named in another.

One row is one event, on the shelf of its own subject and of whatever it names: an organisation, a
circle, a project, a mission, a person. A timeline is thereby one page of one shelf. What was said
stays in the event itself, which is found by its position; of a row it must be known before that
whether its event may be shown at all.

An event names what its own words name. Those that only repeat a code, such as a sanction that
repeats its finding's, come with their thread (`timeline_threads`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from application.aggregates import CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION, kebab
from application.mentions import ids_in
from application.views.view import Key, Shelf, View, key, shelf
from application.visibility import in_confidence
from domain.circle import CircleFact
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.record import Recorded
from domain.sealing import KeyCreated, SealingFact
from domain.terms import Fact

Heard = CircleFact | MemberFact | ProjectFact | MissionFact | SealingFact

SEALING = "sealing"
"""What stands for the aggregate of a fact about a key, which any stream can hold."""

FACTS: Mapping[str, Mapping[str, type[Fact]]] = {
    aggregate: {kebab(each.__name__): each for each in get_args(union)}
    for aggregate, union in (
        (CIRCLE.name, CircleFact),
        (MEMBER.name, MemberFact),
        (CONVENANT_PROJECT.name, ProjectFact),
        (MISSION.name, MissionFact),
        (SEALING, SealingFact),
    )
}
"""Aggregate and name in a row -> the kind of fact."""

_NAMES: Mapping[type[Fact], tuple[str, str]] = {
    fact: (aggregate, name) for aggregate, facts in FACTS.items() for name, fact in facts.items()
}


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    """`aggregate` and `fact` are names as at the doors: `circle`, `member-joined`.

    `names` are the others that the event is about, in order of their ids.
    """

    position: int
    aggregate: str
    subject: UUID
    fact: str
    in_confidence: bool
    names: tuple[UUID, ...]

    @property
    def kind(self) -> type[Fact]:
        return FACTS[self.aggregate][self.fact]


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (event(recorded.position),)


def on(_: TimelineRow | None, recorded: Recorded[Heard]) -> TimelineRow:
    fact = recorded.fact
    aggregate, name = _NAMES[type(fact)]
    return TimelineRow(
        position=recorded.position,
        aggregate=aggregate,
        subject=recorded.stream,
        fact=name,
        in_confidence=in_confidence(fact),
        names=tuple(sorted({*ids_in(_about(fact))} - {recorded.stream})),
    )


def _about(fact: Heard) -> object:
    """A key is about the persons whom its texts concern, not about every circle around them."""
    return fact.subjects if isinstance(fact, KeyCreated) else fact


def shelves(row: TimelineRow) -> tuple[Shelf, ...]:
    return tuple(of(each) for each in (row.subject, *row.names))


# ----------------------------------------------------------------------------------- how to ask


def event(position: int) -> Key:
    return key(position)


def of(subject: UUID) -> Shelf:
    """The events that are about this, in the order of recording."""
    return shelf("about", subject)


view = View(
    name="timeline",
    version=1,
    row=TimelineRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
