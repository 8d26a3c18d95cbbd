"""What does a circle talk about (onderwerpen), to improve or to innovate, and what came of it?

What was concluded in a meeting is handed on as it is kept: sealed.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.circle.topics import (
    CircleAspect,
    CircleTheme,
    KnownTopic,
    TopicClosed,
    TopicDiscussed,
    TopicFact,
    TopicKind,
    TopicLevel,
    TopicRaised,
)
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, ProjectId, Sealed


@dataclass(frozen=True, kw_only=True)
class TopicTalkSaid:
    meeting: Code
    conclusion: Sealed
    discussed_at: Instant


@dataclass(frozen=True, kw_only=True)
class CircleTopicRow:
    """`project` where the topic became a concrete work, and so a matter of procurement."""

    circle: CircleId
    topic: Code
    title: str
    kind: TopicKind
    level: TopicLevel
    aspects: tuple[CircleAspect, ...]
    theme: CircleTheme | None
    known: KnownTopic | None
    raised_at: Instant
    talks: tuple[TopicTalkSaid, ...] = ()
    closed_at: Instant | None = None
    result: str | None = None
    project: ProjectId | None = None


def keys(recorded: Recorded[TopicFact]) -> tuple[Key, ...]:
    return (topic_of(CircleId(recorded.stream), recorded.fact.topic),)


def on(row: CircleTopicRow | None, recorded: Recorded[TopicFact]) -> CircleTopicRow | None:
    fact = recorded.fact
    if isinstance(fact, TopicRaised):
        return CircleTopicRow(
            circle=CircleId(recorded.stream),
            topic=fact.topic,
            title=fact.title,
            kind=fact.kind,
            level=fact.level,
            aspects=fact.aspects,
            theme=fact.theme,
            known=fact.known,
            raised_at=fact.occurred_at,
        )
    if row is None:
        return None
    match fact:
        case TopicDiscussed():
            talk = TopicTalkSaid(
                meeting=fact.meeting,
                conclusion=fact.conclusion,
                discussed_at=fact.occurred_at,
            )
            return replace(row, talks=(*row.talks, talk))
        case TopicClosed():
            return replace(
                row, closed_at=fact.occurred_at, result=fact.result, project=fact.project
            )
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def topic_of(circle: CircleId, topic: Code) -> Key:
    return key(circle, topic)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


view = View(name="circle-topics", version=1, row=CircleTopicRow, hears=TopicFact, keys=keys, on=on)
