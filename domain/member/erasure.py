"""Erasure (gegevenswissing): an authority is asked to forget a person, decides, and does it.

A request is decided by somebody else than who recorded it. Some texts must be kept: then the
request is refused, or granted but for those, each with its legal ground. What is granted is carried
out by the service, which records every key that it destroys and, at the end, that it is done.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require, require_form
from domain.member.organisation import Organisation, OrganisationKind
from domain.sealing import ErasureGround, KeyId
from domain.terms import CODE, CircleId, Code, Command, Fact, Moment, PersonRef, dutch_date, stated

# ---------------------------------------------------------------------------------------- facts


class ErasureAsker(StrEnum):
    DATA_SUBJECT = "data-subject"  # de betrokkene zelf, AVG 17
    AUTHORITY = "authority"  # de dienst zelf, omdat de bewaartermijn om is


class KeepGround(StrEnum):
    """Why a text is kept (grond om te bewaren)."""

    ARCHIVES_ACT = "archives-act"  # Archiefwet 1995 art. 3 en 5, AVG 17(3)(b) en (d)
    PROCEDURE_FILE = "procedure-file"  # aanbestedingsdossier, Aw 2.56, AVG 17(3)(b)
    PENDING_DISPUTE = "pending-dispute"  # lopend geschil, AVG 17(3)(e)
    PUBLIC_TASK = "public-task"  # taak van algemeen belang, AVG 17(3)(b)
    RECORDED_IN_OFFICE = "recorded-in-office"  # ambtshalve vastgelegd, AVG 17(3)(b)
    RIGHTS_OF_OTHERS = "rights-of-others"  # rechten van anderen, AVG 17(3)(a)
    NOT_THE_PERSON = "not-the-person"  # identiteit niet vastgesteld, AVG 12(6)


@dataclass(frozen=True, kw_only=True)
class TextAt:
    """One sealed text: the field of an event; `field` is written as in JSON."""

    position: int
    field: str


@dataclass(frozen=True, kw_only=True)
class ErasureRequest:
    """`circle` is absent where the person is to be forgotten in everything of this authority.

    `texts` are those of others in which the person is named. `received_on` is the day from which
    the month for an answer is counted (AVG 12(3)).
    """

    erasure: Code
    person: PersonRef
    circle: CircleId | None = None
    ground: ErasureGround
    asked_by: ErasureAsker
    received_on: date
    texts: tuple[TextAt, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ErasureRequested(Fact, ErasureRequest):
    """Somebody asked that a person be forgotten."""

    requested_by: PersonRef


@dataclass(frozen=True, kw_only=True)
class ErasureRefusal:
    """`until` is the last day on which the ground holds, where that is known."""

    erasure: Code
    ground: KeepGround
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ErasureRefused(Fact, ErasureRefusal):
    """Nothing is forgotten, for this legal ground."""


@dataclass(frozen=True, kw_only=True)
class KeptKey:
    kid: KeyId
    ground: KeepGround
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ErasureGrant:
    """`kept` are the keys that stay, beside those that a retention period keeps by itself."""

    erasure: Code
    kept: tuple[KeptKey, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ErasureGranted(Fact, ErasureGrant):
    """The person is to be forgotten; the service does it from here on."""


@dataclass(frozen=True, kw_only=True)
class ErasureResult:
    """`kept` have each their ground; `person_removed`: no account leads to this person any more."""

    erasure: Code
    destroyed: int
    kept: tuple[KeptKey, ...]
    person_removed: bool


@dataclass(frozen=True, kw_only=True)
class ErasureCompleted(Fact, ErasureResult):
    """Everything that was to be forgotten is forgotten."""


@dataclass(frozen=True, kw_only=True)
class Naming:
    kid: KeyId
    persons: tuple[PersonRef, ...]


@dataclass(frozen=True, kw_only=True)
class PersonsNamed(Fact, Naming):
    """Somebody who may read the texts under a key said whom they name."""


ErasureFact = ErasureRequested | ErasureRefused | ErasureGranted | ErasureCompleted | PersonsNamed

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Erasures:
    """`asked` by whom each was recorded, and `about` whom it is; `granted` and not done yet."""

    asked: frozenset[tuple[Code, PersonRef]] = frozenset()
    about: frozenset[tuple[Code, PersonRef]] = frozenset()
    decided: frozenset[Code] = frozenset()
    granted: frozenset[Code] = frozenset()


def evolve(state: Erasures, fact: ErasureFact) -> Erasures:
    match fact:
        case ErasureRequested():
            return replace(
                state,
                asked=state.asked | {(fact.erasure, fact.requested_by)},
                about=state.about | {(fact.erasure, fact.person)},
            )
        case ErasureRefused():
            return replace(state, decided=state.decided | {fact.erasure})
        case ErasureGranted():
            return replace(
                state,
                decided=state.decided | {fact.erasure},
                granted=state.granted | {fact.erasure},
            )
        case ErasureCompleted():
            return replace(state, granted=state.granted - {fact.erasure})
        case PersonsNamed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RequestErasure(Command, ErasureRequest):
    pass


@dataclass(frozen=True, kw_only=True)
class RefuseErasure(Command, ErasureRefusal):
    pass


@dataclass(frozen=True, kw_only=True)
class GrantErasure(Command, ErasureGrant):
    pass


@dataclass(frozen=True, kw_only=True)
class CompleteErasure(Command, ErasureResult):
    """Given by the service that carried the erasure out, and by nobody at a door."""


@dataclass(frozen=True, kw_only=True)
class NamePersons(Command, Naming):
    pass


ErasureCommand = RequestErasure | RefuseErasure | GrantErasure | NamePersons

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Erasures,
    organisation: Organisation,
    command: ErasureCommand | CompleteErasure,
    moment: Moment,
) -> tuple[ErasureFact, ...]:
    require(
        organisation.kind is OrganisationKind.CONTRACTING_AUTHORITY,
        "member.not-an-authority",
        "only a contracting authority (aanbestedende dienst) decides about forgetting",
    )
    match command:
        case RequestErasure():
            _require_request(state, command, moment)
            return (stated(ErasureRequested, command, moment, requested_by=moment.actor),)
        case RefuseErasure():
            _require_undecided(state, command.erasure, moment)
            return (stated(ErasureRefused, command, moment),)
        case GrantErasure():
            _require_undecided(state, command.erasure, moment)
            return (stated(ErasureGranted, command, moment),)
        case CompleteErasure():
            require(
                command.erasure in state.granted,
                "member.erasure-not-granted",
                "this erasure was not granted, or was carried out before",
                field="erasure",
            )
            return (stated(ErasureCompleted, command, moment),)
        case NamePersons():
            require(
                len(command.persons) > 0,
                "member.nobody-named",
                "name at least one person whom the texts concern",
                field="persons",
            )
            require(
                moment.actor not in command.persons,
                "member.names-oneself",
                "whoever is named may read the texts for good; let somebody else name you",
                field="persons",
            )
            return (stated(PersonsNamed, command, moment),)
        case _:
            assert_never(command)


def _require_request(state: Erasures, command: RequestErasure, moment: Moment) -> None:
    require_form(
        command.erasure,
        CODE,
        "member.erasure-code",
        "is not a code; use letters, digits, dots and hyphens",
        field="erasure",
    )
    require(
        command.erasure not in {code for code, _ in state.asked},
        "member.erasure-known",
        f"there is a request {command.erasure} already; choose another code",
        field="erasure",
    )
    require(
        command.received_on <= dutch_date(moment.now),
        "member.erasure-received-later",
        "record a request when it has been received",
        field="receivedOn",
    )
    require(
        command.ground is not ErasureGround.RETENTION_ENDED
        or command.asked_by is ErasureAsker.AUTHORITY,
        "member.erasure-ground",
        "that a retention period ended is a ground of the authority; a person who asks has another",
        field="ground",
    )


def _require_undecided(state: Erasures, erasure: Code, moment: Moment) -> None:
    asked_by = {person for code, person in state.asked if code == erasure}
    require(
        len(asked_by) > 0,
        "member.unknown-erasure",
        "this authority has no such request; record it first",
        field="erasure",
    )
    require(
        erasure not in state.decided,
        "member.erasure-decided",
        "this request was decided before; a new request gets a new code",
        field="erasure",
    )
    require(
        moment.actor not in asked_by,
        "member.erasure-own-request",
        "whoever recorded a request does not decide about it; let somebody else do so",
        field="erasure",
    )
    require(
        (erasure, moment.actor) not in state.about,
        "member.erasure-of-oneself",
        "nobody decides about being forgotten oneself; let somebody else do so",
        field="erasure",
    )
