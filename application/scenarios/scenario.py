"""Scenarios: a case told as dated commands. What a file says, before anything is played.

`docs/scenarios.md` describes the files; `scenario_words` turns their words into commands, and
`play` gives those. Here is what a scenario is, how one stands on others, and how each of its parts
knows the file and the line that it came from.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from typing import Any

from application.aggregates import CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION, Aggregate
from domain.rules.rule import Outcome
from domain.terms import DUTCH_TIME, EARLIEST, Instant

SUBJECTS: Mapping[str, Aggregate] = {
    "member": MEMBER,
    "circle": CIRCLE,
    "project": CONVENANT_PROJECT,
    "mission": MISSION,
}
"""The key in a step that names what the command is given to."""

START_OF_DAY = time(9, 0)
"""When something happens of which a scenario tells the day only, in Dutch time."""

LATEST_YEAR = 2200
"""A scenario may run ahead of today, but a year after this one is a slip of the pen."""

_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?")
_WITH_OFFSET = re.compile(
    r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})"
)


class ScenarioRefused(Exception):
    """A scenario that cannot be played: `file` and `line` say where, `why` what would mend it."""

    def __init__(self, code: str, why: str, *, file: str, line: int | None) -> None:
        where = file if line is None else f"{file}:{line}"
        super().__init__(f"{where}: {code}: {why}")
        self.code = code
        self.why = why
        self.file = file
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands: a file, and the lines of what is inside it by JSON Pointer."""

    file: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def refuse(self, code: str, why: str, pointer: str = "") -> ScenarioRefused:
        """The refusal that points at `pointer`, or at the nearest thing around it."""
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return ScenarioRefused(code, why, file=self.file, line=self.lines.get(pointer, self.line))


def where(place: Place) -> str:
    return f"{place.file}:{place.line}"


def token(key: str) -> str:
    """`key` as a reference token of a JSON Pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command: given at `at` by `actor`, to the `subject` of an aggregate.

    `at` is the sandbox's clock, and so the recorded time; `occurred_at` is when it happened, if
    that was earlier. `instead_of` names the steps of this id in its bases that it stands for.
    """

    id: str
    at: Instant
    occurred_at: Instant | None
    actor: str
    aggregate: Aggregate
    subject: str
    command: str
    particulars: Mapping[str, Any]
    place: Place
    instead_of: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """The verdict of one rule on one project that the author expects."""

    project: str
    rule: str
    outcome: Outcome
    place: Place


@dataclass(frozen=True, kw_only=True)
class Change:
    """A step of a base that no longer stands: `by` says where it was replaced, or left out."""

    was: Step
    by: Place
    removed: bool

    def __str__(self) -> str:
        how = "removes" if self.removed else "replaces"
        return f"{where(self.by)} {how} step {self.was.id!r} ({where(self.was.place)})"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A story: its own steps and those of its bases.

    `removed` has the ids of steps that a base has and this scenario leaves out, with the place that
    says so; `changes` is all that it, or a base of it, made of the steps of a base.
    """

    title: str
    people: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    removed: Mapping[str, Place] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    expected: tuple[Expectation, ...] = ()
    place: Place


# ------------------------------------------------------------------- one scenario on top of others


def built_on(bases: Sequence[Scenario], own: Scenario) -> Scenario:
    """`own` with the people and steps of its bases before its own.

    A step of `own` stands in the place of the base's step of its id; ids in `own.removed` are left
    out. Expectations come along from a single base only: merged with others, a project may well be
    judged otherwise. Raises `ScenarioRefused` where two bases contradict each other, or where
    `own` removes what no base has.
    """
    added = {step.id: step for step in own.steps}
    base = _side_by_side(bases, own.removed.keys() | added.keys(), own.place)
    for removed, place in own.removed.items():
        if removed not in base:
            raise place.refuse(
                "scenario.unknown-step",
                f"no base has a step {removed!r}{_nearest(removed, base)}",
            )
    kept = {
        step.id: _instead(added.get(step.id), step)
        for step in base.values()
        if step.id not in own.removed
    }
    expected = [*(bases[0].expected if len(bases) == 1 else ()), *own.expected]
    return replace(
        own,
        people=tuple(dict.fromkeys((*(p for each in bases for p in each.people), *own.people))),
        steps=tuple(
            (kept | {id_: step for id_, step in added.items() if id_ not in kept}).values()
        ),
        removed={
            id_: place
            for each in (*bases, own)
            for id_, place in each.removed.items()
            if id_ not in added
        },
        changes=(*(change for each in bases for change in each.changes), *_changes(base, own)),
        expected=tuple({(each.project, each.rule): each for each in expected}.values()),
    )


def _nearest(said: str, known: Iterable[str]) -> str:
    near = get_close_matches(said, known, n=3)
    return f"; the nearest are: {', '.join(near)}" if near else "; look at the ids of its steps"


def _changes(base: Mapping[str, Step], own: Scenario) -> Iterator[Change]:
    for id_, place in own.removed.items():
        yield Change(was=base[id_], by=place, removed=True)
    for step in own.steps:
        if step.id in base:
            yield Change(was=base[step.id], by=step.place, removed=False)


def _side_by_side(
    bases: Sequence[Scenario], settled: Collection[str], place: Place
) -> dict[str, Step]:
    """The steps of all bases; one that replaced another's step wins from the step it replaced."""
    steps: dict[str, Step] = {}
    for step in (step for base in bases for step in base.steps):
        other = steps.setdefault(step.id, step)
        if other == step or step.place in other.instead_of:
            continue
        if other.place not in step.instead_of and step.id not in settled:
            how = f"{where(other.place)} and {where(step.place)} tell it"
            raise _contradiction(step.id, how, place)
        steps[step.id] = step
    gone = ({each for base in bases for each in base.removed} & steps.keys()).difference(settled)
    for each in sorted(gone):
        how = f"one removes it and {where(steps[each].place)} tells it"
        raise _contradiction(each, how, place)
    return steps


def _instead(own: Step | None, base: Step) -> Step:
    if own is None:
        return base
    return replace(own, instead_of=(*base.instead_of, base.place))


def _contradiction(step: str, how: str, place: Place) -> ScenarioRefused:
    return place.refuse(
        "scenario.bases-differ",
        f"the bases differ about step {step!r}: {how}; give it a step here, or remove it",
        "/base",
    )


# ------------------------------------------------------------------------------------------- time


def instant(value: object, place: Place, pointer: str) -> Instant:
    """`2026-03-02`, `2026-03-02 14:30` (Dutch time) or an instant with its offset."""
    text = str(value)
    for moment in _readings(text):
        if moment >= EARLIEST and moment.year <= LATEST_YEAR:
            return moment
        raise place.refuse(
            "scenario.unknown-date",
            f"{text!r} lies before {EARLIEST.date()} or after {LATEST_YEAR}; look at the year",
            pointer,
        )
    raise place.refuse(
        "scenario.unknown-date",
        f"{text!r} is not a moment; write 2026-03-02, 2026-03-02 14:30 or"
        " 2026-03-02T14:30:00+01:00. A clock time that the change to or from summer time skips or"
        " gives twice needs the last form",
        pointer,
    )


def _readings(text: str) -> Iterator[Instant]:
    """The one moment that `text` can mean, if any."""
    found = _MINUTE.fullmatch(text)
    try:
        if found is None:
            if _WITH_OFFSET.fullmatch(text) is not None:
                yield datetime.fromisoformat(text).astimezone(UTC)
            return
        day, clock = found.groups()
        hour = time.fromisoformat(clock) if clock else START_OF_DAY
        local = datetime.combine(date.fromisoformat(day), hour, tzinfo=DUTCH_TIME)
        if local.utcoffset() == local.replace(fold=1).utcoffset():
            yield local.astimezone(UTC)
    except (ValueError, OverflowError):
        return
