"""The desk (balie): where a command that somebody gives comes in, and is carried out once.

In this order: whether the same order is being carried out at this moment, whether its form is
right, whether this person may give it, what the decider makes of it. Texts that may name people
are sealed in between, so that neither a decider nor a log ever sees them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID, uuid5

from application.access import (
    KINDS,
    Access,
    Action,
    Belonging,
    Forbidden,
    Hidden,
    action_of,
    belonging,
)
from application.aggregates import Aggregate
from application.claims import Claims
from application.execute import Order, execute
from application.forms import form
from application.ports import Appended, Ledger
from application.sealing.sealer import NewKey, Sealer
from application.snapshots import KeptStates
from application.spoken import read_spoken
from application.streams import Streams
from domain.decider import require
from domain.member.organisation import RegisterMember
from domain.municipalities import FIRST_SAMPLE, is_sample
from domain.terms import MUNICIPALITY_CODE, Command, Instant, PersonRef, member_id_of_kvk


class Clock(Protocol):
    """The moment at which commands are given."""

    async def now(self) -> Instant:
        """The system's clock; in a sandbox, not before its last moment."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A command as it came in. `stream` None: it begins something, whose id is made here.

    `key` is the giver's own name for this order (Idempotency-Key); `request` a keyed hash of all
    that was asked, to tell a repetition from another order under the same key.
    """

    person: PersonRef
    aggregate: Aggregate
    stream: UUID | None
    command: type[Command]
    body: bytes
    key: str
    request: bytes
    expected_version: int | None = None

    @cached_property
    def command_id(self) -> UUID:
        return uuid5(self.person, self.key)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of it."""

    stream: UUID
    command_id: UUID
    appended: Appended


class Requirement(Protocol):
    """What a command asks of the record beside its own stream."""

    async def require(self, stream: UUID, command: Command) -> None:
        """Raises `Refused` for what speaks of something that is not there."""


class Desk:
    """One for each process; it keeps nothing that another process would miss."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        sealer: Sealer,
        access: Access,
        claims: Claims,
        clock: Clock,
        sandbox: bool,
        known: Requirement,
        snapshots: KeptStates | None = None,
    ) -> None:
        self._ledger = ledger
        self._streams = Streams(ledger, snapshots=snapshots)
        self._sandbox = sandbox
        self._known = known
        self._sealer = sealer
        self._access = access
        self._claims = claims
        self._clock = clock

    async def take(self, asked: Asked) -> Taken:
        """Carry it out, or give the answer that was given before.

        Raises `InProgress`, `Malformed`, `Forbidden`, `Hidden`, `Refused`, `StaleVersion`,
        `CommandReused` and `LedgerUnavailable`; only the last leaves open whether it was stored.
        """
        with self._claims.here(asked.command_id):
            plain, command = read_spoken(asked.command, asked.body)
            if not self._sandbox:
                _require_no_sample(command)
            stream = asked.stream or _begun(asked, command)
            await self._require(asked, stream, command)
            await self._known.require(stream, command)
            if plain is None:
                appended = await self._execute(asked, stream, command)
            else:
                async with self._claims.everywhere(asked.command_id):
                    appended = await self._seal_and_execute(asked, stream, plain)
            if action_of(asked.command) is Action.GRANT:
                await self._access.relations.changed(appended.last_position)
            return Taken(stream=stream, command_id=asked.command_id, appended=appended)

    async def _seal_and_execute(
        self, asked: Asked, stream: UUID, plain: Mapping[str, Any]
    ) -> Appended:
        """A second sealing of one order would leave a key that seals nothing."""
        known = await self._ledger.answered(asked.command_id, asked.request)
        if known is not None:
            return known
        sealed = await self._sealer.seal_fields(asked.command, plain, stream)
        command = form(asked.command).read_object(sealed.plain)
        return await self._execute(asked, stream, command, sealed.key)

    async def _execute(
        self, asked: Asked, stream: UUID, command: Command, key: NewKey | None = None
    ) -> Appended:
        return await execute(
            self._ledger,
            Order(
                aggregate=asked.aggregate,
                stream=stream,
                command=command,
                command_id=asked.command_id,
                request=asked.request,
                actor=asked.person,
                policy=self._access.policy.sha256,
                expected_version=asked.expected_version,
                key=key,
            ),
            now=await self._clock.now(),
            streams=self._streams,
        )

    async def _require(self, asked: Asked, stream: UUID, command: Command) -> None:
        if asked.stream is None:
            action = action_of(asked.command)
            thing = await self._access.thing(stream, belonging(stream, [command]))
            if not await self._access.may(asked.person, action, thing):
                raise Forbidden
            return
        opened = await self._streams.open(asked.aggregate, stream)
        try:
            await self._require_of(asked, stream, opened.told)
        except (Hidden, Forbidden):
            if opened.fresh:
                raise
            opened = await self._streams.open(asked.aggregate, stream, fresh=True)
            await self._require_of(asked, stream, opened.told)

    async def _require_of(self, asked: Asked, stream: UUID, told: Belonging) -> None:
        if told.kind is not KINDS[asked.aggregate.name]:
            raise Hidden
        thing = await self._access.thing(stream, told)
        await self._access.require(asked.person, action_of(asked.command), thing)


def _require_no_sample(command: Command) -> None:
    """Refuse the municipalities of samples: a real record holds no fiction."""
    code = getattr(command, "municipality_code", None)
    require(
        not isinstance(code, str) or not MUNICIPALITY_CODE.fullmatch(code) or not is_sample(code),
        "municipality.of-a-sample",
        f"the codes from {FIRST_SAMPLE} on are those of samples, which only a sandbox takes; look up"
        " the municipality's own code in the register TOOI",
        field="municipalityCode",
    )


def _begun(asked: Asked, command: Command) -> UUID:
    """The id of what the command begins: the same order gives the same id, however often."""
    if isinstance(command, RegisterMember) and command.kvk_number is not None:
        return member_id_of_kvk(command.kvk_number)
    return uuid5(asked.command_id, asked.aggregate.name)
