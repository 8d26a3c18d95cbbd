"""Execution: the work, its changes, delivery and what was learned; steps 10 to 13.

Also what people found when they looked: a check of the record that a rule cannot make by itself.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import Code, Command, Euro, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class ModificationBasis(StrEnum):
    """The article that carries a modification of the contract (wijziging)."""

    AW_2_163B = "2.163b"  # de minimis
    AW_2_163C = "2.163c"  # herzieningsclausule
    AW_2_163D = "2.163d"  # aanvullende werken
    AW_2_163E = "2.163e"  # onvoorziene omstandigheden
    AW_2_163F = "2.163f"  # vervanging van de opdrachtnemer
    AW_2_163G = "2.163g"  # niet-wezenlijk


class RecordCheck(StrEnum):
    """What somebody can look after and a rule cannot see from the facts alone."""

    PERSONAL_DATA_IN_CLEAR = "personal-data-in-clear"  # PRV-01
    PROCEDURE_FILE = "procedure-file"  # dossier volledig en bewaard, MOT-03
    SPLITTING_INTENT = "splitting-intent"  # oogmerk om te splitsen, THR-05
    DISTORTING_INFORMATION = "distorting-information"  # Aw 2.57(2), INF-09


@dataclass(frozen=True, kw_only=True)
class Start:
    pass


@dataclass(frozen=True, kw_only=True)
class WorkStarted(Fact, Start):
    """Step 10: the work (uitvoering) began."""


@dataclass(frozen=True, kw_only=True)
class Modification:
    """`delta` is the change of the price in cents, negative when it falls.

    `conditions_recorded`: the conditions (a) to (c) of 2.163d or 2.163e are on file.
    """

    modification: Code
    delta: Euro
    basis: ModificationBasis
    conditions_recorded: bool
    notice_identifier: str | None = None
    changes_nature: bool = False


@dataclass(frozen=True, kw_only=True)
class ContractModified(Fact, Modification):
    """The contract was changed after it was signed."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    remarks: str | None = None


@dataclass(frozen=True, kw_only=True)
class WorkDelivered(Fact, Delivery):
    """Step 11: the work was delivered (oplevering)."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """`participants`: which organisations looked back together."""

    summary: str
    participants: tuple[MemberId, ...] = ()
    went_well: tuple[str, ...] = ()
    to_improve: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EvaluationHeld(Fact, Evaluation):
    """Step 12: the parties looked back (evaluatie)."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """`whole_process`: they cover the process from the search to the evaluation."""

    url: str
    whole_process: bool


@dataclass(frozen=True, kw_only=True)
class ResultsPublished(Fact, Results):
    """Step 13: the results were made available to everybody."""


@dataclass(frozen=True, kw_only=True)
class Reopening:
    step: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class StepReopened(Fact, Reopening):
    """The project went back to an earlier step, openly."""


@dataclass(frozen=True, kw_only=True)
class Cancellation:
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProjectCancelled(Fact, Cancellation):
    """The project ended before its time."""


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """`up_to` is the ledger position that the check covered; `passed` is its outcome."""

    check: RecordCheck
    passed: bool
    up_to: int
    remarks: str


@dataclass(frozen=True, kw_only=True)
class RecordChecked(Fact, CheckResult):
    """A person or a program looked, and said what it found."""


ExecutionFact = (
    WorkStarted
    | ContractModified
    | WorkDelivered
    | EvaluationHeld
    | ResultsPublished
    | StepReopened
    | ProjectCancelled
    | RecordChecked
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Execution:
    modifications: frozenset[Code] = frozenset()
    cancelled: bool = False


def evolve(state: Execution, fact: ExecutionFact) -> Execution:
    match fact:
        case ContractModified():
            return replace(state, modifications=state.modifications | {fact.modification})
        case ProjectCancelled():
            return replace(state, cancelled=True)
        case (
            WorkStarted()
            | WorkDelivered()
            | EvaluationHeld()
            | ResultsPublished()
            | StepReopened()
            | RecordChecked()
        ):
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class StartWork(Command, Start):
    pass


@dataclass(frozen=True, kw_only=True)
class ModifyContract(Command, Modification):
    pass


@dataclass(frozen=True, kw_only=True)
class DeliverWork(Command, Delivery):
    pass


@dataclass(frozen=True, kw_only=True)
class HoldEvaluation(Command, Evaluation):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishResults(Command, Results):
    pass


@dataclass(frozen=True, kw_only=True)
class ReopenStep(Command, Reopening):
    pass


@dataclass(frozen=True, kw_only=True)
class CancelProject(Command, Cancellation):
    pass


@dataclass(frozen=True, kw_only=True)
class RecordCheckResult(Command, CheckResult):
    pass


ExecutionCommand = (
    StartWork
    | ModifyContract
    | DeliverWork
    | HoldEvaluation
    | PublishResults
    | ReopenStep
    | CancelProject
    | RecordCheckResult
)

# --------------------------------------------------------------------------------------- decide

FIRST_STEP, LAST_STEP = 1, 13


def decide(
    state: Execution,
    command: ExecutionCommand,
    moment: Moment,
    *,
    signed: bool,
) -> tuple[ExecutionFact, ...]:
    """`signed`: the project has a contract."""
    match command:
        case StartWork():
            return (stated(WorkStarted, command, moment),)
        case ModifyContract():
            require(
                signed,
                "project.no-contract",
                "there is no contract to modify; record its signature first",
            )
            require(
                command.modification not in state.modifications,
                "project.modification-known",
                "this modification was recorded before under the same code",
                field="modification",
            )
            return (stated(ContractModified, command, moment),)
        case DeliverWork():
            return (stated(WorkDelivered, command, moment),)
        case HoldEvaluation():
            return (stated(EvaluationHeld, command, moment),)
        case PublishResults():
            return (stated(ResultsPublished, command, moment),)
        case ReopenStep():
            require(
                FIRST_STEP <= command.step <= LAST_STEP,
                "project.step",
                f"a project has the steps {FIRST_STEP} to {LAST_STEP}",
                field="step",
            )
            return (stated(StepReopened, command, moment),)
        case CancelProject():
            require(not state.cancelled, "project.cancelled", "this project was cancelled before")
            return (stated(ProjectCancelled, command, moment),)
        case RecordCheckResult():
            require(
                command.up_to >= 0,
                "project.check-position",
                "a position is 0 or more",
                field="upTo",
            )
            return (stated(RecordChecked, command, moment),)
        case _:
            assert_never(command)
