"""How a circle (kenniskring) begins and ends, and who guides it.

Before it begins seven questions are asked (vragen vooraf); while it lasts it is evaluated; when it
closes, what it knew stays known.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_new
from domain.decider import require
from domain.municipalities import require_municipality
from domain.terms import (
    Code,
    Command,
    Fact,
    Instant,
    MemberId,
    Moment,
    Sealed,
    dutch_date,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class IntakeQuestion(StrEnum):
    """What is asked before a circle is begun (vragen vooraf)."""

    SITUATION = "situation"  # bestaande situatie
    DILEMMAS = "dilemmas"  # dilemma's
    IMPORTANCE = "importance"  # waarom kennisuitwisseling hier belangrijk is; de gedeelde agenda
    PERSONAL_INTEREST = "personal-interest"  # waarom het voor jou belangrijk is
    DESIRED_PROCESS = "desired-process"  # wat je wilt zien gebeuren
    MUTUAL_ATTRACTION = "mutual-attraction"  # wat het wederzijds aantrekkelijk maakt
    NEEDS = "needs"  # wat nodig is: condities, vorm, opzet, regelmaat


@dataclass(frozen=True, kw_only=True)
class Foundation:
    name: str
    authority: MemberId
    municipality_code: str
    region: str


@dataclass(frozen=True, kw_only=True)
class CircleFounded(Fact, Foundation):
    """A contracting authority set up a circle for a region."""


@dataclass(frozen=True, kw_only=True)
class Facilitation:
    facilitator: MemberId


@dataclass(frozen=True, kw_only=True)
class FacilitatorAppointed(Fact, Facilitation):
    """An independent facilitator (onafhankelijk begeleider) guides the circle."""


@dataclass(frozen=True, kw_only=True)
class IntakeAnswer:
    """An answer may be personal, so it is sealed. A later answer takes the place of an earlier one."""

    member: MemberId
    question: IntakeQuestion
    answer: Sealed


@dataclass(frozen=True, kw_only=True)
class IntakeAnswered(Fact, IntakeAnswer):
    """Somebody answered one of the seven intake questions for an organisation."""


@dataclass(frozen=True, kw_only=True)
class CircleReview:
    """`since` and `until`: the period that was looked back upon, both days included."""

    evaluation: Code
    since: date
    until: date
    conclusions: str


@dataclass(frozen=True, kw_only=True)
class CircleEvaluated(Fact, CircleReview):
    """The circle looked back upon itself (evaluatie)."""


@dataclass(frozen=True, kw_only=True)
class Closing:
    reason: str


@dataclass(frozen=True, kw_only=True)
class CircleClosed(Fact, Closing):
    """The circle stopped; nothing but what rounds it off happens in it after this."""


FoundingFact = (
    CircleFounded | FacilitatorAppointed | IntakeAnswered | CircleEvaluated | CircleClosed
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Founding:
    founded: bool = False
    evaluations: frozenset[Code] = frozenset()
    closed_at: Instant | None = None


def evolve(state: Founding, fact: FoundingFact) -> Founding:
    match fact:
        case CircleFounded():
            return replace(state, founded=True)
        case CircleEvaluated():
            return replace(state, evaluations=state.evaluations | {fact.evaluation})
        case CircleClosed():
            return replace(state, closed_at=fact.occurred_at)
        case FacilitatorAppointed() | IntakeAnswered():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class FoundCircle(Command, Foundation):
    pass


@dataclass(frozen=True, kw_only=True)
class AppointFacilitator(Command, Facilitation):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerIntake(Command, IntakeAnswer):
    pass


@dataclass(frozen=True, kw_only=True)
class EvaluateCircle(Command, CircleReview):
    pass


@dataclass(frozen=True, kw_only=True)
class CloseCircle(Command, Closing):
    pass


FoundingCommand = FoundCircle | AppointFacilitator | AnswerIntake | EvaluateCircle | CloseCircle

# --------------------------------------------------------------------------------------- decide


def decide(state: Founding, command: FoundingCommand, moment: Moment) -> tuple[FoundingFact, ...]:
    match command:
        case FoundCircle():
            require(not state.founded, "circle.founded", "this circle was founded before")
            require_municipality(
                command.municipality_code,
                dutch_date(command.occurred_at or moment.now),
                malformed="circle.municipality-code",
            )
            return (stated(CircleFounded, command, moment),)
        case AppointFacilitator():
            return (stated(FacilitatorAppointed, command, moment),)
        case AnswerIntake():
            return (stated(IntakeAnswered, command, moment),)
        case EvaluateCircle():
            require_new(state.evaluations, command.evaluation, "evaluation")
            require(
                command.since <= command.until,
                "circle.evaluation-period",
                "the period ends before it begins; exchange the two days",
                field="until",
            )
            return (stated(CircleEvaluated, command, moment),)
        case CloseCircle():
            require(state.closed_at is None, "circle.closed", "this circle was closed before")
            return (stated(CircleClosed, command, moment),)
        case _:
            assert_never(command)
