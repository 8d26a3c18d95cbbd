"""The operator's server comes first, and our own is started when there is none."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from infrastructure.find_postgres import SERVICE, VAULT, GivenPostgres, find_postgres
from infrastructure.refusals import Unusable
from infrastructure.settings import read
from tests.conftest import Database


@pytest.fixture
def data() -> Iterator[Path]:
    parent = Path(mkdtemp(prefix="kringboek-find-"))
    parent.chmod(0o711)
    yield parent / "data"
    rmtree(parent)


def whoami(dsn: str) -> tuple[str, str, str]:
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT session_user, current_user, current_database()").fetchone()
    assert row is not None
    return row


def test_without_database_url_our_own_server_is_started(data: Path) -> None:
    postgres = find_postgres(read({"KRINGBOEK_DATA": str(data)}))
    with psycopg.connect(postgres.owner_dsn) as connection:
        connection.execute("CREATE ROLE lezer LOGIN")
    assert whoami(postgres.dsn("lezer")) == ("lezer", "lezer", "kringboek")
    postgres.stop()
    with pytest.raises(psycopg.OperationalError):
        whoami(postgres.owner_dsn)


def test_a_given_server_is_used_and_its_login_takes_a_role(empty_database: Database) -> None:
    login, role = f"{empty_database.name}_login", f"{empty_database.name}_role"
    with psycopg.connect(empty_database.superuser_dsn) as connection:
        connection.execute(f"CREATE ROLE {login} LOGIN")
        connection.execute(f"CREATE ROLE {role}")
        connection.execute(f"GRANT {role} TO {login} WITH INHERIT FALSE, SET TRUE")
        connection.execute(f"CREATE TABLE held AS SELECT 1; GRANT SELECT ON held TO {role}")
    url = empty_database.dsn(login)
    postgres = find_postgres(read({"DATABASE_URL": url}))
    assert isinstance(postgres, GivenPostgres)
    assert postgres.owner_dsn == url
    assert whoami(postgres.dsn(role)) == (login, role, empty_database.name)
    with psycopg.connect(postgres.dsn(role)) as connection:
        connection.execute("SELECT * FROM held")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(url) as connection:
        connection.execute("SELECT * FROM held")
    postgres.stop()
    with psycopg.connect(empty_database.superuser_dsn) as connection:
        connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}, {login}")


def test_owner_and_vault_may_have_addresses_of_their_own() -> None:
    given = GivenPostgres(
        url="postgresql://kringboek_service@h/d",
        owner_url="postgresql://postgres@h/d",
        vault_url="postgresql://kluis@h/v?options=-c%20jit%3Doff",
    )
    assert given.owner_dsn == "postgresql://postgres@h/d"
    assert given.dsn(SERVICE) == "postgresql://kringboek_service@h/d"
    vault = conninfo_to_dict(given.dsn(VAULT))
    assert (vault["user"], vault["dbname"]) == ("kluis", "v")
    assert vault["options"] == "-c jit=off -c role=kringboek_vault"


def test_a_server_that_does_not_answer_is_refused_without_its_password() -> None:
    url = "postgresql://kring:geheim@127.0.0.1:1/kringboek"
    with pytest.raises(Unusable, match="database-unreachable") as refused:
        find_postgres(read({"DATABASE_URL": url}))
    assert "geheim" not in str(refused.value)
