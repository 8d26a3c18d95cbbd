"""Who did not keep the line (freeriders), what was done about it, and what came of that?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.mission.enforcement import (
    BreachEnding,
    LineBreachFound,
    LineBreachSanctioned,
    LineBreachSettled,
    LineSanction,
)
from domain.record import Recorded
from domain.terms import Code, Euro, Instant, MemberId, MissionId

Heard = LineBreachFound | LineBreachSanctioned | LineBreachSettled


@dataclass(frozen=True, kw_only=True)
class ImposedSanction:
    imposed_at: Instant
    sanction: LineSanction
    imposed_by: MemberId
    reasons: str
    amount: Euro | None


@dataclass(frozen=True, kw_only=True)
class LineBreachRow:
    mission: MissionId
    breach: Code
    check: Code
    contractor: MemberId
    required: str
    found: str
    found_at: Instant
    sanctions: tuple[ImposedSanction, ...] = ()
    settled_at: Instant | None = None
    ending: BreachEnding | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), recorded.fact.breach),)


def on(row: LineBreachRow | None, recorded: Recorded[Heard]) -> LineBreachRow | None:
    fact = recorded.fact
    if isinstance(fact, LineBreachFound):
        return LineBreachRow(
            mission=MissionId(recorded.stream),
            breach=fact.breach,
            check=fact.check,
            contractor=fact.contractor,
            required=fact.required,
            found=fact.found,
            found_at=fact.occurred_at,
        )
    if row is None:
        return None
    match fact:
        case LineBreachSanctioned():
            imposed = ImposedSanction(
                imposed_at=fact.occurred_at,
                sanction=fact.sanction,
                imposed_by=fact.imposed_by,
                reasons=fact.reasons,
                amount=fact.amount,
            )
            return replace(row, sanctions=(*row.sanctions, imposed))
        case LineBreachSettled():
            return replace(row, settled_at=fact.occurred_at, ending=fact.ending)
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    return branch(mission)


view = View(name="line-breaches", version=1, row=LineBreachRow, hears=Heard, keys=keys, on=on)
