"""What is packed by hand is what the server unpacks."""

import asyncio
from uuid import uuid4

import psycopg

from infrastructure.packed_arrays import (
    Byteas,
    Int4s,
    Packed,
    Texts,
    Uuids,
    int4,
    octets,
    register,
)
from tests.conftest import Database


def test_the_server_reads_every_packed_array_as_it_was_meant(database: Database) -> None:
    ids = [uuid4(), uuid4()]
    meant: list[tuple[Packed, list[object]]] = [
        (Uuids.of(octets(each.bytes) for each in ids), [*ids]),
        (Byteas.of(map(octets, [b"", b"\0\xff", b"x" * 70_000])), [b"", b"\0\xff", b"x" * 70_000]),
        (Texts.of([octets("é€😀".encode())]), ["é€😀"]),
        (Int4s.of(map(int4, [0, -1, 2**31 - 1])), [0, -1, 2**31 - 1]),
        (Uuids.of([]), []),
        (Texts.of([]), []),
    ]

    async def story() -> None:
        async with await psycopg.AsyncConnection.connect(
            database.dsn("kringboek_service"), options="-c timezone=UTC"
        ) as connection:
            register(connection)
            for packed, values in meant:
                rows = await connection.execute("SELECT %b", [packed], binary=True)
                assert await rows.fetchone() == (values,)

    asyncio.run(story())
