"""What goes and what stays when a person is forgotten: found, and judged text by text.

A plan is a function of the record as of one position and of a day, so that an erasure that was cut
off goes on with the very plan that it began with. The unit is the key: what one command sealed goes
or stays together. In this order a key is excepted by the officer, kept by a retention duty, or kept
because the person only wrote it down in office (ambtshalve); otherwise it goes.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.access import Belonging, Held, Kind
from application.circle_standing import parameters_of
from application.mentions import sealed_in
from application.ports import Ledger
from application.views.sealed_texts import SealedTextRow
from domain.law.parameters import Parameters
from domain.law.retention import kept_by_law
from domain.member.access import AccessRole
from domain.member.erasure import KeepGround, KeptKey, TextAt
from domain.sealing import Concern, KeyId
from domain.terms import CircleId, MemberId, PersonRef

IN_OFFICE = frozenset({AccessRole.OFFICER, AccessRole.FACILITATOR, AccessRole.ADMINISTRATOR})
"""Who writes down what others say: the text is not about the writer."""


class Texts(Protocol):
    """What the record says of sealed texts and of who and where, as of a position."""

    async def position(self) -> int:
        """The last that can be asked about."""

    async def concerning(self, person: PersonRef, *, as_of: int) -> Sequence[SealedTextRow]:
        """The keys of the texts that concern a person, in the order in which they were made."""

    async def under(self, kids: Iterable[KeyId], *, as_of: int) -> Sequence[SealedTextRow]:
        """These keys; one that the record does not know is left out."""

    async def belonging(self, stream: UUID, *, as_of: int) -> Belonging | None:
        """Where a stream belongs, with its authority also for a mission."""

    async def held_by(self, person: PersonRef, *, as_of: int) -> frozenset[Held]:
        """The roles that a person held."""


async def wrote_in_office(texts: Texts, row: SealedTextRow, person: PersonRef) -> bool:
    """Whether a person only wrote down what others said, by the roles held at that position."""
    if row.concerns(person) != {Concern.AUTHOR}:
        return False
    held = await texts.held_by(person, as_of=row.texts[-1].position)
    return any(each.role in IN_OFFICE for each in held)


async def is_about(texts: Texts, row: SealedTextRow, person: PersonRef) -> bool:
    """Whether what lies under a key is about a person, who then may read it without any role."""
    return bool(row.concerns(person)) and not await wrote_in_office(texts, row, person)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Whom an authority is to forget, and what its officer excepted."""

    authority: MemberId
    person: PersonRef
    circle: CircleId | None = None
    texts: tuple[TextAt, ...] = ()
    excepted: tuple[KeptKey, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stays:
    row: SealedTextRow
    ground: KeepGround
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`gone` were destroyed before; `unknown` are texts of the request that are no sealed texts.

    `elsewhere` counts the keys that concern the person in the record of other authorities.
    """

    goes: tuple[SealedTextRow, ...]
    stays: tuple[Stays, ...]
    gone: tuple[SealedTextRow, ...]
    unknown: tuple[TextAt, ...]
    elsewhere: int

    @property
    def kept(self) -> tuple[KeptKey, ...]:
        return tuple(
            KeptKey(kid=each.row.kid, ground=each.ground, until=each.until) for each in self.stays
        )


class Planner:
    """Makes plans. It looks only at what it is given, and at nothing that is sealed."""

    def __init__(self, ledger: Ledger, texts: Texts) -> None:
        self._ledger = ledger
        self._texts = texts

    async def plan(self, wish: Wish, *, as_of: int, on: date) -> Plan:
        """What `wish` means as the record held it at `as_of`, judged on the Dutch day `on`."""
        asked, unknown = await self._asked_for(wish.texts, as_of)
        rows = {row.kid: row for row in await self._texts.under(asked, as_of=as_of)}
        concerning = await self._texts.concerning(wish.person, as_of=as_of)
        for row in concerning:
            if wish.circle is None or wish.circle in row.circles:
                rows.setdefault(row.kid, row)
        own = [row for row in rows.values() if await self._is_own(wish.authority, row, as_of)]
        ours = {row.kid for row in own}
        parameters = await parameters_of(self._ledger, wish.authority, position=as_of)
        goes, stays = [], []
        for row in sorted(own, key=lambda each: (each.texts[0].position, each.kid)):
            if row.gone is not None:
                continue
            kept = await self._kept(wish, row, parameters, on, named=row.kid in asked)
            if kept is None:
                goes.append(row)
            else:
                stays.append(kept)
        return Plan(
            goes=tuple(goes),
            stays=tuple(stays),
            gone=tuple(row for row in own if row.gone is not None),
            unknown=unknown,
            elsewhere=sum(row.gone is None and row.kid not in ours for row in concerning),
        )

    async def own(
        self, authority: MemberId, kids: Iterable[KeyId], *, as_of: int
    ) -> frozenset[KeyId]:
        """Which of `kids` are keys of texts that this authority decides about."""
        rows = await self._texts.under(kids, as_of=as_of)
        return frozenset([row.kid for row in rows if await self._is_own(authority, row, as_of)])

    async def keys_at(self, text: TextAt, *, as_of: int) -> frozenset[KeyId]:
        """The key of the text that stands there; nothing where none does."""
        return frozenset([kid async for kid in self._kids_at(text, as_of)])

    async def _kept(
        self, wish: Wish, row: SealedTextRow, parameters: Parameters, on: date, *, named: bool
    ) -> Stays | None:
        for each in wish.excepted:
            if each.kid == row.kid:
                return Stays(row=row, ground=each.ground, until=each.until)
        duty = kept_by_law(row.kind, row.happened_on, parameters, on)
        if duty is not None:
            return Stays(row=row, ground=duty.ground, until=duty.until)
        if not named and await wrote_in_office(self._texts, row, wish.person):
            return Stays(row=row, ground=KeepGround.RECORDED_IN_OFFICE, until=None)
        return None

    async def _is_own(self, authority: MemberId, row: SealedTextRow, as_of: int) -> bool:
        """No authority forgets what is in the record of another; firms belong to nobody."""
        told = await self._texts.belonging(row.stream, as_of=as_of)
        if told is None:
            return False
        if told.kind is Kind.ORGANISATION and told.authority is None:
            return True
        return told.authority == authority

    async def _asked_for(
        self, texts: Iterable[TextAt], as_of: int
    ) -> tuple[frozenset[KeyId], tuple[TextAt, ...]]:
        kids: set[KeyId] = set()
        unknown = []
        for text in texts:
            found = await self.keys_at(text, as_of=as_of)
            kids |= found
            if not found:
                unknown.append(text)
        return frozenset(kids), tuple(unknown)

    async def _kids_at(self, text: TextAt, as_of: int) -> AsyncIterator[KeyId]:
        if not 0 < text.position <= as_of:
            return
        async for recorded in self._ledger.read(after=text.position - 1, up_to=text.position):
            for sealed in sealed_in(recorded.fact):
                if sealed.field == text.field:
                    yield KeyId(sealed.kid)
