"""The names of the facts of a mission; see the package for the promise."""

from domain import mission
from infrastructure.event_mapper import Named

NAMES = (
    Named(fact=mission.MissionFounded, name="mission.mission-founded"),
    Named(fact=mission.LineAgreed, name="mission.line-agreed"),
)
