"""A project under a mission is looked after in two places, and a breach is followed to its end."""

from dataclasses import replace

import pytest

from domain.mission import MissionCommand, mission
from domain.mission.enforcement import (
    BreachEnding,
    CheckLine,
    FeedProject,
    FindLineBreach,
    LineBreachFound,
    LineBreachSettled,
    LineCheckOutcome,
    LineCheckPlace,
    LineSanction,
    ProjectFed,
    ProjectReleased,
    ReleaseProject,
    SanctionLineBreach,
    SettleLineBreach,
    WaiveLine,
)
from domain.terms import Code, Euro
from tests.domain.mission.told import AGREED, CHECKED, FED, FOUNDED, HAVIK, KADE, NOORDERDAM, PLEIN
from tests.given import NOW, at, given

CHECK = CheckLine(
    check=Code("C2"),
    project=KADE,
    place=LineCheckPlace.PROJECT_ORGANISATION,
    level=1,
    checked_by=NOORDERDAM,
    outcome=LineCheckOutcome.KEPT,
    summary="bestek en bonnen nagezien",
)
FOUND = LineBreachFound(
    occurred_at=at("2026-02-03"),
    breach=Code("B1"),
    check=Code("C1"),
    contractor=HAVIK,
    required="elektrisch",
    found="diesel",
)
SANCTION = SanctionLineBreach(
    breach=Code("B1"),
    sanction=LineSanction.PRICE_REDUCTION,
    imposed_by=NOORDERDAM,
    reasons="tweede keer",
    amount=Euro(250_000),
)
SETTLE = SettleLineBreach(breach=Code("B1"), ending=BreachEnding.REPAIRED)
WAIVE = WaiveLine(
    waiver=Code("W1"),
    project=KADE,
    level=1,
    contractors=(HAVIK,),
    for_everybody=False,
    reasons="geen stroom op de kade",
)
UNDER_WAY = given(mission, FOUNDED, AGREED, FED, CHECKED)


def test_a_project_is_fed_once_at_a_time_and_may_come_back() -> None:
    feed = FeedProject(project=KADE, level=1)
    given(mission, FOUNDED, AGREED).when(feed).then(
        ProjectFed(occurred_at=NOW, project=KADE, level=1)
    )
    given(mission, FOUNDED, AGREED, FED).when(feed).then_refused("mission.project-known")
    released = ProjectReleased(occurred_at=at("2025-05-01"), project=KADE, reason="uitgesteld")
    assert given(mission, FOUNDED, AGREED, FED, released).when(feed).refused is None


def test_a_project_may_come_under_a_mission_before_there_is_a_line() -> None:
    assert given(mission, FOUNDED).when(FeedProject(project=KADE)).refused is None
    given(mission, FOUNDED).when(FeedProject(project=KADE, level=1)).then_refused(
        "mission.unknown-level", field="level"
    )


def test_only_a_project_under_the_mission_is_released() -> None:
    said = ReleaseProject(project=PLEIN, reason="vergissing")
    UNDER_WAY.when(said).then_refused("mission.project-not-fed", field="project")


@pytest.mark.parametrize("place", LineCheckPlace)
def test_the_line_is_checked_in_both_places(place: LineCheckPlace) -> None:
    assert UNDER_WAY.when(replace(CHECK, place=place)).refused is None


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (replace(CHECK, check=Code("C1")), "mission.check-known", "check"),
        (replace(CHECK, project=PLEIN), "mission.unknown-project", "project"),
        (replace(CHECK, level=2), "mission.unknown-level", "level"),
        (replace(CHECK, level=0), "mission.unknown-level", "level"),
        (replace(WAIVE, project=PLEIN), "mission.unknown-project", "project"),
        (replace(WAIVE, level=2), "mission.unknown-level", "level"),
        (SANCTION, "mission.unknown-breach", "breach"),
        (SETTLE, "mission.unknown-breach", "breach"),
        (
            FindLineBreach(
                breach=Code("B1"), check=Code("C9"), contractor=HAVIK, required="", found=""
            ),
            "mission.unknown-check",
            "check",
        ),
    ],
)
def test_enforcement_is_about_what_there_is(command: MissionCommand, code: str, field: str) -> None:
    UNDER_WAY.when(command).then_refused(code, field=field)


def test_a_breach_is_sanctioned_more_than_once_and_settled_once() -> None:
    story = given(mission, FOUNDED, AGREED, FED, CHECKED, FOUND)
    (first,) = story.when(SANCTION).facts
    (second,) = given(mission, *story.facts, first).when(SANCTION).facts
    settled = LineBreachSettled(
        occurred_at=NOW, breach=Code("B1"), ending=BreachEnding.REPAIRED, remarks=None
    )
    given(mission, *story.facts, first, second).when(SETTLE).then(settled)
    given(mission, *story.facts, settled).when(SETTLE).then_refused("mission.breach-settled")


def test_a_breach_without_a_sanction_is_recorded_for_the_rules_to_judge() -> None:
    assert given(mission, *UNDER_WAY.facts, FOUND).when(SETTLE).refused is None


def test_a_sanction_costs_nothing_or_more() -> None:
    cheap = replace(SANCTION, amount=Euro(-1))
    given(mission, *UNDER_WAY.facts, FOUND).when(cheap).then_refused("mission.negative-amount")


def test_a_waiver_for_one_contractor_is_recorded_for_the_rules_to_judge() -> None:
    (waived,) = UNDER_WAY.when(WAIVE).facts
    given(mission, *UNDER_WAY.facts, waived).when(WAIVE).then_refused("mission.waiver-known")
