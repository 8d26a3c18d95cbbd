"""`docs/glossary.md`: made from the glossary and the vocabularies.

`python -m api.glossary_document` writes it anew; a test holds the document to them.
"""

from collections.abc import Iterator
from pathlib import Path

from application.glossary import GLOSSARY
from application.vocabulary.published import Vocabulary, vocabularies

DOCUMENT = Path("docs/glossary.md")

_HEAD = """\
# Glossary (woordenlijst)

Made by `python -m api.glossary_document`; do not edit. Also served, without a token, at
`/v1/glossary` and `/v1/vocabularies`.

## Terms

| Dutch | English | what it means | at home in |
|---|---|---|---|
"""
_CODES = """
## Vocabularies

A code is stable: it is never renamed and never gets another meaning. A closed set is what an event
may hold, and nothing else will do; an open one lists words to write texts in.
"""


def document() -> str:
    """The whole glossary."""
    terms = "".join(
        f"| {' / '.join(each.forms)} | {each.en} | {each.meaning} | `{each.home}` |\n"
        for each in GLOSSARY
    )
    return _HEAD + terms + _CODES + "".join(map(_vocabulary, vocabularies()))


def _vocabulary(vocabulary: Vocabulary) -> str:
    return "\n".join(_lines(vocabulary))


def _lines(vocabulary: Vocabulary) -> Iterator[str]:
    title = "" if vocabulary.title is None else f": {vocabulary.title.en} ({vocabulary.title.nl})"
    yield ""
    yield f"### `{vocabulary.code}`{title}"
    yield ""
    yield f"| {'closed' if vocabulary.closed else 'open'} | Dutch | English |"
    yield "|---|---|---|"
    for each in vocabulary.words:
        yield f"| `{each.code}` | {each.label.nl} | {each.label.en} |"
    yield ""


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
