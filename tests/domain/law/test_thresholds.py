"""European thresholds per period, and the bands below them."""

from datetime import date
from uuid import UUID

import pytest

from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import OutsideRegime
from domain.law.parameters import parameters_in_force
from domain.law.thresholds import (
    GIDS_P_COMMON,
    THRESHOLDS,
    Authority,
    BandRow,
    PolicyBandSet,
    ProcedureBand,
    ThresholdKind,
    lighter,
    threshold,
)
from domain.terms import Euro, MemberId

WORKS = ContractKind.WORKS
NOORDERDAM = MemberId(UUID("7b0e7c5e-1f5a-4f0c-9a3f-2d9f0c1f2a3b"))


def euros(amount: int) -> Euro:
    return Euro(amount * 100)


@pytest.mark.parametrize(
    ("year", "works", "services", "central", "social"),
    [
        (2014, 5_186_000, 207_000, 134_000, None),
        (2015, 5_186_000, 207_000, 134_000, None),
        (2016, 5_225_000, 209_000, 135_000, 750_000),
        (2017, 5_225_000, 209_000, 135_000, 750_000),
        (2018, 5_548_000, 221_000, 144_000, 750_000),
        (2020, 5_350_000, 214_000, 139_000, 750_000),
        (2022, 5_382_000, 215_000, 140_000, 750_000),
        (2024, 5_538_000, 221_000, 143_000, 750_000),
        (2026, 5_404_000, 216_000, 140_000, 750_000),
        (2027, 5_404_000, 216_000, 140_000, 750_000),
    ],
)
def test_the_thresholds_of_a_year(
    year: int, works: int, services: int, central: int, social: int | None
) -> None:
    for day in (date(year, 1, 1), date(year, 12, 31)):
        expected: dict[ThresholdKind, int | None] = {
            ContractKind.WORKS: works,
            ContractKind.SUPPLIES: services,
            ContractKind.SERVICES: services,
            OutsideRegime.SOCIAL_SERVICES: social,
            OutsideRegime.CONCESSION: works,
        }
        for kind, amount in expected.items():
            row = threshold(kind, day)
            assert (row and row.amount) == (amount and euros(amount))
        ministry = threshold(ContractKind.SERVICES, day, Authority.CENTRAL)
        assert ministry is not None
        assert ministry.amount == euros(central)


KINDS: list[ThresholdKind] = [
    ContractKind.WORKS,
    ContractKind.SERVICES,
    OutsideRegime.SOCIAL_SERVICES,
]


@pytest.mark.parametrize("day", [date(2013, 12, 31), date(2028, 1, 1), date(2028, 1, 3)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_period_that_is_not_loaded_has_no_threshold(kind: ThresholdKind, day: date) -> None:
    assert threshold(kind, day) is None


def test_defence_and_utilities_have_thresholds_of_their_own_that_are_not_loaded() -> None:
    assert threshold(OutsideRegime.DEFENCE, date(2025, 1, 1)) is None
    assert threshold(OutsideRegime.UTILITIES, date(2025, 1, 1)) is None


def test_every_row_has_its_own_id_act_and_source() -> None:
    assert len({row.id for row in THRESHOLDS}) == len(THRESHOLDS)
    assert all(row.act and row.source for row in THRESHOLDS)


@pytest.mark.parametrize(
    ("estimate", "band"),
    [
        (0, ProcedureBand.SINGLE),
        (149_999, ProcedureBand.SINGLE),
        (150_000, ProcedureBand.MULTI_PRIVATE),
        (1_499_999, ProcedureBand.MULTI_PRIVATE),
        (1_500_000, ProcedureBand.NATIONAL),
        (5_537_999, ProcedureBand.NATIONAL),
        (5_538_000, ProcedureBand.EUROPEAN),
    ],
)
def test_the_common_bands_for_works_in_2024(estimate: int, band: ProcedureBand) -> None:
    assert GIDS_P_COMMON.band(euros(estimate), date(2024, 5, 13)) is band


def test_an_estimate_of_exactly_the_threshold_is_european() -> None:
    assert GIDS_P_COMMON.band(euros(5_404_000), date(2026, 1, 1)) is ProcedureBand.EUROPEAN
    assert GIDS_P_COMMON.band(euros(5_404_000), date(2025, 12, 31)) is ProcedureBand.NATIONAL


def test_no_band_is_named_while_the_threshold_is_unknown() -> None:
    assert GIDS_P_COMMON.band(euros(100), date(2028, 1, 3)) is None


def policy(*rows: BandRow, valid_from: date = date(2023, 1, 1)) -> PolicyBandSet:
    return PolicyBandSet(
        authority=NOORDERDAM,
        valid_from=valid_from,
        valid_to=None,
        rows=rows,
        source_decision="collegebesluit 2022-118",
    )


INCLUSIVE = policy(
    BandRow(band=ProcedureBand.SINGLE, below=euros(100_000)),
    BandRow(band=ProcedureBand.MULTI_PRIVATE, below=euros(1_500_000), boundary_inclusive=True),
    BandRow(band=ProcedureBand.NATIONAL, below=None),
)


def test_a_policy_may_count_the_limit_itself_to_the_lighter_band() -> None:
    assert INCLUSIVE.band(euros(1_500_000), date(2024, 1, 1)) is ProcedureBand.MULTI_PRIVATE
    assert INCLUSIVE.band(Euro(euros(1_500_000) + 1), date(2024, 1, 1)) is ProcedureBand.NATIONAL


def test_a_recorded_policy_replaces_the_common_bands_from_its_day() -> None:
    parameters = parameters_in_force(band_sets=[INCLUSIVE])
    assert parameters.bands(WORKS, date(2022, 12, 31)) == GIDS_P_COMMON
    assert parameters.bands(WORKS, date(2023, 1, 1)) == INCLUSIVE


def test_the_newest_policy_of_the_day_counts() -> None:
    newer = policy(*GIDS_P_COMMON.rows, valid_from=date(2025, 1, 1))
    parameters = parameters_in_force(band_sets=[newer, INCLUSIVE])
    assert parameters.bands(WORKS, date(2024, 12, 31)) == INCLUSIVE
    assert parameters.bands(WORKS, date(2025, 1, 1)) == newer


def test_there_are_no_common_bands_for_services() -> None:
    assert parameters_in_force().bands(ContractKind.SERVICES, date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (BandRow(band=ProcedureBand.SINGLE, below=euros(1)),),
        (
            BandRow(band=ProcedureBand.SINGLE, below=None),
            BandRow(band=ProcedureBand.NATIONAL, below=None),
        ),
        (
            BandRow(band=ProcedureBand.SINGLE, below=euros(2)),
            BandRow(band=ProcedureBand.MULTI_PRIVATE, below=euros(1)),
            BandRow(band=ProcedureBand.NATIONAL, below=None),
        ),
        (
            BandRow(band=ProcedureBand.NATIONAL, below=euros(2)),
            BandRow(band=ProcedureBand.MULTI_PRIVATE, below=None),
        ),
        (BandRow(band=ProcedureBand.EUROPEAN, below=None),),
    ],
)
def test_bands_that_make_no_sense_cannot_be_written_down(rows: tuple[BandRow, ...]) -> None:
    with pytest.raises(ValueError, match=r"^rows: "):
        policy(*rows)


def test_lighter_means_less_competition() -> None:
    assert lighter(ProcedureBand.SINGLE, ProcedureBand.MULTI_PRIVATE)
    assert not lighter(ProcedureBand.NATIONAL, ProcedureBand.NATIONAL)
    assert not lighter(ProcedureBand.EUROPEAN, ProcedureBand.NATIONAL)


def test_splitting_can_duck_under_every_band_and_under_the_threshold() -> None:
    parameters = parameters_in_force()
    day = date(2025, 1, 1)
    assert parameters.splitting_limits(WORKS, day) == (
        euros(150_000),
        euros(1_500_000),
        euros(5_538_000),
    )
    assert parameters.splitting_limits(ContractKind.SERVICES, day) == (euros(221_000),)
    assert parameters.splitting_limits(WORKS, date(2028, 1, 3)) == ()
