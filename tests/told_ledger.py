"""A ledger that is a list of recorded facts, for what only reads; pages are as short as is asked."""

from collections.abc import AsyncIterator, Sequence

from domain.record import Recorded
from domain.terms import Fact, Instant
from tests.memory_ledger import MemoryLedger


class ToldLedger(MemoryLedger):
    def __init__(self, told: Sequence[Recorded[Fact]], *, page: int = 1000) -> None:
        super().__init__()
        self.events = list(told)
        self.shown = len(told)
        self._page = page

    async def head(self) -> tuple[int, Instant | None]:
        """The last event that is `shown`: the rest was not recorded yet."""
        return self.shown, self.events[self.shown - 1].recorded_at if self.shown else None

    async def pages(
        self, *, after: int = 0, up_to: int | None = None
    ) -> AsyncIterator[Sequence[Recorded[Fact]]]:
        end = self.shown if up_to is None else min(up_to, self.shown)
        for start in range(after, end, self._page):
            yield self.events[start : min(start + self._page, end)]
