"""Circle (kenniskring): where an authority and regional contractors learn, decide and prepare.

`founding` tells how it begins, who guides it and how it ends, `convenant` what its parties signed,
`membership` who is in it and `seats` who sits in it; `meetings` when it met and what became public,
`topics` what it talked about, `klaagpaal` what was complained of in safety; `decisions` and
`agreements` what it resolved; `improvements` what it sets out to do better, `learning` how it looks
back, and `exchange` what it passes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from domain import sealing
from domain.circle import (
    agreements,
    convenant,
    decisions,
    exchange,
    founding,
    improvements,
    klaagpaal,
    learning,
    meetings,
    membership,
    seats,
    topics,
)
from domain.circle.agreements import (
    AgreementCommand,
    AgreementFact,
    Agreements,
    EndAgreement,
)
from domain.circle.convenant import ConvenantCommand, ConvenantFact, LeaveConvenant, Signed
from domain.circle.decisions import DecisionCommand, DecisionFact, Decisions
from domain.circle.exchange import Exchange, ExchangeCommand, ExchangeFact, PassKnowledge
from domain.circle.founding import (
    CloseCircle,
    EvaluateCircle,
    FoundCircle,
    Founding,
    FoundingCommand,
    FoundingFact,
)
from domain.circle.improvements import ImprovementCommand, ImprovementFact, Improvements
from domain.circle.klaagpaal import (
    ComplaintOutcome,
    Klaagpaal,
    KlaagpaalCommand,
    KlaagpaalFact,
)
from domain.circle.learning import Learning, LearningCommand, LearningFact
from domain.circle.meetings import MeetingCommand, MeetingFact, Meetings, PublishReport
from domain.circle.membership import LeaveCircle, Members, MembershipCommand, MembershipFact
from domain.circle.seats import Seating, SeatingCommand, SeatingFact, VacateSeat
from domain.circle.topics import TopicCommand, TopicFact, Topics
from domain.decider import Decider, require, require_possible_time
from domain.sealing import Keys, RecordDestruction, SealingFact
from domain.terms import Code, Moment

CircleFact = (
    FoundingFact
    | ConvenantFact
    | MembershipFact
    | SeatingFact
    | MeetingFact
    | TopicFact
    | KlaagpaalFact
    | DecisionFact
    | AgreementFact
    | ImprovementFact
    | LearningFact
    | ExchangeFact
)
CircleCommand = (
    FoundingCommand
    | ConvenantCommand
    | MembershipCommand
    | SeatingCommand
    | MeetingCommand
    | TopicCommand
    | KlaagpaalCommand
    | DecisionCommand
    | AgreementCommand
    | ImprovementCommand
    | LearningCommand
    | ExchangeCommand
)

ROUNDS_OFF = (
    CloseCircle,
    EvaluateCircle,
    PublishReport,
    LeaveCircle,
    LeaveConvenant,
    VacateSeat,
    EndAgreement,
    PassKnowledge,
)
"""What may still happen in a circle that closed; closing it twice is refused where it is closed."""


@dataclass(frozen=True, kw_only=True)
class Circle:
    founding: Founding = Founding()
    convenant: Signed = Signed()
    members: Members = Members()
    seating: Seating = Seating()
    meetings: Meetings = Meetings()
    topics: Topics = Topics()
    klaagpaal: Klaagpaal = Klaagpaal()
    decisions: Decisions = Decisions()
    agreements: Agreements = Agreements()
    improvements: Improvements = Improvements()
    learning: Learning = Learning()
    exchange: Exchange = Exchange()
    keys: Keys = Keys()


def evolve(state: Circle, fact: CircleFact | SealingFact) -> Circle:
    if isinstance(fact, FoundingFact):
        return replace(state, founding=founding.evolve(state.founding, fact))
    if isinstance(fact, ConvenantFact):
        return replace(state, convenant=convenant.evolve(state.convenant, fact))
    if isinstance(fact, MembershipFact):
        return replace(state, members=membership.evolve(state.members, fact))
    if isinstance(fact, SeatingFact):
        return replace(state, seating=seats.evolve(state.seating, fact))
    if isinstance(fact, MeetingFact):
        return replace(state, meetings=meetings.evolve(state.meetings, fact))
    if isinstance(fact, TopicFact):
        return replace(state, topics=topics.evolve(state.topics, fact))
    if isinstance(fact, KlaagpaalFact):
        return replace(state, klaagpaal=klaagpaal.evolve(state.klaagpaal, fact))
    if isinstance(fact, DecisionFact):
        return replace(state, decisions=decisions.evolve(state.decisions, fact))
    if isinstance(fact, AgreementFact):
        return replace(state, agreements=agreements.evolve(state.agreements, fact))
    if isinstance(fact, ImprovementFact):
        return replace(state, improvements=improvements.evolve(state.improvements, fact))
    if isinstance(fact, LearningFact):
        return replace(state, learning=learning.evolve(state.learning, fact))
    if isinstance(fact, ExchangeFact):
        return replace(state, exchange=exchange.evolve(state.exchange, fact))
    if isinstance(fact, SealingFact):
        return replace(state, keys=sealing.evolve(state.keys, fact))
    assert_never(fact)


def decide(
    state: Circle, command: CircleCommand | RecordDestruction, moment: Moment
) -> tuple[CircleFact | SealingFact, ...]:
    require_possible_time(command, moment)
    if isinstance(command, RecordDestruction):
        return sealing.decide(state.keys, command, moment)
    _require_open(state, command, moment)
    met = state.meetings.held
    if isinstance(command, FoundingCommand):
        return founding.decide(state.founding, command, moment)
    if isinstance(command, ConvenantCommand):
        return convenant.decide(state.convenant, command, moment)
    if isinstance(command, MembershipCommand):
        return membership.decide(state.members, command, moment)
    if isinstance(command, SeatingCommand):
        return seats.decide(state.seating, command, moment)
    if isinstance(command, MeetingCommand):
        return meetings.decide(state.meetings, command, moment)
    if isinstance(command, TopicCommand):
        return topics.decide(state.topics, command, moment, meetings=met)
    if isinstance(command, KlaagpaalCommand):
        results = _results(state)
        return klaagpaal.decide(state.klaagpaal, command, moment, meetings=met, results=results)
    if isinstance(command, DecisionCommand):
        return decisions.decide(state.decisions, command, moment)
    if isinstance(command, AgreementCommand):
        return agreements.decide(state.agreements, command, moment)
    if isinstance(command, ImprovementCommand):
        return improvements.decide(
            state.improvements,
            command,
            moment,
            topics=state.topics.raised,
            complaints=state.klaagpaal.raised,
        )
    if isinstance(command, LearningCommand):
        return learning.decide(state.learning, command, moment, meetings=met)
    if isinstance(command, ExchangeCommand):
        return exchange.decide(state.exchange, command, moment)
    assert_never(command)


def _require_open(state: Circle, command: CircleCommand, moment: Moment) -> None:
    require(
        state.founding.founded or isinstance(command, FoundCircle),
        "circle.unknown",
        "no circle has this id; found it first",
    )
    closed = state.founding.closed_at
    if closed is None or isinstance(command, (FoundCircle, *ROUNDS_OFF)):
        return
    require(
        (command.occurred_at or moment.now) <= closed,
        "circle.closed",
        "this circle was closed before; only what rounds it off can happen in it now",
        field="occurredAt",
    )


def _results(state: Circle) -> Mapping[ComplaintOutcome, frozenset[Code]]:
    return {
        ComplaintOutcome.IMPROVEMENT: state.improvements.planned,
        ComplaintOutcome.DECISION: state.decisions.known,
        ComplaintOutcome.AGREEMENT: state.agreements.made,
        ComplaintOutcome.MARKET_SIGNAL: state.exchange.signals,
    }


circle = Decider(name="circle", initial=Circle(), decide=decide, evolve=evolve)
