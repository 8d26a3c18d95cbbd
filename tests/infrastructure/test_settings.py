"""A setting is read, or refused with its name and what would have been right."""

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from infrastructure.refusals import Unusable
from infrastructure.settings import LedgerKind, LogFormat, LogLevel, Settings, read, variables

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
URL = "postgresql://kring:geheim@db:5432/kringboek"


def refusal_of(**environment: str) -> Unusable:
    with pytest.raises(Unusable) as refused:
        read(environment)
    return refused.value


def test_without_a_word_everything_has_a_default() -> None:
    settings = read({"PATH": "/bin"})
    expected = Path("/var/lib/kringboek") if os.geteuid() == 0 else Path("data")
    assert settings == Settings(
        data=expected,
        keys=None,
        log=None,
        witness_policy=None,
        timestamp_authority=None,
        timestamp_ca=None,
        timestamp_every=60,
        database_url=None,
        vault_database_url=None,
        owner_database_url=None,
        origin="kringboek.localhost",
        ledger=None,
        issuer=None,
        audience=None,
        issuer_keys=None,
        clients=frozenset(),
        host="127.0.0.1",
        port=8000,
        log_format=LogFormat.AUTO,
        log_level=LogLevel.INFO,
    )
    assert settings.keys_folder == expected / "keys"
    assert settings.log_folder == expected / "log"


def test_every_setting_can_be_said() -> None:
    settings = read(
        {
            "KRINGBOEK_DATA": "/srv/kring",
            "KRINGBOEK_KEYS": "/run/keys",
            "KRINGBOEK_LOG": "/srv/log",
            "KRINGBOEK_WITNESS_POLICY": "/etc/kring/policy",
            "KRINGBOEK_TIMESTAMP_AUTHORITY": "https://tijd.voorbeeld.nl/tsa",
            "KRINGBOEK_TIMESTAMP_CA": "/etc/kring/tijd.pem",
            "KRINGBOEK_TIMESTAMP_EVERY": "15",
            "DATABASE_URL": URL,
            "KRINGBOEK_VAULT_DATABASE_URL": "postgresql://kluis@db/kringboek",
            "KRINGBOEK_OWNER_DATABASE_URL": "postgresql://eigenaar@db/kringboek",
            "KRINGBOEK_ORIGIN": "voorbeeld.nl/kring",
            "KRINGBOEK_LEDGER": "Sandbox",
            "KRINGBOEK_ISSUER": "https://id.voorbeeld.nl",
            "KRINGBOEK_AUDIENCE": "https://kring.voorbeeld.nl",
            "KRINGBOEK_ISSUER_KEYS": "https://id.voorbeeld.nl/jwks",
            "KRINGBOEK_CLIENTS": "balie, portaal",
            "KRINGBOEK_HOST": "::1",
            "KRINGBOEK_PORT": "8123",
            "KRINGBOEK_LOG_FORMAT": "json",
            "KRINGBOEK_LOG_LEVEL": "WARNING",
        }
    )
    assert settings.data == Path("/srv/kring")
    assert settings.keys_folder == Path("/run/keys")
    assert settings.log_folder == Path("/srv/log")
    assert settings.witness_policy == Path("/etc/kring/policy")
    assert settings.timestamp_authority == "https://tijd.voorbeeld.nl/tsa"
    assert settings.timestamp_ca == Path("/etc/kring/tijd.pem")
    assert settings.timestamp_every == 15
    assert settings.database_url == URL
    assert settings.vault_database_url == "postgresql://kluis@db/kringboek"
    assert settings.owner_database_url == "postgresql://eigenaar@db/kringboek"
    assert settings.origin == "voorbeeld.nl/kring"
    assert settings.ledger is LedgerKind.SANDBOX
    assert settings.issuer == "https://id.voorbeeld.nl"
    assert settings.audience == "https://kring.voorbeeld.nl"
    assert settings.issuer_keys == "https://id.voorbeeld.nl/jwks"
    assert settings.clients == {"balie", "portaal"}
    assert (settings.host, settings.port) == ("::1", 8123)
    assert (settings.log_format, settings.log_level) == (LogFormat.JSON, LogLevel.WARNING)


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        read({}).port = 1  # type: ignore[misc]


def test_an_empty_variable_was_not_set() -> None:
    assert read({"DATABASE_URL": "", "KRINGBOEK_PORT": ""}) == read({})


def test_a_misspelt_setting_is_refused_with_the_one_that_was_meant() -> None:
    refused = refusal_of(KRINGBOEK_PROT="8123")
    assert (refused.code, refused.what) == ("setting-unknown", "KRINGBOEK_PROT")
    assert refused.cure == "Did you mean KRINGBOEK_PORT?"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("KRINGBOEK_PORT", "0"),
        ("KRINGBOEK_PORT", "65536"),
        ("KRINGBOEK_PORT", "80a"),
        ("KRINGBOEK_PORT", "٨٠"),
        ("KRINGBOEK_HOST", "http://127.0.0.1"),
        ("KRINGBOEK_ORIGIN", "Met Hoofdletters"),
        ("KRINGBOEK_LEDGER", "zandbank"),
        ("KRINGBOEK_ISSUER", "id.voorbeeld.nl"),
        ("KRINGBOEK_AUDIENCE", "twee woorden"),
        ("KRINGBOEK_ISSUER_KEYS", "http://id.voorbeeld.nl/jwks"),
        ("KRINGBOEK_LOG_FORMAT", "xml"),
        ("KRINGBOEK_LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, text: str) -> None:
    refused = refusal_of(**{name: text})
    assert (refused.code, refused.what) == ("setting-invalid", name)
    assert repr(text) in refused.why
    assert " must be " in refused.why


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text(f"{URL}\n")
    assert read({"DATABASE_URL_FILE": str(tmp_path / "url")}).database_url == URL


def test_a_secret_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "url").write_text(URL)
    refused = refusal_of(DATABASE_URL=URL, DATABASE_URL_FILE=str(tmp_path / "url"))
    assert refused.code == "setting-twice"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    refused = refusal_of(DATABASE_URL_FILE=str(tmp_path / "absent"))
    assert (refused.code, refused.what) == ("setting-file", "DATABASE_URL_FILE")


@pytest.mark.parametrize("text", ["geheim geheim", "postgresql://kring:geheim@db:5432"])
def test_the_refusal_of_a_secret_does_not_repeat_it(text: str) -> None:
    refused = refusal_of(DATABASE_URL=text)
    assert refused.code == "setting-invalid"
    assert "geheim" not in str(refused)


def test_only_a_secret_may_be_given_by_file() -> None:
    assert refusal_of(KRINGBOEK_PORT_FILE="/run/port").code == "setting-unknown"


def test_the_page_on_settings_names_each_with_its_meaning() -> None:
    rows = [
        line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    files = {True: ", or by file", False: ""}
    assert rows == [
        f"| `{each.name}`{files[each.secret]} | {each.meaning} |" for each in variables()
    ]
