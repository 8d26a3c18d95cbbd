"""What follows from a mission (gevolg-acties), who does it, and is it done?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.mission.follow_up import (
    FollowUpEnding,
    FollowUpKind,
    MissionFollowUpAgreed,
    MissionFollowUpEnded,
)
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, MissionId

Heard = MissionFollowUpAgreed | MissionFollowUpEnded


@dataclass(frozen=True, kw_only=True)
class MissionFollowUpRow:
    mission: MissionId
    action: Code
    kind: FollowUpKind
    description: str
    agreed_at: Instant
    owner: MemberId | None
    due_on: date | None
    ended_at: Instant | None = None
    ending: FollowUpEnding | None = None
    result: str | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), recorded.fact.action),)


def on(row: MissionFollowUpRow | None, recorded: Recorded[Heard]) -> MissionFollowUpRow | None:
    fact = recorded.fact
    match fact:
        case MissionFollowUpAgreed():
            return MissionFollowUpRow(
                mission=MissionId(recorded.stream),
                action=fact.action,
                kind=fact.kind,
                description=fact.description,
                agreed_at=fact.occurred_at,
                owner=fact.owner,
                due_on=fact.due_on,
            )
        case MissionFollowUpEnded():
            return row and replace(
                row, ended_at=fact.occurred_at, ending=fact.ending, result=fact.result
            )
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    return branch(mission)


view = View(
    name="mission-follow-ups", version=1, row=MissionFollowUpRow, hears=Heard, keys=keys, on=on
)
