"""What happened in a circle, in one sentence each; one file per room of the circle."""

from typing import assert_never

from application.sentences.circles import (
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
from application.sentences.names import Names
from domain.circle import CircleFact
from domain.circle.agreements import AgreementFact
from domain.circle.convenant import ConvenantFact
from domain.circle.decisions import DecisionFact
from domain.circle.exchange import ExchangeFact
from domain.circle.founding import FoundingFact
from domain.circle.improvements import ImprovementFact
from domain.circle.klaagpaal import KlaagpaalFact
from domain.circle.learning import LearningFact
from domain.circle.meetings import MeetingFact
from domain.circle.membership import MembershipFact
from domain.circle.seats import SeatingFact
from domain.circle.topics import TopicFact
from domain.terms import Text


def sentence(fact: CircleFact, names: Names) -> Text:
    if isinstance(fact, FoundingFact):
        return founding.sentence(fact, names)
    if isinstance(fact, ConvenantFact):
        return convenant.sentence(fact, names)
    if isinstance(fact, MembershipFact):
        return membership.sentence(fact, names)
    if isinstance(fact, SeatingFact):
        return seats.sentence(fact, names)
    if isinstance(fact, MeetingFact):
        return meetings.sentence(fact)
    if isinstance(fact, TopicFact):
        return topics.sentence(fact)
    if isinstance(fact, KlaagpaalFact):
        return klaagpaal.sentence(fact)
    if isinstance(fact, DecisionFact):
        return decisions.sentence(fact, names)
    if isinstance(fact, AgreementFact):
        return agreements.sentence(fact, names)
    if isinstance(fact, ImprovementFact):
        return improvements.sentence(fact, names)
    if isinstance(fact, LearningFact):
        return learning.sentence(fact, names)
    if isinstance(fact, ExchangeFact):
        return exchange.sentence(fact, names)
    assert_never(fact)
