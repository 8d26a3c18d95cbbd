"""The thirteen steps, read from the facts of a project."""

from __future__ import annotations

from domain.circle.meetings import AgendaItem, AgendaKind, MeetingHeld
from domain.convenant_project.execution import EvaluationHeld, ResultsPublished, WorkDelivered
from domain.convenant_project.preparation import ProjectDiscussed
from domain.convenant_project.procedure import ProcedureType
from domain.steps import Step, steps
from domain.terms import Code, Fact
from tests.given import CIRCLE, PROJECT, Story, at, project
from tests.work import ALBA, HAVIK, invited, noticed, registered, signed, started


def step(number: int, *facts: Fact) -> Step:
    return steps(Story().project(*facts).dossier())[number - 1]


def test_there_are_always_thirteen_in_order_with_a_title_in_two_languages() -> None:
    found = steps(Story().dossier())
    assert [each.number for each in found] == list(range(1, 14))
    assert all(each.title.nl and each.title.en for each in found)
    assert len({each.title.nl for each in found}) == 13


def test_a_step_that_nothing_shows_was_not_reached() -> None:
    found = steps(Story().project(registered()).dossier())
    assert [each.reached is not None for each in found] == [True] + [False] * 12
    assert (found[1].reached_at, found[1].position, found[1].facts) == (None, None, ())


def test_a_step_is_reached_by_its_first_fact_whatever_the_order_of_recording() -> None:
    found = step(7, *invited(ALBA, on="2025-03-10"), *invited(HAVIK, on="2025-03-03"))
    assert found.reached_at == at("2025-03-03")
    assert found.position == 2
    assert [each.position for each in found.facts] == [2, 1]


def test_starting_a_procedure_is_not_yet_tendering() -> None:
    assert step(7, started(ProcedureType.NATIONAL_OPEN)).reached is None
    assert step(7, *noticed()).reached_at == at("2025-03-03")


def test_a_contract_without_a_recorded_decision_is_an_award() -> None:
    assert step(9, signed(1)).reached_at == at("2025-06-02")


def met(which: str, on: str) -> MeetingHeld:
    return MeetingHeld(
        occurred_at=at(on),
        meeting=Code(which),
        agenda=(
            AgendaItem(
                kind=AgendaKind.PROJECT,
                title="Werk",
                project=PROJECT if which == "dit" else project("ander werk"),
            ),
        ),
        attendance=(),
        competition_statement=True,
    )


def test_a_discussion_is_known_from_the_project_or_from_a_meetings_agenda() -> None:
    said = ProjectDiscussed(occurred_at=at("2025-01-20"), circle=CIRCLE, meeting=Code("dit"))
    assert step(2, said).reached_at == at("2025-01-20")
    story = (
        Story().project(registered()).circle(met("ander", "2025-01-08"), met("dit", "2025-01-13"))
    )
    assert steps(story.dossier())[1].reached_at == at("2025-01-13")


def evaluated(on: str) -> EvaluationHeld:
    return EvaluationHeld(occurred_at=at(on), summary="goed")


def published(on: str) -> ResultsPublished:
    return ResultsPublished(
        occurred_at=at(on), url="https://noorderdam.example/r", whole_process=True
    )


DELIVERED = WorkDelivered(occurred_at=at("2025-09-01"))


def test_the_evaluation_that_counts_is_the_first_after_delivery() -> None:
    early, late, later = evaluated("2025-07-01"), evaluated("2025-09-01"), evaluated("2025-10-01")
    assert step(12, early, DELIVERED, late, later).reached_at == at("2025-09-01")
    assert step(12, early, DELIVERED).reached_at == at("2025-07-01")
    assert step(12, early).reached_at == at("2025-07-01")


def test_the_results_that_count_are_the_first_after_that_evaluation() -> None:
    facts = (DELIVERED, evaluated("2025-10-01"), published("2025-09-15"), published("2025-11-03"))
    assert step(13, *facts).reached_at == at("2025-11-03")
    assert step(13, *facts[:-1]).reached_at == at("2025-09-15")
