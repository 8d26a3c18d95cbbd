"""What was a project estimated at, offered for, signed for, and what came on top (meerwerk)?

Rows hold what was said; `application.price_effect` holds one against the other.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, View, key
from domain.convenant_project.award import ContractSigned
from domain.convenant_project.contract_design import EstimateMade
from domain.convenant_project.execution import ContractModified
from domain.convenant_project.lessons import (
    ElectricSurchargeSet,
    FailureCostFound,
    FailurePhase,
)
from domain.convenant_project.preparation import ProjectRegistered
from domain.convenant_project.procedure import NoticeDispatched, NoticePublished
from domain.convenant_project.tendering import InvitationSent, TenderSubmitted
from domain.record import Recorded
from domain.terms import BasisPoints, Code, Euro, Instant, MemberId, ProjectId

Heard = (
    ProjectRegistered
    | EstimateMade
    | NoticeDispatched
    | NoticePublished
    | InvitationSent
    | TenderSubmitted
    | ContractSigned
    | ContractModified
    | FailureCostFound
    | ElectricSurchargeSet
)


@dataclass(frozen=True, kw_only=True)
class Estimated:
    amount: Euro
    made_at: Instant


@dataclass(frozen=True, kw_only=True)
class Offered:
    """`price` is None where the record does not say it."""

    tenderer: MemberId
    price: Euro | None


@dataclass(frozen=True, kw_only=True)
class Modified:
    modification: Code
    delta: Euro


@dataclass(frozen=True, kw_only=True)
class Lost:
    phase: FailurePhase
    amount: Euro


@dataclass(frozen=True, kw_only=True)
class Surcharged:
    equipment: str
    share: BasisPoints | None
    amount: Euro | None


@dataclass(frozen=True, kw_only=True)
class PriceRow:
    """Amounts in cents, excluding VAT; `opened_at` is the first notice or invitation."""

    project: ProjectId
    estimates: tuple[Estimated, ...] = ()
    opened_at: Instant | None = None
    offers: tuple[Offered, ...] = ()
    contractor: MemberId | None = None
    contract: Euro | None = None
    modifications: tuple[Modified, ...] = ()
    failure_costs: tuple[Lost, ...] = ()
    surcharges: tuple[Surcharged, ...] = ()


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (project(ProjectId(recorded.stream)),)


def on(row: PriceRow | None, recorded: Recorded[Heard]) -> PriceRow | None:
    fact = recorded.fact
    if isinstance(fact, ProjectRegistered):
        return PriceRow(project=ProjectId(recorded.stream))
    if row is None:
        return None
    match fact:
        case EstimateMade():
            made = Estimated(amount=fact.amount, made_at=fact.occurred_at)
            return replace(row, estimates=(*row.estimates, made))
        case NoticeDispatched() | NoticePublished() | InvitationSent():
            return replace(row, opened_at=min(fact.occurred_at, row.opened_at or fact.occurred_at))
        case TenderSubmitted():
            offered = Offered(tenderer=fact.tenderer, price=fact.price)
            return replace(row, offers=(*row.offers, offered))
        case ContractSigned():
            return replace(row, contractor=fact.contractor, contract=fact.value)
        case ContractModified():
            changed = Modified(modification=fact.modification, delta=fact.delta)
            return replace(row, modifications=(*row.modifications, changed))
        case FailureCostFound():
            lost = Lost(phase=fact.phase, amount=fact.amount)
            return replace(row, failure_costs=(*row.failure_costs, lost))
        case ElectricSurchargeSet():
            extra = Surcharged(equipment=fact.equipment, share=fact.share, amount=fact.amount)
            return replace(row, surcharges=(*row.surcharges, extra))
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def project(project: ProjectId) -> Key:
    return key(project)


view = View(name="project-prices", version=1, row=PriceRow, hears=Heard, keys=keys, on=on)
