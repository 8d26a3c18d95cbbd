"""Forgetting at the terminal: what would go, what goes, what is held, what is due, and the epochs."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from domain.member.access import AccessRole
from tests.api.in_process import doors
from tests.api.planting import Garden
from tests.api.test_terminal import Terminal
from tests.conftest import Database

SAID = "Mila wacht op antwoord"


@pytest.fixture
def kringboek(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    return Terminal(database, tmp_path, monkeypatch, capsys)


def complaint_about(database: Database, data: Path, *, granted: bool) -> str:
    """The person whom a complaint of 2024 is about, and whom the authority is to forget."""

    async def story() -> str:
        async with doors(database, data) as at:
            garden = await Garden(at).made()
            position = await garden.give(
                garden.token[AccessRole.FACILITATOR], "circles", garden.circle, "raise-complaint",
                complaint="K1", text=SAID, occurredAt="2024-05-01T09:00:00Z",
            )  # fmt: skip
            kid = at.house.ledger
            async for recorded in kid.read(after=position - 1, up_to=position):
                fact: Any = recorded.fact
            operator = at.house.issuer.token(at.house.operator)  # type: ignore[union-attr]
            officer = garden.token[AccessRole.PRIVACY_OFFICER]
            person = str(at.person("Mila"))
            await garden.give(
                officer, "members", garden.authority, "name-persons",
                kid=str(fact.kid), persons=[person],
            )  # fmt: skip
            if granted:
                await garden.give(
                    operator, "members", garden.authority, "request-erasure", erasure="W1",
                    person=person, ground="objection", askedBy="data-subject",
                    receivedOn="2026-01-05",
                )  # fmt: skip
                await garden.give(
                    officer, "members", garden.authority, "grant-erasure", erasure="W1"
                )
            await at.house.views.wait_for((await at.house.ledger.head())[0], within=10)
            return person

    return asyncio.run(story())


def test_from_a_dry_run_to_forgotten(
    kringboek: Terminal, database: Database, tmp_path: Path
) -> None:
    person = complaint_about(database, tmp_path, granted=True)
    dry = kringboek("erase", "--person", person, "--dry-run", "--json")
    assert dry.code == 0
    (key,) = json.loads(dry.said)["keys"]
    assert (key["kind"], key["keptFor"]) == ("klaagpaal", None)

    held = kringboek("person", person, "--lang", "nl")
    assert SAID in held.said
    assert SAID not in held.told

    names = tmp_path / "names"
    names.write_text("\nmila  \nM. Zandstra\n")
    named = kringboek("person", person, "--named-as", str(names), "--json")
    assert json.loads(named.said.splitlines()[-1])["text"]["field"] == "text"
    assert len(named.said.splitlines()) == len(held.said.splitlines()), "events, and one text"
    names.write_text("\n")
    assert kringboek("person", person, "--named-as", str(names)).code == 1

    due = kringboek("retention", "--lang", "nl")
    assert due.code == 1
    assert "te vergeten vanaf 2025-05-01" in due.said
    assert "klaagpaal: 12 maanden" in due.said

    done = kringboek("erase", "--person", person)
    assert done.code == 0
    assert "klaagpaal  goes" in done.said
    assert "No account leads to this person any more." in done.told
    assert kringboek("erase", "--person", person).code == 1, "nothing is left to do"

    gone = kringboek("person", person, "--json")
    texts = [each for line in gone.said.splitlines() for each in json.loads(line)["texts"]]
    assert [(each["text"], each["state"]) for each in texts] == [(None, "forgotten")]
    assert kringboek("retention").code == 0


def test_nothing_goes_that_was_not_granted_and_epochs_turn(
    kringboek: Terminal, database: Database, tmp_path: Path
) -> None:
    person = complaint_about(database, tmp_path, granted=False)
    refused = kringboek("erase", "--person", person)
    assert refused.code == 1
    assert "have it granted by somebody else" in refused.told
    assert SAID in kringboek("person", person).said
    assert kringboek("erase", "--person", "Mila").code == 1
    assert kringboek("retention", "--by", "gisteren").code == 1
    the_epochs_of_the_vault_turn(kringboek, tmp_path)


def the_epochs_of_the_vault_turn(kringboek: Terminal, tmp_path: Path) -> None:
    assert "epoch 1, the newest: 1 keys" in kringboek("vault", "status").said
    turned = kringboek("vault", "rotate", "--json")
    assert [each["living"] for each in json.loads(turned.said)["epochs"]] == [0, 1]
    assert "[vault-epoch-in-use]" in kringboek("vault", "end-epoch", "2").told
    ended = kringboek("vault", "end-epoch", "1")
    assert ended.code == 0
    assert ended.said == "epoch 2, the newest: 1 keys\ndestroyed: 0 keys\n"
    assert kringboek("vault", "end-epoch", "7").code == 1
    assert kringboek("vault", "end-epoch").code == 1
    (tmp_path / "keys" / "vault-epoch-0002.key").unlink()
    assert "not in the folder" in kringboek("vault", "status").told
