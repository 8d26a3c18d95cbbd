"""How a row of the parameter tables is written: the law's numbers, and those an authority sets.

The statute was read in its consolidated text of 1 September 2025. Its numbers are loaded from
1 July 2016, when the articles on periods, prior involvement and modification took their present
form; an earlier day is `NotCovered` unless an older row stands. A law that changes gets an end
date on its row and a new row after it, never another number in the same row.
"""

from datetime import date
from typing import NamedTuple

from domain.law.parameter_keys import Definition, Parameter, Tag, Unit
from domain.law.parameter_keys import ParameterKey as K
from domain.terms import Text

AW_2012 = date(2013, 4, 1)
"""The Aanbestedingswet 2012 and the Gids Proportionaliteit enter into force."""
AW_2016 = date(2016, 7, 1)
"""Its amendment after Directive 2014/24/EU; notices sent earlier follow the older text."""


class Row(NamedTuple):
    value: int
    source: str
    tag: Tag = Tag.V
    since: date = AW_2016
    until: date | None = None


def _define(
    key: K, unit: Unit, label: Text, decides: str, rows: tuple[Row, ...], *, fixed: bool
) -> Definition:
    return Definition(
        key=key,
        unit=unit,
        label=label,
        decides=tuple(decides.split()),
        fixed=fixed,
        rows=tuple(
            Parameter(
                key=key,
                value=row.value,
                unit=unit,
                valid_from=row.since,
                valid_until=row.until,
                source=row.source,
                tag=row.tag,
            )
            for row in rows
        ),
    )


def law(key: K, unit: Unit, label: Text, decides: str, *rows: Row) -> Definition:
    """A number of the statute or of the ARW 2016: nobody adopts another."""
    return _define(key, unit, label, decides, rows, fixed=True)


def default(key: K, unit: Unit, label: Text, decides: str, row: Row) -> Definition:
    """A number that an authority may replace or confirm."""
    return _define(key, unit, label, decides, (row._replace(since=AW_2012),), fixed=False)


def text(nl: str, en: str) -> Text:
    return Text(nl=nl, en=en)


def reading(value: int, source: str = "engineering default") -> Row:
    return Row(value, source, Tag.D)


def seed(value: int, lines: str) -> Row:
    return Row(value, f"founding documents, {lines}", Tag.S)
