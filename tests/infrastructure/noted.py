"""A fact that means nothing, to fill ledgers with, and ledgers to fill."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from application.ports import Append
from domain.record import Recorded
from domain.terms import Fact, PersonRef
from infrastructure.event_mapper import EventMapper, Named, Names
from infrastructure.ledger import PostgresLedger
from tests.conftest import Database
from tests.given import NOW

ACTOR = PersonRef(UUID("00000000-0000-4000-8000-00000000000a"))
POLICY = bytes(range(32))


@dataclass(frozen=True, kw_only=True)
class Noted(Fact):
    text: str


MAPPER = EventMapper(Names((Named(fact=Noted, name="test.noted"),)))


def noted(text: str) -> Noted:
    return Noted(occurred_at=NOW, text=text)


def append(
    stream: UUID,
    *texts: str,
    expected: int = 0,
    command: UUID | None = None,
    request: bytes = b"request",
) -> Append:
    """An append of one `Noted` per text."""
    return Append(
        command=command or uuid4(),
        request=request,
        stream=stream,
        expected_version=expected,
        facts=tuple(noted(each) for each in texts),
        actor=ACTOR,
        policy=POLICY,
    )


def text(recorded: Recorded[Fact]) -> str:
    assert isinstance(recorded.fact, Noted)
    return recorded.fact.text


@asynccontextmanager
async def ledger_of(database: Database) -> AsyncIterator[PostgresLedger]:
    """The ledger of a test's database, as the service opens it."""
    dsn = database.dsn("kringboek_service")
    async with await PostgresLedger.open(dsn, MAPPER, durable=False) as ledger:
        yield ledger
