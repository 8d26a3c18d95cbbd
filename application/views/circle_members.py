"""Which organisations are, or were, in a circle, and in which circles is an organisation?

Whoever left stays in the register: what it knows stays known.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key, shelf
from domain.circle.membership import MemberJoined, MemberLeft
from domain.record import Recorded
from domain.terms import CircleId, Instant, MemberId

Heard = MemberJoined | MemberLeft


@dataclass(frozen=True, kw_only=True)
class Stay:
    """From `since`, until `until`; absent while it lasts."""

    since: Instant
    until: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class CircleMemberRow:
    """`stays` in the order in which they were recorded; only the last one can still last."""

    circle: CircleId
    member: MemberId
    stays: tuple[Stay, ...]

    @property
    def since(self) -> Instant | None:
        """Since when the organisation is in the circle; None when it is not."""
        last = self.stays[-1]
        return last.since if last.until is None else None

    def inside(self, at: Instant) -> bool:
        """Whether the organisation was in the circle at `at`, as far as the record knew."""
        return any(
            stay.since <= at and (stay.until is None or at < stay.until) for stay in self.stays
        )


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    return (member_of(CircleId(recorded.stream), recorded.fact.member),)


def on(row: CircleMemberRow | None, recorded: Recorded[Heard]) -> CircleMemberRow | None:
    fact = recorded.fact
    match fact:
        case MemberJoined():
            stay = Stay(since=fact.occurred_at)
            if row is not None:
                return replace(row, stays=(*row.stays, stay))
            return CircleMemberRow(
                circle=CircleId(recorded.stream), member=fact.member, stays=(stay,)
            )
        case MemberLeft():
            if row is None:
                return None
            ended = replace(row.stays[-1], until=fact.occurred_at)
            return replace(row, stays=(*row.stays[:-1], ended))
        case _:
            assert_never(fact)


def shelves(row: CircleMemberRow) -> tuple[Shelf, ...]:
    return (of_organisation(row.member),)


# ----------------------------------------------------------------------------------- how to ask


def member_of(circle: CircleId, member: MemberId) -> Key:
    return key(circle, member)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


def of_organisation(member: MemberId) -> Shelf:
    return shelf("organisation", member)


view = View(
    name="circle-members",
    version=1,
    row=CircleMemberRow,
    hears=Heard,
    keys=keys,
    on=on,
    shelves=shelves,
)
