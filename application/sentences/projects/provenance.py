"""Where a project was read from, in sentences."""

from typing import assert_never

from domain.convenant_project.provenance import NoticeImported, ProvenanceFact
from domain.terms import Text


def sentence(fact: ProvenanceFact) -> Text:
    match fact:
        case NoticeImported():
            judged = fact.outside is None
            return Text(
                nl=f"Het project is overgenomen uit aankondiging {fact.identifier} ({fact.form})"
                + ("." if judged else "; die valt onder recht dat hier niet wordt getoetst."),
                en=f"The project was read from notice {fact.identifier} ({fact.form})"
                + ("." if judged else "; that is under law that is not judged here."),
            )
        case _:
            assert_never(fact)
