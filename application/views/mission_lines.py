"""The history of the line (standlijn): which treads were there, announced when, agreed by whom?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.missions import line_of
from application.views.view import Key, Shelf, View, branch, key
from domain.mission.follow_up import LineAdvice, MissionEvaluated
from domain.mission.line import Line, LineAgreed, TreadAnnounced
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, MissionId, dutch_date

Heard = LineAgreed | TreadAnnounced | MissionEvaluated


@dataclass(frozen=True, kw_only=True)
class TreadNotice:
    announced_at: Instant
    scope: str
    holds_from: date
    told: tuple[MemberId, ...]
    url: str | None


@dataclass(frozen=True, kw_only=True)
class LookBack:
    evaluation: Code
    evaluated_at: Instant
    conclusion: str
    advice: LineAdvice
    took_part: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class MissionLineRow:
    """One tread. `line` is None while it was announced and not agreed.

    `notice_days`: Dutch calendar days from when it was first announced or agreed to the day from
    which it holds; negative where it held before anybody said so.
    """

    mission: MissionId
    level: int
    line: Line | None = None
    agreed_at: Instant | None = None
    announced: tuple[TreadNotice, ...] = ()
    evaluated: tuple[LookBack, ...] = ()
    notice_days: int | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (tread(MissionId(recorded.stream), recorded.fact.level),)


def on(row: MissionLineRow | None, recorded: Recorded[Heard]) -> MissionLineRow:
    fact = recorded.fact
    tread = row or MissionLineRow(mission=MissionId(recorded.stream), level=fact.level)
    match fact:
        case LineAgreed():
            return _noticed(replace(tread, line=line_of(fact), agreed_at=fact.occurred_at))
        case TreadAnnounced():
            notice = TreadNotice(
                announced_at=fact.occurred_at,
                scope=fact.scope,
                holds_from=fact.holds_from,
                told=fact.told,
                url=fact.url,
            )
            return _noticed(replace(tread, announced=(*tread.announced, notice)))
        case MissionEvaluated():
            seen = LookBack(
                evaluation=fact.evaluation,
                evaluated_at=fact.occurred_at,
                conclusion=fact.conclusion,
                advice=fact.advice,
                took_part=fact.took_part,
            )
            return replace(tread, evaluated=(*tread.evaluated, seen))
        case _:
            assert_never(fact)


def _noticed(row: MissionLineRow) -> MissionLineRow:
    known = [each.announced_at for each in row.announced]
    if row.agreed_at is not None:
        known.append(row.agreed_at)
    holds_from = row.line.holds_from if row.line is not None else row.announced[-1].holds_from
    return replace(row, notice_days=(holds_from - dutch_date(min(known))).days)


# ----------------------------------------------------------------------------------- how to ask


def tread(mission: MissionId, level: int) -> Key:
    return key(mission, f"{level:04d}")


def of_mission(mission: MissionId) -> Shelf:
    """The treads, lowest first."""
    return branch(mission)


view = View(name="mission-lines", version=1, row=MissionLineRow, hears=Heard, keys=keys, on=on)
