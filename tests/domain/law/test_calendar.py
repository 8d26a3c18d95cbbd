"""The legal calendar, held to the worked cases and to a library of holidays."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.law.calendar import (
    add_days,
    add_months,
    add_working_days,
    calendar_days,
    dutch_day,
    earliest_signature,
    holiday,
    is_working_day,
    legal_end,
    months_before,
    next_working_day,
    working_day_from,
    working_days_between,
)
from domain.law.coverage import NotCovered
from domain.law.holidays import (
    COVERED_YEARS,
    DESIGNATED,
    easter_sunday,
    kings_day,
    statutory_holidays,
)

ONE_DAY = timedelta(days=1)
covered = st.dates(date(2020, 1, 1), date(2028, 12, 29))
early_enough = st.dates(date(2020, 1, 1), date(2028, 9, 1))
"""Days from which the terms below still end in a covered year."""


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("sent", "end", "case"),
    [
        ("2024-06-24", "2024-07-15", "S01: the end is a Sunday"),
        ("2025-05-12", "2025-06-02", "S02: the end is a Sunday"),
        ("2025-12-15", "2026-01-05", "S05: the end is a Sunday, after a designated Friday"),
        ("2026-05-12", "2026-06-01", "S07: the end is a Monday"),
        ("2025-11-04", "2025-11-24", "S11: the end is a Monday"),
        ("2025-12-05", "2025-12-29", "U3: Christmas, Boxing Day and a weekend"),
        ("2025-05-10", "2025-06-02", "a designated Friday and a weekend"),
        ("2026-03-14", "2026-04-07", "Good Friday, the weekend and Easter Monday"),
        ("2025-04-07", "2025-04-28", "Sunday 27 April; King's Day was the Saturday before"),
        ("2026-04-15", "2026-05-06", "Liberation Day of a year that is no lustrum"),
    ],
)
def test_where_a_standstill_of_twenty_days_ends(sent: str, end: str, case: str) -> None:
    assert legal_end(day(sent), 20) == day(end), case


@pytest.mark.parametrize(
    ("sent", "signature"),
    [
        ("2024-06-24", "2024-07-16"),
        ("2025-05-12", "2025-06-03"),
        ("2026-05-12", "2026-06-02"),
        ("2025-12-12", "2026-01-06"),
    ],
)
def test_the_first_day_on_which_may_be_signed(sent: str, signature: str) -> None:
    assert earliest_signature(day(sent), 20) == day(signature)


def test_signing_may_start_on_a_holiday_though_no_term_ends_on_one() -> None:
    sent = day("2026-05-14") - timedelta(days=21)
    assert legal_end(sent, 20) == day("2026-05-13")
    assert earliest_signature(sent, 20) == day("2026-05-14")
    assert not is_working_day(day("2026-05-14"))


def mondays() -> list[date]:
    first, last = date(2023, 1, 2), date(2028, 12, 25)
    return [first + timedelta(weeks=each) for each in range((last - first).days // 7 + 1)]


def test_a_letter_sent_on_any_monday_ends_three_mondays_on_or_after_its_holiday() -> None:
    known = [monday for monday in mondays() if monday + timedelta(days=21) < date(2029, 1, 1)]
    assert len(known) == 310
    moved = 0
    for monday in known:
        third = monday + timedelta(days=21)
        assert (monday + timedelta(days=20)).isoweekday() == 7
        expected = third if holiday(third) is None else next_working_day(third)
        moved += third != expected
        assert legal_end(monday, 20) == expected
        assert earliest_signature(monday, 20) == expected + ONE_DAY
    assert moved > 10


def test_the_last_mondays_of_the_table_are_not_answered() -> None:
    unknown = [monday for monday in mondays() if monday + timedelta(days=21) >= date(2029, 1, 1)]
    assert len(unknown) == 3
    for monday in unknown:
        with pytest.raises(NotCovered) as why:
            legal_end(monday, 20)
        assert why.value.day.year == 2029


def test_a_term_of_more_than_ninety_days_ends_where_it_ends() -> None:
    saturday = day("2025-08-30")
    assert legal_end(saturday - timedelta(days=90), 90) == day("2025-09-01")
    assert legal_end(saturday - timedelta(days=91), 91) == saturday


@pytest.mark.parametrize(
    "text", ["2019-12-31", "2029-01-02", "2014-03-05", "2013-05-01", "2035-06-04"]
)
def test_an_ordinary_weekday_of_an_unknown_year_is_not_answered(text: str) -> None:
    with pytest.raises(NotCovered):
        is_working_day(day(text))


@pytest.mark.parametrize("text", ["2029-01-01", "2029-01-06", "2019-12-25", "2010-05-01"])
def test_a_weekend_or_a_statutory_holiday_is_known_in_any_year(text: str) -> None:
    assert not is_working_day(day(text))


def test_statutory_holidays_before_the_first_kings_day_are_not_answered() -> None:
    with pytest.raises(NotCovered):
        statutory_holidays(2013)


def test_every_designated_day_is_an_ordinary_weekday_of_a_covered_year() -> None:
    for each in DESIGNATED:
        assert each.day.year in COVERED_YEARS
        assert each.day.isoweekday() <= 5
        assert each.day not in {known.day for known in statutory_holidays(each.day.year)}
        assert each.source
        assert not is_working_day(each.day)


def test_the_friday_after_ascension_is_designated_in_every_covered_year() -> None:
    designated = {each.day for each in DESIGNATED}
    for year in COVERED_YEARS:
        assert easter_sunday(year) + timedelta(days=40) in designated


@pytest.mark.parametrize("year", range(2014, 2036))
def test_the_statutory_holidays_differ_from_the_library_in_two_known_ways(year: int) -> None:
    """The library lists days off. The Atw lists days on which no term ends.

    Easter Sunday and Whit Sunday are in the library only: the Atw need not name a Sunday. The
    fifth of May is in the library's public days only in lustrum years (and as an optional day in
    the others); Atw 3(1) lists it every year.
    """
    library = set(holidays.country_holidays("NL", years=year, categories=("public",)))
    ours = {each.day for each in statutory_holidays(year)}
    easter = easter_sunday(year)
    assert library - ours == {easter, easter + timedelta(days=49)}
    # In a year in which Ascension falls on 5 May the library has that day under the other name.
    lustrum = year % 5 == 0 or date(year, 5, 5) == easter + timedelta(days=39)
    assert ours - library == (set() if lustrum else {date(year, 5, 5)})
    with_optional = holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    assert ours < set(with_optional)


def test_the_library_knows_no_designated_day() -> None:
    library = holidays.country_holidays(
        "NL", years=COVERED_YEARS, categories=("public", "optional")
    )
    assert not [each.day for each in DESIGNATED if each.day in library]


@pytest.mark.parametrize(
    "text", ["1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2038-04-25"]
)
def test_easter_at_its_edges(text: str) -> None:
    assert easter_sunday(day(text).year) == day(text)


@pytest.mark.parametrize(
    ("year", "text"), [(2014, "2014-04-26"), (2025, "2025-04-26"), (2026, "2026-04-27")]
)
def test_kings_day_gives_way_to_a_sunday(year: int, text: str) -> None:
    assert kings_day(year) == day(text)


def test_a_late_joiner_served_two_working_days_on() -> None:
    assert working_days_between(day("2025-09-10"), day("2025-09-12")) == 2
    assert add_working_days(day("2025-09-10"), 5) == day("2025-09-17")


def test_working_days_skip_easter() -> None:
    assert add_working_days(day("2026-04-02"), 1) == day("2026-04-07")
    assert working_days_between(day("2026-04-02"), day("2026-04-06")) == 0


def test_no_working_days_pass_backwards() -> None:
    assert working_days_between(day("2026-04-09"), day("2026-04-07")) == 0


@pytest.mark.parametrize("term", [add_working_days, legal_end, earliest_signature])
def test_a_negative_term_is_a_slip_of_the_programmer(term: Callable[[date, int], date]) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        term(day("2026-04-09"), -1)


def test_days_are_counted_on_the_dutch_clock() -> None:
    just_after_midnight = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    before_midnight = datetime(2026, 3, 31, 21, 59, tzinfo=UTC)
    assert dutch_day(just_after_midnight) == day("2026-04-01")
    assert calendar_days(before_midnight, just_after_midnight) == 1
    assert calendar_days(just_after_midnight, day("2026-04-11")) == 10
    winter = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    assert dutch_day(winter) == day("2026-01-31")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-15", 2, "2026-01-15"),
        ("2026-01-15", -2, "2025-11-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-04-07", -24, "2024-04-07"),
        ("2026-04-07", 0, "2026-04-07"),
    ],
)
def test_months_keep_the_day_where_the_month_has_it(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)
    assert months_before(day(start), -months) == day(end)


@given(early_enough)
def test_the_next_working_day_is_the_nearest_one(start: date) -> None:
    found = next_working_day(start)
    assert found > start
    assert is_working_day(found)
    between = range(start.toordinal() + 1, found.toordinal())
    assert not any(is_working_day(date.fromordinal(each)) for each in between)


@given(early_enough, st.integers(0, 60))
def test_counting_working_days_undoes_adding_them(start: date, count: int) -> None:
    assert working_days_between(start, add_working_days(start, count)) == count


@given(early_enough, st.integers(0, 90))
def test_a_term_ends_on_a_working_day_and_never_early(sent: date, days: int) -> None:
    end = legal_end(sent, days)
    assert is_working_day(end)
    assert end == working_day_from(add_days(sent, days))
    assert 0 <= calendar_days(sent, end) - days <= 7


@given(early_enough, early_enough, st.integers(0, 90))
def test_who_sends_later_never_may_sign_earlier(one: date, other: date, days: int) -> None:
    earlier, later = sorted((one, other))
    assert earliest_signature(earlier, days) <= earliest_signature(later, days)
