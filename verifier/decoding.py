"""Base64, numbers and JSON, each in its one spelling."""

import json
import math
import re
from base64 import b64decode, b64encode
from typing import Any

from verifier.findings import Malformed
from verifier.sizes import HASH


def strict_base64(text: str) -> bytes:
    """Standard base64 in its one spelling: padded, no spaces, no stray bits at the end."""
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Malformed("not base64") from None
    if b64encode(raw).decode() != text:
        raise Malformed("base64 in another spelling than its own")
    return raw


def strict_decimal(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text):
        raise Malformed(f"{text[:30]!r} is not a decimal number")
    return int(text)


def strict_hash(text: str) -> bytes:
    raw = strict_base64(text)
    if len(raw) != HASH:
        raise Malformed(f"a hash has {HASH} bytes, and this one {len(raw)}")
    return raw


def canonical(value: Any) -> bytes:
    """RFC 8785. Raises Malformed for what has no canonical form."""
    try:
        return _canonical(value).encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed("a text with half a character") from None


def _canonical(value: Any) -> str:
    match value:
        case None | True | False | str() | int():
            return json.dumps(value, ensure_ascii=False)
        case float():
            return _number(value)
        case list():
            return f"[{','.join(map(_canonical, value))}]"
        case dict():
            in_order = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
            members = (f"{_canonical(name)}:{_canonical(each)}" for name, each in in_order)
            return f"{{{','.join(members)}}}"
        case _:
            raise Malformed(f"{type(value).__name__} has no place in JSON")


_FIXED_UP_TO, _FIXED_FROM = 21, -6
"""ECMAScript writes a number without exponent where its point lies between these."""


def _number(value: float) -> str:
    """A number as ECMAScript writes it: the shortest digits that read back as the same number."""
    if not math.isfinite(value):
        raise Malformed("a number that is none")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    if len(digits) <= point <= _FIXED_UP_TO:
        return sign + digits.ljust(point, "0")
    if 0 < point <= _FIXED_UP_TO:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if _FIXED_FROM < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"
