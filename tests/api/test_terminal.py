"""The command line as somebody uses it: what it says, where it says it, and how it ends."""

import json
import logging
import os
from base64 import b64decode
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
import structlog

from api.cli import LEDGERS, ROLES, main
from domain.member.access import AccessRole
from domain.tree import root
from infrastructure.event_mapper import EventMapper
from infrastructure.ledger import PostgresLedger
from infrastructure.settings import LedgerKind
from tests.conftest import Database

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "s07-bruggen-zuidtangent.yaml"
COMMANDS = (
    "serve",
    "play",
    "judge",
    "verify",
    "doctor",
    "rebuild",
    "export",
    "import",
    "import-notice",
    "token",
    "grant",
    "migrate",
    "witness",
    "erase",
    "person",
    "retention",
    "vault",
)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended; `said` is its standard output, `told` its standard error."""

    code: int
    said: str
    told: str


class Terminal:
    """Runs `kringboek` in this process, on one database of the run's cluster.

    That cluster keeps nothing through a crash of the machine, which a ledger refuses to stand on;
    here it is told not to mind.
    """

    def __init__(
        self,
        database: Database | None,
        data: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self._environment = {"KRINGBOEK_ORIGIN": "kringboek.example/toets"}
        if database is not None:
            self._environment["DATABASE_URL"] = database.superuser_dsn
        self._data = data
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        opened = PostgresLedger.open

        async def forgiving(dsn: str, mapper: EventMapper, **_: bool) -> PostgresLedger:
            return await opened(dsn, mapper, durable=False)

        monkeypatch.setattr(PostgresLedger, "open", forgiving)

    def at(self, data: Path) -> "Terminal":
        """Another machine on the same database."""
        other = copy(self)
        other._data = data
        return other

    def __call__(self, *words: str, **more: str) -> Ended:
        self._capsys.readouterr()
        with self._monkeypatch.context() as environment:
            said = self._environment | {"KRINGBOEK_DATA": str(self._data)} | more
            for name, value in said.items():
                environment.setenv(name, value)
            try:
                code = main(words)
            except SystemExit as ended:  # as argparse ends
                code = int(str(ended.code or 0))
            finally:
                structlog.reset_defaults()
                logging.getLogger().handlers.clear()
        found = self._capsys.readouterr()
        return Ended(code=code, said=found.out, told=found.err)


@pytest.fixture
def nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(None, tmp_path, monkeypatch, capsys)


@pytest.fixture
def on_a_real_ledger(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    return Terminal(database, tmp_path, monkeypatch, capsys)


@pytest.fixture
def kringboek(
    sandbox_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    return Terminal(sandbox_database, tmp_path, monkeypatch, capsys)


def test_every_command_explains_itself(nowhere: Terminal) -> None:
    whole = nowhere("--help")
    assert whole.code == 0
    for command in COMMANDS:
        assert f"\n    {command}" in whole.said
        page = nowhere(command, "--help")
        assert (page.code, page.told) == (0, "")
        assert "Exit codes: 0 " in page.said


def test_the_words_of_the_command_line_are_those_of_the_house() -> None:
    assert set(ROLES) == set(AccessRole)
    assert set(LEDGERS) == set(LedgerKind)


@pytest.mark.parametrize(
    "words", [(), ("dance",), ("play",), ("serve", "--prot", "1"), ("token", "--role", "koning")]
)
def test_words_that_are_not_understood_end_with_2(
    nowhere: Terminal, words: tuple[str, ...]
) -> None:
    found = nowhere(*words)
    assert (found.code, found.said) == (2, "")
    assert "usage: kringboek" in found.told


def test_a_setting_that_cannot_be_used_is_said_with_its_cure(nowhere: Terminal) -> None:
    found = nowhere("verify", KRINGBOEK_PROT="1")
    assert found.code == 1
    assert found.said == ""
    assert "Did you mean KRINGBOEK_PORT?" in found.told
    assert "[setting-unknown]" in found.told
    assert "Traceback" not in found.told


def test_a_story_is_played_judged_verified_and_rebuilt(kringboek: Terminal) -> None:
    played = kringboek("play", str(SCENARIO), "--into", "data")
    assert played.code == 0, played.told
    assert "Bruggen Zuidtangent" in played.said
    assert "TML-03  violation" in played.said

    judged = kringboek("judge", "Bruggen Zuidtangent", "--json")
    assert judged.code == 1
    said = json.loads(judged.said)
    verdicts = {each["rule"]: each["verdict"] for each in said["verdicts"]}
    assert verdicts["TML-03"] == "violation"
    assert verdicts["INF-01"] == "pass"
    before = kringboek("judge", said["project"], "--as-of", "position:1")
    assert before.code == 1
    assert "knows no project" in before.told

    verified = kringboek("verify", "--json")
    assert verified.code == 0, verified.told
    size = json.loads(verified.said)["size"]
    assert size == said["position"]

    rebuilt = kringboek("rebuild", "circles", "projects")
    assert rebuilt.code == 0, rebuilt.told
    assert "circles, projects" in rebuilt.told
    assert kringboek("rebuild", "dansen").code == 1

    token = kringboek("token", "--role", "auditor")
    assert token.code == 0, token.told
    assert token.said.count(".") == 2
    assert "Granted to person" in token.told
    again = kringboek("token", "--role", "auditor")
    assert "Granted" not in again.told
    link = kringboek("token", "--role", "auditor", "--link", "--port", "8123")
    assert link.said.startswith("http://127.0.0.1:8123/sign-in?code=")


def test_a_changed_row_is_named_by_its_position(
    kringboek: Terminal, sandbox_database: Database
) -> None:
    assert kringboek("play", str(SCENARIO), "--into", "data").code == 0
    with psycopg.connect(sandbox_database.superuser_dsn) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE ledger.event SET body = body || ' ' WHERE position = 17")
        leaves = connection.execute("SELECT leaf FROM ledger.event ORDER BY position").fetchall()
    found = kringboek("verify")
    assert found.code == 1
    assert "position 17: " in found.told
    said = json.loads(kringboek("verify", "--json").said)
    assert [(each["code"], each["position"]) for each in said["wrong"]] == [("changed-body", 17)]
    assert b64decode(said["root"]) == root(leaf for (leaf,) in leaves)


def test_a_verdict_that_was_not_expected_ends_with_1(kringboek: Terminal, tmp_path: Path) -> None:
    other = tmp_path / "verbaasd.yaml"
    other.write_text(
        f"scenario: Verbaasd\nbase: {os.path.relpath(SCENARIO, tmp_path)}\n"
        "expect:\n  bruggen:\n    pass: [TML-03]\n"
    )
    found = kringboek("play", str(other), "--into", "data")
    assert found.code == 1, found.told
    assert "expected pass, judged violation" in found.told


def test_a_scenario_that_cannot_be_read_is_said_with_file_and_line(
    kringboek: Terminal, tmp_path: Path
) -> None:
    wrong = tmp_path / "fout.yaml"
    wrong.write_text("scenario: Fout\nsteps:\n  - id: een\n    wat: dit\n")
    found = kringboek("play", str(wrong), "--into", "data")
    assert found.code == 1
    assert "fout.yaml:" in found.told
    assert "Traceback" not in found.told
    assert kringboek("play", str(tmp_path / "niets.yaml")).code == 1


def test_a_story_is_not_played_into_a_real_record(on_a_real_ledger: Terminal) -> None:
    found = on_a_real_ledger("play", str(SCENARIO), "--into", "data")
    assert found.code == 1
    assert "is no sandbox" in found.told


def test_a_real_record_begins_with_its_first_administrator(
    on_a_real_ledger: Terminal, tmp_path: Path
) -> None:
    kringboek = on_a_real_ledger
    lost = kringboek("token", "--role", "administrator")
    assert lost.code == 1
    assert "--authority KVK --name NAME" in lost.told
    named = ("--authority", "90000001", "--name", "Gemeente Noorderdam")
    first = kringboek("token", "--role", "administrator", *named)
    assert first.code == 0, first.told
    assert "administrator, recorded at position 2" in first.told
    officer = kringboek("token", "--role", "officer")
    assert officer.code == 0, officer.told
    refused = kringboek("grant", str(uuid4()))
    assert refused.code == 1
    assert "has an administrator" in refused.told
    elsewhere = kringboek.at(tmp_path / "elders")("token", "--role", "officer")
    assert elsewhere.code == 1
    assert "somebody else" in elsewhere.told


def test_beside_a_real_issuer_kringboek_issues_nothing(on_a_real_ledger: Terminal) -> None:
    issuer = {
        "KRINGBOEK_ISSUER": "https://id.voorbeeld.nl",
        "KRINGBOEK_AUDIENCE": "kring",
        "KRINGBOEK_ISSUER_KEYS": "https://id.voorbeeld.nl/jwks",
    }
    kringboek = on_a_real_ledger
    found = kringboek("token", "--role", "auditor", **issuer)
    assert found.code == 1
    assert "https://id.voorbeeld.nl" in found.told
    person = uuid4()
    named = ("--authority", "90000001", "--name", "Gemeente Noorderdam")
    granted = kringboek("grant", str(person), *named, **issuer)
    assert granted.code == 0, granted.told
    assert f"{person} is an administrator" in granted.told
    del issuer["KRINGBOEK_AUDIENCE"]
    assert "[issuer-incomplete]" in kringboek("rebuild", **issuer).told


def test_a_notice_is_recorded_once(kringboek: Terminal) -> None:
    notices = ROOT / "tests" / "data" / "notices" / "ted"
    notice = next(each for each in sorted(notices.glob("*.xml")) if "F03" in each.read_text())
    first = kringboek("import-notice", str(notice))
    assert first.code == 0, first.told
    assert str(UUID(first.said.strip())) == first.said.strip()
    assert "Recorded " in first.told
    again = kringboek("import-notice", str(notice))
    assert again.said == first.said
    assert "recorded before" in again.told
    assert json.loads(kringboek("import-notice", str(notice), "--json").said)
    wrong = kringboek("import-notice", str(SCENARIO))
    assert wrong.code == 1
    assert "[notice." in wrong.told


def test_a_ledger_is_made_once_and_stays_what_it_is(
    empty_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kringboek = Terminal(empty_database, tmp_path, monkeypatch, capsys)
    assert "kringboek migrate" in kringboek("verify").told
    assert kringboek("migrate", "--ledger", "real").code == 0
    assert kringboek("migrate").code == 0
    other = kringboek("migrate", "--ledger", "sandbox")
    assert other.code == 1
    assert "[ledger-" in other.told
    assert kringboek("verify").code == 0
