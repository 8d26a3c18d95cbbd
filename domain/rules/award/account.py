"""The account afterwards: the award notice and the report of the procedure: AWD-06 and AWD-07."""

from domain.convenant_project.award import (
    AwardNoticePublished,
    ContractSigned,
    ReportField,
)
from domain.law.calendar import add_days
from domain.law.parameter_keys import ParameterKey
from domain.law.periods import Regime
from domain.law.since import AW_2012
from domain.rules import wording
from domain.rules.award_report import newest_report, unmentioned
from domain.rules.case import Case, Missing
from domain.rules.needs import ESTIMATE, OPENING, in_regime
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    breach,
    positions,
)
from domain.terms import Text, dutch_date

# ---------------------------------------------------------------------------------------- AWD-06


def award_announced(case: Case) -> Verdict:
    """Counted from the signature; on the last day itself the notice is in time.

    While that day has not passed at the moment of judging, the notice may still come.
    """
    contract = case.dossier.project.first(ContractSigned)
    if contract is None:
        raise Missing("de ondertekening van de overeenkomst", "the signature of the contract")
    term = case.number(ParameterKey.AWARD_NOTICE)
    last = add_days(contract.occurred_at, term.value)
    until = wording.day(last)
    announced = case.dossier.project.first(AwardNoticePublished)
    if announced is None and dutch_date(case.judged_at) <= last:
        raise Missing(
            f"de aankondiging van de gegunde opdracht, die tot en met {until.nl} mag komen",
            f"the award notice, which may come until {until.en}",
        )
    evidence = positions(contract, announced)
    if announced is not None and dutch_date(announced.occurred_at) <= last:
        day = wording.day(dutch_date(announced.occurred_at))
        return Pass(
            why=Text(
                nl=f"De gunning is op {day.nl} aangekondigd; dat kon tot en met {until.nl}.",
                en=f"The award was announced on {day.en}; that could be done until {until.en}.",
            ),
            evidence=evidence,
        )
    return breach(
        Text(
            nl=f"De gunning is niet uiterlijk op {until.nl} aangekondigd, {term.value} dagen na de"
            " ondertekening.",
            en=f"The award was not announced by {until.en}, {term.value} days after the signature.",
        ),
        evidence,
        numbers=(term,),
        remedy=Text(
            nl="Kondig de gegunde opdracht alsnog aan op TenderNed.",
            en="Announce the award after all, on TenderNed.",
        ),
    )


AWD_06 = Rule(
    id="AWD-06",
    title=Text(nl="De gunning wordt aangekondigd", en="The award is announced"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY,),
    sources=(
        Source(reference="Aw 2.134(1)", tag="V"),
        Source(reference="Directive 2014/24/EU art. 50, start of the term", tag="D"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=in_regime(Regime.EUROPEAN),
    needs=(ESTIMATE,),
    check=award_announced,
)

# ---------------------------------------------------------------------------------------- AWD-07


def fully_reported(case: Case) -> Verdict:
    """All fourteen fields are filled or said not to apply, and every involved tenderer is named.

    The newest report counts. While nothing is signed it can still come.
    """
    report = newest_report(case)
    contract = case.dossier.project.first(ContractSigned)
    remedy = Text(nl="Teken een aangevuld proces-verbaal.", en="Sign a report that was completed.")
    if report is None:
        return Violation(
            why=Text(
                nl="De overeenkomst is getekend, maar er is geen proces-verbaal van de procedure.",
                en="The contract was signed, but there is no report of the procedure.",
            ),
            evidence=positions(contract),
            remedy=remedy,
        )
    treated = {*report.fact.filled, *report.fact.not_applicable}
    empty = [each for each in ReportField if each not in treated]
    silent = unmentioned(case, report.fact)
    if not empty and not silent:
        return Pass(
            why=Text(
                nl=f"Het proces-verbaal gaat in op alle {len(ReportField)} onderdelen van"
                " Aw 2.132(1).",
                en=f"The report goes into all {len(ReportField)} parts of Aw 2.132(1).",
            ),
            evidence=positions(report),
        )
    nl, en = [], []
    if empty:
        letters = ", ".join(empty)
        nl.append(f"onderdeel {letters} van Aw 2.132(1)")
        en.append(f"part {letters} of Aw 2.132(1)")
    if silent:
        who = case.names(silent)
        nl.append(f"de maatregelen voor {who} (Aw 2.51(5))")
        en.append(f"the measures for {who} (Aw 2.51(5))")
    return Violation(
        why=Text(
            nl=f"Het proces-verbaal zwijgt over {' en '.join(nl)}.",
            en=f"The report of the procedure is silent on {' and '.join(en)}.",
        ),
        evidence=positions(report, *(each for org in silent for each in case.involved[org])),
        remedy=remedy,
    )


AWD_07 = Rule(
    id="AWD-07",
    title=Text(nl="Het proces-verbaal is volledig", en="The report of the procedure is complete"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.GOOD_ADMINISTRATION),
    sources=(
        Source(reference="Aw 2.132(1)(a)-(n)", tag="V"),
        Source(reference="Aw 2.51(5)", tag="V"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=in_regime(Regime.EUROPEAN),
    needs=(OPENING, ESTIMATE),
    check=fully_reported,
)
