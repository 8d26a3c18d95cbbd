"""The matrix document x party: the day on which each party could first know each document."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from application.sentences.names import Names
from domain.convenant_project.award import AwardDecided, ContractSigned
from domain.dossier import Dossier, Sight, Version
from domain.law.coverage import NotCovered
from domain.rules.case import Case, Missing
from domain.terms import Instant, MemberId, dutch_date, end_of

Found = TypeVar("Found")


class Standing(StrEnum):
    """How one party's first knowledge of a version compares with what it should be."""

    EARLY = "early"
    IN_TIME = "in-time"
    LATE = "late"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Party:
    id: MemberId
    name: str
    badges: tuple[str, ...]
    """Keys of texts: `party.bidder`, ..."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    party: Party
    sight: Sight | None
    standing: Standing
    public: bool
    """It could read the version because everybody could."""


@dataclass(frozen=True, kw_only=True)
class Row:
    version: Version
    title: str
    relevant: bool
    position: int
    everybody: Sight | None
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        return f"{self.version[0]} v{self.version[1]}"


@dataclass(frozen=True, kw_only=True)
class Milestones:
    """The moments that decide what is early and late; None where they are not known yet."""

    opening: Instant | None
    cutoff: Instant | None
    deadline: Instant | None


@dataclass(frozen=True, kw_only=True)
class Matrix:
    parties: tuple[Party, ...]
    rows: tuple[Row, ...]
    milestones: Milestones


def matrix(case: Case, names: Names) -> Matrix:
    """Every version against everybody who competes, was involved or was given something."""
    dossier = case.dossier
    parties = _parties(case, names)
    milestones = _milestones(case)
    relevant = frozenset(_or_none(lambda: case.relevant) or ())
    rows = tuple(
        Row(
            version=version,
            title=added.fact.title,
            relevant=version in relevant,
            position=added.position,
            everybody=dossier.publications.get(version),
            cells=tuple(_cell(dossier, party, version, milestones) for party in parties),
        )
        for version, added in sorted(dossier.versions.items(), key=lambda each: _order(each[0]))
    )
    return Matrix(parties=parties, rows=rows, milestones=milestones)


def _order(version: Version) -> tuple[str, int, int]:
    """D2 before D10."""
    code, number = version
    digits = "".join(each for each in code if each.isdigit())
    return code.rstrip("0123456789"), int(digits or 0), number


def _parties(case: Case, names: Names) -> tuple[Party, ...]:
    dossier = case.dossier
    involved = frozenset(_or_none(lambda: case.involved) or {})
    given = {party for party, _ in dossier.disclosures}
    opening = dossier.opening
    members = dossier.circle_members(opening.occurred_at) if opening is not None else frozenset()
    winner = _winner(dossier)

    def badges(party: MemberId) -> tuple[str, ...]:
        shown = {
            "party.winner": party == winner,
            "party.bidder": party in dossier.bidders,
            "party.invited": party in dossier.invited,
            "party.involved": party in involved,
            "party.member": party in members,
        }
        return tuple(key for key, holds in shown.items() if holds)

    found = dossier.competitors | involved | given
    return tuple(
        sorted(
            (Party(id=each, name=names(each), badges=badges(each)) for each in found),
            key=lambda party: party.name,
        )
    )


def _winner(dossier: Dossier) -> MemberId | None:
    signed = dossier.project.last(ContractSigned)
    if signed is not None:
        return signed.fact.contractor
    decided = dossier.project.last(AwardDecided)
    return None if decided is None else decided.fact.winner


def _cell(dossier: Dossier, party: Party, version: Version, milestones: Milestones) -> Cell:
    sight = dossier.first_seen(party.id, version)
    public = dossier.publications.get(version)
    return Cell(
        party=party,
        sight=sight,
        standing=_standing(dossier, party, version, sight, milestones),
        public=sight is not None and sight == public,
    )


def _standing(
    dossier: Dossier,
    party: Party,
    version: Version,
    sight: Sight | None,
    milestones: Milestones,
) -> Standing:
    if sight is None:
        return Standing.NEVER
    if milestones.cutoff is not None and dutch_date(sight.at) > dutch_date(milestones.cutoff):
        return Standing.LATE
    others = (
        dossier.first_seen(other, version) for other in dossier.competitors if other != party.id
    )
    behind = any(other is None or sight.at < other.at for other in others)
    before = milestones.opening is not None and sight.at < milestones.opening
    return Standing.EARLY if behind and before else Standing.IN_TIME


def _milestones(case: Case) -> Milestones:
    opening = case.dossier.opening
    deadline = case.dossier.deadline()
    cutoff = _or_none(lambda: case.cutoff_day)
    return Milestones(
        opening=None if opening is None else opening.occurred_at,
        cutoff=None if cutoff is None else end_of(cutoff),
        deadline=None if deadline is None else deadline.fact.deadline,
    )


def _or_none(ask: Callable[[], Found]) -> Found | None:
    """What the case answers; None while a fact or a number is missing."""
    try:
        return ask()
    except (Missing, NotCovered):
        return None
