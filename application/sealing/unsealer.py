"""Reading what was sealed, for whoever may: the text, or None once its key was destroyed."""

from uuid import UUID

from application.ports import Vault
from application.sealing.scheme import unseal
from domain.terms import Sealed


class Unsealer:
    """Opens values with the keys of the vault (kluis)."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def text(self, said: str | Sealed | None, field: str, stream: UUID) -> str | None:
        """What `field` of the aggregate `stream` says; None where it is absent or forgotten."""
        if not isinstance(said, Sealed):
            return said
        return unseal(said, await self._vault.get(said.kid), field, stream)
