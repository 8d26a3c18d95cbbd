"""A circle in memory in which people spoke, and one of whom is to be forgotten."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from application.access import Belonging, Held, belonging
from application.aggregates import AGGREGATES
from application.erasure.erase import Eraser
from application.execute import Order, execute
from application.forms import form
from application.mentions import sealed_in
from application.ports import Append, Appended
from application.sealing.scheme import unseal
from application.sealing.sealer import Sealer
from application.views import erasures, sealed_texts
from application.views.erasures import ErasureRow, ErasureStanding
from application.views.sealed_texts import SealedTextRow
from domain.circle.decisions import TableProposal
from domain.circle.founding import FoundCircle
from domain.circle.klaagpaal import RaiseComplaint
from domain.member.access import AccessRole
from domain.member.erasure import (
    ErasureAsker,
    GrantErasure,
    KeptKey,
    RequestErasure,
)
from domain.member.organisation import LegalForm, OrganisationKind, RegisterMember
from domain.member.people import IntroducePerson
from domain.sealing import ErasureGround, KeyId
from domain.terms import (
    CircleId,
    Command,
    Instant,
    PersonRef,
    member_id_of_kvk,
)
from tests.fresh_fold import fresh_fold
from tests.memory_ledger import MemoryLedger, MemoryVault

_NAMES = UUID("00000000-0000-5000-8000-0000000f0f0f")
NOORDERDAM = member_id_of_kvk("90000001")
ZUIDERDAM = member_id_of_kvk("90000002")
DUINWEG = member_id_of_kvk("10000001")
KRING, THEIR_KRING = (CircleId(uuid5(_NAMES, each)) for each in ("kring", "hun kring"))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def person(name: str) -> PersonRef:
    return PersonRef(uuid5(_NAMES, name))


MILA, BRAM, CLERK, OFFICER, CHIEF = (
    person(each) for each in ("Mila", "Bram", "griffier", "privacy", "hoofd privacy")
)


class Cut(Exception):
    """The process is gone."""


@dataclass
class Steps:
    """Lets so many steps be done, and ends the process before or after the next one."""

    left: int | None = None
    after: bool = False
    taken: int = 0

    def before_step(self) -> None:
        self.taken += 1
        if self.left is not None and not self.after and self.taken > self.left:
            raise Cut

    def after_step(self) -> None:
        if self.left is not None and self.after and self.taken > self.left:
            raise Cut


class World(MemoryLedger):
    """A ledger, a vault, accounts and views in memory, for one erasure."""

    steps: Steps

    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps()
        self.vault = CutVault(self)
        self.accounts = {MILA, BRAM}
        self.roles: dict[PersonRef, AccessRole] = {CLERK: AccessRole.FACILITATOR}
        self.noted: list[str] = []
        self.orders = 0

    async def append(self, append: Append, *, clock: Instant | None = None) -> Appended:
        self.steps.before_step()
        appended = await super().append(append, clock=clock or NOW)
        self.steps.after_step()
        return appended

    async def forget(self, person: PersonRef) -> None:
        self.steps.before_step()
        self.accounts.discard(person)
        self.steps.after_step()

    async def now(self) -> Instant:
        return NOW

    def note(self, event: str, **particulars: object) -> None:
        self.noted.append(f"{event} {particulars}")

    # ---------------------------------------------------------------------------- what is asked

    async def position(self) -> int:
        return len(self.events)

    async def concerning(self, person: PersonRef, *, as_of: int) -> Sequence[SealedTextRow]:
        return [row for row in self.texts(as_of) if row.concerns(person)]

    async def under(self, kids: Iterable[KeyId], *, as_of: int) -> Sequence[SealedTextRow]:
        wanted = set(kids)
        return [row for row in self.texts(as_of) if row.kid in wanted]

    async def belonging(self, stream: UUID, *, as_of: int) -> Belonging | None:
        told = belonging(stream, [each.fact for each in await self.load(stream, up_to=as_of)])
        return told if told.kind else None

    async def held_by(self, person: PersonRef, *, as_of: int) -> frozenset[Held]:  # noqa: ARG002
        role = self.roles.get(person)
        return frozenset({Held(role=role, authority=NOORDERDAM)} if role else ())

    async def granted(self) -> Sequence[ErasureRow]:
        rows = self._folded(erasures.view, None)
        return [row for row in rows if row.standing is ErasureStanding.GRANTED]

    async def all(self, *, as_of: int | None = None) -> AsyncIterator[SealedTextRow]:
        for row in self.texts(as_of):
            yield row

    def texts(self, as_of: int | None = None) -> list[SealedTextRow]:
        return self._folded(sealed_texts.view, as_of)

    def request(self) -> ErasureRow:
        row: ErasureRow
        (row,) = self._folded(erasures.view, None)
        return row

    def _folded(self, view: Any, as_of: int | None) -> list[Any]:
        heard = [each for each in self.events[:as_of] if type(each.fact) in view.facts]
        entries = fresh_fold(view, heard, as_of=len(self.events)).values()
        return [entry.row for entry in entries if entry.row is not None]

    # --------------------------------------------------------------------------------- what is done

    @property
    def eraser(self) -> Eraser:
        return Eraser(
            ledger=self,
            vault=self.vault,
            texts=self,
            accounts=self,
            clock=self,
            operator=person("dienst"),
            policy=bytes(32),
            journal=self.note,
        )

    async def give(
        self,
        stream: UUID,
        command: type[Command],
        by: PersonRef = CLERK,
        *,
        at: Instant = NOW,
        **said: Any,
    ) -> int:
        """The command, its texts sealed; the position of its first event."""
        aggregate = next(each for each in AGGREGATES if command in each.taken)
        its_form = form(command)
        plain = {name: _plain(value) for name, value in said.items()}
        sealed = await Sealer(self.vault).seal_fields(command, plain, stream)
        self.orders += 1
        appended = await execute(
            self,
            Order(
                aggregate=aggregate,
                stream=stream,
                command=its_form.read_object(sealed.plain),
                command_id=uuid5(_NAMES, f"order {self.orders}"),
                request=b"",
                actor=by,
                policy=bytes(32),
                key=sealed.key,
            ),
            now=at,
            clock=max(at, self.events[-1].recorded_at) if self.events else at,
        )
        return appended.first_position

    async def open(self, position: int) -> dict[str, str | None]:
        recorded = self.events[position - 1]
        return {
            each.field: unseal(each, await self.vault.get(each.kid), each.field, recorded.stream)
            for each in sealed_in(recorded.fact)
        }


class CutVault(MemoryVault):
    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    async def get(self, kid: UUID) -> bytes | None:
        return await super().get(kid)

    async def destroy(self, kid: UUID) -> None:
        if kid not in self._keys:
            raise LookupError(kid)
        self._world.steps.before_step()
        await super().destroy(kid)
        self._world.steps.after_step()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return form(type(value)).write(value) if hasattr(value, "__dataclass_fields__") else value


@dataclass
class Told:
    """Positions of what was said, by a short name."""

    world: World
    at: dict[str, int] = field(default_factory=dict)


async def a_circle_in_which_people_spoke() -> Told:
    world = World()
    for stream, kvk, name in ((NOORDERDAM, "90000001", "N"), (ZUIDERDAM, "90000002", "Z")):
        await world.give(
            stream, RegisterMember, name=name, kvkNumber=kvk,
            kind=OrganisationKind.CONTRACTING_AUTHORITY, legalForm=LegalForm.PUBLIC_BODY,
        )  # fmt: skip
    await world.give(
        DUINWEG, RegisterMember, name="Duinweg BV", kvkNumber="10000001",
        kind=OrganisationKind.CONTRACTOR, legalForm=LegalForm.PRIVATE_LIMITED,
    )  # fmt: skip
    for circle, authority in ((KRING, NOORDERDAM), (THEIR_KRING, ZUIDERDAM)):
        await world.give(
            circle, FoundCircle, name="Kring", authority=str(authority),
            municipalityCode="gm0363", region="Noord",
        )  # fmt: skip
    told = Told(world)
    told.at["name"] = await world.give(
        DUINWEG, IntroducePerson, person=str(MILA), name="Mila Zandstra", contact="mila@example.nl"
    )
    told.at["own complaint"] = await world.give(
        KRING, RaiseComplaint, MILA, complaint="K1", text="Ik, Mila, wacht altijd"
    )
    told.at["other's complaint"] = await world.give(
        KRING, RaiseComplaint, BRAM, complaint="K2", text="Bram wacht ook"
    )
    told.at["complaint about her"] = await world.give(
        KRING, RaiseComplaint, BRAM, complaint="K3", text="Mila luistert niet"
    )
    told.at["elsewhere"] = await world.give(
        THEIR_KRING, RaiseComplaint, MILA, complaint="K1", text="Ook in Zuiderdam"
    )
    told.at["proposal"] = await world.give(
        KRING, TableProposal, MILA, decision="V1", subject="asfalt", member=str(DUINWEG),
        text="Mila stelt voor",
    )  # fmt: skip
    told.at["old proposal"] = await world.give(
        KRING, TableProposal, MILA, decision="V0", subject="klinkers", member=str(DUINWEG),
        text="Mila stelde voor", occurredAt="2018-05-01T09:00:00Z",
    )  # fmt: skip
    told.at["clerk's notes"] = await world.give(
        KRING, RaiseComplaint, CLERK, complaint="K4", text="De griffier schrijft op"
    )
    return told


async def granted(
    told: Told,
    whom: PersonRef = MILA,
    excepted: tuple[KeptKey, ...] = (),
    recorder: PersonRef = CLERK,
    **more: Any,
) -> ErasureRow:
    """A request to forget `whom`, granted by another than who recorded it."""
    await told.world.give(
        NOORDERDAM, RequestErasure, recorder, erasure="W1", person=str(whom),
        ground=ErasureGround.CONSENT_WITHDRAWN, askedBy=ErasureAsker.DATA_SUBJECT,
        receivedOn="2026-03-01", **more,
    )  # fmt: skip
    await told.world.give(NOORDERDAM, GrantErasure, CHIEF, erasure="W1", kept=excepted)
    return told.world.request()


def kid_at(world: World, position: int) -> KeyId:
    return KeyId(next(sealed_in(world.events[position - 1].fact)).kid)


async def readable(told: Told) -> set[str]:
    """The short names of what can still be read."""
    return {
        name
        for name, position in told.at.items()
        if all((await told.world.open(position)).values())
    }
