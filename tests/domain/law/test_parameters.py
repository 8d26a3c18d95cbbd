"""What the tables say on a day, and whose number it is."""

from datetime import UTC, date, datetime
from itertools import pairwise
from uuid import UUID

import pytest

from domain.convenant_project.preparation import ContractKind
from domain.decider import Refused
from domain.law.adoption import Adopted, adoptable
from domain.law.coverage import NotCovered
from domain.law.parameter_keys import ParameterKey, Tag, Unit
from domain.law.parameter_table import DEFINITIONS
from domain.law.parameters import (
    Basis,
    Parameters,
    parameters_in_force,
    recorded_adoptions,
    recorded_band_sets,
)
from domain.law.thresholds import ProcedureBand
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.member.policy import BandRow, BandSetAdopted, ParameterAdopted, PolicyBand
from domain.record import Recorded
from domain.terms import Euro, Fact, Instant, MemberId, PersonRef

K = ParameterKey
DAY = date(2025, 6, 1)


def at_noon(year: int, month: int, day: int) -> Instant:
    return datetime(year, month, day, 12, tzinfo=UTC)


def adoption(
    key: ParameterKey, value: int, valid_from: date, adopted_at: Instant | None = None
) -> Adopted:
    return Adopted(
        key=key,
        value=value,
        valid_from=valid_from,
        adopted_at=adopted_at or datetime(2023, 1, 1, 12, tzinfo=UTC),
        owner="afdeling Inkoop",
        reason="vastgesteld inkoopbeleid",
    )


@pytest.mark.parametrize(
    ("key", "value", "unit", "tag"),
    [
        (K.LOT_EXEMPT_WORKS, 1_000_000_00, Unit.EURO_CENTS, Tag.V),
        (K.LOT_EXEMPT_OTHER, 80_000_00, Unit.EURO_CENTS, Tag.V),
        (K.LOT_EXEMPT_SHARE, 20_00, Unit.BASIS_POINTS, Tag.V),
        (K.SPLITTING_WINDOW, 12, Unit.MONTHS, Tag.D),
        (K.INVITED_AT_LEAST, 3, Unit.COUNT, Tag.V2),
        (K.INVITED_AT_MOST, 5, Unit.COUNT, Tag.V2),
        (K.INVITEE_MIX_WINDOW, 24, Unit.MONTHS, Tag.D),
        (K.INVITEE_MIX_SHARE, 60_00, Unit.BASIS_POINTS, Tag.D),
        (K.INVITEE_MIX_STREAK, 4, Unit.COUNT, Tag.D),
        (K.MULTI_PRIVATE_CEILING, 1_500_000_00, Unit.EURO_CENTS, Tag.S),
        (K.TURNOVER_CAP, 300_00, Unit.BASIS_POINTS, Tag.V),
        (K.TURNOVER_CAUTION, 200_00, Unit.BASIS_POINTS, Tag.K),
        (K.PRIOR_NOTICE_AT_LEAST, 52, Unit.CALENDAR_DAYS, Tag.V),
        (K.PRIOR_NOTICE_AT_MOST, 12, Unit.MONTHS, Tag.V),
        (K.TENDER_MULTI_PRIVATE, 15, Unit.CALENDAR_DAYS, Tag.D),
        (K.HOLIDAY_SHARE, 50_00, Unit.BASIS_POINTS, Tag.D),
        (K.EXTENSION_AFTER_DEADLINE, 1, Unit.CALENDAR_DAYS, Tag.D),
        (K.EXTENSION_AFTER_CHANGE, 5, Unit.CALENDAR_DAYS, Tag.D),
        (K.INVITATION_SPREAD, 1, Unit.HOURS, Tag.D),
        (K.BACKLOG_TERM, 5, Unit.WORKING_DAYS, Tag.D),
        (K.LEAVER_LOOK_BACK, 24, Unit.MONTHS, Tag.D),
        (K.ANNOUNCEMENT_LEAD, 30, Unit.CALENDAR_DAYS, Tag.D),
        (K.HEARING_TERM, 7, Unit.CALENDAR_DAYS, Tag.D),
        (K.WEIGHTS_SUM, 100_00, Unit.BASIS_POINTS, Tag.D),
        (K.AWARD_LETTER_SPREAD, 0, Unit.CALENDAR_DAYS, Tag.D),
        (K.STANDSTILL, 20, Unit.CALENDAR_DAYS, Tag.V),
        (K.AWARD_NOTICE, 30, Unit.CALENDAR_DAYS, Tag.V),
        (K.FILE_RETENTION, 3, Unit.YEARS, Tag.V),
        (K.FORMER_EMPLOYER, 12, Unit.MONTHS, Tag.D),
        (K.MODIFICATION_SMALL_WORKS, 15_00, Unit.BASIS_POINTS, Tag.V),
        (K.MODIFICATION_SMALL_OTHER, 10_00, Unit.BASIS_POINTS, Tag.V),
        (K.MODIFICATION_INCREASE, 50_00, Unit.BASIS_POINTS, Tag.V),
        (K.SME_SEATS_AT_LEAST, 7, Unit.COUNT, Tag.S),
        (K.SME_SEATS_AT_MOST, 8, Unit.COUNT, Tag.S),
        (K.MUNICIPAL_SEATS_AT_LEAST, 3, Unit.COUNT, Tag.S),
        (K.MUNICIPAL_SEATS_AT_MOST, 5, Unit.COUNT, Tag.S),
        (K.SEAT_ROTATION, 24, Unit.MONTHS, Tag.D),
        (K.REPORT_PUBLICATION, 20, Unit.WORKING_DAYS, Tag.D),
        (K.ENTRY_ANSWER, 30, Unit.CALENDAR_DAYS, Tag.D),
    ],
)
def test_the_number_that_holds_without_any_adoption(
    key: ParameterKey, value: int, unit: Unit, tag: Tag
) -> None:
    found = Parameters().at(key, DAY)
    assert (found.value, found.unit, found.row.tag) == (value, unit, tag)


def test_a_number_of_the_law_binds() -> None:
    standstill = Parameters().at(K.STANDSTILL, DAY)
    assert standstill.basis is Basis.LAW
    assert standstill.binding


def test_an_engineering_reading_binds_only_the_authority_that_adopted_it() -> None:
    backlog = adoption(K.BACKLOG_TERM, 5, date(2023, 1, 1))
    assert not Parameters().at(K.BACKLOG_TERM, DAY).binding
    adopted = parameters_in_force([backlog]).at(K.BACKLOG_TERM, DAY)
    assert adopted.basis is Basis.ADOPTED
    assert adopted.binding
    assert adopted.adopted == backlog


def test_unconfirmed_knowledge_does_not_bind_until_adopted() -> None:
    assert not Parameters().at(K.TURNOVER_CAUTION, DAY).binding


def test_a_number_that_the_founding_documents_state_binds_as_it_stands() -> None:
    ceiling = Parameters().at(K.MULTI_PRIVATE_CEILING, DAY)
    assert ceiling.basis is Basis.DEFAULT
    assert ceiling.binding


def test_the_law_stands_whatever_an_authority_adopts() -> None:
    shorter = adoption(K.STANDSTILL, 10, date(2023, 1, 1))
    standstill = parameters_in_force([shorter]).at(K.STANDSTILL, DAY)
    assert (standstill.value, standstill.basis) == (20, Basis.LAW)


def test_the_adoption_of_the_day_is_the_one_that_counts_in_any_order() -> None:
    first = adoption(K.BACKLOG_TERM, 5, date(2023, 1, 1))
    second = adoption(K.BACKLOG_TERM, 3, date(2024, 7, 1), at_noon(2024, 6, 1))
    for order in ([first, second], [second, first]):
        parameters = parameters_in_force(order)
        assert parameters.at(K.BACKLOG_TERM, date(2022, 12, 31)).basis is Basis.DEFAULT
        assert parameters.at(K.BACKLOG_TERM, date(2024, 6, 30)).value == 5
        assert parameters.at(K.BACKLOG_TERM, date(2024, 7, 1)).value == 3
    assert parameters_in_force([first, second]) == parameters_in_force([second, first])


def test_a_correction_adopted_later_for_the_same_day_wins() -> None:
    slip = adoption(K.BACKLOG_TERM, 50, date(2025, 1, 1), at_noon(2024, 6, 1))
    mended = adoption(K.BACKLOG_TERM, 5, date(2025, 1, 1), at_noon(2024, 6, 2))
    assert parameters_in_force([mended, slip]).at(K.BACKLOG_TERM, DAY).value == 5


def test_a_back_dated_adoption_neither_acquits_nor_convicts_the_past() -> None:
    late = adoption(K.REPORT_PUBLICATION, 90, date(2023, 1, 1), at_noon(2025, 3, 1))
    parameters = parameters_in_force([late])
    assert parameters.at(K.REPORT_PUBLICATION, date(2025, 2, 28)).value == 20
    assert parameters.at(K.REPORT_PUBLICATION, date(2025, 3, 1)).value == 90


def test_an_adoption_counts_from_its_dutch_day() -> None:
    just_after_midnight_in_the_netherlands = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)
    new_year = adoption(K.BACKLOG_TERM, 3, date(2024, 1, 1), just_after_midnight_in_the_netherlands)
    assert new_year.in_force_from == date(2025, 1, 1)


def test_a_day_before_the_law_was_loaded_is_not_answered() -> None:
    with pytest.raises(NotCovered) as unknown:
        Parameters().at(K.STANDSTILL, date(2016, 6, 30))
    assert unknown.value.day == date(2016, 6, 30)
    assert "standstill" in unknown.value.what


def test_no_number_is_given_for_an_instant_only_for_a_day() -> None:
    with pytest.raises(TypeError):
        Parameters().at(K.STANDSTILL, at_noon(2025, 6, 1))


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("coffee-breaks", 3, "parameter.unknown"),
        ("standstill", 10, "parameter.fixed-by-law"),
        ("backlog-term", -1, "parameter.negative"),
    ],
)
def test_what_cannot_be_adopted_is_refused_with_a_cure(key: str, value: int, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        adoptable(key, value)
    assert refusal.value.code == code
    assert refusal.value.field is not None


def test_a_confirmed_default_can_be_adopted() -> None:
    assert adoptable("backlog-term", 5) is K.BACKLOG_TERM


def test_every_key_is_defined_labelled_and_sourced() -> None:
    assert set(DEFINITIONS) == set(ParameterKey)
    for key, each in DEFINITIONS.items():
        assert each.key is key
        assert each.label.nl
        assert each.label.en
        assert each.decides
        assert each.rows
        for row in each.rows:
            assert (row.key, row.unit) == (key, each.unit)
            assert row.source


def test_the_rows_of_a_key_follow_each_other_without_overlap() -> None:
    for each in DEFINITIONS.values():
        for one, two in pairwise(each.rows):
            assert one.valid_until is not None
            assert one.valid_until < two.valid_from


def test_no_two_keys_read_the_same_to_an_officer() -> None:
    for language in ("nl", "en"):
        labels = [getattr(each.label, language) for each in DEFINITIONS.values()]
        assert len(set(labels)) == len(labels)


def test_the_fingerprint_changes_with_what_could_decide_and_with_nothing_else() -> None:
    one = adoption(K.BACKLOG_TERM, 5, date(2023, 1, 1))
    other_reason = Adopted(
        key=one.key,
        value=one.value,
        valid_from=one.valid_from,
        adopted_at=one.adopted_at,
        owner="directie",
        reason="anders verwoord",
    )
    other_value = adoption(K.BACKLOG_TERM, 6, date(2023, 1, 1))
    bare, with_one, reworded, changed = (
        parameters_in_force(each).fingerprint for each in ([], [one], [other_reason], [other_value])
    )
    assert with_one == reworded
    assert len({bare, with_one, changed}) == 3


def recorded(fact: Fact, position: int) -> Recorded[Fact]:
    return Recorded(
        fact=fact,
        position=position,
        stream=UUID(int=1),
        version=position,
        recorded_at=at_noon(2026, 11, 1),
        actor=PersonRef(UUID(int=2)),
        command=UUID(int=3),
    )


def test_adoptions_are_read_from_the_record_with_their_place_in_it() -> None:
    def adopts(parameter: str, value: int) -> ParameterAdopted:
        return ParameterAdopted(
            occurred_at=at_noon(2024, 6, 1),
            parameter=parameter,
            value=value,
            valid_from=date(2024, 7, 1),
            reason="inkoopbeleid 2024",
        )

    link = UndertakingLinked(
        occurred_at=at_noon(2024, 6, 1),
        other=MemberId(UUID(int=4)),
        basis=LinkBasis.GROUP,
        since=date(2024, 1, 1),
    )
    facts = [adopts("backlog-term", 3), link, adopts("a-key-of-a-later-build", 7)]
    found = tuple(recorded_adoptions(recorded(fact, 40 + at) for at, fact in enumerate(facts)))
    assert [(each.key, each.value, each.position) for each in found] == [(K.BACKLOG_TERM, 3, 40)]
    assert parameters_in_force(found).at(K.BACKLOG_TERM, date(2024, 7, 1)).value == 3
    assert parameters_in_force(found).at(K.BACKLOG_TERM, date(2024, 6, 30)).value == 5


def test_bands_are_read_from_the_record_and_hold_from_their_adoption_on() -> None:
    late = BandSetAdopted(
        occurred_at=at_noon(2024, 6, 1),
        kind=ContractKind.WORKS,
        rows=(
            BandRow(
                band=PolicyBand.MULTI_PRIVATE, below=Euro(1_000_000_00), boundary_inclusive=True
            ),
            BandRow(band=PolicyBand.NATIONAL),
        ),
        valid_from=date(2023, 1, 1),
        source_decision="collegebesluit 2022-118",
    )
    noorderdam = MemberId(UUID(int=1))
    found = tuple(recorded_band_sets(noorderdam, [recorded(late, 7)]))
    parameters = parameters_in_force(band_sets=found)
    before = parameters.bands(ContractKind.WORKS, date(2024, 5, 31))
    after = parameters.bands(ContractKind.WORKS, date(2024, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.authority, after.authority, after.position) == (None, noorderdam, 7)
    assert after.band(Euro(1_000_000_00), date(2024, 6, 1)) is ProcedureBand.MULTI_PRIVATE
    assert after.band(Euro(1_000_000_01), date(2024, 6, 1)) is ProcedureBand.NATIONAL
