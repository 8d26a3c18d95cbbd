"""Which conditions (randvoorwaarden) does a mission have, whose are they, and which are met?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.mission.conditions import (
    MissionConditionAssigned,
    MissionConditionKind,
    MissionConditionLapsed,
    MissionConditionMet,
    MissionConditionNamed,
)
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, MissionId

Heard = (
    MissionConditionNamed | MissionConditionAssigned | MissionConditionMet | MissionConditionLapsed
)


@dataclass(frozen=True, kw_only=True)
class MissionConditionRow:
    """`met_at` is None while it is not met; `lapsed_at` says when it last lapsed, and `lost` why."""

    mission: MissionId
    condition: Code
    kind: MissionConditionKind
    wording: str
    named_at: Instant
    owner: MemberId | None = None
    due_on: date | None = None
    met_at: Instant | None = None
    evidence: str | None = None
    judged_by: tuple[MemberId, ...] = ()
    lapsed_at: Instant | None = None
    lost: str | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), recorded.fact.condition),)


def on(row: MissionConditionRow | None, recorded: Recorded[Heard]) -> MissionConditionRow | None:
    fact = recorded.fact
    if isinstance(fact, MissionConditionNamed):
        return MissionConditionRow(
            mission=MissionId(recorded.stream),
            condition=fact.condition,
            kind=fact.kind,
            wording=fact.wording,
            named_at=fact.occurred_at,
        )
    if row is None:
        return None
    match fact:
        case MissionConditionAssigned():
            return replace(row, owner=fact.owner, due_on=fact.due_on)
        case MissionConditionMet():
            return replace(
                row,
                met_at=fact.occurred_at,
                evidence=fact.evidence,
                judged_by=fact.judged_by,
            )
        case MissionConditionLapsed():
            return replace(row, met_at=None, lapsed_at=fact.occurred_at, lost=fact.reason)
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    return branch(mission)


view = View(
    name="mission-conditions", version=1, row=MissionConditionRow, hears=Heard, keys=keys, on=on
)
