"""Codes of a mission: a short name that is given once, and known before it is referred to."""

from collections.abc import Collection

from domain.decider import require, require_form
from domain.terms import CODE, BasisPoints, Code, Euro


def require_new(known: Collection[Code], code: Code, name: str) -> None:
    """Refuse a code that is none, or that stands for another `name` (pilot, check) already."""
    require_form(
        code,
        CODE,
        f"mission.{name}-code",
        "is not a code; use letters, digits, dots and hyphens",
        field=name,
    )
    require(
        code not in known,
        f"mission.{name}-known",
        f"the code {code} is in use; choose another",
        field=name,
    )


def require_known(known: Collection[Code], code: Code, name: str, *, field: str = "") -> None:
    """Refuse a code under which this mission has no `name`."""
    require(
        code in known,
        f"mission.unknown-{name}",
        f"this mission has no {name} {code}; record it first",
        field=field or name,
    )


def require_amount(amount: Euro | BasisPoints | None, *, field: str) -> None:
    """Refuse less than nothing; what was taken away is a fact of its own."""
    require(
        amount is None or amount >= 0,
        "mission.negative-amount",
        "this is never less than nothing; write what it is, without a sign",
        field=field,
    )
