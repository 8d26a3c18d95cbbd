"""What happened in a convenant project, in one sentence each; one file per room of the project."""

from typing import assert_never

from application.sentences.names import Names
from application.sentences.projects import (
    award,
    execution,
    knowledge,
    preparation,
    provenance,
    tendering,
)
from domain.convenant_project import ProjectFact
from domain.convenant_project.award import AwardFact
from domain.convenant_project.execution import ExecutionFact
from domain.convenant_project.knowledge import KnowledgeFact
from domain.convenant_project.preparation import PreparationFact
from domain.convenant_project.provenance import ProvenanceFact
from domain.convenant_project.tendering import TenderingFact
from domain.terms import Text


def sentence(fact: ProjectFact, names: Names) -> Text:
    if isinstance(fact, PreparationFact):
        return preparation.sentence(fact, names)
    if isinstance(fact, KnowledgeFact):
        return knowledge.sentence(fact, names)
    if isinstance(fact, TenderingFact):
        return tendering.sentence(fact, names)
    if isinstance(fact, AwardFact):
        return award.sentence(fact, names)
    if isinstance(fact, ExecutionFact):
        return execution.sentence(fact)
    if isinstance(fact, ProvenanceFact):
        return provenance.sentence(fact)
    assert_never(fact)
