"""Every value in confidence, and then forgotten: nowhere is one of them left, in any spelling."""

import asyncio
import io
import logging
import subprocess
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
import structlog
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from api.app import create_app
from api.compose import open_house, read_settings
from api.site import SESSION
from application import streams
from application.mentions import sealed_in
from application.sealing.scheme import unseal
from domain.member.access import AccessRole
from domain.tree import Frontier
from infrastructure.logs import configure_logs
from infrastructure.postgres_binaries import binaries_for
from infrastructure.settings import LogFormat, LogLevel
from infrastructure.vault import PostgresVault, fingerprint
from tests.api.in_process import DatabaseOfTests, Doors
from tests.api.planting import MARK, PUBLIC, Garden, found
from tests.conftest import Database

PERSONS = ("Mila", "Bram", "Kees")
"""Mila is forgotten because her texts are named in a request, Bram because it was said that texts
are about him; what Kees said stays."""
FORGOTTEN = ("Mila", "Bram")


@asynccontextmanager
async def service(database: Database, data: Path) -> AsyncIterator[Doors]:
    """A house that publishes its log, as `kringboek serve` opens it."""
    settings = read_settings({"KRINGBOEK_DATA": str(data)})
    postgres = DatabaseOfTests(database=database)
    async with open_house(settings, postgres, durable=False, publish=True) as house:
        await house.follower.catch_up()
        transport = httpx.ASGITransport(app=create_app(house), raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://kring.example", timeout=30
        ) as client:
            yield Doors(house=house, client=client)


async def root(at: Doors, size: int) -> bytes:
    """The root of the first `size` leaves, as the ledger holds them."""
    tree = Frontier()
    async for page in at.house.ledger.stored(up_to=size):
        for row in page:
            tree = tree.append(row.leaf)
    return tree.root()


# --------------------------------------------------------------------------------- where to look


def dumped(database: Database, folder: Path, *words: str) -> bytes:
    done = subprocess.run(
        [binaries_for(folder, as_nobody=False) / "pg_dump", "--inserts", *words, database.superuser_dsn],
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout


def data_files(database: Database) -> Iterator[tuple[str, bytes]]:
    """The files of the database, and what PostgreSQL wrote before them, as they lie on the disk."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    folder, oid = Path(row[0]), row[1]
    for path in chain((folder / "base" / str(oid)).iterdir(), (folder / "pg_wal").iterdir()):
        if path.is_file():
            yield f"data file {path.parent.name}/{path.name}", path.read_bytes()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"file {path.relative_to(folder)}", path.read_bytes()


async def answers(garden: Garden, token: str) -> list[tuple[str, bytes]]:
    """Every answer that this reader can get, of everything that values were planted in."""
    at = garden.at
    head, _ = await at.house.ledger.head()
    ids: dict[str, list[Any]] = {
        "circles": [garden.circle],
        "members": [garden.authority, garden.firm],
        "convenant-projects": [garden.project],
        "missions": [garden.mission],
        "persons": [at.person(each) for each in PERSONS],
        "sealed-texts": list(garden.keys.values())[:3],
    }
    served = (await at.client.get("/v1/openapi.json")).json()
    wanted = [f"/events?after={after}&limit=500" for after in range(0, head, 500)]
    for path, methods in served["paths"].items():
        if "get" not in methods or path.startswith("/events/stream"):
            continue
        for each in ids.get(path.split("/")[1], [""]):
            address = path.replace("{id}", str(each))
            for position in (1, head) if "{position}" in address else ("",):
                wanted += [address.replace("{position}", str(position))]
    said = []
    for address in wanted:
        answer = await at.get(token, address)
        said.append((f"answer {address}", answer.content))
        if answer.content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
                said += [(f"{address} {each}", bundle.read(each)) for each in bundle.namelist()]
    for address in ("/metrics", "/checkpoint"):
        answer = await at.client.get(address, headers={"Authorization": f"Bearer {token}"})
        said.append((f"site {address}", answer.content))
    return said + await pages(garden, token)


async def pages(garden: Garden, token: str) -> list[tuple[str, bytes]]:
    """Every page as somebody who is signed in sees it; sole traders have one as well."""
    traders = [stream for name, (_, stream) in garden.sealed.items() if "register-member" in name]
    addresses = [
        "/",
        f"/circles/{garden.circle}",
        f"/projects/{garden.project}",
        f"/missions/{garden.mission}",
        *(f"/members/{each}" for each in (garden.authority, garden.firm, *traders)),
    ]
    said = []
    for address in addresses:
        answer = await garden.at.client.get(address, headers={"Cookie": f"{SESSION}={token}"})
        assert answer.status_code == 200, address
        said.append((f"page {address}", answer.content))
    return said


# ------------------------------------------------------------------------------------- the tests


def test_what_is_forgotten_is_nowhere_any_more(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(streams, "EVERY", 5)  # so that there are snapshots
    log = io.StringIO()
    configure_logs(LogFormat.JSON, LogLevel.DEBUG, log)

    async def story() -> None:
        async with service(database, tmp_path) as at:
            garden = await Garden(at).made()
            for person in PERSONS:
                await garden.planted(person, few=person != "Mila")
            assert len(garden.of("Mila")) == 25
            size, _ = await at.house.ledger.head()
            before = await root(at, size)
            copy = old_copy(database, tmp_path / "keys")

            await looked_up(garden)
            assert await everything_opens(garden, PERSONS)
            auditor = garden.token[AccessRole.AUDITOR]
            shown = found(MARK, await pages(garden, auditor))
            assert shown, "the sole trader's own page has the name, until it is forgotten"
            await asked_and_granted(garden)
            await at.house.views.wait_for((await at.house.ledger.head())[0], within=10)
            for row in await at.house.texts.granted():
                done = await at.house.eraser.carry_out(row)
                assert not done.plan.unknown
            assert await everything_opens(garden, ["Kees"])
            assert not await anything_opens(garden, FORGOTTEN)

            assert still_opens(garden, copy), "a copy of before opens as long as its epoch lasts"
            vault = at.house.vault
            assert isinstance(vault, PostgresVault)
            await vault.begin_epoch()
            await vault.end_epoch(1)
            assert await everything_opens(garden, ["Kees"])
            living = old_copy(database, tmp_path / "keys")[1]
            assert not still_opens(garden, (copy[0], living)), "and with the keys of now nothing"

            assert await root(at, size) == before
            places = [
                ("dump of everything", dumped(database, tmp_path)),
                ("dump of the vault", dumped(database, tmp_path, "--schema", "vault")),
                *data_files(database),
                *files(tmp_path),
                *await answers(garden, auditor),
            ]
            printed = capfd.readouterr()
            places += [("printed", (printed.out + printed.err).encode())]
            places += [("log", log.getvalue().encode())]
            assert b"erasure.completed" in places[-1][1]
            assert found(MARK, places) == {}
            shown = found(PUBLIC, places)
            kinds = {name.split()[0] for name in shown}
            assert {"dump", "data", "answer", "page"} <= kinds, kinds
            assert any(name.startswith("file log") for name, _ in places)
            assert any(".zip" in name or "bodies" in name for name, _ in places), "an export"

    try:
        asyncio.run(story())
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers.clear()


async def looked_up(garden: Garden) -> None:
    """The keys of what was planted, and what the ledger holds of it."""
    for name, position in garden.positions.items():
        async for recorded in garden.at.house.ledger.read(after=position - 1, up_to=position):
            field = name.rsplit(maxsplit=1)[-1]
            (sealed,) = [each for each in sealed_in(recorded.fact) if each.field == field]
            garden.keys[name] = sealed.kid
            garden.sealed[name] = sealed, recorded.stream


async def asked_and_granted(garden: Garden) -> None:
    administrator = garden.at.house.issuer.token(garden.at.house.operator)  # type: ignore[union-attr]
    officer = garden.token[AccessRole.PRIVACY_OFFICER]
    texts = [
        {"position": position, "field": name.split()[-1]}
        for name, position in garden.of("Mila").items()
    ]
    for kid in {garden.keys[name] for name in garden.of("Bram")}:
        await garden.give(
            officer, "members", garden.authority, "name-persons",
            kid=str(kid), persons=[str(garden.at.person("Bram"))],
        )  # fmt: skip
    for person, named in (("Mila", texts), ("Bram", [])):
        await garden.give(
            administrator, "members", garden.authority, "request-erasure",
            erasure=f"W-{person}", person=str(garden.at.person(person)), ground="objection",
            askedBy="data-subject", receivedOn="2026-01-05", texts=named,
        )  # fmt: skip
        await garden.give(
            officer, "members", garden.authority, "grant-erasure", erasure=f"W-{person}"
        )


async def opened(garden: Garden, name: str) -> str | None:
    """What a reader who may open it reads at the door."""
    officer = garden.token[AccessRole.PRIVACY_OFFICER]
    said = await garden.at.read(officer, f"/sealed-texts/{garden.keys[name]}")
    (text,) = [
        each["text"] for each in said["texts"] if each["field"] == name.rsplit(maxsplit=1)[-1]
    ]
    return None if text is None else str(text)


async def everything_opens(garden: Garden, persons: Any) -> bool:
    wrong = [
        name
        for person in persons
        for name in garden.of(person)
        if await opened(garden, name) != garden.values[name]
    ]
    return not wrong


async def anything_opens(garden: Garden, persons: Any) -> bool:
    return any([await opened(garden, name) for person in persons for name in garden.of(person)])


# ------------------------------------------------------------------------- a copy of the vault

Copy = tuple[dict[UUID, tuple[bytes, bytes]], dict[bytes, bytes]]
"""The rows of the vault (epoch and wrapped key), and the epoch keys by their fingerprint."""


def old_copy(database: Database, keys: Path) -> Copy:
    with psycopg.connect(database.superuser_dsn) as connection:
        rows = connection.execute(
            "SELECT kid, epoch, wrapped FROM vault.key WHERE wrapped IS NOT NULL"
        ).fetchall()
    epochs = [path.read_bytes() for path in keys.glob("vault-epoch-*.key")]
    return (
        {kid: (bytes(epoch), bytes(wrapped)) for kid, epoch, wrapped in rows},
        {fingerprint(each): each for each in epochs},
    )


def still_opens(garden: Garden, copy: Copy) -> bool:
    """Whether any forgotten text opens with a copy of the vault, whatever its rows say of epochs."""
    rows, epochs = copy
    for name in chain(*(garden.of(person) for person in FORGOTTEN)):
        _, wrapped = rows[garden.keys[name]]
        for epoch in epochs.values():
            try:
                key = aes_key_unwrap(epoch, wrapped)
            except InvalidUnwrap:
                continue
            sealed, stream = garden.sealed[name]
            assert unseal(sealed, key, sealed.field, stream) == garden.values[name]
            return True
    return False
