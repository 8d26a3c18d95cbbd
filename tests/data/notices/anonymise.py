"""Makes the copies in this folder from the published notices: nobody is named in them any more.

    python tests/data/notices/anonymise.py <folder with ted/ and eforms-sdk/> [<target folder>]

Replaced are contact points, telephone and fax numbers, e-mail addresses (also inside texts), the
streets and postal codes of winners, names of contact points that turn up elsewhere in the file, and
initials in reference numbers. Each different value gets its own fictional one, numbered in order of
appearance, so the same source always gives the same bytes. Names of organisations, their towns and
their registration numbers stay: they are what the tests hold the reader to.

The script works by place, not by name: a list of the real names would be a copy of them. All other
bytes stay as they were published, white space and encoding included.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

FOLDERS = ("ted", "eforms-sdk")

_CONTACT = re.compile(r"(?s)(<cac:Contact>)(.*?)(</cac:Contact>)")
_CONTACT_NAME = re.compile(r"(<CONTACT_POINT>|<cbc:Name>)([^<]+)(</)")
_TED_CONTACT = re.compile(r"(<CONTACT_POINT>)([^<]+)(</)")
_TELEPHONE = re.compile(r"(<(?:PHONE|FAX|cbc:Telephone|cbc:Telefax)>)([^<]+)(</)")
_EMAIL = re.compile(r"()([\w.+-]+@[\w-]+(?:\.[\w-]+)+)()")
_WINNER_IN_TED = re.compile(r"(?s)(<ADDRESS_CONTRACTOR>)(.*?)(</ADDRESS_CONTRACTOR>)")
_STREET = re.compile(r"(<ADDRESS>|<cbc:StreetName>)([^<]+)(</)")
_POSTAL_CODE = re.compile(r"(<POSTAL_CODE>|<cbc:PostalZone>)([^<]+)(</)")
_TENDERER = re.compile(r"<efac:Tenderer>\s*<cbc:ID[^>]*>([^<]+)</cbc:ID>")
_ORGANISATION = re.compile(r"(?s)(<efac:Organization>)(.*?)(</efac:Organization>)")
_INITIALS = re.compile(r"(<REFERENCE_NUMBER>[0-9]+)((?:/[A-Z]{2})+)(</)")
_OFFICIAL_NAME = re.compile(r"(<OFFICIALNAME>)([^<]+)(</)")
_BUYER = re.compile(
    r"(?s)<ADDRESS_CONTRACTING_BODY>.*?<OFFICIALNAME>([^<]+)</"
    r"|<cac:PartyName>\s*<cbc:Name[^>]*>([^<]+)</"
)


def anonymised(data: bytes) -> bytes:
    """The notice without persons; `data` is UTF-8, as all published notices are."""
    text = data.decode("utf-8")
    surnames = _surnames(text)
    contact = _numbered("Contactpersoon {} (fictief)")
    text = _TED_CONTACT.sub(contact, text)
    text = _within(_CONTACT, text, lambda inside: _CONTACT_NAME.sub(contact, inside))
    text = _TELEPHONE.sub(_numbered("+31 0000000{:02}"), text)
    text = _EMAIL.sub(_numbered("contact{}@voorbeeld.example"), text)
    text = _within(_WINNER_IN_TED, text, _moved)
    winners = set(_TENDERER.findall(text))
    text = _within(
        _ORGANISATION,
        text,
        lambda inside: _moved(inside) if any(f">{w}<" in inside for w in winners) else inside,
    )
    text = _INITIALS.sub(lambda m: m[1] + re.sub("[A-Z]", "X", m[2]) + m[3], text)
    text = _OFFICIAL_NAME.sub(
        lambda m: f"{m[1]}Instantie (fictief){m[3]}" if _named(m[2], surnames) else m[0], text
    )
    for surname in surnames:
        text = re.sub(rf"\b{re.escape(surname)}\b", "Fictief", text)
    return text.encode("utf-8")


def _numbered(form: str) -> Callable[[re.Match[str]], str]:
    """A replacement of group 2 that gives equal values equal numbers, from 1."""
    numbers: dict[str, int] = {}

    def replace(match: re.Match[str]) -> str:
        number = numbers.setdefault(match[2], len(numbers) + 1)
        return match[1] + form.format(number) + match[3]

    return replace


def _within(block: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    return block.sub(lambda m: m[1] + change(m[2]) + m[3], text)


def _moved(address: str) -> str:
    address = _STREET.sub(r"\1Voorbeeldstraat 1\3", address)
    return _POSTAL_CODE.sub(r"\g<1>0000 AA\3", address)


def _surnames(text: str) -> tuple[str, ...]:
    """Words of contact points that would give a person away elsewhere; the buyer's own name stays.

    Short words are particles and first names. Notices of the SDK name departments, not persons.
    """
    names = [m[2] for m in _TED_CONTACT.finditer(text)]
    names += [m[2] for block in _CONTACT.finditer(text) for m in _CONTACT_NAME.finditer(block[2])]
    buyer = _BUYER.search(text)
    kept = set(re.findall(r"\w+", "" if buyer is None else buyer[1] or buyer[2]))
    words = {word for name in names for word in re.findall(r"\w+", name)}
    return tuple(sorted(word for word in words - kept if len(word) >= 4 and word.istitle()))


def _named(name: str, surnames: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(each)}\b", name) for each in surnames)


def main() -> None:
    """Write a copy of every notice in the source folder beside this script, or in the target."""
    source = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
    for folder in FOLDERS:
        (target / folder).mkdir(parents=True, exist_ok=True)
        for notice in sorted((source / folder).glob("*.xml")):
            (target / folder / notice.name).write_bytes(anonymised(notice.read_bytes()))


if __name__ == "__main__":
    main()
