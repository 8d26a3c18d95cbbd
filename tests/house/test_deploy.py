"""What the containers are told fits what Kringboek reads; the scripts do what they say.

No container engine is needed: the files are read as the engine would, and the scripts are run.
"""

import os
import re
import subprocess
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest
import yaml
from psycopg.conninfo import conninfo_to_dict

from infrastructure.embedded_postgres import start
from infrastructure.find_postgres import SERVICE, VAULT
from infrastructure.postgres_binaries import binaries_for
from infrastructure.settings import read, variables

ROOT = Path(__file__).parents[2]
KINDS = {"owner": "postgres", "service": SERVICE, "vault": VAULT}


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    subprocess.run([ROOT / "deploy" / "make-secrets"], cwd=tmp_path, check=True)
    return tmp_path / "secrets"


def test_every_secret_of_the_containers_is_made(compose: Any, secrets: Path) -> None:
    wanted = {Path(each["file"]).name for each in compose["secrets"].values()}
    assert wanted == {each.name for each in secrets.iterdir()}
    assert secrets.stat().st_mode & 0o777 == 0o700
    for name, service in compose["services"].items():
        assert set(service["secrets"]) <= set(compose["secrets"]), name


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_lets_in_the_role_with_the_password_of_the_other_file(
    secrets: Path, kind: str
) -> None:
    url = (secrets / f"{kind}_database_url").read_text()
    said = conninfo_to_dict(url)
    assert said["user"] == KINDS[kind]
    assert said["password"] == (secrets / f"{kind}_password").read_text()
    assert len(str(said["password"])) == 48
    assert read({"DATABASE_URL_FILE": str(secrets / f"{kind}_database_url")}).database_url == url


def test_secrets_that_exist_are_left_alone(secrets: Path) -> None:
    before = {each.name: each.read_text() for each in secrets.iterdir()}
    again = subprocess.run(
        [ROOT / "deploy" / "make-secrets"], cwd=secrets.parent, check=False, capture_output=True
    )
    assert again.returncode == 1
    assert {each.name: each.read_text() for each in secrets.iterdir()} == before


def test_only_the_migration_gets_the_owners_address(compose: Any) -> None:
    holders = [
        name
        for name, service in compose["services"].items()
        if "owner_database_url" in service["secrets"]
    ]
    assert holders == ["migrate"]


@pytest.mark.parametrize("name", ["migrate", "service"])
def test_what_a_container_is_told_is_a_setting(compose: Any, name: str) -> None:
    known = {each.name for each in variables()} | {
        f"{each.name}_FILE" for each in variables() if each.secret
    }
    service = compose["services"][name]
    assert set(service["environment"]) <= known
    files = {Path(each).name for each in service["environment"].values() if "/run/" in each}
    assert files == set(service["secrets"])
    words = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"(KRINGBOEK_\w+)=", words)) <= known


def test_the_image_is_built_from_what_the_context_lets_in() -> None:
    let_in = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = re.findall(
        r"^COPY ((?!--from)[^\n]+) \S+$",
        (ROOT / "Dockerfile").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert {name for names in copied for name in names.split()} == let_in
    assert all((ROOT / name).exists() for name in let_in)


def test_the_logins_are_made_with_their_passwords(secrets: Path) -> None:
    parent = Path(mkdtemp(prefix="kringboek-deploy-"))
    parent.chmod(0o711)
    with start(parent / "data", fsync=False) as cluster:
        said = conninfo_to_dict(cluster.dsn())
        psql = binaries_for(parent / "data", as_nobody=False)
        subprocess.run(
            [ROOT / "deploy" / "create-logins"],
            env={
                "PATH": f"{psql}{os.pathsep}{os.defpath}",
                "PGHOST": str(said["host"]),
                "POSTGRES_USER": "postgres",
                "POSTGRES_DB": "postgres",
                "SECRETS": str(secrets),
            },
            check=True,
            capture_output=True,
        )
        with psycopg.connect(cluster.dsn()) as connection:
            made = connection.execute(
                "SELECT rolname, rolcanlogin, rolsuper, rolpassword LIKE 'SCRAM-SHA-256$%'"
                " FROM pg_authid WHERE rolname LIKE 'kringboek%' ORDER BY rolname"
            ).fetchall()
    rmtree(parent)
    assert made == [(SERVICE, True, False, True), (VAULT, True, False, True)]
