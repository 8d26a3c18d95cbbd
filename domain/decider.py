"""Deciders: how a command becomes facts, and how facts become a state.

An aggregate is a value of `Decider`: four plain functions and a name. Nothing in here, or in any
decider, looks at a clock, a database or the outside world; time, actor and evidence are arguments.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.terms import EARLIEST, Moment
from domain.terms import Command as AnyCommand

State = TypeVar("State")
Command = TypeVar("Command")
Fact = TypeVar("Fact")


class Refused(Exception):
    """A command that is malformed or cannot have happened; what merely breaks a rule is recorded.

    `code` is stable (`circle.unknown-meeting`), `why` says in a sentence what is wrong and what
    would mend it, `field` names the command's field at fault where there is one.
    """

    def __init__(self, code: str, why: str, *, field: str | None = None) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Decider(Generic[State, Command, Fact]):
    """One aggregate: `decide` judges a command against a state, `evolve` applies a fact to it."""

    name: str
    initial: State
    decide: Callable[[State, Command, Moment], tuple[Fact, ...]]
    evolve: Callable[[State, Fact], State]


def fold(decider: Decider[State, Command, Fact], facts: Iterable[Fact]) -> State:
    """The state after `facts`, in order."""
    state = decider.initial
    for fact in facts:
        state = decider.evolve(state, fact)
    return state


def require(condition: bool, code: str, why: str, *, field: str | None = None) -> None:  # noqa: FBT001
    """Refuse with `code` and `why` unless `condition` holds."""
    if not condition:
        raise Refused(code, why, field=field)


def require_form(value: str, form: re.Pattern[str], code: str, why: str, *, field: str) -> None:
    """Refuse a value whose spelling cannot be right, whatever it means."""
    require(form.fullmatch(value) is not None, code, f"{value!r} {why}", field=field)


def require_possible_time(command: AnyCommand, moment: Moment) -> None:
    """Refuse what is said to have happened after now, or before anything here could have."""
    happened = command.occurred_at
    if happened is None:
        return
    require(
        happened.tzinfo is not None,
        "moment.without-zone",
        "the instant has no time zone; write it as 2026-03-02T09:00:00+01:00",
        field="occurredAt",
    )
    require(
        happened <= moment.now,
        "moment.in-the-future",
        f"{happened.isoformat()} is after the moment of recording, {moment.now.isoformat()};"
        " record it when it has happened",
        field="occurredAt",
    )
    require(
        happened >= EARLIEST,
        "moment.too-long-ago",
        f"{happened.isoformat()} is before {EARLIEST.date()}; look at the year",
        field="occurredAt",
    )
