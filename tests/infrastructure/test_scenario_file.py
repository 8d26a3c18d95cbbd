"""A scenario file that cannot be read is refused with its file and line, and never otherwise."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.scenarios.play import play
from application.scenarios.scenario import ScenarioRefused
from application.scenarios.words import script
from application.sealing.sealer import Sealer
from infrastructure.scenario_file import MOST_BYTES, read_scenario
from tests.memory_ledger import MemoryLedger, MemoryVault
from tests.thoroughness import examples

SCENARIOS = Path(__file__).parents[2] / "scenarios"

HEAD = """\
scenario: A small one
people: [yusuf]
steps:
"""
AUTHORITY = """\
  - id: noorderdam
    at: 2025-01-06
    actor: yusuf
    member: noorderdam
    do: register-member
    with:
      name: Gemeente Noorderdam
      kvkNumber: 90000001
      kind: contracting-authority
      legalForm: public-body
"""
PROJECT = """\
  - id: pad
    at: 2025-01-07
    actor: yusuf
    project: pad
    do: register-project
    with:
      title: Een pad
      authority: noorderdam
      kind: works
      object: a path
      location: the dunes
      cpv: 45233162-2
      underConvenant: true
"""
SMALL = HEAD + AUTHORITY + PROJECT


def refused(folder: Path, text: str | bytes) -> ScenarioRefused:
    path = folder / "case.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ScenarioRefused) as caught:
        script(read_scenario(path))
    return caught.value


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_small_one_that_the_refusals_start_from_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(SMALL)
    assert [line.step.id for line in script(read_scenario(path)).lines] == ["noorderdam", "pad"]


@pytest.mark.parametrize(
    ("instead", "of", "code"),
    [
        ("do: build-bridge", "do: register-project", "scenario.unknown-command"),
        ("do: found-circle", "do: register-project", "scenario.unknown-command"),
        ("colour: red", "cpv: 45233162-2", "scenario.unknown-field"),
        ("authority: zuiderdam", "authority: noorderdam", "scenario.unknown-name"),
        ("kind: roads", "kind: works", "scenario.malformed"),
        ("underConvenant: 1", "underConvenant: true", "scenario.malformed"),
        ("at: 2025-02-30", "at: 2025-01-07", "scenario.unknown-date"),
        ("at: soon", "at: 2025-01-07", "scenario.unknown-date"),
        ("at: 7-1-2025", "at: 2025-01-07", "scenario.unknown-date"),
        ("at: 2025-01-07 25:00", "at: 2025-01-07", "scenario.unknown-date"),
        ("at: 2025-03-30 02:30", "at: 2025-01-07", "scenario.unknown-date"),  # skipped
        ("at: 2025-10-26 02:30", "at: 2025-01-07", "scenario.unknown-date"),  # comes twice
        ("at: 0001-01-01 00:00", "at: 2025-01-07", "scenario.unknown-date"),
        ("at: 9999-12-31T23:59:59-12:00", "at: 2025-01-07", "scenario.unknown-date"),
        ("at: [2025-01-07]", "at: 2025-01-07", "scenario.step"),
        ("when: 2025-01-07", "at: 2025-01-07", "scenario.unknown-field"),
        ("project: [pad]", "project: pad", "scenario.step"),
        ("id: noorderdam", "id: pad", "scenario.step-id"),
        ("object: a path\n      object: a road", "object: a path", "scenario.key-twice"),
        ("title: !!python/name:os.system", "title: Een pad", "scenario.not-yaml"),
        ("title: *unknown", "title: Een pad", "scenario.not-yaml"),
        (r'title: "\ud83d"', "title: Een pad", "scenario.not-yaml"),
        (r'title: "\0"', "title: Een pad", "scenario.malformed"),
        ("title: {[a]: b}", "title: Een pad", "scenario.not-yaml"),
    ],
)
def test_a_slip_is_refused_at_its_own_line(
    tmp_path: Path, instead: str, of: str, code: str
) -> None:
    """`instead` is written where the last `of` stands; the line is that of its last line."""
    before, _, after = SMALL.rpartition(of)
    text = before + instead + after
    refusal = refused(tmp_path, text)
    assert refusal.code == code
    assert refusal.file == "case.yaml"
    assert refusal.line == text[: len(before) + len(instead)].count("\n") + 1
    assert str(refusal).startswith(f"case.yaml:{refusal.line}: {code}: ")


@pytest.mark.parametrize("key", ["id", "at", "actor", "do", "project"])
def test_a_step_without_what_every_step_has_is_refused_at_the_step(
    tmp_path: Path, key: str
) -> None:
    lines = PROJECT.splitlines(keepends=True)
    (told_by,) = [line for line in lines if line.strip(" -").startswith(f"{key}:")]
    without = PROJECT.replace(told_by, "  - note: x\n" if key == "id" else "", 1)
    refusal = refused(tmp_path, HEAD + AUTHORITY + without)
    assert refusal.code in {"scenario.step", "scenario.subject"}
    assert refusal.line == (HEAD + AUTHORITY).count("\n") + 1


def test_a_missing_field_is_refused_at_the_step(tmp_path: Path) -> None:
    text = SMALL.replace("      location: the dunes\n", "")
    refusal = refused(tmp_path, text)
    assert refusal.code == "scenario.malformed"
    assert "location: is missing" in refusal.why
    assert refusal.line == line_of(text, "with:\n      title")


def test_an_unknown_actor_is_refused(tmp_path: Path) -> None:
    refusal = refused(tmp_path, SMALL.replace("actor: yusuf\n    project", "actor: x\n    project"))
    assert refusal.code == "scenario.unknown-name"
    assert "yusuf" in refusal.why


def test_a_project_that_nobody_registers_is_unknown(tmp_path: Path) -> None:
    text = HEAD + AUTHORITY + PROJECT.replace("register-project", "start-work")
    assert refused(tmp_path, text).code == "scenario.unknown-name"


def test_two_projects_of_one_title_are_refused(tmp_path: Path) -> None:
    text = SMALL + PROJECT.replace("id: pad", "id: weg").replace("project: pad", "project: weg")
    refusal = refused(tmp_path, text)
    assert refusal.code == "scenario.title-twice"
    assert refusal.line == SMALL.count("\n") + line_of(PROJECT, "title")


@pytest.mark.parametrize(
    ("expect", "code"),
    [
        ("expect: [THR-01]", "scenario.expect"),
        ("expect:\n  pad: THR-01", "scenario.expect"),
        ("expect:\n  pad:\n    good: [THR-01]", "scenario.unknown-verdict"),
        ("expect:\n  pad:\n    pass: THR-01", "scenario.expect"),
        ("expect:\n  pad:\n    pass: [thr-1]", "scenario.unknown-rule"),
        ("expect:\n  pad:\n    pass: [XYZ-99]", "scenario.unknown-rule"),
        ("expect:\n  pad:\n    pass: [THR-01, THR-01]", "scenario.expect"),
        ("expect:\n  pad:\n    pass: [THR-01]\n    warn: [THR-01]", "scenario.expect"),
        ("expect:\n  weg:\n    pass: [THR-01]", "scenario.unknown-name"),
    ],
)
def test_an_expectation_that_nobody_can_check_is_refused(
    tmp_path: Path, expect: str, code: str
) -> None:
    refusal = refused(tmp_path, SMALL + expect + "\n")
    assert refusal.code == code
    assert refusal.line == (SMALL + expect).count("\n") + 1


# -------------------------------------------------------------------------------- what is no YAML


def test_a_bomb_of_aliases_is_refused(tmp_path: Path) -> None:
    levels = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 10)}]\n" for n in range(1, 9))
    refusal = refused(tmp_path, f"scenario: x\nb0: &b0 [1]\n{levels}")
    assert refusal.code == "scenario.too-large"
    assert refusal.line is not None


@pytest.mark.parametrize("text", ["note: &a [*a]", "note: &a {b: *a}", "note: " + "[" * 30])
def test_a_part_that_holds_itself_or_is_too_deep_is_refused(tmp_path: Path, text: str) -> None:
    refusal = refused(tmp_path, f"scenario: x\n{text}\n")
    assert refusal.code == "scenario.not-yaml"
    assert refusal.line in {2, 3}


def test_thousands_of_parts_within_parts_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "[" * 100_000).code == "scenario.not-yaml"


def test_text_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    refusal = refused(tmp_path, b"scenario: x\nnote: caf\xe9\n")
    assert (refusal.code, refusal.line) == ("scenario.not-yaml", 2)


@pytest.mark.parametrize("text", ["", "- a list", "word", "a: b\n--- \nc: d\n", "a: \x07", "a: 'b"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text).code in {"scenario.not-a-scenario", "scenario.not-yaml"}


def test_a_file_of_more_than_people_write_is_refused(tmp_path: Path) -> None:
    refusal = refused(tmp_path, "# " + "x" * MOST_BYTES)
    assert refusal.code == "scenario.too-large"


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.yaml"):
        with pytest.raises(ScenarioRefused) as caught:
            read_scenario(path)
        assert caught.value.code == "scenario.unreadable"


def test_words_that_yaml_would_make_into_something_else_stay_words(tmp_path: Path) -> None:
    words = {"name": "on", "legalForm": "public-body", "kvkNumber": "0123"}
    text = SMALL.replace("Gemeente Noorderdam", "on").replace("90000001", "0123")
    (tmp_path / "case.yaml").write_text(text)
    step = read_scenario(tmp_path / "case.yaml").steps[0]
    assert {key: step.particulars[key] for key in words} == words


# ------------------------------------------------------------------------------------- the bases


def told(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)


def ids_and_moments(path: Path) -> list[tuple[str, str]]:
    return [(step.id, step.at.date().isoformat()) for step in read_scenario(path).steps]


def moved(text: str, day: str) -> str:
    return text.replace("at: 2025-01-07", f"at: {day}")


def test_a_mutation_replaces_adds_and_removes_steps_by_id(tmp_path: Path) -> None:
    told(
        tmp_path,
        base=SMALL,
        own="scenario: Own\nbase: base.yaml\nremove: [noorderdam]\nsteps:\n"
        + moved(PROJECT, "2025-02-01")
        + PROJECT.replace("id: pad", "id: weg"),
    )
    assert ids_and_moments(tmp_path / "own.yaml") == [("pad", "2025-02-01"), ("weg", "2025-01-07")]


def test_a_base_of_itself_is_refused_where_it_is_named(tmp_path: Path) -> None:
    told(tmp_path, one="scenario: One\nbase: two.yaml\n", two="scenario: Two\n\nbase: one.yaml\n")
    with pytest.raises(ScenarioRefused) as caught:
        read_scenario(tmp_path / "one.yaml")
    assert caught.value.code == "scenario.base-of-itself"
    assert (caught.value.file, caught.value.line) == ("two.yaml", 3)


def test_a_base_that_is_not_there_is_refused_where_it_is_named(tmp_path: Path) -> None:
    told(tmp_path, one="scenario: One\nnote: x\nbase: two.yaml\n")
    with pytest.raises(ScenarioRefused) as caught:
        read_scenario(tmp_path / "one.yaml")
    assert (caught.value.code, caught.value.line) == ("scenario.unreadable", 3)


@pytest.mark.parametrize("base", ["", "base: base.yaml\n"])
def test_removing_a_step_that_no_base_has_is_refused(tmp_path: Path, base: str) -> None:
    told(tmp_path, base=SMALL, own=f"scenario: Own\n{base}remove: [weg]\n")
    with pytest.raises(ScenarioRefused) as caught:
        read_scenario(tmp_path / "own.yaml")
    assert caught.value.code == "scenario.unknown-step"
    assert caught.value.line == 2 + bool(base)


def test_bases_that_share_a_base_have_its_steps_once(tmp_path: Path) -> None:
    told(
        tmp_path,
        base=SMALL,
        left="scenario: Left\nbase: base.yaml\nsteps:\n" + moved(PROJECT, "2025-03-01"),
        right="scenario: Right\nbase: base.yaml\n",
        own="scenario: Own\nbase: [left.yaml, right.yaml]\n",
        other="scenario: Own\nbase: [right.yaml, left.yaml]\n",
    )
    for file in ("own.yaml", "other.yaml"):  # whoever replaced the shared step wins
        assert ids_and_moments(tmp_path / file) == [
            ("noorderdam", "2025-01-06"),
            ("pad", "2025-03-01"),
        ]


@pytest.mark.parametrize(
    "right", ["steps:\n" + moved(PROJECT, "2025-04-01"), "remove: [pad]\n"], ids=["step", "remove"]
)
def test_bases_that_contradict_each_other_are_refused_unless_settled(
    tmp_path: Path, right: str
) -> None:
    told(
        tmp_path,
        base=SMALL,
        left="scenario: Left\nbase: base.yaml\nsteps:\n" + moved(PROJECT, "2025-03-01"),
        right="scenario: Right\nbase: base.yaml\n" + right,
        own="scenario: Own\nbase: [left.yaml, right.yaml]\n",
        settled="scenario: Own\nbase: [left.yaml, right.yaml]\nsteps:\n"
        + moved(PROJECT, "2025-05-01"),
    )
    with pytest.raises(ScenarioRefused) as caught:
        read_scenario(tmp_path / "own.yaml")
    assert caught.value.code == "scenario.bases-differ"
    assert caught.value.line == 2
    assert ("pad", "2025-05-01") in ids_and_moments(tmp_path / "settled.yaml")


def test_expectations_come_from_one_base_and_not_from_several(tmp_path: Path) -> None:
    expect = "expect: {pad: {pass: [THR-01, THR-02]}}\n"
    told(
        tmp_path,
        base=SMALL + expect,
        other="scenario: Other\n",
        one="scenario: One\nbase: base.yaml\nexpect: {pad: {warn: [THR-02]}}\n",
        both="scenario: Both\nbase: [base.yaml, other.yaml]\n",
    )
    expected = read_scenario(tmp_path / "one.yaml").expected
    assert {each.rule: str(each.outcome) for each in expected} == {
        "THR-01": "pass",
        "THR-02": "warn",
    }
    assert read_scenario(tmp_path / "both.yaml").expected == ()


# ----------------------------------------------------------------------- whatever is written there

pieces = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8)
    | st.sampled_from(["EUR 1", "60 %", "D1 v1", "2025-01-07", "yusuf", "noorderdam", "-0", "~"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=6) | st.sampled_from(["with", "steps"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _inside(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a parsed YAML value that could hold something else."""
    if isinstance(value, dict):
        keys: list[Any] = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    else:
        return []
    return [(value, key) for key in keys] + [each for key in keys for each in _inside(value[key])]


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_scenario_with_anything_anywhere_is_played_or_refused(
    tmp_path: Path, data: st.DataObject
) -> None:
    said = yaml.safe_load(SMALL.replace(": 2025", ": y2025") + "expect: {pad: {pass: [THR-01]}}\n")
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(_inside(said)))
        container[key] = data.draw(pieces)
    text = yaml.safe_dump(said, allow_unicode=True).replace(": y2025", ": 2025")
    _played_or_refused(tmp_path, text.encode())


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_file_with_anything_spliced_in_is_played_or_refused(
    tmp_path: Path, data: st.DataObject
) -> None:
    text = SMALL.encode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    words = st.text(alphabet="&*!|>'\"%@`{}[],:#-?~\n\t ab1\u0000\ufeff\u2028", max_size=12)
    inserted = data.draw(st.binary(max_size=6) | words.map(str.encode))
    _played_or_refused(tmp_path, text[:start] + inserted + text[end:])


def _played_or_refused(folder: Path, text: bytes) -> None:
    path = folder / "case.yaml"
    path.write_bytes(text)
    with suppress(ScenarioRefused):
        asyncio.run(play(read_scenario(path), MemoryLedger(), Sealer(MemoryVault()), policy=b""))
