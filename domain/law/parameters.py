"""Numbers that rules judge by (parameters): dated, with unit, source and certainty.

Three kinds of number meet here. What the law fixes stands whatever an authority says. A default is
an engineering reading of an open norm or a practice figure; it may be replaced. An adopted number
is such a replacement (or a confirmation), recorded by the authority with owner, date and reason.
A breach of a number that nobody could read in a source, and that the authority did not adopt, is
a warning and not a violation: `InForce.binding` is that question.

All values are whole numbers in the unit of their key; there are no floats.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from domain.convenant_project.preparation import ContractKind
from domain.law.adoption import Adopted, adoptable
from domain.law.holidays import COVERED_YEARS, DESIGNATED
from domain.law.parameter_keys import Parameter, ParameterKey, Tag, Unit
from domain.law.parameter_table import DEFINITIONS
from domain.law.thresholds import (
    GIDS_P_COMMON,
    THRESHOLDS,
    BandRow,
    PolicyBandSet,
    ProcedureBand,
    threshold,
)
from domain.member.policy import BandSetAdopted, ParameterAdopted
from domain.record import Recorded
from domain.terms import Euro, MemberId, dutch_date

__all__ = [
    "Adopted",
    "Basis",
    "InForce",
    "Parameter",
    "ParameterKey",
    "Parameters",
    "Tag",
    "Unit",
    "adoptable",
    "parameters_in_force",
    "recorded_adoptions",
    "recorded_band_sets",
]


class Basis(StrEnum):
    """Whose number it is."""

    LAW = "law"
    ADOPTED = "adopted"
    DEFAULT = "default"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """The number that held on a day, and why. `row` is what held or would hold without adoption."""

    row: Parameter
    adopted: Adopted | None
    basis: Basis

    @property
    def value(self) -> int:
        return self.row.value if self.adopted is None else self.adopted.value

    @property
    def unit(self) -> Unit:
        return self.row.unit

    @property
    def binding(self) -> bool:
        """Whether a breach of this number is a VIOLATION; otherwise it is a WARN."""
        return self.basis is Basis.ADOPTED or self.row.tag not in (Tag.K, Tag.D)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Every number that rules may ask for: the tables of this build and what was adopted."""

    adopted: tuple[Adopted, ...] = ()
    band_sets: tuple[PolicyBandSet, ...] = ()

    def at(self, key: ParameterKey, day: date) -> InForce:
        """The number of `key` on the Dutch calendar day `day`. Raises NotCovered."""
        definition = DEFINITIONS[key]
        row = definition.row(day)
        if definition.fixed:
            return InForce(row=row, adopted=None, basis=Basis.LAW)
        own = [each for each in self.adopted if each.key is key and each.in_force_from <= day]
        if not own:
            return InForce(row=row, adopted=None, basis=Basis.DEFAULT)
        newest = max(own, key=lambda each: (each.in_force_from, each.adopted_at, each.position))
        return InForce(row=row, adopted=newest, basis=Basis.ADOPTED)

    def bands(self, kind: ContractKind, day: date) -> PolicyBandSet | None:
        """The bands (Inkoopmatrix) of `day`: the newest recorded set, else the default for works.

        None where nothing is known: no policy recorded, and not works.
        """
        own = [each for each in self.band_sets if each.kind is kind and each.covers(day)]
        if own:
            return max(own, key=lambda each: (each.valid_from, each.position))
        return GIDS_P_COMMON if kind is GIDS_P_COMMON.kind and GIDS_P_COMMON.covers(day) else None

    def splitting_limits(self, kind: ContractKind, day: date) -> tuple[Euro, ...]:
        """The amounts that splitting could duck under (THR-05), rising, the European one last.

        Empty where no threshold is known for the day: then nothing can be said.
        """
        european = threshold(kind, day)
        if european is None:
            return ()
        bands = self.bands(kind, day)
        below = () if bands is None else bands.limits
        return (*(limit for limit in below if limit < european.amount), european.amount)

    @property
    def fingerprint(self) -> str:
        """SHA-256, hex, over every number and holiday that a rule could have judged by.

        Equal fingerprints mean equal tables, so a verdict that shows one can be repeated. Owners
        and reasons do not count: they decide nothing.
        """
        lines = [
            f"{row.key} {row.value} {row.unit} {row.tag} {row.valid_from} {row.valid_until}"
            for definition in DEFINITIONS.values()
            for row in definition.rows
        ]
        lines += [f"{row.id} {row.amount} {row.valid_from} {row.valid_until}" for row in THRESHOLDS]
        lines += [f"{each.day}" for each in DESIGNATED]
        lines += [f"{year}" for year in COVERED_YEARS]
        for each in (GIDS_P_COMMON, *self.band_sets):
            lines.append(f"{each.authority} {each.kind} {each.valid_from} {each.valid_to}")
            lines += [f"{row.band} {row.below} {row.boundary_inclusive}" for row in each.rows]
        lines += [
            f"{own.key} {own.value} {own.valid_from} {own.adopted_at.isoformat()}"
            for own in self.adopted
        ]
        return sha256("\n".join(lines).encode()).hexdigest()


def parameters_in_force(
    adopted: Iterable[Adopted] = (), band_sets: Iterable[PolicyBandSet] = ()
) -> Parameters:
    """The tables of this build with what an authority adopted, in any order, up to some position.

    The order does not matter and an adoption of a fixed number changes nothing: the law stands.
    """
    return Parameters(
        adopted=tuple(
            sorted(
                adopted,
                key=lambda each: (each.key, each.in_force_from, each.adopted_at, each.position),
            )
        ),
        band_sets=tuple(
            sorted(band_sets, key=lambda each: (each.kind, each.valid_from, each.position))
        ),
    )


def recorded_adoptions(recorded: Iterable[Recorded[Any]]) -> Iterator[Adopted]:
    """What an authority's recorded facts adopted; other facts are passed over.

    So is a key that this build does not know: no rule here could ask for it. The owner is the
    pseudonym of whoever recorded the adoption.
    """
    for each in recorded:
        fact = each.fact
        if isinstance(fact, ParameterAdopted) and fact.parameter in set(ParameterKey):
            yield Adopted(
                key=ParameterKey(fact.parameter),
                value=fact.value,
                valid_from=fact.valid_from,
                adopted_at=each.occurred_at,
                owner=each.actor,
                reason=fact.reason,
                position=each.position,
            )


def recorded_band_sets(
    authority: MemberId, recorded: Iterable[Recorded[Any]]
) -> Iterator[PolicyBandSet]:
    """The bands that an authority's recorded facts adopted; other facts are passed over.

    As with numbers, a set holds no earlier than the day on which it was adopted.
    """
    for each in recorded:
        fact = each.fact
        if isinstance(fact, BandSetAdopted):
            yield PolicyBandSet(
                authority=authority,
                kind=fact.kind,
                valid_from=max(fact.valid_from, dutch_date(each.occurred_at)),
                valid_to=fact.valid_until,
                rows=tuple(
                    BandRow(
                        band=ProcedureBand(row.band.value),
                        below=row.below,
                        boundary_inclusive=row.boundary_inclusive,
                    )
                    for row in fact.rows
                ),
                source_decision=fact.source_decision,
                tag=Tag.V,
                position=each.position,
            )
