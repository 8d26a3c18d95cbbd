"""The doctor: on a sound ledger nothing differs but what the tests' cluster is; then one thing does."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from application.transparency.integrate import integrate
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.doctor.rights import altered_rights
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.ledger import PostgresLedger
from infrastructure.migrate import migrate
from infrastructure.tile_folder import TileFolder
from tests.api.test_terminal import SCENARIO, Terminal
from tests.conftest import SANDBOX_ORIGIN, Database
from tests.infrastructure.test_vault import vault_of


@pytest.fixture
def kringboek(
    sandbox_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    terminal = Terminal(sandbox_database, tmp_path, monkeypatch, capsys)
    # A copied database has the rights of a new one; migrate puts those of the database right.
    asyncio.run(migrate(sandbox_database.superuser_dsn, origin=SANDBOX_ORIGIN, sandbox=True))
    assert terminal("play", str(SCENARIO), "--into", "data").code == 0
    return terminal


def points(kringboek: Terminal, *words: str) -> dict[str, Any]:
    found = kringboek("doctor", "--json", *words)
    assert found.said, found.told
    return {each["point"]: each for each in json.loads(found.said)}


def differing(kringboek: Terminal, *words: str) -> dict[str, list[str]]:
    return {
        name: each["details"]
        for name, each in points(kringboek, *words).items()
        if each["state"] != "ok"
    }


def changed(database: Database, words: str, *values: object) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(words.encode(), values or None)


ALWAYS = {"settings", "publication"}
"""The tests' cluster does not wait for its disk, and nobody serves, so nothing is published."""


def generations(database: Database) -> list[Any]:
    """Of which generations of views there are rows."""
    with psycopg.connect(database.superuser_dsn) as connection:
        return connection.execute(
            "SELECT id FROM views.generation UNION SELECT generation FROM views.version"
            " UNION SELECT generation FROM views.shelf ORDER BY 1"
        ).fetchall()


def test_a_sound_installation_differs_in_nothing_but_what_it_is(
    kringboek: Terminal, sandbox_database: Database
) -> None:
    before = generations(sandbox_database)
    found = differing(kringboek, "--views")
    assert found.keys() == ALWAYS
    assert generations(sandbox_database) == before, "nothing is left of the comparison"
    assert any(each.startswith("fsync") for each in found["settings"])
    said = kringboek("doctor", "--language", "nl")
    assert said.code == 1
    assert "VERSCHILT    settings" in said.said
    assert "klopt        rights       rollen, rechten en sloten" in said.said
    assert "doctor --views" in said.told


def test_each_thing_that_differs_is_named_with_its_cure(
    kringboek: Terminal, sandbox_database: Database, tmp_path: Path
) -> None:
    changed(sandbox_database, "UPDATE ledger.event SET body = body || ' ' WHERE position = 17")
    changed(
        sandbox_database,
        "UPDATE views.version SET row = convert_to('{}', 'UTF8') WHERE (generation, key) ="
        " (SELECT generation, key FROM views.version WHERE row IS NOT NULL LIMIT 1)",
    )
    changed(sandbox_database, "ALTER TABLE ledger.event DISABLE TRIGGER append_only")
    changed(sandbox_database, "GRANT DELETE ON ledger.event TO kringboek_reader")
    (tmp_path / "keys" / "requests.key").chmod(0o644)
    found = points(kringboek, "--views")
    wrong = {name: each["details"] for name, each in found.items() if each["state"] != "ok"}
    assert wrong.keys() == ALWAYS | {"ledger", "view-rows", "rights", "key-files"}
    assert wrong["ledger"] == ["position 17: changed-body: body-or-salt is not what the entry says"]
    assert "enabled D" in " ".join(wrong["rights"])
    assert "kringboek_reader=rd" in " ".join(wrong["rights"])
    assert "requests.key: mode 0644" in wrong["key-files"][0]
    assert len(wrong["view-rows"]) == 1
    assert all(found[name]["cure"]["nl"] and found[name]["cure"]["en"] for name in wrong)


def test_keys_that_the_ledger_and_the_vault_disagree_about_are_named(
    kringboek: Terminal, sandbox_database: Database, tmp_path: Path
) -> None:
    lost, unused = uuid4(), uuid4()

    async def make() -> None:
        async with vault_of(sandbox_database, tmp_path / "keys") as vault:
            await vault.create(unused)

    asyncio.run(make())
    with psycopg.connect(sandbox_database.superuser_dsn) as connection:
        ((gone,),) = connection.execute(
            'SELECT (regexp_match(encode(body, \'escape\'), \'"kid":"([^"]+)"\'))[1] FROM ledger.event'
            " WHERE name = 'sealing.key-created' LIMIT 1"
        ).fetchall()
    changed(
        sandbox_database,
        "UPDATE vault.key SET wrapped = NULL, destroyed_at = now() WHERE kid = %s",
        gone,
    )
    changed(
        sandbox_database,
        "UPDATE vault.key SET created_at = created_at - interval '2 hours' WHERE kid = %s",
        unused,
    )
    body = f'{{"text":{{"kid":"{lost}"}}}}'.encode()
    changed(sandbox_database, "UPDATE ledger.event SET body = %s WHERE position = 3", body)
    found = differing(kringboek)
    assert found["keys"] == sorted(
        [
            f"{lost}: seals a text, and is not in the vault",
            f"{unused}: lives, and no event uses it",
            f"{gone}: is destroyed in the vault, and the record does not say why",
        ]
    )
    for each in (tmp_path / "keys").glob("vault-epoch-*"):
        each.unlink()
    assert f"{unused}: its epoch key" in " ".join(differing(kringboek)["keys"])


def test_what_a_role_may_do_besides_is_told(sandbox_database: Database) -> None:
    dsn = sandbox_database.superuser_dsn

    def look() -> list[str]:
        looked = altered_rights(dsn, origin=SANDBOX_ORIGIN, sandbox=True, vault=True)
        return list(asyncio.run(looked))

    assert any("PUBLIC may TEMPORARY" in each for each in look()), "a copy has not all rights"
    asyncio.run(migrate(dsn, origin=SANDBOX_ORIGIN, sandbox=True))
    assert look() == []
    changed(sandbox_database, "ALTER FUNCTION ledger.append SECURITY INVOKER")
    found = look()
    assert [each.split(":")[0] for each in found] == ["lacks", "has besides"]
    assert "security definer f" in found[1]


def publish(database: Database, data: Path) -> None:
    """What a service does about once a second."""

    async def story() -> None:
        dsn = database.dsn("kringboek_service")
        mapper = EventMapper(EVENT_NAMES)
        async with await PostgresLedger.open(dsn, mapper, durable=False) as ledger:
            signer = CheckpointSigner.open(data / "keys", SANDBOX_ORIGIN)
            await integrate(ledger, TileFolder(data / "log"), signer)

    asyncio.run(story())


def test_verify_holds_the_ledger_to_its_log_and_to_what_was_kept(
    kringboek: Terminal, sandbox_database: Database, tmp_path: Path
) -> None:
    publish(sandbox_database, tmp_path)
    assert differing(kringboek).keys() == {"settings"}
    mine = tmp_path / "mine"
    mine.write_bytes((tmp_path / "log" / "checkpoint").read_bytes())
    sound = kringboek("verify", "--json", "--kept", str(mine))
    assert sound.code == 0, sound.told
    said = json.loads(sound.said)
    assert (said["published"], said["notYetPublished"]) == (said["size"], 0)
    assert (said["signaturesChecked"], said["wrong"]) == (True, [])
    assert len(said["notCovered"]) >= 2

    changed(sandbox_database, "DELETE FROM ledger.event WHERE position > 20")
    changed(sandbox_database, "DELETE FROM ledger.command WHERE last_position > 20")
    shutil.rmtree(tmp_path / "log")
    (tmp_path / "keys" / "log.signed").unlink()
    gone = kringboek("verify", "--json", "--kept", str(mine))
    assert gone.code == 1
    found = json.loads(gone.said)["wrong"]
    assert {"code": "shrunk", "position": 21} in [
        {name: each.get(name) for name in ("code", "position")} for each in found
    ]
    lost = kringboek("verify", "--kept", str(tmp_path / "nowhere"))
    assert lost.code == 1
    assert "nowhere cannot be read" in lost.told
