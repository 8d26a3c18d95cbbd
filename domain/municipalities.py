"""Which municipalities (gemeenten) there were on a day, by their code in the register TOOI.

Municipalities merge, and a code ends with them: what happened in one must have happened while it
was there. Codes from gm9000 on are given to nobody; samples use them, and only a sandbox takes them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.decider import Refused, require, require_form
from domain.municipality_table import EDITION, ROWS
from domain.terms import MUNICIPALITY_CODE

FIRST_SAMPLE = "gm9000"
"""From here on a code is that of a sample: the register numbers no municipality so high."""

_ROW = re.compile(
    r"(?P<code>[0-9]{4}) (?P<name>.+?)(?: (?P<begin>[0-9-]{10}))?(?: /(?P<end>[0-9-]{10}))?"
)


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """`begun` is None where the register has no first day; `ended` is the last day, None if none."""

    code: str
    name: str
    begun: date | None
    ended: date | None

    def there_on(self, day: date) -> bool:
        return (self.begun is None or self.begun <= day) and (
            self.ended is None or day <= self.ended
        )


def is_sample(code: str) -> bool:
    """Whether a well-formed code is one of those that only samples use."""
    return code >= FIRST_SAMPLE


def require_municipality(code: str, day: date, *, malformed: str) -> None:
    """Refuse a code that is none, that nobody has, or whose municipality was not there on `day`.

    `malformed` is the refusal's code for what cannot be a code at all.
    """
    field = "municipalityCode"
    require_form(
        code,
        MUNICIPALITY_CODE,
        malformed,
        "is not a municipality code; write gm and four digits",
        field=field,
    )
    if is_sample(code):
        return
    found = MUNICIPALITIES.get(code)
    if found is None:
        raise Refused(
            "municipality.not-known",
            f"no municipality has the code {code} in {EDITION}; look it up in the register TOOI",
            field=field,
        )
    require(
        found.begun is None or found.begun <= day,
        "municipality.not-yet-there",
        f"{code} is {found.name}, which began on {found.begun}, after {day}; give the code of the"
        " municipality that was there on that day",
        field=field,
    )
    require(
        found.there_on(day),
        "municipality.no-longer-there",
        f"{code} is {found.name}, which ended on {found.ended}, before {day}; give the code of the"
        " municipality that took its place",
        field=field,
    )


def _read(row: str) -> Municipality:
    found = _ROW.fullmatch(row)
    if found is None:
        raise ValueError(f"{row!r} is no row of the table of municipalities")
    begin, end = found["begin"], found["end"]
    return Municipality(
        code=f"gm{found['code']}",
        name=found["name"],
        begun=None if begin is None else date.fromisoformat(begin),
        ended=None if end is None else date.fromisoformat(end),
    )


MUNICIPALITIES: Mapping[str, Municipality] = {
    each.code: each for each in map(_read, ROWS.replace("\n", " ").strip().split(" | "))
}
