"""Member (deelnemer): an organisation that the record knows, inside a circle or not.

Everybody who acts on a project is one: contractors that sit in a circle, outsiders that bid,
contracting authorities, facilitators, linked undertakings. Being in a circle is a fact of the
circle. What an authority adopts as its own policy (parameters, bands) and whom it lets into the
record are facts of the authority.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, assert_never

from domain.convenant_project.preparation import ContractKind
from domain.decider import Decider, Refused, require, require_form, require_possible_time
from domain.municipalities import require_municipality
from domain.rules.adoption import adoptable
from domain.terms import (
    KVK_NUMBER,
    MUNICIPALITY_CODE,
    CircleId,
    Command,
    Euro,
    Fact,
    MemberId,
    Moment,
    PersonRef,
    Sealed,
    dutch_date,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


class OrganisationKind(StrEnum):
    CONTRACTOR = "contractor"  # aannemer
    CONTRACTING_AUTHORITY = "contracting-authority"  # aanbestedende dienst
    FACILITATOR = "facilitator"  # onafhankelijk begeleider
    OTHER_CLIENT = "other-client"  # andere opdrachtgever, zoals een havenbedrijf
    ADVISER = "adviser"  # adviseur
    KNOWLEDGE_INSTITUTE = "knowledge-institute"  # kennisinstelling
    TRADE_ASSOCIATION = "trade-association"  # brancheorganisatie


class LegalForm(StrEnum):
    PRIVATE_LIMITED = "private-limited"  # BV
    PUBLIC_LIMITED = "public-limited"  # NV
    SOLE_TRADER = "sole-trader"  # eenmanszaak
    GENERAL_PARTNERSHIP = "general-partnership"  # vof
    PROFESSIONAL_PARTNERSHIP = "professional-partnership"  # maatschap
    COOPERATIVE = "cooperative"  # cooperatie
    FOUNDATION = "foundation"  # stichting
    ASSOCIATION = "association"  # vereniging
    PUBLIC_BODY = "public-body"  # publiekrechtelijke rechtspersoon
    FOREIGN = "foreign"  # buitenlandse rechtsvorm
    UNKNOWN = "unknown"  # niet bekend


PERSONAL_FORMS = frozenset(
    {LegalForm.SOLE_TRADER, LegalForm.GENERAL_PARTNERSHIP, LegalForm.PROFESSIONAL_PARTNERSHIP}
)
"""Forms whose trade name is personal data (PRV-13): their names are sealed."""


class LinkBasis(StrEnum):
    GROUP = "group"  # concern
    SHAREHOLDING = "shareholding"  # deelneming
    SHARED_DIRECTOR = "shared-director"  # gedeelde bestuurder


class AccessRole(StrEnum):
    """What a person may do in the record; the access policy says what each allows."""

    AUDITOR = "auditor"
    OFFICER = "officer"  # ambtenaar die een project leidt
    FACILITATOR = "facilitator"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """`kvk_number` is absent for bodies without one and for sole traders, whose number is personal."""

    kvk_number: str | None = None
    name: str | Sealed
    kind: OrganisationKind
    legal_form: LegalForm
    small_or_medium: bool | None = None  # mkb
    municipality_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class MemberRegistered(Fact, Organisation):
    """An organisation became known to the record."""


@dataclass(frozen=True, kw_only=True)
class Link:
    other: MemberId
    basis: LinkBasis
    since: date


@dataclass(frozen=True, kw_only=True)
class UndertakingLinked(Fact, Link):
    """This organisation and `other` count as one for prior involvement (Aw 2.51(1))."""


@dataclass(frozen=True, kw_only=True)
class Introduction:
    person: PersonRef
    name: Sealed
    contact: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class PersonIntroduced(Fact, Introduction):
    """A person acts for this organisation; name and contact data can be forgotten."""


@dataclass(frozen=True, kw_only=True)
class Employment:
    person: PersonRef
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class EmploymentStated(Fact, Employment):
    """A person was employed here from `since`, until and including `until` where that is known."""


@dataclass(frozen=True, kw_only=True)
class WorkReference:
    work: str
    municipality_code: str
    completed_on: date


@dataclass(frozen=True, kw_only=True)
class WorkReferenced(Fact, WorkReference):
    """Evidence of a work in a municipality: the single entry condition of a circle (CIR-11)."""


@dataclass(frozen=True, kw_only=True)
class Qualification:
    kind_of_work: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class QualificationStated(Fact, Qualification):
    """The organisation is known to be fit for a kind of work, in a circle or not (PRC-11)."""


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """`value` is in the parameter's own unit: cents, basis points, days, months or a count."""

    parameter: str
    value: int
    valid_from: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ParameterAdopted(Fact, Adoption):
    """This authority took a number for its own; from then on the rules hold it to that number."""


class PolicyBand(StrEnum):
    """How heavy a procedure an authority asks for below the European threshold."""

    SINGLE = "single"  # enkelvoudig onderhands
    MULTI_PRIVATE = "multi-private"  # meervoudig onderhands
    NATIONAL = "national"  # nationaal openbaar of niet-openbaar


@dataclass(frozen=True, kw_only=True)
class BandRow:
    """A band reaches from where the one before it ends up to `below`, absent for the last one.

    An estimate of exactly `below` is in this band only if `boundary_inclusive`.
    """

    band: PolicyBand
    below: Euro | None = None
    boundary_inclusive: bool = False


@dataclass(frozen=True, kw_only=True)
class BandSet:
    kind: ContractKind
    rows: tuple[BandRow, ...]
    valid_from: date
    valid_until: date | None = None
    source_decision: str


@dataclass(frozen=True, kw_only=True)
class BandSetAdopted(Fact, BandSet):
    """This authority's own table of procedures by value (inkoopmatrix)."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    person: PersonRef
    role: AccessRole
    circle: CircleId | None = None


@dataclass(frozen=True, kw_only=True)
class AccessGranted(Fact, Grant):
    """A person may act in a role: in one circle, or in all of this authority where it is absent."""


@dataclass(frozen=True, kw_only=True)
class AccessWithdrawn(Fact, Grant):
    """The same grant ended."""


MemberFact = (
    MemberRegistered
    | UndertakingLinked
    | PersonIntroduced
    | EmploymentStated
    | WorkReferenced
    | QualificationStated
    | ParameterAdopted
    | BandSetAdopted
    | AccessGranted
    | AccessWithdrawn
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Member:
    organisation: Organisation | None = None
    links: frozenset[MemberId] = frozenset()
    people: frozenset[PersonRef] = frozenset()
    grants: frozenset[tuple[PersonRef, AccessRole, CircleId | None]] = frozenset()


def evolve(state: Member, fact: MemberFact) -> Member:
    match fact:
        case MemberRegistered():
            return replace(state, organisation=fact)
        case UndertakingLinked():
            return replace(state, links=state.links | {fact.other})
        case PersonIntroduced():
            return replace(state, people=state.people | {fact.person})
        case AccessGranted():
            return replace(state, grants=state.grants | {(fact.person, fact.role, fact.circle)})
        case AccessWithdrawn():
            return replace(state, grants=state.grants - {(fact.person, fact.role, fact.circle)})
        case (
            EmploymentStated()
            | WorkReferenced()
            | QualificationStated()
            | ParameterAdopted()
            | BandSetAdopted()
        ):
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RegisterMember(Command, Organisation):
    pass


@dataclass(frozen=True, kw_only=True)
class LinkUndertaking(Command, Link):
    pass


@dataclass(frozen=True, kw_only=True)
class IntroducePerson(Command, Introduction):
    pass


@dataclass(frozen=True, kw_only=True)
class StateEmployment(Command, Employment):
    pass


@dataclass(frozen=True, kw_only=True)
class ReferenceWork(Command, WorkReference):
    pass


@dataclass(frozen=True, kw_only=True)
class StateQualification(Command, Qualification):
    pass


@dataclass(frozen=True, kw_only=True)
class AdoptParameters(Command):
    """Adopt several numbers at once, as one decision of the authority does."""

    adoptions: tuple[Adoption, ...]


@dataclass(frozen=True, kw_only=True)
class AdoptBandSet(Command, BandSet):
    pass


@dataclass(frozen=True, kw_only=True)
class GrantAccess(Command, Grant):
    pass


@dataclass(frozen=True, kw_only=True)
class WithdrawAccess(Command, Grant):
    pass


MemberCommand = (
    RegisterMember
    | LinkUndertaking
    | IntroducePerson
    | StateEmployment
    | ReferenceWork
    | StateQualification
    | AdoptParameters
    | AdoptBandSet
    | GrantAccess
    | WithdrawAccess
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Member, command: MemberCommand, moment: Moment) -> tuple[MemberFact, ...]:
    require_possible_time(command, moment)
    if isinstance(command, RegisterMember):
        return _register(state, command, moment)
    organisation = state.organisation
    if organisation is None:
        raise Refused("member.unknown", "no organisation has this id; register it first")
    match command:
        case LinkUndertaking():
            return (stated(UndertakingLinked, command, moment),)
        case IntroducePerson():
            require(
                command.person not in state.people,
                "member.person-known",
                "this person was introduced before",
                field="person",
            )
            return (stated(PersonIntroduced, command, moment),)
        case StateEmployment():
            require(
                command.until is None or command.until >= command.since,
                "member.employment-ends-before-it-starts",
                "the last day lies before the first",
                field="until",
            )
            return (stated(EmploymentStated, command, moment),)
        case ReferenceWork():
            _require_municipality(command.municipality_code)
            return (stated(WorkReferenced, command, moment),)
        case StateQualification():
            return (stated(QualificationStated, command, moment),)
        case AdoptParameters():
            _require_authority(organisation)
            for each in command.adoptions:
                adoptable(each.parameter, each.value)
            return tuple(
                stated(ParameterAdopted, command, moment, **_named(each))
                for each in command.adoptions
            )
        case AdoptBandSet():
            _require_authority(organisation)
            _require_rising_bands(command.rows)
            return (stated(BandSetAdopted, command, moment),)
        case GrantAccess():
            if (command.person, command.role, command.circle) in state.grants:
                return ()
            return (stated(AccessGranted, command, moment),)
        case WithdrawAccess():
            require(
                (command.person, command.role, command.circle) in state.grants,
                "member.access-not-granted",
                "this person does not hold that role here",
                field="person",
            )
            return (stated(AccessWithdrawn, command, moment),)
        case _:
            assert_never(command)


def _register(state: Member, command: RegisterMember, moment: Moment) -> tuple[MemberFact, ...]:
    require(
        state.organisation is None,
        "member.known",
        "this organisation is registered already",
    )
    personal = command.legal_form in PERSONAL_FORMS
    if command.kvk_number is not None:
        require(
            not personal and not isinstance(command.name, Sealed),
            "member.personal-number",
            "the KvK number of a sole trader or partnership, or beside a sealed name, is personal"
            " data; leave it out",
            field="kvkNumber",
        )
        require_form(
            command.kvk_number,
            KVK_NUMBER,
            "member.kvk-number",
            "is not a KvK number; it has 8 digits",
            field="kvkNumber",
        )
    require(
        isinstance(command.name, Sealed) or not personal,
        "member.personal-name",
        "the name of a sole trader or partnership is personal data and must be sealed",
        field="name",
    )
    if command.municipality_code is not None:
        require_municipality(
            command.municipality_code,
            dutch_date(command.occurred_at or moment.now),
            malformed="member.municipality-code",
        )
    return (stated(MemberRegistered, command, moment),)


def _named(adoption: Adoption) -> dict[str, Any]:
    return {each.name: getattr(adoption, each.name) for each in fields(adoption)}


def _require_authority(organisation: Organisation) -> None:
    require(
        organisation.kind is OrganisationKind.CONTRACTING_AUTHORITY,
        "member.not-an-authority",
        "only a contracting authority (aanbestedende dienst) sets policy",
    )


def _require_municipality(code: str) -> None:
    require_form(
        code,
        MUNICIPALITY_CODE,
        "member.municipality-code",
        "is not a municipality code; write gm and four digits",
        field="municipalityCode",
    )


def _require_rising_bands(rows: tuple[BandRow, ...]) -> None:
    """A table that does not rise would give an estimate two procedures, or none."""
    limits = [row.below for row in rows[:-1]]
    known = [limit for limit in limits if limit is not None]
    order = tuple(PolicyBand)
    heavier = all(order.index(one.band) < order.index(two.band) for one, two in pairwise(rows))
    rising = len(known) == len(limits) and known == sorted(set(known))
    require(
        bool(rows) and rising and heavier and rows[-1].below is None,
        "member.bands",
        "limits and procedures must rise from row to row, and the last row has no limit",
        field="rows",
    )


member = Decider(name="member", initial=Member(), decide=decide, evolve=evolve)
