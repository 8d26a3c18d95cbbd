"""How views are asked, and kept up: the ports that use cases and doors see.

Every answer says as of which position it holds. Whoever needs several answers that fit together
takes one position first, and asks each of them as of that.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol

from application.views.view import Key, Row, Shelf, View

MOST_ENTRIES = 1000
"""Entries in one page, or keys asked for at once."""

_POSITION = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Entry(Generic[Row]):
    """A row as it was asked for.

    `born` is the position at which it came to be, `valid_from` the one since which it reads so.
    """

    key: Key
    row: Row
    born: int
    valid_from: int

    @property
    def place(self) -> "Place":
        return Place(born=self.born, key=self.key)


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[Row]):
    """`entry` is None where there was no such row as of `position`."""

    position: int
    entry: Entry[Row] | None


@dataclass(frozen=True, kw_only=True)
class Answers(Generic[Row]):
    """Keys without a row as of `position` are not in `entries`."""

    position: int
    entries: Mapping[Key, Entry[Row]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page ended.

    Rows are listed in the order in which they came to be, so that what is recorded meanwhile comes
    after every place that was handed out.
    """

    born: int
    key: Key

    def __str__(self) -> str:
        return f"{self.born}/{self.key}"

    @classmethod
    def of(cls, text: str) -> "Place":
        """The place that `str` wrote, or `ValueError`."""
        born, slash, name = text.partition("/")
        if not (slash and name and _POSITION.fullmatch(born)):
            raise ValueError("is not the place of an entry; take it from the page before")
        return cls(born=int(born), key=Key(name))


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Row]):
    """`next` is where the following page starts, None on the last one.

    Ask for that page as of `position` to read on in the same register, or as of now to read on in
    today's.
    """

    position: int
    entries: tuple[Entry[Row], ...]
    next: Place | None


@dataclass(frozen=True, kw_only=True)
class Version(Generic[Row]):
    """A row as it read from position `valid_from` until just before `valid_to`.

    `valid_to` is None for the newest, `row` where there was no row any more.
    """

    valid_from: int
    valid_to: int | None
    row: Row | None


@dataclass(frozen=True, kw_only=True)
class Health:
    """How a view is doing.

    `failed_at` is the event that it could not take in, and `failure` the kind of error; such a view
    answers as of `position` and comes no further.
    """

    view: str
    edition: str
    position: int
    failed_at: int | None
    failure: str | None


class ViewBehind(Exception):
    """The view has not come as far as the position that was asked for. Ask again, or wait."""

    code = "view.behind"

    def __init__(self, view: str, asked: int, holds: int) -> None:
        super().__init__(f"{view} holds position {holds}, and {asked} was asked for")
        self.view = view
        self.asked = asked
        self.holds = holds


class ViewNotBuilt(Exception):
    """The view is being built for the first time, or nobody builds it: `kringboek rebuild` does."""

    code = "view.not-built"

    def __init__(self, view: str) -> None:
        super().__init__(f"{view} was not built yet")
        self.view = view


class ViewFailed(Exception):
    """The view could not take in the event at `position`. Later ones are not looked at."""

    code = "view.failed"

    def __init__(self, view: str, position: int, failure: str) -> None:
        super().__init__(f"{view} stops before position {position}, at which it met {failure}")
        self.view = view
        self.position = position
        self.failure = failure


class Views(Protocol):
    """What can be asked of every view, as of any position that it has reached.

    `as_of` None is as of now. An answer can raise `ViewBehind` and `ViewNotBuilt`.
    """

    async def get(self, view: View[Row], key: Key, *, as_of: int | None = None) -> Answer[Row]: ...

    async def get_many(
        self, view: View[Row], keys: Sequence[Key], *, as_of: int | None = None
    ) -> Answers[Row]: ...

    async def page(
        self,
        view: View[Row],
        shelf: Shelf,
        *,
        as_of: int | None = None,
        after: Place | None = None,
        limit: int = 100,
    ) -> Page[Row]:
        """At most `limit` rows that stand on `shelf`, from just after a place."""

    async def history(
        self, view: View[Row], key: Key, *, after: int = 0, limit: int = 100
    ) -> tuple[Version[Row], ...]:
        """The versions of one row that began after a position, the oldest first."""

    async def changes(
        self,
        view: View[Any],
        shelf: Shelf,
        *,
        after: int = 0,
        up_to: int | None = None,
        newest: bool = False,
        limit: int = 100,
    ) -> tuple[int, ...]:
        """The positions after one and up to another at which what stands on `shelf` changed.

        In order; the newest of them when that is said, else the oldest. A row that came, went or
        read otherwise is a change.
        """

    async def position(self, *views: View[Any]) -> int:
        """The position that all of `views` have reached; all views there are if none is named."""

    async def wait_for(self, position: int, *views: View[Any], within: float) -> bool:
        """Whether `views` reached `position` within so many seconds.

        At once False when one of them failed; all views there are if none is named.
        """

    async def health(self) -> tuple[Health, ...]: ...


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a rebuild has come: up to `position`, of `head` as it was last seen."""

    position: int
    head: int


class Follower(Protocol):
    """What keeps the views up to the ledger."""

    async def catch_up(self, to: int | None = None, *, within: float = 60.0) -> int:
        """Bring every view to position `to`, or to the ledger's head, and return that position.

        Raise `ViewFailed` when a view cannot get there, `TimeoutError` after `within` seconds.
        """

    async def rebuild(
        self, *views: View[Any], progress: Callable[[Progress], None] | None = None
    ) -> None:
        """Make the rows of `views`, or of all, anew from the first event, and swap them in.

        Meanwhile the old rows are followed and answer. A crash leaves the old ones as they were.
        """
