"""A follower in a process of its own, and a ledger with real names to follow."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from psycopg.conninfo import make_conninfo

from application.ports import Append
from application.views.catalogue import VIEWS
from domain.terms import Fact, PersonRef
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.follower import ViewFollower
from infrastructure.ledger import PostgresLedger

MAPPER = EventMapper(EVENT_NAMES)
ACTOR = PersonRef(UUID("00000000-0000-4000-8000-00000000000a"))


@asynccontextmanager
async def ledger_at(dsn: str) -> AsyncIterator[PostgresLedger]:
    async with await PostgresLedger.open(dsn, MAPPER, durable=False) as ledger:
        yield ledger


async def tell(ledger: PostgresLedger, stream: UUID, *facts: Fact, version: int = 0) -> int:
    """Record facts of one stream that is at `version`; the last position they got."""
    append = Append(
        command=uuid4(),
        request=b"request",
        stream=stream,
        expected_version=version,
        facts=facts,
        actor=ACTOR,
        policy=bytes(32),
    )
    return (await ledger.append(append)).last_position


def follow_for_ever(dsn: str, names: Sequence[str]) -> None:
    """What a process does that follows the views of these names until it is killed.

    Its sessions are called by the number of the process.
    """
    dsn = make_conninfo(dsn, application_name=str(os.getpid()))

    async def follow() -> None:
        async with ledger_at(dsn) as ledger:
            views = [view for view in VIEWS if view.name in names]
            await ViewFollower(dsn=dsn, ledger=ledger, views=views).run()

    asyncio.run(follow())
