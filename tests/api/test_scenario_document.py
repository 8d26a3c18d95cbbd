"""`docs/scenarios.md` says what is so: its reference is current, and its worked case plays."""

import asyncio
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from api.scenario_numbers import binds
from api.scenario_reference import DOCUMENT, with_reference
from api.terminal.judge import table
from api.verdicts import verdicts_said
from application.scanned_registers import ScannedRegisters
from application.scenarios.play import Judged, judge_played, play
from application.scenarios.scenario import Scenario, ScenarioRefused
from application.scenarios.words import script
from application.sealing.sealer import Sealer
from domain.law.parameter_table import DEFINITIONS
from domain.law.parameters import Parameters
from domain.rules.catalogue import BY_ID
from domain.rules.rule import Outcome
from infrastructure.scenario_file import read_scenario
from tests.memory_ledger import MemoryLedger, MemoryVault

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / DOCUMENT).read_text(encoding="utf-8")


def worked_cases(folder: Path) -> tuple[Path, Path]:
    """The worked case of the document and its mutation, as files beside their base."""
    shutil.copy(ROOT / "scenarios" / "noorderdam.yaml", folder)
    blocks = re.findall(r"```yaml\n(scenario: Speelplein.*?)```", TEXT, re.DOTALL)
    case, mutation = folder / "speelplein.yaml", folder / "mutation.yaml"
    case.write_text(blocks[0])
    mutation.write_text(blocks[1])
    return case, mutation


def told(path: Path) -> Judged:
    return played(read_scenario(path))


def played(case: Scenario) -> Judged:
    async def story() -> Judged:
        ledger = MemoryLedger()
        left = await play(case, ledger, Sealer(MemoryVault()), policy=b"")
        return await judge_played(case, left, ledger, ScannedRegisters(ledger))

    return asyncio.run(story())


def verdicts_of(scenario: Scenario) -> dict[str, Outcome]:
    (verdicts,) = played(scenario).verdicts.values()
    return {each.rule.id: each.outcome for each in verdicts.judgements}


def broken(judged: Judged) -> set[str]:
    """The rules that say anything but that all is well."""
    quiet = {Outcome.PASS, Outcome.NOT_APPLICABLE}
    (verdicts,) = judged.verdicts.values()
    return {each.rule.id for each in verdicts.judgements if each.outcome not in quiet}


def test_the_reference_of_the_commands_is_that_of_this_build() -> None:
    assert with_reference(TEXT) == TEXT, "run: python -m api.scenario_reference"


def test_the_worked_case_and_its_mutation_are_judged_as_they_say(tmp_path: Path) -> None:
    case, mutation = worked_cases(tmp_path)
    first, second = told(case), told(mutation)
    assert (first.differences, broken(first)) == ((), {"INF-07"})
    assert (second.differences, broken(second)) == ((), set())


def nice_to_have() -> tuple[set[str], set[str]]:
    """What the document calls nice to have: commands, and subjects of motivations."""
    listed = TEXT.partition("they change no verdict:")[2].partition("\n(")[0]
    commands, subjects = listed.split("and `give-motivation` of ")
    return set(re.findall(r"`([a-z-]+)`", commands)), set(re.findall(r"`([a-z-]+)`", subjects))


@pytest.mark.parametrize(
    "file", ["westhaven-answered-in-time.yaml", "s02-riolering-havenkwartier.yaml", "speelplein"]
)
def test_what_is_nice_to_have_changes_no_verdict_when_it_is_left_out(
    file: str, tmp_path: Path
) -> None:
    path = worked_cases(tmp_path)[1] if file == "speelplein" else ROOT / "scenarios" / file
    whole = read_scenario(path)
    commands, subjects = nice_to_have()
    kept = tuple(
        step
        for step in whole.steps
        if step.command not in commands and step.particulars.get("subject") not in subjects
    )
    assert len(kept) < len(whole.steps)
    assert verdicts_of(replace(whole, steps=kept)) == verdicts_of(whole)


def test_the_plain_command_prints_what_is_not_well_and_all_prints_every_rule(
    tmp_path: Path,
) -> None:
    (verdicts,) = told(worked_cases(tmp_path)[0]).verdicts.values()
    said = verdicts_said(verdicts).verdicts
    plain, whole = list(table(said)), list(table(said, everything=True))
    rule = re.compile(r"[A-Z]{3}-\d\d ")
    assert [line[:6] for line in plain if rule.match(line)] == ["INF-07"]
    assert {line[:6] for line in whole if rule.match(line)} == set(BY_ID)
    assert plain[-1] == whole[-1]
    assert plain[-1].endswith(" not-applicable")


def test_the_document_says_of_every_rule_what_to_record() -> None:
    table = TEXT.partition("| to be judged on | record |")[2].partition("\n\n")[0]
    assert set(re.findall(r"[A-Z]{3}-\d\d", table)) == set(BY_ID)


def test_every_command_that_the_document_speaks_of_exists() -> None:
    prose, _, rest = TEXT.partition("## Every command")
    commands = set(re.findall(r"^#### `([a-z-]+)`", rest, re.MULTILINE))
    table = prose.partition("| to be judged on | record |")[2]
    spoken = set(re.findall(r"`([a-z]+-[a-z-]+)`", table + prose.partition("## From prose")[2]))
    words = set(re.findall(r"`([a-z]+-[a-z-]+)`", rest)) - commands
    assert spoken - words <= commands


def test_the_refusal_that_the_document_shows_is_the_one_that_is_given(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^kringboek: (s07-.*)$", TEXT, re.MULTILINE)
    for name in ("noorderdam.yaml", "s07-bruggen-zuidtangent.yaml"):
        shutil.copy(ROOT / "scenarios" / name, tmp_path)
    path = tmp_path / "s07-bruggen-zuidtangent.yaml"
    step = "- id: s07-request\n    at: 2026-01-26\n    actor: ruben\n    project: bruggen"
    text = path.read_text()
    assert step in text
    path.write_text(text.replace(step, f"{step}n"))
    with pytest.raises(ScenarioRefused) as refused:
        script(read_scenario(path))
    assert str(refused.value) == shown


def test_every_link_within_the_document_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}
    links = {re.sub(r"\s", "", each) for each in re.findall(r"\]\(#([^)]+)\)", TEXT)}
    assert links - anchors == set()


def test_a_number_binds_in_the_document_as_it_does_in_a_verdict() -> None:
    """What nobody adopted is a violation to break, or a warning."""
    for key, definition in DEFINITIONS.items():
        binding = Parameters().at(key, definition.rows[-1].valid_from).binding
        assert binding is (binds(definition) != "if adopted"), key
