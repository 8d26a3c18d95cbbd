"""Enforcement (handhaving): whoever agreed on a line also looks whether it is kept, per project.

It is looked after in two places, in the client's own project organisation and outside on the work,
so that nobody profits from the others' effort (geen freeriders). A project that the mission feeds is
linked here, on the mission's side: the mission says which line holds for it, and the line is what is
checked. The view of these links finds a project's missions as well as a mission's projects.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.mission.codes import require_amount, require_known, require_new
from domain.mission.line import Treads, require_agreed
from domain.terms import Code, Command, Euro, Fact, MemberId, Moment, ProjectId, stated

# ---------------------------------------------------------------------------------------- facts


class LineCheckPlace(StrEnum):
    PROJECT_ORGANISATION = "project-organisation"  # in de eigen projectorganisatie
    ON_THE_WORK = "on-the-work"  # buiten op het werk


class LineCheckOutcome(StrEnum):
    KEPT = "kept"  # de standlijn wordt gevolgd
    NOT_KEPT = "not-kept"  # de standlijn wordt niet gevolgd
    NOT_SEEN = "not-seen"  # kon niet worden vastgesteld


class LineSanction(StrEnum):
    WARNING = "warning"  # waarschuwing
    REPAIR_ORDER = "repair-order"  # opdracht tot herstel
    PAYMENT_WITHHELD = "payment-withheld"  # betaling opgeschort
    PRICE_REDUCTION = "price-reduction"  # korting
    PENALTY = "penalty"  # boete
    WORK_STOPPED = "work-stopped"  # werk stilgelegd


class BreachEnding(StrEnum):
    REPAIRED = "repaired"  # hersteld
    SANCTION_CARRIED_OUT = "sanction-carried-out"  # sanctie uitgevoerd
    UNFOUNDED = "unfounded"  # bevinding bleek onjuist


@dataclass(frozen=True, kw_only=True)
class Feeding:
    """`level` is the line that the project has to keep; None while no line was agreed."""

    project: ProjectId
    level: int | None = None
    remarks: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectFed(Fact, Feeding):
    """A convenant project came under the mission: the line holds for it."""


@dataclass(frozen=True, kw_only=True)
class Releasing:
    project: ProjectId
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProjectReleased(Fact, Releasing):
    """A project no longer stands under the mission."""


@dataclass(frozen=True, kw_only=True)
class LineCheck:
    """`contractor` is whose work was looked at; None for a check of the client's own side."""

    check: Code
    project: ProjectId
    place: LineCheckPlace
    level: int
    checked_by: MemberId
    outcome: LineCheckOutcome
    summary: str
    contractor: MemberId | None = None


@dataclass(frozen=True, kw_only=True)
class LineChecked(Fact, LineCheck):
    """Somebody looked whether the line is kept in a project (controle)."""


@dataclass(frozen=True, kw_only=True)
class LineBreach:
    """`contractor` is who did not use what was asked for, while others do (freerider)."""

    breach: Code
    check: Code
    contractor: MemberId
    required: str
    found: str


@dataclass(frozen=True, kw_only=True)
class LineBreachFound(Fact, LineBreach):
    """A check found that a contractor does not keep the line (bevinding)."""


@dataclass(frozen=True, kw_only=True)
class BreachSanction:
    """`amount` is what it costs the contractor, where it costs something."""

    breach: Code
    sanction: LineSanction
    imposed_by: MemberId
    reasons: str
    amount: Euro | None = None


@dataclass(frozen=True, kw_only=True)
class LineBreachSanctioned(Fact, BreachSanction):
    """The client answered a breach of the line with a sanction (sanctie)."""


@dataclass(frozen=True, kw_only=True)
class BreachSettlement:
    breach: Code
    ending: BreachEnding
    remarks: str | None = None


@dataclass(frozen=True, kw_only=True)
class LineBreachSettled(Fact, BreachSettlement):
    """A breach of the line was dealt with."""


@dataclass(frozen=True, kw_only=True)
class LineWaiver:
    """`for_everybody`: no contractor has to keep it in this project, not only those named."""

    waiver: Code
    project: ProjectId
    level: int
    contractors: tuple[MemberId, ...]
    for_everybody: bool
    reasons: str


@dataclass(frozen=True, kw_only=True)
class LineWaived(Fact, LineWaiver):
    """The client let somebody off from the line in a project (ontheffing)."""


EnforcementFact = (
    ProjectFed
    | ProjectReleased
    | LineChecked
    | LineBreachFound
    | LineBreachSanctioned
    | LineBreachSettled
    | LineWaived
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Enforcement:
    """`projects` ever stood under the mission, `fed` still do; `open` breaches are not settled."""

    projects: frozenset[ProjectId] = frozenset()
    fed: frozenset[ProjectId] = frozenset()
    checks: frozenset[Code] = frozenset()
    breaches: frozenset[Code] = frozenset()
    open: frozenset[Code] = frozenset()
    waivers: frozenset[Code] = frozenset()


def evolve(state: Enforcement, fact: EnforcementFact) -> Enforcement:
    match fact:
        case ProjectFed():
            projects = state.projects | {fact.project}
            return replace(state, projects=projects, fed=state.fed | {fact.project})
        case ProjectReleased():
            return replace(state, fed=state.fed - {fact.project})
        case LineChecked():
            return replace(state, checks=state.checks | {fact.check})
        case LineBreachFound():
            breaches = state.breaches | {fact.breach}
            return replace(state, breaches=breaches, open=state.open | {fact.breach})
        case LineBreachSettled():
            return replace(state, open=state.open - {fact.breach})
        case LineWaived():
            return replace(state, waivers=state.waivers | {fact.waiver})
        case LineBreachSanctioned():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class FeedProject(Command, Feeding):
    pass


@dataclass(frozen=True, kw_only=True)
class ReleaseProject(Command, Releasing):
    pass


@dataclass(frozen=True, kw_only=True)
class CheckLine(Command, LineCheck):
    pass


@dataclass(frozen=True, kw_only=True)
class FindLineBreach(Command, LineBreach):
    pass


@dataclass(frozen=True, kw_only=True)
class SanctionLineBreach(Command, BreachSanction):
    pass


@dataclass(frozen=True, kw_only=True)
class SettleLineBreach(Command, BreachSettlement):
    pass


@dataclass(frozen=True, kw_only=True)
class WaiveLine(Command, LineWaiver):
    pass


EnforcementCommand = (
    FeedProject
    | ReleaseProject
    | CheckLine
    | FindLineBreach
    | SanctionLineBreach
    | SettleLineBreach
    | WaiveLine
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Enforcement, treads: Treads, command: EnforcementCommand, moment: Moment
) -> tuple[EnforcementFact, ...]:
    match command:
        case FeedProject():
            require(
                command.project not in state.fed,
                "mission.project-known",
                "this project stands under the mission already",
                field="project",
            )
            if command.level is not None:
                require_agreed(treads, command.level)
            return (stated(ProjectFed, command, moment),)
        case ReleaseProject():
            require(
                command.project in state.fed,
                "mission.project-not-fed",
                "this project does not stand under the mission, so it cannot be released",
                field="project",
            )
            return (stated(ProjectReleased, command, moment),)
        case CheckLine():
            require_new(state.checks, command.check, "check")
            _require_project(state, command.project)
            require_agreed(treads, command.level)
            return (stated(LineChecked, command, moment),)
        case FindLineBreach():
            require_new(state.breaches, command.breach, "breach")
            require_known(state.checks, command.check, "check")
            return (stated(LineBreachFound, command, moment),)
        case SanctionLineBreach():
            require_known(state.breaches, command.breach, "breach")
            require_amount(command.amount, field="amount")
            return (stated(LineBreachSanctioned, command, moment),)
        case SettleLineBreach():
            require_known(state.breaches, command.breach, "breach")
            require(
                command.breach in state.open,
                "mission.breach-settled",
                f"breach {command.breach} was settled before; find a new one under its own code",
                field="breach",
            )
            return (stated(LineBreachSettled, command, moment),)
        case WaiveLine():
            require_new(state.waivers, command.waiver, "waiver")
            _require_project(state, command.project)
            require_agreed(treads, command.level)
            return (stated(LineWaived, command, moment),)
        case _:
            assert_never(command)


def _require_project(state: Enforcement, project: ProjectId) -> None:
    require(
        project in state.projects,
        "mission.unknown-project",
        "this project never stood under the mission; feed it first",
        field="project",
    )
