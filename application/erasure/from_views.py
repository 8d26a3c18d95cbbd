"""The sealed texts and the requests, as the views say them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from application.access import Belonging, Held, Kind, Relations
from application.registers import ViewRegisters
from application.views import erasures, sealed_texts
from application.views.asking import MOST_ENTRIES, Views
from application.views.erasures import ErasureRow, ErasureStanding
from application.views.sealed_texts import SealedTextRow
from application.views.view import EVERYTHING, Row, Shelf, View
from domain.sealing import KeyId
from domain.terms import Code, MemberId, PersonRef


class ViewedTexts:
    """Answers from the views; raises `ViewBehind` for a position that they do not hold yet."""

    def __init__(self, views: Views, registers: ViewRegisters, relations: Relations) -> None:
        self._views = views
        self._registers = registers
        self._relations = relations

    async def position(self) -> int:
        return await self._views.position()

    async def concerning(self, person: PersonRef, *, as_of: int) -> Sequence[SealedTextRow]:
        shelf = sealed_texts.of_person(person)
        return [row async for row in self._rows(sealed_texts.view, shelf, as_of)]

    async def under(self, kids: Iterable[KeyId], *, as_of: int) -> Sequence[SealedTextRow]:
        wanted = [sealed_texts.of_key(each) for each in kids]
        rows: list[SealedTextRow] = []
        for start in range(0, len(wanted), MOST_ENTRIES):
            part = wanted[start : start + MOST_ENTRIES]
            found = await self._views.get_many(sealed_texts.view, part, as_of=as_of)
            rows += [entry.row for entry in found.entries.values()]
        return rows

    async def belonging(self, stream: UUID, *, as_of: int) -> Belonging | None:
        told = (await self._registers.belongings({stream: None}, as_of=as_of)).get(stream)
        if told is not None and told.kind is Kind.MISSION:
            circle = next(iter(told.circles))
            return replace(told, authority=await self._relations.authority_of(circle))
        return told

    async def held_by(self, person: PersonRef, *, as_of: int) -> frozenset[Held]:
        return await self._relations.held_by(person, as_of=as_of)

    # ----------------------------------------------------------------------------- and the rest

    async def all(self, *, as_of: int | None = None) -> AsyncIterator[SealedTextRow]:
        """Every key that the record ever had."""
        async for row in self._rows(sealed_texts.view, EVERYTHING, as_of):
            yield row

    async def granted(self) -> Sequence[ErasureRow]:
        """The requests that were granted and are not carried out yet."""
        shelf = erasures.of_standing(ErasureStanding.GRANTED)
        return [row async for row in self._rows(erasures.view, shelf, None)]

    async def request(self, authority: MemberId, erasure: Code) -> ErasureRow | None:
        found = await self._views.get(erasures.view, erasures.of_request(authority, erasure))
        return None if found.entry is None else found.entry.row

    async def _rows(self, view: View[Row], shelf: Shelf, as_of: int | None) -> AsyncIterator[Row]:
        after = None
        while True:
            page = await self._views.page(view, shelf, as_of=as_of, after=after, limit=MOST_ENTRIES)
            for entry in page.entries:
                yield entry.row
            after = page.next
            if after is None:
                return
            as_of = page.position
