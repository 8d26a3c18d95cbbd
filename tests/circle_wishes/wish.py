"""A command of a circle, and the fact that it asks for."""

from dataclasses import dataclass
from typing import Any

from domain.terms import Command, Fact


@dataclass(frozen=True, kw_only=True)
class Wish:
    """After `given`, `command` with `said` becomes `fact`; given again it is refused by `again`."""

    command: type[Command]
    fact: type[Fact]
    said: dict[str, Any]
    given: tuple[Any, ...] = ()
    again: str | None = None
