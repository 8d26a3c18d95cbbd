"""What the mission board and the registers beside it answer, from facts."""

from datetime import date
from typing import Any
from uuid import UUID

from application.views import (
    line_breaches,
    line_checks,
    mission_conditions,
    mission_follow_ups,
    mission_functions,
    mission_indicators,
    mission_lines,
    mission_projects,
    mission_promises,
    missions,
)
from application.views.view import EVERYTHING, View, key
from domain.mission.conditions import (
    MissionConditionAssigned,
    MissionConditionKind,
    MissionConditionLapsed,
    MissionConditionMet,
    MissionConditionNamed,
)
from domain.mission.ending import MissionClosed, MissionReached, MissionReopened
from domain.mission.enforcement import (
    BreachEnding,
    LineBreachFound,
    LineBreachSanctioned,
    LineBreachSettled,
    LineCheckPlace,
    LineSanction,
    LineWaived,
    ProjectReleased,
)
from domain.mission.follow_up import (
    FollowUpEnding,
    FollowUpKind,
    LineAdvice,
    MissionEvaluated,
    MissionFollowUpAgreed,
    MissionFollowUpEnded,
    MissionIndicatorMeasured,
    MissionIndicatorSet,
)
from domain.mission.functions import Degree, FunctionAssessed, FunctionGroup, MissionFunction
from domain.mission.legitimacy import ContinuityPromised, DeploymentGuaranteed
from domain.mission.line import TreadAnnounced
from domain.terms import Code, Fact, MissionId
from tests.any_facts import recorded
from tests.domain.mission.told import (
    AGREED,
    ALBA,
    CHECKED,
    FED,
    FOUNDED,
    HAVIK,
    KADE,
    NOORDERDAM,
    PLEIN,
)
from tests.fresh_fold import fresh_fold, on_shelf
from tests.given import CIRCLE, at

MISSION = MissionId(UUID("00000000-0000-4000-8000-00000000000a"))
ANNOUNCED = TreadAnnounced(
    occurred_at=at("2024-11-04"),
    level=1,
    scope="alles van 19 kW",
    holds_from=date(2026, 1, 1),
    told=(ALBA,),
)
NEXT = TreadAnnounced(
    occurred_at=at("2026-09-01"), level=2, scope="alles", holds_from=date(2028, 1, 1), told=()
)
EVALUATED = MissionEvaluated(
    occurred_at=at("2026-08-20"),
    evaluation=Code("E1"),
    level=1,
    conclusion="de markt kan het aan",
    advice=LineAdvice.RAISE,
    took_part=(ALBA, NOORDERDAM),
)
BREACH = LineBreachFound(
    occurred_at=at("2026-02-03"),
    breach=Code("B1"),
    check=Code("C1"),
    contractor=HAVIK,
    required="elektrisch",
    found="diesel",
)


def rows(view: View[Any], *facts: Fact) -> dict[str, Any]:
    told = recorded(*((MISSION, fact) for fact in facts))
    return {name: held.row for name, held in fresh_fold(view, told, as_of=len(told)).items()}


def board(*facts: Fact) -> Any:
    return rows(missions.view, FOUNDED, *facts)[missions.mission(MISSION)]


def assessed(function: MissionFunction, degree: Degree, day: str) -> FunctionAssessed:
    return FunctionAssessed(
        occurred_at=at(day), function=function, degree=degree, evidence="verslag", judged_by=(ALBA,)
    )


# ------------------------------------------------------------------------------------- the board


def test_a_mission_stands_on_the_shelf_of_all_and_on_that_of_its_circle() -> None:
    told = recorded((MISSION, FOUNDED))
    held = fresh_fold(missions.view, told, as_of=1)
    for shelf in (EVERYTHING, missions.of_circle(CIRCLE)):
        assert [row.title for _, _, row in on_shelf(missions.view, held, shelf)] == [FOUNDED.title]


def test_the_board_shows_the_nine_in_their_order_by_what_was_assessed_last() -> None:
    row = board(
        assessed(MissionFunction.LEGITIMACY, Degree.PARTLY, "2025-05-01"),
        assessed(MissionFunction.PROBLEM_DIRECTION, Degree.LARGELY, "2025-05-01"),
        assessed(MissionFunction.LEGITIMACY, Degree.BARELY, "2025-02-01"),
    )
    assert [(each.function, each.group, each.degree) for each in row.functions] == [
        (
            MissionFunction.PROBLEM_DIRECTION,
            FunctionGroup.PROBLEM_AND_SOLUTION,
            Degree.LARGELY,
        ),
        (MissionFunction.LEGITIMACY, FunctionGroup.CONDITIONS, Degree.PARTLY),
    ]


def test_the_board_shows_the_next_tread_until_it_is_agreed() -> None:
    assert board(ANNOUNCED).next_tread.level == 1
    row = board(ANNOUNCED, AGREED)
    assert (row.next_tread, row.line.scope) == (None, "alles van 19 kW")
    assert board(AGREED, ANNOUNCED).next_tread is None
    assert board(AGREED, NEXT).next_tread.level == 2


def test_the_board_counts_what_is_open_and_what_is_met() -> None:
    named = MissionConditionNamed(
        occurred_at=at("2025-02-01"),
        condition=Code("R1"),
        kind=MissionConditionKind.BUDGET,
        wording="ruimte",
    )
    met = MissionConditionMet(
        occurred_at=at("2025-03-01"), condition=Code("R1"), evidence="begroting", judged_by=()
    )
    lapsed = MissionConditionLapsed(
        occurred_at=at("2025-04-01"), condition=Code("R1"), reason="bezuiniging"
    )
    assert board(named, met, met).conditions_met == ("R1",)
    assert board(named, met, lapsed).conditions_met == ()
    settled = LineBreachSettled(
        occurred_at=at("2026-03-01"), breach=Code("B1"), ending=BreachEnding.REPAIRED
    )
    assert board(FED, BREACH).open_breaches == ("B1",)
    assert board(FED, BREACH, settled).open_breaches == ()


def test_the_board_says_how_the_mission_ended_and_that_it_was_taken_up_again() -> None:
    reached = MissionReached(occurred_at=at("2026-05-01"), evidence="96 %", judged_by=())
    closed = MissionClosed(occurred_at=at("2026-06-01"), reason="gewoon geworden")
    row = board(EVALUATED, reached, closed)
    assert (row.reached_at, row.closed_at) == (reached.occurred_at, closed.occurred_at)
    assert (row.evaluated_at, row.advice) == (EVALUATED.occurred_at, LineAdvice.RAISE)
    again = board(
        reached, closed, MissionReopened(occurred_at=at("2026-07-01"), reason="zakte weg")
    )
    assert (again.reached_at, again.closed_at) == (None, None)


# ------------------------------------------------------------------------- history of the line


def test_the_history_of_the_line_has_a_row_for_each_tread_with_its_notice() -> None:
    told = rows(mission_lines.view, ANNOUNCED, AGREED, EVALUATED, NEXT)
    first, second = (told[mission_lines.tread(MISSION, level)] for level in (1, 2))
    assert first.line.scope == "alles van 19 kW"
    assert first.notice_days == (date(2026, 1, 1) - date(2024, 11, 4)).days
    assert [each.advice for each in first.evaluated] == [LineAdvice.RAISE]
    assert second.line is None
    assert second.notice_days == (date(2028, 1, 1) - date(2026, 9, 1)).days


def test_a_line_that_nobody_announced_has_its_agreement_as_notice() -> None:
    (row,) = rows(mission_lines.view, AGREED).values()
    assert row.notice_days == (date(2026, 1, 1) - date(2025, 3, 3)).days


# --------------------------------------------------------------------------------- the registers


def test_every_assessment_of_a_function_is_kept() -> None:
    told = rows(
        mission_functions.view,
        assessed(MissionFunction.REFLEXIVITY, Degree.NOT, "2025-02-01"),
        assessed(MissionFunction.REFLEXIVITY, Degree.FULLY, "2025-05-01"),
    )
    row = told[key(MISSION, 3)]
    assert [each.degree for each in row.judgements] == [Degree.NOT, Degree.FULLY]
    assert row.judgements[0].judged_by == (ALBA,)


def test_a_condition_shows_its_owner_and_whether_it_is_met_today() -> None:
    facts = (
        MissionConditionNamed(
            occurred_at=at("2025-02-01"),
            condition=Code("R5"),
            kind=MissionConditionKind.FAIR_PRICE,
            wording="eerlijke prijs",
        ),
        MissionConditionAssigned(
            occurred_at=at("2025-02-02"), condition=Code("R5"), owner=NOORDERDAM
        ),
        MissionConditionMet(
            occurred_at=at("2025-03-01"), condition=Code("R5"), evidence="opslag", judged_by=()
        ),
        MissionConditionLapsed(
            occurred_at=at("2025-09-01"), condition=Code("R5"), reason="prijs verouderd"
        ),
    )
    (met,) = rows(mission_conditions.view, *facts[:3]).values()
    assert (met.owner, met.met_at, met.lost) == (NOORDERDAM, at("2025-03-01"), None)
    (lost,) = rows(mission_conditions.view, *facts).values()
    assert (lost.met_at, lost.lapsed_at, lost.lost) == (None, at("2025-09-01"), "prijs verouderd")


def test_a_project_is_found_from_its_mission_and_from_itself() -> None:
    waived = LineWaived(
        occurred_at=at("2026-02-05"),
        waiver=Code("W1"),
        project=KADE,
        level=1,
        contractors=(HAVIK,),
        for_everybody=False,
        reasons="geen stroom",
    )
    released = ProjectReleased(occurred_at=at("2026-05-01"), project=KADE, reason="klaar")
    told = recorded(*((MISSION, fact) for fact in (FED, CHECKED, CHECKED, waived, released)))
    held = fresh_fold(mission_projects.view, told, as_of=len(told))
    for shelf in (mission_projects.of_mission(MISSION), mission_projects.of_project(KADE)):
        ((_, _, row),) = on_shelf(mission_projects.view, held, shelf)
        assert (row.checks, row.checked) == (2, (LineCheckPlace.ON_THE_WORK,))
        assert (row.waivers, row.released_at) == (("W1",), at("2026-05-01"))
    assert on_shelf(mission_projects.view, held, mission_projects.of_project(PLEIN)) == []


def test_a_breach_is_followed_from_finding_to_its_end() -> None:
    sanction = LineBreachSanctioned(
        occurred_at=at("2026-02-10"),
        breach=Code("B1"),
        sanction=LineSanction.WARNING,
        imposed_by=NOORDERDAM,
        reasons="eerste keer",
    )
    settled = LineBreachSettled(
        occurred_at=at("2026-02-20"), breach=Code("B1"), ending=BreachEnding.REPAIRED
    )
    (row,) = rows(line_breaches.view, BREACH, sanction, settled).values()
    assert [each.sanction for each in row.sanctions] == [LineSanction.WARNING]
    assert (row.contractor, row.ending) == (HAVIK, BreachEnding.REPAIRED)
    (check,) = rows(line_checks.view, CHECKED).values()
    assert (check.place, check.contractor) == (LineCheckPlace.ON_THE_WORK, HAVIK)


def test_a_follow_up_is_open_until_it_ends() -> None:
    agreed = MissionFollowUpAgreed(
        occurred_at=at("2025-06-01"),
        action=Code("G1"),
        kind=FollowUpKind.CHARGING_HUB,
        description="laadhub",
    )
    ended = MissionFollowUpEnded(
        occurred_at=at("2025-09-01"),
        action=Code("G1"),
        ending=FollowUpEnding.DROPPED,
        result="geen grond",
    )
    (open_,) = rows(mission_follow_ups.view, agreed).values()
    assert (open_.ending, open_.ended_at) == (None, None)
    (over,) = rows(mission_follow_ups.view, agreed, ended).values()
    assert (over.ending, over.result) == (FollowUpEnding.DROPPED, "geen grond")


def guaranteed(name: str, promise: Code | None) -> DeploymentGuaranteed:
    return DeploymentGuaranteed(
        occurred_at=at("2024-06-25"),
        guarantee=Code(name),
        guaranteed_by=ALBA,
        equipment="twee kranen",
        promise=promise,
    )


def test_a_promise_shows_who_answered_it_and_who_did_not() -> None:
    promised = ContinuityPromised(
        occurred_at=at("2024-06-24"),
        promise=Code("C1"),
        promised_by=NOORDERDAM,
        promised_to=(ALBA, HAVIK),
        content="vier jaar werk",
    )
    (before,) = rows(mission_promises.view, promised).values()
    assert (before.silent, before.promised.agreement) == ((ALBA, HAVIK), None)
    told = rows(
        mission_promises.view, promised, guaranteed("G1", Code("C1")), guaranteed("G2", None)
    )
    answered = told[key(MISSION, "C1")]
    assert [each.guarantee for each in answered.guarantees] == ["G1"]
    assert answered.silent == (HAVIK,)
    alone = told[key(MISSION, mission_promises.UNANSWERED)]
    assert (alone.promised, [each.guarantee for each in alone.guarantees]) == (None, ["G2"])


def test_readings_of_an_indicator_stand_in_the_order_in_which_they_were_measured() -> None:
    made = MissionIndicatorSet(
        occurred_at=at("2023-12-18"),
        indicator=Code("I1"),
        description="draaiuren zonder uitstoot",
        unit="procent",
        baseline=4,
        target=100,
    )

    def reading(value: int, day: str) -> MissionIndicatorMeasured:
        return MissionIndicatorMeasured(
            occurred_at=at(day),
            indicator=Code("I1"),
            value=value,
            measured_by=NOORDERDAM,
            source="urenstaten",
        )

    late_told = (made, reading(41, "2025-11-10"), reading(23, "2024-12-09"))
    (row,) = rows(mission_indicators.view, *late_told).values()
    assert [each.value for each in row.readings] == [23, 41]
    assert (row.baseline, row.target, row.unit) == (4, 100, "procent")
