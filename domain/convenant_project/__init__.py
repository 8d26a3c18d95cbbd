"""ConvenantProject (convenantproject): one work, from the search for it to what was learned.

Thirteen steps: `preparation` (1-6), `contract_design` for its estimate, lots and reasons, `procedure`
and `questions` (7), `tendering` (7-8), `award` (9) and `execution` (10-13). Through all of them go
`knowledge` (who was told what, when) and `interests`, of whoever had influence;
`provenance` says which published notice a project was read from. Beside the steps: `early_market`
(the market's say beforehand), `risks`, `surroundings` (the street and its people),
`information_exchange` (BIM, VISI), `monitoring` (indicators and their measurements), `site` (what was
written down on the work) and `lessons`.

What can happen but breaks a rule is recorded and judged afterwards; refused is only what cannot have
happened.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from domain import sealing
from domain.convenant_project import (
    award,
    contract_design,
    early_market,
    execution,
    information_exchange,
    interests,
    knowledge,
    lessons,
    monitoring,
    preparation,
    procedure,
    provenance,
    questions,
    risks,
    site,
    surroundings,
    tendering,
)
from domain.convenant_project.award import Award, AwardCommand, AwardFact
from domain.convenant_project.contract_design import ContractDesign, DesignCommand, DesignFact
from domain.convenant_project.early_market import (
    EarlyMarket,
    EarlyMarketCommand,
    EarlyMarketFact,
)
from domain.convenant_project.execution import Execution, ExecutionCommand, ExecutionFact
from domain.convenant_project.information_exchange import (
    ExchangeCommand,
    ExchangeFact,
    Exchanges,
)
from domain.convenant_project.interests import InterestCommand, InterestFact, Interests
from domain.convenant_project.knowledge import Knowledge, KnowledgeCommand, KnowledgeFact
from domain.convenant_project.lessons import LessonCommand, LessonFact, Lessons
from domain.convenant_project.monitoring import Monitoring, MonitoringCommand, MonitoringFact
from domain.convenant_project.preparation import (
    Preparation,
    PreparationCommand,
    PreparationFact,
    RegisterProject,
)
from domain.convenant_project.procedure import AwardProcedure, ProcedureCommand, ProcedureFact
from domain.convenant_project.provenance import (
    Provenance,
    ProvenanceCommand,
    ProvenanceFact,
)
from domain.convenant_project.questions import QuestionCommand, QuestionFact, Questions
from domain.convenant_project.risks import RiskCommand, RiskFact, Risks
from domain.convenant_project.site import Site, SiteCommand, SiteFact
from domain.convenant_project.surroundings import (
    Surroundings,
    SurroundingsCommand,
    SurroundingsFact,
)
from domain.convenant_project.tendering import Tendering, TenderingCommand, TenderingFact
from domain.decider import Decider, require, require_possible_time
from domain.sealing import Keys, RecordDestruction, SealingFact
from domain.terms import Moment

ProjectFact = (
    PreparationFact
    | DesignFact
    | InterestFact
    | KnowledgeFact
    | ProcedureFact
    | QuestionFact
    | TenderingFact
    | AwardFact
    | ExecutionFact
    | ProvenanceFact
    | EarlyMarketFact
    | RiskFact
    | SurroundingsFact
    | ExchangeFact
    | MonitoringFact
    | SiteFact
    | LessonFact
)
ProjectCommand = (
    PreparationCommand
    | DesignCommand
    | InterestCommand
    | KnowledgeCommand
    | ProcedureCommand
    | QuestionCommand
    | TenderingCommand
    | AwardCommand
    | ExecutionCommand
    | ProvenanceCommand
    | EarlyMarketCommand
    | RiskCommand
    | SurroundingsCommand
    | ExchangeCommand
    | MonitoringCommand
    | SiteCommand
    | LessonCommand
)


@dataclass(frozen=True, kw_only=True)
class ConvenantProject:
    preparation: Preparation = Preparation()
    contract_design: ContractDesign = ContractDesign()
    interests: Interests = Interests()
    knowledge: Knowledge = Knowledge()
    procedure: AwardProcedure = AwardProcedure()
    questions: Questions = Questions()
    tendering: Tendering = Tendering()
    award: Award = Award()
    execution: Execution = Execution()
    provenance: Provenance = Provenance()
    early_market: EarlyMarket = EarlyMarket()
    risks: Risks = Risks()
    surroundings: Surroundings = Surroundings()
    exchanges: Exchanges = Exchanges()
    monitoring: Monitoring = Monitoring()
    site: Site = Site()
    lessons: Lessons = Lessons()
    keys: Keys = Keys()


def evolve(state: ConvenantProject, fact: ProjectFact | SealingFact) -> ConvenantProject:
    if isinstance(fact, PreparationFact):
        return replace(state, preparation=preparation.evolve(state.preparation, fact))
    if isinstance(fact, DesignFact):
        return replace(state, contract_design=contract_design.evolve(state.contract_design, fact))
    if isinstance(fact, InterestFact):
        return replace(state, interests=interests.evolve(state.interests, fact))
    if isinstance(fact, KnowledgeFact):
        return replace(state, knowledge=knowledge.evolve(state.knowledge, fact))
    if isinstance(fact, ProcedureFact):
        return replace(state, procedure=procedure.evolve(state.procedure, fact))
    if isinstance(fact, QuestionFact):
        return replace(state, questions=questions.evolve(state.questions, fact))
    if isinstance(fact, TenderingFact):
        return replace(state, tendering=tendering.evolve(state.tendering, fact))
    if isinstance(fact, AwardFact):
        return replace(state, award=award.evolve(state.award, fact))
    if isinstance(fact, ExecutionFact):
        return replace(state, execution=execution.evolve(state.execution, fact))
    if isinstance(fact, ProvenanceFact):
        return replace(state, provenance=provenance.evolve(state.provenance, fact))
    if isinstance(fact, EarlyMarketFact):
        return replace(state, early_market=early_market.evolve(state.early_market, fact))
    if isinstance(fact, RiskFact):
        return replace(state, risks=risks.evolve(state.risks, fact))
    if isinstance(fact, SurroundingsFact):
        return replace(state, surroundings=surroundings.evolve(state.surroundings, fact))
    if isinstance(fact, ExchangeFact):
        return replace(state, exchanges=information_exchange.evolve(state.exchanges, fact))
    if isinstance(fact, MonitoringFact):
        return replace(state, monitoring=monitoring.evolve(state.monitoring, fact))
    if isinstance(fact, SiteFact):
        return replace(state, site=site.evolve(state.site, fact))
    if isinstance(fact, LessonFact):
        return replace(state, lessons=lessons.evolve(state.lessons, fact))
    if isinstance(fact, SealingFact):
        return replace(state, keys=sealing.evolve(state.keys, fact))
    assert_never(fact)


def decide(
    state: ConvenantProject, command: ProjectCommand | RecordDestruction, moment: Moment
) -> tuple[ProjectFact | SealingFact, ...]:
    require_possible_time(command, moment)
    if isinstance(command, RecordDestruction):
        return sealing.decide(state.keys, command, moment)
    require(
        state.preparation.registered or isinstance(command, RegisterProject),
        "project.unknown",
        "no project has this id; register it first",
    )
    if isinstance(command, PreparationCommand):
        return preparation.decide(state.preparation, command, moment)
    if isinstance(command, DesignCommand):
        return contract_design.decide(state.contract_design, command, moment)
    if isinstance(command, InterestCommand):
        return interests.decide(state.interests, command, moment)
    if isinstance(command, KnowledgeCommand):
        return knowledge.decide(state.knowledge, command, moment)
    if isinstance(command, ProcedureCommand):
        return procedure.decide(state.procedure, state.knowledge, command, moment)
    if isinstance(command, QuestionCommand):
        return questions.decide(state.questions, command, moment)
    if isinstance(command, TenderingCommand):
        return tendering.decide(state.tendering, command, moment, started=state.procedure.started)
    if isinstance(command, AwardCommand):
        return award.decide(state.award, command, moment)
    if isinstance(command, ExecutionCommand):
        return execution.decide(state.execution, command, moment, signed=state.award.signed)
    if isinstance(command, ProvenanceCommand):
        return provenance.decide(state.provenance, command, moment)
    if isinstance(command, EarlyMarketCommand):
        return early_market.decide(state.early_market, command, moment)
    if isinstance(command, RiskCommand):
        return risks.decide(state.risks, command, moment)
    if isinstance(command, SurroundingsCommand):
        return surroundings.decide(state.surroundings, command, moment)
    if isinstance(command, ExchangeCommand):
        return information_exchange.decide(state.exchanges, command, moment)
    if isinstance(command, MonitoringCommand):
        return monitoring.decide(state.monitoring, command, moment)
    if isinstance(command, SiteCommand):
        return site.decide(state.site, command, moment)
    if isinstance(command, LessonCommand):
        return lessons.decide(state.lessons, command, moment)
    assert_never(command)


convenant_project = Decider(
    name="convenant-project", initial=ConvenantProject(), decide=decide, evolve=evolve
)
