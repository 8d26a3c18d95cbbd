"""The ten-year promise: one stored sample per event name and version, written once, read forever.

A new event has no sample yet; `python -m tests.infrastructure.test_stored_samples` writes the
missing ones and never touches those that are there.
"""

import json
import sys
from pathlib import Path

import pytest

from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from tests.samples import FACTS, sample

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
STORED = sorted(SAMPLES.glob("*.json"))
MAPPER = EventMapper(EVENT_NAMES)


def file_of(name: str, version: int) -> Path:
    return SAMPLES / f"{name}.v{version}.json"


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_every_event_has_a_stable_name_and_a_stored_sample(fact: type) -> None:
    named = EVENT_NAMES.by_fact[fact]
    for version in range(1, named.version + 1):
        assert file_of(named.name, version).exists(), (
            "write it once: python -m tests.infrastructure.test_stored_samples"
        )


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_a_stored_sample_is_read_today(stored: Path) -> None:
    name, _, version = stored.stem.rpartition(".v")
    body = stored.read_bytes().strip()
    fact = MAPPER.recall(name, int(version), body)
    if int(version) == EVENT_NAMES.by_name[name].version:
        assert MAPPER.store(fact) == (name, int(version), body), "the same bytes come out again"


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_a_sample_is_an_object_with_its_moment(stored: Path) -> None:
    assert json.loads(stored.read_text())["occurredAt"].endswith("Z")


def write_missing() -> None:
    """Write the samples of events that have none."""
    for fact in FACTS:
        name, version, body = MAPPER.store(sample(fact))
        path = file_of(name, version)
        if not path.exists():
            path.write_bytes(body + b"\n")
            sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    write_missing()
