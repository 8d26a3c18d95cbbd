"""From the words of a scenario to commands: aliases become ids, amounts cents, days instants.

`script` reads a whole scenario before any of it is played, so that a slip of the pen in the last
step leaves no half a story behind. What only the record can refuse, a decider refuses later.
"""

import json
import re
import types
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from application.aggregates import Aggregate
from application.forms import Malformed, form
from application.scenarios.scenario import (
    SUBJECTS,
    Change,
    Place,
    Scenario,
    ScenarioRefused,
    Step,
    instant,
    token,
)
from application.shapes import camel_case
from application.spoken import read_spoken
from domain.convenant_project.execution import RecordCheckResult
from domain.convenant_project.knowledge import AddDocumentVersion, VersionRef
from domain.convenant_project.preparation import RegisterProject
from domain.member.organisation import RegisterMember
from domain.rules.catalogue import BY_ID
from domain.terms import (
    BasisPoints,
    CircleId,
    Command,
    Euro,
    MemberId,
    MissionId,
    PersonRef,
    ProjectId,
    Sealed,
    member_id_of_kvk,
)

SANDBOX = UUID("9e2b2a3e-8a52-5c0e-9c1b-5f0f6b1f6a10")
"""The namespace of every id that a scenario brings into the world."""

KINDS: Mapping[Any, str] = {
    MemberId: "member",
    CircleId: "circle",
    ProjectId: "project",
    MissionId: "mission",
    PersonRef: "person",
}
"""Fields of these types name an alias of this kind."""

_AMOUNT = re.compile(r"EUR (-?)(\d{1,13})(?:\.(\d{2}))?", re.ASCII)
_SHARE = re.compile(r"(\d{1,6})(?:\.(\d{1,2}))? ?%", re.ASCII)
_VERSION = re.compile(r"(\S+) v([1-9]\d{0,3})", re.ASCII)


class Cast:
    """Who and what the aliases of a scenario stand for; the same title gives the same ids."""

    def __init__(self, scenario: Scenario) -> None:
        self._ids: dict[tuple[str, str], UUID] = {
            ("person", person): uuid5(SANDBOX, f"{scenario.title} person {person}")
            for person in scenario.people
        }
        for step in scenario.steps:
            kind = _kind(step.aggregate)
            if _begins(step):
                self._ids.setdefault((kind, step.subject), _begun(scenario.title, step, kind))
        self._gone = {
            (_kind(each.was.aggregate), each.was.subject): each
            for each in scenario.changes
            if _begins(each.was)
        }

    def id(self, kind: str, alias: object, place: Place, pointer: str = "") -> UUID:
        """The id of an alias; refused when nothing in the scenario introduces it."""
        found = self._ids.get((kind, str(alias)))
        if found is None:
            known = ", ".join(sorted(name for known, name in self._ids if known == kind)) or "none"
            why = f"{alias!r} is not a {kind} of this scenario; it knows: {known}"
            gone = self._gone.get((kind, str(alias)))
            raise place.refuse(
                "scenario.unknown-name", why if gone is None else f"{why}. {gone}", pointer
            )
        return found

    def of(self, kind: str) -> Mapping[str, UUID]:
        return {name: found for (known, name), found in self._ids.items() if known == kind}


def _kind(aggregate: Aggregate) -> str:
    return next(kind for kind, each in SUBJECTS.items() if each is aggregate)


def _begins(step: Step) -> bool:
    """Whether it is the command with which an organisation, circle, project or mission begins."""
    return step.command == next(iter(step.aggregate.commands))


def _begun(title: str, step: Step, kind: str) -> UUID:
    number = step.particulars.get("kvkNumber")
    if step.aggregate.commands[step.command] is RegisterMember and number is not None:
        return member_id_of_kvk(str(number))
    return uuid5(SANDBOX, f"{title} {kind} {step.subject}")


# ------------------------------------------------------------------------------------- the script


@dataclass(frozen=True, kw_only=True)
class Line:
    """A step that can be played. `plain` is the JSON form of its command, texts not yet sealed.

    `veiled` is the command with placeholders for these texts: to look at, never to record.
    `request` digests what the step asks, so that another step under the same id is told apart; no
    text that will be sealed goes into it.
    """

    step: Step
    stream: UUID
    actor: PersonRef
    command: type[Command]
    plain: Mapping[str, Any]
    veiled: Command
    request: bytes


@dataclass(frozen=True, kw_only=True)
class Script:
    """A scenario in order of time. `titles` and `projects` are by alias.

    `changed` are the lines of bases that no longer stand, as far as they can still be read.
    """

    title: str
    lines: tuple[Line, ...]
    changed: tuple[tuple[Change, Line], ...]
    projects: Mapping[str, ProjectId]
    titles: Mapping[str, str]


def script(scenario: Scenario) -> Script:
    """Every step as a command that is well-formed. Raises `ScenarioRefused` for the first slip.

    Steps of one moment stay in the order in which they are told.
    """
    cast = Cast(scenario)
    lines = tuple(_line(step, cast) for step in sorted(scenario.steps, key=lambda step: step.at))
    projects = {alias: ProjectId(found) for alias, found in cast.of("project").items()}
    for each in scenario.expected:
        cast.id("project", each.project, each.place)
        if each.rule not in BY_ID:
            raise each.place.refuse("scenario.unknown-rule", f"there is no rule {each.rule!r}")
    return Script(
        title=scenario.title,
        lines=lines,
        changed=tuple(_changed(scenario, cast)),
        projects=projects,
        titles=_titles(lines),
    )


def _changed(scenario: Scenario, cast: Cast) -> Iterator[tuple[Change, Line]]:
    for change in scenario.changes:
        with suppress(ScenarioRefused):  # it may name what the scenario no longer has
            yield change, _line(change.was, cast)


def _titles(lines: Sequence[Line]) -> Mapping[str, str]:
    """The title of each project, which is its name in reports and so stands alone."""
    titles: dict[str, str] = {}
    for line in lines:
        if line.command is RegisterProject and line.step.subject not in titles:
            title = line.plain["title"]
            if title in titles.values():
                raise line.step.place.refuse(
                    "scenario.title-twice", f"two projects are called {title!r}", "/with/title"
                )
            titles[line.step.subject] = title
    return titles


def _line(step: Step, cast: Cast) -> Line:
    place = step.place
    kind = _kind(step.aggregate)
    cls = step.aggregate.commands.get(step.command)
    if cls is None:
        raise place.refuse(
            "scenario.unknown-command",
            f"a {kind} takes no command {step.command!r}; it takes:"
            f" {', '.join(step.aggregate.commands)}",
            "/do",
        )
    stream = cast.id(kind, step.subject, place, f"/{kind}")
    actor = PersonRef(cast.id("person", step.actor, place, "/actor"))
    plain = _particulars(cls, step.particulars, cast, place, "/with")
    if cls is AddDocumentVersion and "sha256" not in plain:  # a scenario has no files to digest
        name = f"{stream} {plain.get('document')} {plain.get('version')}"
        plain["sha256"] = sha256(name.encode()).hexdigest()
    if step.occurred_at is not None:
        plain["occurredAt"] = step.occurred_at.isoformat()
    veiled = _veiled(cls, plain | dict.fromkeys(left_to_play(cls, plain), 0), step)
    return Line(
        step=step,
        stream=stream,
        actor=actor,
        command=cls,
        plain=plain,
        veiled=veiled,
        request=sha256(
            f"{stream} {actor} {step.command} {step.at.isoformat()} ".encode()
            + form(cls).canonical(veiled)
        ).digest(),
    )


def left_to_play(cls: type[Command], plain: Mapping[str, Any]) -> frozenset[str]:
    """Fields left out that the player fills in: how far the record reached at that moment."""
    return frozenset({"upTo"} - plain.keys() if cls is RecordCheckResult else ())


def filled_in(cls: type, name: str) -> str | None:
    """What stands in a field of a command when a scenario leaves it out, though others may not."""
    return {
        (AddDocumentVersion, "sha256"): "made up",
        (RecordCheckResult, "up_to"): "all that was recorded before",
    }.get((cls, name))


def _veiled(cls: type[Command], plain: Mapping[str, Any], step: Step) -> Command:
    """The command with placeholders for what will be sealed. Raises `ScenarioRefused`."""
    try:
        _, command = read_spoken(cls, json.dumps(plain).encode())
    except Malformed as malformed:
        problem = malformed.problems[0]
        where = problem.field_path.replace("/", ".")
        raise step.place.refuse(
            "scenario.malformed",
            f"{step.command}{where}: {problem.why}",
            f"/with{problem.field_path}",
        ) from malformed
    return command


# ---------------------------------------------------------------------- the words of a particular


def _particulars(
    cls: type, said: Mapping[str, Any], cast: Cast, place: Place, pointer: str
) -> dict[str, Any]:
    hints = fields_of(cls)
    for key in said:
        if key not in hints:
            raise place.refuse(
                "scenario.unknown-field",
                f"`{key}` is no field of {cls.__name__}; it has: {', '.join(hints)}",
                f"{pointer}/{token(key)}",
            )
    return {
        key: _said(hints[key], value, cast, place, f"{pointer}/{token(key)}")
        for key, value in said.items()
    }


def fields_of(cls: type) -> dict[str, Any]:
    """The fields that a scenario may give, with their types; `occurredAt` is the step's own."""
    hints = get_type_hints(cls)
    return {
        camel_case(each.name): hints[each.name]
        for each in fields(cls)
        if each.name != "occurred_at"
    }


def _said(hint: Any, value: Any, cast: Cast, place: Place, pointer: str) -> Any:
    """`value` as the JSON form wants it: aliases become ids, amounts cents, days instants."""
    if value is None:
        return None
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _said(_choice(inner, value), value, cast, place, pointer)
    if origin in (tuple, frozenset) and isinstance(value, list):
        return [
            _said(inner[0], each, cast, place, f"{pointer}/{index}")
            for index, each in enumerate(value)
        ]
    if hint in KINDS and not isinstance(value, list | dict):
        return str(cast.id(KINDS[hint], value, place, pointer))
    if hint is datetime and not isinstance(value, list | dict):
        return instant(value, place, pointer).isoformat()
    if hint is Euro and isinstance(value, str):
        return _cents(value, place, pointer)
    if hint is BasisPoints and isinstance(value, str):
        return _basis_points(value, place, pointer)
    if hint is VersionRef and isinstance(value, str):
        return _version(value, place, pointer)
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return _particulars(hint, value, cast, place, pointer)
    if _is_text(hint) and isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # a KvK number, or a code, that looks like a number
    return value


def _choice(options: Sequence[Any], value: Any) -> Any:
    """Of `X | None` the X; of `str | Sealed` the text."""
    real = [each for each in options if each is not type(None)]
    return str if str in real and not isinstance(value, dict) else real[0]


def _is_text(hint: Any) -> bool:
    plain = getattr(hint, "__supertype__", hint)  # `Code` is a `str`
    return plain is str or hint is Sealed or (isinstance(hint, type) and issubclass(hint, StrEnum))


def _cents(text: str, place: Place, pointer: str) -> int:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise place.refuse(
            "scenario.amount",
            f"{text!r} is not an amount; write EUR 7100000 or EUR 1180000.50, without commas and"
            " with a dot before the cents only, or a whole number of cents",
            pointer,
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


def _version(text: str, place: Place, pointer: str) -> dict[str, Any]:
    found = _VERSION.fullmatch(text)
    if found is None:
        raise place.refuse(
            "scenario.version", f"{text!r} names no version of a document; write D14 v1", pointer
        )
    document, version = found.groups()
    return {"document": document, "version": int(version)}
