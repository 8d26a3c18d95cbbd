"""Between a fact and what is stored of it: a stable name, a version and canonical JSON.

The store knows `circle.member-joined` version 1, never a Python path, so code may move and be
renamed. A form that changes gets the next version, and a pure function that lifts the plain JSON
of the old one; the stored bytes, and so their hashes, stay as they are.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from application.forms import Form, Malformed, form
from domain.terms import Fact

Json = dict[str, Any]
Upcast = Callable[[Json], Json]
"""The plain JSON of one version as that of the next. Pure; it may change what it is given."""

_NAME = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")


class UnknownEvent(Exception):
    """The store and the table of names do not agree; this build cannot read or write the event."""

    code = "event.unknown"


class BrokenEvent(Exception):
    """A stored body is not the form that its name and version promise."""

    code = "event.broken"


@dataclass(frozen=True, kw_only=True)
class Named:
    """A fact under its name for ever. `upcasts` lead from version 1, 2, ... to `version`."""

    fact: type[Fact]
    name: str
    version: int = 1
    upcasts: tuple[Upcast, ...] = ()


@dataclass(frozen=True)
class Names:
    """The table of names. `ValueError` says which entry is wrong, when the house is built."""

    entries: tuple[Named, ...]
    by_fact: Mapping[type[Fact], Named] = field(init=False, repr=False)
    by_name: Mapping[str, Named] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_fact: dict[type[Fact], Named] = {}
        by_name: dict[str, Named] = {}
        for each in self.entries:
            if not _NAME.fullmatch(each.name):
                raise ValueError(f"{each.name!r} is not a name such as circle.member-joined")
            if by_name.setdefault(each.name, each) is not each:
                raise ValueError(f"{each.name} names two facts")
            if by_fact.setdefault(each.fact, each) is not each:
                raise ValueError(f"{each.fact.__name__} has two names")
            if len(each.upcasts) != each.version - 1:
                raise ValueError(f"{each.name} is at version {each.version}: an upcast per step")
        object.__setattr__(self, "by_fact", by_fact)
        object.__setattr__(self, "by_name", by_name)


class EventMapper:
    """Writes facts under their names, and reads every version that was ever stored."""

    def __init__(self, names: Names) -> None:
        """Raise `TypeError` for a fact that has no form, before anything is stored."""
        self.names = names
        self._forms: dict[type[Fact], tuple[str, int, Form[Any]]] = {
            each.fact: (each.name, each.version, form(each.fact)) for each in names.entries
        }
        self.readers: Mapping[tuple[str, int], Callable[[bytes], Fact]] = dict(
            _readers(names.entries)
        )
        """By name and version, for whoever reads thousands; `recall` says better what is wrong."""

    def store(self, fact: Fact) -> tuple[str, int, bytes]:
        """The name, version and canonical body of a fact.

        Raises `UnknownEvent` for a class without a name, `Malformed` for a value without a form.
        """
        try:
            name, version, its_form = self._forms[type(fact)]
        except KeyError:
            raise UnknownEvent(
                f"{type(fact).__name__} has no name in the table of event names"
            ) from None
        return name, version, its_form.canonical(fact)

    def recall(self, name: str, version: int, body: bytes) -> Fact:
        """The fact that was stored. Raises `UnknownEvent`, or `BrokenEvent` for another body."""
        try:
            read = self.readers[name, version]
        except KeyError:
            raise UnknownEvent(
                f"{name} version {version} is not known to this build: run one that is as new"
            ) from None
        try:
            return read(body)
        except Malformed as error:
            raise BrokenEvent(f"{name} version {version}: {error}") from error

    def unreadable(self, name: str, version: int, body: bytes) -> str | None:
        """Why this build cannot read a body under its event's name; None where it can."""
        try:
            self.recall(name, version, body)
        except (UnknownEvent, BrokenEvent) as error:
            return str(error)
        return None


def _readers(
    entries: Iterable[Named],
) -> Iterable[tuple[tuple[str, int], Callable[[bytes], Fact]]]:
    for each in entries:
        yield (each.name, each.version), form(each.fact).recall
        for version in range(1, each.version):
            yield (each.name, version), _lifted(form(each.fact), each.upcasts[version - 1 :])


def _lifted(its_form: Form[Any], upcasts: tuple[Upcast, ...]) -> Callable[[bytes], Fact]:
    def read(body: bytes) -> Fact:
        plain = json.loads(body)
        for upcast in upcasts:
            plain = upcast(plain)
        fact: Fact = its_form.read_object(plain)
        return fact

    return read
