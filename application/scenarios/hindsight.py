"""Why a step of a scenario was refused, where another step is the reason.

The record can say that a document is not there; only who has the whole story can say that it is
added a day too late, or that a mutation took it away. Deciders are pure, so each guess is tried
out: a step is named only if the refused one would have been accepted without its fault.
"""

from collections.abc import Sequence

from application.scenarios.scenario import where
from application.scenarios.words import Line, Script
from domain.decider import Refused
from domain.terms import DUTCH_TIME, Moment


def hindsight(script: Script, refused: Line) -> str | None:
    """One sentence about the step that made `refused` impossible; None where no single one did."""
    told = [line for line in script.lines if line.stream == refused.stream]
    here = told.index(refused)
    before, after = told[:here], told[here + 1 :]
    if _accepted(before, refused):
        return None  # the reason stood in the sandbox before this scenario was played into it
    return (
        _changed(script, before, refused)
        or _too_late(before, after, refused)
        or _in_the_way(before, refused)
    )


def _changed(script: Script, before: Sequence[Line], refused: Line) -> str | None:
    """A step of a base, which another file replaced or removed, that would have let it pass."""
    for change, was in script.changed:
        step = was.step
        if was.stream != refused.stream or step.id == refused.step.id:
            continue
        if step.at <= refused.step.at:
            others = [line for line in before if line.step.id != step.id]
            if _accepted(sorted([*others, was], key=lambda line: line.step.at), refused):
                return str(change)
    return None


def _too_late(before: Sequence[Line], after: Sequence[Line], refused: Line) -> str | None:
    for later in after:
        if _accepted([*before, later], refused):
            step, at = later.step, later.step.at.astimezone(DUTCH_TIME)
            return (
                f"That comes only later, by step {step.id!r} ({step.command}) at"
                f" {at:%Y-%m-%d %H:%M} ({where(step.place)})"
            )
    return None


def _in_the_way(before: Sequence[Line], refused: Line) -> str | None:
    """A step that another file than that of the refused step tells, and without which it passes."""
    for other in before:
        if other.step.place.file != refused.step.place.file and _accepted(
            [line for line in before if line is not other], refused
        ):
            return f"{where(other.step.place)} tells step {other.step.id!r}, which rules it out"
    return None


def _accepted(before: Sequence[Line], refused: Line) -> bool:
    """Whether the record would take all of these, one after the other."""
    decider = refused.step.aggregate.decider
    state = decider.initial
    try:
        for line in (*before, refused):
            moment = Moment(now=line.step.at, actor=line.actor)
            for fact in decider.decide(state, line.veiled, moment):
                state = decider.evolve(state, fact)
    except Refused:
        return False
    return True
