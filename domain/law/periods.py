"""Minimum periods (minimumtermijnen) per regime and form of procedure, with their arithmetic.

Which regime holds is computed from the estimate; the type of procedure is what the authority
declared, and only its form counts here: open, restricted, by negotiation, or none of these. A
national open procedure that the estimate makes European is held to the European period. Periods
are whole calendar days, day 0 is the day of dispatch. One shortening is not here: a tender period
that authority and all selected candidates agree on (Aw 2.74a) has no minimum at all.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.convenant_project.procedure import ProcedureType
from domain.law.parameter_keys import Parameter
from domain.law.parameter_keys import ParameterKey as K
from domain.law.parameter_table import DEFINITIONS
from domain.law.parameters import InForce, Parameters


class Regime(StrEnum):
    """Which part of the law holds (Aw 1.7, 1.11, 1.14, 2.1-2.3); computed, never entered."""

    EUROPEAN = "european"
    EUROPEAN_PRINCIPLES = "european-principles"  # duidelijk grensoverschrijdend belang
    NATIONAL = "national"
    MULTI_PRIVATE = "multi-private"
    SINGLE = "single"


@dataclass(frozen=True, kw_only=True)
class MinimumDays:
    """A minimum period: `days` is the sum of `parts`, each a row and its sign.

    `never_below` is the law's absolute floor where `days` is only its rule (after a prior
    information notice: 29 as a rule, 22 at the very least).
    """

    parts: tuple[tuple[int, Parameter], ...]
    never_below: Parameter | None = None

    @property
    def days(self) -> int:
        return sum(sign * row.value for sign, row in self.parts)

    @property
    def arithmetic(self) -> str:
        """How the number comes about, for evidence: `45 - 5 + 5`."""
        first, *others = self.parts
        signs = [f" {'+' if sign > 0 else '-'} {row.value}" for sign, row in others]
        return f"{first[1].value}{''.join(signs)}"


_BELOW_EUROPE = (Regime.NATIONAL, Regime.EUROPEAN_PRINCIPLES)
_OPEN = (ProcedureType.EUROPEAN_OPEN, ProcedureType.NATIONAL_OPEN)
_RESTRICTED = (ProcedureType.EUROPEAN_RESTRICTED, ProcedureType.NATIONAL_RESTRICTED)
_NO_TENDER_PERIOD = (ProcedureType.COMPETITIVE_DIALOGUE, ProcedureType.INNOVATION_PARTNERSHIP)
_AFTER_SELECTION = (*_RESTRICTED, ProcedureType.EUROPEAN_NEGOTIATION)


def min_tender_days(
    declared: ProcedureType,
    regime: Regime,
    day: date,
    *,
    e_submission: bool,
    docs_offline_ground: bool,
    urgency: bool,
    prior_notice: bool,
) -> MinimumDays | None:
    """The shortest tender period for a procedure that starts on `day`; None where law has none.

    `docs_offline_ground`: a ground of Aw 2.66(3)-(4) is recorded. `prior_notice`: a prior
    information notice (vooraankondiging) went out between 52 days and 12 months before. Neither
    adds to an urgent period. Electronic submission shortens the ordinary period only: no source
    says that it stacks on the one after a prior notice. Raises NotCovered for days whose law is
    not loaded.
    """
    if regime in _BELOW_EUROPE:
        if declared in _OPEN:
            return _sum(day, K.TENDER_OPEN_NATIONAL)
        return _sum(day, K.TENDER_RESTRICTED_NATIONAL) if declared in _RESTRICTED else None
    if regime is not Regime.EUROPEAN:
        return None
    if declared in _OPEN:
        ordinary, urgent = K.TENDER_OPEN_EU, K.URGENT_OPEN
    elif declared in _AFTER_SELECTION:
        ordinary, urgent = K.TENDER_RESTRICTED_EU, K.URGENT_RESTRICTED
    else:
        return None
    if urgency:
        return _sum(day, urgent)
    extra = (K.DOCS_OFFLINE_EXTRA,) if docs_offline_ground else ()
    if prior_notice:
        return _sum(day, K.PRIOR_NOTICE_TENDER, plus=extra, never_below=K.PRIOR_NOTICE_FLOOR)
    less = (K.E_SUBMISSION_REDUCTION,) if e_submission else ()
    return _sum(day, ordinary, minus=less, plus=extra)


def min_request_days(
    declared: ProcedureType, regime: Regime, day: date, *, urgency: bool
) -> MinimumDays | None:
    """The shortest period for requests to participate; None where there is no such phase.

    Raises NotCovered for days whose law is not loaded.
    """
    if regime in _BELOW_EUROPE:
        return _sum(day, K.REQUEST_NATIONAL) if declared in _RESTRICTED else None
    if regime is not Regime.EUROPEAN:
        return None
    if declared in _AFTER_SELECTION:
        return _sum(day, K.URGENT_REQUEST if urgency else K.REQUEST_EU)
    if declared in _NO_TENDER_PERIOD:
        return _sum(day, K.REQUEST_EU)
    return None


def nvi_days(
    regime: Regime, day: date, parameters: Parameters, *, urgency: bool = False
) -> InForce | None:
    """N: how long before the tender deadline the last answers (nota van inlichtingen) are due.

    None for a single tender, where nobody asks in competition. Raises NotCovered.
    """
    match regime:
        case Regime.EUROPEAN:
            return parameters.at(K.NVI_URGENT if urgency else K.NVI_EUROPEAN, day)
        case Regime.NATIONAL | Regime.EUROPEAN_PRINCIPLES:
            return parameters.at(K.NVI_NATIONAL, day)
        case Regime.MULTI_PRIVATE:
            return parameters.at(K.NVI_MULTI_PRIVATE, day)
        case Regime.SINGLE:
            return None


def _sum(
    day: date,
    base: K,
    *,
    minus: tuple[K, ...] = (),
    plus: tuple[K, ...] = (),
    never_below: K | None = None,
) -> MinimumDays:
    keys = [(1, base), *((-1, key) for key in minus), *((1, key) for key in plus)]
    return MinimumDays(
        parts=tuple((sign, DEFINITIONS[key].row(day)) for sign, key in keys),
        never_below=None if never_below is None else DEFINITIONS[never_below].row(day),
    )
