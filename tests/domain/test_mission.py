"""A mission and its line: the bar and the treads towards it are set one by one."""

from datetime import date

from domain.mission import mission
from domain.mission.line import AgreeLine, Direction, LineAgreed
from domain.mission.purpose import FoundMission, MissionFounded
from tests.given import CIRCLE, NOW, at, given, member

FOUNDED = MissionFounded(
    occurred_at=at("2025-01-10"), title="Emissieloos bouwen", problem="stikstof", circle=CIRCLE
)


def line(level: int) -> AgreeLine:
    return AgreeLine(
        level=level,
        readiness=8,
        scope="alles van 19 kW",
        direction=Direction.UNSTATED,
        holds_from=date(2026, 1, 1),
        agreed_by_market=(member("Alba Infra BV"),),
        agreed_by_authority=(member("Gemeente Noorderdam"),),
    )


def test_the_first_line_keeps_its_own_words() -> None:
    (fact,) = given(mission, FOUNDED).when(line(1)).facts
    assert isinstance(fact, LineAgreed)
    assert (fact.scope, fact.direction) == ("alles van 19 kW", Direction.UNSTATED)
    assert fact.occurred_at == NOW


def test_a_line_is_raised_by_one_tread_at_a_time() -> None:
    given(mission, FOUNDED).when(line(2)).then_refused("mission.level", field="level")


def test_there_is_no_line_without_a_mission() -> None:
    given(mission).when(line(1)).then_refused("mission.unknown")


def test_a_mission_is_founded_once() -> None:
    again = FoundMission(title="x", problem="y", circle=CIRCLE)
    given(mission, FOUNDED).when(again).then_refused("mission.known")
