"""Compliance: the dossier of a project as of a position, and the verdicts of the rules about it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from application.mentions import ids_in
from application.ports import Ledger
from domain.circle.founding import CircleFounded
from domain.convenant_project.preparation import CircleLinked, ProjectDiscussed, ProjectRegistered
from domain.dossier import Dossier, File
from domain.law.parameters import (
    Parameters,
    parameters_in_force,
    recorded_adoptions,
    recorded_band_sets,
)
from domain.member.organisation import MemberRegistered
from domain.record import Recorded
from domain.rules.case import Case
from domain.rules.catalogue import RULES
from domain.rules.judge import judge_all
from domain.rules.rule import Judgement, Rule
from domain.terms import Fact, Instant, MemberId, ProjectId


class Registers(Protocol):
    """What must be looked up before the streams of a dossier can be named."""

    async def projects_of(self, authority: MemberId, *, as_of: int) -> Sequence[ProjectId]:
        """The projects of one contracting authority."""

    async def linked_to(self, member: MemberId, *, as_of: int) -> Sequence[MemberId]:
        """Undertakings linked to an organisation, from whichever side that was recorded."""

    async def qualified(self, *, as_of: int) -> Collection[MemberId]:
        """The organisations known to be fit for some kind of work, each once."""


class UnknownProject(Exception):
    """No project has this id at this position."""

    def __init__(self, project: UUID, position: int) -> None:
        super().__init__(f"position {position} knows no project {project}")
        self.project = project
        self.position = position


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """Every rule's verdict on one project: a function of position, moment, rules and parameters."""

    case: Case
    judgements: tuple[Judgement, ...]

    @property
    def dossier(self) -> Dossier:
        return self.case.dossier

    @property
    def judged_at(self) -> Instant:
        return self.case.judged_at

    @property
    def parameters(self) -> str:
        """The fingerprint of the numbers that the rules judged by."""
        return self.case.parameters.fingerprint


async def judge_project(
    ledger: Ledger,
    registers: Registers,
    project: ProjectId,
    *,
    position: int,
    judged_at: Instant | None = None,
    rules: Iterable[Rule] = RULES,
) -> Verdicts:
    """The verdicts on `project` as of `position`; raises `UnknownProject`.

    `judged_at` is the recorded time of that position unless it is given, so that the same
    arguments always give the same verdicts.
    """
    dossier = await project_dossier(ledger, registers, project, position=position)
    moment = judged_at or await ledger.recorded_at(position)
    case = Case(dossier=dossier, judged_at=moment, parameters=_parameters(dossier))
    return Verdicts(case=case, judgements=judge_all(rules, case))


def _parameters(dossier: Dossier) -> Parameters:
    registration = dossier.registration
    recorded = dossier.authority.facts
    return parameters_in_force(
        recorded_adoptions(recorded),
        () if registration is None else recorded_band_sets(registration.fact.authority, recorded),
    )


async def project_dossier(
    ledger: Ledger,
    registers: Registers,
    project: ProjectId,
    *,
    position: int,
    also: Collection[MemberId] = (),
) -> Dossier:
    """Everything recorded up to `position` that bears on `project`; raises `UnknownProject`.

    `also` are organisations that are asked about, whether or not anything there mentions them.
    """
    own = File(tuple(await ledger.load(project, up_to=position)))
    registered = own.first(ProjectRegistered)
    if registered is None:
        raise UnknownProject(project, position)
    circles = await _files(
        ledger,
        {
            *(each.fact.circle for each in own.of(CircleLinked)),
            *(each.fact.circle for each in own.of(ProjectDiscussed)),
        },
        CircleFounded,
        position,
    )
    mentioned = {found for file in (own, *circles.values()) for found in _mentioned(file)} | {*also}
    # PRC-11 asks who was passed over, and whoever was passed over nobody mentions.
    mentioned.update(await registers.qualified(as_of=position))
    members = await _with_linked(ledger, registers, mentioned, position)
    authority = registered.fact.authority
    neighbours = set(await registers.projects_of(authority, as_of=position)) - {project}
    return Dossier(
        id=project,
        position=position,
        project=own,
        circles=circles,
        members=members,
        neighbours=await _files(ledger, neighbours, ProjectRegistered, position),
    )


async def _with_linked(
    ledger: Ledger, registers: Registers, mentioned: Iterable[UUID], position: int
) -> dict[UUID, File[Any]]:
    """The files of the organisations mentioned, and of all undertakings linked to them."""
    members = await _files(ledger, set(mentioned), MemberRegistered, position)
    asked: set[UUID] = set()
    while todo := members.keys() - asked:
        linked = {
            found
            for member in sorted(todo, key=str)
            for found in await registers.linked_to(MemberId(member), as_of=position)
        }
        asked |= todo
        members |= await _files(ledger, linked - members.keys(), MemberRegistered, position)
    return members


async def _files(
    ledger: Ledger, streams: set[Any], beginning: type[Fact], position: int
) -> dict[UUID, File[Any]]:
    """The streams that exist and begin with a fact of this kind, as files."""
    found: dict[UUID, list[Recorded[Fact]]] = {}
    if streams:
        for each in await ledger.load_many(sorted(streams, key=str), up_to=position):
            found.setdefault(each.stream, []).append(each)
    return {
        stream: File(tuple(recorded))
        for stream, recorded in found.items()
        if isinstance(recorded[0].fact, beginning)
    }


def _mentioned(file: File[Any]) -> set[UUID]:
    return {found for each in file.facts for found in ids_in(each.fact)}
