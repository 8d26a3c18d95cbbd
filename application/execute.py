"""The life of one command: load, fold, decide, append; and what a repeated command is told."""

from dataclasses import dataclass
from uuid import UUID

from application.aggregates import Aggregate
from application.ports import Append, Appended, Ledger, StaleVersion
from domain.decider import Refused, fold
from domain.terms import Command, Instant, Moment, PersonRef

ATTEMPTS = 5
"""How often a decision is made anew when others append to the same stream first."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One command on its way. `expected_version` None: whatever the stream's version is.

    `command_id` names this order for ever: given twice, it is carried out once. `request` is a
    keyed hash of what was asked, to tell a repetition from another order under the same id.
    """

    aggregate: Aggregate
    stream: UUID
    command: Command
    command_id: UUID
    request: bytes
    actor: PersonRef
    policy: bytes
    expected_version: int | None = None


async def execute(
    ledger: Ledger, order: Order, *, now: Instant, clock: Instant | None = None
) -> Appended:
    """Carry out `order` at `now`, and store its facts or nothing.

    Raises `Refused`, `StaleVersion` (the expected version is not the stream's) and
    `CommandReused`. An order that was carried out before gets its first answer again, whatever
    has happened to the stream since. `clock` is for sandboxes: the recorded time to use.
    """
    try:
        return await _decide_and_append(ledger, order, now, clock)
    except (Refused, StaleVersion):
        answered = await ledger.answered(order.command_id, order.request)
        if answered is None:
            raise
        return answered


async def _decide_and_append(
    ledger: Ledger, order: Order, now: Instant, clock: Instant | None
) -> Appended:
    decider = order.aggregate.decider
    attempt = 1
    while True:
        recorded = await ledger.load(order.stream)
        version = recorded[-1].version if recorded else 0
        if order.expected_version is not None and order.expected_version != version:
            raise StaleVersion(order.stream, order.expected_version, version)
        state = fold(decider, (each.fact for each in recorded))
        facts = decider.decide(state, order.command, Moment(now=now, actor=order.actor))
        try:
            return await ledger.append(
                Append(
                    command=order.command_id,
                    request=order.request,
                    stream=order.stream,
                    expected_version=version,
                    facts=facts,
                    actor=order.actor,
                    policy=order.policy,
                ),
                clock=clock,
            )
        except StaleVersion:
            if order.expected_version is not None or attempt == ATTEMPTS:
                raise
            attempt += 1
