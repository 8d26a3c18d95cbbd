"""A sample of any value of the domain, made from its type hints; the same class, the same sample.

Used to write the stored sample of a new event once, and wherever a test needs one of everything.
"""

import types
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from domain.circle import CircleFact
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.sealing import SealingFact
from domain.terms import SHA256, Fact

FACTS: tuple[type[Fact], ...] = tuple(
    fact
    for union in (CircleFact, MemberFact, ProjectFact, MissionFact, SealingFact)
    for fact in get_args(union)
)

_NAMES = UUID("00000000-0000-5000-8000-00000000005a")


def sample(cls: type, *, name: str = "") -> Any:
    """A frozen dataclass of `cls` with every field filled in."""
    hints = get_type_hints(cls)
    return cls(
        **{
            each.name: _value(hints[each.name], f"{name or cls.__name__}.{each.name}")
            for each in fields(cls)
        }
    )


def _value(hint: Any, name: str) -> Any:
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(each for each in inner if each is not type(None)), name)
    if origin is tuple:
        return (_value(inner[0], f"{name}.0"), _value(inner[0], f"{name}.1"))
    if origin is frozenset:
        return frozenset({_value(inner[0], f"{name}.0")})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    if hasattr(hint, "__dataclass_fields__"):
        return sample(hint, name=name)
    return _plain(hint, name)


def _plain(hint: type, name: str) -> Any:
    field = name.rpartition(".")[2]
    if hint is str:
        if field == "sha256":
            digest = uuid5(_NAMES, name).hex * 2
            assert SHA256.fullmatch(digest)
            return digest
        return field.replace("_", " ") + " ë"
    plain: dict[type, Any] = {
        int: 1 + sum(name.encode()) % 97,
        bool: True,
        date: date(2026, 3, 2),
        datetime: datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        UUID: uuid5(_NAMES, name),
    }
    return plain[hint]
