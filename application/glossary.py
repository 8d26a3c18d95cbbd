"""The glossary (woordenlijst): every term of the field that the code uses, and where it is at home."""

import re
from dataclasses import dataclass

from application.glossary_terms import TERMS


@dataclass(frozen=True, kw_only=True)
class Term:
    """`code` is stable. `forms` are all the Dutch forms that occur, `nl` among them.

    `home` is the module in which the term is explained by its use.
    """

    code: str
    nl: str
    en: str
    meaning: str
    home: str
    forms: tuple[str, ...]


def _read(row: str) -> Term:
    dutch, english, *meaning, home = row.split(" ; ")
    forms = tuple(dutch.split(" / "))
    return Term(
        code=re.sub(r"[^a-z0-9]+", "-", english.lower()),
        nl=forms[0],
        en=english,
        meaning="; ".join(meaning),
        home=home,
        forms=forms,
    )


GLOSSARY: tuple[Term, ...] = tuple(map(_read, TERMS.strip().splitlines()))
"""In the order of a circle's, a project's and a mission's life."""
