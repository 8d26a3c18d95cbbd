"""The organisations of a notice, and under which id each of them stands in the record.

A winner with a KvK number stands under that number, as everybody does. A buyer's number is none
(TenderNed fills in numbers of its own), so a buyer stands under an id that is derived from its name,
that number and its country: two notices of one municipality make one authority. Where it gives no
number its town is taken in, as two municipalities may bear one name. Buyers are never persons, so
their names may be hashed.

A winner whose name may be that of a person is sealed and stands under an id that is made for this
notice alone, from the hash of the file and never from the name. So does a winner without a number:
whether it is the winner of another notice, nobody can say.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from application.notices.notice import Awarded, Buyer, Notice, Winner
from domain.convenant_project.provenance import import_command
from domain.member.organisation import LegalForm, OrganisationKind, RegisterMember
from domain.terms import MemberId, member_id_of_kvk

_AUTHORITIES = UUID("0d5c7a52-9f5b-5f3e-8a63-6d1f7b1c9e20")


@dataclass(frozen=True, kw_only=True)
class Party:
    """One organisation. `step` names its registration; `sealed`: its name is to be sealed first."""

    id: MemberId
    step: str
    register: RegisterMember
    sealed: bool = False


@dataclass(frozen=True, kw_only=True)
class Parties:
    """`buyers` in the order of the notice; `winners` by what the notice says of each."""

    buyers: tuple[Party, ...]
    winners: Mapping[Winner, Party]

    @property
    def all(self) -> tuple[Party, ...]:
        """Each organisation once."""
        return tuple({each.id: each for each in (*self.buyers, *self.winners.values())}.values())


def parties(notice: Notice) -> Parties:
    """Everybody whom the notice names as a buyer or as a winner."""
    buyers = {party.id: party for party in map(_buyer, notice.buyers)}
    named = [
        winner for each in notice.awards if isinstance(each, Awarded) for winner in each.winners
    ]
    known: dict[str, Party] = {}
    winners = {}
    for winner in named:
        key = _spelling(winner)
        if key not in known:
            known[key] = _winner(notice, winner, len(known) + 1)
        winners[winner] = known[key]
    return Parties(buyers=tuple(buyers.values()), winners=winners)


def _buyer(buyer: Buyer) -> Party:
    authority = authority_id(buyer)
    return Party(
        id=authority,
        step=f"buyer {authority}",
        register=RegisterMember(
            name=buyer.name,
            kind=OrganisationKind.CONTRACTING_AUTHORITY,
            legal_form=legal_form(buyer.name, buyer.country),
        ),
    )


def authority_id(buyer: Buyer) -> MemberId:
    """The id of a contracting authority that is known by its name and not by a KvK number."""
    numbers = sorted(filter(None, (_plain(each).replace(" ", "") for each in buyer.national_ids)))
    place = f"number {numbers[0]}" if numbers else f"town {_plain(buyer.town or '')}"
    spelled = json.dumps([_plain(buyer.name), place, _country(buyer.country)], ensure_ascii=False)
    return MemberId(uuid5(_AUTHORITIES, spelled))


def _winner(notice: Notice, winner: Winner, number: int) -> Party:
    step = f"winner {number}"
    sealed = winner.may_name_a_person
    kvk_number = None if sealed else winner.kvk_number
    return Party(
        id=MemberId(uuid5(import_command(notice.sha256, step), "member"))
        if kvk_number is None
        else member_id_of_kvk(kvk_number),
        step=step,
        register=RegisterMember(
            kvk_number=kvk_number,
            name=winner.name,
            kind=OrganisationKind.CONTRACTOR,
            legal_form=LegalForm.UNKNOWN if sealed else legal_form(winner.name, winner.country),
        ),
        sealed=sealed,
    )


def _spelling(winner: Winner) -> str:
    """What makes two winners of one notice the same one."""
    if winner.kvk_number is not None:
        return winner.kvk_number
    return f"{_plain(winner.name)} {_country(winner.country)}"


# ------------------------------------------------------------------------------- how it is spelled

_FORMS: tuple[tuple[re.Pattern[str], LegalForm], ...] = (
    (
        re.compile(
            r"(gemeente|provincie|waterschap|hoogheemraadschap|ministerie|rijkswaterstaat)\b.*"
        ),
        LegalForm.PUBLIC_BODY,
    ),
    (re.compile(r"stichting\b.*"), LegalForm.FOUNDATION),
    (re.compile(r"vereniging\b.*"), LegalForm.ASSOCIATION),
    (re.compile(r"co[oö]peratie\b.*|.*\b[bu]\.\s?a\."), LegalForm.COOPERATIVE),
    (re.compile(r".*\bb\.?\s?v\.?"), LegalForm.PRIVATE_LIMITED),
    (re.compile(r".*\bn\.?\s?v\.?"), LegalForm.PUBLIC_LIMITED),
)
"""What a whole name looks like: by what it begins with, or by what it ends on."""

_TOGETHER = re.compile(r"(bouw|aannemers)?combinatie\b.*|consortium\b.*|.*,.*,.*")
"""Several undertakings under one name have a form of their own, which the name does not tell."""


def legal_form(name: str, country: str | None) -> LegalForm:
    """The legal form as far as the name itself says it; a notice has no field for it."""
    if _country(country) not in {"nl", ""}:
        return LegalForm.FOREIGN
    said = name.casefold().strip()
    if _TOGETHER.fullmatch(said):
        return LegalForm.UNKNOWN
    found = (form for pattern, form in _FORMS if pattern.fullmatch(said))
    return next(found, LegalForm.UNKNOWN)


def _plain(text: str) -> str:
    """Letters and digits in one case, with single spaces: spellings that mean the same name."""
    kept = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", kept))


_TWO_LETTERS: Mapping[str, str] = {
    "aut": "at", "bel": "be", "bgr": "bg", "che": "ch", "cyp": "cy", "cze": "cz", "deu": "de",
    "dnk": "dk", "esp": "es", "est": "ee", "fin": "fi", "fra": "fr", "gbr": "gb", "grc": "gr",
    "hrv": "hr", "hun": "hu", "irl": "ie", "isl": "is", "ita": "it", "lie": "li", "ltu": "lt",
    "lux": "lu", "lva": "lv", "mlt": "mt", "nld": "nl", "nor": "no", "pol": "pl", "prt": "pt",
    "rou": "ro", "svk": "sk", "svn": "si", "swe": "se", "uk": "gb", "el": "gr",
}  # fmt: skip
"""ISO 3166, three letters (eForms) to two, for the Union, the EEA, Switzerland and the United
Kingdom; and the two spellings of the Union's own in TED."""


def _country(country: str | None) -> str:
    code = (country or "").casefold()
    return _TWO_LETTERS.get(code, code)
