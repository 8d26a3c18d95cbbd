"""Who is carrying out which order at this moment, over all processes."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol
from uuid import UUID


class InProgress(Exception):
    """The same order is being carried out at this moment. Ask again for its answer."""


class Claims(Protocol):
    """That an order is carried out once is the ledger's doing; this is for saying so in time."""

    def claim(self, command: UUID) -> AbstractAsyncContextManager[None]:
        """Hold an order while the block runs; `InProgress` when somebody else holds it.

        A claim ends with the process that holds it, however that ends.
        """
