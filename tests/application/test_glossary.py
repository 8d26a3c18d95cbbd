"""Every term that the domain uses stands in the glossary, and every term in it is used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import domain
from application.glossary import GLOSSARY, Term
from application.vocabulary import word
from application.vocabulary.published import Vocabulary, sets_of, vocabularies
from domain.circle.topics import KNOWN_TOPICS
from domain.terms import Fact
from tests.samples import FACTS

ROOT = Path(__file__).parents[2]
DOMAIN = Path(domain.__file__).parent
CODE = re.compile(r"[a-z0-9][a-z0-9.()-]*")

ASIDES = frozenset(
    """
    Gregorian computus|None|a considerable change asks for more time|d, n|inclusive|leaves
    indicators and their measurements|level at the line|level, index|named, owned and met
    minutes, kilograms, hundredths of a percent|or a confirmation|or a new invitation to all
    actions, monitoring, evaluation|parameters|parameters, bands|pilot, check|prices, tender plans
    pilots, means, what is made and phased out|problem and solutions|risk, lesson|seat, meeting
    the market's say beforehand|the nine, assessed again and again|the street and its people
    transaction cost, market knowledge|what was written down on the work
    which must know its time zone|who was told what, when|why one may count on the other
    """.replace("\n", "|").split("|")
)
"""English that stands in brackets in a docstring of the domain. All else there is a Dutch term."""


def docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text
            case _:
                pass


def terms_in_brackets() -> dict[str, str]:
    """What stands in brackets in a docstring -> the file where it does."""
    found: dict[str, str] = {}
    for path in sorted(DOMAIN.rglob("*.py")):
        for text in docstrings(path):
            for said in re.findall(r"\(([a-zA-Z][^()0-9]{2,45})\)", text):
                found.setdefault(re.sub(r"\s+", " ", said), str(path.relative_to(ROOT)))
    return found


def parts(said: str) -> Iterator[str]:
    yield from (each.strip() for each in said.split(","))


def test_every_dutch_term_at_its_first_use_is_in_the_glossary() -> None:
    known = {form.lower() for each in GLOSSARY for form in each.forms}
    known |= {each.lower() for each in ("SOK", "Atw")}
    asides = {each.strip() for each in ASIDES}
    missing = {
        said: path
        for said, path in terms_in_brackets().items()
        if said not in asides and not all(each.lower() in known for each in parts(said))
    }
    assert missing == {}, (
        "a Dutch term: add it to application/glossary_terms.py; English: to ASIDES"
    )


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: term.code)
def test_a_term_stands_where_the_glossary_says(term: Term) -> None:
    home = ROOT / term.home.replace(".", "/")
    paths = [home.with_suffix(".py")] if home.with_suffix(".py").exists() else home.rglob("*.py")
    text = " ".join(path.read_text(encoding="utf-8") for path in paths)
    text = re.sub(r"\s+", " ", text).lower()
    assert any(form.lower() in text for form in term.forms)


def test_terms_have_codes_of_their_own_and_a_meaning() -> None:
    assert len({each.code for each in GLOSSARY}) == len(GLOSSARY)
    assert len({each.nl for each in GLOSSARY}) == len(GLOSSARY)
    assert all(CODE.fullmatch(each.code) and each.meaning for each in GLOSSARY)


def published(code: str) -> Vocabulary:
    (found,) = (each for each in vocabularies() if each.code == code)
    return found


@pytest.mark.parametrize(
    ("code", "how_many"),
    [
        ("themes", 16),
        ("topics", 11),
        ("topics-as-written", 12),
        ("levels", 3),
        ("aspects", 7),
        ("contribution-kinds", 9),
        ("aims", 4),
        ("chances", 8),
        ("principles", 5),
        ("source-anomalies", 8),
    ],
)
def test_the_lists_of_the_sources_are_whole(code: str, how_many: int) -> None:
    assert len(published(code).words) == how_many


def test_the_topics_that_stand_twice_still_stand_twice() -> None:
    written = [each.label.nl for each in published("topics-as-written").words]
    assert written == [each.written for each in KNOWN_TOPICS]
    assert written.count("Rekenvergoeding") == 2
    assert written[-1] == "?"


def test_codes_are_unique_and_every_word_is_said_in_both_languages() -> None:
    codes = [each.code for each in vocabularies()]
    assert len(codes) == len(set(codes))
    for vocabulary in vocabularies():
        words = [each.code for each in vocabulary.words]
        assert len(words) == len(set(words))
        for each in vocabulary.words:
            assert CODE.fullmatch(each.code), (vocabulary.code, each.code)
            assert each.label.nl
            assert each.label.en


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_every_closed_set_of_a_fact_is_published(fact: type[Fact]) -> None:
    closed = [
        {each.code: each.label for each in vocabulary.words}
        for vocabulary in vocabularies()
        if vocabulary.closed
    ]
    for words in set(sets_of(fact)):
        assert {each.value: word(each) for each in words} in closed
