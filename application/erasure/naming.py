"""Which sealed texts name somebody, by the names that the person goes by.

The record does not know whom a text names until somebody says so. Whoever sees to forgetting finds
the texts by looking into every one of them; each is an opening, and told as one. The names are not
kept, and stand in no address, log or event.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.erasure.opening import Opener
from application.mentions import sealed_in
from application.ports import WholeLedger
from domain.member.erasure import TextAt
from domain.terms import PersonRef


@dataclass(frozen=True, kw_only=True)
class Names:
    """A text in which one of the names stands."""

    kid: UUID
    stream: UUID
    text: TextAt


async def naming(
    ledger: WholeLedger, opener: Opener, names: Sequence[str], reader: PersonRef, *, as_of: int
) -> AsyncIterator[Names]:
    """The texts that hold one of `names`, in whatever case, in the ledger's order."""
    wanted = [each.casefold() for each in names if each]
    async for page in ledger.pages(up_to=as_of):
        for recorded in page:
            for sealed in sealed_in(recorded.fact):
                opened = await opener.open(sealed, recorded.stream, recorded.position, reader)
                said = (opened.text or "").casefold()
                if any(each in said for each in wanted):
                    yield Names(
                        kid=sealed.kid,
                        stream=recorded.stream,
                        text=TextAt(position=recorded.position, field=sealed.field),
                    )
