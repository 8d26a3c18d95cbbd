"""Award criteria (gunningscriteria): when what a notice says of a weight is a percentage.

TED has a free text for the weight and no unit. Its forms print "Weging", platforms fill in
percentages, points, ranks, or 0 because something had to be there; so a bare number is a percentage
only if all criteria of the lot have one and together they make 100. eForms names the unit: only
`per-exa` (percentage, exact) is a percentage, whatever the sum is. The rest is kept as stated.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from application.notices.notice import Criterion, CriterionKind, Remark, RemarkCode
from domain.terms import BasisPoints, Text
from infrastructure.notices.node import Node

PERCENTAGE: Final = "per-exa"
_ALL: Final = 100
_NUMBER = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*(%?)")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A criterion as the notice says it; `unit` is the code that eForms gives with `number`."""

    kind: CriterionKind | None
    name: str | None
    number: str | None
    unit: str | None


def weighed(criteria: tuple[Said, ...], lot: Node, remarks: list[Remark]) -> tuple[Criterion, ...]:
    """The criteria with their weights; a remark says so where a stated weight is no percentage."""
    bare_sum = sum(_percentage(each) or Decimal(0) for each in criteria)
    together = bare_sum == _ALL and all(_percentage(each) for each in criteria)
    found = tuple(
        Criterion(
            kind=each.kind,
            name=each.name,
            weight=_basis_points(each, together=together),
            weight_stated=_as_stated(each),
        )
        for each in criteria
    )
    if any(each.weight is None and each.weight_stated is not None for each in found):
        remarks.append(
            Remark(
                code=RemarkCode.NOT_IMPORTED,
                element=lot.where,
                text=Text(
                    nl="De gewichten van de gunningscriteria zijn geen percentages, of tellen niet"
                    " op tot 100; ze zijn bewaard zoals ze er staan.",
                    en="The weights of the award criteria are no percentages, or do not add up to"
                    " 100; they are kept as stated.",
                ),
            )
        )
    return found


def _percentage(said: Said) -> Decimal | None:
    """The number, if it can be one of up to 100 with two decimals; None otherwise."""
    match = _NUMBER.fullmatch(said.number or "")
    number = None if match is None else Decimal(match[1].replace(",", "."))
    return number if number is not None and number <= _ALL else None


def _basis_points(said: Said, *, together: bool) -> BasisPoints | None:
    number = _percentage(said)
    if number is None:
        return None
    plain = said.unit is None and (together or str(said.number).endswith("%"))
    return BasisPoints(int(number * 100)) if plain or said.unit == PERCENTAGE else None


def _as_stated(said: Said) -> str | None:
    return f"{said.number} ({said.unit})" if said.number and said.unit else said.number
