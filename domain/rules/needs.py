"""What several rules share: the facts that they need, and what must be so before they apply."""

from domain.convenant_project.tendering import CriteriaPublished
from domain.law.periods import Regime
from domain.rules.case import Case
from domain.rules.rule import Need, Trigger
from domain.terms import Text

OPENING = Need(
    text=Text(nl="de aankondiging of de uitnodigingen", en="the notice or the invitations"),
    present=lambda case: case.dossier.opening is not None,
)
NOTICE_OR_PROCEDURE = Need(
    text=Text(
        nl="de aankondiging of de start van de aanbestedingsprocedure",
        en="the notice or the start of the award procedure",
    ),
    present=lambda case: (case.dossier.notice_sent or case.dossier.procedure) is not None,
)
PROCEDURE = Need(
    text=Text(nl="de start van de aanbestedingsprocedure", en="the start of the award procedure"),
    present=lambda case: case.dossier.procedure is not None,
)
ESTIMATE = Need(
    text=Text(
        nl="een raming van voor de aankondiging of de start van de procedure",
        en="an estimate made before the notice or the start of the procedure",
    ),
    present=lambda case: case.dossier.estimate(by=case.reference.occurred_at) is not None,
)
DEADLINE = Need(
    text=Text(nl="de uiterste datum voor inschrijven", en="the deadline for tenders"),
    present=lambda case: case.dossier.deadline() is not None,
)
CRITERIA = Need(
    text=Text(nl="de gunningscriteria", en="the award criteria"),
    present=lambda case: bool(case.dossier.project.of(CriteriaPublished)),
)
CIRCLE = Need(
    text=Text(nl="een kenniskring bij dit project", en="a knowledge circle for this project"),
    present=lambda case: bool(case.dossier.circles),
)


def in_regime(*regimes: Regime) -> Trigger:
    """Only where the computed regime is one of these."""
    return Trigger(
        text=Text(
            nl=f"geldt alleen in regime: {', '.join(regimes)}",
            en=f"holds only in regime: {', '.join(regimes)}",
        ),
        met=lambda case: case.regime in regimes,
    )


def _competes(case: Case) -> bool:
    return case.regime is not Regime.SINGLE


COMPETITION = Trigger(
    text=Text(
        nl="bij enkelvoudig onderhands dingt niemand mee",
        en="in a single tender nobody competes",
    ),
    met=_competes,
)
"""Every regime but SINGLE: INF and INV run wherever organisations compete (section 4)."""
