"""The minimum period for tenders: TML-01, and the arithmetic that TML-05 shares with it."""

from typing import Any

from domain.convenant_project.preparation import ProjectAnnounced
from domain.convenant_project.procedure import ProcedureStarted, ProcedureType
from domain.convenant_project.tendering import InvitationSent
from domain.dossier import days_between
from domain.law.calendar import add_days, months_before
from domain.law.parameter_keys import ParameterKey
from domain.law.periods import MinimumDays, Regime, min_tender_days
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.needs import DEADLINE, ESTIMATE, OPENING, PROCEDURE, in_regime
from domain.rules.rule import (
    NotApplicable,
    Outcome,
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    Warn,
    positions,
)
from domain.terms import Text, dutch_date

AFTER_INVITATION = frozenset(
    {
        ProcedureType.EUROPEAN_RESTRICTED,
        ProcedureType.EUROPEAN_NEGOTIATION,
        ProcedureType.NATIONAL_RESTRICTED,
    }
)
"""Forms in which the period for tenders starts with the invitation (Aw 2.71(4))."""

_PRIVATE = frozenset({ProcedureType.PRIVATE_MULTIPLE, ProcedureType.PRIVATE_SINGLE})


def form(case: Case) -> ProcedureType:
    """The form of the procedure, as its periods see it.

    The regime is computed: what was declared private (onderhands) but was announced, or is worth
    a European procedure, has the periods of an open one, which has no selection either.
    """
    procedure = case.dossier.procedure
    if procedure is None:
        raise Missing("de start van de aanbestedingsprocedure", "the start of the award procedure")
    declared = procedure.fact.procedure
    return ProcedureType.NATIONAL_OPEN if declared in _PRIVATE else declared


def start_of_tender_period(case: Case) -> Recorded[Any]:
    """From when tenders could be prepared: the dispatch of the notice, or the last invitation.

    The last, because the minimum is due to every invited organisation.
    """
    if form(case) in AFTER_INVITATION:
        last = case.dossier.project.last(InvitationSent)
        if last is None:
            raise Missing("de uitnodigingen tot inschrijving", "the invitations to tender")
        return last
    return case.dossier.notice_sent or case.opening


def minimum_tender_period(case: Case) -> MinimumDays | None:
    """The shortest period that the law allows here; None where it sets none.

    Whether tenders come in electronically is asked only where it makes a difference.
    """
    procedure = case.dossier.procedure
    if procedure is None:
        return None
    electronic = procedure.fact.electronic
    shortest = _minimum(case, procedure.fact, electronic=electronic is not False)
    if electronic is None and shortest != _minimum(case, procedure.fact, electronic=False):
        raise Missing(
            "of inschrijvingen elektronisch worden ingediend",
            "whether tenders are submitted electronically",
        )
    return shortest


def _minimum(case: Case, procedure: ProcedureStarted, *, electronic: bool) -> MinimumDays | None:
    return min_tender_days(
        form(case),
        case.regime,
        case.reference_day,
        e_submission=electronic,
        docs_offline_ground=procedure.offline_ground is not None,
        urgency=procedure.urgency,
        prior_notice=bool(_prior_notices(case)),
    )


def _prior_notices(case: Case) -> list[Recorded[ProjectAnnounced]]:
    """Prior information notices sent early enough, and not too early, to shorten the period."""
    at_least = case.number(ParameterKey.PRIOR_NOTICE_AT_LEAST).value
    earliest = months_before(
        case.reference_day, case.number(ParameterKey.PRIOR_NOTICE_AT_MOST).value
    )
    latest = add_days(case.reference_day, -at_least)
    return [
        each
        for each in case.dossier.project.of(ProjectAnnounced)
        if each.fact.prior_notice and earliest <= dutch_date(each.occurred_at) <= latest
    ]


# ---------------------------------------------------------------------------------------- TML-01


def long_enough(case: Case) -> Verdict:
    """Judged by the deadline as it ended up: an extension lengthens the period.

    After a prior information notice 29 days are the law's rule and 22 its floor; in between it
    leaves room that no fact can judge, so that is a warning. A period on which authority and
    selected candidates agreed (Aw 2.74a) is not modelled.
    """
    minimum = minimum_tender_period(case)
    if minimum is None:
        return NotApplicable(
            why=Text(
                nl="Voor deze vorm van procedure bepaalt de wet geen kortste termijn.",
                en="For this form of procedure the law sets no shortest period.",
            )
        )
    start = start_of_tender_period(case)
    days = days_between(start.occurred_at, case.deadline)
    begun, closes = (
        wording.day(dutch_date(start.occurred_at)),
        wording.day(dutch_date(case.deadline)),
    )
    sum_ = f" ({minimum.arithmetic})" if len(minimum.parts) > 1 else ""
    evidence = positions(start, case.dossier.deadline(), *_prior_notices(case))
    counted = Text(
        nl=f"Van {begun.nl} tot {closes.nl} zijn {wording.plural(days, 'dag', 'dagen')};"
        f" het minimum is {minimum.days}{sum_}.",
        en=f"From {begun.en} to {closes.en} is {wording.plural(days, 'day', 'days')};"
        f" the minimum is {minimum.days}{sum_}.",
    )
    if days >= minimum.days:
        return Pass(why=counted, evidence=evidence)
    until = wording.day(add_days(start.occurred_at, minimum.days))
    remedy = Text(
        nl=f"Verleng voor het sluiten de termijn tot {until.nl} of later. Na het sluiten:"
        " intrekken of opnieuw aanbesteden.",
        en=f"Before the close, extend the term to {until.en} or later. After the close:"
        " withdraw or re-tender.",
    )
    floor = minimum.never_below
    if floor is not None and days >= floor.value:
        return Warn(
            why=Text(
                nl=f"{counted.nl} Minder dan {floor.value} mag nooit; hiertussen zijn redenen"
                " nodig.",
                en=f"{counted.en} Less than {floor.value} is never allowed; in between reasons"
                " are needed.",
            ),
            evidence=evidence,
            remedy=remedy,
        )
    european = case.regime is Regime.EUROPEAN
    return Violation(
        why=counted,
        evidence=evidence,
        severity=Severity.BLOCKER if european else Severity.MAJOR,
        remedy=remedy,
    )


TML_01 = Rule(
    id="TML-01",
    title=Text(nl="Genoeg tijd om in te schrijven", en="Enough time to tender"),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 2.71, 2.72, 2.74, 2.74b", tag="V"),
        Source(reference="ARW 2016, ch. 2 and 3", tag="V2"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=in_regime(Regime.EUROPEAN, Regime.NATIONAL),
    needs=(PROCEDURE, OPENING, ESTIMATE, DEADLINE),
    check=long_enough,
    settled_by_notice=frozenset({Outcome.PASS}),
)
