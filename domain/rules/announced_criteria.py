"""Award criteria as they were announced, and how they changed afterwards.

Two families ask: TML-05 (a considerable change asks for more time) and AWC-02 and AWC-03.
"""

from itertools import pairwise

from domain.convenant_project.tendering import CriteriaPublished, Criterion, InvitationSent, Place
from domain.record import Recorded
from domain.rules.case import Case
from domain.terms import dutch_date


def _in_order(case: Case) -> list[Recorded[CriteriaPublished]]:
    published = case.dossier.project.of(CriteriaPublished)
    return sorted(published, key=lambda each: (each.occurred_at, each.position))


def criteria_at_opening(case: Case) -> Recorded[CriteriaPublished] | None:
    """The criteria that held when the contract was announced, or when the invitations went out.

    The newest at that moment; a new notice brings its own, made known that same day. Where there
    were none yet, the first of that day: the law counts from the day of the notice.
    """
    opening = case.opening.occurred_at
    published = _in_order(case)
    that_day = [each for each in published if dutch_date(each.occurred_at) == dutch_date(opening)]
    held = [
        each
        for each in published
        if each.occurred_at <= opening or (each in that_day and each.fact.place is Place.NEW_NOTICE)
    ]
    if held:
        return held[-1]
    return that_day[0] if that_day else None


def changes_since_opening(
    case: Case,
) -> list[tuple[Recorded[CriteriaPublished], Recorded[CriteriaPublished]]]:
    """Each later version of the criteria, with the one before it.

    Criteria that were first made known after the opening are late, not changed (AWC-02). What all
    invited organisations were invited to anew counts as announced, not as changed.
    """
    published = _in_order(case)
    first = criteria_at_opening(case)
    later = published if first is None else published[published.index(first) :]
    return [(before, after) for before, after in pairwise(later) if not _invited_anew(case, after)]


def _invited_anew(case: Case, after: Recorded[CriteriaPublished]) -> bool:
    """A private procedure's new notice: a new invitation to everybody, with the new criteria."""
    if after.fact.place is not Place.NEW_NOTICE or case.dossier.notice_published is not None:
        return False
    again = {
        each.fact.recipient
        for each in case.dossier.project.of(InvitationSent)
        if each.occurred_at >= after.occurred_at
    }
    return bool(again) and again >= case.dossier.invited


def weights_changed(before: CriteriaPublished, after: CriteriaPublished) -> bool:
    """Whether what decides the award shifted: a weight, a range, the order, or the method.

    A criterion that took the place of another with the same weight is a change, but not of weight.
    """
    if before.method is not after.method:
        return True
    if (before.order_reason is None) != (after.order_reason is None):
        return True
    if after.order_reason is not None and _names(before) != _names(after):
        return True
    if set(_names(before)) == set(_names(after)):
        return dict(_weights(before)) != dict(_weights(after))
    shared = set(_names(before)) & set(_names(after))
    kept = all(dict(_weights(before))[name] == dict(_weights(after))[name] for name in shared)
    return not kept or sorted(_values(before)) != sorted(_values(after))


def _names(published: CriteriaPublished) -> list[str]:
    return [each.name for each in published.criteria]


def _weights(published: CriteriaPublished) -> list[tuple[str, tuple[int, int]]]:
    return [(each.name, weight_range(each) or (-1, -1)) for each in published.criteria]


def _values(published: CriteriaPublished) -> list[tuple[int, int]]:
    return [value for _, value in _weights(published)]


def weight_range(criterion: Criterion) -> tuple[int, int] | None:
    """The lowest and highest weight of a criterion, in basis points; None where it has none."""
    if criterion.weight is None:
        return None
    return criterion.weight, max(criterion.weight, criterion.weight_at_most or criterion.weight)
