"""To what extent is each of the nine functions fulfilled, by whose judgement and on what evidence?"""

from dataclasses import dataclass, replace

from application.views.view import Key, Shelf, View, branch, key
from domain.mission.functions import (
    GROUP_OF,
    Degree,
    FunctionAssessed,
    FunctionGroup,
    MissionFunction,
)
from domain.record import Recorded
from domain.terms import Instant, MemberId, MissionId

Heard = FunctionAssessed


@dataclass(frozen=True, kw_only=True)
class FunctionJudgement:
    assessed_at: Instant
    degree: Degree
    evidence: str
    judged_by: tuple[MemberId, ...]
    url: str | None


@dataclass(frozen=True, kw_only=True)
class MissionFunctionRow:
    """`number` is 1 to 9, as the source counts; `judgements` in the order of recording."""

    mission: MissionId
    function: MissionFunction
    number: int
    group: FunctionGroup
    judgements: tuple[FunctionJudgement, ...] = ()


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), _number(recorded.fact.function)),)


def on(row: MissionFunctionRow | None, recorded: Recorded[Heard]) -> MissionFunctionRow:
    fact = recorded.fact
    known = row or MissionFunctionRow(
        mission=MissionId(recorded.stream),
        function=fact.function,
        number=_number(fact.function),
        group=GROUP_OF[fact.function],
    )
    judgement = FunctionJudgement(
        assessed_at=fact.occurred_at,
        degree=fact.degree,
        evidence=fact.evidence,
        judged_by=fact.judged_by,
        url=fact.url,
    )
    return replace(known, judgements=(*known.judgements, judgement))


def _number(function: MissionFunction) -> int:
    return 1 + list(MissionFunction).index(function)


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    """The functions that were assessed, 1 to 9."""
    return branch(mission)


view = View(
    name="mission-functions", version=1, row=MissionFunctionRow, hears=Heard, keys=keys, on=on
)
