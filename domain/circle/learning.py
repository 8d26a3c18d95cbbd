"""How a circle learns from what it does: reflections, phases, its own health, practices.

Reflections may name people and are sealed. A phase is looked at to see whether it is time for the
next (procesmonitoring); the four questions of the health check are asked of every member.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_code, require_known, require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, ProjectId, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class HealthQuestion(StrEnum):
    """The test of whether a circle succeeds (toets van slagen)."""

    ROLES_KNOWN = "roles-known"  # kennen de mensen hun rol
    MUTUAL_ATTRACTION = "mutual-attraction"  # zijn de processen op wederzijdse aantrekkelijkheid
    COLLABORATION_TUNED = "collaboration-tuned"  # is de samenwerking daarop afgestemd
    STEERED_ON = "steered-on"  # sturen we daarop


class HealthDegree(StrEnum):
    NOT = "not"  # niet
    PARTLY = "partly"  # deels
    LARGELY = "largely"  # grotendeels
    FULLY = "fully"  # geheel


@dataclass(frozen=True, kw_only=True)
class Reflection:
    """`practice` is the exemplary practice that was reflected upon, if it was one."""

    reflection: Code
    text: Sealed
    meeting: Code | None = None
    practice: Code | None = None


@dataclass(frozen=True, kw_only=True)
class ReflectionHeld(Fact, Reflection):
    """The circle looked back on what it experienced (reflectie)."""


@dataclass(frozen=True, kw_only=True)
class PhaseReview:
    """`right_things` are done, and have the `right_effect`; `next_phase` when it is time for it."""

    phase: Code
    right_things: bool
    right_effect: bool
    reasons: str
    next_phase: Code | None = None


@dataclass(frozen=True, kw_only=True)
class PhaseReviewed(Fact, PhaseReview):
    """The circle looked whether it is time for the next phase (procesmonitoring)."""


@dataclass(frozen=True, kw_only=True)
class HealthAnswer:
    question: HealthQuestion
    degree: HealthDegree


@dataclass(frozen=True, kw_only=True)
class HealthCheck:
    """The same `check` is answered by every `member` for itself, once."""

    check: Code
    member: MemberId
    answers: tuple[HealthAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class HealthChecked(Fact, HealthCheck):
    """A member said how the circle is doing."""


@dataclass(frozen=True, kw_only=True)
class ExemplaryPractice:
    practice: Code
    title: str
    why: str
    project: ProjectId | None = None


@dataclass(frozen=True, kw_only=True)
class ExemplaryPracticeNamed(Fact, ExemplaryPractice):
    """The circle holds a practice up as an example (exemplarische praktijk)."""


LearningFact = ReflectionHeld | PhaseReviewed | HealthChecked | ExemplaryPracticeNamed

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Learning:
    reflections: frozenset[Code] = frozenset()
    practices: frozenset[Code] = frozenset()
    checked: frozenset[tuple[Code, MemberId]] = frozenset()


def evolve(state: Learning, fact: LearningFact) -> Learning:
    match fact:
        case ReflectionHeld():
            return replace(state, reflections=state.reflections | {fact.reflection})
        case ExemplaryPracticeNamed():
            return replace(state, practices=state.practices | {fact.practice})
        case HealthChecked():
            return replace(state, checked=state.checked | {(fact.check, fact.member)})
        case PhaseReviewed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class HoldReflection(Command, Reflection):
    pass


@dataclass(frozen=True, kw_only=True)
class ReviewPhase(Command, PhaseReview):
    pass


@dataclass(frozen=True, kw_only=True)
class CheckHealth(Command, HealthCheck):
    pass


@dataclass(frozen=True, kw_only=True)
class NameExemplaryPractice(Command, ExemplaryPractice):
    pass


LearningCommand = HoldReflection | ReviewPhase | CheckHealth | NameExemplaryPractice

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Learning, command: LearningCommand, moment: Moment, *, meetings: frozenset[Code]
) -> tuple[LearningFact, ...]:
    match command:
        case HoldReflection():
            require_new(state.reflections, command.reflection, "reflection")
            if command.meeting is not None:
                require_known(meetings, command.meeting, "meeting")
            if command.practice is not None:
                require_known(state.practices, command.practice, "practice")
            return (stated(ReflectionHeld, command, moment),)
        case ReviewPhase():
            require_code(command.phase, "phase")
            if command.next_phase is not None:
                require_code(command.next_phase, "phase", field="nextPhase")
            return (stated(PhaseReviewed, command, moment),)
        case CheckHealth():
            _require_answers(state, command)
            return (stated(HealthChecked, command, moment),)
        case NameExemplaryPractice():
            require_new(state.practices, command.practice, "practice")
            return (stated(ExemplaryPracticeNamed, command, moment),)
        case _:
            assert_never(command)


def _require_answers(state: Learning, command: CheckHealth) -> None:
    require_code(command.check, "check")
    require(
        (command.check, command.member) not in state.checked,
        "circle.health-answered",
        "this organisation answered this check before; open another under a new code",
        field="member",
    )
    asked = [each.question for each in command.answers]
    require(
        len(asked) > 0 and len(set(asked)) == len(asked),
        "circle.health-answers",
        "answer at least one of the four questions, and none of them twice",
        field="answers",
    )
