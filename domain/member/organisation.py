"""Organisation: who it is, with whom it counts as one, and how it came to an end.

A sole trader's or partnership's trade name is personal data and sealed; its KvK number is left out.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.decider import require, require_form
from domain.municipalities import require_municipality
from domain.terms import (
    KVK_NUMBER,
    Command,
    Fact,
    MemberId,
    Moment,
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


class RetirementGround(StrEnum):
    CEASED = "ceased"  # gestaakt
    BANKRUPT = "bankrupt"  # failliet
    MERGED = "merged"  # gefuseerd
    RECORDED_TWICE = "recorded-twice"  # dubbel ingeschreven


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
class Retirement:
    """`successor` carries on what it did, where one does."""

    ground: RetirementGround
    ended_on: date
    successor: MemberId | None = None


@dataclass(frozen=True, kw_only=True)
class OrganisationRetired(Fact, Retirement):
    """The organisation is there no more; what it did stays."""


OrganisationFact = MemberRegistered | UndertakingLinked | OrganisationRetired

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Identity:
    organisation: Organisation | None = None
    links: frozenset[MemberId] = frozenset()
    retired: bool = False


def evolve(state: Identity, fact: OrganisationFact) -> Identity:
    match fact:
        case MemberRegistered():
            known = {each.name: getattr(fact, each.name) for each in fields(Organisation)}
            return replace(state, organisation=Organisation(**known))  # without the fact's time
        case UndertakingLinked():
            return replace(state, links=state.links | {fact.other})
        case OrganisationRetired():
            return replace(state, retired=True)
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
class RetireOrganisation(Command, Retirement):
    pass


OrganisationCommand = RegisterMember | LinkUndertaking | RetireOrganisation

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Identity, command: OrganisationCommand, moment: Moment
) -> tuple[OrganisationFact, ...]:
    match command:
        case RegisterMember():
            return _register(state, command, moment)
        case LinkUndertaking():
            return (stated(UndertakingLinked, command, moment),)
        case RetireOrganisation():
            require(
                not state.retired,
                "member.retired",
                "the end of this organisation was recorded before",
            )
            require(
                command.ended_on <= dutch_date(moment.now),
                "member.retires-later",
                "record the end of an organisation when it has come",
                field="endedOn",
            )
            return (stated(OrganisationRetired, command, moment),)
        case _:
            assert_never(command)


def _register(
    state: Identity, command: RegisterMember, moment: Moment
) -> tuple[OrganisationFact, ...]:
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
