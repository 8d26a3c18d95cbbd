"""Preparation: from the search for a project to its request (uitvraag); steps 1 to 6.

Also what the law asks before an award procedure starts: the estimate, lots or clustering, the
reasons for each choice, who has influence and what each of them declared.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require, require_form
from domain.terms import (
    CPV_CODE,
    CircleId,
    Code,
    Command,
    Euro,
    Fact,
    MemberId,
    Moment,
    PersonRef,
    Sealed,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class ContractKind(StrEnum):
    WORKS = "works"  # werken
    SUPPLIES = "supplies"  # leveringen
    SERVICES = "services"  # diensten


class WorkNature(StrEnum):
    AREA_DEVELOPMENT = "area-development"  # gebieds(her)ontwikkeling
    ROUTINE = "routine"  # routinematige werkzaamheden


class PublicChannel(StrEnum):
    """Where everybody can read something."""

    PROCUREMENT_CALENDAR = "procurement-calendar"  # inkoopkalender
    TENDERNED = "tenderned"
    OFFICIAL_JOURNAL = "official-journal"  # Publicatieblad van de EU
    MUNICIPAL_WEBSITE = "municipal-website"


class MotivationSubject(StrEnum):
    """Which choice a motivation (motivering) gives the reasons for."""

    PROCEDURE_CHOICE = "procedure-choice"
    INVITEE_SELECTION = "invitee-selection"
    NUMBER_INVITED = "number-invited"
    CLUSTERING = "clustering"
    NO_LOTS = "no-lots"
    NOT_SPLIT = "not-split"  # waarom opdrachten terecht apart zijn
    LOWEST_PRICE = "lowest-price"
    TURNOVER = "turnover"  # omzeteis
    URGENCY = "urgency"
    GUIDE_DEVIATION = "guide-deviation"  # afwijking van de Gids Proportionaliteit


class MotivationAspect(StrEnum):
    """What a motivation goes into; clustering must go into the first three (Aw 1.5(1))."""

    MARKET_ACCESS = "market-access"  # samenstelling van de markt, toegang voor het mkb
    ORGANISATION_AND_RISK = "organisation-and-risk"  # gevolgen en risico's voor beide kanten
    COHERENCE = "coherence"  # mate van samenhang
    TRANSACTION_COST = "transaction-cost"
    COMPETENCE = "competence"
    MARKET_KNOWLEDGE = "market-knowledge"
    CIRCLE_MEMBERSHIP = "circle-membership"
    SEAT_IN_REGION = "seat-in-region"
    WORKED_IN_MUNICIPALITY = "worked-in-municipality"


class ProjectRole(StrEnum):
    """Roles with influence on the outcome of an award procedure."""

    EVALUATOR = "evaluator"  # beoordelaar
    BUYER = "buyer"  # inkoper
    SECRETARY = "secretary"  # secretaris van de expertgroep
    ADVISER = "adviser"
    PROCESS_ADVISER = "process-adviser"  # procesadviseur
    MARKET_EXPERT = "market-expert"  # lid van de expertgroep namens de markt


class RequirementKind(StrEnum):
    TURNOVER = "turnover"  # omzet
    REFERENCE_WORK = "reference-work"  # referentie
    CERTIFICATE = "certificate"  # keurmerk
    LOCALITY = "locality"  # vestiging of ervaring in de regio
    CIRCLE_MEMBERSHIP = "circle-membership"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """`location` is empty, and `nature` None, where it is not known."""

    title: str
    authority: MemberId
    kind: ContractKind
    object: str
    location: str
    cpv: str
    under_convenant: bool
    nature: WorkNature | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectRegistered(Fact, Registration):
    """Step 1: a convenant project was found with its client (opdrachtgever)."""


@dataclass(frozen=True, kw_only=True)
class CircleLink:
    circle: CircleId


@dataclass(frozen=True, kw_only=True)
class CircleLinked(Fact, CircleLink):
    """This circle hears of the project; its meetings and reports belong to the dossier."""


@dataclass(frozen=True, kw_only=True)
class PublicMention:
    """`prior_notice`: it is a prior information notice (vooraankondiging, Aw 2.71(5))."""

    channel: PublicChannel
    url: str | None = None
    prior_notice: bool = False


@dataclass(frozen=True, kw_only=True)
class ProjectAnnounced(Fact, PublicMention):
    """Everybody could read that the project is planned."""


@dataclass(frozen=True, kw_only=True)
class Discussion:
    circle: CircleId
    meeting: Code


@dataclass(frozen=True, kw_only=True)
class ProjectDiscussed(Fact, Discussion):
    """Step 2: a meeting of the circle discussed the project."""


@dataclass(frozen=True, kw_only=True)
class ExpertGroup:
    members: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class ExpertGroupFormed(Fact, ExpertGroup):
    """Step 3: the expert group (expertgroep) that helps to prepare the request."""


@dataclass(frozen=True, kw_only=True)
class ExpertGroupExit:
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class ExpertGroupLeft(Fact, ExpertGroupExit):
    """An organisation left the expert group."""


@dataclass(frozen=True, kw_only=True)
class ExpertSession:
    session: Code
    attendance: tuple[MemberId, ...]


@dataclass(frozen=True, kw_only=True)
class ExpertGroupMet(Fact, ExpertSession):
    """Step 4: a session of the expert group, with who was there."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """The four elements of a request; an absent one is empty."""

    focus_points: tuple[str, ...]  # aandachtspunten, speerpunten
    contract_form: str | None = None  # contractvorm
    selection_criteria: tuple[str, ...]  # selectiecriteria
    weighting: str | None = None  # weging


@dataclass(frozen=True, kw_only=True)
class RequestDrafted(Fact, Request):
    """Step 5: the elements of the request (uitvraag)."""


@dataclass(frozen=True, kw_only=True)
class MonitoringProgramme:
    """`measured_by`: firms, authority and facilitator that will measure together."""

    indicators: tuple[str, ...]
    measured_by: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MonitoringProgrammeSet(Fact, MonitoringProgramme):
    """Step 6: what will be measured during and after the work (monitoringsprogramma)."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The value of the contract as Aw 2.15 and 2.16 count it; None is what nobody said."""

    amount: Euro
    excludes_vat: bool
    includes_options: bool | None
    includes_extensions: bool | None
    includes_supplied_goods: bool | None  # wat de dienst zelf ter beschikking stelt
    method: str


@dataclass(frozen=True, kw_only=True)
class EstimateMade(Fact, Estimate):
    """An estimate (raming); the newest one before the notice counts."""


@dataclass(frozen=True, kw_only=True)
class Lot:
    lot: Code
    title: str
    value: Euro
    european_procedure: bool


@dataclass(frozen=True, kw_only=True)
class Lots:
    lots: tuple[Lot, ...]


@dataclass(frozen=True, kw_only=True)
class LotsDivided(Fact, Lots):
    """The contract was divided into lots (percelen)."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContractsClustered(Fact, Cluster):
    """Contracts were combined into one (samenvoegen, Aw 1.5)."""


@dataclass(frozen=True, kw_only=True)
class Motivation:
    """`in_tender_documents`: the reasons stand in the tender documents (aanbestedingsstukken).

    `recorded_original`: where reasons of before this record are registered, such as a case number.
    """

    subject: MotivationSubject
    text: str
    aspects: tuple[MotivationAspect, ...] = ()
    in_tender_documents: bool
    recorded_original: str | None = None


@dataclass(frozen=True, kw_only=True)
class MotivationGiven(Fact, Motivation):
    """The reasons for a choice; dated by when they were written."""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """`amount` for a turnover or a reference value; `lot` where it holds for one lot only."""

    requirement: Code
    kind: RequirementKind
    text: str
    amount: Euro | None = None
    lot: Code | None = None


@dataclass(frozen=True, kw_only=True)
class RequirementSet(Fact, Requirement):
    """A condition that a tenderer must meet (geschiktheidseis)."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    person: PersonRef
    role: ProjectRole
    organisation: MemberId


@dataclass(frozen=True, kw_only=True)
class PersonAssigned(Fact, Assignment):
    """From now on this person has influence on the procedure."""


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """`interest`: the person has an interest that could sway the outcome; `detail` says which."""

    person: PersonRef
    interest: bool
    detail: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class DeclarationSigned(Fact, Declaration):
    """A declaration about interests (belangenverklaring, Aw 1.10b)."""


class InterestRemedy(StrEnum):
    RECUSAL = "recusal"  # terugtreden
    REPLACEMENT = "replacement"  # vervanging
    SCREENING = "screening"  # afscherming


@dataclass(frozen=True, kw_only=True)
class InterestMeasure:
    person: PersonRef
    remedy: InterestRemedy


@dataclass(frozen=True, kw_only=True)
class InterestHandled(Fact, InterestMeasure):
    """What was done about a declared interest."""


PreparationFact = (
    ProjectRegistered
    | CircleLinked
    | ProjectAnnounced
    | ProjectDiscussed
    | ExpertGroupFormed
    | ExpertGroupLeft
    | ExpertGroupMet
    | RequestDrafted
    | MonitoringProgrammeSet
    | EstimateMade
    | LotsDivided
    | ContractsClustered
    | MotivationGiven
    | RequirementSet
    | PersonAssigned
    | DeclarationSigned
    | InterestHandled
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Preparation:
    registered: bool = False
    experts: frozenset[MemberId] = frozenset()
    interested: frozenset[PersonRef] = frozenset()
    lots: frozenset[Code] = frozenset()


def evolve(state: Preparation, fact: PreparationFact) -> Preparation:
    match fact:
        case ProjectRegistered():
            return replace(state, registered=True)
        case ExpertGroupFormed():
            return replace(state, experts=frozenset(fact.members))
        case ExpertGroupLeft():
            return replace(state, experts=state.experts - {fact.member})
        case LotsDivided():
            return replace(state, lots=frozenset(lot.lot for lot in fact.lots))
        case DeclarationSigned():
            if fact.interest:
                return replace(state, interested=state.interested | {fact.person})
            return state
        case (
            CircleLinked()
            | ProjectAnnounced()
            | ProjectDiscussed()
            | ExpertGroupMet()
            | RequestDrafted()
            | MonitoringProgrammeSet()
            | EstimateMade()
            | ContractsClustered()
            | MotivationGiven()
            | RequirementSet()
            | PersonAssigned()
            | InterestHandled()
        ):
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RegisterProject(Command, Registration):
    pass


@dataclass(frozen=True, kw_only=True)
class LinkCircle(Command, CircleLink):
    pass


@dataclass(frozen=True, kw_only=True)
class AnnounceProject(Command, PublicMention):
    pass


@dataclass(frozen=True, kw_only=True)
class DiscussProject(Command, Discussion):
    pass


@dataclass(frozen=True, kw_only=True)
class FormExpertGroup(Command, ExpertGroup):
    pass


@dataclass(frozen=True, kw_only=True)
class LeaveExpertGroup(Command, ExpertGroupExit):
    pass


@dataclass(frozen=True, kw_only=True)
class HoldExpertSession(Command, ExpertSession):
    pass


@dataclass(frozen=True, kw_only=True)
class DraftRequest(Command, Request):
    pass


@dataclass(frozen=True, kw_only=True)
class SetMonitoringProgramme(Command, MonitoringProgramme):
    pass


@dataclass(frozen=True, kw_only=True)
class MakeEstimate(Command, Estimate):
    pass


@dataclass(frozen=True, kw_only=True)
class DivideIntoLots(Command, Lots):
    pass


@dataclass(frozen=True, kw_only=True)
class ClusterContracts(Command, Cluster):
    pass


@dataclass(frozen=True, kw_only=True)
class GiveMotivation(Command, Motivation):
    pass


@dataclass(frozen=True, kw_only=True)
class SetRequirement(Command, Requirement):
    pass


@dataclass(frozen=True, kw_only=True)
class AssignPerson(Command, Assignment):
    pass


@dataclass(frozen=True, kw_only=True)
class SignDeclaration(Command, Declaration):
    pass


@dataclass(frozen=True, kw_only=True)
class HandleInterest(Command, InterestMeasure):
    pass


PreparationCommand = (
    RegisterProject
    | LinkCircle
    | AnnounceProject
    | DiscussProject
    | FormExpertGroup
    | LeaveExpertGroup
    | HoldExpertSession
    | DraftRequest
    | SetMonitoringProgramme
    | MakeEstimate
    | DivideIntoLots
    | ClusterContracts
    | GiveMotivation
    | SetRequirement
    | AssignPerson
    | SignDeclaration
    | HandleInterest
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Preparation, command: PreparationCommand, moment: Moment
) -> tuple[PreparationFact, ...]:
    match command:
        case RegisterProject():
            require(not state.registered, "project.known", "this project is registered already")
            require_form(
                command.cpv,
                CPV_CODE,
                "project.cpv",
                "is not a CPV code; write 8 digits, a hyphen and a check digit: 45233140-2",
                field="cpv",
            )
            return (stated(ProjectRegistered, command, moment),)
        case LinkCircle():
            return (stated(CircleLinked, command, moment),)
        case AnnounceProject():
            return (stated(ProjectAnnounced, command, moment),)
        case DiscussProject():
            return (stated(ProjectDiscussed, command, moment),)
        case FormExpertGroup():
            require(
                bool(command.members),
                "project.empty-expert-group",
                "an expert group has at least one member",
                field="members",
            )
            return (stated(ExpertGroupFormed, command, moment),)
        case LeaveExpertGroup():
            require(
                command.member in state.experts,
                "project.not-in-expert-group",
                "this organisation is not in the expert group",
                field="member",
            )
            return (stated(ExpertGroupLeft, command, moment),)
        case HoldExpertSession():
            return (stated(ExpertGroupMet, command, moment),)
        case DraftRequest():
            return (stated(RequestDrafted, command, moment),)
        case SetMonitoringProgramme():
            return (stated(MonitoringProgrammeSet, command, moment),)
        case MakeEstimate():
            _require_amount(command.amount, "amount")
            return (stated(EstimateMade, command, moment),)
        case DivideIntoLots():
            return _divide(command, moment)
        case ClusterContracts():
            require(
                len(command.parts) > 1,
                "project.cluster-of-one",
                "a cluster combines at least two contracts",
                field="parts",
            )
            return (stated(ContractsClustered, command, moment),)
        case GiveMotivation():
            require(
                bool(command.text.strip()),
                "project.empty-motivation",
                "write the reasons",
                field="text",
            )
            return (stated(MotivationGiven, command, moment),)
        case SetRequirement():
            require(
                command.lot is None or command.lot in state.lots,
                "project.unknown-lot",
                "the contract has no such lot",
                field="lot",
            )
            if command.amount is not None:
                _require_amount(command.amount, "amount")
            return (stated(RequirementSet, command, moment),)
        case AssignPerson():
            return (stated(PersonAssigned, command, moment),)
        case SignDeclaration():
            return (stated(DeclarationSigned, command, moment),)
        case HandleInterest():
            require(
                command.person in state.interested,
                "project.no-interest-declared",
                "this person declared no interest",
                field="person",
            )
            return (stated(InterestHandled, command, moment),)
        case _:
            assert_never(command)


def _divide(command: DivideIntoLots, moment: Moment) -> tuple[PreparationFact, ...]:
    codes = [lot.lot for lot in command.lots]
    require(
        bool(codes) and len(set(codes)) == len(codes),
        "project.lots",
        "name at least one lot, each under its own code",
        field="lots",
    )
    for lot in command.lots:
        _require_amount(lot.value, "lots.value")
    return (stated(LotsDivided, command, moment),)


def _require_amount(amount: Euro, field: str) -> None:
    require(amount >= 0, "project.amount", "an amount in cents is 0 or more", field=field)
