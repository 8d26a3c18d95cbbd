"""What `docs/scenarios.md` says of groups, registers and numbers of ours, tried on one case."""

import asyncio
from pathlib import Path

import pytest

from application.scanned_registers import ScannedRegisters
from application.scenarios.play import judge_played, play
from application.sealing.sealer import Sealer
from domain.rules.rule import Outcome
from infrastructure.scenario_file import read_scenario
from tests.memory_ledger import MemoryLedger, MemoryVault

SCENARIOS = Path(__file__).parents[2] / "scenarios"
CASE = (SCENARIOS / "westhaven-kade.yaml").read_text(encoding="utf-8")
MEASURES_FOR_THE_SISTER = """\
  - {id: measure-information, at: 2025-03-10, actor: lotte, project: kade,
     do: take-measure, with: {member: waterbouw, kind: information}}
  - {id: measure-time, at: 2025-03-10, actor: lotte, project: kade,
     do: take-measure, with: {member: waterbouw, kind: time-limit}}
"""
REGISTERED_TWICE = """\
  - {id: delta-involved, at: 2024-11-04, actor: lotte, project: kade, do: register-involvement,
     with: {member: delta, kind: work-preparation, since: 2024-11-04}}
  - {id: delta-was-involved, at: 2025-01-31, actor: lotte, project: kade,
     do: register-involvement,
     with: {member: delta, kind: work-preparation, since: 2024-11-04, until: 2025-01-31}}
"""
A_DAY_MORE = """\
  - {id: more-time, at: 2025-04-11, actor: lotte, project: kade,
     do: move-deadline,
     with: {kind: tenders, deadline: 2025-04-16 14:00, reason: laat antwoord}}
"""
ADOPTED = """\
  - id: parameters
    at: 2024-01-16
    actor: ineke
    member: zuiderhaven
    do: adopt-parameters
    with:
      adoptions:
        - {parameter: extension-after-deadline, value: 1, validFrom: 2024-01-16, reason: besluit}
        - {parameter: extension-after-change, value: 5, validFrom: 2024-01-16, reason: besluit}
"""


def judged(folder: Path, steps: str = "") -> dict[str, Outcome]:
    """The verdicts on the case with `steps` instead of its own, or beside them."""
    (folder / "westhaven-kade.yaml").write_text(CASE, encoding="utf-8")
    path = folder / "mutation.yaml"
    path.write_text(f"scenario: Anders\nbase: westhaven-kade.yaml\nsteps:\n{steps}")

    async def story() -> dict[str, Outcome]:
        ledger, case = MemoryLedger(), read_scenario(path)
        left = await play(case, ledger, Sealer(MemoryVault()), policy=bytes(32))
        found = await judge_played(case, left, ledger, ScannedRegisters(ledger))
        return {each.rule.id: each.outcome for each in found.verdicts["kade"].judgements}

    return asyncio.run(story())


@pytest.mark.parametrize(
    "steps", [MEASURES_FOR_THE_SISTER, REGISTERED_TWICE], ids=["measures", "register"]
)
def test_it_makes_no_difference_which_of_a_group_is_named_or_how_often_it_is_registered(
    tmp_path: Path, steps: str
) -> None:
    assert judged(tmp_path, steps) == judged(tmp_path)


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ("", Outcome.VIOLATION),
        (A_DAY_MORE, Outcome.WARN),
        (ADOPTED + A_DAY_MORE, Outcome.VIOLATION),
    ],
    ids=["no extension at all", "a day, nothing adopted", "a day, adopted"],
)
def test_a_number_of_ours_convicts_only_where_it_decides_and_was_adopted(
    tmp_path: Path, steps: str, outcome: Outcome
) -> None:
    assert judged(tmp_path, steps)["TML-05"] is outcome
