"""The reference of every command, for `docs/scenarios.md`: made from the commands themselves.

With it go the numbers that rules count with (`api.scenario_numbers`) and the words of closed sets.

`python -m api.scenario_reference` writes it anew between the two marks in that document; a test
holds the document to it.
"""

import re
import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from inspect import cleandoc
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from api.scenario_numbers import not_judged, numbers
from application.aggregates import AGGREGATES, Aggregate
from application.scenarios.scenario import SUBJECTS
from application.scenarios.words import KINDS, filled_in
from application.shapes import camel_case
from application.vocabulary import word
from domain.convenant_project.knowledge import VersionRef
from domain.terms import BasisPoints, Code, Command, Euro, Fact, Sealed

BEGIN = "<!-- commands: made by `python -m api.scenario_reference`; do not edit below -->"
END = "<!-- commands: end -->"
DOCUMENT = Path("docs/scenarios.md")
REQUIRED = "required"

_WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "`true` or `false`",
    date: "day",
    datetime: "moment",
    Code: "code",
    Euro: "amount",
    BasisPoints: "share",
    Sealed: "text, sealed",
}
_ALIASES = {"member": "organisation"}


def reference() -> str:
    """All commands by subject, with their fields; and what the words of the closed sets mean."""
    parts = [_commands(kind, aggregate) for kind, aggregate in SUBJECTS.items()]
    told = "\n".join([*parts, _closed_sets(), numbers()])
    return f"{told}\n{not_judged(told)}"


def with_reference(document: str) -> str:
    """`document` with the reference of this build between its marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


# ---------------------------------------------------------------------------------------- commands


def _commands(kind: str, aggregate: Aggregate) -> str:
    told = [f"### Given to a {kind} ({aggregate.title.nl})", ""]
    for name, command in aggregate.commands.items():
        told += [f"#### `{name}`", "", *_about(command), *_table(command)]
    return "\n".join(told)


def _about(command: type[Command]) -> Iterator[str]:
    """What it records, in the words of the fact that comes of it, and what to know of its fields."""
    said = [docstring(command), *(docstring(each) for each in _told_by(command))]
    texts = [in_camel_case(each) for each in said if each]
    if texts:
        yield "\n\n".join(texts)
        yield ""


def _told_by(command: type[Command]) -> Iterator[type]:
    """The fact that states the same particulars, and these particulars themselves."""
    for shared in command.__bases__:
        if not is_dataclass(shared) or shared is Command:
            continue
        commands = [each for each in shared.__subclasses__() if issubclass(each, Command)]
        facts = [each for each in shared.__subclasses__() if issubclass(each, Fact)]
        if len(commands) == len(facts):
            yield facts[commands.index(command)]
        yield shared


def docstring(cls: type) -> str:
    """The docstring that somebody wrote; dataclasses make one of their own where nobody did."""
    said = cls.__dict__.get("__doc__") or ""
    return "" if said.startswith(f"{cls.__name__}(") else cleandoc(said)


def in_camel_case(text: str) -> str:
    named = re.sub(r"`([a-z0-9_]+)`", lambda found: f"`{camel_case(found[1])}`", text)
    return re.sub(r"\bNone\b", "`null`", named)


def _table(command: type[Command]) -> Iterator[str]:
    rows = list(_rows(command))
    if not rows:
        yield "No fields."
    else:
        yield "| field | what | when left out |"
        yield "|---|---|---|"
        yield from rows
    yield ""


def _rows(cls: type, within: str = "") -> Iterator[str]:
    hints = get_type_hints(cls)
    for each in fields(cls):
        if each.name == "occurred_at":
            continue
        hint, name = hints[each.name], within + camel_case(each.name)
        inner, many = _bare(hint)
        left_out = filled_in(cls, each.name) or _left_out(each)
        unsaid = ", or `null`" if left_out == REQUIRED and _may_be_unsaid(hint) else ""
        yield f"| `{name}` | {_what(inner, many=many)}{unsaid} | {left_out} |"
        if is_dataclass(inner) and isinstance(inner, type) and inner not in (Sealed, VersionRef):
            yield from _rows(inner, f"{name}[]." if many else f"{name}.")


def _bare(hint: Any) -> tuple[Any, bool]:
    """The type without `| None` and without the list around it; whether there was a list."""
    if get_origin(hint) in (Union, types.UnionType):
        options = [each for each in get_args(hint) if each is not type(None)]
        return _bare(str if str in options else options[0])
    if get_origin(hint) in (tuple, frozenset):
        return get_args(hint)[0], True
    return hint, False


def _may_be_unsaid(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _what(inner: Any, *, many: bool) -> str:
    if inner in KINDS:
        kind = _ALIASES.get(KINDS[inner], KINDS[inner])
        return f"aliases of {kind}s" if many else f"alias of a {kind}".replace("a o", "an o")
    if inner is VersionRef:
        return "versions such as `D14 v1`" if many else "a version such as `D14 v1`"
    if inner in _WORDS:
        return f"list: {_WORDS[inner]}" if many else _WORDS[inner]
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        words = ", ".join(f"`{each}`" for each in inner)
        return f"{'any' if many else 'one'} of: {words}"
    return "list of what follows" if many else "what follows"


def _left_out(each: Field[Any]) -> str:
    if each.default is MISSING and each.default_factory is MISSING:
        return REQUIRED
    default = each.default if each.default is not MISSING else None
    match default:
        case None:
            return "not said"
        case bool():
            return f"`{str(default).lower()}`"
        case ():
            return "none"
        case _:
            return f"`{default}`"


# ------------------------------------------------------------------------------------ closed sets


def _closed_sets() -> str:
    told = ["### What the words mean", "", "| words | Dutch | English |", "|---|---|---|"]
    sets = {cls for each in AGGREGATES for command in each.taken for cls in _sets(command)}
    for cls in sorted(sets, key=lambda cls: (cls.__name__, [*cls])):  # some share a name
        told.append(f"| **{_spaced(cls.__name__)}** | | |")
        told += [f"| `{each}` | {word(each).nl} | {word(each).en} |" for each in cls]
    return "\n".join([*told, ""])


def _sets(cls: type) -> Iterator[type[StrEnum]]:
    for hint in get_type_hints(cls).values():
        inner, _ = _bare(hint)
        if isinstance(inner, type) and issubclass(inner, StrEnum):
            yield inner
        elif is_dataclass(inner) and isinstance(inner, type):
            yield from _sets(inner)


def _spaced(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def main() -> None:
    """Write the reference into the document."""
    document = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(with_reference(document), encoding="utf-8")


if __name__ == "__main__":
    main()
