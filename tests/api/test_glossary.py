"""The words of the field are for everybody, and the document says the same as the doors."""

from pathlib import Path

from api.glossary_document import DOCUMENT, document
from application.glossary import GLOSSARY
from application.vocabulary.published import vocabularies
from tests.api.conftest import Told
from tests.api.in_process import Doors

ROOT = Path(__file__).parents[2]


def test_the_document_is_that_of_this_build() -> None:
    written = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    assert written == document(), "run: python -m api.glossary_document"


def test_the_glossary_is_read_without_a_token(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        answer = await at.get(None, "/glossary")
        assert answer.headers["cache-control"].startswith("public")
        terms = answer.json()["terms"]
        assert len(terms) == len(GLOSSARY)
        assert terms[0] == {
            "code": "circle",
            "nl": "kenniskring",
            "en": "circle",
            "meaning": GLOSSARY[0].meaning,
        }

    at_the_doors(story)


def test_the_vocabularies_are_read_without_a_token(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        answer = await at.get(None, "/vocabularies")
        said = {each["code"]: each for each in answer.json()["vocabularies"]}
        assert list(said) == [each.code for each in vocabularies()]
        assert {
            "code": "tactical",
            "label": {"nl": "tactisch", "en": "tactical"},
        } in said["levels"]["words"]

    at_the_doors(story)
