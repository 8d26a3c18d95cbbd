"""Replay: a thing event by event, with its state after each and what that changed.

The state of a thing is what its decider keeps, and beside it the rows that its own events make in
the registers: a decider keeps no more than it decides by, and most of what happened stands in the
registers only. Rows that other things' events made come with a comparison of two moments.

A reader gets the state that the facts tell which are for that reader, so that what is withheld
cannot be read from what it changed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from application.aggregates import Aggregate
from application.history.difference import Difference, differences
from application.history.plain import Json, plain
from application.views import member_dossier, timeline, timeline_threads
from application.views.catalogue import VIEWS
from application.views.view import Key, View
from domain.record import Recorded
from domain.terms import Fact

_LISTS_OF_EVENTS = (member_dossier.view, timeline.view, timeline_threads.view)
"""Views whose rows are the events themselves, one or several to a row."""

REGISTERS: tuple[View[Any], ...] = tuple(each for each in VIEWS if each not in _LISTS_OF_EVENTS)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One event. A withheld one changes nothing that this reader may see."""

    recorded: Recorded[Fact]
    visible: bool
    state: Json
    differences: tuple[Difference, ...]


class Told:
    """A thing as the facts tell it that it was given so far, in their order."""

    def __init__(self, aggregate: Aggregate) -> None:
        self._aggregate = aggregate
        self._state = aggregate.decider.initial
        self._rows: dict[str, dict[Key, Any]] = {}
        self._written: dict[str, dict[Key, Json]] = {}

    def hear(self, recorded: Recorded[Fact]) -> None:
        """Take in one more fact."""
        self._state = self._aggregate.decider.evolve(self._state, recorded.fact)
        for view in REGISTERS:
            if type(recorded.fact) in view.facts:
                self._fold(view, recorded)

    def _fold(self, view: View[Any], recorded: Recorded[Fact]) -> None:
        rows = self._rows.setdefault(view.name, {})
        written = self._written.setdefault(view.name, {})
        for key in view.keys(recorded):
            row = view.on(rows.get(key), recorded)
            if row is None:
                rows.pop(key, None)
                written.pop(key, None)
            else:
                rows[key] = row
                written[key] = view.form.write(row)

    def plain(self) -> Json:
        """The state in its readable form, which later facts leave as it is."""
        registers = {name: dict(rows) for name, rows in sorted(self._written.items()) if rows}
        return {"aggregate": plain(self._state), "registers": registers}


def state_of(
    aggregate: Aggregate, recorded: Sequence[Recorded[Fact]], sees: Callable[[Fact], bool]
) -> Json:
    """The state after these facts of one thing, as far as somebody sees them."""
    told = Told(aggregate)
    for each in recorded:
        if sees(each.fact):
            told.hear(each)
    return told.plain()


def replay(
    aggregate: Aggregate,
    recorded: Sequence[Recorded[Fact]],
    sees: Callable[[Fact], bool],
    *,
    after: int = 0,
    most: int,
) -> Iterator[Step]:
    """The events of one thing from the one after version `after` on, at most `most`."""
    told = Told(aggregate)
    for each in recorded[:after]:
        if sees(each.fact):
            told.hear(each)
    before = told.plain()
    for each in recorded[after : after + most]:
        visible = sees(each.fact)
        if visible:
            told.hear(each)
        state = told.plain() if visible else before
        yield Step(
            recorded=each,
            visible=visible,
            state=state,
            differences=differences(before, state),
        )
        before = state
