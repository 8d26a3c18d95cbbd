"""Who is carrying out which order at this moment.

That an order is carried out once is the ledger's doing: given to two processes at once, it is
stored once, and both have the same answer. Within a process it is said that an order is under way.
Over all processes it is claimed only where something outside the ledger would be done twice.
"""

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol
from uuid import UUID


class InProgress(Exception):
    """The same order is being carried out at this moment. Ask again for its answer."""


class Claims(Protocol):
    """Both kinds raise `InProgress` when somebody else holds the order."""

    def here(self, command: UUID) -> AbstractContextManager[None]:
        """Hold an order in this process while the block runs."""

    def everywhere(self, command: UUID) -> AbstractAsyncContextManager[None]:
        """Hold an order over all processes while the block runs.

        It ends with the process that holds it, however that ends.
        """
