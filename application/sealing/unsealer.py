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
        """What `field` of the aggregate `stream` says.

        None where it is absent or forgotten, and where the vault never had its key: that is so of a
        record that was taken in from elsewhere without its vault, which is read without its names.
        """
        if not isinstance(said, Sealed):
            return said
        try:
            key = await self._vault.get(said.kid)
        except LookupError:
            return None
        return unseal(said, key, field, stream)
