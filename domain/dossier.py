"""The dossier: who was told what, when, and where everyone could read it.

A dossier is a value folded from named streams up to one position: the project itself, the circles
that heard of it, the organisations that play a part, and the other projects of the same authority.
It answers questions of fact. What the law makes of the answers is for `domain.rules`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.circle.membership import MemberJoined, MemberLeft
from domain.convenant_project import ProjectFact
from domain.convenant_project.contract_design import EstimateMade
from domain.convenant_project.knowledge import (
    DocumentDisclosed,
    DocumentPublished,
    DocumentVersionAdded,
    DocumentWithdrawn,
)
from domain.convenant_project.preparation import ProjectRegistered
from domain.convenant_project.procedure import (
    DeadlineKind,
    DeadlineMoved,
    DeadlineSet,
    NoticeDispatched,
    NoticePublished,
    NoticeRenewed,
    ProcedureStarted,
)
from domain.convenant_project.tendering import CandidateRegistered, InvitationSent, TenderSubmitted
from domain.member.organisation import UndertakingLinked
from domain.record import Recorded
from domain.terms import Code, Fact, Instant, MemberId, ProjectId, dutch_date

AnyFact = TypeVar("AnyFact", bound=Fact)
Kind = TypeVar("Kind", bound=Fact)
Version = tuple[Code, int]
"""A document's code and the number of its version."""


@dataclass(frozen=True)
class File(Generic[AnyFact]):
    """The recorded facts of one stream, in order, to be asked for by kind."""

    facts: tuple[Recorded[AnyFact], ...] = ()

    @cached_property
    def _by_kind(self) -> Mapping[type[Fact], tuple[Recorded[Any], ...]]:
        kinds: dict[type[Fact], list[Recorded[Any]]] = {}
        for each in self.facts:
            kinds.setdefault(type(each.fact), []).append(each)
        return {kind: tuple(found) for kind, found in kinds.items()}

    def of(self, kind: type[Kind]) -> tuple[Recorded[Kind], ...]:
        """Every fact of one kind, in the ledger's order."""
        return self._by_kind.get(kind, ())

    def first(self, kind: type[Kind]) -> Recorded[Kind] | None:
        """The one that happened first."""
        return min(self.of(kind), key=_happened, default=None)

    def last(self, kind: type[Kind], *, by: Instant | None = None) -> Recorded[Kind] | None:
        """The one that happened last, no later than `by` where that is given."""
        found = (each for each in self.of(kind) if by is None or each.occurred_at <= by)
        return max(found, key=_happened, default=None)


def _happened(recorded: Recorded[Any]) -> tuple[Instant, int]:
    return recorded.occurred_at, recorded.position


@dataclass(frozen=True, kw_only=True)
class Sight:
    """The moment from which an organisation could know a version, and the event that shows it."""

    at: Instant
    position: int


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything recorded up to `position` that bears on one project.

    `neighbours` are the other projects of the same authority. Ids that no stream was handed for
    give an empty file.
    """

    id: ProjectId
    position: int
    project: File[Any]
    circles: Mapping[UUID, File[Any]] = field(default_factory=dict)
    members: Mapping[UUID, File[Any]] = field(default_factory=dict)
    neighbours: Mapping[UUID, File[Any]] = field(default_factory=dict)

    # ------------------------------------------------------------------ what everything hangs on

    @property
    def registration(self) -> Recorded[ProjectRegistered] | None:
        return self.project.first(ProjectRegistered)

    @property
    def authority(self) -> File[Any]:
        """The file of the contracting authority (aanbestedende dienst)."""
        registration = self.registration
        return File() if registration is None else self.member(registration.fact.authority)

    def member(self, member: MemberId) -> File[Any]:
        return self.members.get(member, File())

    @property
    def procedure(self) -> Recorded[ProcedureStarted] | None:
        return self.project.first(ProcedureStarted)

    def estimate(self, *, by: Instant) -> Recorded[EstimateMade] | None:
        """The newest estimate (raming) on the Dutch calendar day of `by`, or before it."""
        day = dutch_date(by)
        found = [e for e in self.project.of(EstimateMade) if dutch_date(e.occurred_at) <= day]
        return max(found, key=_happened, default=None)

    # -------------------------------------------------------------------- notice and invitations

    @property
    def notice_sent(self) -> Recorded[Any] | None:
        """The dispatch of the notice that counts; its publication where no dispatch is known."""
        renewed = self.project.last(NoticeRenewed)
        if renewed is not None:
            return renewed
        return self.project.first(NoticeDispatched) or self.project.first(NoticePublished)

    @property
    def notice_published(self) -> Recorded[Any] | None:
        """The publication of the notice that counts: the newest, if it was announced anew."""
        return self.project.last(NoticeRenewed) or self.project.first(NoticePublished)

    @property
    def invitations(self) -> tuple[Recorded[InvitationSent], ...]:
        return self.project.of(InvitationSent)

    @property
    def invited(self) -> frozenset[MemberId]:
        return frozenset(each.fact.recipient for each in self.invitations)

    @property
    def opening(self) -> Recorded[Any] | None:
        """The notice, or the first invitation where there is no notice."""
        return self.notice_published or self.project.first(InvitationSent)

    # ------------------------------------------------------------------------------ the deadline

    def deadline_set(self, kind: DeadlineKind = DeadlineKind.TENDERS) -> Recorded[Any] | None:
        """The first deadline that was set."""
        found = [each for each in self.project.of(DeadlineSet) if each.fact.kind is kind]
        return min(found, key=_happened, default=None)

    def deadline_moves(
        self, kind: DeadlineKind = DeadlineKind.TENDERS
    ) -> tuple[Recorded[DeadlineMoved], ...]:
        """The moves that counted, in order.

        Each was made before the deadline it moved, or after the contract was announced anew.
        """
        first = self.deadline_set(kind)
        if first is None:
            return ()
        moves = sorted(
            (each for each in self.project.of(DeadlineMoved) if each.fact.kind is kind),
            key=_happened,
        )
        renewals = [each.occurred_at for each in self.project.of(NoticeRenewed)]
        counted: list[Recorded[DeadlineMoved]] = []
        current: Instant = first.fact.deadline
        for move in moves:
            anew = any(current < renewed <= move.occurred_at for renewed in renewals)
            if move.occurred_at <= current or anew:
                counted.append(move)
                current = move.fact.deadline
        return tuple(counted)

    def deadline(self, kind: DeadlineKind = DeadlineKind.TENDERS) -> Recorded[Any] | None:
        """The fact that carries the deadline (`fact.deadline`) as it ended up."""
        moves = self.deadline_moves(kind)
        return moves[-1] if moves else self.deadline_set(kind)

    def deadline_at(self, moment: Instant) -> Instant | None:
        """The deadline for tenders as everybody knew it at `moment`."""
        moves = [each for each in self.deadline_moves() if each.occurred_at < moment]
        if moves:
            return moves[-1].fact.deadline
        first = self.deadline_set()
        return None if first is None else first.fact.deadline

    # ------------------------------------------------------------------------------ who competes

    @property
    def tenders(self) -> tuple[Recorded[TenderSubmitted], ...]:
        return self.project.of(TenderSubmitted)

    @property
    def bidders(self) -> frozenset[MemberId]:
        return frozenset(each.fact.tenderer for each in self.tenders)

    @property
    def competitors(self) -> frozenset[MemberId]:
        """Bidders, invited organisations and registered candidates (gegadigden)."""
        candidates = (each.fact.candidate for each in self.project.of(CandidateRegistered))
        return self.bidders | self.invited | frozenset(candidates)

    def group(self, member: MemberId) -> frozenset[MemberId]:
        """The organisation and all undertakings linked to it, directly or through others."""
        return self._groups.get(member, frozenset({member}))

    @cached_property
    def _groups(self) -> Mapping[MemberId, frozenset[MemberId]]:
        groups: dict[MemberId, frozenset[MemberId]] = {}
        for owner, file in self.members.items():
            for link in file.of(UndertakingLinked):
                one, other = MemberId(owner), link.fact.other
                joined = groups.get(one, frozenset({one})) | groups.get(other, frozenset({other}))
                groups.update(dict.fromkeys(joined, joined))
        return groups

    # --------------------------------------------------------------------------------- the circle

    def circle_members(self, moment: Instant) -> frozenset[MemberId]:
        """Who was in a circle that hears of this project, at `moment`."""
        inside: set[MemberId] = set()
        for file in self.circles.values():
            moves: list[Recorded[MemberJoined | MemberLeft]] = [
                *file.of(MemberJoined),
                *file.of(MemberLeft),
            ]
            for move in sorted(moves, key=_happened):
                if move.occurred_at > moment:
                    break
                if isinstance(move.fact, MemberJoined):
                    inside.add(move.fact.member)
                else:
                    inside.discard(move.fact.member)
        return frozenset(inside)

    # ------------------------------------------------------------------------ who was told what

    @cached_property
    def versions(self) -> Mapping[Version, Recorded[DocumentVersionAdded]]:
        return {
            (each.fact.document, each.fact.version): each
            for each in self.project.of(DocumentVersionAdded)
        }

    @cached_property
    def publications(self) -> Mapping[Version, Sight]:
        """From when everybody could read a version."""
        return _earliest(
            ((each.fact.document, each.fact.version), each)
            for each in self.project.of(DocumentPublished)
        )

    @cached_property
    def disclosures(self) -> Mapping[tuple[MemberId, Version], Sight]:
        """From when one organisation itself had a version given to it."""
        return _earliest(
            ((each.fact.recipient, (each.fact.document, each.fact.version)), each)
            for each in self.project.of(DocumentDisclosed)
        )

    def first_seen(self, member: MemberId, version: Version) -> Sight | None:
        """From when an organisation could know a version; None is never.

        What an undertaking linked to it was given, it is taken to know as well.
        """
        sights = [
            sight
            for each in self.group(member)
            if (sight := self.disclosures.get((each, version))) is not None
        ]
        if (public := self.publications.get(version)) is not None:
            sights.append(public)
        return min(sights, key=lambda sight: (sight.at, sight.position), default=None)

    def knows(self, member: MemberId, version: Version, moment: Instant) -> bool:
        """Whether an organisation could know a version at `moment`."""
        sight = self.first_seen(member, version)
        return sight is not None and sight.at <= moment

    def current(self, document: Code, moment: Instant) -> Version | None:
        """The newest version of a document that existed, and was not withdrawn, at `moment`."""
        withdrawn = {
            (each.fact.document, each.fact.version)
            for each in self.project.of(DocumentWithdrawn)
            if each.occurred_at <= moment
        }
        standing = [
            version
            for version, added in self.versions.items()
            if version[0] == document and added.occurred_at <= moment and version not in withdrawn
        ]
        return max(standing, default=None, key=lambda version: version[1])


def _earliest(
    found: Iterable[tuple[Any, Recorded[ProjectFact]]],
) -> dict[Any, Sight]:
    earliest: dict[Any, Sight] = {}
    for key, recorded in found:
        sight = Sight(at=recorded.occurred_at, position=recorded.position)
        if key not in earliest or sight.at < earliest[key].at:
            earliest[key] = sight
    return earliest


def days_between(earlier: Instant, later: Instant) -> int:
    """Calendar days from the one Dutch day to the other; the first day is day 0."""
    return (dutch_date(later) - dutch_date(earlier)).days


def start_day(dossier: Dossier) -> date | None:
    """The Dutch day on which the project began."""
    registration = dossier.registration
    return None if registration is None else dutch_date(registration.occurred_at)
