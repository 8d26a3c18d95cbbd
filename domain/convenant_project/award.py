"""Award: from the decision to the contract; step 9.

Award letters per recipient, the standstill (opschortende termijn), an injunction, the record of
the procedure (proces-verbaal, Aw 2.132), the contract and the award notice.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import Command, Euro, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class ReportField(StrEnum):
    """What a proces-verbaal holds: Aw 2.132(1)(a) to (n), by the statute's own letters."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"
    F = "f"
    G = "g"
    H = "h"
    I = "i"  # noqa: E741 - the statute's letter
    J = "j"
    K = "k"
    L = "l"
    M = "m"
    N = "n"


class InjunctionOutcome(StrEnum):
    REJECTED = "rejected"  # afgewezen
    GRANTED = "granted"  # toegewezen
    WITHDRAWN = "withdrawn"  # ingetrokken


@dataclass(frozen=True, kw_only=True)
class AwardDecision:
    """`reasons` is None where they are not known, as after an imported notice."""

    winner: MemberId
    reasons: str | None


@dataclass(frozen=True, kw_only=True)
class AwardDecided(Fact, AwardDecision):
    """Step 9: the authority decided to whom it means to award (gunningsbeslissing)."""


@dataclass(frozen=True, kw_only=True)
class AwardLetter:
    """`reasons`: the relevant reasons given; `standstill`: its exact description, if given."""

    recipient: MemberId
    reasons: str | None = None
    names_winner: bool
    standstill: str | None = None


@dataclass(frozen=True, kw_only=True)
class AwardLetterSent(Fact, AwardLetter):
    """One tenderer was told the decision (mededeling van de gunningsbeslissing)."""


@dataclass(frozen=True, kw_only=True)
class Injunction:
    claimant: MemberId


@dataclass(frozen=True, kw_only=True)
class InjunctionSought(Fact, Injunction):
    """An injunction (kort geding) was asked; the date is that of the writ's service."""


@dataclass(frozen=True, kw_only=True)
class InjunctionRuling:
    outcome: InjunctionOutcome


@dataclass(frozen=True, kw_only=True)
class InjunctionDecided(Fact, InjunctionRuling):
    """The court ruled, or the claimant withdrew."""


@dataclass(frozen=True, kw_only=True)
class InvolvementMention:
    member: MemberId
    measures: str


@dataclass(frozen=True, kw_only=True)
class AwardReport:
    """`filled` and `not_applicable` together are what the report goes into.

    `involvement`: a section for each involved tenderer with the measures taken (Aw 2.51(5)).
    """

    filled: tuple[ReportField, ...]
    not_applicable: tuple[ReportField, ...]
    involvement: tuple[InvolvementMention, ...]


@dataclass(frozen=True, kw_only=True)
class AwardReportSigned(Fact, AwardReport):
    """The record of the procedure (proces-verbaal); the newest one counts."""


@dataclass(frozen=True, kw_only=True)
class Contract:
    contractor: MemberId
    value: Euro


@dataclass(frozen=True, kw_only=True)
class ContractSigned(Fact, Contract):
    """The contract (overeenkomst) was concluded."""


@dataclass(frozen=True, kw_only=True)
class AwardNotice:
    identifier: str | None = None


@dataclass(frozen=True, kw_only=True)
class AwardNoticePublished(Fact, AwardNotice):
    """The award was announced (aankondiging van de gegunde opdracht)."""


AwardFact = (
    AwardDecided
    | AwardLetterSent
    | InjunctionSought
    | InjunctionDecided
    | AwardReportSigned
    | ContractSigned
    | AwardNoticePublished
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Award:
    signed: bool = False
    injunction: bool = False


def evolve(state: Award, fact: AwardFact) -> Award:
    match fact:
        case ContractSigned():
            return replace(state, signed=True)
        case InjunctionSought():
            return replace(state, injunction=True)
        case InjunctionDecided():
            return replace(state, injunction=False)
        case AwardDecided() | AwardLetterSent() | AwardReportSigned() | AwardNoticePublished():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class DecideAward(Command, AwardDecision):
    pass


@dataclass(frozen=True, kw_only=True)
class SendAwardLetters(Command):
    """Tell several tenderers at once, each with the same words."""

    recipients: tuple[MemberId, ...]
    reasons: str | None = None
    names_winner: bool
    standstill: str | None = None


@dataclass(frozen=True, kw_only=True)
class SeekInjunction(Command, Injunction):
    pass


@dataclass(frozen=True, kw_only=True)
class DecideInjunction(Command, InjunctionRuling):
    pass


@dataclass(frozen=True, kw_only=True)
class SignAwardReport(Command, AwardReport):
    pass


@dataclass(frozen=True, kw_only=True)
class SignContract(Command, Contract):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishAwardNotice(Command, AwardNotice):
    pass


AwardCommand = (
    DecideAward
    | SendAwardLetters
    | SeekInjunction
    | DecideInjunction
    | SignAwardReport
    | SignContract
    | PublishAwardNotice
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Award, command: AwardCommand, moment: Moment) -> tuple[AwardFact, ...]:
    match command:
        case DecideAward():
            return (stated(AwardDecided, command, moment),)
        case SendAwardLetters():
            require(
                bool(command.recipients),
                "project.recipients",
                "name at least one recipient",
                field="recipients",
            )
            return tuple(
                stated(AwardLetterSent, command, moment, recipient=recipient)
                for recipient in command.recipients
            )
        case SeekInjunction():
            return (stated(InjunctionSought, command, moment),)
        case DecideInjunction():
            require(
                state.injunction,
                "project.no-injunction",
                "no injunction is pending",
            )
            return (stated(InjunctionDecided, command, moment),)
        case SignAwardReport():
            return (stated(AwardReportSigned, command, moment),)
        case SignContract():
            require(
                not state.signed,
                "project.contract-signed",
                "a contract was signed; record a modification instead",
            )
            require(
                command.value >= 0,
                "project.amount",
                "an amount in cents is 0 or more",
                field="value",
            )
            return (stated(ContractSigned, command, moment),)
        case PublishAwardNotice():
            return (stated(AwardNoticePublished, command, moment),)
        case _:
            assert_never(command)
