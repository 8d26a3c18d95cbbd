"""What happened in a convenant project, in one sentence each; one file per room of the project."""

from typing import assert_never

from application.sentences.names import Names
from application.sentences.projects import (
    award,
    early_market,
    execution,
    knowledge,
    lessons,
    preparation,
    provenance,
    risks,
    surroundings,
    tendering,
    work,
)
from domain.convenant_project import ProjectFact
from domain.convenant_project.award import AwardFact
from domain.convenant_project.contract_design import DesignFact
from domain.convenant_project.early_market import EarlyMarketFact
from domain.convenant_project.execution import ExecutionFact
from domain.convenant_project.information_exchange import ExchangeFact
from domain.convenant_project.interests import InterestFact
from domain.convenant_project.knowledge import KnowledgeFact
from domain.convenant_project.lessons import LessonFact
from domain.convenant_project.monitoring import MonitoringFact
from domain.convenant_project.preparation import PreparationFact
from domain.convenant_project.procedure import ProcedureFact
from domain.convenant_project.provenance import ProvenanceFact
from domain.convenant_project.questions import QuestionFact
from domain.convenant_project.risks import RiskFact
from domain.convenant_project.site import SiteFact
from domain.convenant_project.surroundings import SurroundingsFact
from domain.convenant_project.tendering import TenderingFact
from domain.terms import Text


def sentence(fact: ProjectFact, names: Names) -> Text:
    if isinstance(fact, PreparationFact | DesignFact | InterestFact):
        return preparation.sentence(fact, names)
    if isinstance(fact, KnowledgeFact):
        return knowledge.sentence(fact, names)
    if isinstance(fact, ProcedureFact | QuestionFact | TenderingFact):
        return tendering.sentence(fact, names)
    if isinstance(fact, AwardFact):
        return award.sentence(fact, names)
    if isinstance(fact, ExecutionFact):
        return execution.sentence(fact)
    if isinstance(fact, ProvenanceFact):
        return provenance.sentence(fact)
    if isinstance(fact, EarlyMarketFact):
        return early_market.sentence(fact, names)
    if isinstance(fact, RiskFact):
        return risks.sentence(fact, names)
    if isinstance(fact, SurroundingsFact):
        return surroundings.sentence(fact, names)
    if isinstance(fact, ExchangeFact | MonitoringFact | SiteFact):
        return work.sentence(fact, names)
    if isinstance(fact, LessonFact):
        return lessons.sentence(fact, names)
    assert_never(fact)
