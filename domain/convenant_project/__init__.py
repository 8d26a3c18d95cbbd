"""ConvenantProject (convenantproject): one work, from the search for it to what was learned.

Thirteen steps, in five rooms: `preparation` (1-6), `knowledge` (who was told what, when),
`tendering` (7-8), `award` (9) and `execution` (10-13); `provenance` says which published notice a
project was read from. What can happen but breaks a rule is recorded and judged afterwards; refused
is only what cannot have happened.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from domain.convenant_project import (
    award,
    execution,
    knowledge,
    preparation,
    provenance,
    tendering,
)
from domain.convenant_project.award import Award, AwardCommand, AwardFact
from domain.convenant_project.execution import Execution, ExecutionCommand, ExecutionFact
from domain.convenant_project.knowledge import Knowledge, KnowledgeCommand, KnowledgeFact
from domain.convenant_project.preparation import (
    Preparation,
    PreparationCommand,
    PreparationFact,
    RegisterProject,
)
from domain.convenant_project.provenance import (
    Provenance,
    ProvenanceCommand,
    ProvenanceFact,
)
from domain.convenant_project.tendering import Tendering, TenderingCommand, TenderingFact
from domain.decider import Decider, require, require_possible_time
from domain.terms import Moment

ProjectFact = (
    PreparationFact | KnowledgeFact | TenderingFact | AwardFact | ExecutionFact | ProvenanceFact
)
ProjectCommand = (
    PreparationCommand
    | KnowledgeCommand
    | TenderingCommand
    | AwardCommand
    | ExecutionCommand
    | ProvenanceCommand
)


@dataclass(frozen=True, kw_only=True)
class ConvenantProject:
    preparation: Preparation = Preparation()
    knowledge: Knowledge = Knowledge()
    tendering: Tendering = Tendering()
    award: Award = Award()
    execution: Execution = Execution()
    provenance: Provenance = Provenance()


def evolve(state: ConvenantProject, fact: ProjectFact) -> ConvenantProject:
    if isinstance(fact, PreparationFact):
        return replace(state, preparation=preparation.evolve(state.preparation, fact))
    if isinstance(fact, KnowledgeFact):
        return replace(state, knowledge=knowledge.evolve(state.knowledge, fact))
    if isinstance(fact, TenderingFact):
        return replace(state, tendering=tendering.evolve(state.tendering, fact))
    if isinstance(fact, AwardFact):
        return replace(state, award=award.evolve(state.award, fact))
    if isinstance(fact, ExecutionFact):
        return replace(state, execution=execution.evolve(state.execution, fact))
    if isinstance(fact, ProvenanceFact):
        return replace(state, provenance=provenance.evolve(state.provenance, fact))
    assert_never(fact)


def decide(
    state: ConvenantProject, command: ProjectCommand, moment: Moment
) -> tuple[ProjectFact, ...]:
    require_possible_time(command, moment)
    require(
        state.preparation.registered or isinstance(command, RegisterProject),
        "project.unknown",
        "no project has this id; register it first",
    )
    if isinstance(command, PreparationCommand):
        return preparation.decide(state.preparation, command, moment)
    if isinstance(command, KnowledgeCommand):
        return knowledge.decide(state.knowledge, command, moment)
    if isinstance(command, TenderingCommand):
        return tendering.decide(state.tendering, state.knowledge, command, moment)
    if isinstance(command, AwardCommand):
        return award.decide(state.award, command, moment)
    if isinstance(command, ExecutionCommand):
        return execution.decide(state.execution, command, moment, signed=state.award.signed)
    if isinstance(command, ProvenanceCommand):
        return provenance.decide(state.provenance, command, moment)
    assert_never(command)


convenant_project = Decider(
    name="convenant-project", initial=ConvenantProject(), decide=decide, evolve=evolve
)
