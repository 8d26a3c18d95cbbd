"""Which ledger a database holds already, before anything is done to it."""

from dataclasses import dataclass

from psycopg import AsyncConnection


@dataclass(frozen=True, kw_only=True)
class Existing:
    origin: str
    sandbox: bool


async def existing_ledger(dsn: str) -> Existing | None:
    """What its ledger was made as; None where there is none."""
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        found = await connection.execute("SELECT to_regclass('ledger.origin')")
        if await found.fetchone() == (None,):
            return None
        rows = await connection.execute("SELECT origin, sandbox FROM ledger.origin")
        row = await rows.fetchone()
        return None if row is None else Existing(origin=row[0], sandbox=row[1])
