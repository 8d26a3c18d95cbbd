"""Shares of a whole, in basis points and without rounding: 10,000 is all of it."""

from domain.terms import BasisPoints

WHOLE = 10_000


def more_than(part: int, share: int, whole: int) -> bool:
    """Whether `part` is more than `share` basis points of `whole`; exactly that much is not."""
    return part * WHOLE > share * whole


def at_least(part: int, share: int, whole: int) -> bool:
    """Whether `part` is `share` basis points of `whole`, or more."""
    return part * WHOLE >= share * whole


def share_of(part: int, whole: int) -> BasisPoints:
    """How many basis points of `whole` are `part`, rounded down; for sentences, not for rules."""
    return BasisPoints(part * WHOLE // whole)
