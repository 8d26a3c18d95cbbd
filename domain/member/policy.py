"""Policy: the numbers and the table of procedures that an authority takes for its own.

From then on the rules hold the authority to them; only a contracting authority sets policy.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, assert_never

from domain.convenant_project.preparation import ContractKind
from domain.decider import require
from domain.law.adoption import adoptable
from domain.member.organisation import Organisation, OrganisationKind
from domain.terms import Command, Euro, Fact, Moment, stated

# ---------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """`value` is in the parameter's own unit: cents, basis points, days, months or a count."""

    parameter: str
    value: int
    valid_from: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ParameterAdopted(Fact, Adoption):
    """This authority took a number for its own; from then on the rules hold it to that number."""


class PolicyBand(StrEnum):
    """How heavy a procedure an authority asks for below the European threshold."""

    SINGLE = "single"  # enkelvoudig onderhands
    MULTI_PRIVATE = "multi-private"  # meervoudig onderhands
    NATIONAL = "national"  # nationaal openbaar of niet-openbaar


@dataclass(frozen=True, kw_only=True)
class BandRow:
    """A band reaches from where the one before it ends up to `below`, absent for the last one.

    An estimate of exactly `below` is in this band only if `boundary_inclusive`.
    """

    band: PolicyBand
    below: Euro | None = None
    boundary_inclusive: bool = False


@dataclass(frozen=True, kw_only=True)
class BandSet:
    kind: ContractKind
    rows: tuple[BandRow, ...]
    valid_from: date
    valid_until: date | None = None
    source_decision: str


@dataclass(frozen=True, kw_only=True)
class BandSetAdopted(Fact, BandSet):
    """This authority's own table of procedures by value (inkoopmatrix)."""


PolicyFact = ParameterAdopted | BandSetAdopted

# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AdoptParameters(Command):
    """Adopt several numbers at once, as one decision of the authority does."""

    adoptions: tuple[Adoption, ...]


@dataclass(frozen=True, kw_only=True)
class AdoptBandSet(Command, BandSet):
    pass


PolicyCommand = AdoptParameters | AdoptBandSet

# --------------------------------------------------------------------------------------- decide


def decide(
    organisation: Organisation, command: PolicyCommand, moment: Moment
) -> tuple[PolicyFact, ...]:
    """Nothing that is adopted hangs on what was adopted before, so there is no state."""
    require(
        organisation.kind is OrganisationKind.CONTRACTING_AUTHORITY,
        "member.not-an-authority",
        "only a contracting authority (aanbestedende dienst) sets policy",
    )
    match command:
        case AdoptParameters():
            for each in command.adoptions:
                adoptable(each.parameter, each.value)
            return tuple(
                stated(ParameterAdopted, command, moment, **_named(each))
                for each in command.adoptions
            )
        case AdoptBandSet():
            _require_rising_bands(command.rows)
            return (stated(BandSetAdopted, command, moment),)
        case _:
            assert_never(command)


def _named(adoption: Adoption) -> dict[str, Any]:
    return {each.name: getattr(adoption, each.name) for each in fields(adoption)}


def _require_rising_bands(rows: tuple[BandRow, ...]) -> None:
    """A table that does not rise would give an estimate two procedures, or none."""
    limits = [row.below for row in rows[:-1]]
    known = [limit for limit in limits if limit is not None]
    order = tuple(PolicyBand)
    heavier = all(order.index(one.band) < order.index(two.band) for one, two in pairwise(rows))
    rising = len(known) == len(limits) and known == sorted(set(known))
    require(
        bool(rows) and rising and heavier and rows[-1].below is None,
        "member.bands",
        "limits and procedures must rise from row to row, and the last row has no limit",
        field="rows",
    )
