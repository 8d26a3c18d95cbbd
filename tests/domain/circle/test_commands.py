"""Every command of a circle becomes the fact that it asks for."""

from dataclasses import fields
from typing import Any, get_args
from uuid import UUID

import pytest

from domain.circle import (
    CircleCommand,
    CircleFact,
    circle,
    exchange,
    founding,
    seats,
)
from domain.terms import CircleId, Code
from tests.circle_told import (
    FOUNDED,
)
from tests.circle_wishes import belonging, resolving, talking
from tests.circle_wishes import learning as learned
from tests.circle_wishes.wish import Wish
from tests.given import CIRCLE, NOW, given

WISHES = (*belonging.WISHES, *talking.WISHES, *resolving.WISHES, *learned.WISHES)
sentences = pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.command.__name__)


def test_every_command_of_a_circle_is_tried_here() -> None:
    """Founding has no circle before it, and a rotation is two facts: they have their own tests."""
    tried = {wish.command for wish in WISHES} | {founding.FoundCircle, seats.RotateSeat}
    assert tried == set(get_args(CircleCommand))
    assert {wish.fact for wish in WISHES} | {founding.CircleFounded} == set(get_args(CircleFact))


@sentences
def test_what_is_asked_for_happens(wish: Wish) -> None:
    expected: Any = wish.fact(occurred_at=NOW, **wish.said)
    command: Any = wish.command(**wish.said)
    assert {each.name for each in fields(wish.fact)} == {"occurred_at", *wish.said}, "all of it"
    given(circle, FOUNDED, *wish.given).when(command).then(expected)


@sentences
def test_what_can_happen_only_once_is_refused_the_second_time(wish: Wish) -> None:
    happened: Any = wish.fact(occurred_at=NOW, **wish.said)
    command: Any = wish.command(**wish.said)
    again = given(circle, FOUNDED, *wish.given, happened).when(command)
    if wish.again is None:
        again.then(happened)
    else:
        again.then_refused(wish.again)


@sentences
def test_nothing_happens_in_a_circle_that_was_not_founded(wish: Wish) -> None:
    command: Any = wish.command(**wish.said)
    given(circle).when(command).then_refused("circle.unknown")


def test_knowledge_of_two_circles_may_bear_one_code() -> None:
    other = CircleId(UUID(int=2))
    first = exchange.KnowledgeReceived(
        occurred_at=NOW, source=CIRCLE, knowledge=Code("n-1"), subject="keet", use="bestek"
    )
    second = exchange.ReceiveKnowledge(
        source=other, knowledge=Code("n-1"), subject="keet", use="bestek"
    )
    given(circle, FOUNDED, first).when(second).then(
        exchange.KnowledgeReceived(
            occurred_at=NOW, source=other, knowledge=Code("n-1"), subject="keet", use="bestek"
        )
    )
