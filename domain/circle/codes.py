"""Codes of a circle: a short name that is given once, and known before it is referred to."""

from domain.decider import require, require_form
from domain.terms import CODE, Code


def require_code(code: Code, name: str, *, field: str | None = None) -> None:
    """Refuse what cannot be a code at all. `field` where it is not called `name`."""
    require_form(
        code,
        CODE,
        f"circle.{name}-code",
        "is not a code; use letters, digits, dots and hyphens",
        field=field or name,
    )


def require_new(known: frozenset[Code], code: Code, name: str) -> None:
    """Refuse a code that is none, or that stands for another `name` (seat, meeting) already."""
    require_code(code, name)
    require(
        code not in known,
        f"circle.{name}-known",
        f"the code {code} is in use; choose another",
        field=name,
    )


def require_known(known: frozenset[Code], code: Code, name: str) -> None:
    """Refuse a code under which this circle has no `name`."""
    require(
        code in known,
        f"circle.unknown-{name}",
        f"this circle has no {name} {code}; record it first",
        field=name,
    )
