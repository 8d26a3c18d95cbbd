"""Whatever happens to a notice on its way to us: it is read, or refused; nothing else comes out."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from application.notices.notice import NoticeRefused
from infrastructure.notices import read_notice
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import data
from tests.thoroughness import examples

NOTICES = (*samples.PUBLISHED, samples.CAN_MINIMAL, samples.CN_MINIMAL, samples.CONSULTATION)

TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "-1", "0", "1e400", "9" * 400, "0.001", "NaN", "2021-02-30", "0001-01-01",
         "9999-12-31", "2024-03-29-14:00", "23:59:60", "24:00:00Z", "00:00:00+14:00", "true",
         "EUR", "unpublished", "LOT-0001", "ORG-0001", "selec-w", "\u202e", "٣", "\N{SUPERSCRIPT TWO}"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
)  # fmt: skip


def read_or_refused(content: bytes) -> None:
    """Any exception but a complete refusal is a failure."""
    try:
        read_notice(content)
    except NoticeRefused as refused:
        complete = refused.code.startswith("notice.") and refused.why.nl and refused.why.en
        if not complete:
            raise


@given(name=st.sampled_from(NOTICES), seed=st.integers(0, 2**32), changes=st.integers(1, 40))
@settings(max_examples=examples(25), deadline=None)
def test_bytes_that_were_changed_cut_or_repeated(name: str, seed: int, changes: int) -> None:
    chance, content = Random(seed), bytearray(data(name))  # noqa: S311 - not a secret
    for _ in range(changes):
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                del content[place : place + chance.randrange(1, 200)]
            case 2:
                content[place:place] = content[place : place + chance.randrange(1, 200)]
            case _:
                content[place:place] = bytes(chance.choices(b"<>&;/!'\"=[]-?:x0 ", k=4))
    read_or_refused(bytes(content))


@given(
    name=st.sampled_from(NOTICES),
    seed=st.integers(0, 2**32),
    texts=st.lists(TEXTS, min_size=1, max_size=5),
)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_elements_that_were_rewritten_moved_or_lost(name: str, seed: int, texts: list[str]) -> None:
    chance = Random(seed)  # noqa: S311 - not a secret
    root = etree.fromstring(data(name))
    for text in texts:
        elements = list(root.iter("*"))
        each, other = chance.choice(elements), chance.choice(elements)
        parent = each.getparent()
        match chance.randrange(6):
            case 0 | 1:
                each.text = text
            case 2 if each.attrib:
                each.set(chance.choice(sorted(map(str, each.attrib))), text)
            case 3 if parent is not None:
                parent.remove(each)
            case 4:
                each.append(etree.fromstring(etree.tostring(other)))
            case _:
                each.tag = other.tag
    read_or_refused(etree.tostring(root))


@given(name=st.sampled_from(NOTICES), seed=st.integers(0, 2**32), text=TEXTS)
@settings(max_examples=examples(30), deadline=None)
def test_one_value_that_says_something_else(name: str, seed: int, text: str) -> None:
    """Mutations that stay close to a notice, so that most of them are read to the end."""
    root = etree.fromstring(data(name))
    leaves = [each for each in root.iter("*") if len(each) == 0]
    each = Random(seed).choice(leaves)  # noqa: S311 - not a secret
    if each.attrib and not each.text:
        each.set(str(next(iter(each.attrib))), text)
    else:
        each.text = text
    read_or_refused(etree.tostring(root))


@pytest.mark.parametrize(
    "name", [samples.F15, samples.F21, samples.F03_RANGE, samples.CAN29, samples.CN10]
)
def test_a_notice_without_any_one_of_its_elements_is_read_or_refused(name: str) -> None:
    """Every single element in turn; about 200 of each notice."""
    count = sum(1 for _ in etree.fromstring(data(name)).iter())
    for place in range(1, count):
        root = etree.fromstring(data(name))
        each = list(root.iter())[place]
        parent = each.getparent()
        assert parent is not None
        parent.remove(each)
        read_or_refused(etree.tostring(root))


@pytest.mark.parametrize("name", NOTICES)
def test_reading_twice_gives_the_same(name: str) -> None:
    content = data(name)
    notice = read_notice(content)
    assert read_notice(content) == notice
    assert hash(notice) == hash(read_notice(content))
