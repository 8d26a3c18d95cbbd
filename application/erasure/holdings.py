"""Everything that the record holds about a person (inzage, AVG 15): a walk through all of it.

An event is about a person who recorded it, whom it refers to, or whom a text in it concerns. The
walk reads every event once, which a right that is used a few times a year may cost; a view of it
would be the very profile of people that a record should not keep.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from application.erasure.opening import OpenedText, Opener, withheld
from application.erasure.plan import Texts, is_about
from application.mentions import persons_in, sealed_in
from application.ports import WholeLedger
from application.views.sealed_texts import SealedTextRow
from domain.record import Recorded
from domain.sealing import Concern
from domain.terms import Fact, PersonRef

May = Callable[[UUID], Awaitable[bool]]
"""Whether the reader may do a thing with a stream."""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One event that is about the person, and how; the texts in it as far as they may be read."""

    recorded: Recorded[Fact]
    concerns: tuple[Concern, ...]
    texts: tuple[OpenedText, ...]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """`sees` whether a stream is for the reader, `opens` whether its sealed texts are."""

    person: PersonRef
    sees: May
    opens: May


async def holdings(
    ledger: WholeLedger,
    texts: Texts,
    opener: Opener,
    person: PersonRef,
    reader: Reader,
    *,
    as_of: int,
) -> AsyncIterator[Holding]:
    """What the record held about `person` at a position, in the ledger's order.

    Whoever asks about oneself sees everything, and reads the texts that are about oneself: not what
    one wrote down of others in an office that one may have left since.
    """
    own: dict[UUID, SealedTextRow] = {
        row.kid: row for row in await texts.concerning(person, as_of=as_of)
    }
    itself = reader.person == person
    gone = {kid for kid, row in own.items() if row.gone is not None}
    about = {kid for kid, row in own.items() if itself and await is_about(texts, row, person)}
    async for page in ledger.pages(up_to=as_of):
        for recorded in page:
            concerns = set()
            if recorded.actor == person:
                concerns.add(Concern.AUTHOR)
            if person in persons_in(recorded.fact):
                concerns.add(Concern.MENTIONED)
            sealed = [each for each in sealed_in(recorded.fact) if each.kid in own]
            for each in sealed:
                concerns |= own[each.kid].concerns(person)
            if not concerns or not (itself or await reader.sees(recorded.stream)):
                continue
            opens = any(each.kid not in about for each in sealed) and await reader.opens(
                recorded.stream
            )
            yield Holding(
                recorded=recorded,
                concerns=tuple(sorted(concerns)),
                texts=tuple(
                    [
                        await opener.open(
                            each,
                            recorded.stream,
                            recorded.position,
                            reader.person,
                            gone=each.kid in gone,
                        )
                        if opens or each.kid in about
                        else withheld(each, recorded.position)
                        for each in sealed
                    ]
                ),
            )
