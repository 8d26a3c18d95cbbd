"""Conditions are named, owned and met; pilots, means and promises stand on what they refer to."""

from datetime import date

import pytest

from domain.mission import MissionCommand, mission
from domain.mission.conditions import (
    AssignMissionCondition,
    DetermineMissionSurcharge,
    DraftSpecification,
    FindMissionConditionLapsed,
    FindMissionConditionMet,
    MissionConditionKind,
    MissionConditionMet,
    MissionConditionNamed,
    NameMissionCondition,
    PublishSpecification,
)
from domain.mission.legitimacy import (
    GuaranteeDeployment,
    LegitimacyPart,
    LegitimacyStrengthened,
    MakeMultiYearAgreement,
    PromiseContinuity,
    StrengthenLegitimacy,
)
from domain.mission.market import (
    AllocateResources,
    EndPilot,
    PilotOutcome,
    ResourceKind,
    StartPilot,
    WithdrawResources,
)
from domain.terms import BasisPoints, Code, Euro
from tests.domain.mission.told import ALBA, FOUNDED, NOORDERDAM
from tests.given import NOW, at, given

BUDGET = Code("R4")
NAMED = MissionConditionNamed(
    occurred_at=at("2025-02-01"),
    condition=BUDGET,
    kind=MissionConditionKind.BUDGET,
    wording="budgettaire ruimte voor de inzet van elektrisch materieel",
)
MET = MissionConditionMet(
    occurred_at=at("2025-03-01"), condition=BUDGET, evidence="begroting", judged_by=()
)
AGREEMENT = MakeMultiYearAgreement(
    agreement=Code("SOK"),
    title="SOK Verhardingen",
    parties=(NOORDERDAM, ALBA),
    starts_on=date(2025, 1, 1),
    ends_on=date(2029, 1, 1),
)


def test_the_eight_conditions_of_the_source_have_a_kind_and_any_other_has_one() -> None:
    assert len(MissionConditionKind) == 8 + 1


def test_a_condition_is_named_then_owned_then_met_and_may_lapse() -> None:
    commands: list[MissionCommand] = [
        NameMissionCondition(condition=BUDGET, kind=NAMED.kind, wording=NAMED.wording),
        AssignMissionCondition(condition=BUDGET, owner=NOORDERDAM, due_on=date(2025, 6, 1)),
        FindMissionConditionMet(condition=BUDGET, evidence="begroting", judged_by=(ALBA,)),
        FindMissionConditionLapsed(condition=BUDGET, reason="bezuiniging"),
        FindMissionConditionMet(condition=BUDGET, evidence="motie", judged_by=(ALBA,)),
    ]
    story = given(mission, FOUNDED)
    for command in commands:
        result = story.when(command)
        assert result.refused is None, result.refused
        story = given(mission, *story.facts, *result.facts)


@pytest.mark.parametrize(
    "command",
    [
        AssignMissionCondition(condition=BUDGET, owner=NOORDERDAM),
        FindMissionConditionMet(condition=BUDGET, evidence="", judged_by=()),
        FindMissionConditionLapsed(condition=BUDGET, reason=""),
    ],
    ids=lambda command: type(command).__name__,
)
def test_nothing_is_said_of_a_condition_that_was_not_named(command: MissionCommand) -> None:
    given(mission, FOUNDED).when(command).then_refused(
        "mission.unknown-condition", field="condition"
    )


def test_a_condition_that_is_not_met_cannot_lapse() -> None:
    said = FindMissionConditionLapsed(condition=BUDGET, reason="bezuiniging")
    given(mission, FOUNDED, NAMED).when(said).then_refused("mission.condition-not-met")
    assert given(mission, FOUNDED, NAMED, MET).when(said).refused is None


def test_a_condition_may_be_met_before_anybody_owns_it() -> None:
    said = FindMissionConditionMet(condition=BUDGET, evidence="begroting", judged_by=())
    given(mission, FOUNDED, NAMED).when(said).then(
        MissionConditionMet(occurred_at=NOW, condition=BUDGET, evidence="begroting", judged_by=())
    )


@pytest.mark.parametrize(
    "command",
    [
        DetermineMissionSurcharge(
            equipment="kraan",
            basis="",
            holds_from=date(2026, 1, 1),
            determined_by=(),
            share=BasisPoints(800),
            amount=Euro(-1),
        ),
        AllocateResources(
            kind=ResourceKind.MONEY, description="", provided_by=NOORDERDAM, amount=Euro(-1)
        ),
        WithdrawResources(
            kind=ResourceKind.MONEY, description="", withdrawn_by=NOORDERDAM, amount=Euro(-1)
        ),
    ],
    ids=lambda command: type(command).__name__,
)
def test_no_amount_is_less_than_nothing(command: MissionCommand) -> None:
    given(mission, FOUNDED).when(command).then_refused("mission.negative-amount", field="amount")


def test_a_surcharge_is_no_discount() -> None:
    said = DetermineMissionSurcharge(
        equipment="kraan",
        basis="",
        holds_from=date(2026, 1, 1),
        determined_by=(),
        share=BasisPoints(-1),
    )
    given(mission, FOUNDED).when(said).then_refused("mission.negative-amount", field="share")


def test_a_specification_is_published_after_it_was_written() -> None:
    publish = PublishSpecification(specification=Code("M1"), url="https://noorderdam.example/m1")
    given(mission, FOUNDED).when(publish).then_refused("mission.unknown-specification")
    draft = DraftSpecification(
        specification=Code("M1"), level=1, subject="materieel", shared_with=(ALBA,)
    )
    (drafted,) = given(mission, FOUNDED).when(draft).facts
    assert given(mission, FOUNDED, drafted).when(publish).refused is None


def test_a_pilot_ends_once() -> None:
    start = StartPilot(pilot=Code("T1"), subject="elektrische kraan", parties=(ALBA,))
    end = EndPilot(pilot=Code("T1"), outcome=PilotOutcome.ADOPTED, lessons="laden in de pauze")
    given(mission, FOUNDED).when(end).then_refused("mission.unknown-pilot")
    (started,) = given(mission, FOUNDED).when(start).facts
    (ended,) = given(mission, FOUNDED, started).when(end).facts
    given(mission, FOUNDED, started, ended).when(end).then_refused("mission.pilot-ended")


def test_an_agreement_does_not_end_before_it_starts() -> None:
    backwards = MakeMultiYearAgreement(
        agreement=Code("SOK"),
        title="SOK",
        parties=(),
        starts_on=date(2025, 1, 2),
        ends_on=date(2025, 1, 1),
    )
    given(mission, FOUNDED).when(backwards).then_refused("mission.term", field="endsOn")


def test_an_agreement_without_a_greatest_value_is_recorded_for_the_rules_to_judge() -> None:
    assert given(mission, FOUNDED).when(AGREEMENT).refused is None


def test_continuity_and_deployment_refer_to_what_there_is() -> None:
    (agreed,) = given(mission, FOUNDED).when(AGREEMENT).facts
    promise = PromiseContinuity(
        promise=Code("T1"),
        promised_by=NOORDERDAM,
        promised_to=(ALBA,),
        content="vier jaar werk",
        agreement=Code("SOK"),
    )
    guarantee = GuaranteeDeployment(
        guarantee=Code("G1"), guaranteed_by=ALBA, equipment="twee kranen", promise=Code("T1")
    )
    given(mission, FOUNDED).when(promise).then_refused("mission.unknown-agreement")
    (promised,) = given(mission, FOUNDED, agreed).when(promise).facts
    given(mission, FOUNDED, agreed).when(guarantee).then_refused("mission.unknown-promise")
    assert given(mission, FOUNDED, agreed, promised).when(guarantee).refused is None


def test_legitimacy_has_the_three_parts_of_the_source() -> None:
    assert len(LegitimacyPart) == 3
    for part in LegitimacyPart:
        said = StrengthenLegitimacy(part=part, act="vastgesteld", done_by=(NOORDERDAM,))
        given(mission, FOUNDED).when(said).then(
            LegitimacyStrengthened(
                occurred_at=NOW, part=part, act="vastgesteld", done_by=(NOORDERDAM,)
            )
        )
