"""Differences as rows of a table: where, what it was, what it is, in words where there are any."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from api.pages.project import moment
from api.pages.texts import teller
from application.history.difference import ABSENT, Difference
from application.history.plain import text
from application.sentences.names import Names
from application.shapes import read_instant
from domain.terms import Language

NOTHING = "\N{EN DASH}"
LONG = 120
"""Characters beyond which a value is folded away behind its beginning."""
_UUID = 36


@dataclass(frozen=True, kw_only=True)
class Value:
    """What stands in a cell; `whole` is absent where `short` is all of it."""

    short: str
    whole: str | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """`where` are the steps of the path, as the API names them; ids are told by name."""

    where: tuple[str, ...]
    kind: str
    """`added`, `removed` or `changed`."""
    before: Value
    after: Value


def changes(
    differences: Iterable[Difference], names: Names, language: Language, *, but: UUID
) -> tuple[Change, ...]:
    """One row for each; the id `but` is left out of the path, for the page is about nothing else.

    Of a text in two languages the one that is read is told.
    """
    shown = _Shown(names, language)
    other = Language.EN if language is Language.NL else Language.NL
    return tuple(
        Change(
            where=tuple(_where(each.path, shown, str(but))),
            kind=_kind(each),
            before=shown.value(each.before),
            after=shown.value(each.after),
        )
        for each in differences
        if not each.path.endswith(f"/{other}")
    )


def ids_in_changes(differences: Iterable[Difference]) -> Iterator[UUID]:
    """The ids that such a table tells by name."""
    for each in differences:
        for part in (*each.path.replace("~1", "/").split("/"), *_leaves(each.before, each.after)):
            found = _id(part)
            if found is not None:
                yield found


def _kind(difference: Difference) -> str:
    if difference.before is ABSENT:
        return "added"
    return "removed" if difference.after is ABSENT else "changed"


def _where(path: str, shown: "_Shown", but: str) -> Iterator[str]:
    for step in path.split("/")[1:]:
        parts = step.replace("~1", "/").replace("~0", "~").split("/")
        told = " / ".join(shown.scalar(each) for each in parts if each != but)
        if told:
            yield told


def _leaves(*values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            yield from _leaves(*value.keys(), *value.values())
        elif isinstance(value, list):
            yield from _leaves(*value)
        elif isinstance(value, str):
            yield value


def _id(said: str) -> UUID | None:
    if len(said) != _UUID:
        return None
    try:
        return UUID(said)
    except ValueError:
        return None


class _Shown:
    def __init__(self, names: Names, language: Language) -> None:
        self._names = names
        self._language = str(language)
        self._tell: Callable[[str], str] = teller(language)

    def value(self, value: Any) -> Value:
        if value is ABSENT:
            return Value(short=NOTHING)
        whole = self._words(value)
        if len(whole) <= LONG:
            return Value(short=whole)
        return Value(short=whole[:LONG].rsplit(" ", 1)[0] + " …", whole=whole)

    def scalar(self, said: str) -> str:
        found = _id(said)
        return said if found is None else self._names(found)

    def _words(self, value: Any) -> str:
        match value:
            case None:
                return self._tell("value.none")
            case bool():
                return self._tell("value.yes" if value else "value.no")
            case str():
                return self._moment(value) or self.scalar(value)
            case list():
                return ", ".join(map(self._words, value)) or self._tell("value.none")
            case {"ciphertext": _, "kid": _}:
                return self._tell("value.sealed")
            case {"nl": _, "en": _}:
                return self._words(value[self._language])
            case dict():
                parts = (f"{self.scalar(k)}: {self._words(v)}" for k, v in value.items())
                return "; ".join(parts) or self._tell("value.none")
            case _:
                return text(value)

    def _moment(self, said: str) -> str | None:
        try:
            found: datetime = read_instant(said)
        except ValueError:
            return None
        return moment(found)
