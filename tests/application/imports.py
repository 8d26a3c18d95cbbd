"""Importing notices in tests: into a real ledger, or into one in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from application.notices.import_notice import Imported, import_notice
from application.notices.notice import Notice
from application.sealing.sealer import Sealer
from domain.convenant_project.provenance import NoticeImported
from domain.record import Recorded
from domain.terms import Fact, Instant, MemberId, PersonRef
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.ledger import PostgresLedger
from tests.conftest import Database
from tests.given import ACTOR, NOW
from tests.infrastructure.notices import samples
from tests.memory_ledger import MemoryLedger, MemoryVault

POLICY = bytes(32)
ACCEPTED = (
    *samples.PUBLISHED,
    samples.CONSULTATION,
    samples.CN_MINIMAL,
    samples.CAN_MINIMAL,
    "eforms-sdk/pin-only_24.xml",
)


@asynccontextmanager
async def real(database: Database) -> AsyncIterator[PostgresLedger]:
    """A ledger as the service opens it, with a clock of its own."""
    opened = await PostgresLedger.open(
        database.dsn("kringboek_service"), EventMapper(EVENT_NAMES), durable=False
    )
    async with opened:
        yield opened


async def taken_in(
    ledger: PostgresLedger, notice: Notice, vault: MemoryVault | None = None
) -> Imported:
    return await import_notice(
        ledger,
        Sealer(vault or MemoryVault()),
        notice,
        actor=ACTOR,
        policy=POLICY,
        now=datetime.now(UTC),
    )


async def remembered(
    ledger: MemoryLedger,
    notice: Notice,
    vault: MemoryVault | None = None,
    *,
    actor: PersonRef = ACTOR,
    policy: bytes = POLICY,
    now: Instant = NOW,
    authority: MemberId | None = None,
) -> Imported:
    return await import_notice(
        ledger,
        Sealer(vault or MemoryVault()),
        notice,
        actor=actor,
        policy=policy,
        now=now,
        authority=authority,
        clock=NOW,
    )


def facts_of(ledger: MemoryLedger, imported: Imported) -> list[Fact]:
    return [each.fact for each in ledger.events if each.stream == imported.project]


def source_of(recorded: list[Recorded[Fact]]) -> NoticeImported:
    (found,) = [each.fact for each in recorded if isinstance(each.fact, NoticeImported)]
    return found
