"""A ledger of many events as a busy region would have it, for benches that read.

Some fifty authorities, each with a circle of ten to thirty organisations and projects that run side
by side: about a hundred events each, of which more than half say who was given which document. The
rows are put into the ledger past its door, which is what makes a million of them possible; they are
the rows that its door would have written.
"""

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from psycopg import AsyncConnection

from domain.circle.founding import CircleFounded
from domain.circle.meetings import Attendance, MeetingHeld, ReportPublished
from domain.circle.membership import MemberJoined
from domain.circle.seats import SeatRole, SeatTaken, Side
from domain.convenant_project.award import AwardDecided, ContractSigned
from domain.convenant_project.contract_design import EstimateMade
from domain.convenant_project.execution import EvaluationHeld, WorkDelivered, WorkStarted
from domain.convenant_project.knowledge import (
    Channel,
    DocumentDisclosed,
    DocumentPublished,
    DocumentVersionAdded,
    Genre,
    Relevance,
)
from domain.convenant_project.preparation import (
    CircleLinked,
    ContractKind,
    ExpertGroupFormed,
    ExpertGroupMet,
    MonitoringProgrammeSet,
    ProjectAnnounced,
    ProjectDiscussed,
    ProjectRegistered,
    PublicChannel,
    RequestDrafted,
)
from domain.convenant_project.procedure import (
    NoticeChannel,
    NoticeDispatched,
    NoticePublished,
    ProcedureStarted,
    ProcedureType,
)
from domain.convenant_project.tendering import TenderSubmitted
from domain.member.organisation import LegalForm, MemberRegistered, OrganisationKind
from domain.terms import CircleId, Code, Euro, Fact, MemberId, PersonRef
from infrastructure.entry import TAIL, body_hash, entry_head
from infrastructure.event_mapper import EventMapper

AUTHORITIES = 50
AT_ONCE = 200
"""Projects that run side by side."""
_START = datetime(2020, 1, 1, 9, tzinfo=UTC)
_SECONDS_BETWEEN = 150
_POLICY = bytes(32)
Told = tuple[UUID, Fact]


class _World:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311
        self.now = _START
        self.authorities = [MemberId(self.id()) for _ in range(AUTHORITIES)]
        self.circles = {each: CircleId(self.id()) for each in self.authorities}
        self.members = {
            each: [MemberId(self.id()) for _ in range(self.dice.randint(10, 30))]
            for each in self.authorities
        }

    def id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def founding(self) -> Iterator[Told]:
        for authority, members in self.members.items():
            kind = OrganisationKind.CONTRACTING_AUTHORITY
            yield authority, self._registered(kind, LegalForm.PUBLIC_BODY)
            circle = self.circles[authority]
            yield (
                circle,
                CircleFounded(
                    occurred_at=self.now,
                    name="Kenniskring Wegen",
                    authority=authority,
                    municipality_code="gm0363",
                    region="Noord",
                ),
            )
            for number, each in enumerate(members):
                kind = OrganisationKind.CONTRACTOR
                yield each, self._registered(kind, LegalForm.PRIVATE_LIMITED)
                yield circle, MemberJoined(occurred_at=self.now, member=each)
                yield (
                    circle,
                    SeatTaken(
                        occurred_at=self.now,
                        seat=Code(f"Z{number}"),
                        side=Side.SME,
                        member=each,
                        person=PersonRef(self.id()),
                        roles=(SeatRole.DIRECTOR,),
                    ),
                )

    def _registered(self, kind: OrganisationKind, legal_form: LegalForm) -> MemberRegistered:
        return MemberRegistered(
            occurred_at=self.now,
            name=f"Organisatie {self.dice.randint(1, 10**6)}",
            kind=kind,
            legal_form=legal_form,
        )

    def meeting(self, number: int) -> Iterator[Told]:
        authority = self.dice.choice(self.authorities)
        circle, meeting = self.circles[authority], Code(f"M{number}")
        yield (
            circle,
            MeetingHeld(
                occurred_at=self.now,
                meeting=meeting,
                agenda=(),
                attendance=tuple(Attendance(member=each) for each in self.members[authority][:8]),
                competition_statement=True,
            ),
        )
        yield (
            circle,
            ReportPublished(
                occurred_at=self.now,
                meeting=meeting,
                url=f"https://gemeente.example/verslag/{number}",
                projects=(),
            ),
        )

    def project(self) -> Iterator[Told]:
        authority = self.dice.choice(self.authorities)
        project, members = self.id(), self.members[authority]
        for fact in self._facts(authority, members):
            yield project, fact

    def _facts(self, authority: MemberId, members: list[MemberId]) -> Iterator[Fact]:
        circle, dice = self.circles[authority], self.dice
        yield ProjectRegistered(
            occurred_at=self.now,
            title="Herinrichting van de Dorpsstraat en het riool",
            authority=authority,
            kind=ContractKind.WORKS,
            object="Wegdek, riool en groen",
            location="Dorpsstraat",
            cpv="45233140",
            under_convenant=True,
        )
        yield CircleLinked(occurred_at=self.now, circle=circle)
        yield ProjectDiscussed(occurred_at=self.now, circle=circle, meeting=Code("M1"))
        yield ProjectAnnounced(
            occurred_at=self.now, channel=PublicChannel.PROCUREMENT_CALENDAR, url=None
        )
        experts = tuple(dice.sample(members, 3))
        yield ExpertGroupFormed(occurred_at=self.now, members=experts)
        yield ExpertGroupMet(occurred_at=self.now, session=Code("S1"), attendance=experts)
        for document in range(6):
            yield from self._document(Code(f"D{document}"), members)
        yield RequestDrafted(occurred_at=self.now, focus_points=("Hinder",), selection_criteria=())
        yield MonitoringProgrammeSet(occurred_at=self.now, indicators=("CO2",))
        yield EstimateMade(
            occurred_at=self.now,
            amount=Euro(120_000_00),
            excludes_vat=True,
            includes_options=True,
            includes_extensions=True,
            includes_supplied_goods=True,
            method="Elementenraming",
        )
        yield ProcedureStarted(
            occurred_at=self.now, procedure=ProcedureType.NATIONAL_OPEN, electronic=True
        )
        yield NoticeDispatched(occurred_at=self.now)
        yield NoticePublished(occurred_at=self.now, channel=NoticeChannel.TENDERNED)
        for each in dice.sample(members, 5):
            yield TenderSubmitted(occurred_at=self.now, tenderer=each, price=Euro(100_000_00))
        winner = dice.choice(members)
        yield AwardDecided(occurred_at=self.now, winner=winner, reasons="Beste prijs en kwaliteit")
        yield ContractSigned(occurred_at=self.now, contractor=winner, value=Euro(110_000_00))
        yield WorkStarted(occurred_at=self.now)
        yield WorkDelivered(occurred_at=self.now)
        yield EvaluationHeld(occurred_at=self.now, summary="Goed verlopen")

    def _document(self, document: Code, members: list[MemberId]) -> Iterator[Fact]:
        for version in (1, 2):
            yield DocumentVersionAdded(
                occurred_at=self.now,
                document=document,
                version=version,
                title="Tekening van de nieuwe situatie",
                sha256=f"{self.dice.getrandbits(256):064x}",
                relevance=Relevance.RELEVANT,
                genre=Genre.SPECIFICATION,
            )
            for each in self.dice.sample(members, 5):
                yield DocumentDisclosed(
                    occurred_at=self.now,
                    document=document,
                    version=version,
                    recipient=each,
                    channel=Channel.PORTAL,
                )
            yield DocumentPublished(
                occurred_at=self.now,
                document=document,
                version=version,
                channel=PublicChannel.TENDERNED,
            )


def told(events: int, seed: int = 1) -> Iterator[Told]:
    """So many facts with their streams, always the same ones for a seed."""
    world = _World(seed)
    running: list[Iterator[Told]] = []
    number = 0
    for each in world.founding():
        number += 1
        yield each
    while number < events:
        world.now = _START + timedelta(seconds=_SECONDS_BETWEEN * number)
        if len(running) < AT_ONCE:
            running.append(world.project() if world.dice.random() < 0.97 else world.meeting(number))  # noqa: PLR2004
        chosen = world.dice.randrange(len(running))
        found = next(running[chosen], None)
        if found is None:
            running.pop(chosen)
            continue
        number += 1
        yield found


async def fill(connection: AsyncConnection, mapper: EventMapper, events: int) -> None:
    """Put `told(events)` into an empty ledger. The connection is a superuser's."""
    versions: dict[UUID, int] = defaultdict(int)
    actor = UUID(int=1, version=4)
    columns = (
        "position, stream, version, name, name_version, body, salt, recorded_at, actor, command,"
        " policy, entry"
    )
    kinds = ["int8", "uuid", "int4", "text", "int4", "bytea", "bytea", "timestamptz", "uuid"]
    kinds += ["uuid", "bytea", "bytea"]
    statement = f"COPY ledger.event ({columns}) FROM STDIN (FORMAT BINARY)"
    async with (
        connection.transaction(),
        connection.cursor() as cursor,
        cursor.copy(statement.encode()) as copy,
    ):
        copy.set_types(kinds)
        for position, (stream, fact) in enumerate(told(events), start=1):
            name, name_version, body = mapper.store(fact)
            versions[stream] += 1
            salt = hashlib.sha256(position.to_bytes(8, "big")).digest()
            command = UUID(int=position, version=4)
            head = entry_head(
                stream=stream,
                version=versions[stream],
                name=name,
                name_version=name_version,
                command=command,
                actor=actor,
                policy=_POLICY,
                body_hash=body_hash(salt, body),
            )
            moment = fact.occurred_at.isoformat(timespec="microseconds")[:-6] + "Z"
            entry = head + moment.encode() + TAIL
            await copy.write_row(
                (
                    position, stream, versions[stream], name, name_version, body, salt,
                    fact.occurred_at, actor, command, _POLICY, entry,
                )
            )  # fmt: skip
    await connection.execute(
        "INSERT INTO ledger.command SELECT command, sha256(''), stream, position, position, version,"
        " recorded_at FROM ledger.event"
    )
    await connection.execute("ANALYZE ledger.event, ledger.command")
