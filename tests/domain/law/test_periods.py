"""Minimum periods per regime and form, as tables."""

from datetime import UTC, date, datetime

import pytest

from domain.convenant_project.procedure import ProcedureType
from domain.law.adoption import Adopted
from domain.law.coverage import NotCovered
from domain.law.parameter_keys import ParameterKey, Tag
from domain.law.parameters import Parameters, parameters_in_force
from domain.law.periods import (
    MinimumDays,
    Regime,
    min_request_days,
    min_tender_days,
    nvi_days,
)

DAY = date(2025, 3, 3)
OPEN, RESTRICTED, NEGOTIATED = (
    ProcedureType.EUROPEAN_OPEN,
    ProcedureType.EUROPEAN_RESTRICTED,
    ProcedureType.EUROPEAN_NEGOTIATION,
)
NATIONAL_OPEN, NATIONAL_RESTRICTED = ProcedureType.NATIONAL_OPEN, ProcedureType.NATIONAL_RESTRICTED
EU, NATIONAL, PRINCIPLES = Regime.EUROPEAN, Regime.NATIONAL, Regime.EUROPEAN_PRINCIPLES


def tender(
    declared: ProcedureType, regime: Regime, flags: str = "", day: date = DAY
) -> MinimumDays | None:
    said = flags.split()
    return min_tender_days(
        declared,
        regime,
        day,
        e_submission="electronic" in said,
        docs_offline_ground="offline" in said,
        urgency="urgent" in said,
        prior_notice="prior" in said,
    )


@pytest.mark.parametrize(
    ("declared", "regime", "flags", "days", "arithmetic"),
    [
        (OPEN, EU, "", 45, "45"),
        (OPEN, EU, "electronic", 40, "45 - 5"),
        (OPEN, EU, "electronic offline", 45, "45 - 5 + 5"),
        (OPEN, EU, "offline", 50, "45 + 5"),
        (OPEN, EU, "prior", 29, "29"),
        (OPEN, EU, "prior electronic", 29, "29"),
        (OPEN, EU, "prior offline", 34, "29 + 5"),
        (OPEN, EU, "urgent", 15, "15"),
        (OPEN, EU, "urgent offline electronic prior", 15, "15"),
        (RESTRICTED, EU, "", 40, "40"),
        (RESTRICTED, EU, "electronic", 35, "40 - 5"),
        (RESTRICTED, EU, "urgent", 10, "10"),
        (NEGOTIATED, EU, "electronic", 35, "40 - 5"),
        (NEGOTIATED, EU, "urgent", 10, "10"),
        (NATIONAL_OPEN, NATIONAL, "", 32, "32"),
        (NATIONAL_OPEN, NATIONAL, "electronic offline urgent prior", 32, "32"),
        (NATIONAL_RESTRICTED, NATIONAL, "electronic", 21, "21"),
        (NATIONAL_OPEN, EU, "electronic", 40, "45 - 5"),
        (OPEN, NATIONAL, "electronic", 32, "32"),
        (NATIONAL_OPEN, PRINCIPLES, "", 32, "32"),
        (NATIONAL_RESTRICTED, PRINCIPLES, "", 21, "21"),
    ],
)
def test_the_shortest_tender_period(
    declared: ProcedureType, regime: Regime, flags: str, days: int, arithmetic: str
) -> None:
    found = tender(declared, regime, flags)
    assert found is not None
    assert (found.days, found.arithmetic) == (days, arithmetic)


@pytest.mark.parametrize(
    ("declared", "regime"),
    [
        (ProcedureType.COMPETITIVE_DIALOGUE, EU),
        (ProcedureType.INNOVATION_PARTNERSHIP, EU),
        (ProcedureType.PRIVATE_MULTIPLE, EU),
        (NEGOTIATED, NATIONAL),
        (ProcedureType.PRIVATE_MULTIPLE, NATIONAL),
        (ProcedureType.PRIVATE_SINGLE, Regime.SINGLE),
        (ProcedureType.PRIVATE_MULTIPLE, Regime.MULTI_PRIVATE),
        (ProcedureType.NATIONAL_OPEN, Regime.MULTI_PRIVATE),
        (ProcedureType.PRIVATE_MULTIPLE, PRINCIPLES),
        (ProcedureType.NEGOTIATION_WITHOUT_NOTICE, EU),
    ],
)
def test_where_the_law_sets_no_tender_period(declared: ProcedureType, regime: Regime) -> None:
    assert tender(declared, regime, "electronic offline") is None


def test_after_a_prior_notice_the_floor_is_shown_beside_the_rule() -> None:
    found = tender(OPEN, EU, "prior")
    assert found is not None
    assert found.never_below is not None
    assert found.never_below.value == 22


def test_the_parts_of_a_period_carry_their_sources() -> None:
    found = tender(OPEN, EU, "electronic offline")
    assert found is not None
    assert [row.source for _, row in found.parts] == ["Aw 2.71(1)", "Aw 2.74b", "Aw 2.72"]


def test_periods_of_the_older_law_are_not_guessed() -> None:
    with pytest.raises(NotCovered):
        tender(OPEN, EU, day=date(2016, 6, 30))


@pytest.mark.parametrize(
    ("declared", "regime", "urgency", "days"),
    [
        (RESTRICTED, EU, False, 30),
        (RESTRICTED, EU, True, 15),
        (NEGOTIATED, EU, True, 15),
        (ProcedureType.COMPETITIVE_DIALOGUE, EU, False, 30),
        (ProcedureType.COMPETITIVE_DIALOGUE, EU, True, 30),
        (ProcedureType.INNOVATION_PARTNERSHIP, EU, False, 30),
        (NATIONAL_RESTRICTED, NATIONAL, True, 17),
        (OPEN, EU, False, None),
        (NATIONAL_OPEN, NATIONAL, False, None),
    ],
)
def test_the_shortest_period_for_requests_to_participate(
    declared: ProcedureType, regime: Regime, *, urgency: bool, days: int | None
) -> None:
    found = min_request_days(declared, regime, DAY, urgency=urgency)
    assert (found and found.days) == days


@pytest.mark.parametrize(
    ("regime", "urgency", "days", "tag"),
    [
        (EU, False, 10, Tag.V),
        (EU, True, 4, Tag.V),
        (NATIONAL, False, 6, Tag.V2),
        (NATIONAL, True, 6, Tag.V2),
        (PRINCIPLES, False, 6, Tag.V2),
        (Regime.MULTI_PRIVATE, False, 6, Tag.D),
    ],
)
def test_how_long_before_the_deadline_the_last_answers_are_due(
    regime: Regime, *, urgency: bool, days: int, tag: Tag
) -> None:
    found = nvi_days(regime, DAY, Parameters(), urgency=urgency)
    assert found is not None
    assert (found.value, found.row.tag) == (days, tag)


def test_a_single_tender_knows_no_last_answers() -> None:
    assert nvi_days(Regime.SINGLE, DAY, Parameters()) is None


def test_before_the_amendment_of_2016_answers_were_due_six_days_ahead() -> None:
    for day, days in ((date(2016, 6, 30), 6), (date(2016, 7, 1), 10)):
        found = nvi_days(EU, day, Parameters())
        assert found is not None
        assert found.value == days


def test_an_authority_sets_the_last_answers_of_its_own_private_procedures_only() -> None:
    eight = [
        Adopted(
            key=key,
            value=8,
            valid_from=date(2023, 1, 1),
            adopted_at=datetime(2023, 1, 1, tzinfo=UTC),
            owner="afdeling Inkoop",
            reason="eigen beleid",
        )
        for key in (ParameterKey.NVI_MULTI_PRIVATE, ParameterKey.NVI_EUROPEAN)
    ]
    parameters = parameters_in_force(eight)
    private = nvi_days(Regime.MULTI_PRIVATE, DAY, parameters)
    european = nvi_days(EU, DAY, parameters)
    assert private is not None
    assert european is not None
    assert (private.value, european.value) == (8, 10)
