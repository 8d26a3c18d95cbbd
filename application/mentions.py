"""Which ids a value of the domain mentions, however deep: streams and persons alike."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID


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
