"""Preparation: from the search for a project to its request (uitvraag); steps 1 to 6."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.decider import require, require_form
from domain.terms import (
    CPV_CODE,
    CircleId,
    Code,
    Command,
    Fact,
    MemberId,
    Moment,
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
)


# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Preparation:
    registered: bool = False
    experts: frozenset[MemberId] = frozenset()


def evolve(state: Preparation, fact: PreparationFact) -> Preparation:
    match fact:
        case ProjectRegistered():
            return replace(state, registered=True)
        case ExpertGroupFormed():
            return replace(state, experts=frozenset(fact.members))
        case ExpertGroupLeft():
            return replace(state, experts=state.experts - {fact.member})
        case (
            CircleLinked()
            | ProjectAnnounced()
            | ProjectDiscussed()
            | ExpertGroupMet()
            | RequestDrafted()
            | MonitoringProgrammeSet()
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
        case _:
            assert_never(command)
