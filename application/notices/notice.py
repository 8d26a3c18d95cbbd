"""A European procurement notice (aankondiging) as it was read: a value, without a verdict.

It holds what the notice says and where reading it was not plain; nothing is completed or corrected.
Where a notice contradicts itself, what the buyer wrote stands and a `Remark` names the other.
Fields that the notice leaves out are `None` or empty: unknown, not zero.

Contact points (contactpersonen), addresses of the street, telephone numbers and e-mail addresses
are never read. Some places may still name a person: a winner whose `may_name_a_person` is true,
whose name is sealed where it is stored; `reference`, in which buyers write initials; and the free
text of `title` and `short_description`, from which only e-mail addresses, telephone numbers and the
notice's own contact points were taken out. Of the last three the import stores the title alone.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import OutsideRegime
from domain.terms import BasisPoints, Euro, Instant, Text


class Form(StrEnum):
    """The forms that are read: each is held by at least one notice in the tests."""

    F01 = "F01"  # vooraankondiging
    F02 = "F02"  # aankondiging van een opdracht
    F03 = "F03"  # aankondiging van een gegunde opdracht
    F15 = "F15"  # vrijwillige transparantie vooraf
    F21 = "F21"  # sociale en andere specifieke diensten
    F25 = "F25"  # gunning van een concessie
    EFORMS_4 = "eforms-4"  # vooraankondiging
    EFORMS_10 = "eforms-10"  # vooraankondiging als oproep tot mededinging
    EFORMS_15 = "eforms-15"  # erkenningsregeling
    EFORMS_16 = "eforms-16"  # aankondiging van een opdracht
    EFORMS_29 = "eforms-29"  # aankondiging van een gegunde opdracht
    EFORMS_E1 = "eforms-E1"  # marktconsultatie


class Purpose(StrEnum):
    """What a notice is for, whatever its form: a form F01 or F21 serves several."""

    PLANNING = "planning"  # vooraankondiging
    CONSULTATION = "consultation"  # marktconsultatie
    COMPETITION = "competition"  # oproep tot mededinging
    QUALIFICATION = "qualification"  # erkenningsregeling
    TRANSPARENCY = "transparency"  # vrijwillige transparantie vooraf: nog geen gunning
    RESULT = "result"  # gegund, of niet


class Due(StrEnum):
    """What must be in before a deadline (termijn)."""

    TENDERS = "tenders"  # inschrijvingen
    REQUESTS = "requests"  # verzoeken tot deelneming
    TENDERS_OR_REQUESTS = "tenders-or-requests"  # de aankondiging noemt geen procedure
    INTEREST = "interest"  # blijken van belangstelling
    ANSWERS = "answers"  # antwoorden op een marktconsultatie


class CriterionKind(StrEnum):
    PRICE = "price"
    COST = "cost"
    QUALITY = "quality"


class RemarkCode(StrEnum):
    CONTRADICTION = "notice.contradiction"
    """The notice says two things; the field holds what the buyer's own part says."""
    NOT_IMPORTED = "notice.not-imported"
    """Something is stated in a way that the field cannot hold, and the field is empty."""
    NOT_STATED = "notice.not-stated"
    """Something that one would expect here is not stated."""
    PLACEHOLDER = "notice.placeholder"
    """The field holds what the notice says, which is not likely to be meant."""
    REMOVED = "notice.removed"
    """Contact data was taken out of a text."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something that a reader of the imported notice should know. `element` is a path in the XML."""

    code: RemarkCode
    element: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class EuroRange:
    """An amount that the notice gives as lowest and highest only; euro cents, excluding VAT."""

    low: Euro
    high: Euro


Amount: TypeAlias = Euro | EuroRange

PLACEHOLDER = Euro(1_00)
"""Amounts up to one euro are filled in where a form demands a number that the buyer withholds."""


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """A contracting authority (aanbestedende dienst).

    `national_ids` are what it filled in as its registration numbers: often a number of the tender
    platform, so never a KvK number. `country` is ISO 3166, two letters in TED and three in eForms.
    """

    name: str
    national_ids: tuple[str, ...]
    town: str | None
    country: str | None
    nuts: str | None


_LEGAL_PERSON = re.compile(
    r"\b(?:b\.?\s?v|n\.?\s?v|u\.\s?a|b\.\s?a|gmbh|ltd)\b\.?"
    r"|\b(?:stichting|vereniging|co[oö]peratie|gemeente|provincie|waterschap|universiteit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Winner:
    """An undertaking to which a contract was awarded (winnaar).

    `kvk_number` is the number that the notice gives this undertaking if it has exactly 8 digits
    and the undertaking is in the Netherlands; other numbers are not kept, because that of a sole
    trader (eenmanszaak) may hold a citizen service number. `natural_person` is what the notice
    says; only eForms asks.
    """

    name: str
    kvk_number: str | None
    town: str | None
    country: str | None
    nuts: str | None
    natural_person: bool | None

    @property
    def may_name_a_person(self) -> bool:
        """Whether the name must be treated as personal data (PRV-13).

        True unless the notice says that this is no natural person, or the name itself carries the
        form of a legal person, which outweighs a wrongly ticked box.
        """
        return self.natural_person is not False and _LEGAL_PERSON.search(self.name) is None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One award criterion (gunningscriterium).

    `weight` is there only where the notice makes it a percentage: by its unit, by a percent sign,
    or because the bare numbers of all criteria of the lot add up to 100. `weight_stated` is what
    the notice says, with the unit's code if it has one.
    """

    kind: CriterionKind | None
    name: str | None
    weight: BasisPoints | None
    weight_stated: str | None


@dataclass(frozen=True, kw_only=True)
class Lot:
    """A lot (perceel). A contract that is not divided is one lot; its `id` is then "1" in TED."""

    id: str
    title: str | None
    cpv_main: str | None
    cpv_additional: tuple[str, ...]
    estimated_value: Euro | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A deadline. `at` is None where the notice gives a day only, or a time without a time zone."""

    due: Due
    lot: str | None
    on: date
    at: Instant | None


@dataclass(frozen=True, kw_only=True)
class Awarded:
    """One contract, or one winning tender, and whose it is.

    `decided_on` is the day of the choice, `concluded_on` that of the contract: TED has the first in
    F15 and the second elsewhere, and eForms keeps them apart. `tenders_received` counts all tenders for the lot;
    `tenders_electronic` those that came in electronically, which is not the same number.
    """

    lot: str | None
    winners: tuple[Winner, ...]
    value: Amount | None
    estimated_value: Euro | None
    tenders_received: int | None
    tenders_electronic: int | None
    decided_on: date | None
    concluded_on: date | None


@dataclass(frozen=True, kw_only=True)
class NotAwarded:
    """No contract: `reason` is the notice's own code, `still_open` that the choice is to come."""

    lot: str | None
    reason: str | None
    still_open: bool
    tenders_received: int | None
    tenders_electronic: int | None


Award: TypeAlias = Awarded | NotAwarded


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Why a notice is imported without verdicts.

    `regime` is None where the law is not one of those that the domain names. `element` is where
    the notice says so, `stated` what it says there.
    """

    regime: OutsideRegime | None
    element: str
    stated: str
    why: Text


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One notice. Amounts are euro cents excluding VAT; an amount in another currency is a remark.

    `identifier` is the number in the Official Journal (Publicatieblad), as the notice writes it;
    without a publication, the notice's own id and version. `sha256` is over the bytes of the file.
    `procedure_id` (eForms only) is shared by all notices of one procedure, and `previous` is the
    Official Journal's number of an earlier notice of it. `changes` is the id of the notice of which
    this is a changed version. `language` is ISO 639, two letters. `dispatched_at` is None in TED,
    which gives the day only. `procedure` is the notice's own code. `accelerated` is None where the
    form does not ask. TED has no additional CPV codes of the whole: `cpv_additional` is then that
    of all lots.
    """

    form: Form
    purpose: Purpose
    identifier: str
    notice_id: str | None
    version: str | None
    procedure_id: str | None
    previous: str | None
    changes: str | None
    reference: str | None
    sha256: str
    language: str
    dispatched_on: date
    dispatched_at: Instant | None
    published_on: date | None
    legal_basis: str
    outside: Outside | None
    buyers: tuple[Buyer, ...]
    title: str
    short_description: str | None
    kind: ContractKind | None
    cpv_main: str
    cpv_additional: tuple[str, ...]
    procedure: str | None
    accelerated: bool | None
    estimated_value: Euro | None
    total_value: Amount | None
    deadlines: tuple[Deadline, ...]
    lots: tuple[Lot, ...]
    awards: tuple[Award, ...]
    remarks: tuple[Remark, ...]


class NoticeRefused(Exception):
    """The file is not a notice that can be read; nothing of it was kept.

    `code` is stable, `why` says what is wrong and what would mend it, `element` is the path of the
    element at fault, or None when the fault is in the file as a whole. None of the three repeats
    what the file says, which may be personal data.
    """

    def __init__(self, code: str, why: Text, element: str | None = None) -> None:
        super().__init__(f"{code}: {why.en}" + (f" [{element}]" if element else ""))
        self.code = code
        self.why = why
        self.element = element
