"""How days, amounts and names are written in a verdict's explanation, in Dutch and in English."""

from collections.abc import Iterable
from datetime import date

from domain.dossier import Version
from domain.terms import BasisPoints, Euro, Text

_MONTHS = (
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)


def day(value: date) -> Text:
    """14 april 2026 / 14 April 2026."""
    nl, en = _MONTHS[value.month - 1]
    return Text(nl=f"{value.day} {nl} {value.year}", en=f"{value.day} {en} {value.year}")


def amount(value: Euro) -> Text:
    """Whole euros with separators; cents only where there are any."""
    euros, cents = divmod(abs(value), 100)
    sign = "-" if value < 0 else ""
    en = f"{sign}EUR {euros:,}" + (f".{cents:02d}" if cents else "")
    nl = f"{sign}EUR {euros:,}".replace(",", ".") + (f",{cents:02d}" if cents else "")
    return Text(nl=nl, en=en)


def percentage(value: BasisPoints | int) -> Text:
    """6,000 basis points is 60 %."""
    whole, rest = divmod(value, 100)
    nl = f"{whole},{rest:02d} %" if rest else f"{whole} %"
    return Text(nl=nl, en=nl.replace(",", "."))


def versions(found: Iterable[Version]) -> str:
    """D14 v1, D15 v2."""
    return ", ".join(f"{document} v{number}" for document, number in found)


def plural(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
