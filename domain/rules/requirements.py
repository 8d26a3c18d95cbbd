"""PRO: what is asked of a tenderer fits the contract. Rule book, section 2.3."""

from domain.convenant_project.contract_design import (
    MotivationGiven,
    MotivationSubject,
    RequirementKind,
    RequirementSet,
)
from domain.law.parameter_keys import ParameterKey
from domain.law.periods import Regime
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.estimate.lots import lots_on_the_reference_day
from domain.rules.needs import ESTIMATE, NOTICE_OR_PROCEDURE
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Trigger,
    Verdict,
    Violation,
    Warn,
    positions,
)
from domain.rules.shares import WHOLE, more_than
from domain.terms import BasisPoints, Code, Euro, Text


def requirements_that_stand(case: Case) -> tuple[Recorded[RequirementSet], ...]:
    """The newest under each code, of those set before the deadline for tenders.

    What was first asked after the deadline stands as well: it was asked.
    """
    deadline = case.dossier.deadline()
    standing: dict[Code, Recorded[RequirementSet]] = {}
    for each in sorted(
        case.dossier.project.of(RequirementSet), key=lambda each: (each.occurred_at, each.position)
    ):
        in_time = deadline is None or each.occurred_at <= deadline.fact.deadline
        if in_time or each.fact.requirement not in standing:
            standing[each.fact.requirement] = each
    return tuple(standing.values())


# ---------------------------------------------------------------------------------------- PRO-01


def _turnover(case: Case) -> tuple[Recorded[RequirementSet], ...]:
    return tuple(
        each for each in requirements_that_stand(case) if each.fact.kind is RequirementKind.TURNOVER
    )


def turnover_is_proportionate(case: Case) -> Verdict:
    """Lots that one tenderer carries out together are not known as such: each is held alone."""
    asked = _turnover(case)
    reasons = [
        each
        for each in case.dossier.project.of(MotivationGiven)
        if each.fact.subject is MotivationSubject.TURNOVER
    ]
    if not any(each.fact.in_tender_documents for each in reasons):
        return Violation(
            why=Text(
                nl="Er wordt omzet geëist zonder zwaarwegende argumenten in de"
                " aanbestedingsstukken.",
                en="Turnover is asked without weighty reasons in the tender documents.",
            ),
            evidence=positions(*asked, *reasons),
            remedy=Text(
                nl="Laat de omzeteis vallen of neem de zwaarwegende argumenten op in de stukken.",
                en="Drop the turnover requirement or put the weighty reasons in the documents.",
            ),
        )
    cap = case.number(ParameterKey.TURNOVER_CAP)
    caution = case.number(ParameterKey.TURNOVER_CAUTION)
    ratios = [(each, _base(case, each), _amount(each)) for each in asked]
    evidence = positions(*asked, *reasons, case.estimate)
    above = [each for each in ratios if more_than(each[2], cap.value, each[1])]
    if above:
        return Violation(
            why=_told(above, BasisPoints(cap.value)),
            evidence=evidence,
            remedy=Text(
                nl=f"Eis ten hoogste {_times(cap.value).nl} de raming.",
                en=f"Ask at most {_times(cap.value).en} the estimate.",
            ),
        )
    high = [each for each in ratios if more_than(each[2], caution.value, each[1])]
    if high and case.regime is Regime.EUROPEAN:
        return Warn(why=_told(high, BasisPoints(caution.value)), evidence=evidence)
    return Pass(
        why=Text(
            nl=f"De omzeteis is gemotiveerd en blijft binnen {_times(cap.value).nl} de raming.",
            en=f"The turnover requirement has its reasons and stays within {_times(cap.value).en}"
            " the estimate.",
        ),
        evidence=evidence,
    )


def _base(case: Case, asked: Recorded[RequirementSet]) -> Euro:
    """The estimate, or the value of the lot for which the turnover is asked."""
    if asked.fact.lot is None:
        return case.estimate.fact.amount
    divided = lots_on_the_reference_day(case)
    for lot in () if divided is None else divided.fact.lots:
        if lot.lot == asked.fact.lot:
            return lot.value
    raise Missing(f"de waarde van perceel {asked.fact.lot}", f"the value of lot {asked.fact.lot}")


def _amount(asked: Recorded[RequirementSet]) -> Euro:
    if asked.fact.amount is None:
        raise Missing(
            f"het bedrag van omzeteis {asked.fact.requirement}",
            f"the amount of turnover requirement {asked.fact.requirement}",
        )
    return asked.fact.amount


def _times(value: int) -> Text:
    """30,000 basis points is three times."""
    whole, rest = divmod(value, WHOLE)
    nl = f"{whole},{rest:04d}".rstrip("0") if rest else f"{whole}"
    return Text(nl=f"{nl} maal", en=f"{nl.replace(',', '.')} times")


def _told(found: list[tuple[Recorded[RequirementSet], Euro, Euro]], limit: BasisPoints) -> Text:
    parts = [
        (each.fact.requirement, wording.amount(asked), wording.amount(base))
        for each, base, asked in found
    ]
    times = _times(limit)
    nl = "; ".join(
        f"{code}: {asked.nl} bij een waarde van {base.nl}" for code, asked, base in parts
    )
    en = "; ".join(f"{code}: {asked.en} for a value of {base.en}" for code, asked, base in parts)
    return Text(
        nl=f"De geëiste omzet is meer dan {times.nl} de raming ({nl}).",
        en=f"The turnover asked is more than {times.en} the estimate ({en}).",
    )


PRO_01 = Rule(
    id="PRO-01",
    title=Text(
        nl="De omzeteis is gemotiveerd en niet te hoog",
        en="The turnover requirement has its reasons and is not too high",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY,),
    sources=(
        Source(reference="Aw 2.90(3), (5)", tag="V"),
        Source(reference="Richtlijn 2014/24/EU art. 58(3)", tag="K"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=Trigger(
        text=Text(nl="er wordt geen omzet geëist", en="no turnover is asked"),
        met=lambda case: bool(_turnover(case)),
    ),
    needs=(NOTICE_OR_PROCEDURE, ESTIMATE),
    check=turnover_is_proportionate,
)

RULES = (PRO_01,)
