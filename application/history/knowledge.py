"""What an organisation knew at a moment, by which route, and what others knew that it did not.

Equal at the line (gelijk aan de streep) is the demand that all who compete know the same. Two times
are asked about: as of which position the record is read, and the moment up to which things had
happened. What an undertaking linked to it was given, an organisation is taken to know as well; what
was published, everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from application.mentions import ids_in
from application.views import member_dossier
from application.views.member_dossier import FACTS, Part
from domain.convenant_project.knowledge import (
    DocumentDisclosed,
    DocumentPublished,
    Genre,
    Relevance,
)
from domain.dossier import Dossier, Version
from domain.record import Recorded
from domain.terms import Code, Fact, Instant, MemberId


class Route(StrEnum):
    """How somebody could know a version of a document."""

    GIVEN = "given"  # verstrekt
    LINKED = "linked"  # via een verbonden onderneming
    PUBLIC = "public"  # openbaar


@dataclass(frozen=True, kw_only=True)
class Way:
    """One event by which a version could be known; `through` is the linked undertaking."""

    route: Route
    known_at: Instant
    position: int
    through: MemberId | None = None


@dataclass(frozen=True, kw_only=True)
class Knower:
    """Somebody who could know it, since when, and the event that shows it."""

    member: MemberId
    known_at: Instant
    position: int


@dataclass(frozen=True, kw_only=True)
class KnownItem:
    """A version of a document. `knownAt` is the earliest of its `ways`."""

    document: Code
    version: int
    title: str
    relevance: Relevance
    genre: Genre
    known_at: Instant
    ways: tuple[Way, ...]


@dataclass(frozen=True, kw_only=True)
class MissedItem:
    """A version that others could know by then, and this organisation could not."""

    document: Code
    version: int
    title: str
    relevance: Relevance
    genre: Genre
    known_by: tuple[Knower, ...]


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """`heard` are the other events by which it came to know something, such as a meeting."""

    known: tuple[KnownItem, ...]
    missed: tuple[MissedItem, ...]
    heard: tuple[Recorded[Fact], ...]


def knowledge(dossier: Dossier, member: MemberId, moment: Instant) -> Knowledge:
    """What `member` knew of a project at `moment`, as the dossier has it.

    Of what happened in the circles only the events count that name the project.
    """
    known: list[KnownItem] = []
    missed: list[MissedItem] = []
    for version, added in sorted(dossier.versions.items()):
        fact = added.fact
        ways = tuple(sorted(_ways(dossier, member, version, moment), key=_when))
        if ways:
            known.append(
                KnownItem(
                    document=fact.document,
                    version=fact.version,
                    title=fact.title,
                    relevance=fact.relevance,
                    genre=fact.genre,
                    known_at=ways[0].known_at,
                    ways=ways,
                )
            )
        elif knowers := tuple(_knowers(dossier, version, moment)):
            missed.append(
                MissedItem(
                    document=fact.document,
                    version=fact.version,
                    title=fact.title,
                    relevance=fact.relevance,
                    genre=fact.genre,
                    known_by=knowers,
                )
            )
    return Knowledge(
        known=tuple(known), missed=tuple(missed), heard=tuple(_heard(dossier, member, moment))
    )


def _when(way: Way) -> tuple[Instant, int]:
    return way.known_at, way.position


def _ways(dossier: Dossier, member: MemberId, version: Version, moment: Instant) -> Iterator[Way]:
    group = dossier.group(member)
    for given in dossier.project.of(DocumentDisclosed):
        fact = given.fact
        if (fact.document, fact.version) != version or fact.recipient not in group:
            continue
        own = fact.recipient == member
        if given.occurred_at <= moment:
            yield Way(
                route=Route.GIVEN if own else Route.LINKED,
                known_at=given.occurred_at,
                position=given.position,
                through=None if own else fact.recipient,
            )
    for published in dossier.project.of(DocumentPublished):
        found = (published.fact.document, published.fact.version)
        if found == version and published.occurred_at <= moment:
            yield Way(
                route=Route.PUBLIC,
                known_at=published.occurred_at,
                position=published.position,
            )


def _knowers(dossier: Dossier, version: Version, moment: Instant) -> Iterator[Knower]:
    """Everybody who competes or was given anything, as far as they could know this version."""
    others = dossier.competitors | {recipient for recipient, _ in dossier.disclosures}
    for other in sorted(others):
        sight = dossier.first_seen(other, version)
        if sight is not None and sight.at <= moment:
            yield Knower(member=other, known_at=sight.at, position=sight.position)


def _heard(dossier: Dossier, member: MemberId, moment: Instant) -> Iterator[Recorded[Fact]]:
    kinds = frozenset(FACTS.values()) - {DocumentDisclosed}
    in_circles = (
        each
        for file in dossier.circles.values()
        for each in file.facts
        if type(each.fact) in kinds and dossier.id in {*ids_in(each.fact)}
    )
    for each in sorted((*dossier.project.facts, *in_circles), key=lambda one: one.position):
        if type(each.fact) not in kinds or each.occurred_at > moment:
            continue
        row = member_dossier.on(None, each)
        if row is not None and Part.KNEW in row.part_of(member):
            yield each
