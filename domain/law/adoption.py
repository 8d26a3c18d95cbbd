"""An authority takes a number for its own (vaststellen van een parameter)."""

from dataclasses import dataclass
from datetime import date

from domain.decider import Refused
from domain.law.parameter_keys import ParameterKey
from domain.law.parameter_table import DEFINITIONS
from domain.terms import Instant, PersonRef, Sealed, dutch_date


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """An authority's own number, as the fact `ParameterAdopted` states it.

    `value` is in the unit of the key; `owner` names an office or a pseudonym, never a person; `position` is the
    fact's place in the ledger, for evidence. Of two adoptions that hold on one day the later
    `valid_from` wins, then the later `adopted_at`, then the later position.
    """

    key: ParameterKey
    value: int
    valid_from: date
    adopted_at: Instant
    owner: str | PersonRef
    reason: str | Sealed
    position: int = 0

    @property
    def in_force_from(self) -> date:
        """Not before it was adopted: a back-dated number must not acquit or convict the past."""
        return max(self.valid_from, dutch_date(self.adopted_at))


def adoptable(key: str, value: int) -> ParameterKey:
    """The key, if an authority may adopt `value` for it.

    Raises Refused: `parameter.unknown`, `parameter.fixed-by-law`, `parameter.negative`.
    """
    try:
        known = ParameterKey(key)
    except ValueError:
        why = f"there is no parameter {key!r}; choose one of: {', '.join(ParameterKey)}"
        raise Refused("parameter.unknown", why, field="key") from None
    if DEFINITIONS[known].fixed:
        why = f"{known} is fixed by law; only numbers that the law leaves open can be adopted"
        raise Refused("parameter.fixed-by-law", why, field="key")
    if value < 0:
        why = f"{known} counts in {DEFINITIONS[known].unit}; give zero or more"
        raise Refused("parameter.negative", why, field="value")
    return known
