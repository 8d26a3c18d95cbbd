"""Sentences: every fact in one line that a citizen can read, in Dutch and in English.

`sentence(fact, names)` asks `names` what an organisation, circle or project is called. What is
sealed is never opened here: a sentence says that something was said, not what.
"""

from typing import assert_never

from application.sentences import circles, forgetting, members, missions, projects
from application.sentences.names import Names
from domain.circle import CircleFact
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.sealing import SealingFact
from domain.terms import Text

AnyFact = CircleFact | MemberFact | ProjectFact | MissionFact | SealingFact


def sentence(fact: AnyFact, names: Names) -> Text:
    """What happened, in one sentence per language."""
    if isinstance(fact, CircleFact):
        return circles.sentence(fact, names)
    if isinstance(fact, MemberFact):
        return members.sentence(fact, names)
    if isinstance(fact, ProjectFact):
        return projects.sentence(fact, names)
    if isinstance(fact, MissionFact):
        return missions.sentence(fact, names)
    if isinstance(fact, SealingFact):
        return forgetting.of_key(fact)
    assert_never(fact)
