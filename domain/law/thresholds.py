"""European thresholds (drempelbedragen) per period, and the bands of a municipality below them.

All amounts are euro cents excluding VAT. The law says "equal to or higher": an estimate of exactly
the threshold is European. Periods that are not loaded have no row, and no row is made up: the
amounts for 2028 and 2029 are unknown until the Commission publishes them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import OutsideRegime
from domain.law.parameter_keys import Tag
from domain.terms import Euro, MemberId

__all__ = [
    "GIDS_P_COMMON",
    "THRESHOLDS",
    "Authority",
    "BandRow",
    "ContractKind",
    "PolicyBandSet",
    "ProcedureBand",
    "ThresholdKind",
    "ThresholdRow",
    "lighter",
    "threshold",
]

ThresholdKind = ContractKind | OutsideRegime
"""What is bought, or the law of its own that it falls under."""


class Authority(StrEnum):
    """Whose threshold: a municipality is decentral, a ministry central (centrale overheid)."""

    DECENTRAL = "decentral"
    CENTRAL = "central"


@dataclass(frozen=True, kw_only=True)
class ThresholdRow:
    """One threshold for one period, both days inclusive. `id` is what evidence shows."""

    id: str
    kind: ThresholdKind
    authority: Authority
    amount: Euro
    valid_from: date
    valid_until: date
    act: str
    source: str
    tag: Tag


@dataclass(frozen=True, kw_only=True)
class _Period:
    """One delegated regulation (gedelegeerde verordening); amounts in whole euros as published."""

    first_year: int
    works: int
    decentral: int
    central: int
    social: int | None
    act: str
    source: str
    tag: Tag


_PERIODS = (
    _Period(
        first_year=2014,
        works=5_186_000,
        decentral=207_000,
        central=134_000,
        social=None,  # the light regime came with Directive 2014/24/EU
        act="Regulation (EU) No 1336/2013 [number K]",
        source="plaatselijke-besturen.brussels, drempels 2014-2020",
        tag=Tag.V2,
    ),
    _Period(
        first_year=2016,
        works=5_225_000,
        decentral=209_000,
        central=135_000,
        social=750_000,
        act="Delegated Regulation (EU) 2015/2170",
        source="legislation.gov.uk/eur/2015/2170",
        tag=Tag.V,
    ),
    _Period(
        first_year=2018,
        works=5_548_000,
        decentral=221_000,
        central=144_000,
        social=750_000,
        act="Delegated Regulation (EU) 2017/2365 [number K]",
        source="plaatselijke-besturen.brussels, drempels 2014-2020",
        tag=Tag.V2,
    ),
    _Period(
        first_year=2020,
        works=5_350_000,
        decentral=214_000,
        central=139_000,
        social=750_000,
        act="Delegated Regulation (EU) 2019/1828 [number K]",
        source="plaatselijke-besturen.brussels; vanreeaccountants.nl 2022-01-21",
        tag=Tag.V2,
    ),
    _Period(
        first_year=2022,
        works=5_382_000,
        decentral=215_000,
        central=140_000,
        social=750_000,
        act="Delegated Regulation (EU) 2021/1952 [number K]",
        source="vanreeaccountants.nl 2022-01-21; wijdemeren.nl; European Commission page",
        tag=Tag.V2,
    ),
    _Period(
        first_year=2024,
        works=5_538_000,
        decentral=221_000,
        central=143_000,
        social=750_000,
        act="Delegated Regulation (EU) 2023/2495",
        source="europadecentraal.nl drempelwaarden, 2024-01-03",
        tag=Tag.V2,
    ),
    _Period(
        first_year=2026,
        works=5_404_000,
        decentral=216_000,
        central=140_000,
        social=750_000,
        act="Delegated Regulation (EU) 2025/2152",
        source="mondaq 2025-10-27; cwmf.gov.ie 2025-12-15",
        tag=Tag.V2,
    ),
)


def _rows(period: _Period) -> list[ThresholdRow]:
    both, decentral, central = tuple(Authority), (Authority.DECENTRAL,), (Authority.CENTRAL,)
    amounts: list[tuple[ThresholdKind, tuple[Authority, ...], int | None]] = [
        (ContractKind.WORKS, both, period.works),
        (ContractKind.SUPPLIES, decentral, period.decentral),
        (ContractKind.SERVICES, decentral, period.decentral),
        (ContractKind.SUPPLIES, central, period.central),
        (ContractKind.SERVICES, central, period.central),
        (OutsideRegime.SOCIAL_SERVICES, both, period.social),
        (OutsideRegime.CONCESSION, both, period.works),
    ]
    return [
        ThresholdRow(
            id=f"{kind}-{authority}-{period.first_year}",
            kind=kind,
            authority=authority,
            amount=Euro(amount * 100),
            valid_from=date(period.first_year, 1, 1),
            valid_until=date(period.first_year + 1, 12, 31),
            act=period.act,
            source=period.source,
            tag=period.tag,
        )
        for kind, authorities, amount in amounts
        if amount is not None
        for authority in authorities
    ]


THRESHOLDS = tuple(row for period in _PERIODS for row in _rows(period))


def threshold(
    kind: ThresholdKind, day: date, authority: Authority = Authority.DECENTRAL
) -> ThresholdRow | None:
    """The row whose period contains `day`, or None where the table has none (THR-07).

    Defence and utilities have thresholds of their own that are not loaded: always None.
    """
    for row in THRESHOLDS:
        if (row.kind, row.authority) == (kind, authority) and (
            row.valid_from <= day <= row.valid_until
        ):
            return row
    return None


class ProcedureBand(StrEnum):
    """How heavy a procedure is; see `lighter`."""

    SINGLE = "single"  # enkelvoudig onderhands
    MULTI_PRIVATE = "multi-private"  # meervoudig onderhands
    NATIONAL = "national"  # nationaal openbaar of niet-openbaar
    EUROPEAN = "european"  # Europees openbaar of niet-openbaar


def lighter(chosen: ProcedureBand, due: ProcedureBand) -> bool:
    """Whether `chosen` gives the market less competition than `due`."""
    order = tuple(ProcedureBand)
    return order.index(chosen) < order.index(due)


@dataclass(frozen=True, kw_only=True)
class BandRow:
    """One band, from the limit of the row before it up to `below`.

    `below` None is the European threshold of the reference day. An estimate of exactly `below`
    belongs to the next band, unless `boundary_inclusive`.
    """

    band: ProcedureBand
    below: Euro | None
    boundary_inclusive: bool = False


@dataclass(frozen=True, kw_only=True)
class PolicyBandSet:
    """The bands of one authority's purchasing policy (Inkoopmatrix) for one kind of contract.

    `authority` None is the default that stands where no policy is recorded. `valid_to` is
    inclusive, None while the policy runs; `position` is the place of its fact in the ledger. Raises ValueError for rows that do not climb, or whose
    last row stops short of the European threshold.
    """

    authority: MemberId | None
    kind: ContractKind = ContractKind.WORKS
    valid_from: date
    valid_to: date | None
    rows: tuple[BandRow, ...]
    source_decision: str
    tag: Tag = Tag.V2
    position: int = 0

    def __post_init__(self) -> None:
        if not self.rows or self.rows[-1].below is not None:
            raise ValueError(
                "rows: the last band must run up to the European threshold (below=None)"
            )
        if any(row.band is ProcedureBand.EUROPEAN for row in self.rows):
            raise ValueError("rows: the European band is the law's; leave it out of the policy")
        for one, two in pairwise(self.rows):
            if one.below is None or (two.below is not None and two.below <= one.below):
                raise ValueError("rows: limits must climb, each above the one before it")
            if not lighter(one.band, two.band):
                raise ValueError("rows: each band must be heavier than the one before it")

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def band(self, estimate: Euro, day: date) -> ProcedureBand | None:
        """The band of `estimate` on the reference day; None where no threshold is known."""
        european = threshold(self.kind, day)
        if european is None:
            return None
        if estimate >= european.amount:
            return ProcedureBand.EUROPEAN
        for row in self.rows:
            if row.below is None or estimate < row.below:
                return row.band
            if row.boundary_inclusive and estimate == row.below:
                return row.band
        raise AssertionError("the last row has no limit")

    @property
    def limits(self) -> tuple[Euro, ...]:
        """The amounts at which a heavier procedure begins, below the European threshold."""
        return tuple(row.below for row in self.rows if row.below is not None)


GIDS_P_COMMON = PolicyBandSet(
    authority=None,
    valid_from=date(2013, 4, 1),
    valid_to=None,
    rows=(
        BandRow(band=ProcedureBand.SINGLE, below=Euro(150_000_00)),
        BandRow(band=ProcedureBand.MULTI_PRIVATE, below=Euro(1_500_000_00)),
        BandRow(band=ProcedureBand.NATIONAL, below=None),
    ),
    source_decision="common reading of Gids Proportionaliteit 3.4A; hethogeland.nl, ru.nl",
)
"""Works only: no source at hand gives bands for supplies and services."""
