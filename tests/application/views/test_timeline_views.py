"""Timelines: every event by whatever it is about, and what only repeats a code by its thread."""

from dataclasses import fields
from typing import Any, get_args, get_type_hints
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from application.access import KINDS
from application.views import timeline, timeline_threads
from application.views.view import Shelf
from application.visibility import Sight
from domain.circle.agreements import FreeRiderFound, SanctionImposed
from domain.circle.topics import TopicClosed, TopicRaised
from domain.record import Recorded
from domain.terms import Code, Fact, MemberId, Sealed
from tests.any_facts import CIRCLES, MEMBERS, any_of, histories, recorded
from tests.fresh_fold import fresh_fold, on_shelf
from tests.thoroughness import examples

EVERY_FACT = frozenset(get_args(timeline.Heard))


@settings(max_examples=examples(30), deadline=None)
@given(histories(EVERY_FACT, least=1))
def test_an_event_stands_with_its_subject_and_with_all_that_it_names(
    history: list[Recorded[Fact]],
) -> None:
    held = fresh_fold(timeline.view, history, as_of=len(history))
    assert len(held) == len(history)
    for event in history:
        row = held[timeline.event(event.position)].row
        assert row.kind is type(event.fact)
        assert set(timeline.shelves(row)) == {
            timeline.of(each) for each in (event.stream, *row.names)
        }
        assert {str(each) for each in row.names} <= {*_ids(repr(event.fact))}


def _ids(text: str) -> set[str]:
    return {part[:36] for part in text.split("UUID('")[1:]}


def test_every_kind_of_fact_is_heard_and_known_by_its_name() -> None:
    assert timeline.view.facts == EVERY_FACT
    named = {(a, n): fact for a, facts in timeline.FACTS.items() for n, fact in facts.items()}
    assert len(named) == len(EVERY_FACT)
    assert set(named.values()) == EVERY_FACT


def test_a_thread_is_held_together_by_codes_that_all_its_facts_have() -> None:
    for fact in get_args(timeline_threads.Heard):
        event: Recorded[Any] = recorded((CIRCLES[0], _example(fact)))[0]
        (key,) = timeline_threads.keys(event)
        names = key.split("/")[1].split("-")
        hints = get_type_hints(fact)
        assert all(hints[name] is Code for name in names), (fact, names)
        assert {each.name for each in fields(fact)} >= set(names)


def _example(fact: type[Fact]) -> Fact:
    found: list[Fact] = []

    @settings(max_examples=1, deadline=None, derandomize=True)
    @given(any_of(fact))
    def keep(example: Fact) -> None:
        found.append(example)

    keep()
    return found[-1]


@settings(max_examples=examples(20), deadline=None)
@given(st.data())
def test_what_comes_after_and_before_the_naming_comes_along(data: st.DataObject) -> None:
    said = Sealed(kid=UUID(int=7), field="text", nonce="AA==", ciphertext="AA==")
    raised = data.draw(any_of(TopicRaised).filter(lambda fact: fact.topic == "A"))
    closed = data.draw(any_of(TopicClosed).filter(lambda fact: fact.topic == "A" and fact.project))
    found = FreeRiderFound(
        occurred_at=raised.occurred_at,
        agreement=Code("A-1"),
        finding=Code("F-1"),
        member=MemberId(MEMBERS[0]),
        text=said,
    )
    sanctioned = data.draw(any_of(SanctionImposed))
    assert (sanctioned.agreement, sanctioned.finding) != (found.agreement, found.finding)
    history = recorded(
        (CIRCLES[0], raised), (CIRCLES[0], found), (CIRCLES[0], sanctioned), (CIRCLES[0], closed)
    )
    held = fresh_fold(timeline_threads.view, history, as_of=4)
    of_project = [row for _, _, row in on_shelf(timeline_threads.view, held, _of(closed.project))]
    assert [[each.position for each in row.events] for row in of_project] == [[1, 4]]
    of_firm = [row for _, _, row in on_shelf(timeline_threads.view, held, _of(MEMBERS[0]))]
    assert [[each.position for each in row.events] for row in of_firm] == [[2]]
    before = fresh_fold(timeline_threads.view, history, as_of=3)
    assert on_shelf(timeline_threads.view, before, _of(closed.project)) == []


def _of(subject: UUID | None) -> Shelf:
    assert subject is not None
    return timeline_threads.of(subject)


def test_whoever_sees_one_fact_of_a_thread_sees_them_all() -> None:
    """Else an event that may be seen would tell whom a hidden one names."""
    threads: dict[tuple[str, str], set[bool]] = {}
    for fact in get_args(timeline_threads.Heard):
        event: Recorded[Any] = recorded((CIRCLES[0], _example(fact)))[0]
        row = timeline_threads.on(None, event)
        (key,) = timeline_threads.keys(event)
        sight = Sight(kind=KINDS[row.aggregate], exists=True, dossier=False, access=False)
        thread = row.aggregate, key.split("/")[1]
        threads.setdefault(thread, set()).add(sight.sees_kind(fact))
    assert all(len(seen) == 1 for seen in threads.values()), threads
