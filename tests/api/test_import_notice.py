"""`kringboek import-notice`: a project's id for a program, and for a person what was left out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from api import cli
from api.compose import open_house
from api.terminal import notice
from infrastructure.find_postgres import GivenPostgres
from tests.conftest import Database
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import FOLDER, edited

Terminal = Callable[..., tuple[int, str, str]]
PERSON = "Wilhelmina Verzonnen-Geplant"


@pytest.fixture
def terminal(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Terminal:
    """The command line on the ledger of this test: words to exit code, output and the rest."""
    url = database.superuser_dsn
    given = GivenPostgres(url=url, owner_url=url, vault_url=url)
    monkeypatch.setattr(notice, "find_postgres", lambda _: given)
    monkeypatch.setattr(notice, "open_house", partial(open_house, durable=False))
    monkeypatch.setenv("KRINGBOEK_DATA", str(tmp_path))

    def say(*words: str) -> tuple[int, str, str]:
        code = cli.main(["import-notice", *words])
        said = capfd.readouterr()
        return code, said.out, said.err

    return say


def test_the_answer_is_the_project_and_the_same_again(
    terminal: Terminal, database: Database
) -> None:
    file = str(FOLDER / samples.F03_RANGE)
    code, project, told = terminal(file)
    assert code == 0
    assert str(UUID(project.strip())) == project.strip()
    assert "Recorded 7 facts, up to position 7." in told
    assert "- The description was left out: it may name somebody." in told
    again, same, told = terminal(file)
    assert (again, same) == (0, project)
    assert "recorded before" in told
    assert _events(database) == 7


def test_a_refusal_names_the_element_and_leaves_nothing(
    terminal: Terminal, database: Database
) -> None:
    code, out, told = terminal(str(FOLDER / "eforms-sdk" / "CEI.xml"))
    assert (code, out) == (1, "")
    assert "[notice.form-unknown]" in told
    assert "cbc:SubTypeCode" in told
    code, out, told = terminal(str(FOLDER / samples.F02), "--authority", "90000017")
    assert (code, out) == (1, "")
    assert "[import.unknown-authority]" in told
    assert _events(database) == 0


def test_a_contact_person_is_neither_told_nor_logged(
    terminal: Terminal, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "aankondiging.xml"
    planted = ("Contactpersoon 1 (fictief)", PERSON)
    file.write_bytes(
        edited(samples.F01_LOT, planted, ("Openbare Verlichting 2022", f"{PERSON} Verlichting"))
    )
    code, out, told = terminal(str(file))
    assert code == 0
    assert "Verzonnen" not in out + told
    assert _events(database) == 4
    assert _anywhere(database, "Lansingerland")
    assert not _anywhere(database, "Verzonnen")


def test_the_name_of_a_winner_who_may_be_a_person_is_nowhere_in_clear(
    terminal: Terminal, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "gunning.xml"
    name = "<OFFICIALNAME>Zonnepark Fledderbosch</OFFICIALNAME>"
    file.write_bytes(edited(samples.F15, (name, f"<OFFICIALNAME>{PERSON}</OFFICIALNAME>")))
    code, out, told = terminal(str(file))
    assert code == 0, told
    assert "Geplant" not in out + told
    assert _anywhere(database, '"ciphertext"')
    assert not _anywhere(database, "Geplant")


def _events(database: Database) -> int:
    with psycopg.connect(database.superuser_dsn) as connection:
        row = connection.execute("SELECT count(*) FROM ledger.event").fetchone()
    assert row is not None
    count: int = row[0]
    return count


def _anywhere(database: Database, word: str) -> bool:
    """Whether any row of any table of the ledger holds the word, as text or as bytes."""
    with psycopg.connect(database.superuser_dsn) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert ("ledger.event",) in tables
        for (table,) in tables:
            found = connection.execute(
                f"SELECT 1 FROM {table} AS every"  # noqa: S608
                " WHERE every::text ~ %s OR every::text ~ %s",
                [word, word.encode().hex()],
            ).fetchone()
            if found is not None:
                return True
    return False
