"""Where was looked whether the line (standlijn) is kept, by whom, and what was seen?"""

from dataclasses import dataclass

from application.views.view import Key, Shelf, View, branch, key
from domain.mission.enforcement import LineChecked, LineCheckOutcome, LineCheckPlace
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, MissionId, ProjectId

Heard = LineChecked


@dataclass(frozen=True, kw_only=True)
class LineCheckRow:
    mission: MissionId
    check: Code
    project: ProjectId
    place: LineCheckPlace
    level: int
    checked_at: Instant
    checked_by: MemberId
    contractor: MemberId | None
    outcome: LineCheckOutcome
    summary: str


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), recorded.fact.check),)


def on(_: LineCheckRow | None, recorded: Recorded[Heard]) -> LineCheckRow:
    fact = recorded.fact
    return LineCheckRow(
        mission=MissionId(recorded.stream),
        check=fact.check,
        project=fact.project,
        place=fact.place,
        level=fact.level,
        checked_at=fact.occurred_at,
        checked_by=fact.checked_by,
        contractor=fact.contractor,
        outcome=fact.outcome,
        summary=fact.summary,
    )


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    return branch(mission)


view = View(name="line-checks", version=1, row=LineCheckRow, hears=Heard, keys=keys, on=on)
