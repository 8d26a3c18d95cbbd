"""What identity is kept in: keys in files, persons in the vault, keys of an issuer far away."""

import asyncio
import json
import os
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from joserfc.jwk import ECKey
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from application.identity import KeysUnreachable
from domain.terms import PersonRef
from infrastructure.issuer_keys import IssuerKeys, fetched_from
from infrastructure.key_files import secret
from infrastructure.local_issuer import CODE_LIFETIME, LocalIssuer
from infrastructure.persons import VaultPersons
from infrastructure.refusals import Unusable
from tests.conftest import Database

PERSON = PersonRef(UUID("00000000-0000-4000-8000-00000000beef"))


# --------------------------------------------------------------------------------------- key files


def test_a_secret_is_made_once_and_for_one_account(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made = secret(folder, "x.key", lambda: os.urandom(8))
    assert secret(folder, "x.key", lambda: b"another") == made
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "x.key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in folder.iterdir()] == ["x.key"]


def test_processes_that_make_a_secret_at_once_get_the_same(tmp_path: Path) -> None:
    found: list[bytes] = []
    gate = threading.Barrier(8)

    def make() -> None:
        gate.wait()
        found.append(secret(tmp_path, "x.key", lambda: os.urandom(8)))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret(tmp_path, "x.key", lambda: b"x")
    (tmp_path / "x.key").chmod(0o644)
    with pytest.raises(Unusable) as found:
        secret(tmp_path, "x.key", lambda: b"x")
    assert found.value.code == "key-readable"


# -------------------------------------------------------------------------------- the local issuer


def test_the_issuer_keeps_its_key_and_its_persons(tmp_path: Path) -> None:
    one, two = LocalIssuer(tmp_path, "kring"), LocalIssuer(tmp_path, "kring")
    assert one._kid == two._kid
    assert one.local_person("auditor") == two.local_person("auditor")
    assert one.local_person("auditor") != one.local_person("officer")
    elsewhere = LocalIssuer(tmp_path / "elders", "kring")
    assert elsewhere.local_person("auditor") != one.local_person("auditor")


def test_a_code_signs_in_once_also_in_another_process(tmp_path: Path) -> None:
    one, two = LocalIssuer(tmp_path, "kring"), LocalIssuer(tmp_path, "kring")
    code = one.sign_in_code(PERSON)
    assert code not in "".join(each.name for each in (tmp_path / "sign-in").iterdir())
    assert two.redeem(code) == PERSON
    assert two.redeem(code) is None
    assert one.redeem(code) is None


def test_a_code_that_was_never_given_opens_nothing(tmp_path: Path) -> None:
    issuer = LocalIssuer(tmp_path, "kring")
    for wrong in ("", "x", "../issuer.pem", "\0"):
        assert issuer.redeem(wrong) is None


def test_an_old_code_opens_nothing(tmp_path: Path) -> None:
    now = [1_000_000.0]
    issuer = LocalIssuer(tmp_path, "kring", clock=lambda: now[0])
    code = issuer.sign_in_code(PERSON)
    now[0] += CODE_LIFETIME + 1
    assert issuer.redeem(code) is None


# ----------------------------------------------------------------------------------------- persons


def test_a_subject_is_one_random_person_and_is_not_kept(database: Database) -> None:
    async def story() -> None:
        pool = AsyncConnectionPool[AsyncConnection[Any]](
            database.dsn("kringboek_vault"), kwargs={"autocommit": True}, min_size=1, open=False
        )
        async with pool:
            persons = VaultPersons(pool, b"k" * 32)
            found = await asyncio.gather(*(persons.person("iss", "piet") for _ in range(8)))
            assert len(set(found)) == 1
            assert await persons.person("iss", "jan") != found[0]
            assert await persons.person("iss2", "piet") != found[0]
            assert await VaultPersons(pool, b"l" * 32).person("iss", "piet") != found[0]
            for wrong in ("", "x" * 1025):
                with pytest.raises(ValueError, match="subject"):
                    await persons.person("iss", wrong)

    asyncio.run(story())
    with psycopg.connect(database.superuser_dsn) as connection:
        rows = connection.execute("SELECT subject, person FROM vault.person").fetchall()
    assert len(rows) == 4
    assert not any(b"piet" in subject for subject, _ in rows)
    assert {person.version for _, person in rows} == {4}


# ---------------------------------------------------------------------------- keys of a real issuer


class Issuer:
    """A key set that can change, or fall silent."""

    def __init__(self) -> None:
        self.keys = [ECKey.generate_key("P-256", parameters={"kid": "een"})]
        self.silent = False
        self.asked = 0

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        if self.silent:
            raise OSError("no route")
        return {"keys": [each.as_dict(private=False) for each in self.keys]}


def test_keys_are_fetched_once_and_an_unknown_one_is_looked_for_again_in_a_while() -> None:
    now = [0.0]
    issuer = Issuer()
    keys = IssuerKeys(issuer, clock=lambda: now[0])

    async def story() -> None:
        found = await asyncio.gather(*(keys.key("een") for _ in range(8)))
        assert {each.kid for each in found if each} == {"een"}
        assert issuer.asked == 1
        issuer.keys.append(ECKey.generate_key("P-256", parameters={"kid": "twee"}))
        assert await keys.key("twee") is None
        assert issuer.asked == 1
        now[0] += 31
        assert await keys.key("twee") is not None
        assert await keys.key("drie") is None
        assert issuer.asked == 2

    asyncio.run(story())


def test_a_key_that_was_withdrawn_ends_within_the_hour() -> None:
    now = [0.0]
    issuer = Issuer()
    keys = IssuerKeys(issuer, clock=lambda: now[0])

    async def story() -> None:
        assert await keys.key("een") is not None
        issuer.keys.clear()
        issuer.keys.append(ECKey.generate_key("P-256", parameters={"kid": "twee"}))
        now[0] += 3_601
        assert await keys.key("een") is None

    asyncio.run(story())


def test_a_silent_issuer_leaves_the_keys_that_are_known() -> None:
    now = [0.0]
    issuer = Issuer()
    keys = IssuerKeys(issuer, clock=lambda: now[0])

    async def story() -> None:
        assert await keys.key("een") is not None
        issuer.silent = True
        now[0] += 3_601
        assert await keys.key("een") is not None
        now[0] += 31
        with pytest.raises(KeysUnreachable):
            await keys.key("twee")

    asyncio.run(story())


@pytest.fixture
def served_keys() -> Iterator[tuple[str, list[bytes]]]:
    """An address that answers with whatever the list holds."""
    bodies = [b"{}"]

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(bodies[0])

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/jwks", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_keys_come_from_an_address(served_keys: tuple[str, list[bytes]]) -> None:
    address, bodies = served_keys
    key = ECKey.generate_key("P-256", parameters={"kid": "een"})
    bodies[0] = json.dumps({"keys": [key.as_dict(private=False)]}).encode()
    found = asyncio.run(IssuerKeys(fetched_from(address)).key("een"))
    assert found is not None
    assert found.thumbprint() == key.thumbprint()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"keys": 5}', b'{"keys": [{"kty": "x"}]}'])
def test_an_address_without_keys_is_a_silent_issuer(
    served_keys: tuple[str, list[bytes]], body: bytes
) -> None:
    address, bodies = served_keys
    bodies[0] = body
    with pytest.raises(KeysUnreachable):
        asyncio.run(IssuerKeys(fetched_from(address)).key(str(uuid4())))
