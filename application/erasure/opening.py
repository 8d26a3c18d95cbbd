"""A sealed text, opened once more for whoever may read it, and told in the journal without itself."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from application.erasure.erase import Journal
from application.ports import Vault
from application.sealing.scheme import WrongSeal, unseal
from domain.terms import PersonRef, Sealed


class TextState(StrEnum):
    """Whether a sealed text can be read."""

    READABLE = "readable"
    FORGOTTEN = "forgotten"
    """Its key was destroyed (vergeten)."""
    WITHHELD = "withheld"
    """It is not for this reader."""
    UNREADABLE = "unreadable"
    """It does not open: it was changed, or the vault is not the one of this ledger."""


@dataclass(frozen=True, kw_only=True)
class OpenedText:
    """`text` is None unless it is readable."""

    position: int
    field: str
    state: TextState
    text: str | None


class Opener:
    """Opens texts for a reader who may; whether that is so is the caller's to know."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def open(
        self,
        sealed: Sealed,
        stream: UUID,
        position: int,
        reader: PersonRef,
        *,
        gone: bool = False,
    ) -> OpenedText:
        """`gone`: the record says that the key was destroyed, whatever a vault has again."""
        try:
            key = None if gone else await self._vault.get(sealed.kid)
            text = unseal(sealed, key, sealed.field, stream)
        except (WrongSeal, LookupError):
            state, text = TextState.UNREADABLE, None
        else:
            state = TextState.FORGOTTEN if text is None else TextState.READABLE
        self._journal(
            "sealed-text.opened",
            key=str(sealed.kid),
            position=position,
            field=sealed.field,
            reader=str(reader),
            state=str(state),
        )
        return OpenedText(position=position, field=sealed.field, state=state, text=text)


def withheld(sealed: Sealed, position: int) -> OpenedText:
    return OpenedText(position=position, field=sealed.field, state=TextState.WITHHELD, text=None)
