"""The worked cases: each is played through the real ledger and judged as the matrix says."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from application.compliance import Verdicts
from application.scanned_registers import ScannedRegisters
from application.scenarios.play import Judged, judge_played, play, verdicts_as_json
from application.scenarios.scenario import Scenario
from application.scenarios.words import script
from application.sealing.sealer import Sealer
from domain.law.parameter_table import DEFINITIONS
from domain.rules.catalogue import BY_ID
from domain.rules.rule import Outcome, Violation
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.ledger import PostgresLedger
from infrastructure.scenario_file import read_scenario
from tests.conftest import Database
from tests.memory_ledger import MemoryLedger, MemoryVault

SCENARIOS = Path(__file__).parents[2] / "scenarios"
POLICY = bytes(32)
WORDS = {
    "P": Outcome.PASS,
    "V": Outcome.VIOLATION,
    "W": Outcome.WARN,
    "-": Outcome.NOT_APPLICABLE,
}


@dataclass(frozen=True)
class Case:
    file: str
    project: str
    column: str


CASES = (
    Case("s01-lindenstraat.yaml", "lindenstraat", "S01"),
    Case("s02-riolering-havenkwartier.yaml", "riolering", "S02"),
    Case("s05-fietspad-duinpolder.yaml", "fietspad", "S05"),
    Case("s07-bruggen-zuidtangent.yaml", "bruggen", "S07"),
    Case("s09-marktplein.yaml", "marktplein", "S09"),
    Case("s11-schoolstraat.yaml", "schoolstraat", "S11"),
)
MUTATIONS = (
    (CASES[0], "s01-signed-a-day-early.yaml", {"AWD-02": Outcome.VIOLATION}),
    (CASES[1], "s02-a-day-short.yaml", {"TML-01": Outcome.VIOLATION}),
    (CASES[2], "s05-standstill-promised.yaml", {"AWD-02": Outcome.VIOLATION}),
)


def matrix() -> Mapping[str, Mapping[str, Outcome]]:
    """Column -> rule -> verdict."""
    path = Path(__file__).parents[1] / "data" / "scenarios" / "verdict-matrix.md"
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and "---" not in line
    ]
    head, *rules = rows
    return {
        column: {row[0]: WORDS[row[index]] for row in rules}
        for index, column in enumerate(head)
        if column.startswith("S")
    }


@cache
def scenario(file: str) -> Scenario:
    return read_scenario(SCENARIOS / file)


@asynccontextmanager
async def sandbox(database: Database) -> AsyncIterator[PostgresLedger]:
    ledger = await PostgresLedger.open(
        database.dsn("kringboek_service"), EventMapper(EVENT_NAMES), durable=False
    )
    async with ledger:
        yield ledger


async def told(ledger: PostgresLedger | MemoryLedger, case: Scenario) -> Judged:
    played = await play(case, ledger, Sealer(MemoryVault()), policy=POLICY)
    return await judge_played(case, played, ledger, ScannedRegisters(ledger))


@cache
def in_memory(file: str) -> Judged:
    return asyncio.run(told(MemoryLedger(), scenario(file)))


def outcomes(verdicts: Verdicts) -> dict[str, Outcome]:
    return {each.rule.id: each.outcome for each in verdicts.judgements}


# ------------------------------------------------------------------------------------ the matrix


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.column)
def test_a_case_is_judged_as_its_column_says(case: Case, sandbox_database: Database) -> None:
    async def story() -> Judged:
        async with sandbox(sandbox_database) as ledger:
            return await told(ledger, scenario(case.file))

    judged = outcomes(asyncio.run(story()).verdicts[case.project])
    column = matrix()[case.column]
    assert {rule: judged[rule] for rule in column} == column
    unlisted = {rule: outcome for rule, outcome in judged.items() if rule not in column}
    assert set(unlisted.values()) <= {Outcome.PASS, Outcome.NOT_APPLICABLE}, unlisted


@pytest.mark.parametrize(("case", "file", "flips"), MUTATIONS, ids=lambda each: str(each)[:12])
def test_a_mutation_flips_exactly_the_rules_it_names(
    case: Case, file: str, flips: Mapping[str, Outcome]
) -> None:
    before = outcomes(in_memory(case.file).verdicts[case.project])
    mutated = in_memory(file)
    after = outcomes(mutated.verdicts[case.project])
    assert {rule: after[rule] for rule in after if after[rule] is not before[rule]} == flips
    assert mutated.differences == ()


def test_what_a_file_expects_is_what_the_matrix_says() -> None:
    alone = [(case, case.file, dict[str, Outcome]()) for case in CASES]
    for case, file, flips in [*alone, *MUTATIONS]:
        expected = {each.rule: each.outcome for each in scenario(file).expected}
        assert expected == {**matrix()[case.column], **flips}, file


def test_a_promised_standstill_that_is_broken_is_major_and_not_a_blocker() -> None:
    judged = in_memory("s01-signed-a-day-early.yaml").verdicts["lindenstraat"]
    (standstill,) = [each for each in judged.judgements if each.rule.id == "AWD-02"]
    assert standstill.severity is not None
    assert standstill.severity.value == "major"


def test_the_remedy_for_a_late_document_names_the_day() -> None:
    judged = in_memory("s07-bruggen-zuidtangent.yaml").verdicts["bruggen"]
    for rule in ("INF-02", "TML-05"):
        (verdict,) = [each.verdict for each in judged.judgements if each.rule.id == rule]
        assert isinstance(verdict, Violation)
        assert verdict.remedy is not None
        assert "21 April 2026" in verdict.remedy.en, rule


# ------------------------------------------------------------ another municipality, nothing adopted


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("westhaven-kade.yaml", {"TML-04", "TML-05", "MOD-01"}),
        ("westhaven-answered-in-time.yaml", set()),
        (
            "westhaven-no-measures.yaml",
            {"TML-03", "TML-04", "TML-05", "INF-02", "INF-06", "INV-02", "MOD-01"},
        ),
    ],
)
def test_a_municipality_that_adopted_nothing_is_judged_by_the_law(
    file: str, broken: set[str]
) -> None:
    judged = in_memory(file)
    verdicts = outcomes(judged.verdicts["kade"])
    quiet = {Outcome.PASS, Outcome.NOT_APPLICABLE}
    found = {rule: outcome for rule, outcome in verdicts.items() if outcome not in quiet}
    assert found == dict.fromkeys(broken, Outcome.VIOLATION)
    assert judged.differences == ()
    assert {each.rule for each in scenario(file).expected} == set(BY_ID)


# ----------------------------------------------------------------------------- the sample circle


def test_the_sample_circle_is_judged_as_its_author_reasoned(sandbox_database: Database) -> None:
    async def story() -> Judged:
        async with sandbox(sandbox_database) as ledger:
            return await told(ledger, scenario("sample-circle.yaml"))

    judged = asyncio.run(story())
    surprises = [
        (each.expected.project, each.judged.rule.id, each.judged.outcome)
        for each in judged.differences
    ]
    assert surprises == []
    assert "Bruggen Zuidtangent" in judged.played.titles.values()
    assert len(judged.verdicts) > 1


def test_the_sample_circle_expects_a_verdict_of_every_rule_on_every_project() -> None:
    sample = scenario("sample-circle.yaml")
    projects = script(sample).projects
    expected = {(each.project, each.rule) for each in sample.expected}
    assert expected == {(project, rule) for project in projects for rule in BY_ID}


# --------------------------------------------------------------------------------------- playing


def test_every_step_is_recorded_at_its_own_moment(sandbox_database: Database) -> None:
    case = scenario("s07-bruggen-zuidtangent.yaml")

    async def story() -> None:
        async with sandbox(sandbox_database) as ledger:
            await play(case, ledger, Sealer(MemoryVault()), policy=POLICY)
            recorded = {each.command: each.recorded_at async for each in ledger.read()}
            assert sorted(recorded.values()) == sorted(step.at for step in case.steps)

    asyncio.run(story())


def test_playing_a_scenario_again_records_nothing_new() -> None:
    async def story() -> None:
        ledger, case = MemoryLedger(), scenario("s02-riolering-havenkwartier.yaml")
        first = await told(ledger, case)
        again = await told(ledger, case)
        assert (await ledger.head())[0] == first.played.position == again.played.position
        assert verdicts_as_json(first) == verdicts_as_json(again)

    asyncio.run(story())


def test_a_scenario_played_twice_gives_the_same_verdicts_and_evidence() -> None:
    def as_json() -> str:
        judged = asyncio.run(told(MemoryLedger(), scenario("s09-marktplein.yaml")))
        return json.dumps(verdicts_as_json(judged))

    assert as_json() == as_json()


def test_verdicts_in_json_go_by_title_and_rule_and_name_positions() -> None:
    by_title: dict[str, Any] = verdicts_as_json(in_memory("s07-bruggen-zuidtangent.yaml"))
    late = by_title["Bruggen Zuidtangent"]["INF-02"]
    assert late["verdict"] == "violation"
    assert late["severity"] == "blocker"
    assert late["evidence"]
    assert all(position > 0 for position in late["evidence"])
    assert late["why"]["nl"]
    assert late["remedy"]["en"]
    assert by_title["Bruggen Zuidtangent"]["MOD-01"]["evidence"] == []


def test_noorderdam_adopted_every_number_that_the_law_leaves_open() -> None:
    (adopted,) = [
        step.particulars["adoptions"]
        for step in scenario("noorderdam.yaml").steps
        if step.id == "parameters"
    ]
    assert {each["parameter"]: each["value"] for each in adopted} == {
        str(key): each.rows[-1].value for key, each in DEFINITIONS.items() if not each.fixed
    }


def test_no_name_of_a_person_reaches_the_record() -> None:
    async def story() -> str:
        ledger = MemoryLedger()
        await play(scenario("noorderdam.yaml"), ledger, Sealer(MemoryVault()), policy=POLICY)
        return "".join(str(each.fact) for each in ledger.events)

    record = asyncio.run(story())
    assert "Alba Infra BV" in record
    for name in ("Terhorst", "Lindhoudt", "odile@"):
        assert name not in record
