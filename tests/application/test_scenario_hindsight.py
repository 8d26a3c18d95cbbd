"""A refused step is told which other step made it impossible, in whatever file that stands."""

import asyncio
from pathlib import Path

import pytest

from application.scenarios.play import play
from application.scenarios.scenario import ScenarioRefused
from application.sealing.sealer import Sealer
from infrastructure.scenario_file import read_scenario
from tests.memory_ledger import MemoryLedger, MemoryVault

CASE = """\
scenario: Een pad
people: [yusuf]
steps:
  - {id: noorderdam, at: 2025-01-06, actor: yusuf, member: noorderdam, do: register-member,
     with: {name: Gemeente Noorderdam, kvkNumber: 90000001, kind: contracting-authority,
            legalForm: public-body}}
  - {id: pad, at: 2025-01-07, actor: yusuf, project: pad, do: register-project,
     with: {title: Een pad, authority: noorderdam, kind: works, object: aanleg van een pad,
            location: Duinen, cpv: 45233162-2, underConvenant: true}}
  - {id: known, at: 2025-01-08, actor: yusuf, member: noorderdam, do: introduce-person,
     with: {person: yusuf, name: Yusuf Aydemir}}
  - {id: guide, at: 2025-02-03, actor: yusuf, project: pad, do: add-document-version,
     with: {document: D1, version: 1, title: Leidraad, relevance: relevant, genre: tender-guide}}
  - {id: package, at: 2025-02-03, actor: yusuf, project: pad, do: fix-tender-documents,
     with: {documents: [D1 v1]}}
"""


def refused(folder: Path, mutation: str, case: str = CASE) -> ScenarioRefused:
    (folder / "case.yaml").write_text(case)
    path = folder / "mutation.yaml"
    path.write_text(f"scenario: Anders\nbase: case.yaml\n{mutation}")
    with pytest.raises(ScenarioRefused) as caught:
        asyncio.run(
            play(read_scenario(path), MemoryLedger(), Sealer(MemoryVault()), policy=bytes(32))
        )
    return caught.value


def added_on(day: str) -> str:
    return (
        f"steps:\n  - {{id: guide, at: {day}, actor: yusuf, project: pad, do: add-document-version,\n"
        "     with: {document: D1, version: 1, title: Leidraad, relevance: relevant,\n"
        "            genre: tender-guide}}\n"
    )


def test_what_is_added_only_later_is_named_with_its_moment_and_place(tmp_path: Path) -> None:
    package = CASE.replace("id: package, at: 2025-02-03", "id: package, at: 2025-02-01")
    refusal = refused(tmp_path, "", case=package)
    assert (refusal.code, refusal.file) == ("project.unknown-document", "case.yaml")
    assert refusal.why.endswith(
        "That comes only later, by step 'guide' (add-document-version) at 2025-02-03 09:00"
        " (case.yaml:12)"
    )


def test_a_step_of_the_base_that_a_mutation_moved_is_blamed_on_the_mutation(
    tmp_path: Path,
) -> None:
    refusal = refused(tmp_path, added_on("2025-03-03"))
    assert (refusal.file, refusal.line) == ("case.yaml", 15)
    assert refusal.why.endswith("mutation.yaml:4 replaces step 'guide' (case.yaml:12)")


def test_a_step_of_the_base_that_a_mutation_removed_is_blamed_on_the_mutation(
    tmp_path: Path,
) -> None:
    refusal = refused(tmp_path, "remove:\n  - known\n  - guide\n")
    assert refusal.why.endswith("mutation.yaml:5 removes step 'guide' (case.yaml:12)")


def test_a_step_that_a_mutation_added_in_the_way_is_blamed(tmp_path: Path) -> None:
    refusal = refused(tmp_path, added_on("2025-02-01").replace("id: guide", "id: earlier"))
    assert refusal.code == "project.document-version"
    assert refusal.file == "case.yaml"
    assert refusal.why.endswith("mutation.yaml:4 tells step 'earlier', which rules it out")


def test_an_alias_that_a_mutation_took_away_is_blamed_on_the_mutation(tmp_path: Path) -> None:
    refusal = refused(tmp_path, "remove: [pad]\n")
    assert refusal.code == "scenario.unknown-name"
    assert refusal.why.endswith("mutation.yaml:3 removes step 'pad' (case.yaml:7)")


def test_nobody_is_blamed_for_a_step_that_is_wrong_by_itself(tmp_path: Path) -> None:
    alone = CASE.replace("documents: [D1 v1]", "documents: [D1 v2]")
    refusal = refused(tmp_path, "remove: [known]\n", case=alone)
    assert refusal.why.endswith("the project has no version 2 of D1; add it first")


def test_nobody_is_blamed_for_what_another_scenario_left_in_the_sandbox(tmp_path: Path) -> None:
    ledger, sealer = MemoryLedger(), Sealer(MemoryVault())

    async def both() -> None:
        for title, day in (("Een pad", "2025-01-06"), ("Nog een pad", "2025-03-06")):
            path = tmp_path / "case.yaml"
            path.write_text(
                f"scenario: {title}\npeople: [yusuf]\nsteps:\n"
                f"  - {{id: firm, at: {day}, actor: yusuf, member: firm, do: register-member,\n"
                "     with: {name: Alba BV, kvkNumber: 90000011, kind: contractor,\n"
                "            legalForm: private-limited}}\n"
                f"  - {{id: known, at: {day} 10:00, actor: yusuf, member: firm, do: reference-work,\n"
                "     with: {work: Een weg, municipalityCode: gm9901, completedOn: 2020-01-01}}\n"
            )
            await play(read_scenario(path), ledger, sealer, policy=bytes(32))

    with pytest.raises(ScenarioRefused) as caught:
        asyncio.run(both())
    assert caught.value.code == "member.known"
    assert "only later" not in caught.value.why


def test_a_step_that_no_base_has_is_answered_with_the_nearest_ones(tmp_path: Path) -> None:
    refusal = refused(tmp_path, "remove: [pakkage]\n")
    assert (refusal.code, refusal.line) == ("scenario.unknown-step", 3)
    assert refusal.why == "no base has a step 'pakkage'; the nearest are: package"
