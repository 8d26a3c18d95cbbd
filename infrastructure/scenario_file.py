"""Reading a scenario from YAML, with the line of everything in it.

A file may stand on a `base`, or on several: their people and steps come first. A step whose `id`
stands in a base replaces that step, ids under `remove` leave it out, so that a mutation is as short
as its change.

Of YAML only what people write is read: mappings, lists, text, whole numbers, `true`, `false` and
`null`. Days and decimals stay text, because their meaning depends on the field and not on their
looks; so do `yes`, `on` and `0123`. Tags are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from application.scenarios.scenario import (
    SUBJECTS,
    Expectation,
    Place,
    Scenario,
    ScenarioRefused,
    Step,
    built_on,
    instant,
    token,
)
from domain.rules.rule import Outcome

MOST_BYTES = 500_000
"""A scenario is told by people; a larger file is something else."""

MOST_PARTS = 100_000
"""Keys and values, with every YAML alias (`*name`) read where it stands."""

MOST_DEPTH = 20
"""Parts within parts; a part that holds itself has no end."""

_KEYS = frozenset({"scenario", "note", "base", "people", "steps", "remove", "expect"})
_STEP_KEYS = frozenset({"id", "at", "occurredAt", "actor", "do", "with", "note", *SUBJECTS})
_RULE = re.compile(r"[A-Z]{3}-[0-9]{2}")
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS = {"": None, "null": None, "~": None, "true": True, "false": False}


class _TextLoader(yaml.SafeLoader):
    """Every plain word is text; `_scalar` says which few are something else."""


_TextLoader.yaml_implicit_resolvers = {}
_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


@dataclass(frozen=True)
class _Document:
    """A YAML document: its plain value, and the line of each part by JSON Pointer."""

    file: str
    value: Mapping[str, Any]
    lines: Mapping[str, int]

    @property
    def place(self) -> Place:
        return Place(file=self.file, line=1, lines=self.lines)

    def places(self, key: str) -> dict[str, Place]:
        """The place of each part of `key`, by its index or name."""
        inside: dict[str, dict[str, int]] = {}
        for pointer, line in self.lines.items():
            _, top, *rest = pointer.split("/", 3) if pointer else ("", "")
            if top == key and rest:
                own = "" if len(rest) == 1 else f"/{rest[1]}"
                inside.setdefault(rest[0], {})[own] = line
        return {
            name: Place(file=self.file, line=lines[""], lines=lines)
            for name, lines in inside.items()
        }


def read_scenario(path: Path) -> Scenario:
    """The scenario that `path` tells, with its bases. Raises `ScenarioRefused`."""
    return _Reader().read(path.resolve(), None)


class _Reader:
    """Reads every file of a family once, however many others stand on it."""

    def __init__(self) -> None:
        self._read: dict[Path, Scenario] = {}
        self._reading: list[Path] = []

    def read(self, path: Path, named_at: Place | None) -> Scenario:
        """`named_at` is where another file names this one as its base."""
        if named_at is not None and path in self._reading:
            raise named_at.refuse(
                "scenario.base-of-itself", "a base may not lead back to this file", "/base"
            )
        if path not in self._read:
            self._reading.append(path)
            self._read[path] = self._scenario(path, named_at)
            self._reading.pop()
        return self._read[path]

    def _scenario(self, path: Path, named_at: Place | None) -> Scenario:
        document = _document(path, named_at)
        place = document.place
        _refuse_other_keys(document.value, _KEYS, place)
        title = document.value.get("scenario")
        if not isinstance(title, str) or not title.strip():
            raise place.refuse(
                "scenario.title", "give the scenario a title: `scenario: ...`", "/scenario"
            )
        own = Scenario(
            title=title,
            people=_words(document, "people"),
            steps=tuple(_steps(document)),
            removed=_removed(document),
            expected=tuple(_expected(document)),
            place=place,
        )
        bases = [self.read((path.parent / each).resolve(), place) for each in _bases(document)]
        return built_on(bases, own)


def _bases(document: _Document) -> tuple[str, ...]:
    named = document.value.get("base")
    return (named,) if isinstance(named, str) else _words(document, "base")


def _removed(document: _Document) -> dict[str, Place]:
    """Ids of steps of a base, each with the place that leaves it out."""
    places = document.places("remove")
    return {id_: places[str(index)] for index, id_ in enumerate(_words(document, "remove"))}


def _words(document: _Document, key: str) -> tuple[str, ...]:
    """A list of names under `key`, each once; empty when the key is not there."""
    said = document.value.get(key)
    names = [] if said is None else said
    if not isinstance(names, list) or not all(isinstance(each, str) and each for each in names):
        raise document.place.refuse(f"scenario.{key}", f"`{key}` is a list of names", f"/{key}")
    for index, each in enumerate(names):
        if each in names[:index]:
            raise document.place.refuse(
                f"scenario.{key}", f"{each!r} stands here twice", f"/{key}/{index}"
            )
    return tuple(names)


def _expected(document: _Document) -> Iterator[Expectation]:
    said = document.value.get("expect") or {}
    if not isinstance(said, dict):
        raise document.place.refuse(
            "scenario.expect", "`expect` holds, per project, rules by verdict", "/expect"
        )
    places = document.places("expect")
    for project, by_verdict in said.items():
        place = places[token(project)]
        if not isinstance(by_verdict, dict):
            raise place.refuse(
                "scenario.expect", f"write a verdict with its rules: {', '.join(Outcome)}"
            )
        yield from _rules_of(project, by_verdict, place)


def _rules_of(project: str, by_verdict: Mapping[str, Any], place: Place) -> Iterator[Expectation]:
    seen: set[str] = set()
    for word, rules in by_verdict.items():
        pointer = f"/{token(word)}"
        if word not in list(Outcome):
            raise place.refuse(
                "scenario.unknown-verdict",
                f"{word!r} is no verdict; use one of: {', '.join(Outcome)}",
                pointer,
            )
        if not isinstance(rules, list):
            raise place.refuse("scenario.expect", "a verdict has a list of rules", pointer)
        for index, rule in enumerate(rules):
            where = Place(file=place.file, line=place.lines.get(f"{pointer}/{index}", place.line))
            if not isinstance(rule, str) or _RULE.fullmatch(rule) is None:
                raise where.refuse(
                    "scenario.unknown-rule", f"{rule!r} is no rule; write it as INF-01"
                )
            if rule in seen:
                raise where.refuse("scenario.expect", f"{rule} stands here twice")
            seen.add(rule)
            yield Expectation(project=project, rule=rule, outcome=Outcome(word), place=where)


# ------------------------------------------------------------------------------------------ steps


def _steps(document: _Document) -> Iterator[Step]:
    steps = document.value.get("steps")
    if steps is None:
        return
    if not isinstance(steps, list):
        raise document.place.refuse("scenario.steps", "`steps` is a list", "/steps")
    places = document.places("steps")
    seen: set[str] = set()
    for index, said in enumerate(steps):
        place = places[str(index)]
        if not isinstance(said, dict):
            raise place.refuse("scenario.step", "a step has `id`, `at`, `actor`, `do` and `with`")
        step = _step(said, place)
        if step.id in seen:
            raise place.refuse("scenario.step-id", f"two steps are called {step.id!r}", "/id")
        seen.add(step.id)
        yield step


def _step(said: Mapping[str, Any], place: Place) -> Step:
    _refuse_other_keys(said, _STEP_KEYS, place)
    subjects = [key for key in SUBJECTS if key in said]
    if len(subjects) != 1:
        raise place.refuse(
            "scenario.subject",
            f"say what the command is given to, by one of: {', '.join(SUBJECTS)}",
        )
    for key in ("id", "at", "actor", "do", subjects[0]):
        if said.get(key) is None:
            raise place.refuse("scenario.step", f"this step has no `{key}`")
        if not isinstance(said[key], str | int):
            raise place.refuse("scenario.step", f"`{key}` is one word or moment", f"/{key}")
    particulars = said.get("with")
    if particulars is None:
        particulars = {}
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
        place=place,
    )


def _refuse_other_keys(said: Mapping[str, Any], known: frozenset[str], place: Place) -> None:
    for key in said:
        if key not in known:
            raise place.refuse(
                "scenario.unknown-field",
                f"`{key}` is not known here; use: {', '.join(sorted(known))}",
                f"/{token(key)}",
            )


# ------------------------------------------------------------------------------------------- YAML


def _document(path: Path, named_at: Place | None) -> _Document:
    file = path.name
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = f"cannot read {file!r}: {getattr(error, 'strerror', None) or error}"
        place = named_at or Place(file=file, line=1)
        raise place.refuse("scenario.unreadable", why, "/base") from error
    if len(data) > MOST_BYTES:
        raise ScenarioRefused(
            "scenario.too-large", f"more than {MOST_BYTES:,} bytes", file=file, line=None
        )
    root = _composed(data, file)
    if not isinstance(root, yaml.MappingNode):
        raise ScenarioRefused(
            "scenario.not-a-scenario", "a scenario is a mapping of keys", file=file, line=1
        )
    lines: dict[str, int] = {}
    return _Document(file=file, value=_Plain(file, lines).of(root, "", 0), lines=lines)


def _composed(data: bytes, file: str) -> yaml.Node | None:
    try:
        root: yaml.Node | None = yaml.compose(data.decode("utf-8-sig"), Loader=_TextLoader)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ScenarioRefused(
            "scenario.not-yaml", "is not text in UTF-8", file=file, line=line
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not YAML"
        raise ScenarioRefused(
            "scenario.not-yaml", str(why), file=file, line=None if mark is None else mark.line + 1
        ) from error
    except RecursionError:
        raise ScenarioRefused(
            "scenario.not-yaml", "parts lie too deep within parts", file=file, line=None
        ) from None
    return root


@dataclass(frozen=True)
class _Plain:
    """Turns nodes into plain values, and notes the line of each part on the way.

    An alias (`*name`) is read where it stands, so a bomb of aliases grows: `MOST_PARTS` ends it.
    """

    file: str
    lines: dict[str, int]

    def of(self, node: yaml.Node, pointer: str, depth: int) -> Any:
        self.lines.setdefault(pointer, node.start_mark.line + 1)
        if len(self.lines) > MOST_PARTS:
            raise self._refuse("scenario.too-large", f"more than {MOST_PARTS:,} parts", node)
        if depth > MOST_DEPTH:
            raise self._refuse(
                "scenario.not-yaml", "parts lie too deep within parts, or one holds itself", node
            )
        if node.tag not in _TAGS:
            raise self._refuse("scenario.not-yaml", f"a tag ({node.tag}) is not used here", node)
        match node:
            case yaml.MappingNode():
                return self._mapping(node, pointer, depth)
            case yaml.SequenceNode():
                return [
                    self.of(each, f"{pointer}/{index}", depth + 1)
                    for index, each in enumerate(node.value)
                ]
            case _:
                return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, pointer: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._refuse("scenario.not-yaml", "a key is one word", key_node)
            key = key_node.value
            if key in found:
                raise self._refuse("scenario.key-twice", f"`{key}` stands here twice", key_node)
            inside = f"{pointer}/{token(key)}"
            self.lines[inside] = key_node.start_mark.line + 1
            found[key] = self.of(value_node, inside, depth + 1)
        return found

    def _scalar(self, node: yaml.Node) -> str | int | bool | None:
        """What a scalar says: quoted, always text; plain, perhaps a number, true, false or null."""
        text: str = node.value
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self._refuse("scenario.not-yaml", "half a character stands here", node)
        if getattr(node, "style", None) is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text

    def _refuse(self, code: str, why: str, node: yaml.Node) -> ScenarioRefused:
        return ScenarioRefused(code, why, file=self.file, line=node.start_mark.line + 1)
