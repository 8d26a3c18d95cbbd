"""What is done so that involvement gives no head start: INV-02 and INV-03."""

from domain.convenant_project.award import ContractSigned
from domain.convenant_project.knowledge import (
    MeasureKind,
    MeasureTaken,
)
from domain.law.periods import Regime
from domain.law.since import AW_2016
from domain.rules import wording
from domain.rules.award_report import newest_report, unmentioned
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, ESTIMATE, OPENING, in_regime
from domain.rules.rule import (
    NotApplicable,
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    positions,
)
from domain.terms import MemberId, Text, dutch_date

_BELOW = Source(reference="Aw 1.12, 1.15; ARW 2016, scheiding van belang", tag="V2")

_NOBODY_INVOLVED = NotApplicable(
    why=Text(
        nl="Geen inschrijver was betrokken bij de voorbereiding.",
        en="No tenderer was involved in the preparation.",
    )
)


# ---------------------------------------------------------------------------------------- INV-02


def measures_taken(case: Case) -> Verdict:
    """Both measures, on the Dutch calendar day of the notice or invitation at the latest."""
    if not case.involved_bidders:
        return _NOBODY_INVOLVED
    opened = dutch_date(case.opening.occurred_at)
    taken = case.dossier.project.of(MeasureTaken)
    lacking: dict[MeasureKind, set[MemberId]] = {}
    for bidder in case.involved_bidders:
        for kind in MeasureKind:
            if not any(
                each.fact.kind is kind
                and each.fact.member in case.dossier.group(bidder)
                and dutch_date(each.occurred_at) <= opened
                for each in taken
            ):
                lacking.setdefault(kind, set()).add(bidder)
    day = wording.day(opened)
    if not lacking:
        return Pass(
            why=Text(
                nl=f"Voor {case.names(case.involved_bidders)} zijn beide maatregelen uiterlijk op"
                f" {day.nl} genomen.",
                en=f"Both measures were taken for {case.names(case.involved_bidders)} by {day.en}.",
            ),
            evidence=positions(*taken),
        )
    words = {
        MeasureKind.INFORMATION: ("informatie aan de anderen", "information to the others"),
        MeasureKind.TIME_LIMIT: ("een passende termijn", "an adequate time limit"),
    }
    found = [(words[kind], case.names(lacking[kind])) for kind in MeasureKind if kind in lacking]
    nl = "; ".join(f"{kind[0]} voor {who}" for kind, who in found)
    en = "; ".join(f"{kind[1]} for {who}" for kind, who in found)
    return Violation(
        why=Text(
            nl=f"Betrokken, maar op {day.nl} ontbrak een maatregel: {nl}.",
            en=f"Involved, but on {day.en} a measure was missing: {en}.",
        ),
        evidence=positions(
            case.opening,
            *(each for who in lacking.values() for org in who for each in case.involved[org]),
            *taken,
        ),
        severity=Severity.BLOCKER if case.regime is Regime.EUROPEAN else Severity.MAJOR,
        remedy=Text(
            nl="Deel wat de betrokkene weet met allen en geef daarna genoeg tijd; na het sluiten:"
            " intrekken of opnieuw aanbesteden.",
            en="Share with all what the involved one knows and then give enough time; after the"
            " close: withdraw or re-tender.",
        ),
    )


INV_02 = Rule(
    id="INV-02",
    title=Text(nl="Maatregelen voor wie betrokken was", en="Measures for those who were involved"),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT,),
    sources=(Source(reference="Aw 2.51(1)-(2)", tag="V"), _BELOW),
    since=AW_2016,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE),
    check=measures_taken,
)

# ---------------------------------------------------------------------------------------- INV-03


def measures_reported(case: Case) -> Verdict:
    """While nothing is signed a proces-verbaal can still come; after the contract it is late."""
    if not case.involved_bidders:
        return _NOBODY_INVOLVED
    report = newest_report(case)
    silent = list(case.involved_bidders) if report is None else unmentioned(case, report.fact)
    if not silent:
        return Pass(
            why=Text(
                nl="Het proces-verbaal noemt de maatregelen voor iedere betrokken inschrijver.",
                en="The report of the procedure sets out the measures for every involved tenderer.",
            ),
            evidence=positions(report),
        )
    who = case.names(silent)
    contract = case.dossier.project.first(ContractSigned)
    return Violation(
        why=Text(
            nl=f"Het proces-verbaal zwijgt over de betrokkenheid van {who}."
            if report is not None
            else f"Er is een overeenkomst zonder proces-verbaal; {who} was betrokken.",
            en=f"The report of the procedure is silent on the involvement of {who}."
            if report is not None
            else f"There is a contract without a report of the procedure; {who} was involved.",
        ),
        evidence=positions(
            report, contract, *(each for org in silent for each in case.involved[org])
        ),
        remedy=Text(
            nl="Vul het proces-verbaal aan met een paragraaf per betrokken inschrijver.",
            en="Complete the report with a section for each involved tenderer.",
        ),
    )


INV_03 = Rule(
    id="INV-03",
    title=Text(
        nl="Het proces-verbaal noemt de maatregelen",
        en="The report of the procedure sets out the measures",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY,),
    sources=(Source(reference="Aw 2.51(5), 2.132", tag="V"),),
    since=AW_2016,
    until=None,
    severity=Severity.MAJOR,
    trigger=in_regime(Regime.EUROPEAN),
    needs=(OPENING, ESTIMATE),
    check=measures_reported,
)
