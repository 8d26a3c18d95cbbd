"""What is compared: the price alone only with reasons, and the tender only: AWC-01 and AWC-04."""

from domain.convenant_project.contract_design import MotivationGiven, MotivationSubject
from domain.convenant_project.tendering import AwardMethod, CriteriaPublished, CriterionAbout
from domain.law.since import AW_2012
from domain.rules.announced_criteria import (
    changes_since_opening,
    criteria_at_opening,
)
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, CRITERIA, ESTIMATE, OPENING
from domain.rules.rule import (
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
from domain.terms import Text

# ---------------------------------------------------------------------------------------- AWC-01


def price_alone_motivated(case: Case) -> Verdict:
    """The method as it ended up; reasons count if they stood in the documents before the close."""
    used = case.dossier.project.last(CriteriaPublished)
    if used is None or used.fact.method is AwardMethod.BEST_PRICE_QUALITY:
        return Pass(
            why=Text(
                nl="Er wordt gegund op de beste prijs-kwaliteitverhouding.",
                en="The award is on the best price-quality ratio.",
            ),
            evidence=positions(used),
        )
    closing = case.dossier.deadline()
    given = [
        each
        for each in case.dossier.project.of(MotivationGiven)
        if each.fact.subject is MotivationSubject.LOWEST_PRICE
    ]
    good = [
        each
        for each in given
        if each.fact.in_tender_documents
        and (closing is None or each.occurred_at <= closing.fact.deadline)
    ]
    if good:
        return Pass(
            why=Text(
                nl="De aanbestedingsstukken motiveren waarom alleen prijs of kosten beslissen.",
                en="The tender documents give the reasons why price or cost alone decides.",
            ),
            evidence=positions(used, *good),
        )
    return Violation(
        why=Text(
            nl="Alleen prijs of kosten beslissen, zonder motivering in de aanbestedingsstukken.",
            en="Price or cost alone decides, without reasons in the tender documents.",
        ),
        evidence=positions(used, *given),
        remedy=Text(
            nl="Motiveer de keuze in de aanbestedingsstukken, of gun op prijs en kwaliteit.",
            en="Give the reasons in the tender documents, or award on price and quality.",
        ),
    )


AWC_01 = Rule(
    id="AWC-01",
    title=Text(
        nl="Kwaliteit telt mee, of er staat waarom niet",
        en="Quality counts, or the documents say why not",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY, Principle.TRANSPARENCY),
    sources=(
        Source(reference="Aw 2.114(3)-(4)", tag="V"),
        Source(reference="ARW 2016; Rb Noord-Nederland ECLI:NL:RBNNE:2022:1711", tag="V2"),
        Source(reference="seeds F0:183-185, niet op laagste prijs", tag="S"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, CRITERIA),
    check=price_alone_motivated,
)

# ---------------------------------------------------------------------------------------- AWC-04

_ABOUT = {
    CriterionAbout.TENDERER: ("de inschrijver zelf", "the tenderer itself"),
    CriterionAbout.CIRCLE_MEMBERSHIP: ("lidmaatschap van de kring", "membership of the circle"),
    CriterionAbout.LOCALITY: ("vestiging of ervaring in de regio", "seat or work in the region"),
}


def about_the_tender(case: Case) -> Verdict:
    """Every version since the announcement; a seat in the region is about the tenderer too."""
    announced = criteria_at_opening(case)
    used = [after for _, after in changes_since_opening(case)]
    if announced is not None:
        used.insert(0, announced)
    used = used or list(case.dossier.project.of(CriteriaPublished))
    wrong = [
        (each, criterion)
        for each in used
        for criterion in each.fact.criteria
        if criterion.about is not CriterionAbout.TENDER
    ]
    if not wrong:
        return Pass(
            why=Text(
                nl="Elk gunningscriterium gaat over de inschrijving.",
                en="Every award criterion is about the tender.",
            ),
            evidence=positions(*used),
        )
    found = {criterion.name: _ABOUT[criterion.about] for _, criterion in wrong}
    nl = ", ".join(f"{name} ({about[0]})" for name, about in sorted(found.items()))
    en = ", ".join(f"{name} ({about[1]})" for name, about in sorted(found.items()))
    return Violation(
        why=Text(
            nl=f"Er wordt gegund op iets anders dan de inschrijving: {nl}.",
            en=f"The award looks at something else than the tender: {en}.",
        ),
        evidence=positions(*(each for each, _ in wrong)),
        remedy=Text(
            nl="Kondig de opdracht opnieuw aan zonder dit criterium.",
            en="Announce the contract anew without this criterion.",
        ),
    )


AWC_04 = Rule(
    id="AWC-04",
    title=Text(
        nl="Gunnen op de inschrijving, niet op de inschrijver",
        en="Award on the tender, not on the tenderer",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.NON_DISCRIMINATION),
    sources=(Source(reference="Aw 2.115(2)-(3)", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, CRITERIA),
    check=about_the_tender,
)
