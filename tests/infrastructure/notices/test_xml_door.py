"""What somebody may put in a file to harm whoever reads it, and what becomes of it: nothing."""

import tracemalloc
from pathlib import Path

import pytest

from infrastructure.notices import LARGEST, read_notice
from infrastructure.notices.xml_door import DEEPEST, MOST_ATTRIBUTES, MOST_ELEMENTS
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import data, refusal

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def with_prolog(prolog: str, *, entity: str = "") -> bytes:
    """A published notice with `prolog` before its root, and `entity` used in its title."""
    text = data(samples.F03).decode()
    start = text.index("<TED_EXPORT")
    body = text[start:].replace("Opstellen van NRD", f"{entity} NRD")
    return (DECLARATION + prolog + body).encode()


def with_attributes(name: str, count: int) -> str:
    return "<a " + " ".join(f'{name}{n}="u"' for n in range(count)) + "/>"


def test_the_notice_without_a_prolog_is_read() -> None:
    assert read_notice(with_prolog("", entity="Een")).title.startswith("Een NRD en MER")


def test_a_billion_laughs_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    tracemalloc.start()
    refused = refusal(with_prolog(f"<!DOCTYPE TED_EXPORT [{levels}]>", entity="&l9;"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.code == "notice.doctype"
    assert peak < 1_000_000


def test_a_quadratic_blow_up_in_an_attribute_is_not_expanded() -> None:
    bomb = f'<!DOCTYPE TED_EXPORT [<!ENTITY a "{"x" * 100_000}">]>'
    twice = with_prolog(bomb).replace(b'LG="NL"', b'LG="' + b"&a;" * 10_000 + b'"')
    assert refusal(twice).code == "notice.doctype"


def test_a_file_of_this_machine_cannot_be_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the vault's key")
    prolog = f'<!DOCTYPE TED_EXPORT [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    refused = refusal(with_prolog(prolog, entity="&s;"))
    assert refused.code == "notice.doctype"
    assert refused.element == "<!DOCTYPE>"
    assert "vault" not in str(refused)


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE TED_EXPORT>",
        '<!DOCTYPE TED_EXPORT SYSTEM "https://voorbeeld.example/notice.dtd">',
        '<!DOCTYPE TED_EXPORT [<!ENTITY % p SYSTEM "https://voorbeeld.example/p.dtd"> %p;]>',
        '<!DOCTYPE TED_EXPORT [<!ATTLIST TED_EXPORT VERSION CDATA "R2.0.9.S03.E01">]>',
    ],
)
def test_every_document_type_is_refused(prolog: str) -> None:
    assert refusal(with_prolog(prolog)).code == "notice.doctype"


def test_a_document_type_in_utf_16_is_seen_too() -> None:
    text = with_prolog("<!DOCTYPE TED_EXPORT []>").decode().replace("UTF-8", "UTF-16")
    assert refusal(text.encode("utf-16")).code == "notice.doctype"


def test_xinclude_is_just_an_element_that_nobody_reads(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the vault's key")
    include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    text = data(samples.F03).decode().replace("Opstellen van NRD", f"{include}Opstellen van NRD")
    assert read_notice(text.encode()).title == "Opstellen van NRD en MER verbindingsweg N279"


def test_a_hundred_megabytes_are_refused_before_they_are_parsed() -> None:
    huge = bytes(100_000_000)
    tracemalloc.start()
    refused = refusal(huge)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.code == "notice.too-large"
    assert peak < 100_000


def test_the_limit_of_size_is_the_first_byte_too_many() -> None:
    notice = data(samples.F03)
    assert read_notice(notice + b" " * (LARGEST - len(notice))).title.startswith("Opstellen")
    assert refusal(notice + b" " * (LARGEST - len(notice) + 1)).code == "notice.too-large"


@pytest.mark.parametrize(
    ("inside", "fits"),
    [
        ("<a>" * (DEEPEST - 1) + "</a>" * (DEEPEST - 1), True),
        ("<a>" * DEEPEST + "</a>" * DEEPEST, False),
        ("<a/>" * (MOST_ELEMENTS - 1), True),
        ("<a/>" * MOST_ELEMENTS, False),
        (with_attributes("b", MOST_ATTRIBUTES), True),
        (with_attributes("b", MOST_ATTRIBUTES + 1), False),
        (with_attributes("xmlns:b", MOST_ATTRIBUTES + 1), False),
    ],
    ids=["deep", "too deep", "many", "too many", "attributes", "attributes+1", "namespaces+1"],
)
def test_more_depth_elements_or_attributes_than_a_notice_has_are_refused(
    inside: str,
    fits: bool,  # noqa: FBT001 - a column of the table
) -> None:
    code = refusal(f"<r>{inside}</r>".encode()).code
    assert code == ("notice.root-unknown" if fits else "notice.too-complex")


@pytest.mark.parametrize(
    "content",
    [b"", b" ", b"%PDF-1.7 not a notice", b"{}", b"<a><b></a></b>", b"<a/><b/>", b"\x00\xff\x00"],
)
def test_what_is_not_xml_is_refused(content: bytes) -> None:
    assert refusal(content).code == "notice.not-xml"


def test_an_undeclared_entity_is_not_xml() -> None:
    assert refusal(with_prolog("", entity="&unknown;")).code == "notice.not-xml"


@pytest.mark.parametrize("name", [samples.F03, samples.CAN29])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_notice_is_refused_with_the_place(name: str, part: float) -> None:
    content = data(name).rstrip()
    refused = refusal(content[: int(len(content) * part)])
    assert refused.code == "notice.not-xml"
    assert ":" in refused.why.nl


def test_a_notice_in_utf_16_says_the_same() -> None:
    text = data(samples.F03).decode()
    other = text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    ours, theirs = read_notice(text.encode()), read_notice(other)
    assert other[:2] in {b"\xff\xfe", b"\xfe\xff"}
    assert ours.sha256 != theirs.sha256
    assert (ours.title, ours.buyers, ours.awards) == (theirs.title, theirs.buyers, theirs.awards)


def test_utf_16_that_calls_itself_utf_8_is_refused() -> None:
    assert refusal(data(samples.F03).decode().encode("utf-16")).code == "notice.not-xml"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "UTF-7", "shift_jis", "x"])
def test_another_encoding_is_refused(encoding: str) -> None:
    text = data(samples.F03).decode().replace('encoding="UTF-8"', f'encoding="{encoding}"')
    assert refusal(text.encode()).code == "notice.encoding"


def test_a_comment_in_a_text_does_not_cut_it() -> None:
    text = data(samples.F03).decode().replace("Opstellen van NRD", "Opstellen<!-- x --> van NRD")
    assert read_notice(text.encode()).title == "Opstellen van NRD en MER verbindingsweg N279"
