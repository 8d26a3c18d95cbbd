"""Which ids a value of the domain mentions, however deep: streams and persons alike."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

from domain.terms import PersonRef, Sealed


def ids_in(value: Any) -> Iterator[UUID]:
    """Every id in a fact, or in facts; the same id may come more than once."""
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from ids_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from ids_in(getattr(value, each.name))


def persons_in(value: Any) -> Iterator[PersonRef]:
    """The persons that a fact or a command mentions: the ids whose type says that they are one."""
    cls: type = type(value)
    for name, hint in _person_fields(cls):
        yield from _persons(getattr(value, name), hint)


def sealed_in(value: Any) -> Iterator[Sealed]:
    """The sealed texts of a fact or a command; they stand in its own fields, never deeper."""
    cls: type = type(value)
    for name in _sealed_fields(cls):
        said = getattr(value, name)
        if isinstance(said, Sealed):
            yield said


def _persons(value: Any, hint: Any) -> Iterator[PersonRef]:
    if isinstance(value, UUID):
        if hint is PersonRef or PersonRef in get_args(hint):
            yield PersonRef(value)
    elif isinstance(value, tuple | frozenset):
        inner = get_args(_without_none(hint))[0]
        for each in value:
            yield from _persons(each, inner)
    elif is_dataclass(value):
        yield from persons_in(value)


def _without_none(hint: Any) -> Any:
    arguments = get_args(hint)
    if type(None) in arguments:
        return next(each for each in arguments if each is not type(None))
    return hint


@cache
def _hints(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {each.name: hints[each.name] for each in fields(cls)}


@cache
def _person_fields(cls: type) -> tuple[tuple[str, Any], ...]:
    """The fields in which a person may be mentioned, however deep: few facts have any."""
    return tuple((name, hint) for name, hint in _hints(cls).items() if _leads_to_a_person(hint))


def _leads_to_a_person(hint: Any) -> bool:
    if hint is PersonRef or any(_leads_to_a_person(each) for each in get_args(hint)):
        return True
    return isinstance(hint, type) and is_dataclass(hint) and bool(_person_fields(hint))


@cache
def _sealed_fields(cls: type) -> tuple[str, ...]:
    return tuple(
        name for name, hint in _hints(cls).items() if hint is Sealed or Sealed in get_args(hint)
    )
