"""What playing a scenario leaves behind, and what it refuses on the way."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from application.scenarios.play import play
from application.scenarios.scenario import Scenario, ScenarioRefused, Step
from application.sealing.sealer import Sealer
from domain.convenant_project.execution import RecordChecked
from infrastructure.scenario_file import read_scenario
from tests.given import at
from tests.memory_ledger import MemoryLedger, MemoryVault

SMALL = """\
scenario: Een klein geval
people: [yusuf]
steps:
  - {id: noorderdam, at: 2025-01-06, actor: yusuf, member: noorderdam, do: register-member,
     with: {name: Gemeente Noorderdam, kvkNumber: 90000001, kind: contracting-authority,
            legalForm: public-body}}
  - {id: pad, at: 2025-01-07, actor: yusuf, project: pad, do: register-project,
     with: {title: Een pad, authority: noorderdam, kind: works, object: a path,
            location: the dunes, cpv: 45233162-2, underConvenant: true}}
  - {id: work, at: 2025-03-01, occurredAt: 2025-02-27 08:00, actor: yusuf, project: pad,
     do: start-work}
  - {id: checked, at: 2025-03-02, actor: yusuf, project: pad, do: record-check-result,
     with: {check: procedure-file, passed: true, remarks: complete}}
"""


@pytest.fixture
def small(tmp_path: Path) -> Scenario:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return read_scenario(path)


def played(scenario: Scenario, ledger: MemoryLedger | None = None) -> MemoryLedger:
    into = ledger or MemoryLedger()
    asyncio.run(play(scenario, into, Sealer(MemoryVault()), policy=bytes(32)))
    return into


def changed(scenario: Scenario, step_id: str, **more: object) -> Scenario:
    steps = [
        replace(step, **more) if step.id == step_id else step  # type: ignore[arg-type]
        for step in scenario.steps
    ]
    return replace(scenario, steps=tuple(steps))


def step(scenario: Scenario, step_id: str) -> Step:
    return next(step for step in scenario.steps if step.id == step_id)


def test_what_happened_earlier_is_recorded_at_its_step_and_dated_by_the_other(
    small: Scenario,
) -> None:
    work = played(small).events[2]
    assert work.recorded_at == at("2025-03-01")
    assert work.occurred_at == at("2025-02-27 08:00")


def test_a_check_reaches_as_far_as_the_record_did(small: Scenario) -> None:
    check = played(small).events[-1]
    assert isinstance(check.fact, RecordChecked)
    assert (check.position, check.fact.up_to) == (4, 3)


def test_a_step_that_cannot_have_happened_is_refused_at_its_line(small: Scenario) -> None:
    late = changed(small, "work", occurred_at=at("2025-03-01 10:00"))
    with pytest.raises(ScenarioRefused) as refused:
        played(late)
    assert (refused.value.code, refused.value.line) == ("moment.in-the-future", 10)
    assert "work (start-work)" in refused.value.why


def test_a_slip_in_the_last_step_leaves_nothing_behind(small: Scenario) -> None:
    ledger = MemoryLedger()
    with pytest.raises(ScenarioRefused):
        played(changed(small, "checked", command="check-everything"), ledger)
    assert ledger.events == []


def test_the_same_title_with_other_particulars_is_refused(small: Scenario) -> None:
    ledger = played(small)
    otherwise = changed(small, "checked", particulars={
        **step(small, "checked").particulars, "passed": False,
    })  # fmt: skip
    with pytest.raises(ScenarioRefused) as refused:
        played(otherwise, ledger)
    assert refused.value.code == "scenario.played-otherwise"
    assert len(ledger.events) == 4


def test_a_scenario_that_begins_before_the_sandbox_ends_is_refused(small: Scenario) -> None:
    ledger = played(small)
    with pytest.raises(ScenarioRefused) as refused:
        played(replace(small, title="Een ander geval"), ledger)
    assert refused.value.code == "scenario.sandbox-is-later"


def test_progress_hears_of_every_step(small: Scenario) -> None:
    heard: list[tuple[int, int]] = []
    asyncio.run(
        play(
            small,
            MemoryLedger(),
            Sealer(MemoryVault()),
            policy=b"",
            progress=lambda done, total: heard.append((done, total)),
        )
    )
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
