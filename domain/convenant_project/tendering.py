"""Tendering: who competes, by what tenders are compared, and the tenders; steps 7 and 8.

Invitations and candidates (gegadigden), criteria with their weights, whom exclusion threatened, and
the tenders (inschrijving).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require
from domain.terms import (
    BasisPoints,
    Command,
    Euro,
    Fact,
    MemberId,
    Moment,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class AwardMethod(StrEnum):
    BEST_PRICE_QUALITY = "best-price-quality"  # BPKV
    LOWEST_PRICE = "lowest-price"
    LOWEST_COST = "lowest-cost"


class CriterionAbout(StrEnum):
    """What a criterion looks at; only the tender itself may decide an award (Aw 2.115)."""

    TENDER = "tender"
    TENDERER = "tenderer"
    CIRCLE_MEMBERSHIP = "circle-membership"
    LOCALITY = "locality"


class Place(StrEnum):
    """Through which document criteria were made known."""

    TENDER_DOCUMENTS = "tender-documents"
    INFORMATION_NOTICE = "information-notice"
    RECTIFICATION = "rectification"  # rectificatie
    NEW_NOTICE = "new-notice"


class ExclusionGround(StrEnum):
    PRIOR_INVOLVEMENT = "prior-involvement"  # Aw 2.87(1)(f)
    CONFLICT_OF_INTEREST = "conflict-of-interest"  # Aw 2.87(1)(e)
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    recipient: MemberId


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Fact, Invitation):
    """Step 7 without a notice: one organisation was invited to tender (uitnodiging)."""


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    candidate: MemberId


@dataclass(frozen=True, kw_only=True)
class CandidateRegistered(Fact, Candidacy):
    """An organisation made itself known as a candidate (gegadigde)."""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """`weight_at_most`: the upper end where the weight is a range that starts at `weight`."""

    name: str
    weight: BasisPoints | None = None
    weight_at_most: BasisPoints | None = None
    about: CriterionAbout


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """`in_notice`: the notice itself names them. Weights are basis points of the whole.

    `order_reason`: why no weights can be given, so that the order alone counts, heaviest first.
    """

    version: int
    method: AwardMethod
    criteria: tuple[Criterion, ...]
    place: Place
    in_notice: bool
    order_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class CriteriaPublished(Fact, Criteria):
    """Award criteria (gunningscriteria) with their weights were made known."""


@dataclass(frozen=True, kw_only=True)
class ProofInvitation:
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class ProofInvited(Fact, ProofInvitation):
    """An organisation may show that its involvement does not distort competition (2.51(4))."""


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    member: MemberId
    ground: ExclusionGround
    alternatives_analysis: str | None = None


@dataclass(frozen=True, kw_only=True)
class TendererExcluded(Fact, Exclusion):
    """An organisation was shut out (uitsluiting)."""


@dataclass(frozen=True, kw_only=True)
class Tender:
    tenderer: MemberId
    price: Euro | None = None


@dataclass(frozen=True, kw_only=True)
class TenderSubmitted(Fact, Tender):
    """Step 8: an organisation bid for the work (inschrijving)."""


TenderingFact = (
    InvitationSent
    | CandidateRegistered
    | CriteriaPublished
    | ProofInvited
    | TendererExcluded
    | TenderSubmitted
)


# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Tendering:
    criteria_version: int = 0
    tenderers: frozenset[MemberId] = frozenset()


def evolve(state: Tendering, fact: TenderingFact) -> Tendering:
    match fact:
        case CriteriaPublished():
            return replace(state, criteria_version=fact.version)
        case TenderSubmitted():
            return replace(state, tenderers=state.tenderers | {fact.tenderer})
        case InvitationSent() | CandidateRegistered() | ProofInvited() | TendererExcluded():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class InviteTenderers(Command):
    """Invite several organisations at the same moment."""

    recipients: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class RegisterCandidate(Command, Candidacy):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishCriteria(Command, Criteria):
    pass


@dataclass(frozen=True, kw_only=True)
class InviteProof(Command, ProofInvitation):
    pass


@dataclass(frozen=True, kw_only=True)
class ExcludeTenderer(Command, Exclusion):
    pass


@dataclass(frozen=True, kw_only=True)
class SubmitTender(Command, Tender):
    pass


TenderingCommand = (
    InviteTenderers
    | RegisterCandidate
    | PublishCriteria
    | InviteProof
    | ExcludeTenderer
    | SubmitTender
)


# --------------------------------------------------------------------------------------- decide


def decide(
    state: Tendering, command: TenderingCommand, moment: Moment, *, started: bool
) -> tuple[TenderingFact, ...]:
    match command:
        case InviteTenderers():
            return _invite(command, moment)
        case RegisterCandidate():
            return (stated(CandidateRegistered, command, moment),)
        case PublishCriteria():
            return _publish_criteria(state, command, moment)
        case InviteProof():
            return (stated(ProofInvited, command, moment),)
        case ExcludeTenderer():
            return (stated(TendererExcluded, command, moment),)
        case SubmitTender():
            require(
                started,
                "project.no-procedure",
                "nobody can bid before an award procedure was started",
            )
            require(
                command.tenderer not in state.tenderers,
                "project.tender-known",
                "this organisation has a tender in already",
                field="tenderer",
            )
            return (stated(TenderSubmitted, command, moment),)
        case _:
            assert_never(command)


def _invite(command: InviteTenderers, moment: Moment) -> tuple[TenderingFact, ...]:
    require(
        bool(command.recipients) and len(set(command.recipients)) == len(command.recipients),
        "project.recipients",
        "name each organisation once, and at least one",
        field="recipients",
    )
    return tuple(
        stated(InvitationSent, command, moment, recipient=recipient)
        for recipient in command.recipients
    )


def _publish_criteria(
    state: Tendering, command: PublishCriteria, moment: Moment
) -> tuple[TenderingFact, ...]:
    require(
        command.version == state.criteria_version + 1,
        "project.criteria-version",
        f"the next version of the criteria is {state.criteria_version + 1}",
        field="version",
    )
    for criterion in command.criteria:
        require(
            criterion.weight is None or criterion.weight >= 0,
            "project.criterion-weight",
            f"the weight of {criterion.name!r} is below 0",
            field="criteria",
        )
    return (stated(CriteriaPublished, command, moment),)
