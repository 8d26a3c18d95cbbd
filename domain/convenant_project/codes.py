"""Codes of a project: a short name that is given once, and known before it is referred to."""

from domain.decider import require, require_form
from domain.terms import CODE, Code, Euro


def require_new(known: frozenset[Code], code: Code, name: str) -> None:
    """Refuse a code that is none, or that stands for another `name` (risk, lesson) already."""
    require_form(
        code,
        CODE,
        f"project.{name}-code",
        "is not a code; use letters, digits, dots and hyphens",
        field=name,
    )
    require(
        code not in known,
        f"project.{name}-known",
        f"the code {code} is in use; choose another",
        field=name,
    )


def require_known(known: frozenset[Code], code: Code, name: str) -> None:
    """Refuse a code under which this project has no `name`."""
    require(
        code in known,
        f"project.unknown-{name}",
        f"this project has no {name} {code}; record it first",
        field=name,
    )


def require_said(text: str, field: str) -> None:
    """Refuse an empty answer to what had to be said."""
    require(bool(text.strip()), "project.nothing-said", f"write down the {field}", field=field)


def require_amount(amount: Euro | None, field: str) -> None:
    """Refuse an amount below 0 where only a sum of money can stand."""
    require(
        amount is None or amount >= 0,
        "project.amount",
        "an amount in cents is 0 or more",
        field=field,
    )
