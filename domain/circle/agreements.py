"""What parties of a circle agree on (afspraken), also for several years."""

from dataclasses import dataclass, replace
from datetime import date

from domain.circle.codes import require_new
from domain.terms import Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, kw_only=True)
class Agreement:
    agreement: Code
    subject: str
    parties: tuple[MemberId, ...]
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementMade(Fact, Agreement):
    """Parties of the circle agreed on something (afspraak)."""


AgreementFact = AgreementMade

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Agreements:
    made: frozenset[Code] = frozenset()


def evolve(state: Agreements, fact: AgreementFact) -> Agreements:
    return replace(state, made=state.made | {fact.agreement})


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class MakeAgreement(Command, Agreement):
    pass


AgreementCommand = MakeAgreement

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Agreements, command: AgreementCommand, moment: Moment
) -> tuple[AgreementFact, ...]:
    require_new(state.made, command.agreement, "agreement")
    return (stated(AgreementMade, command, moment),)
