"""Which risks does a project have, who bears and prices each, and what came of it (risicodossier)?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.convenant_project.risks import (
    Chance,
    RiskClosed,
    RiskFound,
    RiskMeasureAgreed,
    RiskSide,
)
from domain.record import Recorded
from domain.terms import Code, Euro, Instant, ProjectId

Heard = RiskFound | RiskMeasureAgreed | RiskClosed


@dataclass(frozen=True, kw_only=True)
class AgreedMeasure:
    """`price` in cents; None where nobody priced it."""

    measure: str
    borne_by: RiskSide
    priced_by: RiskSide
    price: Euro | None
    agreed_at: Instant


@dataclass(frozen=True, kw_only=True)
class RiskEnding:
    """`cost` in cents of a risk that happened, where that is known."""

    happened: bool
    cost: Euro | None
    remarks: str | None
    closed_at: Instant


@dataclass(frozen=True, kw_only=True)
class RiskRow:
    """`measure` is the newest that was agreed, `ended` None while the risk is open.

    `session` is the joint session in which it was found; None where it was found outside one.
    """

    project: ProjectId
    risk: Code
    title: str
    consequence: str
    chance: Chance
    exposure: Euro | None
    session: Code | None
    found_at: Instant
    measure: AgreedMeasure | None = None
    ended: RiskEnding | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (risk(ProjectId(recorded.stream), recorded.fact.risk),)


def on(row: RiskRow | None, recorded: Recorded[Heard]) -> RiskRow | None:
    fact = recorded.fact
    match fact:
        case RiskFound():
            return RiskRow(
                project=ProjectId(recorded.stream),
                risk=fact.risk,
                title=fact.title,
                consequence=fact.consequence,
                chance=fact.chance,
                exposure=fact.exposure,
                session=fact.session,
                found_at=fact.occurred_at,
            )
        case RiskMeasureAgreed():
            agreed = AgreedMeasure(
                measure=fact.measure,
                borne_by=fact.borne_by,
                priced_by=fact.priced_by,
                price=fact.price,
                agreed_at=fact.occurred_at,
            )
            return row and replace(row, measure=agreed)
        case RiskClosed():
            ended = RiskEnding(
                happened=fact.happened,
                cost=fact.cost,
                remarks=fact.remarks,
                closed_at=fact.occurred_at,
            )
            return row and replace(row, ended=ended)
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def risk(project: ProjectId, code: Code) -> Key:
    return key(project, code)


def of_project(project: ProjectId) -> Shelf:
    return branch(project)


view = View(name="project-risks", version=1, row=RiskRow, hears=Heard, keys=keys, on=on)
