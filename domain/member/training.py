"""Training: students in the works, and research that answers a question from practice.

Students are counted, never named. Research (praktijkgericht onderzoek) is done by a university of
applied sciences (hogeschool); it counts as innovation when a firm has tried what it found.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require, require_form
from domain.terms import CODE, Code, Command, Fact, MemberId, Moment, ProjectId, stated

# ---------------------------------------------------------------------------------------- facts


class PlacementKind(StrEnum):
    INTERNSHIP = "internship"  # stage
    GRADUATION = "graduation"  # afstudeerstage
    PROJECT = "project"  # studenten in een project
    APPRENTICESHIP = "apprenticeship"  # leerwerkplek


@dataclass(frozen=True, kw_only=True)
class Placement:
    """`places` for students from `since` until and including `until`; `school` where known."""

    placement: Code
    kind: PlacementKind
    subject: str
    places: int
    since: date
    until: date
    school: MemberId | None = None
    project: ProjectId | None = None


@dataclass(frozen=True, kw_only=True)
class PlacementOffered(Fact, Placement):
    """Students can come and learn here."""


@dataclass(frozen=True, kw_only=True)
class PlacementResult:
    """`students` who came, of whom `stayed` in the trade with this organisation."""

    placement: Code
    students: int
    stayed: int = 0


@dataclass(frozen=True, kw_only=True)
class PlacementCompleted(Fact, PlacementResult):
    """The placement is over: how many came, and how many stayed."""


@dataclass(frozen=True, kw_only=True)
class Research:
    """`institute` does the research; `question` is what practice wants to know."""

    research: Code
    question: str
    institute: MemberId
    students: int = 0


@dataclass(frozen=True, kw_only=True)
class ResearchStarted(Fact, Research):
    """A question of this organisation is being looked into."""


@dataclass(frozen=True, kw_only=True)
class ResearchFindings:
    """`tried_in`: projects in which what was found was put to the test."""

    research: Code
    findings: str
    url: str | None = None
    tried_in: tuple[ProjectId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResearchReported(Fact, ResearchFindings):
    """What the research found, and where it was tried; there may be several reports."""


TrainingFact = PlacementOffered | PlacementCompleted | ResearchStarted | ResearchReported

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Training:
    placements: frozenset[Code] = frozenset()
    completed: frozenset[Code] = frozenset()
    research: frozenset[Code] = frozenset()


def evolve(state: Training, fact: TrainingFact) -> Training:
    match fact:
        case PlacementOffered():
            return replace(state, placements=state.placements | {fact.placement})
        case PlacementCompleted():
            return replace(state, completed=state.completed | {fact.placement})
        case ResearchStarted():
            return replace(state, research=state.research | {fact.research})
        case ResearchReported():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class OfferPlacement(Command, Placement):
    pass


@dataclass(frozen=True, kw_only=True)
class CompletePlacement(Command, PlacementResult):
    pass


@dataclass(frozen=True, kw_only=True)
class StartResearch(Command, Research):
    pass


@dataclass(frozen=True, kw_only=True)
class ReportResearch(Command, ResearchFindings):
    pass


TrainingCommand = OfferPlacement | CompletePlacement | StartResearch | ReportResearch

# --------------------------------------------------------------------------------------- decide


def decide(state: Training, command: TrainingCommand, moment: Moment) -> tuple[TrainingFact, ...]:
    match command:
        case OfferPlacement():
            _require_new(state.placements, command.placement, "placement")
            require(
                command.places > 0,
                "member.places",
                "offer at least one place",
                field="places",
            )
            require(
                command.until >= command.since,
                "member.placement-ends-before-it-starts",
                "the last day lies before the first",
                field="until",
            )
            return (stated(PlacementOffered, command, moment),)
        case CompletePlacement():
            require(
                command.placement in state.placements - state.completed,
                "member.no-placement",
                "no placement is open under that code",
                field="placement",
            )
            require(
                0 <= command.stayed <= command.students,
                "member.stayed",
                "those who stayed are part of those who came, and no fewer than 0",
                field="stayed",
            )
            return (stated(PlacementCompleted, command, moment),)
        case StartResearch():
            _require_new(state.research, command.research, "research")
            require(
                command.students >= 0,
                "member.students",
                "a number of students is 0 or more",
                field="students",
            )
            return (stated(ResearchStarted, command, moment),)
        case ReportResearch():
            require(
                command.research in state.research,
                "member.unknown-research",
                "no research was started under that code",
                field="research",
            )
            return (stated(ResearchReported, command, moment),)
        case _:
            assert_never(command)


def _require_new(known: frozenset[Code], code: Code, name: str) -> None:
    require_form(
        code,
        CODE,
        f"member.{name}-code",
        "is not a code; use letters, digits, dots and hyphens",
        field=name,
    )
    require(
        code not in known,
        f"member.{name}-known",
        f"the code {code} is in use; choose another",
        field=name,
    )
