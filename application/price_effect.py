"""Offer against estimate against extra work: does a convenant make works dearer (CNV-18)?

The seeds' counter-argument (tegenargument) is that offers rise, and its answer that sharp offers
come back as extra work (meerwerk). Both are held here against what was estimated.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from application.views.project_prices import PriceRow
from domain.convenant_project.lessons import FailurePhase
from domain.terms import BasisPoints, Euro, MemberId, ProjectId

WHOLE = 10_000
"""Basis points."""


@dataclass(frozen=True, kw_only=True)
class PriceEffect:
    """Amounts in cents, excluding VAT; None is what the record does not say.

    `estimate` is the newest from before the notice or first invitation. `contract_over_estimate`
    and `final_over_estimate` are differences, below 0 when cheaper; the shares are of the estimate.
    `extra_work` is what modifications added and took away together.
    """

    project: ProjectId
    estimate: Euro | None
    lowest_offer: Euro | None
    highest_offer: Euro | None
    offers: int
    offers_without_price: int
    contractor: MemberId | None
    contract: Euro | None
    extra_work: Euro
    modifications: int
    final: Euro | None
    contract_over_estimate: Euro | None
    contract_over_estimate_share: BasisPoints | None
    final_over_estimate: Euro | None
    final_over_estimate_share: BasisPoints | None
    failure_costs_preparation: Euro
    failure_costs_execution: Euro


def price_effect(row: PriceRow) -> PriceEffect:
    """What the prices of one project come to."""
    estimate = _estimate(row)
    prices = [each.price for each in row.offers if each.price is not None]
    extra = _sum(each.delta for each in row.modifications)
    final = None if row.contract is None else Euro(row.contract + extra)
    return PriceEffect(
        project=row.project,
        estimate=estimate,
        lowest_offer=min(prices, default=None),
        highest_offer=max(prices, default=None),
        offers=len(row.offers),
        offers_without_price=len(row.offers) - len(prices),
        contractor=row.contractor,
        contract=row.contract,
        extra_work=extra,
        modifications=len(row.modifications),
        final=final,
        contract_over_estimate=_over(row.contract, estimate),
        contract_over_estimate_share=_share(row.contract, estimate),
        final_over_estimate=_over(final, estimate),
        final_over_estimate_share=_share(final, estimate),
        failure_costs_preparation=_lost(row, FailurePhase.PREPARATION),
        failure_costs_execution=_lost(row, FailurePhase.EXECUTION),
    )


def _estimate(row: PriceRow) -> Euro | None:
    before = [
        each for each in row.estimates if row.opened_at is None or each.made_at <= row.opened_at
    ]
    newest = max(before, key=lambda each: each.made_at, default=None)
    return None if newest is None else newest.amount


def _lost(row: PriceRow, phase: FailurePhase) -> Euro:
    return _sum(each.amount for each in row.failure_costs if each.phase is phase)


def _sum(amounts: Iterable[Euro]) -> Euro:
    return Euro(sum(amounts))


def _over(amount: Euro | None, estimate: Euro | None) -> Euro | None:
    return None if amount is None or estimate is None else Euro(amount - estimate)


def _share(amount: Euro | None, estimate: Euro | None) -> BasisPoints | None:
    """Rounded towards the estimate, so that no difference looks larger than it is."""
    over = _over(amount, estimate)
    if over is None or not estimate:
        return None
    size = abs(over) * WHOLE // estimate
    return BasisPoints(-size if over < 0 else size)
