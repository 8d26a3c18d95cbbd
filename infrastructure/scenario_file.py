"""Reading a scenario from YAML, with the line of everything in it.

A file may name a `base`: its people and steps come first. A step whose `id` stands in the base
replaces that step, ids under `remove` leave it out, so that a mutation is as short as its change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from application.scenario import SUBJECTS, Place, Scenario, ScenarioRefused, Step, instant

MOST_BYTES = 1_000_000
"""A scenario is told by people; a larger file is something else."""

MOST_PARTS = 100_000
"""Keys and values, with every YAML alias (`*name`) read where it stands."""

_KEYS = frozenset({"scenario", "base", "people", "steps", "remove", "expect", "note"})
_STEP_KEYS = frozenset({"id", "at", "occurredAt", "actor", "do", "with", "note", *SUBJECTS})


class _PlainLoader(yaml.SafeLoader):
    """Days and decimals stay text: their meaning depends on the field, not on their looks."""


_PlainLoader.yaml_implicit_resolvers = {
    letter: [
        (tag, form)
        for tag, form in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float"}
    ]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class _Document:
    """A YAML document: its plain value, and the line of each part by JSON pointer."""

    file: str
    value: Mapping[str, Any]
    lines: Mapping[str, int]

    def place(self, pointer: str = "") -> Place:
        """The place of one part, with the lines of what is inside it."""
        inside = {
            each.removeprefix(pointer): line
            for each, line in self.lines.items()
            if each.startswith(pointer + "/") or each == pointer
        }
        return Place(file=self.file, line=self.lines.get(pointer, 1), lines=inside)


def read_scenario(path: Path) -> Scenario:
    """The scenario that `path` tells, with its base. Raises `ScenarioRefused`."""
    return _scenario(path, seen=())


def _scenario(path: Path, seen: tuple[Path, ...]) -> Scenario:
    document = _document(path)
    place = document.place()
    if path.resolve() in seen:
        raise place.refuse("scenario.base-of-itself", "a base may not lead back to this file")
    _refuse_other_keys(document.value, _KEYS, place, "")
    title = document.value.get("scenario")
    if not isinstance(title, str):
        raise place.refuse("scenario.title", "give the scenario a title: `scenario: ...`")
    base = _base(document, path, (*seen, path.resolve()))
    own = tuple(_steps(document))
    _refuse_repeated_ids(own)
    return Scenario(
        title=title,
        people=(*(base.people if base else ()), *_people(document)),
        steps=_merged(base.steps if base else (), own, document),
        expected={**(base.expected if base else {}), **_expected(document)},
        place=place,
    )


def _base(document: _Document, path: Path, seen: tuple[Path, ...]) -> Scenario | None:
    named = document.value.get("base")
    if named is None:
        return None
    if not isinstance(named, str):
        raise document.place().refuse("scenario.base", "`base` is the name of a file", "/base")
    return _scenario(path.parent / named, seen)


def _people(document: _Document) -> tuple[str, ...]:
    people = document.value.get("people", [])
    if not isinstance(people, list) or not all(isinstance(each, str) for each in people):
        raise document.place().refuse("scenario.people", "`people` is a list of names", "/people")
    return tuple(people)


def _expected(document: _Document) -> Mapping[str, Mapping[str, str]]:
    expected = document.value.get("expect", {})
    if not isinstance(expected, dict) or not all(isinstance(v, dict) for v in expected.values()):
        raise document.place().refuse(
            "scenario.expect", "`expect` holds, per project, `RULE-ID: verdict`", "/expect"
        )
    return expected


def _steps(document: _Document) -> Iterator[Step]:
    steps = document.value.get("steps", [])
    if not isinstance(steps, list):
        raise document.place().refuse("scenario.steps", "`steps` is a list", "/steps")
    for index, said in enumerate(steps):
        place = document.place(f"/steps/{index}")
        if not isinstance(said, dict):
            raise place.refuse("scenario.step", "a step has `id`, `at`, `actor`, `do` and `with`")
        yield _step(said, place)


def _step(said: Mapping[str, Any], place: Place) -> Step:
    _refuse_other_keys(said, _STEP_KEYS, place, "")
    for key in ("id", "at", "actor", "do"):
        if said.get(key) is None:
            raise place.refuse("scenario.step", f"this step has no `{key}`")
    subjects = [key for key in SUBJECTS if key in said]
    if len(subjects) != 1:
        raise place.refuse(
            "scenario.subject", f"say what the command is given to, by one of: {', '.join(SUBJECTS)}"
        )
    particulars = said.get("with") or {}
    if not isinstance(particulars, dict):
        raise place.refuse("scenario.with", "`with` holds the command's fields", "/with")
    happened = said.get("occurredAt")
    return Step(
        id=str(said["id"]),
        at=instant(said["at"], place, "/at"),
        occurred_at=None if happened is None else instant(happened, place, "/occurredAt"),
        actor=str(said["actor"]),
        aggregate=SUBJECTS[subjects[0]],
        subject=str(said[subjects[0]]),
        command=str(said["do"]),
        particulars=particulars,
        place=Place(
            file=place.file,
            line=place.line,
            lines={
                pointer.removeprefix("/with"): line
                for pointer, line in place.lines.items()
                if pointer.startswith("/with")
            },
        ),
    )


def _merged(base: Sequence[Step], own: Sequence[Step], document: _Document) -> tuple[Step, ...]:
    """The base's steps, each replaced by the own step of its id or left out, then the new ones."""
    known = {step.id for step in base}
    removed = document.value.get("remove", [])
    if not isinstance(removed, list):
        raise document.place().refuse("scenario.remove", "`remove` is a list of ids", "/remove")
    for index, each in enumerate(removed):
        if str(each) not in known:
            raise document.place().refuse(
                "scenario.unknown-step", f"the base has no step {each!r}", f"/remove/{index}"
            )
    gone = {str(each) for each in removed}
    replaced = {step.id: step for step in own if step.id in known}
    kept = [replaced.get(step.id, step) for step in base if step.id not in gone]
    return (*kept, *(step for step in own if step.id not in known))


def _refuse_repeated_ids(steps: Sequence[Step]) -> None:
    seen: set[str] = set()
    for step in steps:
        if step.id in seen:
            raise step.place.refuse("scenario.step-id", f"two steps are called {step.id!r}")
        seen.add(step.id)


def _refuse_other_keys(
    said: Mapping[str, Any], known: frozenset[str], place: Place, pointer: str
) -> None:
    for key in said:
        if key not in known:
            raise place.refuse(
                "scenario.unknown-field",
                f"`{key}` is not known here; use: {', '.join(sorted(known))}",
                f"{pointer}/{key}",
            )


# ------------------------------------------------------------------------------------------ YAML


def _document(path: Path) -> _Document:
    file = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ScenarioRefused(
            "scenario.unreadable", f"cannot read {path}: {error.strerror}", file=file, line=None
        ) from error
    if len(data) > MOST_BYTES:
        raise ScenarioRefused(
            "scenario.too-large", f"more than {MOST_BYTES:,} bytes", file=file, line=None
        )
    try:
        root = yaml.compose(data.decode(), Loader=_PlainLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        why = getattr(error, "problem", None) or "is not YAML in UTF-8"
        raise ScenarioRefused("scenario.not-yaml", str(why), file=file, line=line) from error
    if not isinstance(root, yaml.MappingNode):
        raise ScenarioRefused(
            "scenario.not-a-scenario", "a scenario is a mapping of keys", file=file, line=1
        )
    lines: dict[str, int] = {}
    try:
        value = _plain(root, file, lines, "")
    except RecursionError:
        raise ScenarioRefused(
            "scenario.not-yaml", "a part of it holds itself", file=file, line=1
        ) from None
    return _Document(file=file, value=value, lines=lines)


def _plain(node: yaml.Node, file: str, lines: dict[str, int], pointer: str) -> Any:
    """The plain value of a node; notes the line of each part on the way.

    An alias (`*name`) is read where it stands, so a bomb of aliases grows: `MOST_PARTS` ends it.
    """
    lines[pointer] = node.start_mark.line + 1
    if len(lines) > MOST_PARTS:
        raise ScenarioRefused(
            "scenario.too-large", f"more than {MOST_PARTS:,} parts", file=file, line=lines[pointer]
        )
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, file, lines, pointer)
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(each, file, lines, f"{pointer}/{index}") for index, each in enumerate(node.value)
        ]
    return _PlainLoader("").construct_object(node)


def _plain_mapping(
    node: yaml.MappingNode, file: str, lines: dict[str, int], pointer: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in found:
            raise ScenarioRefused(
                "scenario.key-twice", f"`{key}` stands here twice", file=file, line=line
            )
        found[key] = _plain(value_node, file, lines, f"{pointer}/{key}")
        lines[f"{pointer}/{key}"] = line
    return found

