"""The yardstick: pgbench putting one row per transaction into a table of the ledger's columns.

Prepared statements, 500 bytes of body and an entry of the size that ours have; the table has a
primary key and nothing else: no second unique index, no checks, no hash to compute, no command row.
"""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict

from infrastructure.embedded_postgres import Cluster
from infrastructure.postgres_binaries import binaries_for

_TABLE = """
    CREATE TABLE raw (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        stream uuid NOT NULL,
        version integer NOT NULL,
        name text NOT NULL,
        name_version integer NOT NULL,
        body bytea NOT NULL,
        salt bytea NOT NULL,
        recorded_at timestamptz NOT NULL,
        actor uuid NOT NULL,
        command uuid NOT NULL,
        policy bytea NOT NULL,
        entry bytea NOT NULL,
        leaf bytea NOT NULL
    )
"""
_ID = "'00000000-0000-4000-8000-00000000000a'"
_HASH = f"'\\x{'5a' * 32}'"
_INSERT = f"""
    INSERT INTO raw (stream, version, name, name_version, body, salt, recorded_at, actor, command,
        policy, entry, leaf)
    VALUES (gen_random_uuid(), 1, 'circle.decision-taken', 1, '{"b" * 500}', {_HASH},
        clock_timestamp(), {_ID}, gen_random_uuid(), {_HASH}, '{"e" * 437}', {_HASH});
"""  # noqa: S608 - it is the statement that is measured
_MOST_THREADS = 2


@dataclass(frozen=True, kw_only=True)
class RawInsert:
    pgbench: Path
    script: Path
    cluster: Cluster
    database: str

    async def rate(self, clients: int, seconds: float) -> float:
        """Transactions per second of so many clients."""
        told = conninfo_to_dict(self.cluster.dsn(self.database))
        words = [f"--host={told['host']}", f"--username={told['user']}", "--no-vacuum"]
        words += [
            "--protocol=prepared",
            f"--file={self.script}",
            f"--time={max(1, round(seconds))}",
        ]
        words += [f"--client={clients}", f"--jobs={min(clients, _MOST_THREADS)}", self.database]
        process = await asyncio.create_subprocess_exec(
            self.pgbench, *words, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()
        found = re.search(rb"tps = ([0-9.]+)", said)
        assert process.returncode == 0, "pgbench failed"
        assert found is not None, said
        return float(found[1])


async def raw_insert(cluster: Cluster, database: str, folder: Path) -> RawInsert:
    """The yardstick in one of the cluster's databases."""
    async with await AsyncConnection.connect(cluster.dsn(database)) as connection:
        await connection.execute(_TABLE)
    script = folder / "raw.sql"
    script.write_text(_INSERT, encoding="utf-8")
    pgbench = binaries_for(cluster.data, as_nobody=False) / "pgbench"
    return RawInsert(pgbench=pgbench, script=script, cluster=cluster, database=database)
