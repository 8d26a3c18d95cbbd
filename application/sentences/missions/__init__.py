"""What happened in a mission, in one sentence each; one file per side of the mission."""

from application.sentences.missions import aims, course, means
from application.sentences.names import Names
from domain.mission import MissionFact
from domain.mission.conditions import ConditionFact
from domain.mission.legitimacy import LegitimacyFact
from domain.mission.line import LineFact
from domain.mission.market import MarketFact
from domain.mission.purpose import PurposeFact
from domain.terms import Text


def sentence(fact: MissionFact, names: Names) -> Text:
    if isinstance(fact, PurposeFact | LineFact):
        return aims.sentence(fact, names)
    if isinstance(fact, ConditionFact | MarketFact | LegitimacyFact):
        return means.sentence(fact, names)
    return course.sentence(fact, names)
