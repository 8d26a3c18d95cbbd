"""Recognised holidays (algemeen erkende feestdagen) of the Algemene termijnenwet, Atw art. 3.

Art. 3(1) lists New Year's Day, Easter Monday, Whit Monday, both Christmas Days, Ascension Day, the
day on which the King's birthday is celebrated and the fifth of May; every fifth of May, not only
the lustrum years in which many have the day off. Art. 3(2) adds Good Friday. Easter Sunday and
Whit Sunday are not listed: they are Sundays, and that suffices.

Art. 3(3) lets the Crown designate more days by a decree in the Staatscourant. Those follow from no
rule: they are a table, and a year that nobody loaded is a year that nobody knows.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.law.coverage import NotCovered
from domain.law.parameter_keys import Tag
from domain.terms import Text

FIRST_YEAR = 2014
"""King's Day was first celebrated in 2014; before it stood another rule and another day."""


_SUNDAY = 7


@dataclass(frozen=True, kw_only=True)
class Holiday:
    day: date
    name: Text
    source: str
    tag: Tag


def easter_sunday(year: int) -> date:
    """Eerste Paasdag: the Sunday after the ecclesiastical full moon (Gregorian computus)."""
    century = year // 100
    golden = year % 19
    shift = century - century // 4 - (8 * century + 13) // 25
    age = (19 * golden + shift + 15) % 30
    # The two longest lunations are shortened by a day, so that no full moon falls after 18 April.
    full_moon = age - (age // 28) * (1 - (29 // (age + 1)) * ((21 - golden) // 11))
    return _sunday_after(date(year, 3, 21) + timedelta(days=full_moon))


def _sunday_after(day: date) -> date:
    return day + timedelta(days=_SUNDAY - day.isoweekday() or _SUNDAY)


def kings_day(year: int) -> date:
    """Koningsdag: 27 April, or the day before where that is a Sunday."""
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.isoweekday() == _SUNDAY else day


def statutory_holidays(year: int) -> tuple[Holiday, ...]:
    """The holidays of Atw 3(1) and 3(2) in `year`, in order of date. Raises NotCovered before 2014.

    Ascension Day can fall on 5 May (2016 was one such year); both then stand here.
    """
    if year < FIRST_YEAR:
        raise NotCovered("the statutory holidays (Algemene termijnenwet art. 3)", date(year, 1, 1))
    easter = easter_sunday(year)
    days = (
        (date(year, 1, 1), "Nieuwjaarsdag", "New Year's Day", "Atw 3(1)"),
        (easter - timedelta(days=2), "Goede Vrijdag", "Good Friday", "Atw 3(2)"),
        (easter + timedelta(days=1), "Tweede Paasdag", "Easter Monday", "Atw 3(1)"),
        (kings_day(year), "Koningsdag", "King's Day", "Atw 3(1)"),
        (date(year, 5, 5), "Bevrijdingsdag", "Liberation Day", "Atw 3(1)"),
        (easter + timedelta(days=39), "Hemelvaartsdag", "Ascension Day", "Atw 3(1)"),
        (easter + timedelta(days=50), "Tweede Pinksterdag", "Whit Monday", "Atw 3(1)"),
        (date(year, 12, 25), "Eerste Kerstdag", "Christmas Day", "Atw 3(1)"),
        (date(year, 12, 26), "Tweede Kerstdag", "Boxing Day", "Atw 3(1)"),
    )
    return tuple(
        Holiday(day=day, name=Text(nl=nl, en=en), source=source, tag=Tag.V2)
        for day, nl, en, source in sorted(days)
    )


def _designated(day: date, source: str) -> Holiday:
    return Holiday(
        day=day,
        name=Text(nl="gelijkgestelde dag", en="designated day"),
        source=f"Atw 3(3); {source}",
        tag=Tag.V2,
    )


_DECREE_2019 = "decree (KB) of 20 September 2019; legal-support-office.nl"
_BOOK = "rule book, section 3; to be confirmed in the Staatscourant"

DESIGNATED = (
    _designated(date(2020, 5, 22), _DECREE_2019),
    _designated(date(2021, 5, 14), _DECREE_2019),
    _designated(date(2022, 5, 27), _DECREE_2019),
    _designated(date(2023, 4, 28), f"{_BOOK}; houwelingen-partners.nl"),
    _designated(date(2023, 5, 19), f"{_BOOK}; houwelingen-partners.nl"),
    _designated(date(2024, 5, 10), _BOOK),
    _designated(date(2024, 12, 27), _BOOK),
    _designated(date(2025, 5, 30), _BOOK),
    _designated(date(2026, 1, 2), _BOOK),
    _designated(date(2026, 5, 15), _BOOK),
    _designated(date(2027, 5, 7), _BOOK),
    _designated(date(2028, 4, 28), _BOOK),
    _designated(date(2028, 5, 26), _BOOK),
)
"""Every designated day of the covered years. No rule predicts them: 6 May 2022, the Friday after a
Thursday Liberation Day, was not designated, while 28 April 2023 after King's Day was."""

COVERED_YEARS = range(2020, 2029)
"""The years whose decrees are loaded in full."""
