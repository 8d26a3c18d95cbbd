"""What a circle refuses of decisions, agreements, actions and exchange: what cannot have happened."""

from datetime import date
from typing import Any

import pytest

from domain.circle import CircleCommand, circle
from domain.circle.agreements import (
    AgreementEnded,
    AgreementEndGround,
    CheckEnforcement,
    EnforcementPlace,
    ExtendAgreement,
    ImposeSanction,
    SanctionKind,
)
from domain.circle.decisions import (
    AddOption,
    AnswerObjection,
    CountVotes,
    DecisionOutcome,
    ObjectionOutcome,
    RaiseObjection,
    ReviewDecision,
    ReviewOutcome,
    TakeDecision,
)
from domain.circle.exchange import HoldWorkshop, PassOnMarketSignal, ReceiveKnowledge, WorkshopKind
from domain.circle.improvements import (
    ImprovementDone,
    MoveImprovement,
    PlanImprovement,
    ResultKind,
)
from domain.circle.learning import (
    CheckHealth,
    HealthAnswer,
    HealthDegree,
    HealthQuestion,
    HoldReflection,
    ReviewPhase,
)
from domain.circle.topics import (
    CircleTheme,
)
from domain.terms import Code
from tests.circle_told import (
    ACTION,
    AGREED,
    AGREEMENT,
    ALBA,
    BERK,
    DECISION,
    FOUNDED,
    MEETING,
    NOORDERDAM,
    PLANNED,
    SEALED,
    TABLED,
    decided,
)
from tests.given import CIRCLE, NOW, When, at, given


def when(command: CircleCommand, *facts: Any) -> When[Any]:
    return given(circle, FOUNDED, *facts).when(command)


# -------------------------------------------------------------------------------------- decisions


def test_an_option_belongs_to_a_proposal() -> None:
    option = AddOption(decision=DECISION, option=Code("A"), text=SEALED)
    when(option).then_refused("circle.unknown-decision", field="decision")


def test_an_option_is_chosen_from_those_that_there_were() -> None:
    taken = decided(option=Code("C"))
    command = TakeDecision(
        decision=taken.decision,
        subject=taken.subject,
        method=taken.method,
        outcome=taken.outcome,
        reasons=taken.reasons,
        option=taken.option,
    )
    when(command, TABLED).then_refused("circle.unknown-option", field="option")


def test_a_decision_that_was_postponed_is_taken_later() -> None:
    later = decided()
    command = TakeDecision(
        decision=later.decision,
        subject=later.subject,
        method=later.method,
        outcome=later.outcome,
        reasons=later.reasons,
    )
    assert when(command, decided(outcome=DecisionOutcome.POSTPONED)).refused is None
    assert when(command, decided(outcome=DecisionOutcome.REJECTED)).refused is not None


def test_an_objection_is_made_to_something() -> None:
    objection = RaiseObjection(decision=DECISION, objection=Code("1"), member=BERK, text=SEALED)
    when(objection).then_refused("circle.unknown-decision", field="decision")


def test_an_objection_that_nobody_made_is_not_answered() -> None:
    answer = AnswerObjection(
        decision=DECISION, objection=Code("9"), outcome=ObjectionOutcome.STANDS, how=SEALED
    )
    when(answer, TABLED).then_refused("circle.unknown-objection", field="objection")


def votes(**more: int) -> CountVotes:
    said: dict[str, Any] = {"present": 9, "quorum": 7, "in_favour": 6, "against": 2, "abstained": 1}
    return CountVotes(decision=DECISION, **(said | more))


@pytest.mark.parametrize("field", ["present", "quorum", "in_favour", "against", "abstained"])
def test_heads_are_counted_from_nothing(field: str) -> None:
    when(votes(**{field: -1}), TABLED).then_refused("circle.votes-negative")


def test_no_more_votes_are_cast_than_there_are_heads() -> None:
    when(votes(present=8), TABLED).then_refused("circle.more-votes-than-heads", field="present")
    assert when(votes(present=9), TABLED).refused is None


def test_a_vote_without_a_quorum_can_happen() -> None:
    """It is recorded, so that somebody can see it."""
    assert when(votes(quorum=20), TABLED).refused is None


def review(outcome: ReviewOutcome, replaced_by: Code | None) -> ReviewDecision:
    return ReviewDecision(
        decision=DECISION, outcome=outcome, reasons="ervaring", replaced_by=replaced_by
    )


@pytest.mark.parametrize("by", [None, DECISION, Code("b-9")])
def test_a_revised_decision_gives_way_to_another(by: Code | None) -> None:
    when(review(ReviewOutcome.REVISED, by), decided()).then_refused(
        "circle.unknown-replacement", field="replacedBy"
    )


@pytest.mark.parametrize("outcome", [ReviewOutcome.KEPT, ReviewOutcome.WITHDRAWN])
def test_only_a_revised_decision_gives_way(outcome: ReviewOutcome) -> None:
    when(review(outcome, Code("b-2")), decided(), decided(Code("b-2"))).then_refused(
        "circle.no-replacement", field="replacedBy"
    )


def test_what_was_never_decided_is_not_reviewed() -> None:
    when(review(ReviewOutcome.KEPT, None), TABLED).then_refused("circle.unknown-decision")


# ------------------------------------------------------------------------------------- agreements


def test_an_agreement_that_was_ended_is_not_extended() -> None:
    ended = AgreementEnded(
        occurred_at=at("2026-02-01"),
        agreement=AGREEMENT,
        ground=AgreementEndGround.FULFILLED,
        reason="gedaan",
    )
    extend = ExtendAgreement(agreement=AGREEMENT, until=date(2031, 1, 1))
    when(extend, AGREED, ended).then_refused("circle.agreement-ended", field="agreement")
    when(extend).then_refused("circle.unknown-agreement", field="agreement")


def test_a_check_is_of_an_agreement() -> None:
    check = CheckEnforcement(
        check=Code("c"), agreement=AGREEMENT, place=EnforcementPlace.OFFICE, kept=True
    )
    when(check).then_refused("circle.unknown-agreement", field="agreement")


def test_nobody_is_punished_without_a_finding() -> None:
    sanction = ImposeSanction(
        agreement=AGREEMENT, finding=Code("f-1"), kind=SanctionKind.EXCLUSION, text=SEALED
    )
    when(sanction, AGREED).then_refused("circle.unknown-finding", field="finding")


# --------------------------------------------------------------------- improvements and learning


@pytest.mark.parametrize("source", ["topic", "complaint"])
def test_an_action_comes_out_of_something_that_is_there(source: str) -> None:
    said: dict[str, Any] = {source: Code("elders")}
    command = PlanImprovement(
        improvement=Code("v-2"),
        agenda=PLANNED.agenda,
        kind=PLANNED.kind,
        title=PLANNED.title,
        owner=NOORDERDAM,
        due_on=PLANNED.due_on,
        supporters=(),
        **said,
    )
    when(command).then_refused(f"circle.unknown-{source}", field=source)


def test_an_action_that_is_done_is_not_moved() -> None:
    done = ImprovementDone(
        occurred_at=NOW, improvement=ACTION, kind=ResultKind.LEARNING, result="geleerd"
    )
    move = MoveImprovement(improvement=ACTION, due_on=date(2027, 1, 1), reason="later")
    when(move, PLANNED, done).then_refused("circle.improvement-ended", field="improvement")
    when(move).then_refused("circle.unknown-improvement", field="improvement")


def health(*questions: HealthQuestion, check: str = "2026") -> CheckHealth:
    return CheckHealth(
        check=Code(check),
        member=ALBA,
        answers=tuple(HealthAnswer(question=each, degree=HealthDegree.NOT) for each in questions),
    )


def test_a_question_of_the_health_check_is_answered_once() -> None:
    twice = health(HealthQuestion.STEERED_ON, HealthQuestion.STEERED_ON)
    when(twice).then_refused("circle.health-answers", field="answers")
    when(health()).then_refused("circle.health-answers", field="answers")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (health(HealthQuestion.STEERED_ON, check="nummer een!"), "circle.check-code"),
        (
            ReviewPhase(
                phase=Code("fase een"), right_things=True, right_effect=True, reasons="goed"
            ),
            "circle.phase-code",
        ),
        (
            ReceiveKnowledge(source=CIRCLE, knowledge=Code("n 1"), subject="keet", use="bestek"),
            "circle.knowledge-code",
        ),
    ],
)
def test_a_code_fits_in_an_address(command: CircleCommand, code: str) -> None:
    when(command).then_refused(code)


def test_the_next_phase_has_a_code_too() -> None:
    command = ReviewPhase(
        phase=Code("een"),
        right_things=True,
        right_effect=False,
        reasons="goed",
        next_phase=Code("fase twee"),
    )
    when(command).then_refused("circle.phase-code", field="nextPhase")


def test_a_reflection_is_on_something_that_is_there() -> None:
    on_meeting = HoldReflection(reflection=Code("r"), text=SEALED, meeting=MEETING)
    when(on_meeting).then_refused("circle.unknown-meeting", field="meeting")
    on_practice = HoldReflection(reflection=Code("r"), text=SEALED, practice=Code("p"))
    when(on_practice).then_refused("circle.unknown-practice", field="practice")


# --------------------------------------------------------------------------------------- exchange


def test_fewer_than_nobody_does_not_come_to_a_workshop() -> None:
    workshop = HoldWorkshop(
        workshop=Code("w"),
        kind=WorkshopKind.WORKSHOP,
        theme=CircleTheme.SAFETY,
        title="veilig",
        host=ALBA,
        participants=-1,
    )
    when(workshop).then_refused("circle.participants", field="participants")


def test_a_signal_that_was_not_given_is_not_passed_on() -> None:
    when(PassOnMarketSignal(signal=Code("s"), to="de vereniging")).then_refused(
        "circle.unknown-signal", field="signal"
    )
