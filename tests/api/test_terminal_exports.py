"""A record that leaves its house as one file and comes to live in another, at the command line."""

import asyncio
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from api.compose import open_house, read_scenario, read_settings
from application.export.readable import no_body
from application.scenarios.play import play
from application.scenarios.words import script
from application.sealing.sealer import sealed_fields
from application.transparency.keys import Kind, SignerKey
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.embedded_postgres import Cluster
from tests.api.in_process import DatabaseOfTests
from tests.api.planting import spellings
from tests.api.test_planted import dumped
from tests.api.test_terminal import SCENARIO, Ended, Terminal
from tests.application.export.test_verified import verified
from tests.conftest import (
    SANDBOX_ORIGIN,
    Database,
    _copied,
    _migrated_template,
)
from tests.exported import Kept, files, handled
from tests.infrastructure.noted import ledger_of


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A database and a data folder, and `kringboek` on both."""

    terminal: Terminal
    database: Database
    data: Path

    def __call__(self, *words: str) -> Ended:
        return self.terminal(*words)

    def publish(self) -> None:
        async def story() -> None:
            async with ledger_of(self.database) as ledger:
                await Kept(ledger=ledger, data=self.data).publish()

        asyncio.run(story())

    def bundle_without_bodies(self) -> bytes:
        async def story() -> bytes:
            async with ledger_of(self.database) as ledger:
                return await Kept(ledger=ledger, data=self.data).bundle(readable=no_body)

        return asyncio.run(story())

    def views(self) -> list[tuple[object, ...]]:
        """Every version of every row of every view."""
        with psycopg.connect(self.database.superuser_dsn) as connection:
            return connection.execute(
                "SELECT g.view, v.key, v.valid_from, v.born, v.row FROM views.version v"
                " JOIN views.generation g ON g.id = v.generation"
                " JOIN views.live l ON l.generation = g.id ORDER BY 1, 2, 3"
            ).fetchall()

    def streams(self) -> Mapping[str, str]:
        """One stream of each kind."""
        with psycopg.connect(self.database.superuser_dsn) as connection:
            rows = connection.execute(
                "SELECT split_part(name, '.', 1), min(stream::text) FROM ledger.event GROUP BY 1"
            )
            return dict(rows.fetchall())


@dataclass(frozen=True, kw_only=True)
class Played:
    """A sandbox in which a story was played, to be copied."""

    database: Database
    data: Path


@pytest.fixture(scope="module")
def played(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    data = tmp_path_factory.mktemp("gespeeld")
    template = _migrated_template(cluster, SANDBOX_ORIGIN, sandbox=True)
    settings = read_settings({"KRINGBOEK_DATA": str(data)})

    async def story(database: Database) -> None:
        postgres = DatabaseOfTests(database=database)
        async with open_house(settings, postgres, follow=False, durable=False) as house:
            policy = house.access.policy.sha256
            await play(read_scenario(SCENARIO), house.ledger, house.sealer, policy=policy)
            await house.follower.catch_up()

    with _copied(cluster, template) as database:
        asyncio.run(story(database))
        yield Played(database=database, data=data)


@pytest.fixture
def here(
    played: Played,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Installation]:
    """One with a played story in it."""
    data = tmp_path / "hier"
    shutil.copytree(played.data, data)
    with _copied(played.database.cluster, played.database.name) as database:
        terminal = Terminal(database, data, monkeypatch, capsys)
        yield Installation(terminal=terminal, database=database, data=data)


@pytest.fixture
def installations(
    here: Installation,
    empty_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> tuple[Installation, Installation]:
    """One with a played story in it, and one in which nothing was made yet."""
    data = tmp_path / "daar"
    terminal = Terminal(empty_database, data, monkeypatch, capsys)
    return here, Installation(terminal=terminal, database=empty_database, data=data)


def test_what_a_story_says_in_confidence_is_nowhere_in_clear(
    played: Played, tmp_path: Path
) -> None:
    lines = script(read_scenario(SCENARIO)).lines
    said = [
        str(line.plain[name]) for line in lines for name in sealed_fields(line.command, line.plain)
    ]
    dump = dumped(played.database, tmp_path)
    assert len(said) > 20
    for text in (title for title in script(read_scenario(SCENARIO)).titles.values()):
        assert text.encode().hex().encode() in dump, "what is public is found"
    for text in said:
        for spelled in spellings(text):
            assert spelled not in dump, text


def test_a_record_moves_house(
    installations: tuple[Installation, Installation], tmp_path: Path
) -> None:
    here, there = installations
    first = tmp_path / "eerste.zip"
    early = here("export", str(first))
    assert early.code == 1
    assert "[export.nothing-published]" in early.told
    assert not list(tmp_path.glob("*.zip*"))
    here.publish()

    made = here("export", str(first))
    assert made.code == 0, made.told
    assert made.said == f"{sha256(first.read_bytes()).hexdigest()}  {first}\n"
    assert first.stat().st_mode & 0o077 == 0
    again = here("export", str(first))
    assert again.code == 1
    assert "[export.exists]" in again.told
    code, report = verified(first)
    assert (code, report["findings"]) == (0, [])

    taken = there("import", str(first), "--log-key", str(here.data / "keys" / "log.key"))
    assert taken.code == 0, taken.told
    assert taken.said.splitlines() == [
        SANDBOX_ORIGIN,
        str(report["size"]),
        report["root"],
    ]
    assert "Start it with KRINGBOEK_ORIGIN=kringboek.example/zandbak." in taken.told
    assert "the vault" in taken.told
    assert there("verify").code == 0
    second = tmp_path / "tweede.zip"
    assert there("export", str(second)).code == 0
    before, after = files(first.read_bytes()), files(second.read_bytes())
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {
        "README.md",
        "manifest.json",
    }

    for each in installations:
        assert each("rebuild").code == 0
    assert here.views() == there.views() != []
    verdicts = [each("judge", "Bruggen Zuidtangent", "--json") for each in installations]
    assert verdicts[0].said == verdicts[1].said
    assert "TML-03" in verdicts[0].said

    twice = there("import", str(first))
    assert twice.code == 1
    assert "[ledger-not-empty]" in twice.told


def test_a_record_that_comes_without_its_key_is_right_too(
    installations: tuple[Installation, Installation], tmp_path: Path
) -> None:
    here, there = installations
    here.publish()
    assert here("token", "--role", "auditor").code == 0  # Granting is recorded.
    here.publish()
    assert "witnesses" not in here("export", str(tmp_path / "zonder.zip")).told
    witness = SignerKey.generate("getuige.example", Kind.COSIGNATURE_V1).verifier
    (here.data / "log" / "policy").write_text(
        f"log {CheckpointSigner.open(here.data / 'keys', SANDBOX_ORIGIN).key}\n"
        f"witness getuige {witness}\nquorum getuige\n"
    )
    bundle = tmp_path / "export.zip"
    made = here("export", str(bundle))
    assert made.code == 0
    assert "Its witnesses have not cosigned this checkpoint yet" in made.told
    code, report = verified(bundle)
    assert (code, [each["code"] for each in report["findings"]]) == (1, ["quorum-not-met"])
    taken = there("import", str(bundle))
    assert taken.code == 0, taken.told
    assert "under a key of its own" in taken.told
    checked = there("verify")
    assert checked.code == 0, checked.told
    again = tmp_path / "weer.zip"
    (there.data / "log" / "policy").unlink()
    assert there("export", str(again)).code == 0
    code, report = verified(again)
    assert (code, report["findings"]) == (0, [])


def test_a_part_is_written_for_each_kind_of_subject(here: Installation, tmp_path: Path) -> None:
    here.publish()
    streams = here.streams()
    for word, kind in (
        ("circle", "circle"),
        ("member", "member"),
        ("project", "convenant-project"),
    ):
        part = tmp_path / f"{word}.zip"
        found = here("export", str(part), f"--{word}", streams[kind])
        assert found.code == 0, found.told
        subject = json.loads(files(part.read_bytes())["manifest.json"])["subject"]
        assert (subject["kind"], subject["id"]) == (kind, streams[kind])
        code, report = verified(part)
        assert (code, report["findings"]) == (0, [])
    nothing = tmp_path / "niets.zip"
    for words in (
        ("--mission", streams["circle"]),
        ("--circle", "00000000-0000-4000-8000-000000000000"),
        ("--circle", "niets"),
    ):
        assert here("export", str(nothing), *words).code == 1
    assert here("export", str(nothing), "--circle", "a", "--member", "b").code == 2
    assert not nothing.exists()
    bare = tmp_path / "kaal.zip"
    assert here("export", str(bare), "--without-bodies").code == 0
    assert b'"body":{' not in files(bare.read_bytes())["bodies/000"]


def test_what_cannot_be_taken_in_is_said_with_its_cure_and_makes_nothing(
    installations: tuple[Installation, Installation], tmp_path: Path
) -> None:
    here, there = installations
    here.publish()
    good = tmp_path / "goed.zip"
    assert here("export", str(good)).code == 0
    whole = good.read_bytes()

    def spoilt(members: dict[str, bytes]) -> None:
        members["bodies/000"] = members["bodies/000"].replace(b"Bruggen", b"Brugggn", 1)

    cases = {
        "half": (whole[: len(whole) // 2], "bundle.not-whole"),
        "withheld": (here.bundle_without_bodies(), "import.withheld"),
        "changed": (handled(whole, spoilt), "bundle.wrong"),
    }
    for name, (data, code) in cases.items():
        bundle = tmp_path / f"{name}.zip"
        bundle.write_bytes(data)
        found = there("import", str(bundle))
        assert found.code == 1
        assert f"[{code}]" in found.told
        assert "Traceback" not in found.told
    assert there("import", str(tmp_path / "nergens.zip")).code == 1
    other = tmp_path / "andere.key"
    other.write_text("niets")
    refused = there("import", str(good), "--log-key", str(other))
    assert "[import-key]" in refused.told
    real = there.terminal("import", str(good), KRINGBOEK_LEDGER="real")
    assert "[import-kind]" in real.told
    with psycopg.connect(there.database.superuser_dsn) as connection:
        made = connection.execute("SELECT to_regclass('ledger.origin')").fetchone()
    assert made == (None,)
    assert there("import", str(good)).code == 0


def test_an_export_of_a_ledger_that_was_changed_says_so(here: Installation, tmp_path: Path) -> None:
    here.publish()
    with psycopg.connect(here.database.superuser_dsn) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM ledger.event WHERE position = 9")
    evidence = tmp_path / "bewijs.zip"
    found = here("export", str(evidence))
    assert found.code == 1
    assert "[export.differs]" in found.told
    code, report = verified(evidence)
    assert code == 1
    assert [(each["code"], each["position"]) for each in report["findings"]] == [("missing", 9)]
