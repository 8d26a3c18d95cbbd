"""What an operator may choose, read once at start from the environment and then frozen.

Each setting is one field: its variable, how its text is read, what it is when nothing is said, and
what it means, from which the table in the documentation is made. The command line puts its options
over the environment under the same names. A variable that starts with KRINGBOEK_ and is not known
is refused: a setting that was misspelt must not be a setting that was ignored.

A secret is given by file: X_FILE names a file that holds the value of X, so that it stands in no
process list and no compose file. No refusal repeats the value of a secret.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from infrastructure.refusals import Unusable

_PREFIX = "KRINGBOEK_"
_OF_THE_TESTS = frozenset({"KRINGBOEK_BROWSER_REQUIRED"})
_HIGHEST_PORT = 65_535
_A_WEEK = 10_080
"""Minutes."""


class LedgerKind(StrEnum):
    """What a new ledger becomes; a sandbox (zandbak) is for trying out, and says so for ever."""

    REAL = "real"
    SANDBOX = "sandbox"


class LogFormat(StrEnum):
    """How log lines look; `auto` is pretty on a terminal and JSON elsewhere."""

    AUTO = "auto"
    JSON = "json"
    PRETTY = "pretty"


class LogLevel(StrEnum):
    """The least serious line that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class Variable:
    """Where a setting comes from. `read` raises ValueError, saying what would have been right."""

    name: str
    read: Callable[[str], Any]
    default: Callable[[], Any]
    meaning: str
    secret: bool = False


def _setting(
    name: str,
    read: Callable[[str], Any],
    default: Callable[[], Any],
    meaning: str,
    *,
    secret: bool = False,
) -> Any:
    variable = Variable(name=name, read=read, default=default, meaning=meaning, secret=secret)
    return field(metadata={"variable": variable})


def _default_data() -> Path:
    return Path("/var/lib/kringboek") if os.geteuid() == 0 else Path("data")


def _folder(text: str) -> Path:
    return Path(text).expanduser()


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= _HIGHEST_PORT):
        raise ValueError(f"must be a whole number from 1 to {_HIGHEST_PORT}")
    return int(text)


def _host(text: str) -> str:
    if re.search(r"[\s/]", text):
        raise ValueError("must be an address or a host name, such as 127.0.0.1")
    return text


def _origin(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(/[a-z0-9._-]+)*", text):
        raise ValueError("must be a host name and a path in lower case, such as example.nl/kring")
    return text


def _issuer(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s?#]+|urn:[^\s?#]+", text):
        raise ValueError(
            "must be the issuer's name as its tokens say it, such as https://id.example"
        )
    return text


def _key_address(text: str) -> str:
    if not re.fullmatch(r"https://\S+|http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(/\S*)?", text):
        raise ValueError("must be https, or http on this machine")
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s?#]+", text):
        raise ValueError("must be an address of http or https")
    return text


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= _A_WEEK):
        raise ValueError(f"must be a whole number of minutes from 1 to {_A_WEEK}")
    return int(text)


def _audience(text: str) -> str:
    if re.search(r"\s", text):
        raise ValueError("must be one word, as the issuer puts it in `aud`")
    return text


def _clients(text: str) -> frozenset[str]:
    return frozenset(text.replace(",", " ").split())


def _database_url(text: str) -> str:
    try:
        if not conninfo_to_dict(text).get("dbname"):
            raise ValueError("must name a database: postgresql://user@host/database")
    except ProgrammingError:
        raise ValueError("must be like postgresql://user:password@host:5432/database") from None
    return text


def _one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    def read(text: str) -> StrEnum:
        try:
            return kind(text.lower())
        except ValueError:
            raise ValueError(f"must be one of {', '.join(kind)}") from None

    return read


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The choices of this process. Read them with `read`."""

    data: Path = _setting(
        "KRINGBOEK_DATA",
        _folder,
        _default_data,
        "The folder of everything that must not be lost; /var/lib/kringboek when root starts it,"
        " ./data otherwise.",
    )
    keys: Path | None = _setting(
        "KRINGBOEK_KEYS",
        _folder,
        lambda: None,
        "The private folder of the keys, one file each; `keys` in the data folder by default.",
    )
    log: Path | None = _setting(
        "KRINGBOEK_LOG",
        _folder,
        lambda: None,
        "The public folder of the transparency log, which all processes of a ledger share; `log` in"
        " the data folder by default.",
    )
    witness_policy: Path | None = _setting(
        "KRINGBOEK_WITNESS_POLICY",
        _folder,
        lambda: None,
        "A file (c2sp.org/tlog-policy) that says which witnesses are asked to cosign every"
        " checkpoint, and how many make a quorum; see docs/witness.md. Nobody is asked by default.",
    )
    timestamp_authority: str | None = _setting(
        "KRINGBOEK_TIMESTAMP_AUTHORITY",
        _address,
        lambda: None,
        "The address of an authority that puts a timestamp (RFC 3161) on the newest checkpoint.",
    )
    timestamp_ca: Path | None = _setting(
        "KRINGBOEK_TIMESTAMP_CA",
        _folder,
        lambda: None,
        "A file with the certificates, in PEM, for which that authority is believed.",
    )
    timestamp_every: int = _setting(
        "KRINGBOEK_TIMESTAMP_EVERY",
        _minutes,
        lambda: 60,
        "The least number of minutes between two timestamps; without new events none is asked.",
    )
    database_url: str | None = _setting(
        "DATABASE_URL",
        _database_url,
        lambda: None,
        "A database of a PostgreSQL 18 server, as `kringboek_service` or a member of that role."
        " Without it Kringboek starts a server of its own in the data folder.",
        secret=True,
    )
    vault_database_url: str | None = _setting(
        "KRINGBOEK_VAULT_DATABASE_URL",
        _database_url,
        lambda: None,
        "Where the vault of keys is, as `kringboek_vault`; DATABASE_URL by default, whose user then"
        " has to be a member of that role.",
        secret=True,
    )
    owner_database_url: str | None = _setting(
        "KRINGBOEK_OWNER_DATABASE_URL",
        _database_url,
        lambda: None,
        "The same database as a superuser, or as its owner who may create roles: for"
        " `kringboek migrate` alone; DATABASE_URL by default.",
        secret=True,
    )
    origin: str = _setting(
        "KRINGBOEK_ORIGIN",
        _origin,
        lambda: "kringboek.localhost",
        "The name of the ledger in every checkpoint; chosen once, when the ledger is created.",
    )
    ledger: LedgerKind | None = _setting(
        "KRINGBOEK_LEDGER",
        _one_of(LedgerKind),
        lambda: None,
        "real or sandbox, chosen once, when the ledger is created; by default real with"
        " DATABASE_URL, and a sandbox on a server of Kringboek's own.",
    )
    issuer: str | None = _setting(
        "KRINGBOEK_ISSUER",
        _issuer,
        lambda: None,
        "Who issues access tokens (`iss`). Without it Kringboek issues its own, with"
        " `kringboek token`.",
    )
    audience: str | None = _setting(
        "KRINGBOEK_AUDIENCE",
        _audience,
        lambda: None,
        "Whom tokens of that issuer must be meant for (`aud`).",
    )
    issuer_keys: str | None = _setting(
        "KRINGBOEK_ISSUER_KEYS",
        _key_address,
        lambda: None,
        "Where the public keys of that issuer are (its JWKS address).",
    )
    clients: frozenset[str] = _setting(
        "KRINGBOEK_CLIENTS",
        _clients,
        frozenset,
        "The applications that may present a token (`azp`), with commas; any by default.",
    )
    host: str = _setting(
        "KRINGBOEK_HOST", _host, lambda: "127.0.0.1", "The address that the service listens on."
    )
    port: int = _setting(
        "KRINGBOEK_PORT", _port, lambda: 8000, "The port that the service listens on."
    )
    log_format: LogFormat = _setting(
        "KRINGBOEK_LOG_FORMAT",
        _one_of(LogFormat),
        lambda: LogFormat.AUTO,
        "json, pretty, or auto: pretty on a terminal, JSON elsewhere.",
    )
    log_level: LogLevel = _setting(
        "KRINGBOEK_LOG_LEVEL",
        _one_of(LogLevel),
        lambda: LogLevel.INFO,
        "The least serious line that is logged: debug, info, warning or error.",
    )

    @property
    def keys_folder(self) -> Path:
        """Where the keys are; whoever makes it gives it mode 0700."""
        return self.keys or self.data / "keys"

    @property
    def log_folder(self) -> Path:
        """Where the transparency log is; the integrator makes it."""
        return self.log or self.data / "log"


def variables() -> tuple[Variable, ...]:
    """Every setting's variable, in the order of `Settings`."""
    return tuple(each.metadata["variable"] for each in fields(Settings))


def read(environment: Mapping[str, str]) -> Settings:
    """The settings that `environment` says; an empty variable is one that was not set.

    Raises `Unusable` (`setting-unknown`, `setting-invalid`, `setting-twice`, `setting-file`).
    """
    said = {name: text for name, text in environment.items() if text}
    known = {each.name for each in variables()}
    known |= {f"{each.name}_FILE" for each in variables() if each.secret}
    for name in sorted(said):
        if name.startswith(_PREFIX) and name not in known | _OF_THE_TESTS:
            near = get_close_matches(name, known, n=1)
            cure = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(known))}"
            raise Unusable("setting-unknown", name, "is not a setting of Kringboek", cure)
    return Settings(
        **{each.name: _value(each.metadata["variable"], said) for each in fields(Settings)}
    )


def _value(variable: Variable, said: Mapping[str, str]) -> Any:
    text = said.get(variable.name)
    if variable.secret and (file := said.get(f"{variable.name}_FILE")):
        if text is not None:
            cure = f"Keep {variable.name}_FILE and remove {variable.name}"
            raise Unusable("setting-twice", variable.name, "is given by value and by file", cure)
        try:
            text = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = f"cannot be read from {file} ({type(error).__name__})"
            cure = "Name a file with the value on one line, readable by this account"
            raise Unusable("setting-file", f"{variable.name}_FILE", why, cure) from None
    if text is None:
        return variable.default()
    try:
        return variable.read(text)
    except ValueError as error:
        shown = "its value" if variable.secret else repr(text)
        why = f"{shown} cannot be used: it {error}"
        raise Unusable("setting-invalid", variable.name, why, variable.meaning) from None
