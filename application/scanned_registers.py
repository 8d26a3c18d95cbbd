"""What a dossier looks up before it can be named, read from the ledger itself.

For a sandbox that nothing follows: one reading of every event per position asked about. A service
has views (`registers.ViewRegisters`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from application.ports import Ledger
from domain.convenant_project.preparation import ProjectRegistered
from domain.member.organisation import UndertakingLinked
from domain.member.practice import QualificationStated
from domain.terms import MemberId, ProjectId


@dataclass(frozen=True)
class _Scan:
    """Authority and project, both ends of each link, in the ledger's order; who is qualified."""

    projects: tuple[tuple[MemberId, ProjectId], ...]
    links: tuple[tuple[MemberId, MemberId], ...]
    qualified: frozenset[MemberId]


class ScannedRegisters:
    """Remembers the newest scan, because every project of a scenario is judged at one position."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._scanned: tuple[int, _Scan] | None = None

    async def projects_of(self, authority: MemberId, *, as_of: int) -> Sequence[ProjectId]:
        """The projects of one contracting authority."""
        scan = await self._scan(as_of)
        return [project for owner, project in scan.projects if owner == authority]

    async def linked_to(self, member: MemberId, *, as_of: int) -> Sequence[MemberId]:
        """Undertakings linked to an organisation, from whichever side that was recorded."""
        scan = await self._scan(as_of)
        return [
            *(other for one, other in scan.links if one == member),
            *(one for one, other in scan.links if other == member),
        ]

    async def qualified(self, *, as_of: int) -> Collection[MemberId]:
        """The organisations known to be fit for some kind of work, each once."""
        return (await self._scan(as_of)).qualified

    async def _scan(self, as_of: int) -> _Scan:
        if self._scanned is None or self._scanned[0] != as_of:
            self._scanned = as_of, await self._read(as_of)
        return self._scanned[1]

    async def _read(self, as_of: int) -> _Scan:
        projects: list[tuple[MemberId, ProjectId]] = []
        links: list[tuple[MemberId, MemberId]] = []
        qualified: set[MemberId] = set()
        async for each in self._ledger.read(up_to=as_of):
            match each.fact:
                case ProjectRegistered(authority=authority):
                    projects.append((authority, ProjectId(each.stream)))
                case UndertakingLinked(other=other):
                    links.append((MemberId(each.stream), other))
                case QualificationStated():
                    qualified.add(MemberId(each.stream))
                case _:
                    pass
        return _Scan(projects=tuple(projects), links=tuple(links), qualified=frozenset(qualified))
