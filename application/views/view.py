"""A view: the answer to one question, kept up to date from the ledger, as of any position.

A view is two pure functions. `keys` names the rows that an event touches, `on` gives the row that
comes of it; the same events always give the same rows, so a view can be thrown away and made again.
One row is one entry of a register. What touches everybody at once, a publication, is a row of its
own and is joined when read.

`keys` may only look at the event, so a row is found by its key, by the start of its key ("all that
was given away of this project") or by a shelf on which it stands ("the projects of this
authority"), and by nothing else.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import cached_property
from hashlib import sha256
from types import UnionType
from typing import Any, Generic, NewType, TypeVar, get_args
from uuid import UUID

from application.forms import Form, form
from domain.record import Recorded
from domain.terms import Fact

Row = TypeVar("Row")

Key = NewType("Key", str)
"""A row's name within its view: ids and codes, `/` between them."""
Shelf = NewType("Shelf", str)
"""Rows that are listed together: `authority/<id>`, or `/<id>/` for a branch."""

EVERYTHING = Shelf("everything")
"""The shelf for all rows of a view that is small enough to be asked for whole."""

_NAME = re.compile(r"[a-z]+(-[a-z]+)*")


def key(*parts: UUID | str | int) -> Key:
    """The key of these parts. Two lists of parts never give one key: no part holds a `/`."""
    whole = "/".join(map(str, parts))
    if whole.count("/") >= len(parts):
        raise ValueError("a part of a key holds a slash")
    return Key(whole)


def shelf(kind: str, of: UUID | str) -> Shelf:
    """Rows that stand here because `View.shelves` says so, in the order in which they were born."""
    return Shelf(f"{kind}/{of}")


def branch(*parts: UUID | str | int) -> Shelf:
    """Rows whose keys start with these parts, in the order of their keys."""
    return Shelf(f"/{key(*parts)}/")


def branch_start(of: Shelf) -> str | None:
    """What the keys of a branch start with; None for a shelf that is none."""
    return of[1:] if of.startswith("/") else None


def _no_shelves(_: Any) -> tuple[Shelf, ...]:
    return ()


@dataclass(frozen=True, kw_only=True, eq=False)
class View(Generic[Row]):
    """One question. `hears` is the union of the facts that its answer hangs on.

    `on` is given None where there is no row, and gives None where there is to be none any more.
    Whoever changes what `keys`, `on` or `shelves` give raises `version`: the rows are then made
    anew beside the old ones, as they are when the form of the row changes.
    """

    name: str
    version: int
    row: type[Row]
    hears: type[Fact] | UnionType
    keys: Callable[[Recorded[Any]], tuple[Key, ...]]
    on: Callable[[Row | None, Recorded[Any]], Row | None]
    shelves: Callable[[Row], tuple[Shelf, ...]] = _no_shelves

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or self.version < 1:
            raise ValueError(f"{self.name!r} {self.version} is no name and version of a view")
        if not is_dataclass(self.row) or self.row.__hash__ is None:
            raise TypeError(f"the row of {self.name} is not a frozen dataclass")

    @cached_property
    def facts(self) -> frozenset[type[Fact]]:
        """The kinds of fact that can touch a row."""
        return frozenset(get_args(self.hears) or (self.hears,))

    @cached_property
    def form(self) -> Form[Row]:
        """How a row is written and read."""
        return form(self.row)

    @cached_property
    def edition(self) -> str:
        """The version, and a fingerprint of the row's form: rows of one edition read alike."""
        words = json.dumps(_without_prose(self.form.schema()), sort_keys=True)
        return f"{self.version}-{sha256(words.encode()).hexdigest()[:12]}"

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"


def _without_prose(schema: Any) -> Any:
    match schema:
        case dict():
            return {k: _without_prose(v) for k, v in schema.items() if k != "description"}
        case list():
            return [_without_prose(each) for each in schema]
        case _:
            return schema
