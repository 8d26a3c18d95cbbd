"""The life of one command: load, fold, decide, append; and what a repeated command is told."""

from dataclasses import dataclass
from uuid import UUID

from application.aggregates import Aggregate
from application.mentions import persons_in, sealed_in
from application.ports import Append, Appended, Ledger, StaleVersion
from application.sealing.sealer import NewKey
from application.streams import Opened, Streams
from domain.decider import Refused
from domain.law.retention import KIND_OF
from domain.sealing import Concern, KeyCreated, SealedField, Subject
from domain.terms import Command, Fact, Instant, Moment, PersonRef

ATTEMPTS = 5
"""How often a decision is made anew when others append to the same stream first."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One command on its way. `expected_version` None: whatever the stream's version is.

    `command_id` names this order for ever: given twice, it is carried out once. `request` is a
    keyed hash of what was asked, to tell a repetition from another order under the same id. `key`
    is the one that the texts of the command are sealed under, where it has any.
    """

    aggregate: Aggregate
    stream: UUID
    command: Command
    command_id: UUID
    request: bytes
    actor: PersonRef
    policy: bytes
    expected_version: int | None = None
    key: NewKey | None = None


async def execute(
    ledger: Ledger,
    order: Order,
    *,
    now: Instant,
    clock: Instant | None = None,
    streams: Streams | None = None,
) -> Appended:
    """Carry out `order` at `now`, and store its facts or nothing.

    Raises `Refused`, `StaleVersion` (the expected version is not the stream's) and
    `CommandReused`. An order that was carried out before gets its first answer again, whatever
    has happened to the stream since. `clock` is for sandboxes: the recorded time to use. `streams`
    spares the reading of a stream that is known here.
    """
    try:
        return await _decide_and_append(ledger, streams or Streams(ledger), order, now, clock)
    except (Refused, StaleVersion):
        answered = await ledger.answered(order.command_id, order.request)
        if answered is None:
            raise
        return answered


async def _decide_and_append(
    ledger: Ledger, streams: Streams, order: Order, now: Instant, clock: Instant | None
) -> Appended:
    fresh = False
    attempt = 0
    while True:
        attempt += 1
        opened = await streams.open(order.aggregate, order.stream, fresh=fresh)
        try:
            append = _decided(order, opened, now)
            appended = await ledger.append(append, clock=clock)
        except Refused:
            if opened.fresh:
                raise
        except StaleVersion:
            if opened.fresh and (order.expected_version is not None or attempt >= ATTEMPTS):
                raise
        else:
            if not appended.repeated:
                await streams.appended(order.aggregate, order.stream, opened, append.facts)
            return appended
        fresh = True


def _decided(order: Order, opened: Opened, now: Instant) -> Append:
    if order.expected_version is not None and order.expected_version != opened.version:
        raise StaleVersion(order.stream, order.expected_version, opened.version)
    moment = Moment(now=now, actor=order.actor)
    return Append(
        command=order.command_id,
        request=order.request,
        stream=order.stream,
        expected_version=opened.version,
        facts=_with_key(
            order, opened, now, order.aggregate.decider.decide(opened.state, order.command, moment)
        ),
        actor=order.actor,
        policy=order.policy,
    )


def _with_key(
    order: Order, opened: Opened, now: Instant, facts: tuple[Fact, ...]
) -> tuple[Fact, ...]:
    """The facts, and after them that of the key: a stream never begins with a key.

    Raises `ValueError` for a text that is sealed under another key than the order's.
    """
    told = [
        (len(facts) - number, type(fact), text)
        for number, fact in enumerate(facts)
        for text in sealed_in(fact)
    ]
    if not told:
        return facts
    if order.key is None or any(text.kid != order.key.kid for _, _, text in told):
        raise ValueError("a text is sealed under a key that would not stand in the record")
    return (
        *facts,
        KeyCreated(
            occurred_at=order.command.occurred_at or now,
            kid=order.key.kid,
            commitment=order.key.commitment.hex(),
            kind=KIND_OF[told[0][1]],
            texts=tuple(SealedField(back=back, field=text.field) for back, _, text in told),
            subjects=_subjects(order),
            circles=tuple(sorted(opened.told.circles)),
        ),
    )


def _subjects(order: Order) -> tuple[Subject, ...]:
    mentioned = dict.fromkeys(persons_in(order.command))
    return (
        Subject(person=order.actor, concern=Concern.AUTHOR),
        *(Subject(person=each, concern=Concern.MENTIONED) for each in mentioned),
    )
