"""Lessons: what a project cost that it need not have, what a fair price is, what was learned.

Failure costs (faalkosten) of preparation and of execution; a fair price (eerlijke prijs) and the
surcharge for electric equipment (opslag), each with how it was arrived at. A lesson (geleerde) is
drawn by one project and cited by the later one that uses it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.convenant_project.codes import require_amount, require_new, require_said
from domain.convenant_project.execution import FIRST_STEP, LAST_STEP
from domain.decider import require, require_form
from domain.terms import (
    CODE,
    BasisPoints,
    Code,
    Command,
    Euro,
    Fact,
    MemberId,
    Moment,
    ProjectId,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class FailurePhase(StrEnum):
    PREPARATION = "preparation"  # voorbereiding
    EXECUTION = "execution"  # uitvoering


class LessonKind(StrEnum):
    """Better what there is, or something new."""

    IMPROVE = "improve"  # verbeteren
    INNOVATE = "innovate"  # vernieuwen


@dataclass(frozen=True, kw_only=True)
class FailureCost:
    """`amount` in cents: what was spent that a better process would have saved."""

    cost: Code
    phase: FailurePhase
    cause: str
    amount: Euro
    saving: str | None = None


@dataclass(frozen=True, kw_only=True)
class FailureCostFound(Fact, FailureCost):
    """Money was lost that need not have been (faalkosten)."""


@dataclass(frozen=True, kw_only=True)
class FairPrice:
    """`basis`: how the price was arrived at, so that both sides can call it fair."""

    basis: str
    agreed_with: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FairPriceExplained(Fact, FairPrice):
    """Why the price is a fair one (eerlijke prijs)."""


@dataclass(frozen=True, kw_only=True)
class Surcharge:
    """A `share` of the price or an `amount` in cents, with the `method` by which it was set."""

    equipment: str
    method: str
    share: BasisPoints | None = None
    amount: Euro | None = None
    agreed_with: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ElectricSurchargeSet(Fact, Surcharge):
    """What is paid extra for electric equipment (opslag)."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """`step` of the thirteen that it is about, where it is about one."""

    lesson: Code
    title: str
    text: str
    kind: LessonKind
    step: int | None = None


@dataclass(frozen=True, kw_only=True)
class LessonDrawn(Fact, Lesson):
    """The project learned something that a next one can use."""


@dataclass(frozen=True, kw_only=True)
class LessonUse:
    """`project` and `lesson` name what was learned elsewhere, `how` what is done with it here."""

    project: ProjectId
    lesson: Code
    how: str


@dataclass(frozen=True, kw_only=True)
class LessonCited(Fact, LessonUse):
    """This project uses what an earlier one learned."""


LessonFact = (
    FailureCostFound | FairPriceExplained | ElectricSurchargeSet | LessonDrawn | LessonCited
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Lessons:
    costs: frozenset[Code] = frozenset()
    drawn: frozenset[Code] = frozenset()
    cited: frozenset[tuple[ProjectId, Code]] = frozenset()


def evolve(state: Lessons, fact: LessonFact) -> Lessons:
    match fact:
        case FailureCostFound():
            return replace(state, costs=state.costs | {fact.cost})
        case LessonDrawn():
            return replace(state, drawn=state.drawn | {fact.lesson})
        case LessonCited():
            return replace(state, cited=state.cited | {(fact.project, fact.lesson)})
        case FairPriceExplained() | ElectricSurchargeSet():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class FindFailureCost(Command, FailureCost):
    pass


@dataclass(frozen=True, kw_only=True)
class ExplainFairPrice(Command, FairPrice):
    pass


@dataclass(frozen=True, kw_only=True)
class SetElectricSurcharge(Command, Surcharge):
    pass


@dataclass(frozen=True, kw_only=True)
class DrawLesson(Command, Lesson):
    pass


@dataclass(frozen=True, kw_only=True)
class CiteLesson(Command, LessonUse):
    pass


LessonCommand = FindFailureCost | ExplainFairPrice | SetElectricSurcharge | DrawLesson | CiteLesson

# --------------------------------------------------------------------------------------- decide


def decide(state: Lessons, command: LessonCommand, moment: Moment) -> tuple[LessonFact, ...]:
    match command:
        case FindFailureCost():
            require_new(state.costs, command.cost, "cost")
            require_amount(command.amount, "amount")
            return (stated(FailureCostFound, command, moment),)
        case ExplainFairPrice():
            require_said(command.basis, "basis")
            return (stated(FairPriceExplained, command, moment),)
        case SetElectricSurcharge():
            _require_surcharge(command)
            return (stated(ElectricSurchargeSet, command, moment),)
        case DrawLesson():
            require_new(state.drawn, command.lesson, "lesson")
            require_said(command.text, "text")
            require(
                command.step is None or FIRST_STEP <= command.step <= LAST_STEP,
                "project.step",
                f"a project has the steps {FIRST_STEP} to {LAST_STEP}",
                field="step",
            )
            return (stated(LessonDrawn, command, moment),)
        case CiteLesson():
            require_form(
                command.lesson,
                CODE,
                "project.lesson-code",
                "is not a code; use letters, digits, dots and hyphens",
                field="lesson",
            )
            require(
                (command.project, command.lesson) not in state.cited,
                "project.lesson-cited",
                "this project cites that lesson already",
                field="lesson",
            )
            return (stated(LessonCited, command, moment),)
        case _:
            assert_never(command)


def _require_surcharge(command: SetElectricSurcharge) -> None:
    require_said(command.method, "method")
    require(
        (command.share is None) != (command.amount is None),
        "project.surcharge",
        "give either a share or an amount",
        field="share",
    )
    require(
        command.share is None or command.share >= 0,
        "project.share",
        "a surcharge is 0 or more hundredths of a percent",
        field="share",
    )
    require_amount(command.amount, "amount")
