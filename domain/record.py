"""A fact as the ledger holds it: what was said, and where and when it was written down."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from domain.terms import Fact, Instant, PersonRef

AnyFact = TypeVar("AnyFact", bound=Fact, covariant=True)


@dataclass(frozen=True, kw_only=True)
class Recorded(Generic[AnyFact]):
    """One event. `position` is its dense place in the ledger's one order, counted from 1."""

    fact: AnyFact
    position: int
    stream: UUID
    version: int
    recorded_at: Instant
    actor: PersonRef
    command: UUID

    @property
    def occurred_at(self) -> Instant:
        """When it happened, as the actor asserted; rules judge by this."""
        return self.fact.occurred_at
