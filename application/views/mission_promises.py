"""Does continuity promised stand against deployment guaranteed, both ways?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.mission.legitimacy import ContinuityPromised, DeploymentGuaranteed
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, MissionId

Heard = ContinuityPromised | DeploymentGuaranteed

UNANSWERED = "-"
"""The key of guarantees that answer no promise; no code is spelt like this."""


@dataclass(frozen=True, kw_only=True)
class Guaranteed:
    guarantee: Code
    guaranteed_at: Instant
    guaranteed_by: MemberId
    equipment: str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Promised:
    """`agreement` is the multi-year agreement that it rests on; None where it rests on none."""

    promise: Code
    promised_at: Instant
    promised_by: MemberId
    promised_to: tuple[MemberId, ...]
    content: str
    agreement: Code | None
    until: date | None


@dataclass(frozen=True, kw_only=True)
class MissionPromiseRow:
    """A promise with the guarantees that answer it; `promised` is None for those that answer none.

    `silent` are the organisations that were promised continuity and guaranteed nothing for it.
    """

    mission: MissionId
    promised: Promised | None = None
    guarantees: tuple[Guaranteed, ...] = ()
    silent: tuple[MemberId, ...] = ()


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (key(MissionId(recorded.stream), recorded.fact.promise or UNANSWERED),)


def on(row: MissionPromiseRow | None, recorded: Recorded[Heard]) -> MissionPromiseRow:
    fact = recorded.fact
    known = row or MissionPromiseRow(mission=MissionId(recorded.stream))
    match fact:
        case ContinuityPromised():
            promised = Promised(
                promise=fact.promise,
                promised_at=fact.occurred_at,
                promised_by=fact.promised_by,
                promised_to=fact.promised_to,
                content=fact.content,
                agreement=fact.agreement,
                until=fact.until,
            )
            return _heard_out(replace(known, promised=promised))
        case DeploymentGuaranteed():
            guaranteed = Guaranteed(
                guarantee=fact.guarantee,
                guaranteed_at=fact.occurred_at,
                guaranteed_by=fact.guaranteed_by,
                equipment=fact.equipment,
                until=fact.until,
            )
            return _heard_out(replace(known, guarantees=(*known.guarantees, guaranteed)))
        case _:
            assert_never(fact)


def _heard_out(row: MissionPromiseRow) -> MissionPromiseRow:
    answered = {each.guaranteed_by for each in row.guarantees}
    to = () if row.promised is None else row.promised.promised_to
    return replace(row, silent=tuple(each for each in to if each not in answered))


# ----------------------------------------------------------------------------------- how to ask


def of_mission(mission: MissionId) -> Shelf:
    return branch(mission)


view = View(
    name="mission-promises", version=1, row=MissionPromiseRow, hears=Heard, keys=keys, on=on
)
