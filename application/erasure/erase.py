"""Forgetting a person, step by step: it may be cut off between any two, and goes on where it was.

    the keys of the plan, one after the other: destroyed in the vault, then recorded as destroyed;
    the account of the person, where the whole person goes;
    that it is done.

Every step is idempotent: a key that is destroyed twice is destroyed once, and what is recorded has
an id that follows from the request, so that the ledger takes it once. A crash after a destruction
and before its record leaves a key that is gone and stands in the record as there; the next run
records it. Two processes that do the same erasure at once do no harm.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID, uuid5

from application.access import KINDS
from application.aggregates import AGGREGATES, MEMBER, Aggregate
from application.desk import Clock
from application.erasure.plan import Plan, Planner, Texts, Wish
from application.execute import Order, execute
from application.ports import Ledger, Vault
from application.views.erasures import ErasureRow
from application.views.sealed_texts import SealedTextRow
from domain.member.erasure import CompleteErasure
from domain.sealing import KeyId, RecordDestruction
from domain.terms import Command, PersonRef, dutch_date

_ERASURES = UUID("6d6f9c0b-52f6-5f0e-9a55-3f1f1c7c9b1e")
_AGGREGATE_OF = {KINDS[each.name]: each for each in AGGREGATES}

Progress = Callable[[int, int], None]
"""Hears how many keys are done, of how many."""


class Journal(Protocol):
    """Where it is told what was done; never what a text says, or what a person is called."""

    def __call__(self, event: str, **particulars: object) -> None: ...


class Accounts(Protocol):
    """Which account leads to which person."""

    async def forget(self, person: PersonRef) -> None:
        """From now on no account leads to this person; doing so twice is the same as once."""


class KeyMissing(LookupError):
    """The vault never had this key: it is not the vault of this ledger, or one put back in part."""

    def __init__(self, kid: KeyId) -> None:
        super().__init__(
            f"the vault has no key {kid}, also no tombstone; put the vault of this ledger back"
        )
        self.kid = kid


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What was done. `plan` says what stayed, and why."""

    row: ErasureRow
    plan: Plan
    person_removed: bool


class Eraser:
    """Carries out what was granted. `operator` is who records it, under the policy `policy`."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        vault: Vault,
        texts: Texts,
        accounts: Accounts,
        clock: Clock,
        operator: PersonRef,
        policy: bytes,
        journal: Journal,
    ) -> None:
        self._ledger = ledger
        self._vault = vault
        self._texts = texts
        self._accounts = accounts
        self._clock = clock
        self._operator = operator
        self._policy = policy
        self._journal = journal
        self.planner = Planner(ledger, texts)

    async def carry_out(self, row: ErasureRow, progress: Progress | None = None) -> Erased:
        """Forget what the granted request `row` says. The texts must hold the position of the grant.

        Raises `KeyMissing` once every key that is there was destroyed; nothing is undone then.
        """
        plan = await self.planned(row)
        missing: list[KeyId] = []
        for done, each in enumerate(plan.goes, start=1):
            if not await self._destroyed(each.kid):
                missing.append(each.kid)
                continue
            await self._record_destruction(row, each)
            self._journal("erasure.key-destroyed", erasure=row.erasure, key=str(each.kid))
            if progress is not None:
                progress(done, len(plan.goes))
        if missing:
            raise KeyMissing(missing[0])
        whole = await self._is_whole(row, plan)
        if whole:
            await self._accounts.forget(row.person)
        await self._record(
            MEMBER,
            row.authority,
            CompleteErasure(
                erasure=row.erasure,
                destroyed=len(plan.goes),
                kept=plan.kept,
                person_removed=whole,
            ),
            f"{row.authority}/{row.erasure}/completed",
        )
        self._journal("erasure.completed", erasure=row.erasure, keys=len(plan.goes))
        return Erased(row=row, plan=plan, person_removed=whole)

    async def _is_whole(self, row: ErasureRow, plan: Plan) -> bool:
        """Whether nothing of the person is left by now: no text, here or elsewhere, and no role."""
        if row.circle is not None or plan.stays or plan.elsewhere:
            return False
        now = await self._texts.position()
        gone = {each.kid for each in plan.goes}
        for each in await self._texts.concerning(row.person, as_of=now):
            if each.gone is None and each.kid not in gone:
                return False  # It was recorded after the grant.
        return not await self._texts.held_by(row.person, as_of=now)

    async def planned(self, row: ErasureRow) -> Plan:
        """The plan of a granted request: always the same one."""
        if row.granted_at is None:
            raise ValueError(f"{row.erasure} was not granted")
        wish = Wish(
            authority=row.authority,
            person=row.person,
            circle=row.circle,
            texts=row.texts,
            excepted=row.kept,
        )
        on = dutch_date(await self._ledger.recorded_at(row.granted_at))
        return await self.planner.plan(wish, as_of=row.granted_at, on=on)

    async def destroy_again(self, rows: Iterable[SealedTextRow]) -> int:
        """Destroy what the record says is destroyed, and a vault that was put back has again.

        Answers how many those were.
        """
        revived = 0
        for row in rows:
            if row.gone is None:
                continue
            try:
                if await self._vault.get(row.kid) is None:
                    continue
            except LookupError:
                continue
            await self._vault.destroy(row.kid)
            revived += 1
            self._journal("erasure.key-revived", key=str(row.kid))
        return revived

    async def _destroyed(self, kid: KeyId) -> bool:
        """Whether the key is gone now: False where the vault never had it."""
        try:
            await self._vault.destroy(kid)
        except LookupError:
            return False
        return True

    async def _record_destruction(self, row: ErasureRow, text: SealedTextRow) -> None:
        told = await self._texts.belonging(text.stream, as_of=row.granted_at or 0)
        if told is None or told.kind is None:
            raise LookupError(f"nothing is known of the stream {text.stream}")
        await self._record(
            _AGGREGATE_OF[told.kind],
            text.stream,
            RecordDestruction(
                kid=text.kid,
                ground=row.ground,
                authority=row.authority,
                erasure=row.erasure,
            ),
            f"{row.authority}/{row.erasure}/{text.kid}",
        )

    async def _record(
        self, aggregate: Aggregate, stream: UUID, command: Command, named: str
    ) -> None:
        command_id = uuid5(_ERASURES, named)
        await execute(
            self._ledger,
            Order(
                aggregate=aggregate,
                stream=stream,
                command=command,
                command_id=command_id,
                request=command_id.bytes * 2,
                actor=self._operator,
                policy=self._policy,
            ),
            now=await self._clock.now(),
        )
