"""The line of a mission: the bar and the treads towards it are set one by one, and announced."""

from dataclasses import replace
from datetime import date

import pytest

from domain.mission import mission
from domain.mission.line import AgreeLine, AnnounceTread, Direction, LineAgreed, TreadAnnounced
from tests.domain.mission.told import AGREED, ALBA, FOUNDED, NOORDERDAM
from tests.given import NOW, given


def line(level: int) -> AgreeLine:
    return AgreeLine(
        level=level,
        readiness=8,
        scope="alles van 19 kW",
        direction=Direction.UNSTATED,
        holds_from=date(2026, 1, 1),
        agreed_by_market=(ALBA,),
        agreed_by_authority=(NOORDERDAM,),
    )


def tread(level: int) -> AnnounceTread:
    return AnnounceTread(level=level, scope="alles", holds_from=date(2028, 1, 1), told=(ALBA,))


def test_the_first_line_keeps_its_own_words() -> None:
    (fact,) = given(mission, FOUNDED).when(line(1)).facts
    assert isinstance(fact, LineAgreed)
    assert (fact.scope, fact.direction) == ("alles van 19 kW", Direction.UNSTATED)
    assert (fact.threshold, fact.unit) == (None, None), "nobody said a number apart from the words"
    assert fact.occurred_at == NOW


@pytest.mark.parametrize("level", [-1, 0, 2])
def test_a_line_is_raised_by_one_tread_at_a_time(level: int) -> None:
    given(mission, FOUNDED).when(line(level)).then_refused("mission.level", field="level")


def test_a_line_that_one_side_did_not_agree_on_is_recorded_for_the_rules_to_judge() -> None:
    (fact,) = given(mission, FOUNDED).when(replace(line(1), agreed_by_market=())).facts
    assert isinstance(fact, LineAgreed)
    assert fact.agreed_by_market == ()


@pytest.mark.parametrize("readiness", [0, 3, 10])
def test_a_readiness_that_people_signed_is_recorded_even_where_the_scale_ends_at_nine(
    readiness: int,
) -> None:
    """MIS-04 judges what lies outside 1 to 9, or falls without a reason; it cannot if it is not there."""
    (fact,) = given(mission, FOUNDED).when(replace(line(1), readiness=readiness)).facts
    assert isinstance(fact, LineAgreed)
    assert fact.readiness == readiness


@pytest.mark.parametrize("level", [1, 2])
def test_a_tread_is_announced_once_it_is_agreed_or_when_it_is_the_next(level: int) -> None:
    said = tread(level)
    given(mission, FOUNDED, AGREED).when(said).then(
        TreadAnnounced(
            occurred_at=NOW,
            level=level,
            scope=said.scope,
            holds_from=said.holds_from,
            told=said.told,
        )
    )


@pytest.mark.parametrize("level", [0, 3])
def test_a_tread_beyond_the_next_cannot_be_announced(level: int) -> None:
    given(mission, FOUNDED, AGREED).when(tread(level)).then_refused(
        "mission.announced-level", field="level"
    )


def test_there_is_no_line_without_a_mission() -> None:
    given(mission).when(line(1)).then_refused("mission.unknown")
