"""Nobody who is named in a notice reaches the record, or this repository."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from application.notices.notice import RemarkCode
from infrastructure.notices import read_notice
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import FOLDER, data, read

SOURCES = Path(__file__).parents[4] / "shared" / "data"
needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="../shared/data, the notices as published, is not here"
)
ALL = (*samples.PUBLISHED, *samples.EXAMPLES)
PERSONAL = frozenset(
    {"CONTACT_POINT", "PHONE", "FAX", "E_MAIL", "Telephone", "Telefax", "ElectronicMail"}
)
"""Elements whose text is contact data wherever they stand."""
ORDINARY = frozenset({"inkoop", "info", "midden", "nederland", "haag", "leveranciers"})
"""Words of e-mail addresses of departments that notices also use for themselves."""


def contact_data(content: bytes) -> set[str]:
    """All that the XML says of contact points, found without the reader's own code."""
    found = set()
    for each in etree.fromstring(content).iter("{*}*"):
        name = etree.QName(each).localname
        inside = each.getparent() is not None and etree.QName(each.getparent()).localname
        if each.text and (name in PERSONAL or (name == "Name" and inside == "Contact")):
            found.add(each.text.strip())
    return found


def streets(content: bytes) -> set[str]:
    names = ("ADDRESS", "StreetName", "POSTAL_CODE", "PostalZone")
    return {
        each.text.strip()
        for each in etree.fromstring(content).iter("{*}*")
        if etree.QName(each).localname in names and each.text
    }


def anonymiser() -> ModuleType:
    spec = importlib.util.spec_from_file_location("anonymise", FOLDER / "anonymise.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", samples.PUBLISHED)
def test_no_contact_data_and_no_street_is_in_the_notice_that_was_read(name: str) -> None:
    content = data(name)
    said = repr(read_notice(content))
    assert contact_data(content)
    assert streets(content)
    for each in contact_data(content) | streets(content):
        assert each not in said


@needs_sources
@pytest.mark.parametrize("name", samples.PUBLISHED)
def test_nor_in_the_one_that_was_published(name: str) -> None:
    content = (SOURCES / name).read_bytes()
    said = repr(read_notice(content))
    for each in contact_data(content) - {"nvt", "Gemeente Lansingerland"}:
        assert each not in said
    assert re.search(r"[\w-]@[\w-]", said) is None


def test_contact_data_that_was_written_into_a_text_is_taken_out_of_it() -> None:
    told = (
        "Bel Contactpersoon 1 (fictief), 010-1234567, 0181 123456, 06 12 34 56 78 of"
        " +31 (0)10 123 45 67, of mail naar inkoop.team@gemeente.voorbeeld.example voor 01-09-2022"
        " 12:00 (CPV 50232100-1, KvK 60484792, 2022/S 010-022374, 0.01 euro)."
    )
    notice = read(samples.F01_LOT, ("Preventief en Reactief Onderhoud", told))
    assert notice.short_description is not None
    assert notice.short_description.startswith(
        "Bel […], […], […], […] of […], of mail naar […] voor 01-09-2022 12:00"
        " (CPV 50232100-1, KvK 60484792, 2022/S 010-022374, 0.01 euro)."
    )
    assert [remark.code for remark in notice.remarks] == [RemarkCode.REMOVED]
    assert notice.remarks[0].element.endswith("OBJECT_CONTRACT/SHORT_DESCR/P")


def test_an_organisation_that_is_its_own_contact_point_stays_in_the_text() -> None:
    buyer = "Gemeente Lansingerland"
    notice = read(
        samples.F01_LOT,
        ("Contactpersoon 1 (fictief)", buyer),
        ("Preventief en Reactief Onderhoud", f"{buyer} vraagt"),
    )
    assert notice.short_description is not None
    assert notice.short_description.startswith(f"{buyer} vraagt")


@pytest.mark.parametrize("name", ALL)
def test_the_copies_hold_only_fictional_contact_data(name: str) -> None:
    fictional = re.compile(
        r"Contactpersoon \d+ \(fictief\)|\+31 0000000\d\d|contact\d+@voorbeeld\.example"
    )
    content = data(name)
    for each in contact_data(content):
        assert fictional.fullmatch(each)
    for each in re.findall(r"[\w.+-]+@[\w.-]+\w", content.decode()):
        assert fictional.fullmatch(each)


@needs_sources
@pytest.mark.parametrize("name", samples.PUBLISHED)
def test_no_word_of_a_real_contact_point_is_left_anywhere_in_a_copy(name: str) -> None:
    source, copy = (SOURCES / name).read_bytes(), data(name).decode()
    persons = contact_data(source) - {"Gemeente Lansingerland", "Aanbestedingsteam  Amsterdam"}
    for person in persons:
        for word in re.findall(r"[^\W\d_]{4,}", person.partition("@")[0]):
            if word.lower() not in ORDINARY:
                assert re.search(rf"\b{word}\b", copy, re.IGNORECASE) is None, word
        assert person in {"nvt", "n.v.t."} or person not in copy


@needs_sources
@pytest.mark.parametrize("name", ALL)
def test_the_script_makes_exactly_these_copies(name: str) -> None:
    assert anonymiser().anonymised((SOURCES / name).read_bytes()) == data(name)


@needs_sources
def test_every_published_notice_has_its_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = anonymiser()
    monkeypatch.setattr("sys.argv", ["anonymise.py", str(SOURCES), str(tmp_path)])
    script.main()
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xml")}
    assert made == set(ALL)
    assert all((tmp_path / name).read_bytes() == data(name) for name in made)


def test_the_script_moves_winners_and_leaves_organisations_where_they_are() -> None:
    source = b"""<F03><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Gemeente Voorbeeld</OFFICIALNAME>
      <ADDRESS>Raadhuisplein 1</ADDRESS><CONTACT_POINT>mw. A. Verzonnen</CONTACT_POINT>
      <PHONE>+31 101234567</PHONE></ADDRESS_CONTRACTING_BODY>
      <P>Vraag mevrouw Verzonnen, verzonnen@voorbeeld.nl.</P>
      <REFERENCE_NUMBER>12/AB/CD</REFERENCE_NUMBER>
      <ADDRESS_CONTRACTOR><OFFICIALNAME>Bouw B.V.</OFFICIALNAME><NATIONALID>12345678</NATIONALID>
      <ADDRESS>Dorpsstraat 5</ADDRESS><POSTAL_CODE>1234 AB</POSTAL_CODE></ADDRESS_CONTRACTOR>
      <ADDRESS_REVIEW_BODY><OFFICIALNAME>Anna Verzonnen</OFFICIALNAME></ADDRESS_REVIEW_BODY></F03>"""
    made = anonymiser().anonymised(source).decode()
    for gone in ("Verzonnen", "verzonnen", "101234567", "Dorpsstraat", "1234 AB", "/AB/CD", "Anna"):
        assert gone not in made
    for kept in ("Gemeente Voorbeeld", "Raadhuisplein 1", "Bouw B.V.", "12345678", "12/XX/XX"):
        assert kept in made
