"""Names outlive code: what was stored under an old name and version is read for ever."""

from dataclasses import dataclass
from typing import Any, get_args

import pytest

from domain.circle import CircleFact
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.sealing import SealingFact
from domain.terms import Fact
from infrastructure.event_mapper import (
    BrokenEvent,
    EventMapper,
    Json,
    Named,
    Names,
    UnknownEvent,
)
from infrastructure.event_names import EVENT_NAMES
from tests.given import NOW
from tests.infrastructure.noted import MAPPER, Noted, noted

MOMENT = b'"occurredAt":"2026-11-21T12:00:00.000000Z"'


def members_of(union: Any) -> set[type]:
    parts = get_args(union)
    return set().union(*map(members_of, parts)) if parts else {union}


def test_every_fact_has_a_name() -> None:
    facts = members_of(CircleFact | MemberFact | ProjectFact | MissionFact | SealingFact)
    assert facts == set(EVENT_NAMES.by_fact)
    EventMapper(EVENT_NAMES)


def test_a_fact_is_stored_under_its_name_and_recalled_from_it() -> None:
    assert MAPPER.store(noted("één")) == (
        "test.noted",
        1,
        b"{" + MOMENT + ',"text":"één"}'.encode(),
    )
    assert MAPPER.recall(*MAPPER.store(noted("één"))) == noted("één")


def test_a_fact_outside_the_table_is_not_stored() -> None:
    class Unheard(Noted):
        pass

    with pytest.raises(UnknownEvent, match="Unheard has no name"):
        MAPPER.store(Unheard(occurred_at=NOW, text=""))


@pytest.mark.parametrize(("name", "version"), [("test.other", 1), ("test.noted", 2)])
def test_a_name_or_version_of_a_newer_build_is_not_guessed_at(name: str, version: int) -> None:
    with pytest.raises(UnknownEvent, match="run one that is as new"):
        MAPPER.recall(name, version, b"{}")


@pytest.mark.parametrize(
    "body",
    [
        b"{" + MOMENT + b"}",
        b"{" + MOMENT + b',"text":"x","more":1}',
        b"{" + MOMENT + b',"text":5}',
        b"not json",
    ],
)
def test_a_stored_body_of_another_form_is_told_from_a_good_one(body: bytes) -> None:
    with pytest.raises(BrokenEvent, match=r"test\.noted version 1"):
        MAPPER.recall("test.noted", 1, body)


@dataclass(frozen=True, kw_only=True)
class Weighed(Fact):
    """A fact at its third version: grams since 3, a named scale since 2."""

    grams: int
    scale: str


def name_the_scale(plain: Json) -> Json:
    return plain | {"scale": "onbekend"}


def weigh_in_grams(plain: Json) -> Json:
    return {key: value for key, value in plain.items() if key != "kilograms"} | {
        "grams": plain["kilograms"] * 1000
    }


LADDER = EventMapper(
    Names(
        (
            Named(
                fact=Weighed,
                name="test.weighed",
                version=3,
                upcasts=(name_the_scale, weigh_in_grams),
            ),
        )
    )
)


@pytest.mark.parametrize(
    ("version", "body", "fact"),
    [
        (1, b'{"kilograms":2,' + MOMENT + b"}", ("onbekend", 2000)),
        (2, b'{"kilograms":2,' + MOMENT + b',"scale":"keuken"}', ("keuken", 2000)),
        (3, b'{"grams":2001,' + MOMENT + b',"scale":"keuken"}', ("keuken", 2001)),
    ],
)
def test_every_version_ever_stored_is_read_as_the_newest(
    version: int, body: bytes, fact: tuple[str, int]
) -> None:
    scale, grams = fact
    expected = Weighed(occurred_at=NOW, scale=scale, grams=grams)
    assert LADDER.recall("test.weighed", version, body) == expected


def test_what_is_written_is_written_as_the_newest_version() -> None:
    name, version, _ = LADDER.store(Weighed(occurred_at=NOW, scale="keuken", grams=1))
    assert (name, version) == ("test.weighed", 3)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([Named(fact=Noted, name="Noted")], "is not a name"),
        ([Named(fact=Noted, name="test.a"), Named(fact=Weighed, name="test.a")], "names two facts"),
        ([Named(fact=Noted, name="test.a"), Named(fact=Noted, name="test.b")], "has two names"),
        ([Named(fact=Noted, name="test.a", version=2)], "an upcast per step"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(entries: list[Named], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Names(tuple(entries))
