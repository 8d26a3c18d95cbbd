"""`kringboek play`."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from api.compose import Settings, find_postgres, made, open_house, read_scenario, throw_away
from api.house import House
from api.terminal.judge import table
from api.terminal.words import ProgressLine, Said, give, tell
from api.verdicts import verdicts_said
from application.scanned_registers import ScannedRegisters
from application.scenarios.play import Judged, judge_played, play, verdicts_as_json
from application.scenarios.scenario import Scenario

THE_DATA_FOLDER = "data"


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Play, judge, compare; end with 1 when a verdict is not the one that is expected."""
    scenario = read_scenario(Path(said.file))
    async with _sandbox(settings, said.into) as house:
        judged = await played(house, scenario)
    if said.json:
        give(to_json(verdicts_as_json(judged), indent=2).decode())
    else:
        _show(judged, everything=said.all)
    for each in judged.differences:
        expected = each.expected
        tell(
            f"{expected.place.file}:{expected.place.line}: {expected.project} {expected.rule}:"
            f" expected {expected.outcome.value}, judged {each.judged.outcome.value}"
        )
    return int(bool(judged.differences))


async def played(house: House, scenario: Scenario) -> Judged:
    """Play a scenario into a house, and judge its projects."""
    if not house.sandbox:
        raise Said(f"{house.origin} is no sandbox: a story is not played into a real record")
    story = await play(
        scenario,
        house.ledger,
        house.sealer,
        policy=house.access.policy.sha256,
        progress=ProgressLine("Steps"),
    )
    return await judge_played(scenario, story, house.ledger, ScannedRegisters(house.ledger))


@asynccontextmanager
async def _sandbox(settings: Settings, into: str | None) -> AsyncIterator[House]:
    if into not in (None, THE_DATA_FOLDER):
        settings = replace(settings, **_all_at(into))
    postgres = find_postgres(settings)
    try:
        if into is not None:
            async with open_house(settings, postgres) as house:
                yield house
            return
        with throw_away(postgres) as database:
            await made(settings, database, sandbox=True)
            async with open_house(settings, database, durable=False, follow=False) as house:
                yield house
    finally:
        postgres.stop()


def _all_at(url: str) -> dict[str, Any]:
    return {"database_url": url, "vault_database_url": None, "owner_database_url": None}


def _show(judged: Judged, *, everything: bool) -> None:
    for alias, verdicts in judged.verdicts.items():
        give(f"{judged.played.titles[alias]}")
        for line in table(verdicts_said(verdicts).verdicts, everything=everything):
            give(f"  {line}")
