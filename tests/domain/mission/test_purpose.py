"""Problem, solutions and the nine functions: what is told, and what cannot be."""

from itertools import permutations

import pytest

from domain.mission import mission
from domain.mission.functions import (
    GROUP_OF,
    AssessFunction,
    Degree,
    FunctionAssessed,
    FunctionGroup,
    MissionFunction,
)
from domain.mission.purpose import (
    AnalyseFeasibility,
    FeasibilityAspect,
    FoundMission,
    MissionProblemsRanked,
    MissionProblemStated,
    ProposeSolution,
    RankMissionProblems,
    SolutionProposed,
    SolutionStanding,
    SolutionWeighed,
    StateMissionProblem,
    WeighSolution,
)
from domain.terms import Code
from tests.domain.mission.told import ALBA, FOUNDED, NOORDERDAM
from tests.given import CIRCLE, NOW, at, given

P1, P2 = Code("P1"), Code("P2")
STATED = (
    MissionProblemStated(
        occurred_at=at("2025-01-10"), problem=P1, statement="CO2", stated_by=(NOORDERDAM,)
    ),
    MissionProblemStated(
        occurred_at=at("2025-01-10"), problem=P2, statement="geluid", stated_by=(ALBA,)
    ),
)
ELECTRIC = SolutionProposed(
    occurred_at=at("2025-01-12"),
    solution=Code("S1"),
    description="elektrisch materieel",
    answers=(P1, P2),
    proposed_by=(ALBA,),
)


def test_a_mission_is_founded_once() -> None:
    again = FoundMission(title="x", problem="y", circle=CIRCLE)
    given(mission, FOUNDED).when(again).then_refused("mission.known")


def test_a_problem_is_put_into_words_under_a_code_of_its_own() -> None:
    said = StateMissionProblem(problem=P1, statement="CO2", stated_by=())
    given(mission, FOUNDED).when(said).then(
        MissionProblemStated(occurred_at=NOW, problem=P1, statement="CO2", stated_by=())
    )
    given(mission, FOUNDED, *STATED).when(said).then_refused(
        "mission.problem-known", field="problem"
    )
    spaced = StateMissionProblem(problem=Code("P 1"), statement="CO2", stated_by=())
    given(mission, FOUNDED).when(spaced).then_refused("mission.problem-code", field="problem")


def test_problems_get_an_order_that_may_leave_some_out() -> None:
    said = RankMissionProblems(order=(P2,), reasons="bewoners")
    given(mission, FOUNDED, *STATED).when(said).then(
        MissionProblemsRanked(occurred_at=NOW, order=(P2,), reasons="bewoners")
    )


@pytest.mark.parametrize(
    ("order", "code"),
    [((P1, P1), "mission.ranked-twice"), ((Code("P3"),), "mission.unknown-problem")],
)
def test_an_order_names_known_problems_once(order: tuple[Code, ...], code: str) -> None:
    given(mission, FOUNDED, *STATED).when(
        RankMissionProblems(order=order, reasons="")
    ).then_refused(code, field="order")


def test_solutions_stand_side_by_side_and_are_weighed_again_and_again() -> None:
    weighed = [
        WeighSolution(solution=Code("S1"), standing=standing, reasons="beschikbaar")
        for standing in (SolutionStanding.SET_ASIDE, SolutionStanding.PURSUED)
    ]
    story = given(mission, FOUNDED, *STATED, ELECTRIC)
    for each in weighed:
        (fact,) = story.when(each).facts
        assert isinstance(fact, SolutionWeighed)
        assert fact.standing is each.standing
        story = given(mission, *story.facts, fact)


def test_a_solution_answers_problems_that_were_stated() -> None:
    said = ProposeSolution(
        solution=Code("S2"), description="waterstof", answers=(Code("P9"),), proposed_by=()
    )
    given(mission, FOUNDED, *STATED).when(said).then_refused(
        "mission.unknown-problem", field="answers"
    )
    again = ProposeSolution(solution=Code("S1"), description="", answers=(), proposed_by=())
    given(mission, FOUNDED, *STATED, ELECTRIC).when(again).then_refused("mission.solution-known")


def test_nobody_weighs_a_solution_that_was_not_proposed() -> None:
    said = WeighSolution(solution=Code("S1"), standing=SolutionStanding.OPEN, reasons="")
    given(mission, FOUNDED).when(said).then_refused("mission.unknown-solution", field="solution")


def test_an_analysis_has_a_code_of_its_own() -> None:
    said = AnalyseFeasibility(
        analysis=Code("A1"),
        aspect=FeasibilityAspect.AVAILABILITY,
        conclusion="twaalf machines in de regio",
        analysed_by=(ALBA,),
    )
    (fact,) = given(mission, FOUNDED).when(said).facts
    given(mission, FOUNDED, fact).when(said).then_refused("mission.analysis-known")


def test_there_are_nine_functions_in_three_groups_of_three() -> None:
    assert len(MissionFunction) == 9
    assert [GROUP_OF[each] for each in MissionFunction] == [
        group for group in FunctionGroup for _ in range(3)
    ]


def test_functions_are_assessed_in_any_order_and_again() -> None:
    """MIS-02: the source goes through them "in meer of mindere mate", in no fixed order."""
    some = (MissionFunction.LEGITIMACY, MissionFunction.PROBLEM_DIRECTION)
    for order in permutations((*some, some[0])):
        story = given(mission, FOUNDED)
        for function in order:
            said = AssessFunction(
                function=function, degree=Degree.PARTLY, evidence="verslag", judged_by=(ALBA,)
            )
            (fact,) = story.when(said).facts
            assert isinstance(fact, FunctionAssessed)
            assert (fact.function, fact.judged_by) == (function, (ALBA,))
            story = given(mission, *story.facts, fact)
