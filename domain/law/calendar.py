"""The legal calendar (Algemene termijnenwet, Atw): working days, terms and where they end.

A day is a calendar day in the Netherlands. Every function also takes an instant and reads it as
its Dutch day, so that half past midnight in Amsterdam is not yesterday. Day 0 of a term is the
day of sending.

The calendar answers what it knows: a Saturday, a Sunday and a statutory holiday are no working
days in any year. Whether an ordinary weekday is a working day depends on the decrees under Atw
3(3); in a year whose decrees are not loaded (`holidays.COVERED_YEARS`) it raises `NotCovered`.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache

from domain.law.coverage import NotCovered
from domain.law.holidays import COVERED_YEARS, DESIGNATED, Holiday, statutory_holidays
from domain.terms import dutch_date

_SATURDAY = 6
_ONE_DAY = timedelta(days=1)
_LONGEST_MOVING_TERM = 90
"""Days; the Atw leaves longer terms where they end (art. 4)."""


def dutch_day(day: date) -> date:
    """`day` itself, or the Dutch calendar day of an instant (which must know its time zone)."""
    return dutch_date(day) if isinstance(day, datetime) else day


def holiday(day: date) -> Holiday | None:
    """The recognised holiday on this day; None also where the decrees of its year are unknown.

    `is_working_day` is the question whose answer says so. Raises NotCovered before 2014.
    """
    return _holidays(dutch_day(day).year).get(dutch_day(day))


def is_working_day(day: date) -> bool:
    """Whether this is no Saturday, Sunday or recognised holiday. Raises NotCovered."""
    day = dutch_day(day)
    if day.isoweekday() >= _SATURDAY or holiday(day) is not None:
        return False
    if day.year not in COVERED_YEARS:
        raise NotCovered("the table of designated holidays (Atw 3(3))", day)
    return True


def working_day_from(day: date) -> date:
    """This day if it is a working day, otherwise the first one after it. Raises NotCovered."""
    day = dutch_day(day)
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def next_working_day(day: date) -> date:
    """The first working day after this day. Raises NotCovered."""
    return working_day_from(dutch_day(day) + _ONE_DAY)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after this day; the day itself for 0. Raises NotCovered."""
    _require_no_less_than_zero(count)
    day = dutch_day(day)
    for _ in range(count):
        day = next_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 if `end` is not later.

    So `working_days_between(d, add_working_days(d, n)) == n`. Raises NotCovered.
    """
    first, last = dutch_day(start), dutch_day(end)
    days = range(first.toordinal() + 1, last.toordinal() + 1)
    return sum(is_working_day(date.fromordinal(each)) for each in days)


def calendar_days(start: date, end: date) -> int:
    """Days from `start` to `end`: 0 on the same Dutch day, negative if `end` is earlier."""
    return dutch_day(end).toordinal() - dutch_day(start).toordinal()


def add_days(day: date, count: int) -> date:
    """The day `count` calendar days after this one, or before it where `count` is negative."""
    return dutch_day(day) + timedelta(days=count)


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months on; the last of that month where it is shorter."""
    day = dutch_day(day)
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_before(day: date, count: int) -> date:
    """The same day of the month `count` months earlier; see `add_months`."""
    return add_months(day, -count)


def legal_end(sent: date, days: int) -> date:
    """The last day of a term of `days` calendar days that began with a sending (Atw 1(1)).

    An end on a Saturday, Sunday or recognised holiday moves to the next working day, and that
    whole day still belongs to the term. Raises NotCovered.
    """
    _require_no_less_than_zero(days)
    end = add_days(sent, days)
    return end if days > _LONGEST_MOVING_TERM else working_day_from(end)


def earliest_signature(sent: date, days: int) -> date:
    """The first day on which may be signed: the day after the legal end, holiday or not."""
    return legal_end(sent, days) + _ONE_DAY


def _require_no_less_than_zero(count: int) -> None:
    if count < 0:
        raise ValueError(f"a term of {count} days would end before it began; give zero or more")


@cache
def _holidays(year: int) -> dict[date, Holiday]:
    designated = {each.day: each for each in DESIGNATED if each.day.year == year}
    return designated | {each.day: each for each in statutory_holidays(year)}
