"""A mission as tests begin with it: founded, with a line and a project that it feeds."""

from datetime import date

from domain.mission.enforcement import LineChecked, LineCheckOutcome, LineCheckPlace, ProjectFed
from domain.mission.line import Direction, LineAgreed
from domain.mission.purpose import MissionFounded
from domain.terms import Code
from tests.given import CIRCLE, at, member, project

NOORDERDAM = member("Gemeente Noorderdam")
ALBA = member("Alba Infra BV")
HAVIK = member("Havik Wegenbouw BV")
KADE = project("Kademuur")
PLEIN = project("Marktplein")

FOUNDED = MissionFounded(
    occurred_at=at("2025-01-10"), title="Emissieloos bouwen", problem="stikstof", circle=CIRCLE
)
AGREED = LineAgreed(
    occurred_at=at("2025-03-03"),
    level=1,
    readiness=8,
    scope="alles van 19 kW",
    direction=Direction.UNSTATED,
    holds_from=date(2026, 1, 1),
    agreed_by_market=(ALBA,),
    agreed_by_authority=(NOORDERDAM,),
)
FED = ProjectFed(occurred_at=at("2025-04-01"), project=KADE, level=1)
CHECKED = LineChecked(
    occurred_at=at("2026-02-03"),
    check=Code("C1"),
    project=KADE,
    place=LineCheckPlace.ON_THE_WORK,
    level=1,
    checked_by=NOORDERDAM,
    contractor=HAVIK,
    outcome=LineCheckOutcome.NOT_KEPT,
    summary="een aggregaat op diesel",
)
