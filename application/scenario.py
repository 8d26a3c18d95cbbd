"""Scenarios: a case told as dated commands, played through the same use cases as the API.

A scenario is what `docs/scenarios.md` describes and a reader of files hands over: people, steps in
order of time, and the verdicts that its author expects. Names in it are aliases; here each becomes
an id, each amount cents, each day an instant, and each step a command of a named actor.
"""

import re
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from application.aggregates import CIRCLE, CONVENANT_PROJECT, MEMBER, MISSION, Aggregate
from application.execute import Order, execute
from application.forms import Malformed, form
from application.ports import Appended, Ledger
from application.sealer import Sealer
from application.shapes import camel_case
from domain.convenant_project.knowledge import AddDocumentVersion
from domain.convenant_project.preparation import RegisterProject
from domain.decider import Refused
from domain.member import RegisterMember
from domain.terms import (
    DUTCH_TIME,
    BasisPoints,
    CircleId,
    Command,
    Euro,
    Instant,
    MemberId,
    MissionId,
    PersonRef,
    ProjectId,
    Sealed,
    member_id_of_kvk,
)

SUBJECTS: Mapping[str, Aggregate] = {
    "member": MEMBER,
    "circle": CIRCLE,
    "project": CONVENANT_PROJECT,
    "mission": MISSION,
}
"""The key in a step that names what the command is given to."""

_SANDBOX = UUID("9e2b2a3e-8a52-5c0e-9c1b-5f0f6b1f6a10")
_KINDS: Mapping[Any, str] = {
    MemberId: "member",
    CircleId: "circle",
    ProjectId: "project",
    MissionId: "mission",
    PersonRef: "person",
}
_AMOUNT = re.compile(r"EUR (-?)(\d+)(?:\.(\d{2}))?")
_SHARE = re.compile(r"(\d+)(?:\.(\d{1,2}))? ?%")
_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?")
START_OF_DAY = time(9, 0)
"""When something happens of which a scenario tells the day only, in Dutch time."""


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
    """Where something stands: a file, and the lines of what is inside it by JSON pointer."""

    file: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def refuse(self, code: str, why: str, pointer: str = "") -> ScenarioRefused:
        """The refusal that points at `pointer`, or at the nearest thing around it."""
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return ScenarioRefused(
            code, why, file=self.file, line=self.lines.get(pointer, self.line)
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command: given at `at` by `actor`, to the `subject` of an aggregate."""

    id: str
    at: Instant
    occurred_at: Instant | None
    actor: str
    aggregate: Aggregate
    subject: str
    command: str
    particulars: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """`expected`: alias of a project -> rule id -> the verdict that the author expects."""

    title: str
    people: tuple[str, ...]
    steps: tuple[Step, ...]
    expected: Mapping[str, Mapping[str, str]]
    place: Place


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a scenario left behind: the last position, and its projects by alias."""

    position: int
    projects: Mapping[str, ProjectId]
    titles: Mapping[str, str]


# ----------------------------------------------------------------------------------- aliases


class Cast:
    """Who and what the aliases of a scenario stand for; the same scenario gives the same ids."""

    def __init__(self, scenario: Scenario) -> None:
        self._ids: dict[tuple[str, str], UUID] = {
            ("person", person): uuid5(_SANDBOX, f"{scenario.title} person {person}")
            for person in scenario.people
        }
        for step in scenario.steps:
            kind = _kind(step.aggregate)
            if step.command == next(iter(step.aggregate.commands)):  # the one that begins it
                self._ids.setdefault((kind, step.subject), self._begin(scenario, step, kind))

    @staticmethod
    def _begin(scenario: Scenario, step: Step, kind: str) -> UUID:
        number = step.particulars.get("kvkNumber")
        if step.aggregate.commands[step.command] is RegisterMember and isinstance(number, str):
            return member_id_of_kvk(number)
        return uuid5(_SANDBOX, f"{scenario.title} {kind} {step.subject}")

    def id(self, kind: str, alias: object, place: Place, pointer: str = "") -> UUID:
        """The id of an alias; refused when nothing in the scenario introduces it."""
        found = self._ids.get((kind, str(alias)))
        if found is None:
            known = ", ".join(sorted(name for known, name in self._ids if known == kind)) or "none"
            raise place.refuse(
                "scenario.unknown-name",
                f"{alias!r} is not a {kind} of this scenario; it knows: {known}",
                pointer,
            )
        return found

    def of(self, kind: str) -> Mapping[str, UUID]:
        return {name: found for (known, name), found in self._ids.items() if known == kind}


def _kind(aggregate: Aggregate) -> str:
    return next(kind for kind, each in SUBJECTS.items() if each is aggregate)


# ------------------------------------------------------------------------- from words to a command


def instant(value: object, place: Place, pointer: str) -> Instant:
    """`2026-03-02`, `2026-03-02 14:30` (Dutch time) or an instant with its offset."""
    text = str(value)
    if (found := _MINUTE.fullmatch(text)) is not None:
        day, clock = found.groups()
        try:
            hour = time.fromisoformat(clock) if clock else START_OF_DAY
            local = datetime.combine(date.fromisoformat(day), hour, tzinfo=DUTCH_TIME)
        except ValueError:
            pass
        else:
            return local.astimezone(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    raise place.refuse(
        "scenario.unknown-date",
        f"{text!r} is not a moment; write 2026-03-02, 2026-03-02 14:30 or"
        " 2026-03-02T14:30:00+01:00",
        pointer,
    )


def _said(hint: Any, value: Any, cast: Cast, place: Place, pointer: str) -> Any:
    """`value` as the JSON form wants it: aliases become ids, amounts cents, days instants."""
    if value is None:
        return None
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _said(_choice(inner, value), value, cast, place, pointer)
    if origin is tuple and isinstance(value, list):
        return [
            _said(inner[0], each, cast, place, f"{pointer}/{index}")
            for index, each in enumerate(value)
        ]
    if hint in _KINDS:
        return str(cast.id(_KINDS[hint], value, place, pointer))
    if hint is datetime:
        return instant(value, place, pointer).isoformat()
    if hint is Euro and isinstance(value, str):
        return _cents(value, place, pointer)
    if hint is BasisPoints and isinstance(value, str):
        return _basis_points(value, place, pointer)
    if hasattr(hint, "__dataclass_fields__") and isinstance(value, dict) and hint is not Sealed:
        return _particulars(hint, value, cast, place, pointer)
    return value


def _choice(options: Sequence[Any], value: Any) -> Any:
    """Of `X | None` the X; of `str | Sealed` what the value is."""
    real = [each for each in options if each is not type(None)]
    if len(real) > 1 and isinstance(value, str):
        return str
    return real[0]


def _particulars(
    cls: type, said: Mapping[str, Any], cast: Cast, place: Place, pointer: str = ""
) -> dict[str, Any]:
    hints = {camel_case(name): hint for name, hint in get_type_hints(cls).items()}
    return {
        key: _said(hints[key], value, cast, place, f"{pointer}/{key}") if key in hints else value
        for key, value in said.items()
    }


def _cents(text: str, place: Place, pointer: str) -> int:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise place.refuse(
            "scenario.amount", f"{text!r} is not an amount; write EUR 7100000 or cents", pointer
        )
    sign, euros, cents = found.groups()
    return int(f"{sign}{euros}{cents or '00'}")


def _basis_points(text: str, place: Place, pointer: str) -> int:
    found = _SHARE.fullmatch(text)
    if found is None:
        raise place.refuse(
            "scenario.share", f"{text!r} is not a share; write 60 % or basis points", pointer
        )
    whole, rest = found.groups()
    return int(whole) * 100 + int((rest or "").ljust(2, "0"))


async def _command(step: Step, cast: Cast, sealer: Sealer, stream: UUID) -> Command:
    cls = step.aggregate.commands.get(step.command)
    if cls is None:
        raise step.place.refuse(
            "scenario.unknown-command",
            f"a {_kind(step.aggregate)} takes no command {step.command!r}; it takes:"
            f" {', '.join(step.aggregate.commands)}",
        )
    plain = _particulars(cls, step.particulars, cast, step.place)
    if cls is AddDocumentVersion and "sha256" not in plain:  # a scenario has no files to hash
        name = f"{stream} {plain.get('document')} {plain.get('version')}"
        plain["sha256"] = sha256(name.encode()).hexdigest()
    if step.occurred_at is not None:
        plain["occurredAt"] = step.occurred_at.isoformat()
    try:
        sealed = await sealer.seal_fields(cls, plain, stream)
        command: Command = form(cls).read_object(sealed)
    except Malformed as malformed:
        problem = malformed.problems[0]
        raise step.place.refuse(
            "scenario.malformed",
            f"{step.command}{problem.field_path.replace('/', '.')}: {problem.why}",
            problem.field_path,
        ) from malformed
    return command


# --------------------------------------------------------------------------------------- playing


async def play(
    scenario: Scenario,
    ledger: Ledger,
    sealer: Sealer,
    *,
    policy: bytes,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Played:
    """Give every command in order of time, each recorded at its own `at`.

    Raises `ScenarioRefused`, with file and line, at the first step that cannot be: what was
    recorded before it stays in the sandbox.
    """
    cast = Cast(scenario)
    steps = sorted(scenario.steps, key=lambda step: step.at)
    titles: dict[str, str] = {}
    position = 0
    for done, step in enumerate(steps, start=1):
        appended = await _give(step, scenario, cast, ledger, sealer, policy)
        position = max(position, appended.last_position)
        if step.aggregate.commands[step.command] is RegisterProject:
            titles[step.subject] = str(step.particulars.get("title", step.subject))
        progress(done, len(steps))
    return Played(
        position=position,
        projects={alias: ProjectId(found) for alias, found in cast.of("project").items()},
        titles=titles,
    )


async def _give(
    step: Step, scenario: Scenario, cast: Cast, ledger: Ledger, sealer: Sealer, policy: bytes
) -> Appended:
    stream = cast.id(_kind(step.aggregate), step.subject, step.place)
    command = await _command(step, cast, sealer, stream)
    order = Order(
        aggregate=step.aggregate,
        stream=stream,
        command=command,
        command_id=uuid5(_SANDBOX, f"{scenario.title} {step.id}"),
        request=sha256(f"{scenario.title} {step.id}".encode()).digest(),
        actor=PersonRef(cast.id("person", step.actor, step.place)),
        policy=policy,
    )
    try:
        return await execute(ledger, order, now=step.at, clock=step.at)
    except Refused as refused:
        pointer = f"/{refused.field}" if refused.field else ""
        raise step.place.refuse(
            refused.code, f"{step.id} ({step.command}): {refused.why}", pointer
        ) from refused


