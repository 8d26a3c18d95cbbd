"""What one element can hold: an amount, a day, a moment, a count, a code.

Each function reads one `Node` and either gives the value or refuses the notice, naming the element.
Numbers never pass through floating point. Years are bounded, so that no later arithmetic with a
moment can overflow.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import NoReturn

from application.notices.notice import PLACEHOLDER, Remark, RemarkCode
from domain.terms import DUTCH_TIME, Euro, Instant, Text
from infrastructure.notices.node import Node

FIRST_YEAR = 1990
LAST_YEAR = 2100
LARGEST_AMOUNT = 2**53 - 1
"""Euro cents: the largest whole number that RFC 8785 writes without loss."""

_AMOUNT = re.compile(r"[0-9]{1,18}(\.[0-9]{1,6})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_COUNT = re.compile(r"[0-9]{1,9}")
_CPV = re.compile(r"([0-9]{8})(-[0-9])?")
_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")


def euro(node: Node, unit: str, remarks: list[Remark]) -> Euro | None:
    """The amount in euro cents; `unit` is the code of its currency.

    Another currency is not converted: the result is None and a remark keeps what was said. So is
    -1, which eForms writes for an amount that is withheld (FieldsPrivacy).
    """
    said = node.words
    if re.fullmatch(r"[A-Z]{3}", unit) is None:
        node.refuse_malformed(
            "De munteenheid is geen code van drie letters.",
            "The currency is not a code of three letters.",
        )
    if said == "-1":
        remarks.append(
            Remark(
                code=RemarkCode.NOT_STATED,
                element=node.where,
                text=Text(nl="Het bedrag wordt achtergehouden.", en="The amount is withheld."),
            )
        )
        return None
    if _AMOUNT.fullmatch(said) is None:
        node.refuse_malformed(
            "Het bedrag is geen getal van nul of meer, met een punt voor de centen.",
            "The amount is not a number of zero or more, with a point before the cents.",
        )
    cents = Decimal(said) * 100
    if cents != int(cents) or cents > LARGEST_AMOUNT:
        node.refuse_malformed(
            "Het bedrag is geen heel aantal centen, of groter dan wij kunnen bewaren.",
            "The amount is not a whole number of cents, or larger than we can keep.",
        )
    if unit != "EUR":
        remarks.append(
            Remark(
                code=RemarkCode.NOT_IMPORTED,
                element=node.where,
                text=Text(
                    nl=f"Het bedrag luidt {said} {unit}; alleen euro's worden overgenomen.",
                    en=f"The amount is {said} {unit}; only euros are imported.",
                ),
            )
        )
        return None
    if cents <= PLACEHOLDER:
        remarks.append(
            Remark(
                code=RemarkCode.PLACEHOLDER,
                element=node.where,
                text=Text(
                    nl=f"Het bedrag {said} euro is waarschijnlijk ingevuld omdat het moest.",
                    en=f"The amount of {said} euro was probably filled in because it had to be.",
                ),
            )
        )
    return Euro(int(cents))


def day(node: Node) -> date:
    """The calendar day, as written; an offset says in which time zone it is that day."""
    match = _DAY.fullmatch(node.words) or _COMPACT_DAY.fullmatch(node.words)
    if match is None:
        _refuse_date(node)
    return _date(node, match[1], match[2], match[3])


def optional_day(node: Node | None) -> date | None:
    return None if node is None else day(node)


def moment(on: Node, at: Node | None, *, dutch: bool, remarks: list[Remark]) -> Instant | None:
    """The moment in UTC, of a day and the time that stands beside it.

    eForms writes the offset with the time. TED writes the local time of the buyer, which is read
    as Dutch time if `dutch`. None, with a remark, where the time or its time zone is not known.
    """
    that_day = day(on)
    if at is None:
        _remark_unknown(on, remarks)
        return None
    match = _TIME.fullmatch(at.words)
    if match is None:
        _refuse_time(at)
    try:
        clock = time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        _refuse_time(at)
    if match[4] is None and not dutch:
        _remark_unknown(at, remarks)
        return None
    zone = DUTCH_TIME if match[4] is None else _zone(at, match[4])
    written = _DAY.fullmatch(on.words)
    if written and written[4] and match[4] and _zone(on, written[4]) != zone:
        remarks.append(
            Remark(
                code=RemarkCode.CONTRADICTION,
                element=at.where,
                text=Text(
                    nl="De dag en de tijd noemen elk een andere tijdzone; die van de tijd geldt.",
                    en="The day and the time each name another time zone; that of the time is read.",
                ),
            )
        )
    return datetime.combine(that_day, clock, zone).astimezone(UTC)


def count(node: Node | None) -> int | None:
    """A number of things; -1, which eForms writes for a withheld number, is None."""
    if node is None or node.words == "-1":
        return None
    if _COUNT.fullmatch(node.words) is None:
        node.refuse_malformed("Het aantal is geen heel getal.", "The count is not a whole number.")
    return int(node.words)


def indicator(node: Node) -> bool:
    """A yes or a no, which eForms writes as true and false."""
    if node.words not in {"true", "false"}:
        node.refuse_malformed("Hier hoort true of false.", "This should be true or false.")
    return node.words == "true"


def cpv(node: Node, code: str) -> str:
    """A code of the Common Procurement Vocabulary: 8 digits, a check digit behind them dropped."""
    match = _CPV.fullmatch(code)
    if match is None:
        node.refuse_malformed("De CPV-code heeft geen 8 cijfers.", "The CPV code has not 8 digits.")
    return match[1]


def nuts(node: Node, code: str) -> str:
    """A region of the EU's nomenclature: a country's two letters and up to three signs."""
    if _NUTS.fullmatch(code) is None:
        node.refuse_malformed(
            "De NUTS-code is geen landcode met hoogstens drie tekens.",
            "The NUTS code is not a country code with at most three signs.",
        )
    return code


def kvk_number(
    numbers: tuple[str, ...], *, country: str | None, buyers: frozenset[str]
) -> str | None:
    """The KvK number among an undertaking's own national ids: exactly 8 digits, in the Netherlands.

    Other countries have registers with 8 digits too, and 9 digits may be a citizen service number.
    A number that the notice also gives a buyer (`buyers`) was copied there by mistake.
    """
    if country not in {"NL", "NLD"}:
        return None
    found = (each for each in numbers if re.fullmatch(r"[0-9]{8}", each) and each not in buyers)
    return next(found, None)


def _date(node: Node, year: str, month: str, day_of_month: str) -> date:
    try:
        found = date(int(year), int(month), int(day_of_month))
    except ValueError:
        _refuse_date(node)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        _refuse_date(node)
    return found


def _zone(node: Node, offset: str) -> timezone:
    if offset == "Z":
        return UTC
    sign = -1 if offset[0] == "-" else 1
    distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
    if distance > timedelta(hours=14):
        _refuse_time(node)
    return timezone(sign * distance)


def _refuse_date(node: Node) -> NoReturn:
    node.refuse_malformed(
        f"De datum is geen dag tussen {FIRST_YEAR} en {LAST_YEAR} in de vorm JJJJ-MM-DD.",
        f"The date is not a day between {FIRST_YEAR} and {LAST_YEAR} in the form YYYY-MM-DD.",
    )


def _refuse_time(node: Node) -> NoReturn:
    node.refuse_malformed(
        "De tijd is geen uur en minuut in de vorm UU:MM.",
        "The time is not an hour and minute in the form HH:MM.",
    )


def _remark_unknown(node: Node, remarks: list[Remark]) -> None:
    remarks.append(
        Remark(
            code=RemarkCode.NOT_IMPORTED,
            element=node.where,
            text=Text(
                nl="Het tijdstip staat er niet bij, of niet in welke tijdzone; alleen de dag telt.",
                en="The time is not given, or not in which time zone; only the day is imported.",
            ),
        )
    )
