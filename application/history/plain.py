"""The readable form of a state: plain JSON in which equal states are equal, text for text.

A state is what a decider keeps to decide by; it is stored nowhere and has no form of its own. Here
it is written as the forms write facts: names in camelCase, sets sorted, instants in UTC. A sealed
value stays the sealed value that it is.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.shapes import camel_case, write_instant

Json = Any


def plain(value: Any) -> Json:
    """`value` of the domain as JSON. `TypeError` for what the domain has no business to hold."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | UUID):
        return str(value)
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted((plain(each) for each in value), key=text)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {camel_case(each.name): plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"a state holds {type(value).__name__}, which cannot be shown")


def text(value: Json) -> str:
    """One text for equal JSON."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
