"""Any commands at all, made from their own type hints, over so few ids and codes that they meet."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from domain.law.parameter_table import DEFINITIONS
from domain.terms import (
    CircleId,
    Code,
    Command,
    MemberId,
    MissionId,
    PersonRef,
    ProjectId,
    Sealed,
)
from tests.any_facts import CIRCLES, MEMBERS, MISSIONS, PEOPLE, PROJECTS, any_of
from tests.given import NOW

_DAY = NOW.date()


def _mostly(good: list[Any], bad: list[Any]) -> st.SearchStrategy[Any]:
    """Good ones nine times out of ten: a command has many fields, and one bad one is enough."""
    often = -(-9 * len(bad) // len(good))
    return st.sampled_from(good * max(often, 1) + bad)


_NAMED: dict[str, st.SearchStrategy[Any]] = {
    "kvk_number": _mostly(["12345678", "87654321"], ["1234"]),
    "municipality_code": _mostly(["gm0363", "gm9901"], ["gm0416", "0363"]),
    "sha256": _mostly(["a" * 64, "b" * 64], ["A" * 64]),
    "cpv": _mostly(["45233140-2", "45233140"], ["weg"]),
    "parameter": st.sampled_from(sorted(str(each) for each in DEFINITIONS)),
    "url": _mostly(["https://kring.example/verslag"], ["verslag"]),
    "occurred_at": _mostly(
        [None, None, None, *(NOW + timedelta(days=days) for days in (-40, -2, -1, 0))],
        [NOW + timedelta(days=2), NOW.replace(tzinfo=None), NOW.replace(year=1925)],
    ),
}
"""What is only right in one spelling: mostly right, sometimes not."""

_OF_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    Code: _mostly(["A", "A", "A", "A", "B"], ["een code met spaties"]),
    str: _mostly(["weg en riool", "één \u2028 \U0001f6a7"], ["", "  "]),
    int: st.one_of(st.integers(1, 4), _mostly([1, 2, 5_000, 10_000], [0, -1, 2**53 - 1])),
    date: st.integers(-40, 40).map(lambda days: _DAY + timedelta(days=days)),
    datetime: st.integers(-40, 40).map(lambda days: NOW + timedelta(days=days)),
    bool: st.booleans(),
    Sealed: any_of(Sealed),
    MemberId: st.sampled_from(MEMBERS),
    CircleId: st.sampled_from(CIRCLES),
    ProjectId: st.sampled_from(PROJECTS),
    MissionId: st.sampled_from(MISSIONS),
    PersonRef: st.sampled_from(PEOPLE),
    UUID: st.sampled_from(MEMBERS),
}


def any_command(cls: type[Command]) -> st.SearchStrategy[Any]:
    """A command of this class, good or bad; never one that a form would not let in."""
    return _built(cls)


def _built(cls: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(cls)
    return st.builds(cls, **{each.name: _of(hints[each.name], each.name) for each in fields(cls)})


def _of(hint: Any, name: str) -> st.SearchStrategy[Any]:
    if name in _NAMED:
        unsaid = type(None) in get_args(hint)
        return st.one_of(st.none(), _NAMED[name]) if unsaid else _NAMED[name]
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _OF_TYPE:
        return _OF_TYPE[hint]
    if origin in {Union, UnionType}:
        return st.one_of(
            [st.none() if each is type(None) else _of(each, name) for each in arguments]
        )
    if origin is tuple:
        return st.lists(_of(arguments[0], name), max_size=3).map(tuple)
    if origin is frozenset:
        return st.frozensets(_of(arguments[0], name), max_size=3)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if hasattr(hint, "__supertype__"):
        return _of(hint.__supertype__, name)
    if is_dataclass(hint) and isinstance(hint, type):
        return _built(hint)
    raise TypeError(f"nothing is known of {hint}")
